"""The letters themselves: every one can be made, says what the reglement asks, and a value is never more than text."""

from __future__ import annotations

import io
import shutil
import time
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from PIL import Image

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.brieven import BRIEVEN, bouw, gegevens, keuring, maken, omzetten, ontvangers
from klachten.brieven.sjabloon import of_program
from klachten.brieven.velden import VAN_EEN_BRIEF, invented
from klachten.brieven.vullen import fill
from klachten.handelingen import HANDELINGEN, Geweigerd
from klachten.handelingen.briefvragen import EIGEN, vragen
from klachten.opdrachten.waar import plaatsen
from klachten.opening import open_register
from klachten.register import Register
from klachten.reglement import load
from tests.briefproef import DAG, MEDE, TOEGEWEZEN, ZOE, gelezen, maak, speel


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[Register]:
    """One register for all tests here, each with klachten of its own: opening it takes longer than most tests."""
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("brieven") / "register")) as register:
        yield register


# What a letter must say, in words that no other part of it has.
ZEGT: dict[str, tuple[str, ...]] = {
    "andere_behandelaar": ("Tot nu toe was M. Smit uw behandelaar", "R. Visser is niet bij uw klacht betrokken"),
    "ontvangstbevestiging": ("K2026-0007", "R. Visser behandelt uw klacht", "uiterlijk op 2 februari 2026"),
    "uitnodiging_indiener": ("vrijdag 23 januari 2026", "10.00 uur", "kamer 1.04", "U mag iemand meenemen"),
    "uitnodiging_medewerker": ("vrijdag 23 januari 2026", "Er is nog niets besloten", "kunt u het dossier niet lezen"),
    "niet_in_behandeling": ("Wij nemen uw klacht niet in behandeling.", "Dezelfde klacht is al behandeld", "oordeel"),
    "resultaat": ("drie keer niet gekomen", "U krijgt een andere begeleider.", "Afspraken: gegrond", "onafhankelijk"),
    "maatregel": ("Bel elke klant", "16 februari 2026", "maatregel 1 bij klacht K2026-0007"),
    "afsluiting": ("18 februari 2026", "Deels gegrond", "onafhankelijk persoon die niet bij"),
    "geschil": ("S. de Bruin", "niet goed naar mij is geluisterd", "uiterlijk op 31 maart 2026", "wat uw oordeel is"),
    "geschil_bericht": ("Mr. T. Bosman", "31 maart 2026"),
    "oordeel": ("Het oordeel is: Deels gegrond.", "eerder moeten bellen", "helemaal op", "opnieuw"),
    "verbeteractie": ("over 2025", "Maak een werkwijze", "16 februari 2026", "verbeteractie 2"),
    "tussenbericht": ("Het duurt langer", "uiterlijk op 31 maart 2026"),
}

ALTIJD_BEKEND = (
    "organisatie",
    "ontvangen_op",
    "behandelaar",
    "maatregel_nr",
    "verbeteractie_nr",
    "evaluatie",
    "indiener",
)


@pytest.mark.parametrize("id", BRIEVEN)
def test_every_letter_of_the_program_passes_its_own_check_and_says_what_it_must(id: str):
    brief = BRIEVEN[id]
    sjabloon = of_program(brief)
    keuring.check(sjabloon, brief)
    gezegd = gelezen(fill(sjabloon, invented(brief), None, b""))
    assert [deel for deel in (*ZEGT[id], brief.onderwerp, "Voorbeeld Re-integratie") if deel not in gezegd] == []
    assert "{" not in gezegd
    # What is not known is left out, and no sentence then misses its middle.
    leeg = {naam: () if isinstance(waarde, tuple) else "" for naam, waarde in invented(brief).items()}
    bekend = {naam: waarde for naam, waarde in invented(brief).items() if naam in (*brief.verplicht, *ALTIJD_BEKEND)}
    kaal = gelezen(fill(sjabloon, leeg | bekend, None, b""))
    regels = [regel.strip() for regel in kaal.splitlines() if "Pagina" not in regel]
    assert [regel for regel in regels if ", via" in regel or " ," in regel or "  " in regel] == []


def test_the_templates_are_those_that_the_texts_make():
    alle = bouw.texts()
    assert set(alle) == set(BRIEVEN)
    anders = [b.id for b in BRIEVEN.values() if bouw.build(b, alle[b.id]) != of_program(b)]
    assert anders == [], "python -m klachten.brieven.bouw"


