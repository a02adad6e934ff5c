"""Each maatregel and each fact has its own buttons in the dossier: to go on with, to put right, to take back."""

from __future__ import annotations

from datetime import date

import pytest

from klachten import gebeurtenissen as g
from klachten.handelingen import HANDELINGEN, dossier_van
from klachten.scherm.dossier import feit as feitbeeld
from klachten.scherm.dossier import vouwen
from tests.dossierproef import dossier, register, vouwen_van
from tests.paginas import doe, klacht, verstuur, vul, widget, zinnen

# One register for all tests here, each with klachten of its own.
__all__ = ["register"]

pytestmark = pytest.mark.usefixtures("los_in_dit_register")


@pytest.mark.parametrize(
    ("tot", "handeling", "wie", "antwoorden"),
    [
        ("stap_09_informeren_indiener", "stap_10_informeren_actienemer", "anna", {}),
        ("stap_10_informeren_actienemer", "stap_11_uitvoeren_maatregel", "gijs", {"toelichting": "Klaar"}),
        ("stap_08_bepalen_maatregel", "stap_08_wijzigen_maatregel", "anna", {"actienemer": "bas", "reden": "Ziek"}),
        (
            "stap_08_bepalen_maatregel",
            "stap_08_laten_vervallen_maatregel",
            "anna",
            {"overlegd_met": "carla", "reden": "Dubbel"},
        ),
    ],
)
def test_each_maatregel_has_its_own_buttons(register, tot, handeling, wie, antwoorden):
    nummer = klacht(register, tot)
    proef = dossier(nummer, als=wie)
    proef.button(key=f"open.maatregelen.{nummer}.1.{handeling}").click().run()
    eigen = [knop for knop in proef.button if (knop.key or "").startswith("maatregelen/")]
    assert len(eigen) == 1
    vorm = eigen[0].key.removesuffix(".knop")
    for naam, waarde in antwoorden.items():
        soort = "text_area" if naam in ("reden", "toelichting") else "selectbox"
        # The form at the top may hold fields of the same name.
        next(w for w in proef.get(soort) if w.key == f"{vorm}.{naam}").set_value(waarde)
    eigen[0].click().run()
    assert not proef.exception
    assert HANDELINGEN[handeling].titel in zinnen(proef)
    assert not [knop for knop in proef.button if (knop.key or "").startswith("maatregelen/")], "the form is closed"


