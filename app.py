"""Entry of the Provider Collaboratives Atlas: router and frame only."""

from components.ui import cache, frame

with cache.turn():
    frame.run()
