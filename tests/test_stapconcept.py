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
from tests.paginas import MAATREGEL, VANDAAG, doe, klacht, open_los, verstuur, vul, widget, zinnen

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


# --- which draft goes, and which stays -------------------------------------------------------------------------------

HOREN, WIJZIGEN = "stap_06_horen_medewerker", "stap_08_wijzigen_maatregel"
BETROKKEN = {"betrokkenen": ("eva", "gijs")}
DAARNA = "daarna met een andere tekst vastgelegd"


def _van_maatregel(naam: str, nummer: str, nr: int) -> None:
    import streamlit as st

    from klachten import handelingen, scherm
    from klachten.handelingen import HANDELINGEN
    from klachten.scherm import formulier

    st.session_state["gebruiker"] = "anna"
    dossier = handelingen.dossier_van(scherm.register(), nummer)
    maatregel = dossier.maatregelen[nr]
    begin = {"omschrijving": maatregel.omschrijving, "uiterlijk_op": maatregel.uiterlijk_op}
    formulier.toon(HANDELINGEN[naam], nummer, sleutel="proef", vast={"maatregel": nr}, begin=begin)


def van_maatregel(naam: str, nummer: str, nr: int) -> AppTest:
    """Draw the form about one maatregel in a window of its own."""
    return AppTest.from_function(_van_maatregel, args=(naam, nummer, nr), default_timeout=30).run()


def test_what_was_recorded_of_somebody_else_leaves_the_draft(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst", **BETROKKEN)
    proef = open_los("dossier", "anna", nummer=nummer, doe=HOREN)
    vul(proef, verslag="Eva zag het anders.", op=None)
    verstuur(proef)
    doe(register, HOREN, "anna", nummer, op=VANDAAG, medewerker="gijs", verslag="Gijs was er niet bij.")
    weer = open_los("dossier", "anna", nummer=nummer, doe=HOREN)
    assert widget(weer, "verslag").value == "Eva zag het anders."
    assert DAARNA in zinnen(weer)
    concepten.weg_met(register.map, [], "anna")


def test_what_this_window_recorded_goes_and_what_another_one_typed_stays(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst", **BETROKKEN)
    een, twee = (open_los("dossier", "anna", nummer=nummer, doe=HOREN) for _ in range(2))
    vul(een, verslag="Eva zag het anders.", op=None)
    verstuur(een)
    vul(twee, verslag="Gijs was er niet bij.", medewerker="gijs", op=VANDAAG)
    verstuur(twee)
    assert "Vastgelegd" in "".join(zin.value for zin in twee.success)
    (concept,) = kept(register).values()
    assert concept.waarden["verslag"].strip() == "Eva zag het anders."
    weer = open_los("dossier", "anna", nummer=nummer, doe=HOREN)
    assert widget(weer, "verslag").value.strip() == "Eva zag het anders."
    assert DAARNA in zinnen(weer)
    concepten.weg_met(register.map, [], "anna")


def test_the_same_words_about_one_maatregel_are_no_record_of_another(register):
    nummer = klacht(register, "stap_08_bepalen_maatregel")
    doe(register, "stap_08_bepalen_maatregel", "anna", nummer, **MAATREGEL | {"omschrijving": "Elke week bellen"})
    naam = "stap_08_laten_vervallen_maatregel"
    proef = van_maatregel(naam, nummer, 2)
    vul(proef, reden="Is niet meer nodig.", op=None)
    verstuur(proef)
    doe(register, naam, "anna", nummer, op=VANDAAG, maatregel=1, overlegd_met="carla", reden="Is niet meer nodig.")
    assert widget(van_maatregel(naam, nummer, 2), "reden").value == "Is niet meer nodig."
    concepten.weg_met(register.map, [], "anna")


def test_two_windows_that_begin_with_a_text_do_not_double_it(register):
    nummer = klacht(register, "stap_08_bepalen_maatregel")
    begin = MAATREGEL["omschrijving"]
    een, twee = (van_maatregel(WIJZIGEN, nummer, 1) for _ in range(2))
    for proef, erbij in ((een, "Ook per telefoon."), (twee, "Ook op vrijdag.")):
        vul(proef, omschrijving=f"{begin}. {erbij}", reden="")
        verstuur(proef)
    (concept,) = kept(register).values()
    tekst = concept.waarden["omschrijving"]
    assert [tekst.count(deel) for deel in (begin, "Ook per telefoon.", "Ook op vrijdag.")] == [1, 1, 1]
    concepten.weg_met(register.map, [], "anna")


def test_what_is_erased_while_it_is_being_kept_does_not_stay(register, monkeypatch):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    proef = onderzoek(nummer)
    vul(proef, bevindingen="Half af.", op=None)
    echt = Concepten.change

    def erased_first(eigen: Concepten, *wat, **hoe):
        monkeypatch.setattr(Feiten, "gewist", property(lambda feiten: NU))
        concepten.weg_met(register.map, [], dossier=nummer)
        return echt(eigen, *wat, **hoe)

    monkeypatch.setattr(Concepten, "change", erased_first)
    with suppress(AttributeError):
        verstuur(proef)
    assert not kept(register)


def _laat(nummer: str, tekst: str) -> None:
    import streamlit as st

    from klachten.handelingen import HANDELINGEN
    from klachten.scherm import stapconcept

    st.session_state["gebruiker"] = "anna"
    doe = "stap_06_onderzoeken_klacht"
    stapconcept.of_form(nummer, "proef", "proef#0", HANDELINGEN[doe].gevraagd, doe=doe).keep({"bevindingen": tekst})


def test_what_comes_in_late_and_was_recorded_is_no_draft(register):
    nummer = klacht(register, STAP)
    AppTest.from_function(_laat, args=(nummer, "De agenda klopte niet. "), default_timeout=30).run()
    assert not kept(register)
    AppTest.from_function(_laat, args=(nummer, "De agenda klopte niet. En meer."), default_timeout=30).run()
    assert kept(register)
    concepten.weg_met(register.map, [], "anna")


def test_what_was_taken_back_can_be_typed_again(register):
    nummer = klacht(register, STAP)
    nr = register.vastleggingen(nummer)[-1].nr
    doe(register, "herroepen_feit", "anna", nummer, nr=nr, op=VANDAAG, reden="Te vroeg.")
    AppTest.from_function(_laat, args=(nummer, "De agenda klopte niet."), default_timeout=30).run()
    assert kept(register)
    concepten.weg_met(register.map, [], "anna")


def test_a_draft_that_holds_nothing_pushes_no_other_out(tmp_path: Path):
    eigen = Concepten(tmp_path, "anna")
    for nr in range(concepten.HOOGSTENS):
        eigen.change(f"{of_dossier('K2026-0001')}{nr}", lambda _: {"bevindingen": "x"}, NU + timedelta(minutes=nr))
    eigen.change(f"{of_dossier('K2026-0001')}leeg", lambda _: {}, NU + timedelta(days=1))
    assert len(eigen._read()) == concepten.HOOGSTENS
    assert f"{of_dossier('K2026-0001')}0" in eigen._read()
