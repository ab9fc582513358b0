from components.ui import frame, glossary

tables, _ = frame.context()
frame.heading("Glossary", "glossary")
glossary.show(tables)
