"""The notebook in docs: what it shows is what its cells say, and they still run."""

import nbformat
import pytest

from tools import notebook


@pytest.fixture(scope="module")
def kept() -> nbformat.NotebookNode:
    return nbformat.read(notebook.NOTEBOOK, as_version=4)


def test_the_file_is_made_from_the_cells(kept: nbformat.NotebookNode) -> None:
    shown = [(cell.cell_type, cell.source) for cell in kept.cells]
    assert shown == list(notebook.CELLS), "run `python -m tools.notebook`"
    nbformat.validate(kept)
    assert notebook.NOTEBOOK.stat().st_size < 60_000, "outputs are to stay small"


def test_it_runs_from_top_to_bottom_and_shows_what_the_file_shows(
    kept: nbformat.NotebookNode,
) -> None:
    """Kinds of output, not figures: a corrected table must not need a new notebook."""

    def kinds(book: nbformat.NotebookNode) -> list[list[str]]:
        return [
            [
                key
                for o in cell.get("outputs", [])
                for key in (o.output_type, *sorted(o.get("data", {})))
            ]
            for cell in book.cells
        ]

    ran = notebook.run()
    assert kinds(ran) == kinds(kept)
    said = ran.cells[-1].outputs[-1].text
    assert "Streamlit was loaded: False" in said
