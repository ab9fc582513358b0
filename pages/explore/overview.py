import streamlit as st

from components.exhibits import REGISTRY
from components.ui import cache, card, frame
from components.ui.navigation import page
from components.ui.text import text
from data import Catalogue, Selection


def numbers(tables: Catalogue) -> None:
    """What the tables hold, in six numbers."""
    outcomes = tables.table("outcomes")
    estimates = tables.table("survey_waves")["population_estimate"].dropna()
    stated = tables.table("survey_results")
    counts = {
        "Collaboratives": len(tables.table("collaboratives")),
        "Organisations": len(tables.table("organisations")),
        "Outcomes": len(outcomes[outcomes["is_shown"].astype(bool)]),
        "Survey values": int((stated["percent"].notna() | stated["count"].notna()).sum()),
        "Discrepancies": len(tables.table("discrepancies")),
        "Sources": len(tables.table("sources")),
    }
    for start in (0, 3):
        names = list(counts)[start : start + 3]
        for column, name in zip(st.columns(3, wrap=False), names, strict=True):
            column.metric(name, f"{counts[name]:,}")
    known = f"about {estimates.iloc[-1]}" if len(estimates) else "an unknown number of"
    st.caption(
        f"By the survey report there are {known} collaboratives in England: the Atlas holds those "
        "that its sources name."
    )


def doors() -> None:
    """A door for each kind of user, into a room that exists."""
    rooms = (
        ("Explore the map", "footprints", "For executives: who collaborates where"),
        ("Walk the charts", "priorities", "For presenters: what the survey found"),
        ("Use the tables", "tables", "For analysts: filter, read, download"),
    )
    for column, (label, url_path, note) in zip(st.columns(3), rooms, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.page_link(frame.link(url_path), label=f"**{label}**", icon="➡️", width="stretch")
            st.caption(note)


def findings(selection: Selection) -> None:
    """One sentence from each of four exhibits, computed from their rows."""
    for exhibit_id in ("priorities-next-year", "delegation-intent", "outcomes-by-benefit"):
        exhibit = REGISTRY[exhibit_id]
        built = cache.built(exhibit_id, selection)
        st.markdown(f"**{exhibit.title}.** {built.reading}")


tables, selection = frame.context()
left, right = st.columns([0.56, 0.44], gap="medium")
with left:
    st.markdown("# Provider Collaboratives Atlas", anchors=False)
    st.markdown(text("overview"))
    frame.actions(page(""))
    numbers(tables)
    doors()
    st.markdown("#### In three sentences", anchors=False)
    findings(selection)
with right:
    card.show("systems-hexmap", selection)
