"""What a browser makes happen that a form never planned for: reload, double click, two tabs, odd links, odd texts."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from klachten.opening import open_register
from tests import browserproef, paginas
from tests.browserproef import BREED, Getuige, Scherm

pytestmark = [pytest.mark.scherm, pytest.mark.traag, browserproef.nodig]

VREEMD = (
    "<script>document.title='stuk'</script> **vet** _schuin_ `code` $x^2$ [link](http://kwaad.example) :material/home: "
    ":smile: a -> b >= c http://kwaad.example www.kwaad.example wie@kwaad.example &lt; \N{GRINNING FACE} "
    '=HYPERLINK("http://kwaad.example")'
)
GEWOON, RAAR, VAN_ANNA = "K2026-0001", "K2026-0002", "K2026-0003"


@pytest.fixture(scope="module")
def map(tmp_path_factory) -> Path:
    """A register with a plain klacht, one full of odd texts, and one in which Anna is involved."""
    map = tmp_path_factory.mktemp("breken") / "register"
    with open_register(map) as register:
        assert paginas.klacht(register, "stap_04_toewijzen_behandelaar") == GEWOON
        vreemd: dict[str, Any] = {"indiener_naam": VREEMD, "omschrijving": VREEMD, "betrokkenen_buiten": VREEMD}
        assert paginas.klacht(register, "stap_06_onderzoeken_klacht", **vreemd) == RAAR
        paginas.doe(
            register, "stap_08_bepalen_maatregel", "anna", RAAR, **{**paginas.MAATREGEL, "omschrijving": VREEMD}
        )
        assert paginas.klacht(register, betrokkenen=("anna",)) == VAN_ANNA
    return map


def feiten(scherm: Scherm, nummer: str) -> int:
    """How many facts the page says that a dossier has."""
    scherm.open("dossier", f"Klacht {nummer}", "anna", nummer=nummer)
    gezegd = scherm.inhoud.get_by_text(re.compile(r"^Geschiedenis \(\d+\)$")).inner_text()
    return int(gezegd.partition("(")[2].rstrip(")"))


def test_een_adres_zonder_pagina_wordt_in_het_nederlands_gezegd(scherm: Scherm):
    for adres, zin in (("werkvoorraad", "K2026-0002"), ("nergens/meer", "Dit adres hoort niet bij een pagina")):
        scherm.page.goto(f"{scherm.adres}/{adres}?als=anna")
        scherm.heet("Werkvoorraad")
        scherm.ziet(re.compile(zin))
        expect(scherm.page.get_by_role("dialog")).to_have_count(0)


def test_vernieuwen_midden_in_de_intake_bewaart_wat_er_stond(scherm: Scherm, map: Path):
    scherm.open("intake", "Nieuwe klacht", "bas")
    scherm.page.get_by_text("Ja, op schrift").click()
    scherm.kies("Hoe kwam het binnen", "E-mail")
    scherm.vul("Naam van de indiener", "P. Pietersen")
    # The cursor is still in the text: it is kept while it is being typed.
    scherm.inhoud.get_by_role("textbox", name="Waar gaat het over").press_sequentially("Nog niet af")
    scherm.ziet(re.compile("Bewaard als concept"))
    expect(scherm.page).to_have_url(re.compile("concept="))
    concept = map / "concepten" / "bas.json"
    einde = time.monotonic() + browserproef.GENOEG / 1000
    while "Nog niet af" not in concept.read_text(encoding="utf-8"):
        assert time.monotonic() < einde, "what was typed was not kept"
        scherm.page.wait_for_timeout(100)
    scherm.page.reload()
    scherm.heet("Nieuwe klacht")
    expect(scherm.inhoud.get_by_role("textbox", name="Naam van de indiener")).to_have_value("P. Pietersen")
    expect(scherm.inhoud.get_by_role("textbox", name="Waar gaat het over")).to_have_value("Nog niet af")
    expect(scherm.inhoud.get_by_role("combobox", name="Hoe kwam het binnen")).to_have_value("E-mail")


def test_dubbel_klikken_legt_een_keer_vast(scherm: Scherm):
    eerst = feiten(scherm, GEWOON)
    scherm.kies("Hoe verstuurd", "Brief")
    scherm.inhoud.get_by_role("button", name="Vastleggen", exact=True).dblclick()
    # Not the sentence that it was recorded: the second click may draw the page once more, without it.
    scherm.ziet(f"Geschiedenis ({eerst + 1})")
    assert feiten(scherm, GEWOON) == eerst + 1


def test_twee_tabbladen_leggen_niet_langs_elkaar_heen_vast(scherm: Scherm, browser: Browser, getuige: Getuige):
    ander = Scherm(browser.new_page(viewport=BREED, locale="nl-NL"), getuige)
    doe = "stap_12_bewaken_voortgang"
    for venster in (scherm, ander):
        venster.open("dossier", f"Klacht {RAAR}", "anna", nummer=RAAR, doe=doe)
        venster.vul("Hoe staat het ervoor", "Nagevraagd.")
    scherm.klik("Vastleggen")
    scherm.ziet(re.compile(r"Vastgelegd bij K2026-0002\. Stap 12"))
    ander.klik("Vastleggen")
    ander.ziet(re.compile("K2026-0002 is bijgewerkt terwijl dit formulier openstond: stap 12, door Anna de Wit"))
    expect(ander.inhoud.get_by_role("textbox", name="Hoe staat het ervoor")).to_have_value("Nagevraagd.")
    ander.page.close()


@pytest.mark.parametrize(("nummer", "wie"), [(VAN_ANNA, "anna"), (RAAR, "eva"), (RAAR, "hanna")])
def test_een_link_naar_een_dossier_dat_u_niet_mag_inzien_toont_er_niets_van(scherm: Scherm, nummer: str, wie: str):
    scherm.open("dossier", re.compile(r"Klacht|Dossier"), wie, nummer=nummer)
    # Above it stands that the register got its organisation: it is of before there were such facts.
    expect(scherm.inhoud.get_by_role("alert").last).to_be_visible()
    for geheim in ("kwam drie keer niet opdagen", "Jansen", "kwaad.example", "Bejegening"):
        assert geheim not in scherm.page.content()


def test_een_link_naar_een_nummer_dat_er_niet_is(scherm: Scherm):
    scherm.open("dossier", "Dossier", "anna", nummer="<b>K1</b>")
    scherm.ziet("Deze klacht staat niet in het register, of is niet voor u.")
    scherm.ziet("<B>K1</B>")


def test_terug_in_de_browser_gaat_naar_de_lijst_met_het_filter(scherm: Scherm):
    scherm.open("klachten", "Klachten", "anna", status="in onderzoek")
    expect(scherm.inhoud.get_by_role("combobox", name="Status")).to_have_value("In onderzoek")
    scherm.inhoud.get_by_role("link", name=re.compile(GEWOON)).click()
    scherm.heet(f"Klacht {GEWOON}")
    scherm.page.go_back()
    scherm.heet("Klachten")
    expect(scherm.inhoud.get_by_role("combobox", name="Status")).to_have_value("In onderzoek")


def click_cell(scherm: Scherm, tabel: Locator, kop: str) -> None:
    """Click on the number right of the name, in the first row, until it leads to a page.

    A table is drawn, so a cell has no place in the page, and a busy browser shows it before it listens.
    """
    einde = time.monotonic() + browserproef.GENOEG / 1000
    while True:
        scherm.klik_in(tabel, 0.68, 52)
        try:
            expect(scherm.page.get_by_role("heading", level=1, name=kop)).to_be_visible(timeout=15_000)
        except AssertionError:
            if time.monotonic() > einde:
                raise
        else:
            return scherm.heet(kop)


def test_van_een_cijfer_of_een_cel_naar_precies_die_klachten_en_met_terug_weer_naar_het_cijfer(scherm: Scherm):
    """Three klachten came in; the figure, and the number in the table behind the chart, lead to those three."""
    drie = "De klachten achter een cijfer: "
    scherm.open("categorieen", "Categorieën", "carla", periode="2026")
    scherm.inhoud.get_by_text("Als tabel", exact=True).first.click()
    tabel = scherm.inhoud.get_by_test_id("stDataFrame").first
    tabel.scroll_into_view_if_needed()
    click_cell(scherm, tabel, "Klachten")
    scherm.ziet(drie)
    scherm.ziet("3 klachten")
    scherm.page.go_back()
    scherm.heet("Categorieën")
    # The number beside the bar of the first chart.
    scherm.inhoud.get_by_test_id("stVegaLiteChart").first.locator(".mark-text.role-mark text").first.click()
    scherm.heet("Klachten")
    scherm.ziet(drie)
    scherm.ziet("3 klachten")
    scherm.page.go_back()
    scherm.heet("Categorieën")
    scherm.verder("jaarbeeld", "Jaarbeeld", "carla", periode="2026")
    scherm.inhoud.get_by_role("link", name="Welke klachten").first.click()
    scherm.heet("Klachten")
    scherm.ziet("3 klachten")
    scherm.page.go_back()
    scherm.heet("Jaarbeeld")
    scherm.page.get_by_role("link", name="Klachten", exact=True).click()
    scherm.heet("Klachten")
    scherm.ziet_niet(drie)
    expect(scherm.inhoud.get_by_text("Meer filters", exact=True)).to_be_visible()


def test_vreemde_teksten_staan_overal_zoals_ze_getypt_zijn(scherm: Scherm):
    def letterlijk() -> None:
        scherm.rust()
        expect(scherm.inhoud).to_contain_text("</script> **vet** _schuin_ `code` $x^2$ [link](http://kwaad.example)")
        expect(scherm.inhoud).to_contain_text(":material/home: :smile: a -> b >= c http://kwaad.example www.kwaad")
        expect(scherm.inhoud).to_contain_text("wie@kwaad.example &lt; \N{GRINNING FACE}")
        expect(scherm.inhoud.locator("a[href*=kwaad], script, .katex")).to_have_count(0)
        expect(scherm.page).to_have_title(re.compile("klachten"))

    scherm.open("klachten", "Klachten", "anna")
    letterlijk()
    scherm.verder("dossier", f"Klacht {RAAR}", "anna", nummer=RAAR)
    letterlijk()
    scherm.page.get_by_text("Klacht en stukken").click()
    expect(scherm.inhoud.get_by_role("heading", name="Betrokken medewerkers")).to_be_visible()
    letterlijk()
    scherm.page.get_by_text(re.compile(r"^Geschiedenis \(")).click()
    scherm.ziet("Alles wat ooit is vastgelegd, het nieuwste eerst.")
    scherm.inhoud.get_by_text(re.compile("Klacht ontvangen|Klacht vastleggen")).last.click()
    letterlijk()


def test_een_vreemde_tekst_in_een_keuzelijst_en_in_een_melding(scherm: Scherm):
    scherm.open("dossier", f"Klacht {RAAR}", "anna", nummer=RAAR, doe="stap_10_informeren_actienemer")
    vak = scherm.inhoud.get_by_role("combobox", name="Maatregel", exact=True)
    expect(vak).to_have_value(re.compile(r"^1\. <script>document\.title='stuk'</script> \*\*vet\*\* _schuin_"))
    scherm.open("dossier", f"Klacht {RAAR}", "anna", nummer=RAAR, doe="stap_03_koppelen_klacht")
    scherm.vul("Hoort bij klacht", ":smile: -> www.kwaad.example")
    scherm.klik("Vastleggen")
    scherm.ziet(re.compile("Er is nog niets vastgelegd|geen klachtnummer"))
    # What breaks up an address cannot be seen.
    gezegd = scherm.inhoud.inner_text().replace("\N{WORD JOINER}", "")
    assert "':SMILE: -> WWW.KWAAD.EXAMPLE'" in gezegd
    expect(scherm.inhoud.locator("a[href*=kwaad i]")).to_have_count(0)


def test_alleen_het_toetsenbord_opent_een_dossier(scherm: Scherm):
    scherm.open("klachten", "Klachten", "anna")
    scherm.inhoud.get_by_role("textbox", name="Ga naar nummer").focus()
    scherm.page.keyboard.type("2")
    scherm.page.keyboard.press("Enter")
    scherm.heet(f"Klacht {RAAR}")


def test_the_arrows_go_from_task_to_task_and_enter_does_it(scherm: Scherm):
    scherm.open("werkvoorraad", "Werkvoorraad", "anna")
    lijst = scherm.inhoud.locator("[class*=st-key-rijenlijst]")
    rijen = lijst.get_by_role("link")
    expect(rijen.first).to_be_visible()
    toetsen = scherm.page.keyboard
    # Of a row the last link is the act; the first row is of the klacht that is oldest.
    rijen.first.focus()
    nummer = scherm.page.evaluate("document.activeElement.innerText")
    einde = time.monotonic() + browserproef.GENOEG / 1000
    # A busy browser shows the list before it listens.
    while (daad := scherm.page.evaluate("document.activeElement.innerText")) == nummer:
        assert time.monotonic() < einde
        toetsen.press("Home")
        scherm.page.wait_for_timeout(100)
    assert "K2026" not in daad
    toetsen.press("End")
    onderste = scherm.page.evaluate("document.activeElement.getBoundingClientRect().top")
    tops = [vak["y"] for vak in (rij.bounding_box() for rij in rijen.all()) if vak]
    assert abs(onderste - max(tops)) < 12
    toetsen.press("Home")
    assert scherm.page.evaluate("document.activeElement.innerText") == daad
    toetsen.press("Enter")
    scherm.heet(re.compile("^Klacht K2026-"))


def test_a_file_is_kept_by_the_browser_from_an_address_of_the_register(scherm: Scherm, tmp_path: Path):
    """With the keyboard; the page stays as it was, and what is not offered any more says so."""
    scherm.open("klachten", "Klachten", "anna")
    scherm.rust()
    page = scherm.page
    knop = page.get_by_role("link", name="Excel-bestand")
    expect(knop).to_be_visible()
    knop.focus()
    with page.expect_download() as komt:
        page.keyboard.press("Enter")
    bestand = komt.value
    assert bestand.suggested_filename == f"klachten-{paginas.VANDAAG}.xlsx"
    bestand.save_as(tmp_path / "lijst.xlsx")
    assert (tmp_path / "lijst.xlsx").read_bytes().startswith(b"PK")
    expect(page.get_by_role("heading", name="Gevonden klachten")).to_be_visible()
    adres = knop.get_attribute("href")
    assert adres
    assert adres.startswith("/bestand/")
    # The mark of the app does not come from where files were.
    assert page.locator("img[src*='/media/']").count() == 0
    antwoord = page.request.get(f"{scherm.adres}{adres}x")
    assert (antwoord.status, antwoord.text().startswith("Dit bestand is er niet, of is niet voor u.")) == (404, True)
