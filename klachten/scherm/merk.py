"""The mark and the icon of the app, as a page carries them along: nothing of a page is fetched from /media."""

from __future__ import annotations

import base64
from pathlib import Path

MERK = Path(__file__).with_name("merk.svg")
PICTOGRAM_BESTAND = Path(__file__).with_name("pictogram.png")
# Streamlit makes such an address of an SVG by itself; a PNG it would put in /media, which is closed.
PICTOGRAM = f"data:image/png;base64,{base64.b64encode(PICTOGRAM_BESTAND.read_bytes()).decode('ascii')}"
BEELDEN = {pad.name: pad for pad in (MERK, PICTOGRAM_BESTAND)}
"""For the pages outside Streamlit."""
