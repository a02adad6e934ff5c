"""Of somebody whose data was erased nothing is kept from a window that had a form open then, whoever's it is."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from klachten import concepten
from klachten.concepten import Concepten, Gewist, of_dossier
from klachten.postvak import Postvak
from klachten.register import Register, plekken
from klachten.register.dossiermap import Tekst
from klachten.register.plekken import PLEKKEN
from klachten.tijdzone import NEDERLAND
from tests.wisproef import oude_klacht, wis

NU = datetime(2026, 3, 6, 9, 0, tzinfo=NEDERLAND)
LANG = "Op maandag belde ik drie keer met het kantoor in Weert en niemand nam op, zodat ik ben gekomen."


def _formulier(nummer: str) -> None:
    """A form of a dossier, of which this window hands over a text when it is told to."""
    import streamlit as st

    from klachten.handelingen import HANDELINGEN
    from klachten.scherm import stapconcept

    st.session_state["gebruiker"] = "bas"
    doe = "stap_15_melden_meningsverschil"
    concept = stapconcept.of_form(nummer, "proef", "proef#0", HANDELINGEN[doe].gevraagd, doe=doe)
    concept.restore({})
    if tekst := st.session_state.pop("getypt", None):
        st.text(f"bewaard: {concept.keep({'toelichting': tekst})}")


def test_a_window_that_was_open_keeps_nothing_of_a_dossier_in_which_somebody_was_erased(firma: Register):
    """Not even what says no name: who was erased is told of in other words too."""
    oud = oude_klacht(firma)
    venster = AppTest.from_function(_formulier, args=(oud.nummer,), default_timeout=30).run()
    venster.session_state["getypt"] = "Belde weer."
    assert venster.run().text[0].value == "bewaard: True"
    eigen = Concepten(firma.map, "bas", firma.dossiers.sleutels)
    assert eigen._read()
    wis(firma, oud.nummer, grond="verzoek", wie="indiener")
    assert not eigen._read()
    for tekst in ("Belde weer.", f"{oud.woorden['indiener']} de Vries belde weer."):
        venster.session_state["getypt"] = tekst
        assert venster.run().text[0].value == "bewaard: None"
    assert not eigen._read()
    # Who opens the form now sees what is there, and goes on with the klacht.
    ander = AppTest.from_function(_formulier, args=(oud.nummer,), default_timeout=30).run()
    ander.session_state["getypt"] = "De coördinator belde."
    assert ander.run().text[0].value == "bewaard: True"


def test_what_is_erased_while_a_draft_is_being_read_is_not_kept_again(firma: Register, monkeypatch: pytest.MonkeyPatch):
    nummer = oude_klacht(firma).nummer
    eigen = Concepten(firma.map, "bas", firma.dossiers.sleutels)
    venster = AppTest.from_function(_formulier, args=(nummer,), default_timeout=30).run()
    venster.session_state["getypt"] = "Belde weer."
    venster.run()
    echt = Concepten.get

    def erased_after(zelf: Concepten, id: str) -> concepten.Concept | None:
        gelezen = echt(zelf, id)
        monkeypatch.setattr(Concepten, "get", echt)
        concepten.weg_met(firma.map, [], dossier=nummer)
        return gelezen

    monkeypatch.setattr(Concepten, "get", erased_after)
    ander = AppTest.from_function(_formulier, args=(nummer,), default_timeout=30).run()
    ander.session_state["getypt"] = "Belde weer, en nog eens."
    assert ander.run().text[0].value == "bewaard: None"
    assert not eigen._read()


@pytest.mark.parametrize(
    ("tekst", "wordt"),
    [
        ("Dhr. J. Jansen, belde", "weg"),
        ("j.  jansen", "weg"),
        (f"Zij schrijft: {LANG}", "weg"),
        ("J. Janssens belde", "blijft"),
        ("Op maandag belde ik", "blijft"),
    ],
)
def test_elsewhere_it_is_what_was_said_that_is_not_kept(tmp_path: Path, tekst: str, wordt: str):
    eigen, sinds = Concepten(tmp_path, "bas"), concepten.stand()
    concepten.weg_met(tmp_path, ["J. Jansen", LANG, "x"], dossier="K2026-0001")
    velden = {"omschrijving": tekst, "betrokkenen": ["eva"], "op": NU.date()}

    def probeer(id: str, vanaf: int | None) -> str:
        try:
            if id == "intake":
                eigen.save(id, "w", velden, NU, sinds=vanaf)
            else:
                eigen.change(id, lambda oud: {**oud, **velden}, NU, sinds=vanaf)
        except Gewist:
            return "weg"
        return "blijft"

    for id in ("intake", f"{of_dossier('K2026-0002')}a", "vergadering-2025"):
        assert probeer(id, sinds) == wordt
        assert (eigen.get(id) is None) == (wordt == "weg")
        # In a form that was opened since, somebody of the same name may be told of.
        assert probeer(id, concepten.stand()) == "blijft"
    assert Concepten(tmp_path / "elders", "bas").save("a", "w", velden, NU, sinds=sinds)


def test_of_one_word_only_a_name_is_not_kept_elsewhere(firma: Register):
    """That somebody called is in anybody's form: it says of nobody who it is."""
    eigen, sinds = Concepten(firma.map, "bas"), concepten.stand()
    for id, tekst in (("c", "Zij heeft gebeld."), ("d", "Zwaluwnaam was er."), ("e", "Drie keer gebeld.")):
        eigen.save(id, "w", {"omschrijving": tekst}, NU)
        Postvak(firma.map).save(tekst.encode(), {"soort": id}, NU, id=id * 16)
    gewist = [
        Tekst(1, "achternaam", b"", "Zwaluwnaam"),
        Tekst(2, "tekst", b"", "Gebeld"),
        Tekst(2, "omschrijving", b"", "Drie keer gebeld"),
    ]
    weg = plekken.Gewist("K2026-0001", "", tuple(gewist), frozenset(), 3)
    for plek in PLEKKEN:
        if plek.wis in (plekken._from_drafts, plekken._from_mails):
            plek.wis(firma.map, firma.dossiers, weg)
    # What was kept already as well, and a mail that waits: only of who it says.
    assert [een.id for een in eigen.all()] == ["c"]
    assert [een.gegevens["soort"] for een in Postvak(firma.map).proposals()] == ["c"]
    assert eigen.save("a", "w", {"omschrijving": "Gisteren gebeld."}, NU, sinds=sinds)
    for tekst in ("Zwaluwnaam was er.", "Hij heeft drie keer gebeld."):
        with pytest.raises(Gewist):
            eigen.save("b", "w", {"omschrijving": tekst}, NU, sinds=sinds)


def test_what_is_remembered_of_it_is_no_text(tmp_path: Path):
    concepten.weg_met(tmp_path, ["J. Jansen", LANG])
    assert "jansen" not in repr(concepten._gewist[-1]).lower()
    concepten._gewist[-1] = concepten._Weg(concepten.stand(), tmp_path, -1e9, "", frozenset())
    nr = concepten.stand()
    concepten.weg_met(tmp_path, [])
    assert [een.nr for een in concepten._gewist if een.map == tmp_path] == [nr + 1]
