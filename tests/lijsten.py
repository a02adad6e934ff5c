"""Builders for the tests of lists: klachten at any step, in any branch, told day by day with the real handelingen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from klachten import organisatie
from klachten.handelingen import HANDELINGEN
from klachten.organisatie import Afwezigheid, Organisatie
from klachten.register import Register
from tests.naspelen import play_once

ONTVANGEN = date(2026, 2, 2)
VANDAAG = date(2026, 2, 25)
VESTIGINGEN = ("weert", "utrecht", "eindhoven")

INTAKE: dict[str, Any] = {
    "kanaal": "brief",
    "vestiging": "weert",
    "ontvanger": "gijs",
    "indiener_soort": "klant",
    "indiener_naam": "J. Jansen",
    "omschrijving": "Mijn begeleider kwam drie keer niet opdagen.",
    "categorie": "afspraken",
}
MAATREGEL: dict[str, Any] = {
    "omschrijving": "Afspraken voortaan bevestigen",
    "actienemer": "dirk",
    "uiterlijk_op": ONTVANGEN + timedelta(42),
    "overlegd_met": "carla",
}


@contextmanager
def afwezig(wie: str, van: date, tot: date | None, vervanger: str = "", *, lang: bool = False) -> Iterator[Organisatie]:
    """Let somebody of the organisation be absent for a while."""
    anders, nu = object(), organisatie.huidige()
    persoon = nu.mensen[wie]
    erbij = Afwezigheid(nr=len(persoon.afwezigheden) + 1, van=van, tot=tot, vervanger=vervanger, lang=lang)
    weg = replace(persoon, afwezigheden=(*persoon.afwezigheden, erbij))
    straks = Organisatie(voorbeeld=nu.voorbeeld, mensen={**nu.mensen, wie: weg}, feiten=nu.feiten)
    organisatie.zet(anders, straks)
    try:
        yield straks
    finally:
        organisatie.weg(anders)


class Lijst:
    """A register that is filled in a few words; `op` counts days from ONTVANGEN."""

    def __init__(self, register: Register, vandaag: date = VANDAAG) -> None:
        self.register = register
        self.vandaag = vandaag

    def doe(
        self, naam: str, wie: str, nummer: str = "", /, *, op: int | date = 1, reden: str = "", **invoer: Any
    ) -> str:
        """Record one handeling and return the number of the dossier."""
        gebruiker = organisatie.gebruiker(wie)
        assert gebruiker is not None
        if any(veld.naam == "op" for veld in HANDELINGEN[naam].velden):
            invoer["op"] = op if isinstance(op, date) else ONTVANGEN + timedelta(op)
        uitkomst = HANDELINGEN[naam](
            self.register, gebruiker, nummer, vandaag=self.vandaag, reden=reden or "Zo is het gegaan.", **invoer
        )
        return uitkomst.klachtnummer

    def intake(self, *, op: int | date = 0, door: str = "anna", compleet: bool = True, **anders: Any) -> str:
        """A klacht; `compleet` means that the coordinator did steps 2 and 3 at once."""
        dag = op if isinstance(op, date) else ONTVANGEN + timedelta(op)
        al = {"coordinator_op": dag, "verwerkt_op": dag} if compleet else {}
        return self.doe("stap_01_indienen_klacht", door, op=op, **{**INTAKE, **al, **anders})

    def tot(self, stap: int, *, op: int | date = 0, behandelaar: str = "anna", **anders: Any) -> str:
        """A klacht on the plain road that did every step up to and including this one."""
        wat = ("lijst", self.vandaag, stap, op, behandelaar, anders)
        return play_once(self.register, wat, lambda: self._tot(stap, op, behandelaar, anders))

    def _tot(self, stap: int, op: int | date, behandelaar: str, anders: dict[str, Any]) -> str:
        nummer = self.intake(op=op, **anders)
        dag = op if isinstance(op, date) else ONTVANGEN + timedelta(op)
        weg: tuple[tuple[int, str, str, dict[str, Any]], ...] = (
            (4, "stap_04_toewijzen_behandelaar", "anna", {"behandelaar": behandelaar}),
            (5, "stap_05_bevestigen_ontvangst", behandelaar, {"wijze": "brief"}),
            (6, "stap_06_onderzoeken_klacht", behandelaar, {"bevindingen": "De agenda klopte niet."}),
            (8, "stap_08_bepalen_maatregel", behandelaar, {**MAATREGEL, "uiterlijk_op": dag + timedelta(42)}),
            (9, "stap_09_informeren_indiener", behandelaar, {"wijze": "e-mail"}),
            (10, "stap_10_informeren_actienemer", behandelaar, {"maatregel": 1}),
            (11, "stap_11_uitvoeren_maatregel", "dirk", {"maatregel": 1, "toelichting": "Gedaan."}),
            (13, "stap_13_afsluiten_klacht", behandelaar, {}),
            (14, "stap_14_informeren_indiener_afsluiting", behandelaar, {"wijze": "brief"}),
        )
        for nr, naam, wie, invoer in weg:
            if nr <= stap:
                self.doe(naam, wie, nummer, op=dag + timedelta(nr), **invoer)
        return nummer

    def signaal(self, ontvanger: str = "gijs", op: int = 0) -> str:
        """Something oral."""
        velden = {veld.naam for veld in HANDELINGEN["stap_01_ontvangen_signaal"].velden}
        invoer = {naam: waarde for naam, waarde in INTAKE.items() if naam in velden}
        return self.doe("stap_01_ontvangen_signaal", "anna", op=op, **{**invoer, "ontvanger": ontvanger})

    def evaluatie(self, jaar: int = 2025, **anders: Any) -> str:
        """An evaluation by Frank."""
        invoer = {"jaar": jaar, "directieleden": ("frank",), "conclusies": "Bellen gaat voor.", **anders}
        return self.doe("stap_16_evalueren_klachten", "frank", op=5, **invoer)

    def verbeteractie(self, nummer: str, **anders: Any) -> None:
        """A verbeteractie of an evaluation."""
        invoer = {"omschrijving": "Belrooster maken", "actienemer": "gijs", "uiterlijk_op": date(2026, 2, 20), **anders}
        self.doe("stap_16_bepalen_verbeteractie", "frank", nummer, op=6, **invoer)
