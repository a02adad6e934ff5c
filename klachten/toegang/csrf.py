"""A form counts only when it was sent from a page of this register, by the browser that got that page."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from klachten.toegang.sleutel import Sleutel


def mark(sleutel: Sleutel, hash: str) -> str:
    """Return the mark that goes into every form of this (pre-)session."""
    return sleutel.merk("formulier", hash)


def fits(sleutel: Sleutel, hash: str, gekregen: str) -> bool:
    """Tell whether a form that came back was made for this (pre-)session."""
    return hmac.compare_digest(mark(sleutel, hash).encode(), gekregen.encode())


def own_origin(koppen: Mapping[str, str], eigen: str) -> bool:
    """Tell whether the request came from a page of this very scheme, host and port.

    `koppen` has its names in small letters. A browser always says where a form or a WebSocket comes from, so silence
    is a no; `sec-fetch-site` is asked only where the browser sends it (not over plain http to another machine).
    """
    return koppen.get("origin") == eigen and koppen.get("sec-fetch-site", "same-origin") == "same-origin"
