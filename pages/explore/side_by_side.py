from components.ui import frame, versus

tables, _ = frame.context()
frame.heading("Side by side", "side-by-side")
versus.show(tables)
