from components.ui import frame, versus

tables, selection = frame.context()
frame.heading("Side by side", "side-by-side")
versus.show(tables, selection)
