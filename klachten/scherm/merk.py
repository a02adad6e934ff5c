"""Pictures as a page carries them along, and the mark of the app: nothing of a page is fetched from /media."""

from __future__ import annotations

import base64
from pathlib import Path


def inline(inhoud: bytes, soort: str) -> str:
    """Return a picture of a sort (png, jpeg) as an address that has all of it in itself."""
    return f"data:image/{soort};base64,{base64.b64encode(inhoud).decode('ascii')}"


MERK = Path(__file__).with_name("merk.svg")
PICTOGRAM_BESTAND = Path(__file__).with_name("pictogram.png")
# Streamlit makes such an address of an SVG by itself; a PNG it would put in /media, which is closed.
PICTOGRAM = inline(PICTOGRAM_BESTAND.read_bytes(), "png")
BEELDEN = {pad.name: pad for pad in (MERK, PICTOGRAM_BESTAND)}
"""For the pages outside Streamlit."""
