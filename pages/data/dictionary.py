import streamlit as st

from components.ui import dictionary_page, frame
from components.ui.choice import choose_one, choose_text
from components.ui.order import choose_order
from data.counted import whole_table
from data.dictionary import dictionary

tables, _ = frame.context()
frame.heading("Dictionary", "dictionary")
titles = {name: schema.title for name, schema in tables.schema.tables.items()}
left, middle, right = st.columns([0.4, 0.36, 0.24])
with left:
    wanted = choose_text("Search in tables and fields", "find", "Any words, such as “base”")
with middle:
    name = choose_one("Table", "of", titles, "Every table")
with right:
    order = choose_order(list(dictionary(tables).columns), "As in the schema")
# What comes and goes has a place that stays: the table below keeps its own, and so its tick.
with st.container():
    if name is not None:
        schema = tables.schema.tables[name]
        st.markdown(f"**{schema.title}.** {schema.description}")
        # What is said of a field, how often it is filled say, is said of every row.
        st.page_link(
            frame.link("tables"), label="The rows of this table", icon=":material/arrow_forward:",
            query_params=whole_table(name),
        )  # fmt: skip
if dictionary_page.found(tables, wanted, name).empty:
    st.info(
        "No field holds these words. Search for part of a word, or empty the box.",
        icon=":material/info:",
    )
else:
    dictionary_page.show(tables, wanted, name, order)
