"""Comparing the register with what was put elsewhere: is the history of today still that of then?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from klachten.anker import stempel
from klachten.anker.regel import Ankerregel, lines
from klachten.anker.verlies import explaining
from klachten.register.aanvaard import Aanvaard
from klachten.register.dossiercontrole import Bevinding
from klachten.register.journaal import Journaal, Kop
from klachten.register.resten import day
from klachten.register.schakel import take_apart
from klachten.taal import aantal, datum

__all__ = ["compare"]


@dataclass(frozen=True)
class _Stand:
    """What the journal has: the zegels that are asked for, of its first fact too, and the losses that were accepted."""

    zegels: dict[int, str]
    eerste: str | None
    hoogste: int
    aanvaard: list[Aanvaard]


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
    stand = _stand(journaal, gevraagd)
    return [
        Bevinding("fout", f"Het anker in {pad} is niet te lezen: {wat}.")
        if isinstance(wat, str)
        else _judge(pad, wat, stand, wortel)
        for pad, wat in gelezen
    ]


def _judge(pad: Path, regels: list[tuple[int, Ankerregel | None]], stand: _Stand, wortel: str) -> Bevinding:
    goed, gestempeld, verlies, weg = None, 0, None, 0
    onleesbaar = [plek for plek, regel in regels if regel is None]
    for plek, regel in regels:
        if regel is None:
            continue
        wanneer = f"Het anker van {datum(regel.op.date())} (regel {plek} van {pad})"
        tot = f" Tot en met feit {goed.nr}, van {datum(goed.op.date())}, is de geschiedenis dezelfde." if goed else ""
        kwijt = explaining(regel, stand.aanvaard, stand.eerste, stand.zegels.get)
        if kwijt is None and (waarom := _misfit(regel, stand)):
            return Bevinding("fout", f"{wanneer} {waarom}.{tot}")
        if regel.stempel:
            try:
                stempel.moment(regel.response, regel.stamped, wortel)
            except stempel.GeenStempel as fout:
                return Bevinding("fout", f"{wanneer} heeft een tijdstempel die niet klopt: {fout}.{tot}")
            gestempeld += 1
        if kwijt is None:
            goed = regel
        else:
            verlies, weg = kwijt, weg + 1
    if onleesbaar:
        return Bevinding("let op", f"In {pad} is {_places(onleesbaar)} geen anker, of beschadigd; de andere kloppen.")
    if verlies is not None:
        rest = f" De andere passen, het laatste van {datum(goed.op.date())} bij feit {goed.nr}." if goed else ""
        return Bevinding(
            "let op",
            f"In {pad} {'staat' if weg == 1 else 'staan'} {aantal(weg, 'anker', 'ankers')} van feiten die er niet meer "
            f"zijn: na feit {verlies.na} wijkt de geschiedenis af, door een verlies dat op {day(verlies)} is aanvaard. "
            f"Reden: {verlies.reden.rstrip('.')}.{rest}",
        )
    if goed is None:
        return Bevinding("let op", f"In {pad} staat nog geen anker.")
    hoe = f", {gestempeld} met een tijdstempel" if gestempeld else ""
    hoe += " (niet nagegaan van wie: noem een wortel)" if gestempeld and not wortel else ""
    return Bevinding(
        "goed",
        f"Het journaal past bij {aantal(len(regels), 'anker', 'ankers')} in {pad}, het laatste van "
        f"{datum(goed.op.date())} bij feit {goed.nr}{hoe}.",
    )


def _misfit(regel: Ankerregel, stand: _Stand) -> str:
    """Why an anchor is not of the history of the journal; empty when it is."""
    if regel.register != stand.eerste:
        return (
            "is van een register met een ander eerste feit: het is een ander register, of de geschiedenis is van het "
            "begin af herschreven"
        )
    if regel.nr > stand.hoogste:
        return (
            f"kent feit {regel.nr}, en het journaal houdt op bij feit {stand.hoogste}: er is iets weggehaald, of er is "
            "een oude kopie teruggezet"
        )
    if regel.nr not in stand.zegels:
        return f"kent feit {regel.nr}, en dat heeft het journaal niet: er is iets weggehaald"
    if regel.zegel != stand.zegels[regel.nr]:
        return f"heeft voor feit {regel.nr} een ander zegel dan het journaal: daarna is de geschiedenis herschreven"
    return ""


def _places(plekken: list[int]) -> str:
    namen = ", ".join(map(str, plekken[:5]))
    return f"regel {namen}" + (f" en nog {len(plekken) - 5}" if len(plekken) > 5 else "")


def _stand(journaal: Journaal, nrs: set[int]) -> _Stand:
    """What the journal has of these facts, and of those after which a loss was accepted."""
    nodig = nrs | {een.na for een in journaal.aanvaard}
    eerste, hoogste, zegels = None, 0, {}
    for regel in journaal.regels(Kop(), Kop(bestand="9999.jsonl")):
        delen = take_apart(regel)
        if delen is None:  # a line that is not whole: the check of the chain names it
            continue
        eerste, hoogste = eerste or delen.zegel, max(hoogste, delen.nr)
        if delen.nr in nodig:
            zegels[delen.nr] = delen.zegel
    return _Stand(zegels, eerste, hoogste, journaal.aanvaard)
