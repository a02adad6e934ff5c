"""One klacht from the intake to the last verbeteractie, in a real browser, by keyboard alone and by five people."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from klachten.opening import open_register
from klachten.register.controle import controleer
from tests import browserproef
from tests.browserproef import Getuige, Scherm
from tests.toetsproef import Toetsen

pytestmark = [pytest.mark.scherm, pytest.mark.traag, browserproef.nodig]

VANDAAG = date(2026, 3, 2)
NUMMER = "K2025-0001"
TEKST = "Mijn begeleider kwam drie keer niet opdagen en belde niet af."


def test_een_klacht_van_de_intake_tot_en_met_stap_18(tmp_path: Path):
    register = tmp_path / "register"
    with browserproef.app(register, VANDAAG) as poort, browserproef.chromium() as browser:
        getuige = Getuige(poort)
        scherm = Toetsen(
            browser.new_page(viewport=browserproef.BREED, locale="nl-NL"), getuige, browserproef.beeldenmap()
        )
        de_intake(scherm)
        van_toewijzen_tot_maatregel(scherm)
        de_actienemer_voert_uit(scherm)
        afsluiten_en_het_geschil(scherm)
        de_evaluatie(scherm)
        wat_de_paginas_daarna_zeggen(scherm)
        getuige.klaagt_niet()
    staat_in_het_register(register)


def de_intake(scherm: Toetsen) -> None:
    """Steps 1-3 by Anna: past the menu, through the form in the order of the questions, to the number."""
    scherm.open("intake", "Nieuwe klacht", "anna")
    assert scherm.page.evaluate("document.documentElement.lang") == "nl"
    scherm.naar_inhoud()
    scherm.tab_naar("radio", "Ja, op schrift")
    scherm.toets("Space")
    expect(scherm.inhoud.get_by_role("textbox", name="Naam van de indiener")).to_be_visible()
    scherm.rust()
    langs = scherm.langs
    langs.clear()
    scherm.datum("Ontvangen op", date(2025, 11, 3))
    scherm.kies("Hoe kwam het binnen", "Brief")
    scherm.vul("Naam van de indiener", "J. Jansen")
    scherm.kies("Soort indiener", "Klant")
    scherm.vul("Waar gaat het over", TEKST)
    scherm.kies("Categorie", "Afspraken")
    scherm.kies("Vestiging", "Weert")
    scherm.kies("Betrokken medewerkers", "Eva Bakker")
    scherm.datum("Coördinator geïnformeerd op (mag leeg blijven)", date(2025, 11, 3))
    scherm.tab_naar("summary", "Meer gegevens (mag leeg blijven)")
    # One way, from the first question to the last: nothing was passed by and gone back for.
    assert len(langs) < 30, langs
    scherm.foto("intake")
    scherm.foto("intake", smal=True)
    scherm.toets("Enter")
    scherm.datum("Verwerkt in het register op (mag leeg blijven)", date(2025, 11, 3))
    scherm.klik("Klacht vastleggen")
    scherm.heet(f"Klacht {NUMMER} is vastgelegd")
    scherm.staat_op("status", f"Vastgelegd bij {NUMMER}")
    scherm.foto("vastgelegd")
    scherm.klik("Dossier openen")
    scherm.heet(f"Klacht {NUMMER}")
    scherm.staat_op("h1", f"Klacht {NUMMER}")


def van_toewijzen_tot_maatregel(scherm: Toetsen) -> None:
    """Steps 4-10 by Anna."""
    scherm.stap(
        "Stap 4: Behandelaar toewijzen", **{"Toegewezen op": date(2025, 11, 4), "Behandelaar": ("Anna de Wit",)}
    )
    scherm.stap("Stap 5: Ontvangst bevestigen", **{"Verstuurd op": date(2025, 11, 5), "Hoe verstuurd": ("Brief",)})
    scherm.foto("dossier-na-stap-5")
    het_onderzoek_en_er_verspringt_niets(scherm)
    scherm.stap(
        "Stap 8: Maatregel bepalen",
        **{
            "Bepaald op": date(2025, 11, 12),
            "Actie of maatregel": "Agenda delen met de klant",
            "Actienemer": ("Gijs Peters",),
            "Uiterlijk uitgevoerd op": date(2025, 12, 1),
            "In overleg met (directie)": ("Carla Verhoeven",),
        },
    )
    scherm.stap(
        "Stap 9: Indiener informeren over resultaten en maatregelen",
        **{"Verstuurd op": date(2025, 11, 13), "Hoe verstuurd": ("Brief",)},
    )
    scherm.stap("Stap 10: Actienemer informeren", **{"Geïnformeerd op": date(2025, 11, 13)})
    scherm.stap(
        "Stap 12: Voortgang bewaken",
        **{"Nagegaan op": date(2025, 11, 20), "Hoe staat het ervoor": "Gijs is ermee bezig."},
    )


def het_onderzoek_en_er_verspringt_niets(scherm: Toetsen) -> None:
    """Step 6, recorded far down the page: nothing scrolls; what was recorded is there, with its link and the focus."""
    wat, page = "Stap 6: Klacht onderzoeken", scherm.page
    expect(scherm.inhoud.get_by_role("combobox", name="Wat wilt u vastleggen?")).to_have_value(wat)
    scherm.datum("Onderzoek afgerond op", date(2025, 11, 10))
    scherm.vul("Bevindingen: feiten, omstandigheden en achtergronden", "De afspraken stonden niet in de agenda.")
    page.set_viewport_size({**browserproef.BREED, "height": 460})
    scherm.tab_naar("button", "Vastleggen")
    voor = scherm.inhoud.evaluate("deel => deel.scrollTop")
    scherm.toets("Enter")
    scherm.ziet(f"Vastgelegd bij {NUMMER}. {wat}")
    scherm.staat_op("status", f"Vastgelegd bij {NUMMER}")
    expect(scherm.inhoud.locator('[class*="st-key-vastgelegd"]')).to_be_in_viewport(ratio=1)
    # By Tab the button came to the middle of the window, at the end of the page: that may end higher now.
    assert 100 < scherm.inhoud.evaluate("deel => deel.scrollTop") <= voor
    scherm.toets("Tab")
    assert scherm.plek()["naam"] == "Ongedaan maken"
    page.set_viewport_size(browserproef.BREED)


def de_actienemer_voert_uit(scherm: Toetsen) -> None:
    """Step 11 by Gijs, from his own werkvoorraad: another person in the same window."""
    scherm.wissel("Gijs Peters")
    scherm.tab_naar("link", "Werkvoorraad", terug=True)
    scherm.toets("Enter")
    scherm.heet("Werkvoorraad")
    scherm.ziet(NUMMER)
    scherm.foto("werkvoorraad-van-gijs")
    scherm.foto("werkvoorraad-van-gijs", smal=True)
    scherm.klik("Uitgevoerd melden")
    scherm.leg_vast(
        "Stap 11: Maatregel uitgevoerd melden",
        **{
            "Uitgevoerd op": date(2025, 11, 24),
            "Behandelaar geïnformeerd op (mag leeg blijven)": date(2025, 11, 24),
            "Wat is er gedaan (mag leeg blijven)": "De klant ziet nu zelf wanneer wij komen.",
        },
    )
    scherm.ziet("Er is nu niets voor u te doen")


def afsluiten_en_het_geschil(scherm: Toetsen) -> None:
    """Steps 13-15: Anna closes, the indiener disagrees, Carla submits the dispute outside."""
    scherm.wissel("Anna de Wit")
    scherm.tab_naar("link", "Klachten", terug=True)
    scherm.toets("Enter")
    scherm.heet("Klachten")
    scherm.tab_naar("link", NUMMER)
    scherm.toets("Enter")
    scherm.heet(f"Klacht {NUMMER}")
    scherm.stap("Stap 13: Klacht afsluiten", **{"Afgesloten op": date(2025, 11, 26)})
    scherm.stap(
        "Stap 14: Indiener informeren over de afsluiting",
        **{"Verstuurd op": date(2025, 11, 27), "Hoe verstuurd": ("Brief",)},
    )
    # From the intake to here without a mouse.
    assert scherm.muis == 0
    scherm.stap(
        "Stap 15: Meningsverschil vastleggen",
        **{"Gemeld op": date(2025, 12, 1), "Waarmee is de indiener het niet eens": "Er is niets veranderd."},
    )
    scherm.stap(
        "Stap 15: Overleg voeren",
        **{"Overlegd op": date(2025, 12, 4), "Wat is besproken": "We zijn het niet eens geworden."},
    )
    scherm.wissel("Carla Verhoeven")
    scherm.stap(
        "Stap 15: Geschil voorleggen",
        **{
            "Voorgelegd op": date(2025, 12, 8),
            "Onafhankelijk persoon buiten de organisatie": "mr. P. de Rechter, mediator",
        },
    )
    scherm.stap(
        "Stap 15: Oordeel ontvangen",
        **{
            "Ontvangen op": date(2026, 1, 15),
            "Oordeel": ("Ongegrond",),
            "Samenvatting van het oordeel": "De maatregel was passend.",
        },
    )
    scherm.foto("dossier-na-het-oordeel")
    scherm.foto("dossier-na-het-oordeel", smal=True)


def de_evaluatie(scherm: Toetsen) -> None:
    """Steps 16-18: Carla evaluates 2025, Gijs carries out what came of it, Carla sees what changed."""
    scherm.tab_naar("link", "Verbeteracties", terug=True)
    scherm.toets("Enter")
    scherm.heet("Verbeteracties")
    scherm.klik("Evaluatie vastleggen")
    scherm.leg_vast(
        "Stap 16: Klachten evalueren",
        **{
            "Geëvalueerd op": date(2026, 1, 20),
            "Door (directie)": ("Carla Verhoeven",),
            "Conclusies": "Afspraken gaan te vaak mis.",
        },
    )
    scherm.open("verbeteracties", "Verbeteracties", "carla", evaluatie="E2026-0001")
    scherm.klik("Verbeteractie bepalen")
    scherm.leg_vast(
        "Stap 16: Verbeteractie bepalen",
        **{
            "Bepaald op": date(2026, 1, 20),
            "Verbeteractie": "Een bericht op de dag voor de afspraak",
            "Actienemer": ("Gijs Peters",),
            "Uiterlijk uitgevoerd op": date(2026, 3, 31),
        },
    )
    scherm.klik("Actienemer van verbeteractie informeren")
    scherm.leg_vast("Stap 17: Actienemer van verbeteractie informeren", **{"Geïnformeerd op": date(2026, 1, 21)})
    scherm.foto("evaluatie")
    scherm.open("verbeteracties", "Verbeteracties", "gijs", evaluatie="E2026-0001")
    scherm.klik("Verbeteractie uitgevoerd melden")
    scherm.leg_vast("Stap 18: Verbeteractie uitgevoerd melden", **{"Uitgevoerd op": date(2026, 2, 16)})
    scherm.open("verbeteracties", "Verbeteracties", "carla", evaluatie="E2026-0001")
    scherm.klik("Verandering waarnemen")
    scherm.leg_vast(
        "Stap 18: Verandering waarnemen",
        **{
            "Waargenomen op": VANDAAG,
            "Waargenomen verandering": ("Minder klachten hierover",),
            "Waaruit blijkt dat": "Sinds februari kwam er geen klacht over afspraken.",
        },
    )
    scherm.foto("verbeteractie-klaar", smal=True)


def wat_de_paginas_daarna_zeggen(scherm: Scherm) -> None:
    """Nothing is left to do for anybody, and the terms were met."""
    for wie in ("gijs", "anna"):
        scherm.open("werkvoorraad", "Werkvoorraad", wie)
        scherm.page.get_by_role("radio", name=re.compile("Voor iedereen")).first.click()
        scherm.rust()
        scherm.ziet_niet(NUMMER)
    scherm.verder("escalatie", "Escalatie", "anna")
    scherm.ziet_niet(NUMMER)
    scherm.open("termijnen", "Termijnen", "carla")
    scherm.ziet(re.compile("2025"))
    scherm.ziet(re.compile("1 van de 1|100"))
    scherm.foto("termijnen")
    scherm.open("dossier", f"Klacht {NUMMER}", "anna", nummer=NUMMER)
    scherm.page.get_by_text(re.compile(r"^Geschiedenis \(")).click()
    scherm.ziet("Oordeel")
    scherm.foto("geschiedenis")


def staat_in_het_register(map: Path) -> None:
    """The register says the same when the app is gone, and nothing in it is wrong."""
    with open_register(map) as register:
        assert register.meldingen == []
        assert [bevinding for bevinding in controleer(register) if bevinding.ernst == "fout"] == []
        stappen = {v.feit.stap for v in register.vastleggingen(NUMMER)}
        assert stappen == {1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15}
        assert {v.feit.stap for v in register.vastleggingen("E2026-0001")} == {16, 17, 18}
        assert {v.door for v in register.vastleggingen(NUMMER)} == {"anna", "gijs", "carla"}
        with register.cursor() as cursor:
            termijnen = dict(
                cursor.execute(
                    "SELECT termijn, status FROM termijnen(?) WHERE klachtnummer = ?", [VANDAAG, NUMMER]
                ).fetchall()
            )
    assert termijnen["bevestiging"] == termijnen["maatregelen"] == "op tijd"
