"""Entry of the Provider Collaboratives Atlas: router and frame only."""

from components.ui import frame

frame.run()
