"""What every page gets besides Streamlit's own, for who uses no mouse, hears the page, or wants no movement."""

from __future__ import annotations

import functools
from pathlib import Path

_HIER = Path(__file__).parent


@functools.cache
def erbij() -> bytes:
    """Return the style and the script that mend Streamlit's page (toegankelijk.css, toegankelijk.js), in the page.

    Not as files of their own: a page would wait for two more answers, or jump when they come.
    """
    stijl, script = (_HIER.joinpath(f"toegankelijk.{soort}").read_bytes() for soort in ("css", "js"))
    return b"<style>" + stijl + b"</style><script>" + script + b"</script>"
