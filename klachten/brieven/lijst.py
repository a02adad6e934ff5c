"""Which letters there are: for which step, which handeling is recorded when one is sent, and to whom it goes."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass

INDIENER, MEDEWERKER, ACTIENEMER, BUITEN = "indiener", "medewerker", "actienemer", "buitenstaander"
"""To whom: somebody who filed the klacht or acts for them, somebody involved, who carries out, somebody outside."""


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A letter: its id and name, the step, to whom, and what is recorded when it was sent.

    `handeling` is "" for a letter of which only the file is kept. `velden` are the fields that belong to this letter
    beside those of every letter, `verplicht` those that every template of it must have.
    """

    id: str
    naam: str
    stap: int
    handeling: str
    aan: str
    onderwerp: str
    velden: tuple[str, ...] = ()
    verplicht: tuple[str, ...] = ("klachtnummer",)

    @property
    def bestand(self) -> str:
        """The name of its template in the program."""
        return f"stap_{self.stap:02}_{self.id}.docx" if self.stap else f"{self.id}.docx"


_ALLE = (
    Brief(
        id="andere_behandelaar",
        naam="Andere behandelaar",
        stap=4,
        handeling="stap_04_meedelen_behandelaar",
        aan=INDIENER,
        onderwerp="Iemand anders behandelt uw klacht",
        velden=("vorige_behandelaar", "bericht"),
        verplicht=("klachtnummer", "behandelaar"),
    ),
    Brief(
        id="ontvangstbevestiging",
        naam="Ontvangstbevestiging",
        stap=5,
        handeling="stap_05_bevestigen_ontvangst",
        aan=INDIENER,
        onderwerp="Wij hebben uw klacht ontvangen",
        velden=("feiten_gevraagd", "besluit_uiterlijk_op", "maatregelen_uiterlijk_op", "afhandeling_uiterlijk_op"),
        verplicht=("klachtnummer", "behandelaar"),
    ),
    Brief(
        id="uitnodiging_indiener",
        naam="Uitnodiging voor een gesprek (indiener)",
        stap=6,
        handeling="stap_06_vragen_informatie",
        aan=INDIENER,
        onderwerp="Uitnodiging voor een gesprek over uw klacht",
        velden=("gesprek_op", "gesprek_tijd", "gesprek_plaats", "bericht"),
        verplicht=("klachtnummer", "gesprek_op", "gesprek_tijd", "gesprek_plaats"),
    ),
    Brief(
        id="uitnodiging_medewerker",
        naam="Uitnodiging voor een gesprek (betrokken medewerker)",
        stap=6,
        handeling="stap_06_inlichten_medewerker",
        aan=MEDEWERKER,
        onderwerp="Er is een klacht waarbij u bent betrokken",
        velden=("gesprek_op", "gesprek_tijd", "gesprek_plaats", "bericht"),
        verplicht=("klachtnummer", "bericht", "gesprek_op", "gesprek_tijd", "gesprek_plaats"),
    ),
    Brief(
        id="niet_in_behandeling",
        naam="Niet in behandeling",
        stap=7,
        handeling="stap_07_niet_in_behandeling_nemen",
        aan=INDIENER,
        onderwerp="Wij nemen uw klacht niet in behandeling",
        velden=("grond", "bericht", "bij_meningsverschil"),
        verplicht=("klachtnummer", "grond"),
    ),
    Brief(
        id="resultaat",
        naam="Resultaat en maatregelen",
        stap=9,
        handeling="stap_09_informeren_indiener",
        aan=INDIENER,
        onderwerp="Dit is het resultaat van uw klacht",
        velden=("resultaat", "bevindingen", "maatregelen", "bij_meningsverschil"),
        verplicht=("klachtnummer", "resultaat", "maatregelen"),
    ),
    Brief(
        id="maatregel",
        naam="Maatregel voor een actienemer",
        stap=10,
        handeling="stap_10_informeren_actienemer",
        aan=ACTIENEMER,
        onderwerp="U voert een maatregel uit",
        velden=("maatregel_nr", "maatregel", "uiterlijk_op", "bericht"),
        verplicht=("klachtnummer", "maatregel", "uiterlijk_op"),
    ),
    Brief(
        id="afsluiting",
        naam="Afsluiting",
        stap=14,
        handeling="stap_14_informeren_indiener_afsluiting",
        aan=INDIENER,
        onderwerp="Uw klacht is afgesloten",
        velden=("afgesloten_op", "maatregelen", "oordeel", "bericht", "bij_meningsverschil"),
        verplicht=("klachtnummer", "afgesloten_op"),
    ),
    Brief(
        id="geschil",
        naam="Geschil voorleggen",
        stap=15,
        handeling="stap_15_voorleggen_geschil",
        aan=BUITEN,
        onderwerp="Verzoek om een oordeel over een klacht",
        velden=("indiener", "klacht", "standpunt", "verwacht_op", "bericht"),
        verplicht=("klachtnummer", "standpunt"),
    ),
    Brief(
        id="geschil_bericht",
        naam="Bericht over het geschil",
        stap=15,
        handeling="",
        aan=INDIENER,
        onderwerp="Wij leggen uw klacht voor aan iemand van buiten",
        velden=("onafhankelijk_persoon", "verwacht_op", "bericht"),
        verplicht=("klachtnummer", "onafhankelijk_persoon"),
    ),
    Brief(
        id="oordeel",
        naam="Oordeel",
        stap=15,
        handeling="stap_15_meedelen_oordeel",
        aan=INDIENER,
        onderwerp="Het oordeel over uw klacht",
        velden=("onafhankelijk_persoon", "oordeel", "oordeel_tekst", "opvolging", "heropend"),
        verplicht=("klachtnummer", "oordeel"),
    ),
    Brief(
        id="verbeteractie",
        naam="Verbeteractie voor een actienemer",
        stap=17,
        handeling="stap_17_informeren_actienemer",
        aan=ACTIENEMER,
        onderwerp="U voert een verbeteractie uit",
        velden=("evaluatie", "verbeteractie_nr", "verbeteractie", "uiterlijk_op", "bericht"),
        verplicht=("verbeteractie", "uiterlijk_op"),
    ),
    Brief(
        id="tussenbericht",
        naam="Tussenbericht",
        stap=0,
        handeling="sturen_tussenbericht",
        aan=INDIENER,
        onderwerp="Uw klacht: het duurt langer",
        velden=("verwacht_op", "bericht"),
        verplicht=("klachtnummer",),
    ),
)
BRIEVEN: Mapping[str, Brief] = types.MappingProxyType({brief.id: brief for brief in _ALLE})


def for_handeling(handeling: str) -> tuple[Brief, ...]:
    """Return the letters whose sending is this handeling."""
    return tuple(brief for brief in _ALLE if handeling and brief.handeling == handeling)