def test_every_letter_is_found_by_its_step_and_its_handeling_exists():
    for brief in BRIEVEN.values():
        assert not brief.handeling or HANDELINGEN[brief.handeling].stap == brief.stap
        if brief.stap:
            assert f"klachten/brieven/sjablonen/{brief.bestand}" in plaatsen(brief.stap)["Brief"]
        namen = [veld.naam for veld in vragen(brief)]
        assert len(namen) == len(set(namen))
    assert set(EIGEN) <= set(BRIEVEN)
    assert set(VAN_EEN_BRIEF) == {naam for brief in BRIEVEN.values() for naam in brief.velden}


# What somebody may be called, or may write, and how it stands in the letter.
WAARDEN: list[tuple[str, str]] = [
    ("{{ 7*7 }}", "{{ 7*7 }}"),
    ("{% for x in range(9) %}ha{% endfor %}", "{% for x in range(9) %}ha{% endfor %}"),
    ("{_{ x }_}", "{_{ x }_}"),
    ("<w:p>&amp;</w:t> & Co", "<w:p>&amp;</w:t> & Co"),
    ("]]></w:document><!--", "]]></w:document><!--"),
    ("Zoë 🙂 ﷽ 漢字", "Zoë 🙂 ﷽ 漢字"),
    ("eerste\nregel\r\ntweede", "eerste\nregel\ntweede"),
    ("een\x07bel\x0cen \x00niets\ud800", "eenbelen niets"),
]


@pytest.mark.parametrize(("getypt", "staat"), WAARDEN)
def test_a_value_comes_out_as_the_text_that_it_is(getypt: str, staat: str):
    brief = BRIEVEN["resultaat"]
    waarden = invented(brief) | {"resultaat": getypt, "ontvanger": getypt, "maatregelen": (getypt, "en nog een")}
    gezegd = gelezen(fill(of_program(brief), waarden, None, b""))
    assert gezegd.count(staat) == 3, gezegd
    assert "en nog een" in gezegd


def test_a_hundred_thousand_characters_are_a_letter_too():
    brief = BRIEVEN["resultaat"]
    lang = "\n".join(["Wat er gebeurde <was> {{ veel }}."] * 3_000)
    begin = time.process_time()
    gezegd = gelezen(fill(of_program(brief), invented(brief) | {"resultaat": lang}, None, b""))
    assert time.process_time() - begin < 5
    assert lang in gezegd


def test_a_letter_has_the_style_of_the_house_and_the_template_stays_as_it_is():
    beeld = io.BytesIO()
    Image.new("RGB", (400, 100), "navy").save(beeld, "PNG")
    stijl = g.HuisstijlGesteld(
        gebeurd_op=DAG, vanaf=DAG, kleur="#112233", tweede_kleur="#445566", lettertype="DejaVu Sans", document="x",
    )  # fmt: skip
    brief = BRIEVEN["afsluiting"]
    document = docx.Document(io.BytesIO(fill(of_program(brief), invented(brief), stijl, beeld.getvalue())))
    stijlen = {een.name: een.font for een in document.styles if een.name.startswith("Brief ")}
    assert {font.name for font in stijlen.values()} == {"DejaVu Sans"}
    assert (str(stijlen["Brief kop"].color.rgb), str(stijlen["Brief klein"].color.rgb)) == ("112233", "445566")
    assert stijlen["Brief tekst"].color.rgb is None
    logo = [d.blob for d in document.part.package.iter_parts() if d.content_type == "image/png"]
    assert beeld.getvalue() in logo
    plaats = document.sections[0].first_page_header._element.xpath(".//wp:inline")[0]
    assert [plaats.get(kant) for kant in ("distT", "distB", "distL", "distR")] == ["0"] * 4
    assert plaats.docPr.get("descr") == "Logo"
    # With a logo, which may not say it, the name stands beside it; without, in its place.
    assert [cel.text for cel in document.sections[0].first_page_header.tables[0].rows[0].cells][1].startswith(
        "Voorbeeld"
    )
    assert docx.Document(io.BytesIO(of_program(brief))).styles["Brief kop"].font.name == "Calibri"


# --- from a dossier --------------------------------------------------------------------------------------------------


