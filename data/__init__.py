"""The curated tables of the Atlas: schema, loading, validation and selection.

Pure: no Streamlit. This is the only package that reads ``data/tables``.
"""

from data.catalogue import Catalogue, CatalogueStore, load_catalogue
from data.problems import DataError, Problem
from data.selection import Selection

__all__ = ["Catalogue", "CatalogueStore", "DataError", "Problem", "Selection", "load_catalogue"]
