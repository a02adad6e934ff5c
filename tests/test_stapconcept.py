"""What is typed in the form of a step and not recorded: kept for that user, put back, gone when it should be."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from klachten import concepten
from klachten.concepten import Concepten, of_dossier
from klachten.dossier.klacht import Feiten
from klachten.opening import open_register
from klachten.tijdzone import NEDERLAND
from tests.paginas import VANDAAG, doe, klacht, open_los, verstuur, vul, widget, zinnen

pytestmark = pytest.mark.usefixtures("los_in_dit_register")
STAP = "stap_06_onderzoeken_klacht"
NU = datetime(2026, 3, 2, 9, 0, tzinfo=NEDERLAND)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory):
    with open_register(tmp_path_factory.mktemp("register")) as register:
        yield register


def onderzoek(nummer: str, wie: str = "anna") -> AppTest:
    return open_los("dossier", wie, nummer=nummer, doe=STAP)


def kept(register, wie: str = "anna") -> dict[str, object]:
    """What is kept of this user, by the id of the form."""
    return Concepten(register.map, wie, register.dossiers.sleutels)._read()


def typed(register, nummer: str, tekst: str = "Half af.") -> None:
    """Type a text in the form of step 6 and have it refused, which keeps it: no explorer sends a pause here."""
    proef = onderzoek(nummer)
    vul(proef, bevindingen=tekst, op=None)
    verstuur(proef)
    assert "Onderzoek afgerond op: vul dit in" in zinnen(proef)


def test_a_refused_form_is_there_in_a_new_session_and_only_for_who_typed_it(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    typed(register, nummer)
    weer = onderzoek(nummer)
    assert widget(weer, "bevindingen").value == "Half af."
    assert "staat er weer; kijk de andere velden na. Er is nog niets vastgelegd" in zinnen(weer)
    assert "Half af" not in zinnen(onderzoek(nummer, "carla"))
    assert not kept(register, "carla")
    verstuur(weer)
    assert "Vastgelegd" in "".join(een.value for een in weer.success)
    assert not kept(register)


def test_what_is_erased_does_not_come_back_from_a_window_that_was_open(register, monkeypatch):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    proef = onderzoek(nummer)
    vul(proef, bevindingen="Half af.", op=None)
    # It is refused for another reason too; what counts is that nothing is kept of it.
    monkeypatch.setattr(Feiten, "gewist", property(lambda feiten: NU))
    with suppress(AttributeError):
        verstuur(proef)
    assert not kept(register)


def test_thrown_away_the_form_is_as_it_began(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    typed(register, nummer)
    weer = onderzoek(nummer)
    next(knop for knop in weer.button if knop.label == "Tekst weggooien").click().run()
    assert widget(weer, "bevindingen").value == ""
    assert not kept(register)


def test_what_was_recorded_in_another_window_is_not_put_back(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    typed(register, nummer)
    doe(register, STAP, "anna", nummer, op=VANDAAG, bevindingen="Half af.")
    assert widget(onderzoek(nummer), "bevindingen").value == ""
    assert not kept(register)


def test_who_may_not_read_the_dossier_any_more_keeps_nothing_of_it(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    typed(register, nummer)
    doe(register, "stap_04_toevoegen_betrokkene", "carla", nummer, op=VANDAAG, betrokkene="anna", reden="Zo bleek.")
    open_los("dossier", "anna", nummer=nummer)
    assert not kept(register)


def test_the_newest_of_each_kind_are_kept_and_a_step_is_no_intake(tmp_path: Path):
    eigen = Concepten(tmp_path, "anna")
    eigen.save("intake", "w", {"indiener_naam": "J."}, NU - timedelta(days=2))
    for nr in range(concepten.HOOGSTENS + 5):
        eigen.change(f"{of_dossier('K2026-0001')}{nr}", lambda _: {"bevindingen": "x"}, NU + timedelta(minutes=nr))
    assert [een.id for een in eigen.all()] == ["intake"]
    assert len(eigen._read()) == concepten.HOOGSTENS + 1


def test_erased_with_the_dossier_and_with_a_name_that_stands_in_it(tmp_path: Path):
    eigen = Concepten(tmp_path, "anna")
    for nummer, tekst in (("K2026-0001", "zonder naam"), ("K2026-0002", "J. Jansen belde"), ("K2026-0003", "anders")):
        eigen.change(f"{of_dossier(nummer)}a", lambda _, tekst=tekst: {"bevindingen": tekst}, NU)
    assert concepten.weg_met(tmp_path, ["J. Jansen"], dossier="K2026-0001") == 2
    assert list(eigen._read()) == [f"{of_dossier('K2026-0003')}a"]


def test_two_windows_lose_nothing_of_each_other(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    een, twee = onderzoek(nummer), onderzoek(nummer)
    for proef, tekst in ((een, "Van het ene venster."), (twee, "Van het andere.")):
        vul(proef, bevindingen=tekst, op=None)
        verstuur(proef)
    (concept,) = kept(register).values()
    assert re.findall(r"Van het [a-z ]+", concept.waarden["bevindingen"]) == ["Van het ene venster", "Van het andere"]
    concepten.weg_met(register.map, [], "anna")
