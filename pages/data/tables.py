import streamlit as st

from components.ui import frame, table_page
from components.ui.choice import choose_one

tables, selection = frame.context()
frame.heading("Tables", "tables")
titles = {name: schema.title for name, schema in tables.schema.tables.items()}
left, right = st.columns([0.7, 0.3], vertical_alignment="bottom")
with left:
    name = choose_one("Table", "table", titles, titles[table_page.FIRST]) or table_page.FIRST
with right:
    st.page_link(
        frame.link("dictionary"),
        label="What each column holds",
        icon=":material/menu_book:",
        query_params={"of": name},
    )
table_page.show(tables, selection, name)
