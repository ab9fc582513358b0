import streamlit as st

from components.ui import card, chapters, evidence, frame
from components.ui.chapters import Chapter

STORY = (
    Chapter("benefit", "What is reported", ("outcomes-by-benefit",), ("before-and-after",)),
    Chapter("who", "By whom, and the gaps", lead="benefit-evidence-map"),
    Chapter("service", "On which services", ("outcomes-by-service",)),
    Chapter("units", "Money, people, days", ("outcomes-in-own-units",), ("procurement-savings",)),
    Chapter("list", "Every result", ("outcome-list",)),
)

tables, selection = frame.context()
frame.heading("Benefits", "benefits")
evidence.narrow(tables, selection)
evidence.search(tables, selection)
chapter = chapters.choose(STORY, selection)
chapters.show(chapter, selection)
if chapter.id == "who":
    left, right = st.columns([0.64, 0.36], gap="medium")
    with left:
        card.show("benefit-evidence-map", selection)
    with right:
        evidence.open_cell(selection)
