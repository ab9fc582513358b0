from components.ui import card, frame, map_explorer
from components.ui.navigation import page

tables, selection = frame.context()
map_explorer.draw(tables, selection)
frame.actions(page("footprints"))
card.show("footprint-matrix", selection)
card.show("formation-timeline", selection)