def test_a_fact_is_corrected_and_both_versions_stay_visible(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    feit = next(v.nr for v in register.vastleggingen(nummer) if v.feit.stap == 5)
    proef = dossier(nummer, deel="geschiedenis")
    proef.button(key=f"open.historie.{nummer}.{feit}.corrigeren_feit").click().run()
    assert widget(proef, "wijze").value == "brief"
    vul(proef, gebeurd_op=date(2026, 2, 19), wijze="e-mail", reden="Verkeerd gelezen")
    verstuur(proef)
    assert not proef.exception
    geldig = dossier_van(register, nummer)
    assert (geldig.stap_op(5), geldig.van(g.OntvangstBevestigd)[0].wijze) == (date(2026, 2, 19), "e-mail")
    labels = "\n".join(vak.label for vak in proef.expander)
    assert "gecorrigeerd door feit" in labels
    assert f"correctie van feit {feit}" in labels
    assert "Verkeerd gelezen" in zinnen(proef)


def test_a_correction_without_reason_or_change_says_so(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    feit = next(v.nr for v in register.vastleggingen(nummer) if v.feit.stap == 5)
    proef = dossier(nummer, deel="geschiedenis")
    proef.button(key=f"open.historie.{nummer}.{feit}.corrigeren_feit").click().run()
    verstuur(proef)
    assert "Reden: vul in waarom dit nodig is" in zinnen(proef)
    vul(proef, reden="Zomaar")
    verstuur(proef)
    assert "staat al zo vast" in zinnen(proef)


def test_a_correction_that_deviates_shows_it_and_keeps_both_reasons(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst", op=date(2026, 2, 10))
    feit = next(v.nr for v in register.vastleggingen(nummer) if v.feit.stap == 5)
    proef = dossier(nummer, deel="geschiedenis")
    proef.button(key=f"open.historie.{nummer}.{feit}.corrigeren_feit").click().run()
    vul(proef, gebeurd_op=date(2026, 2, 25), reden="Verkeerd gelezen")
    verstuur(proef)
    assert "1 dag te laat" in proef.warning[0].value
    assert widget(proef, "reden").value == "Verkeerd gelezen"
    assert dossier_van(register, nummer).stap_op(5) == date(2026, 2, 18)
    verstuur(proef, "Toch vastleggen")
    assert "Reden: vul in waarom dit zo is gegaan" in zinnen(proef)
    vul(proef, reden_afwijking="De post staakte")
    verstuur(proef, "Toch vastleggen")
    nieuw = dossier_van(register, nummer).van(g.OntvangstBevestigd)[0]
    assert (nieuw.reden, nieuw.reden_afwijking) == ("Verkeerd gelezen", "De post staakte")
    assert nieuw.afwijkingen == ("te_laat:bevestiging",)
    # It is seen without opening each fact: on the line of the step, of the fact, and of the fold.
    regels = [vak.label for vak in dossier(nummer, deel=vouwen.ALLES).expander]
    assert [regel for regel in regels if "afwijking]" in regel and "**5.**" in regel]
    assert [regel for regel in regels if "afwijking]" in regel and "Ontvangst bevestigd" in regel]
    assert vouwen_van(proef)["Verloop"] == "5 stappen gedaan, nu stap 6, 1 afwijking"
    assert sum("afwijking]" in regel for regel in regels) == 2
    zien = zinnen(proef)
    assert "**Reden**" in zien
    assert "**Reden van de afwijking**" in zien
    assert "De post staakte" in zien


BETROKKEN = ("carla", "frank")


def test_the_coordinator_names_somebody_outside_from_the_dossier(register):
    nummer = klacht(register, betrokkenen=BETROKKEN)
    proef = dossier(nummer)
    assert "Alle directieleden zijn betrokken. Wijs iemand van buiten aan" in zinnen(proef)
    proef.button(key="aandacht.0.stap_04_aanwijzen_buitenstaander").click().run()
    vul(proef, persoon="Carla Verhoeven", reden="Beiden waren erbij")
    verstuur(proef)
    assert "Carla Verhoeven werkt bij de organisatie" in zinnen(proef)
    vul(proef, persoon="Mr. J. Buiten, mediator")
    verstuur(proef)
    assert dossier_van(register, nummer).buitenstaander.persoon == "Mr. J. Buiten, mediator"
    assert "Wijs iemand van buiten aan" not in zinnen(proef)


def test_a_colleague_names_somebody_outside_without_reading_the_dossier(register):
    nummer = klacht(register, "", betrokkenen=("anna", *BETROKKEN), ontvanger="dirk", omschrijving="Het geheim")
    proef = dossier(nummer, als="iris")
    assert "Wel kunt u iets doen" in zinnen(proef)
    assert "Het geheim" not in zinnen(proef)
    assert "Anna de Wit" not in widget(proef, "vastlegger").options
    vul(proef, persoon="Mr. J. Buiten", vastlegger="gijs", reden="Allen betrokken")
    verstuur(proef)
    assert dossier_van(register, nummer).buitenstaander.vastlegger == "gijs"
    assert "Wel kunt u iets doen" not in zinnen(dossier(nummer, als="iris"))
    assert "Wel kunt u iets doen" not in zinnen(dossier(nummer, als="carla"))
    daarna = dossier(nummer, als="gijs", doen="stap_04_toewijzen_behandelaar")
    vul(daarna, behandelaar="bas")
    verstuur(daarna)
    toegewezen = dossier_van(register, nummer).van(g.BehandelaarToegewezen)[0]
    assert (toegewezen.behandelaar, toegewezen.toegewezen_door, toegewezen.namens) == ("bas", "buiten", "Mr. J. Buiten")
    # The name put right: what was done on behalf of them reads it too, and the old one stands where it was typed.
    nr = next(v.nr for v in register.vastleggingen(nummer) if isinstance(v.feit, g.BuitenstaanderAangewezen))
    waarden = {"persoon": "Mr. J. Binnen"}
    doe(register, "corrigeren_feit", "bas", nummer, nr=nr, waarden=waarden, reden="Tikfout")
    gelezen = zinnen(dossier(nummer, als="bas", deel="geschiedenis"))
    assert (gelezen.count("Mr. J. Binnen"), gelezen.count("Mr. J. Buiten")) == (2, 1)


def test_a_fact_is_taken_back(register):
    nummer = klacht(register, "stap_05_bevestigen_ontvangst")
    feit = next(v.nr for v in register.vastleggingen(nummer) if v.feit.stap == 5)
    proef = dossier(nummer, deel="geschiedenis")
    proef.button(key=f"open.historie.{nummer}.{feit}.herroepen_feit").click().run()
    vul(proef, reden="Brief bleef liggen")
    verstuur(proef)
    assert dossier_van(register, nummer).stap_op(5) is None
    assert f"herroept feit {feit}" in "\n".join(vak.label for vak in proef.expander)


def test_the_receipt_itself_cannot_be_taken_back_but_can_be_corrected(register):
    nummer = klacht(register)
    sleutels = [knop.key for knop in dossier(nummer, deel="geschiedenis").button]
    eerste = register.vastleggingen(nummer)[0].nr
    assert f"open.historie.{nummer}.{eerste}.corrigeren_feit" in sleutels
    assert f"open.historie.{nummer}.{eerste}.herroepen_feit" not in sleutels


def test_an_actienemer_reads_but_does_not_correct(register):
    nummer = klacht(register, "stap_10_informeren_actienemer")
    assert not [
        knop for knop in dossier(nummer, als="gijs", deel="geschiedenis").button if "historie" in (knop.key or "")
    ]


@pytest.mark.parametrize("soort", g.SOORTEN.values(), ids=lambda soort: soort.__name__)
def test_every_kind_of_fact_has_a_title_in_dutch(soort):
    feit = soort.__new__(soort)
    object.__setattr__(feit, "maatregel", 0)
    titel = feitbeeld.titel(feit)
    assert titel[0].isupper()
    assert "oordinator" not in titel.replace("oördinator", "")
