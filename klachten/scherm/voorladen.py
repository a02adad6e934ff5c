"""Let a browser fetch ahead the scripts of Streamlit that the first chart, table or form would wait for.

Streamlit loads what draws a part when that part is first shown: the first page with a chart then waits for 1.6 MB to be
fetched and read. The first page one comes on is there before any of this is asked for.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

from klachten.scherm import nederlands

DELEN = (
    "DataFrame",
    "ArrowVegaLiteChart",
    "Selectbox",
    "Multiselect",
    "DateField",
    "DateInput",
    "TextInput",
    "TextArea",
    "NumberInput",
    "Radio",
    "Checkbox",
    "ButtonGroup",
    "DownloadButton",
    "Metric",
    "Html",
)
"""The scripts by their names without a code, what a reader sees most first; each brings along what it needs itself."""
_SCRIPT = Path(__file__).with_suffix(".js")


@functools.cache
def erbij() -> bytes:
    """Return the script that does so, with the names of the files that stand beside Streamlit's own first script.

    Raises LookupError when this version of Streamlit has no such script, or several.
    """
    bestanden = json.dumps([_bestand(naam) for naam in DELEN]).encode()
    return b"<script>" + _SCRIPT.read_bytes().replace(b'"WAT"', bestanden) + b"</script>"


def _bestand(naam: str) -> str:
    gevonden = [pad.name for pad in nederlands.SCRIPTS.glob(f"{naam}.*.js")]
    if len(gevonden) != 1:
        raise LookupError(f"Streamlit has {len(gevonden)} scripts of the name {naam}")
    return gevonden[0]
