"""Which addresses there are: `routes.toml`. What is not in it is not there; rechten.csv says for whom each is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klachten import rechten

SESSIE = "sessie"
REGELS = frozenset({SESSIE, *rechten.BUITEN})
_PAD = Path(__file__).with_name("routes.toml")
# What no address here has, and what another reader of the same address may take for another one.
_VREEMD = re.compile(r"[\x00-\x1f\x7f\\]|/\.\.?(/|$)")


@dataclass(frozen=True)
class Route:
    """One row of the table; what its parts mean stands at the top of it.

    `regel` says whether somebody has to be signed in (sessie) or not (one of rechten.BUITEN), `rollen` in which role:
    none for whoever is signed in.
    """

    pad: str
    regel: str
    rollen: frozenset[str] = frozenset()
    soort: str = "http"
    methoden: tuple[str, ...] = ("GET", "HEAD")
    begint: bool = False
    pagina: bool = False
    eigen: bool = False
    bewaren: bool = False
    rustig: bool = False
    gebracht: bool = False
    zelf: bool = False

    def __post_init__(self) -> None:
        if self.regel not in REGELS or self.soort not in {"http", "websocket"} or not self.pad.startswith("/"):
            raise ValueError(f"geen route: {self}")


class Routes:
    """The table (`rijen`), with a row for every page of the app."""

    def __init__(self, rijen: Iterable[Route], paginas: Iterable[str] = ()) -> None:
        self.rijen = tuple(rijen)
        alle = [*self.rijen, *(Route(f"/{naam}", "sessie", begint=True, pagina=True) for naam in paginas)]
        self._precies = {rij.pad: rij for rij in alle if not rij.pad.endswith("/*")}
        onder = (rij for rij in alle if rij.pad.endswith("/*"))
        self._onder = sorted(onder, key=lambda rij: -len(rij.pad))

    def find(self, pad: str) -> Route | None:
        """Return the row of an address, the longest one that fits; None when there is no such address."""
        if _VREEMD.search(pad):
            return None
        # A browser may put a slash behind the name of a page.
        kort = pad if pad == "/" else pad.removesuffix("/")
        return self._precies.get(kort) or next((rij for rij in self._onder if pad.startswith(rij.pad[:-1])), None)


def load(paginas: Iterable[str] = ()) -> Routes:
    """Return the table of the app with these pages; OngeldigeRechten when rechten.csv names other addresses."""
    rijen = tomllib.loads(_PAD.read_text(encoding="utf-8"))["route"]
    rechten.controleer("route", (rij["pad"] for rij in rijen))
    return Routes(rows({"route": [{**rij, **_for_whom(rij["pad"])} for rij in rijen]}), paginas)


def _for_whom(pad: str) -> dict[str, Any]:
    rij = rechten.rij("route", pad)
    rollen = frozenset[str]() if rij.iedereen else frozenset(rij.rollen)
    return {"regel": rij.buiten or SESSIE, "rollen": rollen}


def rows(gelezen: Mapping[str, Any]) -> list[Route]:
    """Return the rows of a table that was read; ValueError and TypeError say that one is none."""
    return [Route(**{**rij, "methoden": tuple(rij.get("methoden", ("GET", "HEAD")))}) for rij in gelezen["route"]]
