"""Which security is on in this register, and how long what is kept: asked of the settings, never assumed."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from klachten import gebeurtenissen as g
from klachten import taal
from klachten.kijklog import BEWAREN
from klachten.organisatie import ROLLEN
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.reservekopie import stand
from klachten.toegang.instellingen import Instellingen
from klachten.toegang.regels import Regels

GEEN_TERMIJN = "Klachtdossiers: (vul in: hoe lang u ze bewaart, en waarom)."


def retention(reglement: Reglement) -> tuple[tuple[str, str, str], ...]:
    """Return of each kind of thing how long it is kept and on what ground, as the reglement says (bewaartermijnen)."""
    termijnen = getattr(reglement, "bewaartermijnen", ())
    return tuple((t.naam, f"{t.in_woorden()} na {t.vanaf_in_woorden()}", t.grond) for t in termijnen)


def retention_sentences(reglement: Reglement) -> tuple[str, ...]:
    """Say how long what is kept; what nobody decided is left to be filled in."""
    gesteld = [f"{naam}: {hoe_lang}." for naam, hoe_lang, _ in retention(reglement)]
    return tuple(gesteld) or (GEEN_TERMIJN, f"Kijklog: {BEWAREN} maanden na het einde van de maand.")


def in_force(register: Register, instellingen: Instellingen, op: date) -> Iterator[str]:
    """Say what protects the data now: signing in, the line, rights, logs, the folder."""
    organisatie = register.organisatie
    if organisatie.voorbeeld:
        yield "Dit is een voorbeeld: niemand meldt zich aan."
    else:
        yield from _signing_in(organisatie.geldend(g.AanmeldregelsGesteld, op))
    if instellingen.adressen:
        yield "Andere computers bereiken het register alleen over een versleutelde verbinding (https)."
    else:
        yield "Het register is alleen te bereiken op de computer waarop het draait."
    yield "Een tabel met rechten zegt per rol wat iemand ziet; wie bij een klacht betrokken is, ziet er niets van."
    yield f"Een kijklog zegt wie wat opende en meenam; het blijft {BEWAREN} maanden."
    yield "Wat is vastgelegd, staat in een keten met controlegetallen: een wijziging achteraf valt op."
    yield _copies(register.map)
    yield _folder(register.map)


def _signing_in(gesteld: g.AanmeldregelsGesteld | None) -> Iterator[str]:
    begin = Regels()
    rollen = begin.tweede_stap if gesteld is None else frozenset(gesteld.tweede_factor_rollen)
    stil = int(begin.stil // 60) if gesteld is None else gesteld.stil_minuten
    yield f"Iedereen meldt zich aan met een eigen account; na {stil} minuten zonder werk opnieuw."
    stap = taal.opsomming(ROLLEN[rol].lower() for rol in ROLLEN if rol in rollen)
    yield f"Een tweede stap bij het aanmelden is nodig voor: {stap or 'niemand'}."


def _copies(map: Path) -> str:
    kopie = stand.of_register(map).goed
    if kopie is None:
        return "Reservekopieën: (vul in: hoe, waar en hoe vaak; het programma maakte er nog geen)."
    hoe = "versleuteld met een herstelsleutel" if kopie.versleuteld else "niet versleuteld"
    return f"Reservekopieën staan op een andere plek, {hoe}; de laatste goede is van {taal.datum(kopie.moment.date())}."


def _folder(map: Path) -> str:
    if os.name != "posix":
        return "De map van het register: (vul in: wie haar op de computer kan lezen)."
    if map.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return "Let op: andere gebruikers van de computer kunnen de map van het register openen. Zet dat dicht."
    return "De map van het register is op de computer alleen te openen door de gebruiker van het programma."
