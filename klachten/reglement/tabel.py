"""TOML tables read strictly: values asked for by name and type, mistakes told in Dutch with file and key."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

EERSTE_JAAR, LAATSTE_JAAR = 1900, 2200
"""Beyond these a day in a settings file is a slip of the pen, and cannot be counted with."""

Regels = Mapping[int, Mapping[str, int]]
"""Per table, by the id of its object, the line of each key; that of the table itself is under \"\"."""


class OngeldigBestand(ValueError):
    """A settings file that cannot be used; the sentence names file and key."""

    soort = "bestand_klopt_niet"


class Tabel:
    """One table of a TOML file; `plek` is where it stands, `fout` the exception its mistakes are raised as.

    With `regels` a mistake names its line too.
    """

    def __init__(
        self,
        gegevens: Any,
        bestand: str,
        plek: str = "",
        *,
        sleutels: Iterable[str],
        fout: type[OngeldigBestand] = OngeldigBestand,
        regels: Regels | None = None,
    ) -> None:
        self.bestand, self.plek, self.fout = bestand, plek, fout
        self._regels: Regels = regels or {}
        self._op_regel = self._regels.get(id(gegevens), {})
        if not isinstance(gegevens, dict):
            self.weiger("", f"hier hoort een tabel te staan, geen {toon(gegevens)}.")
        self.gegevens: dict[str, Any] = gegevens
        bekend = tuple(sleutels)
        for sleutel in gegevens:
            if sleutel not in bekend:
                lijkt_op = difflib.get_close_matches(sleutel, bekend, n=1)
                tip = f" Bedoelt u '{lijkt_op[0]}'?" if lijkt_op else ""
                self.weiger(sleutel, f"deze sleutel is onbekend.{tip}")

    def weiger(self, sleutel: str, zin: str) -> NoReturn:
        """Raise the mistake with file and key in front of it, and the line where that is known."""
        pad = ".".join(deel for deel in (self.plek, sleutel) if deel)
        regel = self._op_regel.get(sleutel) or self._op_regel.get("")
        waar = [self.bestand, *([f"regel {regel}"] if regel else []), *([f"sleutel {pad}"] if pad else [])]
        raise self.fout(f"{', '.join(waar)}: {zin}")

    def __contains__(self, sleutel: str) -> bool:
        return sleutel in self.gegevens

    def _waarde(self, sleutel: str) -> Any:
        if sleutel not in self.gegevens:
            self.weiger(sleutel, "deze sleutel ontbreekt.")
        return self.gegevens[sleutel]

    def tekst(self, sleutel: str, anders: str | None = None) -> str:
        """Return a text that is not empty; `anders` when the key may be left out."""
        if anders is not None and sleutel not in self.gegevens:
            return anders
        waarde = self._waarde(sleutel)
        if not isinstance(waarde, str) or not waarde.strip():
            self.weiger(sleutel, f"hier hoort tekst te staan, geen {toon(waarde)}.")
        return waarde.strip()

    def naam(self, sleutel: str) -> str:
        """Return an id: lower-case letters, digits, - and _."""
        waarde = self.tekst(sleutel)
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", waarde):
            self.weiger(sleutel, f"'{waarde}' mag alleen kleine letters, cijfers, - en _ bevatten.")
        return waarde

    def ja_nee(self, sleutel: str, anders: bool | None = None) -> bool:
        """Return true or false."""
        if anders is not None and sleutel not in self.gegevens:
            return anders
        waarde = self._waarde(sleutel)
        if not isinstance(waarde, bool):
            self.weiger(sleutel, f"hier hoort true of false te staan, geen {toon(waarde)}.")
        return waarde

    def aantal(self, sleutel: str) -> int:
        """Return a whole number above zero."""
        waarde = self._waarde(sleutel)
        if isinstance(waarde, bool) or not isinstance(waarde, int):
            self.weiger(sleutel, f"hier hoort een geheel getal te staan, geen {toon(waarde)}.")
        if waarde <= 0:
            self.weiger(sleutel, f"het getal moet groter dan nul zijn, hier staat {waarde}.")
        return waarde

    def dag(self, sleutel: str) -> date | None:
        """Return a date, None when the key is left out."""
        waarde = self.gegevens.get(sleutel)
        if waarde is not None and (isinstance(waarde, datetime) or not isinstance(waarde, date)):
            self.weiger(
                sleutel,
                f"hier hoort een datum zonder aanhalingstekens te staan, zoals 2026-01-31, geen {toon(waarde)}.",
            )
        if waarde is not None and not EERSTE_JAAR <= waarde.year <= LAATSTE_JAAR:
            self.weiger(sleutel, f"{waarde:%d-%m-%Y} ligt te ver weg; klopt het jaar?")
        return waarde

    def keuze(self, sleutel: str, mogelijk: Iterable[str], wat: str, anders: str | None = None) -> str:
        """Return one of the possible texts; `wat` names the thing in the sentence."""
        waarde = self.tekst(sleutel, anders)
        mogelijk = tuple(mogelijk)
        if waarde not in mogelijk:
            self.weiger(sleutel, f"{wat} '{waarde}' is onbekend; mogelijk zijn: {', '.join(mogelijk)}.")
        return waarde

    def lijst(self, sleutel: str, *, leeg: bool = False) -> list[Any]:
        """Return a list; an empty or absent one only where `leeg` allows it."""
        if leeg and sleutel not in self.gegevens:
            return []
        waarde = self._waarde(sleutel)
        if not isinstance(waarde, list):
            self.weiger(sleutel, f"hier hoort een lijst te staan, geen {toon(waarde)}.")
        if not waarde and not leeg:
            self.weiger(sleutel, "deze lijst is leeg.")
        return waarde

    def tabel(self, sleutel: str, waarde: Any, sleutels: Iterable[str]) -> Tabel:
        """Return a table inside this one, read as strictly."""
        plek = ".".join(deel for deel in (self.plek, sleutel) if deel)
        return Tabel(waarde, self.bestand, plek, sleutels=sleutels, fout=self.fout, regels=self._regels)


