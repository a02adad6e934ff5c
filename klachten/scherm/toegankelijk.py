"""What every page gets besides Streamlit's own, for who uses no mouse, hears the page, or wants no movement."""

from __future__ import annotations

import functools
from pathlib import Path

_HIER = Path(__file__).parent
_DELEN = ("toegankelijk.css", "rust.js", "toegankelijk.js", "houvast.js", "zelfde_tab.js", "vasthouden.js")


@functools.cache
def erbij() -> bytes:
    """Return the style and the scripts that mend Streamlit's page (`_DELEN`), in the page.

    Not as files of their own: a page would wait for two more answers, or jump when they come.
    """
    stijl, *scripts = (_HIER.joinpath(naam).read_bytes() for naam in _DELEN)
    return b"<style>" + stijl + b"</style>" + b"".join(b"<script>" + script + b"</script>" for script in scripts)
