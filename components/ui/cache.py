"""The one place where anything is cached across sessions."""

from __future__ import annotations

import gc
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from components import theme
from components.exhibits import Built, build_exhibit
from components.exhibits.deck import ThemeName
from data import Catalogue, CatalogueStore, Problem, Selection


@st.cache_resource(show_spinner="Reading the tables")
def _store() -> CatalogueStore:
    store = CatalogueStore()
    store.get()
    # What was loaded stays for the life of the process: keep the collector from walking it.
    gc.collect()
    gc.freeze()
    return store


def catalogue() -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue that every session shares, and problems of newer files that are not valid.

    Raises:
        DataError: The tables are not valid and never were in this process.
    """
    return _store().get()


@st.cache_resource(max_entries=600, show_spinner=False)
def _built(
    exhibit_id: str, params: tuple[tuple[str, str], ...], _tables: Catalogue, age: int
) -> Built:
    del age  # part of the key: figures of an older catalogue are not served
    selection = Selection(**_unpack(params))
    return build_exhibit(_tables, selection, exhibit_id)


def _unpack(params: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    plain = Selection()
    return {
        name: tuple(value.split(",")) if isinstance(getattr(plain, name), tuple) else value
        for name, value in params
    }


@st.cache_resource(max_entries=600, show_spinner=False)
def _themed(_figure: go.Figure, key: int, name: str) -> go.Figure:
    del key  # the figure's identity: figures are cached, so one figure has one
    return theme.themed(_figure, name)


def themed(figure: go.Figure, name: ThemeName) -> go.Figure:
    """A cached figure in the reader's theme."""
    return figure if name == "light" else _themed(figure, id(figure), name)


def built(exhibit_id: str, selection: Selection, responds_to: frozenset[str]) -> Built:
    """An exhibit, built once per selection that makes a difference to it."""
    tables, _ = catalogue()
    params = tuple(selection.only(responds_to).to_params().items())
    return _built(exhibit_id, params, tables, id(tables))
