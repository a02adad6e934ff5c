"""What a reglement that somebody brings along has to keep to before it may hold: stricter than reading a file is.

A file of the program was looked at by people who know what the questions of analyse can count with; this one was not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

from klachten.reglement.delen import OngeldigReglement, Termijn
from klachten.reglement.reglement import EEN_DAG, KEUZELIJSTEN, VAN_DE_FIRMA, Reglement, lees
from klachten.reglement.tabel import Regels, Tabel, line_numbers
from klachten.taal import datum

GROOTSTE = 1024 * 1024
"""Bytes, in whole MB as the field for it says; the reglement that comes with the program has some 20,000."""
MEESTE_PUNTEN = 100
"""On one line: a key of thousands of parts (a.a.a.a) costs tomllib all memory there is."""
LANGSTE_TEKST, LANGSTE_NAAM = 2_000, 150
MEESTE_KEUZES = 300
LANGST = {"dagen": 1_830, "weken": 260, "maanden": 60, "werkdagen": 1_300}
"""Five years, each: the days of the calendar end somewhere."""
_ONLEESBAAR = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def keur(inhoud: bytes, naam: str) -> Reglement:
    """Read a reglement that was brought along; OngeldigReglement, with file, line and key, for what is not right."""
    if not inhoud.strip():
        raise OngeldigReglement(f"{naam}: dit bestand is leeg.")
    if len(inhoud) > GROOTSTE:
        raise OngeldigReglement(f"{naam}: dit bestand is groter dan {GROOTSTE // 2**20} MB; dat is geen reglement.")
    for nr, regel in enumerate(inhoud.split(b"\n"), start=1):
        if regel.count(b".") > MEESTE_PUNTEN:
            raise OngeldigReglement(f"{naam}, regel {nr}: op deze regel staan te veel punten om te lezen.")
    reglement = lees(inhoud, naam)
    gegevens = tomllib.loads(reglement.tekst)
    regels = line_numbers(reglement.tekst, gegevens)
    tabel = _table(gegevens, naam, "", regels)
    if reglement.soort != "volledig":
        tabel.weiger("soort", "een reglement voor nieuwe klachten is volledig, met alle 18 stappen.")
    for lijst in KEUZELIJSTEN:
        if len(getattr(reglement, lijst)) > MEESTE_KEUZES:
            tabel.weiger(lijst, f"hier staan meer dan {MEESTE_KEUZES} keuzes.")
    for plek, deel in _tables(gegevens):
        _check_texts(_table(deel, naam, plek, regels))
    for sleutel in ("termijnen", "streeftermijnen"):
        for termijn, rauw in zip(getattr(reglement, sleutel), gegevens.get(sleutel, ()), strict=True):
            _check_term(termijn, _table(rauw, naam, f"{sleutel}.{termijn.id}", regels))
    return reglement


def _table(gegevens: dict[str, Any], naam: str, plek: str, regels: Regels) -> Tabel:
    return Tabel(gegevens, naam, plek, sleutels=gegevens, fout=OngeldigReglement, regels=regels)


def _tables(gegevens: dict[str, Any], plek: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table of a file that was read, each with where it stands."""
    yield plek, gegevens
    for sleutel, waarde in gegevens.items():
        for deel in waarde if isinstance(waarde, list) else [waarde]:
            if isinstance(deel, dict):
                heet = deel.get("id", deel.get("nr", ""))
                yield from _tables(deel, ".".join(str(d) for d in (plek, sleutel, heet) if d != ""))


def _check_texts(tabel: Tabel) -> None:
    for sleutel, waarde in tabel.gegevens.items():
        if not isinstance(waarde, str):
            continue
        if _ONLEESBAAR.search(waarde):
            tabel.weiger(sleutel, "er staat een teken in dat niet te zien is. Typ de tekst over.")
        langst = LANGSTE_TEKST if sleutel in ("uitleg", "keuze", "grond") else LANGSTE_NAAM
        if len(waarde) > langst:
            tabel.weiger(sleutel, f"dit is langer dan {langst} tekens.")
        if langst == LANGSTE_NAAM and len(waarde.splitlines()) > 1:
            tabel.weiger(sleutel, "dit moet op één regel.")


