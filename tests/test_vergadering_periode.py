"""A meeting about a quarter, or a book year, that has a draft, an agenda and minutes of its own (step 16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from klachten import jaarverslag, scherm, vergaderstukken
from klachten.periode import Boekjaren, Periode
from klachten.register import Register
from klachten.scherm import kijklog
from tests.lijsten import Lijst
from tests.paginas import zinnen, zonder_venster
from tests.test_vergadering import druk, op_scherm, pagina, veld, vlak, zegt_hetzelfde

pytestmark = pytest.mark.usefixtures("in_dit_register")


@pytest.fixture(autouse=True)
def _los(monkeypatch: pytest.MonkeyPatch) -> None:
    zonder_venster(monkeypatch)


def test_a_quarter_has_a_meeting_of_its_own_beside_that_of_its_year(register: Register, lijst: Lijst):
    lijst.tot(5, op=date(2025, 3, 3))
    lijst.tot(5, op=date(2025, 11, 3))
    kwartaal = {"jaar": "2025", "periode": "2025-K4"}
    assert "Het hele jaar" in pagina("aantal", jaar="2025").selectbox(key="vergadering.periode").options
    assert pagina("aantal", **kwartaal).header[0].value.endswith("Hoeveel klachten")
    assert "**1**" in zinnen(pagina("aantal", **kwartaal))
    for naam, tekst in (("slot", "Een rustig kwartaal."), ("conclusie.afloop", "Alles liep goed af.")):
        veld(pagina(naam.rpartition(".")[2], **kwartaal), naam).set_value(tekst).run()
    # The draft of the year is another one, and of a quarter that is not over there is none.
    assert veld(pagina("slot", jaar="2025"), "slot").value == ""
    assert not any("2026" in naam for naam in pagina("aantal", jaar="2026").get("selectbox")[-1].options)
    einde = druk(pagina("overzicht", **kwartaal), "vastleggen")
    assert "is vastgelegd" in einde.success[0].value
    feit = register.vastleggingen("E2026-0001")[0].feit
    assert (feit.jaar, feit.van, feit.tot) == (2025, date(2025, 10, 1), date(2025, 12, 31))
    notulen = zegt_hetzelfde(register, vergaderstukken.notulen(register, "E2026-0001"), einde)
    assert "Notulenevaluatieoverhetvierdekwartaalvan2025" in notulen
    # Once more reopens that one, and the year is not evaluated by it.
    assert "al geëvalueerd (E2026-0001)" in zinnen(pagina("overzicht", **kwartaal))
    assert "al geëvalueerd" not in zinnen(pagina("overzicht", jaar="2025"))


K1, K4 = {"jaar": "2025", "periode": "2025-K1"}, {"jaar": "2025", "periode": "2025-K4"}
OVER_K1, OVER_K4 = (
    "Eerder, over het eerste kwartaal van 2025 (E2026-0001)", "Eerder, over het vierde kwartaal van 2025 (E2026-0002)",
)  # fmt: skip


def hold(adres: dict[str, str], **waarden: object) -> None:
    """Fill a meeting in and record it."""
    for naam, waarde in waarden.items():
        waar = naam.replace("__", ".")
        veld(pagina(waar.split(".")[1] if "." in waar else waar, **adres), waar).set_value(waarde).run()
    assert "is vastgelegd" in druk(pagina("overzicht", **adres), "vastleggen").success[0].value


def test_the_meeting_of_a_year_knows_what_its_quarters_concluded_and_what_came_of_it(
    register: Register, lijst: Lijst, monkeypatch: pytest.MonkeyPatch
):
    lijst.tot(5, op=date(2025, 3, 3))
    lijst.tot(5, op=date(2025, 11, 3))
    hold(
        K1, conclusie__afloop="Begin van het jaar: weinig.", actie__afloop__1__omschrijving="Bellen na afloop",
        actie__afloop__1__actienemer="gijs", actie__afloop__1__uiterlijk_op=date(2026, 6, 1), slot="Rustig begin.",
    )  # fmt: skip
    hold(K4, conclusie__afloop="Einde van het jaar: beter.", conclusie__terugblik="Het werkt.", slot="Goed einde.")
    Lijst(register, date(2026, 3, 3)).doe(
        "stap_17_informeren_actienemer", "carla", "E2026-0001", op=date(2026, 3, 2), verbeteractie=1
    )
    Lijst(register, date(2026, 3, 5)).doe(
        "stap_18_uitvoeren_verbeteractie", "gijs", "E2026-0001", op=date(2026, 3, 4), verbeteractie=1, toelichting="Ja."
    )
    dag = date(2026, 3, 10)
    monkeypatch.setenv("KLACHTEN_VANDAAG", dag.isoformat())
    gelezen: list[str] = []
    monkeypatch.setattr(kijklog, "toont", gelezen.append)
    # The section: each quarter by name, in order, with what came of it; that they were read is logged.
    afloop = pagina("afloop", jaar="2025")
    assert gelezen == ["E2026-0001", "E2026-0002"]
    gezegd = op_scherm(afloop)
    assert 0 < gezegd.index(vlak(OVER_K1)) < gezegd.index(vlak(OVER_K4))
    assert [tekst.value for tekst in afloop.text if "van het jaar" in str(tekst.value)] == [
        "Begin van het jaar: weinig.", "Einde van het jaar: beter.",
    ]  # fmt: skip
    assert "uitgevoerd 04-03-2026] Bellen na afloop (Gijs Peters)" in zinnen(afloop)
    assert vlak(OVER_K1) not in op_scherm(pagina("geschillen", jaar="2025"))
    # The look back, and the conclusion on the whole.
    terug = op_scherm(pagina("terugblik", jaar="2025"))
    for tekst in (OVER_K1, "Rustig begin.", OVER_K4, "Goed einde.", "Het werkt.", "Bellen na afloop"):
        assert terug.count(vlak(tekst)) == 1, tekst
    assert "Goed einde." in zinnen(pagina("slot", jaar="2025"))
    # The agenda says the same on the page and on paper, and so do the minutes.
    periode = Periode.van_jaar(2025)
    voor = vergaderstukken.ervoor(register, periode, jaarverslag.tel(register, periode, dag), dag)
    papier = zegt_hetzelfde(register, vergaderstukken.agenda(voor, dag), pagina(deel="agenda", jaar="2025"))
    assert papier.count(vlak(OVER_K1)) == papier.count(vlak(OVER_K4)) == 2
    assert vlak("Wat ervan gekomen is (verbeteractie met nummer als bij Terugblik): 1 uitgevoerd.") in papier
    hold({"jaar": "2025"}, conclusie__afloop="Het hele jaar: goed.", slot="Een goed jaar.")
    gelezen.clear()
    einde = pagina(deel="notulen", evaluatie="E2026-0003")
    assert gelezen[-2:] == ["E2026-0001", "E2026-0002"]
    papier = zegt_hetzelfde(register, vergaderstukken.notulen(register, "E2026-0003"), einde)
    for tekst in (OVER_K1, "Begin van het jaar: weinig.", OVER_K4, "Goed einde.", "Het hele jaar: goed."):
        assert vlak(tekst) in papier, tekst
    # Those of a quarter have nothing to do with another quarter, nor has another year.
    assert vlak(OVER_K1) not in op_scherm(pagina(deel="notulen", evaluatie="E2026-0002"))
    assert vlak(OVER_K1) not in op_scherm(pagina("afloop", jaar="2024"))
    assert vergaderstukken.notulen_noemen(register, "E2026-0003") == ["E2026-0001", "E2026-0002"]


def test_of_a_quarter_that_was_reopened_the_last_version_counts_and_of_one_that_goes_on_none(
    register: Register, lijst: Lijst, monkeypatch: pytest.MonkeyPatch
):
    lijst.tot(5, op=date(2026, 1, 6))
    # Before the quarter was over it was an interim one of the year, by which nothing of the quarter is settled.
    monkeypatch.setenv("KLACHTEN_VANDAAG", "2026-04-10")
    eerste = {"jaar": "2026", "periode": "2026-K1"}
    hold(eerste, slot="Eerste lezing.")
    jaar = Periode.van_jaar(2026)
    assert vergaderstukken.van_delen(register, jaar, date(2026, 4, 10)) == ["E2026-0001"]
    # As of a day before it was held there is none, and the quarter itself is no part of itself.
    assert vergaderstukken.van_delen(register, jaar, date(2026, 4, 9)) == []
    assert vergaderstukken.van_delen(register, Periode.van_kwartaal(2026, 1), date(2026, 4, 10)) == []
    monkeypatch.setenv("KLACHTEN_VANDAAG", "2026-04-20")
    veld(pagina("slot", **eerste), "slot").set_value("Tweede lezing.").run()
    einde = pagina("overzicht", **eerste)
    veld(einde, "reden").set_value("Er mankeerde iets.").run()
    assert "is vastgelegd" in druk(einde, "vastleggen").success[0].value
    assert vergaderstukken.van_delen(register, jaar, date(2026, 6, 1)) == ["E2026-0002"]
    monkeypatch.setenv("KLACHTEN_VANDAAG", "2026-06-10")
    gezegd = zinnen(pagina("terugblik", jaar="2026"))
    assert "Tweede lezing." in gezegd
    assert "Eerste lezing." not in gezegd


def test_one_of_a_quarter_that_was_not_over_stays_out_of_the_page_of_its_year(
    register: Register, lijst: Lijst, monkeypatch: pytest.MonkeyPatch
):
    lijst.tot(5, op=date(2026, 1, 6))
    kwartaal, jaar, laatste = Periode.van_kwartaal(2026, 1), Periode.van_jaar(2026), date(2026, 3, 31)
    eerder = vlak("Eerder, over het eerste kwartaal van 2026")
    # On its last day, and of the year so far in the middle of it: what comes in after that is in neither.
    for op, anders in ((date(2026, 2, 27), {}), (laatste, {"van": kwartaal.eerste, "tot": laatste})):
        Lijst(register, op).doe(
            "stap_16_evalueren_klachten", "frank", op=op, jaar=2026, directieleden=("frank",),
            conclusies=f"Nog niet klaar op {op.day}-{op.month}.", **anders,
        )  # fmt: skip
    monkeypatch.setenv("KLACHTEN_VANDAAG", "2026-06-10")
    assert vergaderstukken.van_delen(register, jaar, date(2026, 6, 10)) == []
    for stop in ("terugblik", "afloop", "slot"):
        assert eerder not in op_scherm(pagina(stop, jaar="2026"))
    # Held again once it was over it is there.
    monkeypatch.setenv("KLACHTEN_VANDAAG", "2026-04-01")
    eerste = {"jaar": "2026", "periode": "2026-K1"}
    veld(pagina("slot", **eerste), "slot").set_value("Nu wel klaar.").run()
    assert "is vastgelegd" in druk(pagina("overzicht", **eerste), "vastleggen").success[0].value
    assert vergaderstukken.van_delen(register, jaar, date(2026, 6, 10)) == ["E2026-0003"]
    assert eerder in op_scherm(pagina("terugblik", jaar="2026"))


def test_one_of_a_first_quarter_that_was_over_is_no_interim_one_of_the_year(
    register: Register, lijst: Lijst, monkeypatch: pytest.MonkeyPatch
):
    lijst.tot(5, op=date(2026, 1, 6))
    monkeypatch.setenv("KLACHTEN_VANDAAG", "2026-04-10")
    kwartaal = {"jaar": "2026", "periode": "2026-K1"}
    veld(pagina("slot", **kwartaal), "slot").set_value("Rustig.").run()
    assert "is vastgelegd" in druk(pagina("overzicht", **kwartaal), "vastleggen").success[0].value
    monkeypatch.setenv("KLACHTEN_VANDAAG", "2026-06-10")
    gezegd = zinnen(pagina(deel="agenda", jaar="2026"))
    assert "Tussentijds, op" not in gezegd
    assert "In E2026-0001" not in gezegd


def test_a_book_year_has_one_too(register: Register, monkeypatch: pytest.MonkeyPatch):
    nu = scherm.reglement()
    monkeypatch.setattr(scherm, "reglement", lambda *_: replace(nu, boekjaren=Boekjaren(11)))
    sleutel = "2024-11-01_2025-10-31"
    adres = {"jaar": "2025", "periode": sleutel}
    assert sleutel in pagina("aantal", **adres).query_params["periode"]
    veld(pagina("slot", **adres), "slot").set_value("Een rustig boekjaar.").run()
    druk(pagina("overzicht", **adres), "vastleggen")
    feit = register.vastleggingen("E2026-0001")[0].feit
    assert (feit.van, feit.tot) == (date(2024, 11, 1), date(2025, 10, 31))
