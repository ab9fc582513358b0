"""The arrows of the house: who may import whom, who reads which files, and how large a room is."""

import ast
import graphlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("data", "geo", "components", "pages", "server", "tools", "bench")
MODULES = sorted(
    path.relative_to(ROOT).as_posix() for name in PACKAGES for path in (ROOT / name).rglob("*.py")
)
# Folder or file -> what nothing below it may import.
FORBIDDEN = {
    "data": ("streamlit", "geo", "components", "pages", "server", "tools", "bench"),
    "geo": ("streamlit", "data", "components", "pages", "server", "tools", "bench"),
    "components/exhibits": (
        "streamlit",
        "components.ui",
        "components.export",
        "pages",
        "server",
        "tools",
    ),
    "components/stories": (
        "streamlit",
        "components.ui",
        "components.export",
        "pages",
        "server",
        "tools",
    ),
    "components/export": ("streamlit", "components.ui", "pages", "server", "tools"),
    "components/theme.py": ("streamlit", "data", "geo", "components", "pages"),
    "components/ui": ("pages", "server", "tools", "bench"),
    "server": ("streamlit", "plotly", "pydeck", "pages", "tools", "bench"),
    "pages": ("plotly", "pydeck", "geopandas", "shapely", "server", "tools", "bench"),
    "tools": ("streamlit", "components", "pages", "server", "bench"),
}
READERS = {
    "open", "read_text", "read_bytes", "read_csv", "read_table", "read_excel", "read_parquet",
    "read_json", "read_file", "DictReader", "reader",
}  # fmt: skip
MOST_LINES = 300
MOST_LINES_OF_A_PAGE = 66  # "about sixty"


def below(folder: str) -> list[str]:
    return [m for m in MODULES if m == folder or m.startswith(f"{folder}/")]


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), module)


