"""What practice needs to know beside the steps, for part of the klachten of the example: the rest is not known.

It is drawn from a series of its own, so that the courses stay as they are whatever is added here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

from klachten.voorbeeld.gang import Gang
from klachten.voorbeeld.toeval import Toeval

OPDRACHTGEVERS = {"uwv": 5, "gemeente": 4, "werkgever": 3, "verzekeraar": 1, "arbodienst": 1}
TRAJECTSOORTEN = {"spoor_2": 4, "spoor_1": 2, "toeleiding": 4, "jobcoaching": 2, "loopbaan": 1, "onderzoek": 1}
GEMACHTIGDEN = (
    ("mr. J. Aalders, advocaat", "j.aalders@post.example"), ("R. Vonk, bewindvoerder", "r.vonk@post.example"),
    ("T. Blok, vakbond", "t.blok@post.example"), ("S. Haak, zus van de klant", "s.haak@post.example"),
)  # fmt: skip
ERNST = {"gering": 5, "merkbaar": 4, "ernstig": 1}


def own_series(gang: Gang, waarvoor: str) -> Random:
    """Return the draws that belong to this klacht and purpose alone."""
    return Toeval(f"{waarvoor}-{gang.geval.sleutel}")


@contextmanager
def beside(gang: Gang, waarvoor: str) -> Iterator[Random]:
    """Lay out something beside the course: with draws of its own, and back on the day it had come to."""
    eigen, rng, dag = own_series(gang, waarvoor), gang.rng, gang.dag
    gang.rng = eigen
    try:
        yield eigen
    finally:
        gang.rng, gang.dag = rng, dag


def at_intake(gang: Gang) -> dict[str, Any]:
    """What is asked at the intake in three of four klachten: when, for whom, how serious."""
    rng = own_series(gang, "intake")
    if rng.random() < 0.25:
        return {}
    gekozen: dict[str, Any] = {
        "opdrachtgever": _draw(rng, OPDRACHTGEVERS),
        "trajectsoort": _draw(rng, TRAJECTSOORTEN),
        "ernst": _draw(rng, ERNST),
    }
    wanneer = rng.random()
    if wanneer < 0.6:
        gekozen["gebeurtenis_van"] = gang.geval.ontvangen_op - timedelta(days=rng.randint(1, 40))
    elif wanneer < 0.8:
        gekozen["gebeurtenis_van"] = gang.geval.ontvangen_op - timedelta(days=rng.randint(40, 120))
        gekozen["gebeurtenis_tot"] = gekozen["gebeurtenis_van"] + timedelta(days=rng.randint(5, 30))
    elif wanneer < 0.88:
        gekozen["gebeurtenis_onbekend"] = True
    if gekozen["ernst"] == "ernstig":
        gekozen |= {
            "directe_actie": "nodig",
            "directe_actie_wat": "Dezelfde dag gebeld en het traject even stilgelegd.",
        }
    elif rng.random() < 0.5:
        gekozen["directe_actie"] = "niet_nodig"
    return gekozen


def while_investigating(gang: Gang) -> None:
    """Whether it happens more often is seen in the investigation."""
    with beside(gang, "onderzoek") as rng:
        if rng.random() < 0.55:
            aard = "structureel" if rng.random() < 0.3 else "incidenteel"
            gang.do("stap_03_aanvullen_gegevens", gang.behandelaar, aard=aard)


def about_the_indiener(gang: Gang) -> None:
    """A gemachtigde, another indiener, or whether it may be shared with the opdrachtgever."""
    with beside(gang, "indiener") as rng:
        gang.later(rng.randint(0, 2))
        if rng.random() < 0.08:
            wie, post = rng.choice(GEMACHTIGDEN)
            gang.do("stap_03_aanwijzen_gemachtigde", gang.behandelaar, naam=wie, contact=post)
        if rng.random() < 0.05:
            gang.do(
                "stap_03_toevoegen_indiener",
                gang.behandelaar,
                indiener_soort="klant",
                naam=rng.choice(("A. Peters", "F. Bos")),
            )
        if rng.random() < 0.35:
            keuze = "gegeven" if rng.random() < 0.8 else "geweigerd"
            gang.do("stap_03_vastleggen_toestemming", gang.behandelaar, toestemming=keuze)
        if rng.random() < 0.04:
            # Told to the behandelaar only: letters still go to the address that is known.
            gang.do("stap_03_vastleggen_anonimiteit", gang.behandelaar, onbekend=True, bereikbaar=True)


def hear_the_involved(gang: Gang) -> None:
    """Hoor en wederhoor, in most klachten about somebody."""
    with beside(gang, "wederhoor") as rng:
        for id in sorted(gang.betrokkenen):
            if rng.random() < 0.75:
                gang.do("stap_06_inlichten_medewerker", gang.behandelaar, medewerker=id)
            if rng.random() < 0.65:
                zag_af = rng.random() < 0.08
                verslag = "" if zag_af else "Herkent het deels; de drukte van die weken speelde mee."
                gang.do("stap_06_horen_medewerker", gang.behandelaar, medewerker=id, verslag=verslag, zag_af=zag_af)


def tell_the_involved(gang: Gang) -> None:
    """What came of it, to who was involved."""
    with beside(gang, "uitkomst") as rng:
        for id in sorted(gang.betrokkenen):
            if rng.random() < 0.6:
                gang.do("stap_09_informeren_medewerker", gang.behandelaar, medewerker=id)


def ask_satisfaction(gang: Gang) -> None:
    """How satisfied the indiener is, asked after the end of one klacht in two; not everybody answers."""
    with beside(gang, "tevreden") as rng:
        if rng.random() < 0.5:
            return
        gang.later(rng.randint(3, 8))
        gang.do("stap_14_vragen_tevredenheid", gang.behandelaar, wijze="e-mail")
        if rng.random() < 0.6:
            gang.later(rng.randint(1, 9))
            antwoord = _draw(
                rng, {"zeer_tevreden": 2, "tevreden": 5, "neutraal": 2, "ontevreden": 2, "zeer_ontevreden": 1}
            )
            gang.do("stap_14_ontvangen_tevredenheid", gang.behandelaar, tevredenheid=antwoord)


def body(gang: Gang) -> dict[str, Any]:
    """To which body a dispute goes, and by when an oordeel is expected; sometimes not recorded."""
    rng = own_series(gang, "instantie")
    if rng.random() < 0.2:
        return {}
    return {
        "instantie": _draw(rng, {"eigen": 3, "oval": 2, "anders": 1}),
        "verwacht_op": gang.agenda.workday(gang.dag + timedelta(days=28)),
    }


def after_oordeel(gang: Gang, directielid: str) -> None:
    """The indiener is told the oordeel, and directie says what is done with it."""
    with beside(gang, "oordeel") as rng:
        if rng.random() < 0.85:
            gang.do("stap_15_meedelen_oordeel", gang.behandelaar, wijze="brief")
        if directielid != gang.behandelaar and rng.random() < 0.85:
            opvolging = _draw(rng, {"geheel": 3, "deels": 1})
            tekst = (
                "Wij nemen het oordeel over."
                if opvolging == "geheel"
                else "Het eerste deel volgen wij, het andere niet."
            )
            gang.do("stap_15_opvolgen_oordeel", directielid, opvolging=opvolging, toelichting=tekst)


def when_late(gang: Gang) -> None:
    """Why the maatregelen take longer, and a tussenbericht, about the last day of the six weeks."""
    with beside(gang, "laat") as rng:
        gang.until("tussenbericht", 41)
        if rng.random() < 0.8:
            waardoor = rng.choice(("maatregel", "drukte", "wacht_ander"))
            gang.do("toelichten_vertraging", gang.behandelaar, termijn="maatregelen", vertraging=waardoor)
        if rng.random() < 0.6:
            verwacht = gang.agenda.workday(gang.dag + timedelta(days=21))
            gang.do(
                "sturen_tussenbericht",
                gang.behandelaar,
                termijn="maatregelen",
                wijze=gang.wijze(),
                verwacht_op=verwacht,
            )


def _draw(rng: Random, gewicht: dict[str, int]) -> str:
    return rng.choices(list(gewicht), list(gewicht.values()))[0]
