import streamlit as st

from components.export.tabular import to_csv
from components.ui import frame
from components.ui.choice import choose_one
from components.ui.table import show_table

tables, selection = frame.context()
frame.heading("Tables", "tables")
titles = {name: schema.title for name, schema in tables.schema.tables.items()}
name = choose_one("Table", "table", titles, "Choose a table") or "outcomes"
schema = tables.schema.tables[name]
rows = tables.table(name)
st.markdown(f"### {schema.title}", anchors=False)
st.markdown(f"{schema.description} **{len(rows):,} rows.**")
wanted = st.text_input("Search in this table", key="table-search", placeholder="Any word")
if wanted:
    text = rows.astype("string").fillna("").agg(" ".join, axis=1)
    rows = rows[text.str.contains(wanted, case=False, regex=False)]
    st.caption(f"{len(rows):,} rows contain “{wanted}”.")
if rows.empty:
    st.info("No row contains this. Search for part of a word, or empty the box.", icon="ℹ️")
else:
    show_table(rows, key=f"whole-{name}", title=schema.title, height=520)
st.download_button(
    "CSV", data=lambda: to_csv(rows), file_name=f"{name}.csv", mime="text/csv", on_click="ignore"
)
with st.expander("What each column holds"):
    st.dataframe(
        [
            {
                "column": field.name,
                "heading": field.title,
                "type": field.type,
                "unit": field.unit or "",
                "required": field.required,
                "meaning": field.description,
                "values": ", ".join(field.labels),
            }
            for field in schema.fields
        ],
        hide_index=True,
    )
