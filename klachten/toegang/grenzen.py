"""How much a request may bring, and how slowly."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from klachten.toegang.asgi import Bericht, Kop, Ontvangen

KOPPEN = 32 * 1024
BESTAND = 26 * 1024 * 1024
"""What Streamlit takes (config.toml: maxUploadSize, 25 MB) with what a form wraps around it."""
FORMULIER = 64 * 1024
GEDULD = 10.0
PER_SECONDE = 1000.0


class TeVeel(Exception):
    """The request brings more than it may."""


class TeTraag(Exception):
    """The request comes so slowly that it only keeps the app busy."""


def too_long(koppen: Iterable[Kop], hoogstens: int = KOPPEN) -> bool:
    """Tell whether the headers are longer than those of any browser."""
    return sum(len(naam) + len(waarde) + 4 for naam, waarde in koppen) > hoogstens


def announced(waarde: str) -> int:
    """Return the bytes that a request says it brings (content-length); what is no number says nothing."""
    return int(waarde) if waarde.isascii() and waarde.isdecimal() else 0


def counted(receive: Ontvangen, hoogstens: int, geduld: float = GEDULD) -> Ontvangen:
    """Return a `receive` that counts what comes in while it passes it on, and never holds it.

    It raises TeVeel above `hoogstens` bytes, and TeTraag when it comes slower than a kB a second after
    `geduld` seconds.
    """
    klok = asyncio.get_running_loop().time
    begin, gekregen, klaar = klok(), 0, False

    async def tellend() -> Bericht:
        nonlocal gekregen, klaar
        if klaar:
            # Only the end of the connection can come, and that may take as long as the answer does.
            return await receive()
        try:
            async with asyncio.timeout_at(begin + geduld + gekregen / PER_SECONDE):
                bericht = await receive()
        except TimeoutError:
            raise TeTraag from None
        gekregen += len(bericht.get("body", b""))
        if gekregen > hoogstens:
            raise TeVeel
        klaar = not bericht.get("more_body", False)
        return bericht

    return tellend
