"""Page Brieven, and Brief maken in the dossier: from the questions to the letter, the edited file, what is recorded."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.brieven import BRIEVEN
from klachten.brieven.sjabloon import of_program, template_on
from klachten.concepten import Concepten
from klachten.handelingen import Geweigerd, dossier_van
from klachten.register import Register
from klachten.scherm import aanbod, berichten
from klachten.scherm.dossier.handelen import DEEL
from tests import verhalen
from tests.briefproef import MEDE, TOEGEWEZEN, anders, speel, zin
from tests.lijsten import VANDAAG
from tests.paginas import Opent, open_los, verstuur, vul, zinnen
from tests.test_brief_versturen import bewerkt

ONTVANGEN = date(2026, 2, 16)
STAP_5, RESULTAAT = "stap_05_bevestigen_ontvangst", "stap_09_informeren_indiener"


@pytest.fixture
def nummer(firma: Register) -> str:
    """A klacht of last week that Anna handles, of two people."""
    stappen = [{**deel, "op": ONTVANGEN} for deel in (TOEGEWEZEN, MEDE)]
    return speel(firma, *stappen, op=ONTVANGEN).nummers["klacht"]


def dossier(opent: Opent, nummer: str, als: str = "anna", **adres: str) -> AppTest:
    """Open a dossier where it is handled; `opent` has set the register and the day."""
    return open_los("dossier", als, {DEEL: "behandeling"}, nummer=nummer, **adres)


def druk(proef: AppTest, label: str) -> AppTest:
    """Press a button by what it says."""
    (knop,) = [knop for knop in proef.button if knop.label == label]
    knop.click().run()
    assert not proef.exception
    return proef


def feiten(firma: Register, nummer: str, *soorten: type[Any]) -> list[Any]:
    return dossier_van(firma, nummer).van(*soorten)


def kies_bestand(proef: AppTest, inhoud: bytes, naam: str = "brief.docx") -> AppTest:
    (vak,) = [deel for deel in proef.get("file_uploader") if ".docx" in str(deel.proto.type)]
    vak.set_value((naam, inhoud, "application/octet-stream"))
    proef.run()
    assert not proef.exception
    return proef


# --- Brief maken -----------------------------------------------------------------------------------------------------


def test_stap_05_from_brief_maken_to_verzonden_in_one_road(firma: Register, opent: Opent, nummer: str):
    proef = dossier(opent, nummer, doe=STAP_5)
    druk(proef, "Brief maken")
    # Two people filed it: one chooses who gets it.
    (aan,) = [vak for vak in proef.selectbox if vak.label == "Aan wie"]
    assert aan.options == ["Zoë van den Berg (indiener)", "Piet Pietersen (2e indiener)"]
    druk(proef, "Brief bekijken")
    gezegd = zinnen(proef)
    for deel in ("Wij hebben uw klacht ontvangen", nummer, "Anna de Wit", "Lindelaan 3", "Geachte Zoë van den Berg,"):
        assert deel in gezegd, deel
    assert "Dit is de brief aan **Zoë van den Berg (indiener)**." in gezegd
    # In the example nothing goes out: it says what would.
    assert "In het voorbeeld gaat er niets de deur uit." in gezegd
    assert "**Aan** zoe@thuis.example" in gezegd.replace("\u2060", "")
    assert feiten(firma, nummer, g.OntvangstBevestigd) == []
    vul(proef, op=VANDAAG, wijze="brief")
    verstuur(proef, "Vastleggen dat de brief is verstuurd")
    assert "Stap 5: Ontvangstbevestiging verstuurd" in zinnen(proef)
    (bevestigd,) = feiten(firma, nummer, g.OntvangstBevestigd)
    (stuk,) = feiten(firma, nummer, g.DocumentToegevoegd)
    assert (bevestigd.gebeurd_op, bevestigd.wijze) == (VANDAAG, "brief")
    assert (stuk.richting, stuk.naam) == ("uit", f"Ontvangstbevestiging {nummer}.docx")
    assert not [knop for knop in proef.button if knop.label == "Sluiten zonder te versturen"]
    # The other one gets it too, and the step stays as it is.
    druk(_andere(proef, "ontvangstbevestiging"), "Brief bekijken")
    assert "Een andere brief maken" in " ".join(deel.label for deel in proef.expander)


def _andere(proef: AppTest, brief: str) -> AppTest:
    proef.selectbox(key="brief.andere").set_value(brief).run()
    assert not proef.exception
    return proef


def test_an_edited_letter_is_the_one_that_goes_and_a_leak_in_it_is_seen(firma: Register, opent: Opent, nummer: str):
    proef = dossier(opent, nummer, doe=STAP_5)
    druk(druk(proef, "Brief maken"), "Brief bekijken")
    gemaakt = proef.session_state[f"brief.klaar.{nummer}.ontvangstbevestiging"].docx
    kies_bestand(proef, bewerkt(gemaakt, "Geachte", "Net als Piet Pietersen, geachte"))
    assert "De brief noemt Piet Pietersen, en dat is een andere indiener." in zinnen(proef)
    assert not [knop for knop in proef.button if "verstuurd" in knop.label]
    goed = bewerkt(gemaakt, "Wij vinden het goed", "Wij vinden het fijn")
    kies_bestand(proef, goed)
    assert "Wij vinden het fijn dat u ons dit laat weten" in zinnen(proef)
    assert "Dit is de aangepaste brief" in zinnen(proef)
    vul(proef, op=VANDAAG, wijze="uitgereikt")
    verstuur(proef, "Vastleggen dat de brief is verstuurd")
    (stuk,) = feiten(firma, nummer, g.DocumentToegevoegd)
    assert stuk.document == hashlib.sha256(goed).hexdigest()
    assert firma.document(nummer, stuk.document) == goed


def test_the_file_is_the_letter_that_is_shown_and_is_no_longer_given_to_who_turns_out_involved(
    firma: Register, opent: Opent, nummer: str
):
    proef = dossier(opent, nummer, doe=STAP_5)
    druk(druk(proef, "Brief maken"), "Brief bekijken")
    (knop,) = [knop for knop in proef.get("link_button") if knop.proto.label == "Word-bestand downloaden"]
    een = aanbod.find(knop.proto.url.partition("?")[0].removeprefix(aanbod.PAD))
    assert een is not None
    assert een.maker is not None
    assert een.naam == f"Ontvangstbevestiging {nummer}.docx"
    assert een.maker() == proef.session_state[f"brief.klaar.{nummer}.ontvangstbevestiging"].docx
    betrokken = {"op": VANDAAG, "wie": "carla", "doet": "stap_04_toevoegen_betrokkene", "betrokkene": "anna"}
    verhaal = verhalen.Verhaal(firma, VANDAAG, {"klacht": nummer})
    verhaal.gebeurt({**betrokken, "reden": "Zij was erbij"})
    with pytest.raises(Geweigerd):
        een.maker()


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(firma: Register, opent: Opent, nummer: str):
    proef = dossier(opent, nummer, doe="stap_06_inlichten_medewerker")
    druk(proef, "Brief maken")
    vul(proef, gesprek_tijd="10.00 uur")
    druk(proef, "Brief bekijken")
    assert "Waar: vul dit in." in zinnen(proef)
    assert [vak.value for vak in proef.text_input if vak.label == "Hoe laat"] == ["10.00 uur"]


def test_where_mail_goes_out_the_letter_is_put_ready_and_the_step_waits_for_the_server(
    firma: Register, opent: Opent, nummer: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(berichten, "may_go", lambda: "")
    proef = dossier(opent, nummer, doe=STAP_5)
    druk(druk(proef, "Brief maken"), "Brief bekijken")
    verstuur(proef, "Versturen per e-mail")
    (bericht,) = feiten(firma, nummer, g.BerichtKlaargezet)
    assert (bericht.aan, bericht.onderwerp) == ("zoe@thuis.example", f"Wij hebben uw klacht ontvangen ({nummer})")
    assert "Geachte Zoë van den Berg," in bericht.inhoud
    assert feiten(firma, nummer, g.OntvangstBevestigd) == []


def test_who_is_involved_or_handles_something_else_is_offered_no_letter(firma: Register, opent: Opent, nummer: str):
    for wie in ("eva", "gijs", "bas"):
        proef = dossier(opent, nummer, wie, doe=STAP_5)
        assert not [knop for knop in proef.button if "Brief" in knop.label], wie
        assert not [deel for deel in proef.expander if "brief" in deel.label.lower()], wie


def test_what_a_klager_typed_is_shown_as_it_was_typed(firma: Register, opent: Opent):
    lastig = "<b>Zoë</b> **x** :material/home: {{ 7*7 }}"
    stap = {**TOEGEWEZEN, "op": ONTVANGEN}
    nummer = speel(firma, stap, op=ONTVANGEN, indiener_naam=lastig).nummers["klacht"]
    proef = dossier(opent, nummer, doe=STAP_5)
    # There is one recipient and nothing to ask, so the letter is there at once.
    druk(proef, "Brief maken")
    assert f"Geachte {lastig}," in [deel.value for deel in proef.text]


# --- the page --------------------------------------------------------------------------------------------------------


def test_a_template_is_seen_before_it_holds_and_its_mistakes_with_their_place(firma: Register, opent: Opent):
    proef = opent("brieven", "iris")
    proef.selectbox(key="brieven.brief").set_value("ontvangstbevestiging").run()
    gezegd = zinnen(proef)
    assert "Nu geldt: **het sjabloon van het programma**." in gezegd
    assert "Geachte S. de Bruin," in gezegd
    assert "`{{ klachtnummer }}`: Het nummer van de klacht. **Dit moet erin staan.**" in gezegd
    voor = firma.stand()
    kies_bestand(proef, anders("ontvangstbevestiging", zin("{{ postcode }}"), zin("{{ chef }}")))
    gezegd = zinnen(proef)
    assert "Alinea 37: het veld {{ postcode }} is er niet in deze brief." in gezegd
    assert "Alinea 38: het veld {{ chef }} is er niet in deze brief." in gezegd
    assert firma.stand() == voor
    goed = anders("ontvangstbevestiging", zin("Onze eigen zin voor {{ ontvanger }}."))
    kies_bestand(proef, goed)
    assert "Onze eigen zin voor S. de Bruin." in zinnen(proef)
    vul(proef, vanaf=VANDAAG, toelichting="Kortere toon")
    verstuur(proef)
    gezegd = zinnen(proef)
    assert "Nu geldt: **uw eigen sjabloon, vanaf 25 februari 2026**." in gezegd
    assert "Eigen sjabloon van **Ontvangstbevestiging** voor brieven vanaf 25 februari 2026. Kortere toon" in gezegd
    feit = template_on(organisatie.huidige(), "ontvangstbevestiging", VANDAAG)
    assert feit is not None
    assert firma.document(g.NUMMER, feit.document) == goed != of_program(BRIEVEN["ontvangstbevestiging"])


def test_who_may_only_look_is_offered_no_change(firma: Register, opent: Opent):
    for wie in ("carla", "joris"):
        proef = opent("brieven", wie)
        assert "U kunt hier alleen kijken." in zinnen(proef)
        assert not proef.get("file_uploader")


# --- the draft of a letter --------------------------------------------------------------------------------------------


def _concepten(firma: Register) -> list[str]:
    """The texts that are kept of Anna."""
    alle = Concepten(firma.map, "anna", firma.dossiers.sleutels)._read().values()
    return [w for concept in alle for naam, w in concept.waarden.items() if naam not in ("na", "gemaakt")]


def test_what_a_letter_was_made_of_goes_when_its_step_is_recorded_in_another_form(
    firma: Register, opent: Opent, nummer: str
):
    """It was taken along as a Word file, say, and the step recorded where all steps are."""
    for wie in ("eva", "gijs"):
        stap = {"op": VANDAAG, "wie": "carla", "doet": "stap_04_toevoegen_betrokkene", "betrokkene": wie}
        if wie not in dossier_van(firma, nummer).betrokkenen:
            verhalen.Verhaal(firma, VANDAAG, {"klacht": nummer}).gebeurt({**stap, "reden": "Zo bleek"})
    inlichten = "stap_06_inlichten_medewerker"
    proef = druk(dossier(opent, nummer, doe=inlichten), "Brief maken")
    vul(proef, medewerker="eva", gesprek_op=VANDAAG, gesprek_tijd="10.00 uur", gesprek_plaats="Kamer 1")
    vul(proef, bericht="Over de afspraak van maandag.")
    druk(proef, "Brief bekijken")
    assert "Over de afspraak van maandag." in _concepten(firma)
    for medewerker, blijft in (("gijs", True), ("eva", False)):
        stap = dossier(opent, nummer, doe=inlichten)
        vul(stap, op=VANDAAG, medewerker=medewerker)
        verstuur(stap, "Vastleggen")
        assert ("Over de afspraak van maandag." in _concepten(firma)) == blijft, zinnen(stap)[:400]
