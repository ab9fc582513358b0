from components.ui import chapters, frame
from components.ui.parts import CONNECTIONS

_, selection = frame.context()
frame.heading("Who works with whom", "connections")
chapters.show(chapters.choose(CONNECTIONS, selection), selection)
