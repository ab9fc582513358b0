from components.ui import card, frame
from components.ui.navigation import page

_, selection = frame.context()
frame.heading("Who works with whom", "connections")
for exhibit_id in page("connections").exhibits:
    card.show(exhibit_id, selection)
