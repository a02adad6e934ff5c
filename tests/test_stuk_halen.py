"""Files of a dossier beside the documents of a klacht: a letter that waits, and what an evaluation keeps."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.organisatie import Gebruiker
from klachten.post.uit.handelen import INTREKKEN
from klachten.register import Register
from klachten.scherm.dossier import stuk
from klachten.scherm.dossier.handelen import DEEL
from tests.lijsten import VANDAAG
from tests.matrixproef import MENSEN, cel
from tests.paginas import doe, open_los
from tests.schermproef import tekst

NUMMER, PDF = "K2026-0001", b"%PDF-1.7 de brief"
KLAAR = {
    "waarvoor": "brief", "brief": "tussenbericht", "document": hashlib.sha256(PDF).hexdigest(), "naam": "Brief.pdf",
    "aan": "jan@post.example", "onderwerp": "Uw klacht", "inhoud": "In de bijlage.",
}  # fmt: skip


def wie(id: str, *rollen: str) -> Gebruiker:
    gevonden = organisatie.gebruiker(id, VANDAAG)
    assert gevonden is not None
    return Gebruiker(id, gevonden.naam, frozenset(rollen), "weert", VANDAAG) if rollen else gevonden


def leg_vast(register: Register, nummer: str, *feiten: Any) -> list[int]:
    with register.schrijven() as boeking:
        return [
            boeking.leg_vast(nummer, feit, door="anna", rol="directie", document=PDF if feit.document else None)
            for feit in feiten
        ]


def evaluatie(register: Register) -> tuple[str, int, int]:
    """An evaluation with a letter that went to dirk, and one that waits: its number, and those of the two facts."""
    with register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("E", VANDAAG.year)
        leg = {"door": "carla", "rol": "directie"}
        dag = {"gebeurd_op": VANDAAG}
        boeking.leg_vast(
            nummer, g.EvaluatieGehouden(**dag, jaar=2025, directieleden=("carla",), conclusies="Rustig."), **leg
        )
        boeking.leg_vast(
            nummer,
            g.VerbeteractieBepaald(
                **dag, verbeteractie=1, actienemer="dirk", uiterlijk_op=date(2026, 6, 1), omschrijving="Een werkwijze."
            ),
            **leg,
        )
        stuk_ = g.DocumentToegevoegd(
            **dag, document=KLAAR["document"], naam="Verbeteractie.pdf", soort_document="brief", richting="uit"
        )
        eerste = boeking.leg_vast(nummer, stuk_, **leg, document=PDF)
        wacht = boeking.leg_vast(nummer, g.BerichtKlaargezet(**dag, **{**KLAAR, "brief": "verbeteractie"}), **leg)
    return nummer, eerste, wacht


def adres(nummer: str, nr: int) -> str:
    return f"/stuk/{nummer}/{nr}"


def kijkadres(nummer: str, nr: int) -> str:
    return f"{adres(nummer, nr)}/bekijken"


def knop(proef: AppTest, sleutel: str) -> None:
    proef.button(key=sleutel).click().run()
    assert not proef.exception


def links(proef: AppTest) -> dict[str, str]:
    return {een.proto.label: een.proto.url.partition("?")[0] for een in proef.get("link_button")}


def test_the_file_of_a_letter_that_waits_is_opened_from_post_and_from_the_dossier(eigen: Register):
    (nr,) = leg_vast(eigen, NUMMER, g.BerichtKlaargezet(gebeurd_op=VANDAAG, **KLAAR))
    for proef, plek in (
        (open_los("post", "anna"), "post"),
        (open_los("dossier", "anna", {DEEL: "klacht"}, nummer=NUMMER), "dossierpost"),
    ):
        assert adres(NUMMER, nr) not in links(proef).values(), "only when somebody asks"
        knop(proef, f"{plek}.open.{nr}/bekijk")
        assert links(proef)["Bestand downloaden"] == adres(NUMMER, nr)
        assert links(proef)["In een nieuw tabblad"] == kijkadres(NUMMER, nr)
    assert stuk.haal(eigen, NUMMER, nr, wie("anna")) == ("Brief.pdf", PDF)
    doe(eigen, INTREKKEN, "anna", NUMMER, reden="Anders.", bericht=nr)
    assert stuk.haal(eigen, NUMMER, nr, wie("anna")) == ("Brief.pdf", PDF), "what never went stays to be read"


def test_the_file_of_a_letter_is_for_who_reads_the_dossier_and_for_nobody_involved(eigen: Register):
    (nr,) = leg_vast(eigen, NUMMER, g.BerichtKlaargezet(gebeurd_op=VANDAAG, **KLAAR))
    for id, persoon in MENSEN.items():
        eruit = stuk.haal(eigen, NUMMER, nr, persoon)
        leest = bool(cel("inzage", "klacht", id) & {"ja", "lezen"})
        assert (eruit is not None) == leest, id
    assert "eva" in stuk.handelingen.dossier_van(eigen, NUMMER).betrokkenen
    for rol in ("coordinator", "directie"):
        assert stuk.haal(eigen, NUMMER, nr, wie("eva", rol)) is None
    (melding,) = leg_vast(
        eigen, NUMMER, g.BerichtKlaargezet(gebeurd_op=VANDAAG, **{**KLAAR, "document": "", "waarvoor": "melding"})
    )
    assert stuk.haal(eigen, NUMMER, melding, wie("anna")) is None, "a message without a file has none"

    file_that_is_gone(eigen, nr)


def file_that_is_gone(eigen: Register, nr: int) -> None:
    """It is said, and not handed out."""
    (eigen.map / "dossiers" / NUMMER / "documenten" / KLAAR["document"]).unlink()
    proef = open_los("post", "anna")
    knop(proef, f"post.open.{nr}/bekijk")
    assert "Dit stuk staat niet meer in het dossier" in tekst(proef)
    assert stuk.haal(eigen, NUMMER, nr, wie("anna")) is None


def test_stap_17_what_an_evaluation_keeps_is_for_who_reads_evaluations(eigen: Register):
    nummer, eerste, wacht = evaluatie(eigen)
    for nr in (eerste, wacht):
        for id, persoon in MENSEN.items():
            mag = bool(cel("uitvoer", "evaluatiestuk", id) and cel("inzage", "evaluatie", id) & {"ja", "lezen"})
            assert (stuk.haal(eigen, nummer, nr, persoon) is not None) == mag, (id, nr)
        assert stuk.haal(eigen, nummer, nr, wie("dirk")) is None, "who carries it out got it by mail or on paper"
    assert stuk.haal(eigen, nummer, eerste - 1, wie("carla")) is None
    proef = open_los("verbeteracties", "carla", evaluatie=nummer)
    assert links(proef)["Downloaden"] == adres(nummer, eerste)
    knop(proef, f"dossierpost.open.{wacht}/bekijk")
    assert links(proef)["Bestand downloaden"] == adres(nummer, wacht)
    zien = tekst(open_los("post", "carla"))
    assert f"[{nummer}](verbeteracties?evaluatie={nummer}" in zien, zien
    assert "Stukken" not in tekst(open_los("verbeteracties", "dirk", evaluatie=nummer))


def test_no_other_dossier_hands_out_files_here(eigen: Register):
    """A logo, a template and a reglement have a file of their own; of people there is no document."""
    for nummer in ("O0001", eigen.organisatie.mensen["anna"].nummer, "T2026-0001", "E2026-9999", "S2026-9999", "x"):
        feit = g.DocumentToegevoegd(gebeurd_op=VANDAAG, document=KLAAR["document"], naam="x.pdf")
        nr = leg_vast(eigen, nummer, feit)[0] if nummer[0] in "OP" else 1
        assert stuk.haal(eigen, nummer, nr, MENSEN["directie"]) is None, nummer
        assert stuk.haal(eigen, nummer, nr, wie("anna", "directie", "beheerder", "auditor")) is None, nummer