def test_stap_05_kan_niet_zonder_behandelaar_en_noemt_daarna_klachtnummer_en_behandelaar(register: Register):
    verhaal = speel(register)
    nummer = verhaal.nummers["klacht"]
    with pytest.raises(Geweigerd, match="er is nog geen behandelaar toegewezen"):
        maak(register, nummer, "ontvangstbevestiging")
    verhaal.gebeurt(TOEGEWEZEN)
    brief, aan = maak(register, nummer, "ontvangstbevestiging")
    gezegd = gelezen(brief.docx)
    # The last days are those of the reglement: four and six weeks after receipt.
    verwacht = (
        nummer, "Anna de Wit", f"Geachte {ZOE},", "Lindelaan 3\n1234 EF Ergens", "7 januari 2026",
        "uiterlijk op 2 februari 2026", "uiterlijk 16 februari 2026", "Behandelaar van de klacht",
    )  # fmt: skip
    assert [deel for deel in verwacht if deel not in gezegd] == []
    assert (aan.naam, aan.e_mail) == (ZOE, "zoe@thuis.example")
    assert brief.naam == f"Ontvangstbevestiging {nummer}.docx"


def test_a_letter_asks_for_the_facts_when_the_klacht_names_none(register: Register):
    met, zonder = speel(register, TOEGEWEZEN), speel(register, TOEGEWEZEN, feiten_vermeld=False)
    vraag = "Wilt u ons laten weten wat er gebeurde"
    assert vraag not in gelezen(maak(register, met.nummers["klacht"], "ontvangstbevestiging")[0].docx)
    assert vraag in gelezen(maak(register, zonder.nummers["klacht"], "ontvangstbevestiging")[0].docx)


def test_a_letter_goes_to_the_gemachtigde_when_there_is_one(register: Register):
    namens = {
        "op": date(2026, 1, 6), "wie": "anna", "doet": "stap_03_aanwijzen_gemachtigde", "naam": "mr. De Wit",
        "contact": "dewit@advocaat.example",
    }  # fmt: skip
    nummer = speel(register, TOEGEWEZEN, namens).nummers["klacht"]
    brief, aan = maak(register, nummer, "ontvangstbevestiging")
    assert (aan.id, aan.e_mail) == ("gemachtigde", "dewit@advocaat.example")
    # Who acts for more people has to see of whom it is; whose klacht it is does not.
    optreden = f"U treedt op voor {ZOE}. Met uw klacht bedoelen wij in deze brief de klacht van {ZOE}."
    assert "Geachte mr. De Wit," in gelezen(brief.docx)
    assert optreden in gelezen(brief.docx)
    zelf, wie = maak(register, nummer, "ontvangstbevestiging", aan="indiener")
    assert (wie.naam, "U treedt op" in gelezen(zelf.docx)) == (ZOE, False)


def test_of_somebody_unknown_the_gemachtigde_reads_no_name(register: Register):
    namens = {"op": date(2026, 1, 6), "wie": "anna", "doet": "stap_03_aanwijzen_gemachtigde", "naam": "mr. De Wit"}
    onbekend = {"op": date(2026, 1, 6), "wie": "anna", "doet": "stap_03_vastleggen_anonimiteit", "onbekend": True}
    nummer = speel(register, TOEGEWEZEN, namens, onbekend).nummers["klacht"]
    brief = gelezen(maak(register, nummer, "ontvangstbevestiging")[0].docx)
    assert ("Geachte mr. De Wit," in brief, "U treedt op" in brief, "Berg" in brief) == (True, False, False)


def test_a_letter_to_one_indiener_does_not_name_another(register: Register):
    nummer = speel(register, TOEGEWEZEN, MEDE).nummers["klacht"]
    eerste, tweede = (
        maak(register, nummer, "ontvangstbevestiging", aan=aan)[0] for aan in ("indiener", "mede_indiener.2")
    )
    assert "Pietersen" not in gelezen(eerste.docx)
    assert ZOE in gelezen(eerste.docx)
    assert "Berg" not in gelezen(tweede.docx)
    assert "Piet Pietersen" in gelezen(tweede.docx)


def test_somebody_whom_the_dossier_does_not_have_gets_no_letter(register: Register):
    nummer = speel(register, TOEGEWEZEN).nummers["klacht"]
    for aan in ("mede_indiener.2", "gemachtigde", "dirk"):
        with pytest.raises(Geweigerd, match="kies iemand uit dit dossier"):
            maak(register, nummer, "ontvangstbevestiging", aan=aan)


