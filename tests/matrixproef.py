"""The register of the matrix: everybody has one role, or a real combination, and a place in klachten full of canaries.

A canary is a word that stands in one klacht alone. Where it turns up, that klacht was shown.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.organisatie import Gebruiker
from klachten.register import Register

# Received in another year than today's: a field gives the first number of this year as an example.
VANDAAG = date(2026, 3, 6)
ONTVANGEN = date(2025, 12, 29)
TABEL = Path(__file__).parents[1] / "klachten" / "rechten" / "rechten.csv"
ROLLEN = ("directie", "coordinator", "behandelaar", "actienemer", "medewerker", "analist", "beheerder", "auditor")
MEER = {
    "alles": ("coordinator", "behandelaar", "actienemer", "medewerker"),
    "uitvoerend": ("behandelaar", "actienemer", "medewerker"),
    "werkvloer": ("actienemer", "medewerker"),
}
# Directie first: what it sees is in every cache before somebody involved looks.
MENSEN = {
    **{rol: Gebruiker(f"p-{rol}", f"Persoon {rol}", frozenset({rol}), "weert") for rol in ROLLEN},
    **{wie: Gebruiker(f"p-{wie}", f"Persoon {wie}", frozenset(rollen), "weert") for wie, rollen in MEER.items()},
}
# Somebody of every role who is in nothing, so that what is to be done can be done.
ANDER = Gebruiker("p-ander", "Persoon ander", frozenset(ROLLEN[:5]), "weert")
# Signed in without any role, and not signed in at all.
ZONDER, NIEMAND = "zonder rol", "niemand"
ROLLOOS = Gebruiker("p-zonder", "Persoon zonder", frozenset(), "weert")
PLAATSEN = (
    "geen", "betrokken", "behandelaar", "oud_behandelaar", "ontvanger", "ontvanger_toegewezen", "actienemer",
    "betrokken_actienemer", "vastlegger",
)  # fmt: skip
"""What somebody is in a klacht."""


@dataclass(frozen=True)
class Klacht:
    """A klacht and its canaries."""

    nummer: str
    naam: str
    tekst: str
    stuk: str
    sha256: str


def canary(soort: str, *delen: object) -> str:
    """Return a word that occurs nowhere else."""
    return f"{soort}{hashlib.sha256(repr(delen).encode()).hexdigest()[:10]}"


def eigen_tekst(wie: str, plaats: str) -> str:
    """Return the text of the maatregel that somebody carries out in a klacht."""
    return canary("maatregel", wie, plaats)


def vul(register: Register) -> dict[tuple[str, str], Klacht]:
    """Record every klacht in one group; return them by (person, place), those of many people at once as well."""
    samen = {"geen", "betrokken", "oud_behandelaar", "actienemer", "betrokken_actienemer"}
    uit: dict[tuple[str, str], Klacht] = {}
    with register.schrijven() as boeking:
        for plaats in PLAATSEN:
            for groep in [tuple(MENSEN)] if plaats in samen else [(wie,) for wie in MENSEN]:
                nummer = boeking.nieuw_nummer("K", ONTVANGEN.year)
                document = canary("inhoud", plaats, groep).encode()
                klacht = Klacht(
                    nummer, canary("naam", plaats, groep), canary("tekst", plaats, groep),
                    canary("stuk", plaats, groep), hashlib.sha256(document).hexdigest(),
                )  # fmt: skip
                for feit in _feiten(plaats, groep, klacht):
                    inhoud = document if isinstance(feit, g.DocumentToegevoegd) else None
                    boeking.leg_vast(nummer, feit, door=ANDER.id, rol="coordinator", document=inhoud)
                uit |= {(wie, plaats): klacht for wie in groep}
        nummer = boeking.nieuw_nummer("E", VANDAAG.year)
        evaluatie = g.EvaluatieGehouden(
            gebeurd_op=VANDAAG, jaar=2025, directieleden=(ANDER.id,), conclusies=canary("conclusie")
        )
        boeking.leg_vast(nummer, evaluatie, door=ANDER.id, rol="directie")
    return uit


def _feiten(plaats: str, groep: tuple[str, ...], klacht: Klacht) -> Iterator[Gebeurtenis]:
    ids = [MENSEN[wie].id for wie in groep]

    def op(dag: int) -> dict[str, Any]:
        return {"gebeurd_op": ONTVANGEN + timedelta(dag)}

    betrokken = tuple(ids) if plaats in ("betrokken", "betrokken_actienemer") else ()
    yield g.KlachtOntvangen(
        **op(0), reglement="coulant", reglement_versie=date(2000, 1, 1), kanaal="brief", indiener_soort="klant",
        vestiging="weert", categorie="afspraken", ontvanger=ids[0] if plaats.startswith("ontvanger") else ANDER.id,
        betrokkenen=betrokken, indiener_naam=klacht.naam, omschrijving=klacht.tekst,
    )  # fmt: skip
    yield g.CoordinatorGeinformeerd(**op(0), geinformeerde=ANDER.id)
    yield g.KlachtGeregistreerd(**op(0))
    yield g.DocumentToegevoegd(**op(1), document=klacht.sha256, naam=klacht.stuk)
    if plaats == "vastlegger":
        yield g.BuitenstaanderAangewezen(**op(1), vastlegger=ids[0], persoon="Mr. Buiten", reden="Allen betrokken")
    if plaats == "ontvanger":
        return
    eerste = ids[0] if plaats in ("behandelaar", "oud_behandelaar") else ANDER.id
    yield g.BehandelaarToegewezen(**op(1), behandelaar=eerste, toegewezen_door=ANDER.id)
    if plaats == "oud_behandelaar":
        for vorige, volgende in zip(ids, [*ids[1:], ANDER.id], strict=True):
            yield g.BehandelaarVervangen(
                **op(2), behandelaar=volgende, vorige=vorige, toegewezen_door=ANDER.id, grond="afwezig"
            )
    # Over the term of two weeks, so that lists of what is late name it.
    yield g.OntvangstBevestigd(**op(20), wijze="brief", behandelaar=eerste)
    yield g.KlachtOnderzocht(**op(21), bevindingen=klacht.tekst)
    uitvoerders = groep if plaats.endswith("actienemer") else ("",)
    for nr, wie in enumerate(uitvoerders, start=1):
        yield g.MaatregelBepaald(
            **op(22), maatregel=nr, actienemer=MENSEN[wie].id if wie else ANDER.id,
            uiterlijk_op=ONTVANGEN + timedelta(40), overlegd_met=ANDER.id,
            omschrijving=eigen_tekst(wie, plaats) if wie else klacht.tekst,
        )  # fmt: skip
        yield g.ActienemerGeinformeerd(**op(23), maatregel=nr)


# --- what a page or a file holds -------------------------------------------------------------------------------------


def gezonden(proef: AppTest) -> bytes:
    """Return everything that the page sent to the browser: texts, tables, charts, addresses and keys of widgets."""
    stukken = (getattr(deel, "proto", None) for deel in proef._tree)
    return b"\n".join(stuk.SerializeToString() for stuk in stukken if stuk is not None)


def uitgepakt(bestand: bytes) -> bytes:
    """Return what is in an Excel file."""
    with zipfile.ZipFile(io.BytesIO(bestand)) as inhoud:
        return b"\n".join(inhoud.read(naam) for naam in inhoud.namelist())


def gevonden(klacht: Klacht, wie: str, plaats: str, inhoud: bytes) -> set[str]:
    """Return which canaries of a klacht stand in there; `eigen`: the text of the own maatregel, `ander`: another."""
    woorden = {"nummer": klacht.nummer, "naam": klacht.naam, "tekst": klacht.tekst, "stuk": klacht.stuk}
    uit = {soort for soort, woord in woorden.items() if woord.encode() in inhoud}
    if plaats.endswith("actienemer"):
        uit |= {"eigen"} if eigen_tekst(wie, plaats).encode() in inhoud else set()
        anderen = (eigen_tekst(ander, plaats) for ander in MENSEN if ander != wie)
        uit |= {"ander"} if any(tekst.encode() in inhoud for tekst in anderen) else set()
    return uit


# --- the table, read a second time -----------------------------------------------------------------------------------
# Written from the text of the issue: a behandelaar sees own klachten, an actienemer own maatregelen, an involved person
# nothing, an analist no names and texts, a beheerder no klachten, an auditor everything; what is not there nobody.

with TABEL.open(encoding="utf-8", newline="") as _bestand:
    _RIJEN = {(rij["soort"], rij["naam"]): rij for rij in csv.DictReader(_bestand, delimiter=";")}


def cel(soort: str, naam: str, wie: str) -> set[str]:
    """Return what the table says for the roles of somebody."""
    rij = _RIJEN[soort, naam]
    return {rij[rol] for rol in MENSEN[wie].rollen} - {"-"}


def namen(soort: str) -> list[str]:
    """Return every name of a sort."""
    return [naam for welke, naam in _RIJEN if welke == soort]


def leest(wie: str, plaats: str) -> str:
    """Return how much of a klacht somebody in this place reads: alles, maatregel, ontvangst or niets."""
    mag = cel("inzage", "klacht", wie)
    if plaats.startswith("betrokken") or not mag:
        return "niets"
    if mag & {"ja", "lezen"} or ("eigen" in mag and plaats in ("behandelaar", "ontvanger", "vastlegger")):
        return "alles"
    return {"actienemer": "maatregel", "ontvanger": "ontvangst", "ontvanger_toegewezen": "ontvangst"}.get(
        plaats, "niets"
    )


def status_van(route: str, wie: str) -> int:
    """Return what an address answers to somebody on this machine; what is in the house behind it is always there."""
    rij = _RIJEN["route", route]
    cellen = [rij[rol] for rol in ROLLEN]
    if cellen[0] in ("open", "eerste"):
        return 200
    if wie == NIEMAND:
        # A page leads to signing in.
        return 303 if route == "/" else 401
    if "-" in cellen and (wie == ZONDER or not cel("route", route, wie)):
        return 403
    # Of files there is none at an address that somebody made up.
    return 404 if route in ("/stuk/*", "/bestand/*") else 200


MAG_ZIEN = {
    "alles": {"nummer", "naam", "tekst", "stuk", "eigen", "ander"},
    "maatregel": {"nummer", "eigen"},
    "ontvangst": {"nummer"},
    "niets": set(),
}


def doet(handeling: str, wie: str, plaats: str, stap_rollen: tuple[str, ...]) -> bool:
    """Tell whether somebody in this place may do a handeling at all, whatever the state of the klacht."""
    rij = _RIJEN["handeling", handeling]
    rollen = {rol for rol in ROLLEN if rij[rol] not in ("-", "stap") or (rij[rol] == "stap" and rol in stap_rollen)}
    if plaats.startswith("betrokken"):
        if rij["betrokken"] == "maatregel" and plaats == "betrokken_actienemer" and "actienemer" in rollen:
            return True
        # Whoever had to hear of it says that it arrived.
        return rij["betrokken"] == "ontvangst" and bool(MENSEN[wie].rollen & rollen & {"coordinator", "directie"})
    if plaats == "organisatie":
        return bool(MENSEN[wie].rollen & rollen)
    if plaats == "behandelaar" and "behandelaar" in rollen:
        return True
    if plaats == "actienemer" and "actienemer" in rollen:
        return True
    # Behandelaar and actienemer are places in one klacht; the other roles hold everywhere. A colleague names somebody
    # outside only where no coordinator can.
    vrij = {"coordinator"} if handeling == "stap_04_aanwijzen_buitenstaander" else rollen
    return bool(MENSEN[wie].rollen & (vrij - {"behandelaar", "actienemer"}))


def zonder_nummer(tekst: str) -> str:
    """Return a text with every klachtnummer the same, to compare two."""
    return re.sub(r"K[0-9]{4}-[0-9]{4}", "K", tekst)