def _check_term(termijn: Termijn, tabel: Tabel) -> None:
    for sleutel, waarde, eenheid in (
        ("waarde", termijn.waarde, termijn.eenheid),
        *(("bij_kenmerk", waarde, termijn.eenheid) for waarde in termijn.bij_kenmerk.values()),
        *([("verlenging", v.waarde, v.eenheid)] if (v := termijn.verlenging) else []),
    ):
        if waarde > LANGST[eenheid]:
            tabel.weiger(sleutel, f"{waarde} {eenheid} is langer dan vijf jaar; klopt het getal?")
    begin = 0 if termijn.vanaf == "ontvangen" else int(termijn.vanaf.removeprefix("stap_"))
    if begin >= min(termijn.einde):
        eind = min(termijn.einde)
        zin = f"de termijn begint met stap {begin} en eindigt met stap {eind}: zo draait zij in een kring."
        tabel.weiger("vanaf", f"{zin} Kies een begin dat vóór het einde komt.")
    if len(set(termijn.einde)) < len(termijn.einde):
        tabel.weiger("einde", "een stap staat er twee keer.")


def keur_versie(nieuw: Reglement, eerder: Reglement | None, vanaf: date, eigen: frozenset[str]) -> None:
    """Refuse a file that cannot be the next version of a reglement from a day on; `eerder` is None for a new one.

    `eigen` are the lists that the organisation keeps itself, where a name is changed on the spot.
    """
    gegevens = tomllib.loads(nieuw.tekst)
    regels = line_numbers(nieuw.tekst, gegevens)
    for sleutel in ("termijnen", "streeftermijnen"):
        termijnen = getattr(nieuw, sleutel)
        for termijn, rauw in zip(termijnen, gegevens.get(sleutel, ()), strict=True):
            tabel = _table(rauw, nieuw.bestand, f"{sleutel}.{termijn.id}", regels)
            if termijn.geldig_vanaf > vanaf:
                tabel.weiger(
                    "geldig_vanaf",
                    f"deze termijn begint op {datum(termijn.geldig_vanaf)}, na {datum(vanaf)}, de dag waarop het "
                    "bestand ingaat. Zet hier die dag of eerder; een latere termijn komt met een volgende versie.",
                )
            if termijn.geldig_tot is not None and termijn.geldig_tot >= vanaf:
                tabel.weiger(
                    "geldig_tot",
                    f"deze termijn houdt op, op {datum(termijn.geldig_tot)}, na {datum(vanaf)}, de dag waarop het "
                    "bestand ingaat. Haal haar weg, of laat geldig_tot weg.",
                )
            was = next((t for t in getattr(eerder, sleutel, ()) if t.id == termijn.id), termijn)
            if was.stap != termijn.stap:
                tabel.weiger(
                    "stap",
                    f"deze termijn hoort bij stap {was.stap}. Bij een andere stap is het een andere termijn: geef haar "
                    "een eigen id.",
                )
    if not any(termijn.geldt_op(vanaf) for termijn in nieuw.termijnen):
        _table(gegevens, nieuw.bestand, "", regels).weiger("termijnen", f"op {datum(vanaf)} geldt geen enkele termijn.")
    if eerder is not None:
        _check_choices(nieuw, eerder, vanaf, eigen, gegevens, regels)


def _check_choices(
    nieuw: Reglement,
    eerder: Reglement,
    vanaf: date,
    eigen: frozenset[str],
    gegevens: dict[str, Any],
    regels: Regels,
) -> None:
    """A version says nothing about the days before it: a choice that is there began when it began."""
    for lijst in (lijst for lijst in KEUZELIJSTEN if lijst not in VAN_DE_FIRMA):
        voor = {keuze.id: keuze for keuze in getattr(eerder, lijst)}
        for keuze, rauw in zip(getattr(nieuw, lijst), gegevens.get(lijst, ()), strict=True):
            was = voor.get(keuze.id)
            tabel = _table(rauw, nieuw.bestand, f"{lijst}.{keuze.id}", regels)
            if was is None:
                continue
            if was.naam != keuze.naam and lijst in eigen:
                tabel.weiger("naam", f"dit heet nu '{was.naam}'. Een andere naam geeft u op de pagina Lijsten, meteen.")
            if was.geldig_vanaf != keuze.geldig_vanaf:
                tabel.weiger("geldig_vanaf", "deze keuze is er al; laat haar eerste dag zoals die was.")
            if was.geldig_tot != keuze.geldig_tot and (keuze.geldig_tot or date.max) < vanaf - EEN_DAG:
                tabel.weiger("geldig_tot", f"dit is vóór {datum(vanaf)}, de dag waarop het bestand ingaat.")
