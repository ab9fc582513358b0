"""Boundaries, map shapes and hexagons of the ICBs of two vintages: pure functions, no Streamlit.

Only this package reads the embedded boundaries in ``geo/boundaries``. The running app needs
geopandas and those files; rebuilding them (``python -m geo build``) needs the ``geobuild`` extra.
"""
