"""Speed, measured: each page of the Atlas beside two floors, over the websocket.

Run ``python -m bench --help`` for the options; ``make bench`` calls it.
"""