def toon(waarde: Any) -> str:
    """Show a value in a sentence as it stands in the file, shortened."""
    if isinstance(waarde, bool):
        return str(waarde).lower()
    if isinstance(waarde, str):
        return f"'{waarde[:40]}'" if waarde.strip() else "lege tekst"
    if isinstance(waarde, dict):
        return "tabel"
    return "lijst" if isinstance(waarde, list) else str(waarde)


def read_toml(pad: Path, fout: type[OngeldigBestand] = OngeldigBestand) -> dict[str, Any]:
    """Read a TOML file as UTF-8; what cannot be read is a sentence with file and line."""
    return parse_toml(pad.read_bytes(), pad.name, fout)[0]


def parse_toml(inhoud: bytes, naam: str, fout: type[OngeldigBestand] = OngeldigBestand) -> tuple[dict[str, Any], str]:
    """Return what stands in a TOML file, and its text; `naam` is what a mistake calls it."""
    try:
        # Notepad on Windows puts a byte order mark in front: it is harmless.
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as oorzaak:
        regel = inhoud[: oorzaak.start].count(b"\n") + 1
        raise fout(f"{naam}, regel {regel}: dit bestand is niet in UTF-8 opgeslagen.") from oorzaak
    try:
        return tomllib.loads(tekst), tekst
    except tomllib.TOMLDecodeError as oorzaak:
        plaats = re.search(r"line (\d+), column (\d+)", str(oorzaak))
        # tomllib says "at end of document" without a line.
        regel = int(plaats[1]) if plaats else max(1, len(tekst.splitlines()))
        kolom = f", kolom {plaats[2]}" if plaats else ""
        raise fout(f"{naam}, regel {regel}{kolom}: dit is geen geldige TOML ({oorzaak}).") from oorzaak
    except (ValueError, RecursionError) as oorzaak:
        # A number of thousands of digits, or brackets within brackets.
        raise fout(f"{naam}: er staat een getal of een lijst in die niet te lezen is.") from oorzaak


def line_numbers(tekst: str, gegevens: dict[str, Any]) -> Regels:
    """Return on which line each key of a file stands, as far as that can be seen without reading TOML twice.

    What is not written plainly (a table within a line) is not in it: a mistake there names its key alone.
    """
    uit: dict[int, dict[str, int]] = {id(gegevens): {}}
    waar: Any = gegevens
    teller: dict[str, int] = {}
    in_tekst = ""
    for nr, regel in enumerate(tekst.split("\n"), start=1):
        if in_tekst:
            in_tekst = "" if in_tekst in regel else in_tekst
            continue
        if kop := re.fullmatch(r"\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?", regel):
            naam = kop[2]
            waar = _table(gegevens, naam, teller)
            if isinstance(waar, dict):
                uit.setdefault(id(waar), {})[""] = nr
            uit[id(gegevens)].setdefault(naam.partition(".")[0], nr)
        elif isinstance(waar, dict) and (sleutel := re.match(r"\s*([\w-]+)\s*=", regel)):
            uit.setdefault(id(waar), {}).setdefault(sleutel[1], nr)
            if isinstance(waarde := waar.get(sleutel[1]), dict):
                uit.setdefault(id(waarde), {})[""] = nr
            open_na = [teken for teken in ('"""', "'''") if regel.count(teken) == 1]
            in_tekst = open_na[0] if open_na else ""
    return uit


def _table(gegevens: dict[str, Any], naam: str, teller: dict[str, int]) -> Any:
    """The table under a heading: of a list the next one each time, and under [lijst.deel] the last one of the list."""
    waar: Any = gegevens
    delen = naam.split(".")
    for plek, deel in enumerate(delen):
        waar = waar.get(deel) if isinstance(waar, dict) else None
        if isinstance(waar, list):
            pad = ".".join(delen[: plek + 1])
            teller[pad] = teller.get(pad, 0) + (plek == len(delen) - 1)
            waar = waar[teller[pad] - 1] if 0 < teller[pad] <= len(waar) else None
    return waar
