"""Comparing the register with what was put elsewhere: is the history of today still that of then?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from klachten.anker import stempel
from klachten.anker.regel import Ankerregel, lines
from klachten.register.dossiercontrole import Bevinding
from klachten.register.journaal import Journaal, Kop
from klachten.taal import aantal, datum

__all__ = ["compare"]


def compare(journaal: Journaal, bestanden: Iterable[Path], wortel: str = "") -> list[Bevinding]:
    """Return a finding per file: the first anchor that does not fit, or up to where all fit.

    With `wortel` (certificates, PEM) every time stamp has to be signed under it.
    """
    gelezen: list[tuple[Path, list[tuple[int, Ankerregel | None]] | str]] = []
    for pad in bestanden:
        try:
            gelezen.append((pad, list(lines(pad))))
        except OSError as fout:
            gelezen.append((pad, fout.strerror or str(fout)))
    gevraagd = {regel.nr for _, wat in gelezen if not isinstance(wat, str) for _, regel in wat if regel}
    zegels, hoogste = _zegels(journaal, {1, *gevraagd})
    return [
        Bevinding("fout", f"Het anker in {pad} is niet te lezen: {wat}.")
        if isinstance(wat, str)
        else _judge(pad, wat, zegels, hoogste, wortel)
        for pad, wat in gelezen
    ]


def _judge(
    pad: Path, regels: list[tuple[int, Ankerregel | None]], zegels: dict[int, str], hoogste: int, wortel: str
) -> Bevinding:
    goed, gestempeld = None, 0
    onleesbaar = [plek for plek, regel in regels if regel is None]
    for plek, regel in regels:
        if regel is None:
            continue
        wanneer = f"Het anker van {datum(regel.op.date())} (regel {plek} van {pad})"
        tot = f" Tot en met feit {goed.nr}, van {datum(goed.op.date())}, is de geschiedenis dezelfde." if goed else ""
        if regel.register != zegels.get(1):
            return Bevinding(
                "fout",
                f"{wanneer} is van een register met een ander eerste feit: het is een ander register, of de "
                f"geschiedenis is van het begin af herschreven.{tot}",
            )
        if regel.nr > hoogste:
            return Bevinding(
                "fout",
                f"{wanneer} kent feit {regel.nr}, en het journaal houdt op bij feit {hoogste}: er is iets weggehaald, "
                f"of er is een oude kopie teruggezet.{tot}",
            )
        if regel.zegel != zegels[regel.nr]:
            return Bevinding(
                "fout",
                f"{wanneer} heeft voor feit {regel.nr} een ander zegel dan het journaal: daarna is de geschiedenis "
                f"herschreven.{tot}",
            )
        if regel.stempel:
            try:
                stempel.moment(regel.response, regel.stamped, wortel)
            except stempel.GeenStempel as fout:
                return Bevinding("fout", f"{wanneer} heeft een tijdstempel die niet klopt: {fout}.{tot}")
            gestempeld += 1
        goed = regel
    if onleesbaar:
        return Bevinding("let op", f"In {pad} is {_places(onleesbaar)} geen anker, of beschadigd; de andere kloppen.")
    if goed is None:
        return Bevinding("let op", f"In {pad} staat nog geen anker.")
    hoe = f", {gestempeld} met een tijdstempel" if gestempeld else ""
    hoe += " (niet nagegaan van wie: noem een wortel)" if gestempeld and not wortel else ""
    return Bevinding(
        "goed",
        f"Het journaal past bij {aantal(len(regels), 'anker', 'ankers')} in {pad}, het laatste van "
        f"{datum(goed.op.date())} bij feit {goed.nr}{hoe}.",
    )


def _places(plekken: list[int]) -> str:
    namen = ", ".join(map(str, plekken[:5]))
    return f"regel {namen}" + (f" en nog {len(plekken) - 5}" if len(plekken) > 5 else "")


def _zegels(journaal: Journaal, nrs: set[int]) -> tuple[dict[int, str], int]:
    """The zegels of these facts as the journal has them, and how many facts it has."""
    hoogste, zegels, einde = 0, {}, Kop(bestand="9999.jsonl")
    for hoogste, regel in enumerate(journaal.regels(Kop(), einde), start=1):
        if hoogste in nrs:
            zegels[hoogste] = str(json.loads(regel)["zegel"])
    return zegels, hoogste
