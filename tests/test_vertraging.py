"""A term that is over and still open: the dossier asks why, the list says that it was told, and it stays late."""

from __future__ import annotations

from datetime import date

from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.termijnen.stand import termijnen_van_klacht
from klachten.register import Register
from klachten.scherm.dossier.beeld import aandachtspunten
from tests import verhalen

DAG = date(2026, 1, 5)
LAAT = date(2026, 1, 21)
TOEGEWEZEN = {"op": DAG, "wie": "anna", "doet": "stap_04_toewijzen_behandelaar", "behandelaar": "anna"}
WAAROM = {"op": LAAT, "wie": "anna", "doet": "toelichten_vertraging", "termijn": "bevestiging", "vertraging": "drukte"}


BERICHT = {"op": LAAT, "wie": "anna", "doet": "sturen_tussenbericht", "termijn": "bevestiging", "wijze": "brief"}


def gevraagd(register: Register, verhaal: verhalen.Verhaal, dag: date) -> list[str]:
    """The handelingen that the dossier asks for on a day."""
    with register.cursor() as cursor:
        standen = termijnen_van_klacht(cursor, verhaal.nummers["klacht"], dag)
    return [punt.handeling for punt in aandachtspunten(verhaal.dossier(), dag, standen)]


def te_laat(register: Register) -> list[tuple[str, str, str | None]]:
    with register.cursor() as cursor:
        rijen = rijen_van(cursor, "late_klachten", peildatum=LAAT, periode=2026)
    return [(rij["termijn"], rij["status"], rij["redenen"]) for rij in rijen]


def test_the_dossier_asks_why_until_it_is_said(register: Register) -> None:
    verhaal = verhalen.play(register, {"gebeurt": [{"op": DAG}, TOEGEWEZEN]})
    assert gevraagd(register, verhaal, date(2026, 1, 19)) == [], "the last day of the two weeks is still in time"
    assert gevraagd(register, verhaal, date(2026, 1, 20)) == ["toelichten_vertraging"]
    assert te_laat(register) == [("bevestiging", "te laat, nog open", None)]
    verhaal.gebeurt(WAAROM)
    assert gevraagd(register, verhaal, LAAT) == ["sturen_tussenbericht"], "the indiener knows nothing yet"
    assert te_laat(register) == [("bevestiging", "te laat, nog open", "te_laat:bevestiging")]


def test_the_dossier_asks_only_what_was_not_done(register: Register) -> None:
    verhaal = verhalen.play(register, {"gebeurt": [{"op": DAG}, TOEGEWEZEN, BERICHT]})
    with register.cursor() as cursor:
        standen = termijnen_van_klacht(cursor, verhaal.nummers["klacht"], LAAT)
    (punt,) = aandachtspunten(verhaal.dossier(), LAAT, standen)
    assert punt.zin == "De termijn Ontvangstbevestiging is voorbij. Leg vast waarom."
    verhaal.gebeurt(WAAROM)
    assert gevraagd(register, verhaal, LAAT) == []


def test_what_was_not_said_yet_on_a_day_is_not_known_on_it(register: Register) -> None:
    verhalen.play(register, {"gebeurt": [{"op": DAG}, TOEGEWEZEN, WAAROM]})
    with register.cursor() as cursor:
        for dag, bekend in ((date(2026, 1, 20), []), (LAAT, [("drukte",)])):
            assert cursor.execute("SELECT vertraging FROM nader_op(?)", [dag]).fetchall() == bekend
