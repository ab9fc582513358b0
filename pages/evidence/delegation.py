import streamlit as st

from components.ui import chapters, frame
from components.ui.chapters import Chapter
from components.ui.text import text

STORY = (
    Chapter("intent", "Who wants it", ("delegation-intent",), ("sector-differences",)),
    Chapter("barriers", "What stands in the way", ("delegation-barriers",), ("challenges",)),
    Chapter("governance", "Governance", ("governance-models",), ("governance-options",)),
    Chapter("resource", "People and posts", ("dedicated-resource",), ("funded-posts",)),
    Chapter("icbs", "Boards and partners", ("icb-relationship",), ("partner-meetings",)),
    Chapter(
        "law", "Law and purpose", ("delegation-milestones",), ("delegation-insights",),
    ),
)  # fmt: skip

_, selection = frame.context()
frame.heading("Delegation readiness", "delegation", "place", "Place your collaborative in it")
with st.expander("How to read the percentages and the thin lines"):
    st.markdown(text("method-intervals"))
chapters.show(chapters.choose(STORY, selection), selection)
