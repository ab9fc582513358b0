"""Uploads stay in memory: no file that somebody brings is written to the server's disk.

Starlette's parser puts a part of more than 1 MB into a temporary file. The largest upload that the
Atlas takes is to fit instead; Streamlit then keeps the bytes in memory until they are read.
"""

from __future__ import annotations

from starlette.formparsers import MultiPartParser

from data.own import limits

# A little more than the file: the parser counts what it was sent.
LARGEST_BYTES = (limits.FILE_MB + 1) * limits.MB


def keep_in_memory() -> None:
    """Let the parser hold any upload that is taken in memory."""
    MultiPartParser.spool_max_size = LARGEST_BYTES
