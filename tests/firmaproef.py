"""A register of a firm in a folder, with the people of the example in it and an account for each: to be started."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

from klachten import gebeurtenissen as g
from klachten.opening import open_register
from klachten.organisatie import ROLVERDELING
from klachten.register import Register
from klachten.toegang import instellingen
from klachten.toegang.accounts import Accounts
from klachten.toegang.opslag import Opslag
from klachten.toegang.wachtwoord import Wachtwoorden
from klachten.voorbeeld import inrichting

WACHTWOORD = "paarse fiets onder de brug"


def aanmeldnaam(id: str) -> str:
    """Return the name with which somebody of the cast signs in."""
    return f"{id}@voorbeeld.nl"


def record(register: Register, op: date) -> None:
    """Record the cast as the people of a firm: the facts of the example, but for what says that it is one."""
    with register.schrijven() as boeking:
        for feit in inrichting._organisation(op, inrichting.BEGIN):
            eigen = replace(feit, voorbeeld=False) if isinstance(feit, g.OrganisatieIngericht) else feit
            boeking.leg_vast(g.NUMMER, eigen, door="klachten", rol="inrichting")
        for feiten in inrichting._people(op, inrichting.BEGIN):
            nummer = boeking.nieuw_nummer("P", op.year)
            for feit in feiten:
                boeking.leg_vast(nummer, feit, door="klachten", rol="inrichting")


def make_accounts(map: Path, wie: Collection[str] = ()) -> None:
    """Give people of the cast the same password, hashed cheaply: it is made anew when they sign in."""
    opslag = Opslag(map / instellingen.MAP)
    accounts, hash = Accounts(opslag), Wachtwoorden(time_cost=1, memory_cost=64).hash(WACHTWOORD)
    for speler in ROLVERDELING:
        if not wie or speler.id in wie:
            accounts.make(speler.id, aanmeldnaam(speler.id), time.time())
            accounts.set_password(speler.id, hash)
    opslag.close()


def make(map: Path, op: date, wie: Collection[str] = ()) -> None:
    """Make the register of a firm in an empty folder."""
    with open_register(map) as register:
        record(register, op)
    make_accounts(map, wie)
