import streamlit as st

from components.exhibits import REGISTRY
from components.ui import cache, card, frame, held, ways
from components.ui.chapters import statement
from components.ui.navigation import page
from components.ui.text import text
from data import Selection

FINDINGS = ("priorities-next-year", "delegation-intent", "outcomes-by-benefit", "challenges",
            "icb-relationship", "improvement-journey")  # fmt: skip


def doors() -> None:
    """A door for each kind of user, into a room that exists."""
    rooms = (
        ("Explore the map", "footprints", "For executives: who collaborates where"),
        ("Walk the charts", "priorities", "For presenters: what the survey found"),
        ("Use the tables", "tables", "For analysts: filter, read, download"),
    )
    for column, (label, url_path, note) in zip(st.columns(3), rooms, strict=True):
        with column, st.container(border=True, height="stretch", gap=None):
            st.page_link(
                frame.link(url_path),
                label=f"**{label}**",
                icon=":material/arrow_forward:",
                width="stretch",
            )
            st.caption(note)


def findings(selection: Selection) -> None:
    """A sentence from each of some exhibits; fewer before the map of a phone."""
    for exhibit_id in FINDINGS[: 3 if card.device() == "narrow" else None]:
        exhibit = REGISTRY[exhibit_id]
        built = cache.built(exhibit_id, selection)
        way = ways.finding(tables, built, exhibit_id, selection)
        st.markdown(f"**{exhibit.title}.** {statement(built, exhibit_id, selection)} {way}")


tables, selection = frame.context()
left, right = st.columns([0.56, 0.44], gap="medium")
with left:
    st.markdown("# Provider Collaboratives Atlas", anchors=False)
    st.markdown(text("overview"))
    frame.actions(page(""))
    held.numbers(tables)
    doors()
    st.markdown("## In a few sentences", anchors=False)
    findings(selection)
with right:
    card.show("systems-hexmap", selection)
