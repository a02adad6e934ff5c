"""A register of a firm in a folder, with the people of the example in it and an account for each: to be started."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie, scherm
from klachten.handelingen import HANDELINGEN, Uitkomst
from klachten.handelingen.organisatie import eerste
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm import deur, kijker
from klachten.toegang import instellingen
from klachten.toegang.accounts import Accounts
from klachten.toegang.bladen import Bladen
from klachten.toegang.instellingen import Aanbieder, Instellingen
from klachten.toegang.opslag import Opslag
from klachten.toegang.staat import Staat
from klachten.toegang.wachtwoord import Wachtwoorden
from klachten.voorbeeld import ROLVERDELING, inrichting
from tests.lijsten import VANDAAG

WACHTWOORD = "paarse fiets onder de brug"
CAST = tuple(speler.id for speler in ROLVERDELING)
TWEEDE_STAP = tuple(speler.id for speler in ROLVERDELING if speler.heeft("beheerder", "directie"))


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


def doe(
    register: Register, handeling: str, /, wie: str = "iris", vandaag: date = VANDAAG, dossier: str = "", **invoer: Any
) -> int:
    """Do a handeling for the organisation, or in the dossier of somebody; return the number of its first fact."""
    persoon = register.organisatie.mensen.get(dossier)
    nummer = "" if HANDELINGEN[handeling].nieuw else persoon.nummer if persoon else dossier or g.NUMMER
    gebruiker = organisatie.gebruiker(wie)
    assert gebruiker is not None
    return HANDELINGEN[handeling](register, gebruiker, nummer, vandaag=vandaag, **invoer).nrs[0]


def wis_persoon(register: Register, dossier: str) -> None:
    """Let the beheerder propose to erase somebody who has left, and directie carry it out."""
    persoon = register.organisatie.mensen[dossier]
    iris, carla = (organisatie.gebruiker(wie) for wie in ("iris", "carla"))
    vraag = {"grond": "verzoek", "wie": "", "ook": (), "reden": "Gevraagd"}
    voorstellen, uitvoeren = HANDELINGEN["voorstellen_wissen"], HANDELINGEN["uitvoeren_wissen"]
    nr = voorstellen(register, iris, persoon.nummer, vandaag=VANDAAG, **vraag).nrs[0]
    uitvoeren(register, carla, persoon.nummer, vandaag=VANDAAG, voorstel=nr)


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


@contextmanager
def looked_at(map: Path, monkeypatch: pytest.MonkeyPatch, dag: date, oidc: Aanbieder | None = None) -> Iterator[Any]:
    """Open a new register of a firm behind its door, on a day, with a beheerder and an auditor without a password.

    Yields the door, the register, `als(person)` (who looks at the page), `nu.dag` and `doe(handeling, number, ...)` by
    the beheerder.
    """
    with open_register(map) as register:
        wie = {"organisatie": "Proef en Zonen", "voornaam": "Bea", "tussenvoegsel": "de", "achternaam": "Beheerder"}
        eerste.begin(register, **wie, e_mail="bea@firma.example", op=dag)
        bea, nu = organisatie.gebruiker("P2026-0001", scherm.vandaag()), SimpleNamespace(dag=dag)
        assert bea

        def doe(naam: str, nummer: str = "", /, **invoer: Any) -> Uitkomst:
            return HANDELINGEN[naam](register, bea, nummer, vandaag=nu.dag, reden="", **invoer)

        doe("toevoegen_persoon", vanaf=dag, voornaam="Coen", achternaam="Proef", e_mail="coen@firma.example")
        doe("geven_rol", "P2026-0002", rol="auditor", vanaf=dag)
        staat, vorig = Staat(instellingen=Instellingen(oidc=oidc)), scherm.gebruik(register)
        monkeypatch.setattr(scherm, "vandaag", lambda: nu.dag)
        deur.close_for(staat, register)
        kijker.look_through(staat)
        bladen = staat.bladen
        assert isinstance(bladen, Bladen)
        bladen.deur.accounts.make("P2026-0001", "bea@firma.example", 0.0)

        def als(persoon: str) -> str:
            hash = bladen.deur.sessies.begin(persoon, staat.klok(), tweede_factor=True)[1].hash
            monkeypatch.setattr(kijker, "hash", lambda: hash)
            return hash

        doen = {"vandaag": dag, "reden": ""}
        yield SimpleNamespace(
            deur=bladen.deur, register=register, als=als, doen=doen, bea=bea, doe=doe, nu=nu, staat=staat
        )
        kijker.look_through(None)
        scherm.gebruik(vorig)
