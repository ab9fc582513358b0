from components.ui import frame, lineage

tables, _ = frame.context()
frame.heading("Where does this come from?", "row")
ref = lineage.choose(tables)
if ref:
    lineage.show(tables, ref)
