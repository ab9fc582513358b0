from components.ui import card, frame

_, selection = frame.context()
frame.heading("About", "about", onward="glossary", label="Glossary: what the terms mean")
card.show("key-messages", selection)
