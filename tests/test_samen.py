"""Several klachten at once: only what is safe, each by itself, told per klacht, never twice, and no mail unseen."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import docx
import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie, scherm
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.handelingen.samen import VEILIG, Een, doe
from klachten.scherm import aanbod, velden
from klachten.scherm.lijsten import samen, taken
from tests.lijsten import MAATREGEL, ONTVANGEN, VANDAAG, Lijst
from tests.paginas import vul, zinnen

PAGINA, ALS = "werkvoorraad", "anna"
BEWAKEN, TOEWIJZEN, BRIEF = "stap_12_bewaken_voortgang", "stap_04_toewijzen_behandelaar", "ontvangstbevestiging"
VERTELLEN = "stap_10_informeren_actienemer"
pytestmark = pytest.mark.usefixtures("in_dit_register")
# What no act for several may be: it sends or tells in writing, ends something, or its reason is of one klacht.
NOOIT = (
    "stap_05_bevestigen_ontvangst", "stap_07_niet_in_behandeling_nemen", "stap_08_bepalen_maatregel",
    "stap_08_afzien_van_maatregelen", "stap_09_informeren_indiener", "stap_13_afsluiten_klacht",
    "voortzetten_behandeling",
    "stap_14_informeren_indiener_afsluiting", "stap_15_voorleggen_geschil", "intrekken_klacht", "toelichten_vertraging",
    "sturen_tussenbericht", "vrijgeven_bericht", "uitvoeren_wissen", "corrigeren_feit", "stap_11_uitvoeren_maatregel",
)  # fmt: skip


def een(lijst: Lijst, nummer: str, **eigen: object) -> Een:
    return Een(nummer, lijst.register.vastleggingen(nummer)[-1].nr, eigen)


def test_what_is_safe_says_why_and_asks_no_way_of_sending():
    assert not set(NOOIT) & set(VEILIG)
    for naam, waarom in VEILIG.items():
        assert waarom.endswith(".")
        velden = {veld.naam for veld in HANDELINGEN[naam].gevraagd}
        assert not velden & {"wijze", "bestand"}, naam
    assert samen.SAMEN == (BRIEF,)


@pytest.mark.parametrize("naam", NOOIT[:3])
def test_what_is_not_safe_is_no_act_for_several(lijst: Lijst, naam: str):
    anna = organisatie.gebruiker("anna")
    assert anna
    with pytest.raises(ValueError, match="one klacht at a time"):
        doe(lijst.register, anna, naam, [], {}, vandaag=VANDAAG)


def test_each_is_recorded_by_itself_and_one_refusal_keeps_no_other_back(lijst: Lijst):
    anna = organisatie.gebruiker("anna")
    assert anna
    goed, dicht, oud = lijst.intake(), lijst.intake(betrokkenen=("bas",)), lijst.intake()
    keuze = [een(lijst, nummer) for nummer in (goed, dicht, oud)]
    lijst.doe("stap_03_aanvullen_gegevens", "anna", oud, gebeurtenis_van=ONTVANGEN)
    weg = Een("K2026-9999", 1)
    invoer = {"op": VANDAAG, "behandelaar": "bas"}
    eerst = doe(lijst.register, anna, TOEWIJZEN, [*keuze, weg], invoer, vandaag=VANDAAG)
    assert [u.gelukt for u in eerst] == [False] * 4
    assert eerst[0].afwijking
    assert "Bas Janssen is betrokken bij deze klacht" in eerst[1].waarom
    assert "intussen bijgewerkt" in eerst[2].waarom
    assert "K2026-9999" in eerst[3].waarom
    # The reason counts for the deviations that were seen of that klacht, and for no other.
    doe(lijst.register, anna, TOEWIJZEN, keuze[:1], invoer, vandaag=VANDAAG, reden="Druk", gezien={goed: ("iets",)})
    assert len(lijst.register.vastleggingen(goed)) == 3
    gezien = {goed: eerst[0].afwijking}
    (na,) = doe(lijst.register, anna, TOEWIJZEN, keuze[:1], invoer, vandaag=VANDAAG, reden="Druk", gezien=gezien)
    assert na.gelukt
    feit = lijst.register.vastleggingen(goed)[-1].feit
    assert isinstance(feit, g.BehandelaarToegewezen)
    assert (feit.behandelaar, feit.reden) == ("bas", "Druk")
    assert feit.afwijkingen
    (nog,) = doe(lijst.register, anna, TOEWIJZEN, keuze[:1], invoer, vandaag=VANDAAG, reden="Druk", gezien=gezien)
    assert not nog.gelukt
    assert len(lijst.register.vastleggingen(goed)) == 4


def test_what_is_asked_for_all_is_checked_before_anything_is_recorded(lijst: Lijst):
    anna = organisatie.gebruiker("anna")
    assert anna
    nummer = lijst.tot(10, op=-30)
    for fout in ({"op": VANDAAG, "bevinding": " "}, {"op": VANDAAG + timedelta(1), "bevinding": "Goed"}):
        with pytest.raises(OngeldigeInvoer):
            doe(lijst.register, anna, BEWAKEN, [een(lijst, nummer)], fout, vandaag=VANDAAG)
    assert not [v for v in lijst.register.vastleggingen(nummer) if isinstance(v.feit, g.VoortgangBewaakt)]


# On the page


def kies(proef: AppTest, daad: str) -> AppTest:
    proef.selectbox(key=samen.KEUZE).set_value(daad).run()
    assert not proef.exception
    return proef


def vink(proef: AppTest, *nummers: str) -> None:
    for hokje in proef.checkbox:
        if any(nummer in str(hokje.key) for nummer in nummers):
            hokje.check()


def druk(proef: AppTest) -> AppTest:
    (knop,) = [knop for knop in proef.button if knop.label in ("Brieven maken", "Vastleggen bij de gekozen klachten")]
    knop.click().run()
    assert not proef.exception
    return proef


def test_the_choice_is_there_only_for_who_can_do_it_for_more_than_one(lijst: Lijst, los):
    lijst.tot(10, op=-30)
    assert samen.KEUZE not in [str(keuze.key) for keuze in los().selectbox]
    lijst.tot(10, op=-30)
    proef = los()
    assert proef.selectbox(key=samen.KEUZE).options == ["Meer klachten tegelijk …", "Voortgang bewaken (2)"]
    for wie in ("dirk", "carla", "bas"):
        ander = los(wie)
        if ander.segmented_control:
            ander.segmented_control(key="werkvoorraad.wie").set_value("iedereen").run()
        assert samen.KEUZE not in [str(keuze.key) for keuze in ander.selectbox], wie


def test_several_are_looked_at_in_one_go_and_leave_the_list_at_once(lijst: Lijst, los):
    drie = [lijst.tot(10, op=-30) for _ in range(3)]
    proef = kies(los(), BEWAKEN)
    assert len(proef.checkbox) == 3
    druk(proef)
    assert "Kies eerst bij welke klachten u dit doet." in zinnen(proef)
    vink(proef, *drie[:2])
    druk(proef)
    assert "Hoe staat het ervoor" in zinnen(proef), "one answer for all is asked of nobody twice, but it is asked"
    vul(proef, bevinding="Loopt, deze week klaar.")
    druk(proef)
    assert f"Vastgelegd bij 2 taken: {drie[0]} en {drie[1]}." in zinnen(proef)
    for nummer in drie:
        gezien = [
            v.feit.bevinding for v in lijst.register.vastleggingen(nummer) if isinstance(v.feit, g.VoortgangBewaakt)
        ]
        assert gezien == (["Loopt, deze week klaar."] if nummer in drie[:2] else [])
    # One is left: that is no several any more, and the list is there again without the two.
    assert not proef.checkbox
    staat = {t.klachtnummer for t in taken.alle_taken() if t.stap == 12}
    assert staat == {drie[2]}
    proef.button(key="samen.sluiten").click().run()
    assert "wat er is gebeurd" not in str([kop.value for kop in proef.subheader])


def test_a_second_click_records_nothing(lijst: Lijst, monkeypatch: pytest.MonkeyPatch):
    nummer = lijst.tot(10, op=-30)
    gezien, key = {f"{nummer}.0": een(lijst, nummer)}, f"samen.{BEWAKEN}#0"
    staat = {f"{key}.{nummer}.0": True, f"{key}.op": VANDAAG, f"{key}.bevinding": "Loopt.", "gebruiker": "anna"}
    anna = organisatie.gebruiker("anna", VANDAAG)
    for module in (samen, velden):
        monkeypatch.setattr(module, "st", SimpleNamespace(session_state=staat))
    monkeypatch.setattr(scherm, "gebruiker", lambda: anna)
    for _ in range(2):
        samen._do(BEWAKEN, 0, key, gezien)
    # What the other tab still shows is of before this fact.
    staat |= {samen.BEURT: 0}
    samen._do(BEWAKEN, 0, key, gezien)
    assert "intussen bijgewerkt" in staat[samen.UITKOMST].uitslagen[0].waarom
    assert sum(isinstance(v.feit, g.VoortgangBewaakt) for v in lijst.register.vastleggingen(nummer)) == 1


def test_what_deviates_is_asked_a_reason_once_it_is_seen(lijst: Lijst, los):
    goed, dicht = lijst.intake(), lijst.intake(betrokkenen=("bas",))
    proef = kies(los(), TOEWIJZEN)
    for knop in proef.button:
        if knop.label == "Alles kiezen":
            knop.click().run()
            break
    assert all(hokje.value for hokje in proef.checkbox)
    vul(proef, behandelaar="bas")
    druk(proef)
    assert "Waarom nu iemand anders?" in zinnen(proef)
    assert "Bas Janssen is betrokken bij deze klacht" in zinnen(proef)
    assert "Vul een reden in." not in zinnen(proef)
    for reden in (None, " "):
        if reden:
            next(vak for vak in proef.text_area if str(vak.key).startswith("samen.reden")).set_value(reden)
        next(knop for knop in proef.button if knop.label.startswith("Toch vastleggen bij 1 klacht")).click().run()
        assert "Vul een reden in." in zinnen(proef)
    (tekstvak,) = [vak for vak in proef.text_area if str(vak.key).startswith("samen.reden")]
    tekstvak.set_value("Anna is druk.")
    (knop,) = [knop for knop in proef.button if knop.label.startswith("Toch vastleggen bij 1 klacht")]
    knop.click().run()
    assert f"Vastgelegd bij 1 taak: {goed}." in zinnen(proef)
    assert "Vul een reden in." not in zinnen(proef)
    assert lijst.register.vastleggingen(goed)[-1].feit.reden == "Anna is druk."
    assert not [v for v in lijst.register.vastleggingen(dicht) if isinstance(v.feit, g.BehandelaarToegewezen)]


def test_of_one_klacht_more_maatregelen_are_told_together_also_where_one_asks_a_reason(lijst: Lijst, los):
    nummer = lijst.tot(6)
    for dag in (8, 8, 12, 12):
        lijst.doe("stap_08_bepalen_maatregel", "anna", nummer, op=dag, **MAATREGEL)
    lijst.doe("stap_09_informeren_indiener", "anna", nummer, op=9, wijze="brief")
    proef = kies(los(), VERTELLEN)
    vink(proef, nummer)
    vul(proef, op=ONTVANGEN + timedelta(10))
    druk(proef)
    assert f"Vastgelegd bij 2 taken: {nummer}." in zinnen(proef)
    assert "Maatregel 3 is pas bepaald" in zinnen(proef)
    assert "intussen bijgewerkt" not in zinnen(proef)
    (tekstvak,) = [vak for vak in proef.text_area if str(vak.key).startswith("samen.reden")]
    tekstvak.set_value("Vooraf gebeld.")
    (knop,) = [knop for knop in proef.button if knop.label.startswith("Toch vastleggen bij 2")]
    knop.click().run()
    assert f"Vastgelegd bij 4 taken: {nummer}." in zinnen(proef)
    feiten = [v.feit for v in lijst.register.vastleggingen(nummer)]
    verteld = [(f.maatregel, f.reden) for f in feiten if isinstance(f, g.ActienemerGeinformeerd)]
    assert verteld == [(1, ""), (2, ""), (3, "Vooraf gebeld."), (4, "Vooraf gebeld.")]


def test_what_another_recorded_meanwhile_in_that_klacht_is_still_seen_first(lijst: Lijst):
    anna = organisatie.gebruiker("anna")
    assert anna
    nummer = lijst.tot(9)
    lijst.doe("stap_08_bepalen_maatregel", "anna", nummer, op=9, **MAATREGEL)
    gezien = [een(lijst, nummer, maatregel=nr) for nr in (1, 2)]
    lijst.doe("stap_12_bewaken_voortgang", "anna", nummer, op=10, bevinding="Loopt.")
    uit = doe(lijst.register, anna, VERTELLEN, gezien, {"op": VANDAAG}, vandaag=VANDAAG)
    assert [("intussen bijgewerkt" in u.waarom, u.gelukt) for u in uit] == [(True, False)] * 2


def test_acknowledgements_are_made_together_and_nothing_is_sent_or_recorded(lijst: Lijst, los):
    twee = [lijst.tot(4, indiener_naam=naam) for naam in ("J. Eerste", "K. Tweede")]
    voor = lijst.register.stand().aantal
    proef = kies(los(), BRIEF)
    vink(proef, *twee)
    druk(proef)
    assert "Er is nog niets verstuurd en niets vastgelegd." in zinnen(proef)
    een_ = proef.session_state["aanbod.samen.zip"]
    assert een_.maker.uitvoer == "brief"
    with zipfile.ZipFile(io.BytesIO(een_.maker())) as bestand:
        namen = bestand.namelist()
        teksten = [
            "\n".join(alinea.text for alinea in docx.Document(io.BytesIO(bestand.read(naam))).paragraphs)
            for naam in namen
        ]
    assert [naam[:10] for naam in namen] == twee
    assert [(twee[i] in teksten[i], twee[1 - i] in teksten[i]) for i in (0, 1)] == [(True, False)] * 2
    assert lijst.register.stand().aantal == voor
    assert [hokje.key for hokje in proef.checkbox], "the tasks stay: nothing was done yet"
    # Whoever turned out to be involved since gets no letter of that klacht any more.
    lijst.doe("stap_04_toevoegen_betrokkene", "carla", twee[0], op=5, betrokkene="anna")
    with zipfile.ZipFile(io.BytesIO(een_.maker())) as bestand:
        assert [naam[:10] for naam in bestand.namelist()] == twee[1:]
    assert aanbod.find(een_.code) is een_
    assert scherm.register() is lijst.register