BESLIST: list[dict[str, Any]] = [
    {"op": date(2026, 1, 7), "wie": "anna", "doet": "stap_05_bevestigen_ontvangst", "wijze": "brief"},
    {"op": date(2026, 1, 12), "wie": "anna", "doet": "stap_06_onderzoeken_klacht", "bevindingen": "Hij kwam niet."},
    {
        "op": date(2026, 1, 13), "wie": "anna", "doet": "stap_08_bepalen_maatregel", "omschrijving": "Bel op tijd af.",
        "actienemer": "dirk", "uiterlijk_op": date(2026, 2, 2), "overlegd_met": "carla",
    },
]  # fmt: skip


def test_the_letters_of_the_steps_9_and_10_say_what_was_decided_each_to_its_own_reader(register: Register):
    nummer = speel(register, TOEGEWEZEN, *BESLIST).nummers["klacht"]
    indiener, _ = maak(
        register, nummer, "resultaat", op=date(2026, 1, 14), resultaat="Uw begeleider kwam niet.",
        maatregelen="Wij bellen u op tijd (uiterlijk 2 februari 2026)\n\n - Een andere begeleider",
    )  # fmt: skip
    gezegd = gelezen(indiener.docx)
    assert "Uw begeleider kwam niet." in gezegd
    assert "•\tEen andere begeleider" in gezegd
    actie, aan = maak(register, nummer, "maatregel", op=date(2026, 1, 14), maatregel=1, bericht="Overleg met Bas.")
    assert aan.id == "dirk"
    gezegd = gelezen(actie.docx)
    assert "Bel op tijd af." in gezegd
    assert "2 februari 2026" in gezegd
    assert "Overleg met Bas." in gezegd
    # Who carries it out need not know whose klacht it is.
    assert "Berg" not in gezegd


def test_who_carries_out_a_measure_of_a_klacht_about_oneself_does_not_read_which_klacht_it_is(register: Register):
    verhaal = speel(register, TOEGEWEZEN, *BESLIST, betrokkenen=["dirk"])
    nummer, brief = verhaal.nummers["klacht"], BRIEVEN["maatregel"]
    actie, aan = maak(register, nummer, "maatregel", op=date(2026, 1, 14), maatregel=1)
    document, naam = actie.docx, actie.naam
    with zipfile.ZipFile(io.BytesIO(document)) as bestand:
        alles = b"".join(bestand.read(deel) for deel in bestand.namelist()).decode("utf-8", "ignore")
    for tekst in (alles, naam, maken.subject(brief, verhaal.dossier(), aan)):
        assert nummer not in tekst
    gezegd = gelezen(document)
    assert "Bel op tijd af." in gezegd
    assert "2 februari 2026" in gezegd
    for woord in ("Klachtnummer", "bij klacht", "Noem dat nummer", "maatregel 1", " ·  · "):
        assert woord not in gezegd
    # With a template of the organisation too; whoever writes it in by hand is told, and anybody else reads the number.
    org = organisatie.huidige()
    fout = maken.objections(brief, verhaal.dossier(), aan, f"Klacht {nummer.lower()}.", org)
    assert ["hoeft niet te weten om welke klacht" in zin for zin in fout] == [True]
    assert not maken.objections(brief, verhaal.dossier(), aan, gezegd, org)
    ander = speel(register, TOEGEWEZEN, *BESLIST).nummers["klacht"]
    letter, _ = maak(register, ander, "maatregel", op=date(2026, 1, 14), maatregel=1)
    assert ander in letter.naam
    assert f"maatregel 1 bij klacht {ander}. Noem dat nummer erbij." in gelezen(letter.docx)


@pytest.mark.parametrize(("volgens", "zegt"), [("coulant", "onafhankelijk persoon"), ("awb9", "ombudsman")])
def test_what_comes_after_talking_is_what_the_reglement_of_the_klacht_says(register: Register, volgens, zegt: str):
    verhaal = speel(register, TOEGEWEZEN, *BESLIST)
    dossier, reglement = verhaal.dossier(), load(volgens)
    anna = organisatie.gebruiker("anna")
    assert anna
    for naam in ("niet_in_behandeling", "resultaat", "afsluiting"):
        brief = BRIEVEN[naam]
        wie = ontvangers.recipients(dossier, brief, organisatie.huidige())[0]
        waarden = gegevens.values(register, dossier, brief, wie, anna, date(2026, 1, 14), {}, reglement)
        gezegd = gelezen(fill(of_program(brief), waarden, None, b""))
        uitleg = gezegd[gezegd.index("Bent u het er niet mee eens?") :].split("Hebt u vragen?")[0]
        assert zegt in uitleg
        assert ("onafhankelijk persoon" in uitleg) != ("ombudsman" in uitleg)


