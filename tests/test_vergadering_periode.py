"""A meeting about a quarter, or a book year, that has a draft, an agenda and minutes of its own (step 16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from klachten import scherm, vergaderstukken
from klachten.periode import Boekjaren
from klachten.register import Register
from tests.lijsten import Lijst
from tests.paginas import zinnen, zonder_venster
from tests.test_vergadering import druk, pagina, veld, zegt_hetzelfde

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
    # Once more reopens that one; the year is not evaluated by it, and shows nothing of what is not its beginning.
    assert "al geëvalueerd (E2026-0001)" in zinnen(pagina("overzicht", **kwartaal))
    assert "al geëvalueerd" not in zinnen(pagina("overzicht", jaar="2025"))
    assert "Alles liep goed af." not in [deel.value for deel in pagina("afloop", jaar="2025").text]


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
