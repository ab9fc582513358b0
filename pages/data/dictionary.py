import streamlit as st

from components.theme import plural
from components.ui import card, frame
from components.ui.choice import choose_one, choose_text
from components.ui.table import show_table
from data.counted import whole_table
from data.dictionary import dictionary
from data.free_text import keep

tables, _ = frame.context()
frame.heading("Dictionary", "dictionary")
titles = {name: schema.title for name, schema in tables.schema.tables.items()}
left, right = st.columns(2)
with left:
    wanted = choose_text("Search in tables and fields", "find", "Any words, such as “base”")
with right:
    name = choose_one("Table", "of", titles, "Every table")
rows = dictionary(tables)
if name is not None:
    rows = rows[rows["table"] == name]
    schema = tables.schema.tables[name]
    st.markdown(f"**{schema.title}.** {schema.description}")
    # What is said of a field, how often it is filled say, is said of every row.
    st.page_link(
        frame.link("tables"), label="The rows of this table", icon=":material/arrow_forward:",
        query_params=whole_table(name),
    )  # fmt: skip
rows = keep(rows, wanted, rows.columns)
st.caption(f"{plural(len(rows), 'field')} of {plural(rows['table'].nunique(), 'table')}.")
if rows.empty:
    st.info(
        "No field holds these words. Search for part of a word, or empty the box.",
        icon=":material/info:",
    )
else:
    show_table(
        rows, key="dictionary", title="Dictionary", height=600, absent="",
        narrow=card.device() == "narrow",
    )  # fmt: skip
