"""Page Overnemen: a spreadsheet as a coordinator has it becomes klachten, a step at a time, and nothing by itself."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from klachten.kijklog.regel import OVERGENOMEN
from klachten.overname import bewaard, overnemen
from klachten.overname import kolommen as declaratie
from klachten.overname.bezig import Bezig, Fase
from klachten.register import Register
from klachten.scherm import kijklog
from klachten.scherm.overnemen import werk as werken
from tests import eindig
from tests.lijsten import VANDAAG
from tests.paginas import Opent
from tests.schermproef import tekst

KOP = "Zaaknr;Datum ontvangst;Datum bevestiging;Datum afgehandeld;Soort klacht;Kanaal;Naam klager;Omschrijving;Op tijd"
SOORTEN = ("Bejegening", "Wachttijd", "Factuur")
KANALEN = ("E-mail", "Telefonisch", "Brief")


@pytest.fixture(autouse=True)
def _niets_onderhanden() -> Iterator[None]:
    """Nobody has an import under way from another test."""
    werken._werken.clear()
    yield
    werken._werken.clear()


def rijen(hoeveel: int = 30) -> str:
    """A spreadsheet as it comes out: a title, day-month-year, an open klacht now and then, a total at the end."""
    regels = ["Klachtenoverzicht 2025;;;;;;;;", ";;;;;;;;", KOP]
    for nr in range(1, hoeveel + 1):
        dag = date(2025, 1, 3) + timedelta(days=9 * nr)
        dicht = "" if nr % 10 == 0 else f"{dag + timedelta(days=20 + nr):%d-%m-%Y}"
        op_tijd = "" if not dicht else "ja" if 20 + nr <= 42 else "nee"
        regels.append(
            f"2025-{nr:03};{dag:%d-%m-%Y};{dag:%d-%m-%Y};{dicht};{SOORTEN[nr % 3]};{KANALEN[nr % 3]};J. Jansen;"
            f"Verhaal {nr};{op_tijd}"
        )
    return "\n".join([*regels, f"Totaal;{hoeveel};;;;;;;", ""])


def laag() -> str:
    """Dates of which no day is above 12, and ids that tell no order."""
    dagen = [(maand, dag) for maand in (1, 3, 4, 6, 9) for dag in (1, 3, 6, 9)]
    regels = [f"x{nr * 7 % 20}y;{dag}-{maand}-2025;{dag}-{maand}-2025" for nr, (maand, dag) in enumerate(dagen)]
    return "\n".join(["Zaaknr;Datum ontvangst;Datum afgehandeld", *regels, ""])


def stuur(proef: AppTest, inhoud: str | bytes, naam: str = "klachten 2025.csv") -> None:
    (vak,) = proef.get("file_uploader")
    vak.set_value((naam, inhoud.encode("windows-1252") if isinstance(inhoud, str) else inhoud, "text/csv")).run()
    assert not proef.exception, proef.exception


def verder(proef: AppTest, keer: int = 1) -> None:
    for _ in range(keer):
        knop = next(knop for knop in proef.button if knop.key.startswith("overnemen.verder"))
        assert not knop.disabled, tekst(proef)
        knop.click().run()
        assert not proef.exception, proef.exception
        assert not proef.error, [deel.value for deel in proef.error]


def terug(proef: AppTest) -> None:
    next(knop for knop in proef.button if knop.key.startswith("overnemen.terug")).click().run()
    assert not proef.exception


def stap(proef: AppTest) -> str:
    return proef.header[0].value


def veld(proef: AppTest, soort: str, label: str):
    return next(deel for deel in proef.get(soort) if deel.label.startswith(label))


def test_a_spreadsheet_becomes_klachten_in_eight_steps(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef)
    assert stap(proef) == "Eerste rijen"
    assert "op regel 3" in tekst(proef)
    verder(proef)
    gekozen = {vak.label: vak.value for vak in proef.selectbox}
    assert gekozen == {
        "Zaaknr": "id", "Datum ontvangst": "ontvangen_op", "Datum bevestiging": "stap_05",
        "Datum afgehandeld": "stap_13", "Soort klacht": "categorie", "Kanaal": "kanaal", "Naam klager": "indiener_naam",
        "Omschrijving": "omschrijving", "Op tijd": "oordeel",
    }  # fmt: skip
    verder(proef)
    assert "De volgorde is **dag-maand-jaar**" in tekst(proef)
    verder(proef)
    assert veld(proef, "text_input", "Hoe heet").value == "klachten-2025"
    verder(proef, 2)
    assert stap(proef) == "Controle"
    gezegd = tekst(proef)
    assert "34 regels: 3 tot en met de kopregel, 30 rijen, 1 met totalen (regel 34)" in gezegd
    assert "De bron en de termijn zeggen nergens het tegendeel." in gezegd
    werk = werken.of(firma, "iris")
    verder(proef)
    werk.bezig.wait(eindig.GENOEG)
    proef.run()
    assert "30 klachten zijn overgenomen, van K2025-0001 tot en met K2025-0030." in tekst(proef)
    with firma.cursor() as cursor:
        assert cursor.execute("SELECT count(*), count(stap_13_op) FROM klacht").fetchall() == [(30, 27)]
    assert [een.bron for een in bewaard.all_kept(firma.map)] == ["klachten-2025"]


def test_what_the_page_declares_the_command_takes_over_the_same(firma: Register, opent: Opent, tmp_path: Path):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef, 6)
    werk = werken.of(firma, "iris")
    plan = werk.uitkomst.plan
    bron = tmp_path / "klachten 2025.csv"
    bron.write_bytes(werk.pad.read_bytes())
    bewaard.keep(tmp_path, plan.kolommen.bron, werk.declaration(), plan.kolommen.reglement_pad)
    (kept,) = bewaard.all_kept(tmp_path)
    gelezen = declaratie.load(kept.pad, firma.reglementen)
    weer = overnemen.plan(bron, gelezen, overnemen.read(bron, gelezen, VANDAAG), firma)
    assert weer.nieuw == plan.nieuw
    assert len(weer.nieuw) == 30
    alle = {zaak.regel for _, zaak in plan.nieuw}
    assert dict(overnemen.facts(bron, gelezen, weer.lezing, alle)) == dict(
        overnemen.facts(plan.pad, plan.kolommen, plan.lezing, alle)
    )


def test_the_page_asks_for_the_order_when_the_dates_do_not_tell(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, laag())
    verder(proef, 3)
    assert "Uit de datums zelf is niet te zien welke volgorde het is. Kies de goede." in tekst(proef)
    knop = next(knop for knop in proef.button if knop.key.startswith("overnemen.verder"))
    assert knop.disabled
    keus = veld(proef, "radio", "In welke volgorde")
    assert (keus.value, keus.options) == (None, ["dag-maand-jaar", "maand-dag-jaar"])
    keus.set_value("M-D-JJJJ").run()
    verder(proef)
    assert set(werken.of(firma, "iris").ontwerp.vormen.values()) == {"M-D-JJJJ"}
    terug(proef)
    assert veld(proef, "radio", "In welke volgorde").value == "M-D-JJJJ"


def test_going_back_keeps_every_choice_and_a_reload_loses_nothing(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef, 2)
    veld(proef, "selectbox", "Kanaal").set_value("").run()
    verder(proef, 2)
    veld(proef, "text_input", "Hoe heet").set_value("Oude Lijst").run()
    terug(proef)
    terug(proef)
    assert veld(proef, "selectbox", "Kanaal").value == ""
    verder(proef, 2)
    nieuw = opent("overnemen")
    assert stap(nieuw) == "Regels"
    assert veld(nieuw, "text_input", "Hoe heet").value == "oude-lijst"
    assert stap(opent("overnemen", "iris")) == "Regels"


def test_without_an_id_or_with_two_of_them_one_cannot_go_on(opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef, 2)
    veld(proef, "selectbox", "Omschrijving").set_value("id").run()
    assert "Meer dan één kolom is: Kenmerk van de klacht (zaaknummer)." in tekst(proef)
    for naam in ("Omschrijving", "Zaaknr"):
        veld(proef, "selectbox", naam).set_value("").run()
    assert "Er is geen kenmerk" in tekst(proef)
    veld(proef, "multiselect", "Een klacht is te herkennen aan").set_value([]).run()
    assert "Wijs aan in welke kolom het kenmerk van de klacht staat" in tekst(proef)
    assert next(knop for knop in proef.button if knop.key.startswith("overnemen.verder")).disabled


def test_a_fault_is_decided_per_kind_and_until_then_nothing_comes_in(firma: Register, opent: Opent):
    proef = opent("overnemen")
    fout = rijen().replace("2025-004;08-02-2025;08-02-2025", "2025-004;08-02-2025;01-01-1900")
    stuur(proef, fout.replace("2025-005;17-02-2025", "2025-005;ooit"))
    verder(proef, 6)
    assert "bestand.leeg" not in tekst(proef)
    knop = next(knop for knop in proef.button if knop.key.startswith("overnemen.verder"))
    assert knop.disabled
    veld(proef, "selectbox", "1 rij met een datum die te ver weg ligt").set_value("zonder_datum").run()
    assert "Zonder datum overgenomen: 1 keer een datum die te ver weg ligt" in tekst(proef)
    assert "Was dat de dag van afsluiting, dan staat de klacht hier open." in tekst(proef)
    veld(proef, "selectbox", "1 rij met een datum die niet kan en niet te missen is").set_value("weglaten").run()
    werk = werken.of(firma, "iris")
    assert len(werk.uitkomst.plan.nieuw) == 29
    verder(proef)
    werk.bezig.wait(eindig.GENOEG)
    proef.run()
    assert "29 klachten zijn overgenomen" in tekst(proef)


def test_the_choices_are_there_again_for_the_next_file_of_that_source(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef, 2)
    veld(proef, "selectbox", "Kanaal").set_value("").run()
    verder(proef, 5)
    werken.of(firma, "iris").bezig.wait(eindig.GENOEG)
    proef.run()
    next(knop for knop in proef.button if knop.label == "Nog een bestand overnemen").click().run()
    stuur(proef, rijen(33), "klachten nieuw.csv")
    verder(proef)
    assert "Dit bestand heeft dezelfde kolommen als bron **klachten-2025**, die u eerder overnam." in tekst(proef)
    next(knop for knop in proef.button if knop.label == "Dezelfde keuzes gebruiken").click().run()
    verder(proef)
    assert veld(proef, "selectbox", "Kanaal").value == ""
    verder(proef, 4)
    plan = werken.of(firma, "iris").uitkomst.plan
    assert (len(plan.nieuw), len(plan.al_overgenomen), plan.kolommen.bron) == (3, 30, "klachten-2025")


def test_under_the_own_reglement_the_values_get_a_place_in_the_own_lists(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef, 4)
    veld(proef, "radio", "De klachten komen binnen onder").set_value("coulant").run()
    verder(proef)
    gekozen = {vak.label.partition(",")[0]: vak.value for vak in proef.selectbox}
    assert (gekozen["E-mail"], gekozen["Telefonisch"], gekozen["Brief"]) == ("e-mail", "telefoon", "brief")
    assert (gekozen["Bejegening"], gekozen["Wachttijd"], gekozen["Factuur"]) == (
        "bejegening", "doorlooptijd", "financieel",
    )  # fmt: skip
    veld(proef, "selectbox", "Voor elke klacht").set_value("klant").run()
    werk = werken.of(firma, "iris")
    vestiging = firma.reglementen["coulant"].vestigingen[0].id
    next(vak for vak in proef.selectbox if vak.key.endswith("vestiging")).set_value(vestiging).run()
    verder(proef)
    assert (werk.uitkomst.plan.kolommen.reglement.id, len(werk.uitkomst.plan.nieuw)) == ("coulant", 30)


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"%PDF-1.7\n", "het is een PDF"),
        (b"", "het bestand is leeg"),
        (b"alleen een kop\n", "de kopregel heeft maar een kolom"),
        (b"a;b\n", "er is niets om over te nemen"),
    ],
)
def test_what_is_no_table_is_said_and_another_file_can_be_chosen(opent: Opent, inhoud: bytes, zin: str):
    proef = opent("overnemen")
    (vak,) = proef.get("file_uploader")
    vak.set_value(("x.csv", inhoud, "text/csv")).run()
    assert not proef.exception
    assert zin in " ".join(deel.value for deel in proef.error).replace("\\", "")
    stuur(proef.run(), rijen())
    verder(proef)


def test_thrown_away_the_file_is_gone(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    werk = werken.of(firma, "iris")
    plek = werk.pad.parent
    assert plek.is_dir()
    assert not plek.is_relative_to(firma.map)
    next(knop for knop in proef.button if knop.label == "Alles weggooien").click().run()
    assert (plek.exists(), stap(proef)) == (False, "Bestand")


def test_nothing_of_the_file_is_in_the_folder_of_the_register_before_it_is_recorded(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef, 6)
    inhoud = b"".join(pad.read_bytes() for pad in firma.map.rglob("*") if pad.is_file())
    assert b"Jansen" not in inhoud
    assert b"Verhaal 1" not in inhoud


def test_recording_is_stopped_on_the_page_and_nothing_of_it_is_there(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef, 6)
    werk = werken.of(firma, "iris")
    vooraf = firma.stand().aantal
    # As it is when it has begun; it goes on once somebody has asked to stop.
    werk.bezig, werk.stap = Bezig(firma, werk.uitkomst.plan, fase=Fase.SCHRIJVEN), 7
    proef.run()
    assert not proef.exception
    assert "U kunt nog stoppen: dan komt er niets van in het register." in tekst(proef)
    next(knop for knop in proef.button if knop.label == "Stoppen").click().run()
    werk.bezig.run()
    proef.run()
    assert "U hebt het overnemen gestopt. Er is niets vastgelegd." in tekst(proef)
    assert (firma.stand().aantal, bewaard.all_kept(firma.map)) == (vooraf, [])
    next(knop for knop in proef.button if knop.label == "Terug naar de controle").click().run()
    assert stap(proef) == "Controle"
    verder(proef)
    werk.bezig.wait(eindig.GENOEG)
    proef.run()
    assert "30 klachten zijn overgenomen" in tekst(proef)
    assert not werk.pad.exists()


def test_what_goes_wrong_while_recording_is_said_and_everything_stays(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef, 6)
    werk = werken.of(firma, "iris")
    overnemen.record(firma, werk.uitkomst.plan)
    # It may be over before the page is drawn.
    next(knop for knop in proef.button if knop.key.startswith("overnemen.verder")).click().run()
    werk.bezig.wait(eindig.GENOEG)
    proef.run()
    assert "Intussen zijn klachten van deze bron overgenomen. Er is niets vastgelegd" in proef.error[0].value
    assert "hulp?waarom=" in tekst(proef)
    assert werk.pad.exists()


def test_a_file_that_nobody_looked_at_for_long_is_thrown_away(firma: Register, opent: Opent, monkeypatch):
    proef = opent("overnemen")
    stuur(proef, rijen())
    plek = werken.of(firma, "iris").pad
    straks = time.monotonic() + werken.VERLATEN + 1
    monkeypatch.setattr(werken.time, "monotonic", lambda: straks)
    werken.of(firma, "joris")
    assert not plek.exists()
    assert werken.of(firma, "iris").beeld is None


def test_who_took_over_is_in_the_log_of_looking(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen())
    verder(proef, 7)
    werken.of(firma, "iris").bezig.wait(eindig.GENOEG)
    log = kijklog.van(firma)
    log.flush()
    (maand,) = log.keten.maanden()
    gelezen = [een.regel for een in log.keten.regels(maand)]
    assert [(r.wie, r.aantal) for r in gelezen if r and r.wat == OVERGENOMEN] == [("iris", 30)]


def test_real_dates_that_a_spreadsheet_swapped_are_put_back(firma: Register, opent: Opent):
    boek = openpyxl.Workbook()
    boek.active.append(["Case no", "Received", "Closed", "Complaint type"])
    dagen = [date(2025, 1, 2) + timedelta(days=4 * nr) for nr in range(60)]
    for nr, dag in enumerate(dagen):
        # As a spreadsheet leaves month/day/year where the day comes first: a date where it can, else a text.
        gezet = [
            date(een.year, een.day, een.month) if een.day <= 12 else f"{een.month}/{een.day}/{een.year}"
            for een in (dag, dag + timedelta(days=9))
        ]
        boek.active.append([nr + 100, *gezet, ("Loan", "Card")[nr % 2]])
    boek.save(pad := io.BytesIO())
    proef = opent("overnemen")
    stuur(proef, pad.getvalue(), "cases.xlsx")
    verder(proef, 3)
    assert "Een spreadsheet heeft bij het openen dag en maand verwisseld waar dat kon" in tekst(proef)
    assert "U kiest hier een andere volgorde" not in tekst(proef)
    verder(proef, 3)
    plan = werken.of(firma, "iris").uitkomst.plan
    assert [zaak.ontvangen_op for _, zaak in plan.nieuw] == dagen
    assert plan.kolommen.ontvangen_op.vorm.verwisseld


def test_the_next_file_may_have_a_value_that_no_file_had_before(firma: Register, opent: Opent):
    proef = opent("overnemen")
    stuur(proef, rijen(12))
    verder(proef, 7)
    werken.of(firma, "iris").bezig.wait(eindig.GENOEG)
    proef.run()
    next(knop for knop in proef.button if knop.label == "Nog een bestand overnemen").click().run()
    nieuw = rijen(14).replace(
        "2025-014;09-05-2025;09-05-2025;12-06-2025;Factuur", "2025-014;09-05-2025;09-05-2025;;Lawaai"
    )
    stuur(
        proef, nieuw.replace("2025-003;30-01-2025;30-01-2025;22-02-2025", "2025-003;30-01-2025;30-01-2025;22-04-2025")
    )
    verder(proef)
    next(knop for knop in proef.button if knop.label == "Dezelfde keuzes gebruiken").click().run()
    verder(proef, 5)
    plan = werken.of(firma, "iris").uitkomst.plan
    assert (len(plan.nieuw), len(plan.gewijzigd), len(plan.al_overgenomen)) == (2, 1, 11)
    assert "Welke cijfers bewegen" in tekst(proef)
    verder(proef)
    werken.of(firma, "iris").bezig.wait(eindig.GENOEG)
    proef.run()
    assert "Vastgelegd is wat er anders is bij 1 klacht." in tekst(proef)
    boek = firma.reglementen["overname-klachten-2025"]
    assert {keuze.naam for keuze in boek.categorieen} == {"Bejegening", "Wachttijd", "Factuur", "Lawaai"}


def test_an_import_is_taken_back_on_the_page_with_a_reason(firma: Register, opent: Opent):
    proef = opent("overnemen")
    assert "Eerder overgenomen" not in tekst(proef)
    stuur(proef, rijen(12))
    verder(proef, 7)
    werken.of(firma, "iris").bezig.wait(eindig.GENOEG)
    proef.run()
    next(knop for knop in proef.button if knop.label == "Nog een bestand overnemen").click().run()
    assert "**Overname 1** van 25 februari 2026: bron klachten-2025, klachten 2025.csv, 12 nieuw" in tekst(proef)
    next(knop for knop in proef.button if knop.label == "Terugdraaien").click().run()
    assert "12 klachten die erbij kwamen, staan er niet meer in" in tekst(proef)
    doe = next(knop for knop in proef.button if knop.label == "Overname terugdraaien")
    doe.click().run()
    assert "Zeg met een reden waarom de overname wordt teruggedraaid" in proef.error[0].value
    veld(proef, "text_input", "Waarom draait u").set_value("Verkeerde kolom")
    next(knop for knop in proef.button if knop.label == "Overname terugdraaien").click().run()
    assert not proef.exception
    assert "Overname 1 is teruggedraaid." in tekst(proef)
    assert "Teruggedraaid op" in tekst(proef)
    assert "Verkeerde kolom" in tekst(proef)
    assert not [knop for knop in proef.button if knop.label == "Terugdraaien"]
    with firma.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM klacht WHERE vervallen_op IS NULL").fetchall() == [(0,)]
