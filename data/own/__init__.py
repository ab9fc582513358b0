"""What somebody brings of their own: read, checked, merged for one session, never written anywhere.

Pure: no Streamlit. A file goes through ``reading`` (bytes to sheets of text), ``tables`` (sheets to
tables) or ``answers`` (respondents to shares), ``checking`` (the schema of the Atlas, by
Frictionless) and ``merging`` (a new catalogue beside the shared one). ``bringing`` runs them.
"""

from data.own.bringing import Bringing, bring
from data.own.merging import OwnData, OwnFile
from data.own.sheets import OwnProblem, Upload, WaveDetails

__all__ = ["Bringing", "OwnData", "OwnFile", "OwnProblem", "Upload", "WaveDetails", "bring"]
