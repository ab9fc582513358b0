from components.ui import card, frame, map_explorer

tables, selection = frame.context()
map_explorer.draw(tables, selection)
card.show("footprint-matrix", selection)
card.show("formation-timeline", selection)
