from components.ui import card, frame

_, selection = frame.context()
frame.heading("Sources and discrepancies", "sources")
card.show("source-list", selection)
card.show("discrepancy-register", selection)
