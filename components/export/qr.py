"""QR codes of links, also of long ones."""

from __future__ import annotations

from typing import Final

import segno

TOO_LONG: Final = "The link is too long for a QR code."


def qr_of(link: str) -> segno.QRCode | None:
    """The code of a link: with a middling share of repair, else with little.

    Returns:
        ``None`` where the link is too long for any code (about 2,950 bytes).
    """
    for level in ("m", "l"):
        try:
            return segno.make_qr(link, error=level, boost_error=False)
        except segno.DataOverflowError:
            continue
    return None
