"""The line to a server elsewhere, of mail out or in: how it is encrypted, and whom it is believed of."""

from __future__ import annotations

import ssl
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

BEVEILIGING = ("starttls", "tls", "geen")
"""How a line is encrypted."""
EIGEN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class OngeldigeVerbinding(ValueError):
    """A block of the settings cannot be used; the text is the Dutch sentence."""

    soort = "instelling_klopt_niet"


def read_block(
    gelezen: object, velden: Collection[str], nodig: Collection[str], poorten: Mapping[str, int], ook: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return what a block says, with the port that belongs to its encryption; None when it cannot be.

    All but `poort` are texts of one line. `poorten` has the usual port of each encryption, the one when nothing is said
    first; `ook` is what counts where the block is silent (a password that stands elsewhere), when it is not empty.
    """
    if not isinstance(gelezen, dict):
        return None
    blok: dict[str, Any] = {**{naam: waarde for naam, waarde in ook.items() if waarde}, **gelezen}
    blok.setdefault("beveiliging", next(iter(poorten)))
    blok.setdefault("poort", poorten.get(str(blok["beveiliging"]), 0))
    poort = blok["poort"]
    teksten = (waarde for naam, waarde in blok.items() if naam != "poort")
    goed = (
        blok.keys() <= set(velden)
        and all(isinstance(waarde, str) and waarde and waarde.isprintable() for waarde in teksten)
        and all(naam in blok for naam in nodig)
        and blok["beveiliging"] in BEVEILIGING
        and type(poort) is int
        and 0 < poort < 2**16
    )
    return blok if goed else None


def is_private(host: str, beveiliging: str) -> bool:
    """Tell whether nobody on the way reads what goes over a line: it is encrypted, or leaves this machine nowhere."""
    return beveiliging != "geen" or host in EIGEN_MACHINE


def check_readable(blok: str, host: str, beveiliging: str) -> None:
    """Refuse a password that would go over a network readable."""
    if not is_private(host, beveiliging):
        raise OngeldigeVerbinding(
            f"{blok} zou het wachtwoord leesbaar over het netwerk sturen. Zet beveiliging op starttls of tls."
        )


def trusted(blok: str, vertrouwt: str, vanaf: Path) -> str:
    """Return the file with a certificate that is believed, told from `vanaf`; "" for none."""
    pad = vanaf / vertrouwt
    if vertrouwt and not pad.is_file():
        raise OngeldigeVerbinding(f"het bestand {vertrouwt}, dat {blok} vertrouwt, is er niet.")
    return str(pad) if vertrouwt else ""


def tls(vertrouwt: str) -> ssl.SSLContext:
    """Believe whom the machine believes, and the one certificate that the settings name."""
    context = ssl.create_default_context()
    if vertrouwt:
        context.load_verify_locations(vertrouwt)
    return context
