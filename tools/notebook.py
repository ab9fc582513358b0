"""Write and run the notebook in ``docs``: ``python -m tools.notebook``.

Its cells stand here, so that they can be read, changed and compared; the file that people open is
made from them and executed, and a test executes it again.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
NOTEBOOK: Final = DOCS / "atlas.ipynb"
SECONDS: Final = 120

CELLS: Final = (
    (
        "markdown",
        "# The Atlas without a server\n\n"
        "The packages `data`, `geo`, `components.exhibits` and `components.export` are plain "
        "Python. This notebook loads the tables, filters, builds an exhibit, draws it and saves "
        "it. Made and run by `python -m tools.notebook`; a test runs it again.",
    ),
    (
        "code",
        'import sys\n\nsys.path.insert(0, "..")\n\n'
        "from data import Selection, load_catalogue\n\n"
        "catalogue = load_catalogue()\n"
        "{name: len(catalogue.table(name)) for name in catalogue.frames}",
    ),
    (
        "markdown",
        "A selection is what the filters of the pages set. The same value filters any table and "
        "any exhibit.",
    ),
    (
        "code",
        "from data.query import outcomes\n\n"
        'chosen = Selection(sector=("mhlda",), status=("achieved",))\n'
        "rows = outcomes(catalogue, chosen)\n"
        'rows[["collaborative", "metric", "direction", "value", "unit", "source_id"]].head(4)',
    ),
    (
        "markdown",
        "An exhibit is a pure function of the tables and a selection. It comes with a reading, its "
        "base, caveats and the sources of its rows.",
    ),
    (
        "code",
        "from components.exhibits import CAVEATS, REGISTRY, build_exhibit\n\n"
        'acute = Selection(sector=("acute",))\n'
        'exhibit = REGISTRY["delegation-intent"]\n'
        "built = build_exhibit(catalogue, acute, exhibit.id)\n"
        "print(built.reading)\n"
        'print("Base:", built.base)\n'
        'print("Caveats:", "; ".join(CAVEATS[c].label for c in built.caveats))\n'
        'print("Sources:", "; ".join(c.plain for c in built.citations))',
    ),
    (
        "code",
        "from IPython.display import SVG\n\nfrom components.export.picture import svg\n\n"
        "SVG(svg(exhibit, built))",
    ),
    (
        "markdown",
        "Files carry title, filters, date, sources and licence inside.",
    ),
    (
        "code",
        "import io\n\nimport pandas as pd\n\n"
        "from components.export.columnar import to_parquet\n"
        "from components.export.holding import of_exhibit\n"
        "from components.export.workbook import to_xlsx\n\n"
        'holding = of_exhibit(catalogue, exhibit, built, acute, taken_on="2026-11-24")\n'
        "sheets = pd.read_excel(io.BytesIO(to_xlsx(holding)), sheet_name=None)\n"
        "print({name: sheet.shape for name, sheet in sheets.items()})\n"
        'columns = ["option", "group", "percent", "base_n", "interval_low", "interval_high"]\n'
        "pd.read_parquet(io.BytesIO(to_parquet(holding)))[columns]",
    ),
    (
        "markdown",
        "A map leaves as areas with their values; either set of boundaries.",
    ),
    (
        "code",
        "from components.export.geographic import areas\n\n"
        'newer = Selection(vintage="2026")\n'
        'map_ = REGISTRY["footprint-map"]\n'
        "shapes = areas(\n"
        "    of_exhibit(\n"
        "        catalogue, map_, build_exhibit(catalogue, newer, map_.id), newer,\n"
        '        taken_on="2026-11-24",\n'
        "    )\n"
        ")\n"
        'top = shapes.sort_values(["collaboratives", "name"], ascending=[False, True])\n'
        'top[["area_id", "name", "region", "collaboratives"]].head(4)',
    ),
    (
        "code",
        "from components.export.citing import of_source, to_bibtex\n\n"
        "print(to_bibtex([of_source(catalogue, built.citations[0].source_id)]))\n"
        'print("Streamlit was loaded:", "streamlit" in sys.modules)',
    ),
)


def written() -> Any:
    """The notebook with its cells, not yet run (an ``nbformat`` notebook)."""
    from nbformat import v4  # noqa: PLC0415

    cells = []
    for number, (kind, source) in enumerate(CELLS):
        make = v4.new_markdown_cell if kind == "markdown" else v4.new_code_cell
        # Ids are random otherwise, and every run would change the file.
        cells.append(make(source, id=f"cell-{number:02}"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def run() -> Any:
    """The notebook, run from top to bottom in ``docs``.

    Raises:
        nbclient.exceptions.CellExecutionError: A cell failed.
    """
    from nbclient import NotebookClient  # noqa: PLC0415

    notebook = written()
    place = {"metadata": {"path": str(DOCS)}}
    NotebookClient(
        notebook, timeout=SECONDS, kernel_name="python3", resources=place, record_timing=False
    ).execute()
    return notebook


def main() -> int:
    """Run the notebook and write it.

    Returns:
        0.
    """
    import nbformat  # noqa: PLC0415

    notebook = run()
    notebook.metadata.pop("language_info", None)  # names this machine's version of Python
    nbformat.write(notebook, NOTEBOOK)
    print(f"Wrote docs/{NOTEBOOK.name} ({NOTEBOOK.stat().st_size / 1000:.0f} KB).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