def test_a_measure_that_was_not_decided_is_no_letter(register: Register):
    nummer = speel(register, TOEGEWEZEN, *BESLIST).nummers["klacht"]
    with pytest.raises(Geweigerd, match="kies iemand uit dit dossier"):
        maak(register, nummer, "maatregel", op=date(2026, 1, 14), maatregel=2)
    with pytest.raises(Geweigerd, match="vul dit in"):
        maak(register, nummer, "resultaat", op=date(2026, 1, 14))


def test_a_result_without_measures_waits_until_it_was_decided_that_none_is_needed(register: Register):
    niets = {"op": date(2026, 1, 14), "resultaat": "Uw begeleider kwam niet."}
    for stappen in (BESLIST[:2], BESLIST):  # nothing was decided yet; and something was, which the letter leaves out
        nummer = speel(register, TOEGEWEZEN, *stappen).nummers["klacht"]
        with pytest.raises(Geweigerd, match="Zeg welke maatregelen er komen"):
            maak(register, nummer, "resultaat", **niets, maatregelen=" \n")
    geen = {**BESLIST[2], "doet": "stap_08_afzien_van_maatregelen", "motivering": "Eenmalig."}
    for weg in ("omschrijving", "actienemer", "uiterlijk_op"):
        geen.pop(weg)
    nummer = speel(register, TOEGEWEZEN, *BESLIST[:2], geen).nummers["klacht"]
    letter, _ = maak(register, nummer, "resultaat", **niets)
    assert "Wij vinden het niet nodig om verder nog iets te herstellen" in gelezen(letter.docx)


def test_an_invitation_says_the_weekday_and_goes_to_who_is_involved(register: Register):
    nummer = speel(register, TOEGEWEZEN).nummers["klacht"]
    gesprek = {"gesprek_op": date(2026, 1, 23), "gesprek_tijd": "10.00 uur", "gesprek_plaats": "Weert, kamer 2"}
    brief, aan = maak(
        register, nummer, "uitnodiging_medewerker", medewerker="eva", bericht="Het gaat om een afspraak.", **gesprek
    )
    assert aan.naam.startswith("Eva")
    assert "vrijdag 23 januari 2026" in gelezen(brief.docx)
    with pytest.raises(Geweigerd):
        maak(register, nummer, "uitnodiging_medewerker", medewerker="dirk", bericht="Het gaat om iets.", **gesprek)


# --- PDF --------------------------------------------------------------------------------------------------------------


def test_without_libreoffice_or_without_the_part_for_letters_there_is_no_pdf(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    brief = fill(of_program(BRIEVEN["afsluiting"]), invented(BRIEVEN["afsluiting"]), None, b"")
    monkeypatch.setattr(omzetten, "programma", lambda: None)
    assert not omzetten.aanwezig()
    assert omzetten.to_pdf(brief) is None
    (tmp_path / "soffice.bin").touch()
    monkeypatch.setattr(omzetten, "programma", lambda: str(tmp_path / "soffice"))
    assert not omzetten.aanwezig()
    assert omzetten.to_pdf(brief) is None


def test_a_program_that_hangs_or_fails_gives_no_pdf_and_leaves_nothing_running(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    traag = tmp_path / "soffice"
    traag.write_text(f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/pid; wait\n")
    traag.chmod(0o755)
    monkeypatch.setattr(omzetten, "programma", lambda: str(traag))
    monkeypatch.setattr(omzetten, "GEDULD", 0.3)
    assert omzetten.to_pdf(b"x") is None
    kind = int((tmp_path / "pid").read_text())
    eind = time.monotonic() + 2
    while Path(f"/proc/{kind}").exists() and "Z" not in Path(f"/proc/{kind}/stat").read_text().split()[2]:
        assert time.monotonic() < eind
        time.sleep(0.01)
    traag.write_text("#!/bin/sh\nexit 1\n")
    assert omzetten.to_pdf(b"x") is None


@pytest.mark.skipif(not omzetten.aanwezig(), reason="no LibreOffice that reads letters on this machine")
def test_libreoffice_makes_a_pdf_of_a_letter():
    brief = BRIEVEN["afsluiting"]
    gemaakt = omzetten.to_pdf(fill(of_program(brief), invented(brief), None, b""))
    assert gemaakt is not None
    assert gemaakt.startswith(b"%PDF")


def test_the_days_of_this_module_are_those_of_the_reglement():
    assert (DAG + timedelta(weeks=4), DAG + timedelta(weeks=6)) == (date(2026, 2, 2), date(2026, 2, 16))
