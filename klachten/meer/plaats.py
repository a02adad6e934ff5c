"""Where a lake is: a folder, a network share, or storage elsewhere; and whether what is there is one."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex
from typing import Any

from klachten.meer import vorm
from klachten.meer.fouten import GeenMeer, MeerFout, Onbereikbaar
from klachten.opslag import DEEL, Opslag


class Plaats(Opslag):
    """The place of one lake."""

    wat = "het meer"
    fout = Onbereikbaar
    eigen = (MeerFout,)
    later = "Er is niets veranderd aan wat er al stond; probeer het later opnieuw."
    mode = 0o666

    def _missing(self) -> str:
        return (
            f"De map {self.naar} bestaat niet, of is niet te bereiken. Kijk of de schijf of de netwerkmap is "
            "aangesloten; maak de map voor een nieuw meer de eerste keer zelf."
        )

    @property
    def fs(self) -> Any:
        """The file system, for DuckDB when the lake is not on this computer."""
        return self._fs

    def adres(self, naam: str) -> str:
        """Return where DuckDB finds a file."""
        return self._pad(naam) if self.hier else str(self._fs.unstrip_protocol(self._pad(naam)))

    def under(self, map: str) -> dict[str, int]:
        """Return the files in a folder of the lake and below it, by name, with how many bytes they have."""
        with self._reaching():
            self._fs.invalidate_cache()
            if not self._fs.exists(self._pad(map)):
                return {}
            gevonden = self._fs.find(self._pad(map), detail=True)
        begin = len(self._map.rstrip("/")) + 1
        return {str(pad)[begin:]: int(een.get("size") or 0) for pad, een in gevonden.items()}

    def tidy(self, map: str) -> None:
        """Remove the folders below this one, and itself, that have become empty; elsewhere there are no folders."""
        if self.hier:
            alle = sorted(Path(self._pad(map)).rglob("*"), reverse=True)
            for pad in (*(pad for pad in alle if pad.is_dir()), Path(self._pad(map))):
                with contextlib.suppress(OSError):  # something is in it
                    pad.rmdir()

    def notes(self) -> list[str]:
        """Return the organisations that have a note."""
        namen = [naam.removeprefix(f"{vorm.LEVERINGEN}/") for naam in self.under(vorm.LEVERINGEN)]
        return sorted(naam.removesuffix(".json") for naam in namen if naam.endswith(".json"))

    def is_empty(self) -> bool:
        """Whether nothing at all is there, or only what was broken off before it began."""
        return all(naam.endswith(DEEL) for naam in self.here())


def find(naar: str, opslag: Mapping[str, Any] | None = None) -> Plaats:
    """Return the place of a lake that is there; GeenMeer says what there is instead."""
    plaats = Plaats(naar, opslag)
    tekst = plaats.fetch(vorm.MEER)
    if tekst is None:
        raise GeenMeer(
            f"In {naar} staat nog geen meer: er is nog niets aangeleverd. Lever aan met: python -m klachten meer "
            "aanleveren"
            if plaats.is_empty()
            else f"{naar} is geen meer: meer.json ontbreekt. Noem de map of het adres waarin de map leveringen staat."
        )
    try:
        formaat = json.loads(tekst)["formaat"]
    except (ValueError, KeyError, TypeError) as fout:
        raise GeenMeer(
            f"{vorm.MEER} in {naar} is niet te lezen. Zet dat bestand terug uit een kopie; de leveringen zijn niet "
            "geraakt."
        ) from fout
    if formaat != vorm.FORMAAT:
        nieuwer = isinstance(formaat, int) and formaat > vorm.FORMAAT
        raise GeenMeer(
            f"Het meer in {naar} heeft een andere vorm ({formaat}) dan deze versie leest ({vorm.FORMAAT}). "
            + (
                "Het is van een nieuwere versie: werk klachten hier bij."
                if nieuwer
                else "Laat iedereen opnieuw aanleveren, in een nieuwe map."
            )
        )
    return plaats


def find_or_begin(naar: str, opslag: Mapping[str, Any] | None = None) -> Plaats:
    """Return the place of a lake, which begins here when nothing is there yet."""
    plaats = Plaats(naar, opslag)
    if plaats.fetch(vorm.MEER) is None and plaats.is_empty():
        plaats.store(vorm.MEER, json.dumps({"formaat": vorm.FORMAAT, "id": token_hex(8)}).encode() + b"\n")
    return find(naar, opslag)