def imports_of(tree: ast.Module) -> set[str]:
    """Every module that is imported anywhere, also within functions, by its full name."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where an arrow points"
            found.add(str(node.module))
            # `from components import ui` imports components.ui.
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def forbidden_in(tree: ast.Module, prefixes: tuple[str, ...]) -> list[str]:
    return sorted(
        name for name in imports_of(tree) for p in prefixes if name == p or name.startswith(f"{p}.")
    )


def docstrings(tree: ast.Module) -> set[ast.expr]:
    """Strings that are statements: documentation, of a module, a function or a constant."""
    return {n.value for n in ast.walk(tree) if isinstance(n, ast.Expr)}


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return f"{_text(node.left)}/{_text(node.right)}"
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    return ""


def paths_in(tree: ast.Module) -> Iterator[str]:
    """Strings of the code that could name a file: constants, chains of `/`, arguments joined."""
    documentation = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and node not in documentation:
            yield _text(node)
        if isinstance(node, ast.Call):
            yield "/".join(_text(a) for a in node.args)


def calls_in(tree: ast.Module) -> set[str]:
    """Last names of what is called: `read_csv` for `pd.read_csv(...)`."""
    called = (n.func for n in ast.walk(tree) if isinstance(n, ast.Call))
    return {
        f.attr if isinstance(f, ast.Attribute) else f.id
        for f in called
        if isinstance(f, ast.Attribute | ast.Name)
    }


def names_boundaries(text: str) -> bool:
    return "geo/boundaries" in text or text.endswith((".geojson", ".topojson"))


def names_tables(text: str) -> bool:
    place = r"datapackage\.json|(^|/)data/tables(/|$)|(^|/)tables/[\w-]*\.csv"
    return re.search(place, text) is not None


def test_every_layer_has_modules() -> None:
    empty = [folder for folder in FORBIDDEN if not below(folder)]
    assert not empty


@pytest.mark.parametrize(
    ("module", "prefixes"),
    [(m, p) for folder, p in FORBIDDEN.items() for m in below(folder)],
    ids=[m for folder in FORBIDDEN for m in below(folder)],
)
def test_module_imports_nothing_above_it(module: str, prefixes: tuple[str, ...]) -> None:
    assert forbidden_in(tree_of(module), prefixes) == []


def test_forbidden_imports_are_found_within_functions_and_in_both_forms() -> None:
    code = (
        "def f():\n    from components import ui\n    import streamlit.web as w\nimport streamlitx"
    )
    found = forbidden_in(ast.parse(code), ("streamlit", "components.ui"))
    assert found == ["components.ui", "streamlit.web"]


def test_importing_the_pure_packages_does_not_load_streamlit() -> None:
    pure = [
        m.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for folder in (
            "data",
            "geo",
            "components/theme.py",
            "components/exhibits",
            "components/stories",
        )
        for m in below(folder)
    ]
    pure += [
        m.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for m in below("components/export")
    ]
    code = (
        "import importlib, sys\n"
        f"for name in {pure!r}:\n"
        "    if not name.endswith('__main__'):\n"
        "        importlib.import_module(name)\n"
        "        if 'streamlit' in sys.modules:\n"
        "            sys.exit(f'{name} loads streamlit')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")


@pytest.mark.parametrize("module", [*(m for m in MODULES if not m.startswith("data/")), "app.py"])
def test_only_data_names_the_tables(module: str) -> None:
    assert [t for t in paths_in(tree_of(module)) if names_tables(t)] == []


# The floors of the bench draw a copy of the boundaries that stands for somebody else's data.
@pytest.mark.parametrize(
    "module", [*(m for m in MODULES if not m.startswith(("geo/", "bench/"))), "app.py"]
)
def test_only_geo_names_the_boundary_files(module: str) -> None:
    assert [t for t in paths_in(tree_of(module)) if names_boundaries(t)] == []


def test_a_path_is_found_however_it_is_put_together() -> None:
    code = (
        '"""Says data/tables."""\nROOT / "data" / "tables" / "x.csv"\nPath("data", "tables")\n'
        'open(f"{root}/data/tables/{name}.csv")\njoin(ROOT, "geo", "boundaries")\n'
    )
    found = list(paths_in(ast.parse(code)))
    assert sum(names_tables(t) for t in found) >= 3
    assert any(names_boundaries(t) for t in found)
    assert "Says data/tables." not in found


@pytest.mark.parametrize(
    "module", [m for m in below("components") if not m.startswith("components/ui/text.py")]
)
def test_components_read_no_files(module: str) -> None:
    """Words in ``components/text`` are the one exception, and one module reads them."""
    assert calls_in(tree_of(module)) & READERS == set()


@pytest.mark.parametrize("module", below("pages"))
def test_page_reads_no_files(module: str) -> None:
    assert calls_in(tree_of(module)) & READERS == set()


@pytest.mark.parametrize("module", below("pages"))
def test_page_draws_no_chart_outside_an_exhibit(module: str) -> None:
    drawn = {c for c in calls_in(tree_of(module)) if c.endswith("_chart") or c in {"map", "Figure"}}
    assert drawn == set()


@pytest.mark.parametrize("module", [*below("components"), *below("pages"), "app.py"])
def test_streamlit_caches_in_one_module_only(module: str) -> None:
    names = {n.attr for n in ast.walk(tree_of(module)) if isinstance(n, ast.Attribute)}
    allowed = {"cache_resource"} if module == "components/ui/cache.py" else set()
    assert names & {"cache_data", "cache_resource"} == allowed


# What a session's own tables could be in; a cache of the process would keep it for good.
PERSONAL = {
    "Catalogue", "Built", "DeckMap", "MapSpec", "MapRows", "CollaborativeProfile", "SystemProfile",
    "ProfileT", "DataFrame",
}  # fmt: skip


def cached_for_the_process(tree: ast.Module) -> set[str]:
    """Functions under ``lru_cache`` or ``cache`` that take something that a session may own."""
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        marks = {n.id for d in node.decorator_list for n in ast.walk(d) if isinstance(n, ast.Name)}
        marks |= {
            n.attr for d in node.decorator_list for n in ast.walk(d) if isinstance(n, ast.Attribute)
        }
        taken = " ".join(ast.unparse(a.annotation) for a in node.args.args if a.annotation)
        if marks & {"lru_cache", "cache"} and PERSONAL & set(re.findall(r"\w+", taken)):
            found.add(node.name)
    return found


@pytest.mark.parametrize("module", MODULES)
def test_nothing_of_a_session_is_kept_for_the_process(module: str) -> None:
    """Use ``@kept(most)`` of ``data/memo.py`` in the place of ``lru_cache``."""
    assert cached_for_the_process(tree_of(module)) == set()


def test_a_cache_of_the_process_is_found_in_both_forms() -> None:
    code = (
        "@lru_cache(maxsize=4)\ndef a(c: Catalogue): ...\n"
        "@functools.cache\ndef b(x: int, m: DeckMap | None): ...\n"
        "@lru_cache\ndef c(x: int): ...\n"
    )
    assert cached_for_the_process(ast.parse(code)) == {"a", "b"}


@pytest.mark.parametrize("module", MODULES)
def test_module_is_at_most_300_lines(module: str) -> None:
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("module", below("pages"))
def test_page_is_about_sixty_lines(module: str) -> None:
    lines = len((ROOT / module).read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES_OF_A_PAGE


def test_pages_lie_one_folder_down() -> None:
    """Streamlit would run a file directly in ``pages/`` without the app's frame."""
    assert [m for m in below("pages") if m.count("/") != 2] == []


def test_no_parts_of_the_pages_import_each_other_in_a_circle() -> None:
    modules = {m.removesuffix(".py").replace("/", "."): m for m in below("components/ui")}
    leads_to = {name: imports_of(tree_of(m)) & modules.keys() for name, m in modules.items()}
    try:
        graphlib.TopologicalSorter(leads_to).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
