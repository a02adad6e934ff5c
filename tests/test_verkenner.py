"""The Verkenner answers what an analyst asks: each figure equal to SQL written here, and to the SQL that it shows."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import nbformat
import pytest

from klachten import analyse, momentopname
from klachten.analyse.verkenner import dicht, notitie
from klachten.analyse.verkenner.antwoord import Antwoord, geef
from klachten.analyse.verkenner.kenmerken import SPLITSINGEN
from klachten.analyse.verkenner.maten import maten
from klachten.analyse.verkenner.verkenning import GeenVraag, Verkenning
from klachten.analyse.verkenner.woorden import Woorden
from klachten.register import Register
from tests import verkennerproef
from tests.evaluatieproef import VANDAAG, register_met
from tests.voorbeeldfirma import COULANT

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with register_met(300) as register:
        yield register


@pytest.fixture(scope="module")
def opname(register: Register) -> duckdb.DuckDBPyConnection:
    """The snapshot of that register, on which a reader asks the SQL that the Verkenner shows."""
    momentopname.write(register, nu=datetime(2026, 11, 22, 11, tzinfo=UTC), vandaag=VANDAAG)
    return analyse.open(map=register.map)


def antwoord(register: Register, tekst: str) -> Antwoord:
    with register.cursor() as cursor:
        return geef(cursor, Verkenning.lees(f"periode=2025&{tekst}"), peildatum=VANDAAG, reglement=COULANT)


# The ten questions of an analyst: what is asked, and SQL that was written without looking at how it is answered. Every
# row is period (where there are more), values, and the figure: a count, x and n, or a number.
TELT = "herkomst = 'register' AND vervallen_op IS NULL"
IN_2025 = f"ontvangen_op BETWEEN '2025-01-01' AND '2025-12-31' AND {TELT}"
EIND = "CASE status WHEN 'afgesloten' THEN stap_13_op WHEN 'ingetrokken' THEN ingetrokken_op ELSE stap_07_op END"
TIEN: dict[str, tuple[str, str]] = {
    "How many klachten came in, per vestiging?": (
        "splits=vestiging",
        f"SELECT vestiging, COUNT(*) FROM klacht WHERE {IN_2025} GROUP BY 1",
    ),
    "Which categorie comes in along which channel?": (
        "splits=categorie.kanaal",
        f"SELECT categorie, kanaal, COUNT(*) FROM klacht WHERE {IN_2025} GROUP BY 1, 2",
    ),
    "Does bejegening grow over the years?": (
        "reeks=jaar&categorie=bejegening",
        (
            f"SELECT CAST(year(ontvangen_op) AS VARCHAR), COUNT(*) FROM klacht WHERE {TELT} "
            "AND categorie = 'bejegening' AND ontvangen_op < '2026-01-01' GROUP BY 1"
        ),
    ),
    "In which month did klachten of klanten come in?": (
        "reeks=maand&indiener=klant",
        (
            f"SELECT strftime(ontvangen_op, '%Y-%m'), COUNT(*) FROM klacht WHERE {IN_2025} "
            "AND indiener_soort = 'klant' GROUP BY 1"
        ),
    ),
    "How did what ended this year end?": (
        "maat=beeindigd&splits=einde",
        (
            f"SELECT status, COUNT(*) FROM klacht WHERE {TELT} AND status IN ('afgesloten', 'ingetrokken', 'niet in "
            f"behandeling') AND {EIND} BETWEEN '2025-01-01' AND '2025-12-31' GROUP BY 1"
        ),
    ),
    "How many were open at the end of each quarter?": (
        "maat=open&reeks=kwartaal",
        " UNION ALL ".join(
            f"SELECT '2025-K{nr}', COUNT(*) FROM klacht_op(DATE '2025-{dag}') WHERE {TELT} AND status IN ('ontvangen', "
            "'in onderzoek', 'in behandeling')"
            for nr, dag in ((1, "03-31"), (2, "06-30"), (3, "09-30"), (4, "12-31"))
        ),
    ),
    "Was the receipt acknowledged within two weeks, per vestiging?": (
        "maat=op_tijd.bevestiging&splits=vestiging",
        (
            "SELECT vestiging, COUNT(*) FILTER (stap_05_op - ontvangen_op <= 14), COUNT(*) FROM klacht "
            f"WHERE {IN_2025} AND (stap_05_op IS NOT NULL OR status NOT IN ('ingetrokken')) GROUP BY 1"
        ),
    ),
    "How serious are they, per vestiging?": (
        "splits=vestiging.ernst",
        (
            "SELECT k.vestiging, n.ernst, COUNT(*) FROM klacht AS k LEFT JOIN (SELECT * FROM nader_stand WHERE tot > "
            f"DATE '9000-01-01') AS n USING (klachtnummer) WHERE {IN_2025} GROUP BY 1, 2"
        ),
    ),
    "Was what was agreed done on the agreed day, per year?": (
        "maat=maatregel_op_tijd&reeks=jaar",
        (
            "SELECT CAST(year(k.ontvangen_op) AS VARCHAR), COUNT(*) FILTER (m.uitgevoerd_op <= m.uiterlijk_op AND "
            "m.gemist_op IS NULL), COUNT(*) FROM maatregel AS m JOIN klacht AS k USING (klachtnummer) "
            "WHERE k.herkomst = 'register' AND k.vervallen_op IS NULL AND k.ontvangen_op < '2026-01-01' "
            "AND (m.vervallen_op IS NULL OR m.vervallen_op > m.uiterlijk_op) AND NOT (k.ingetrokken_op IS NOT NULL AND "
            "m.uitgevoerd_op IS NULL AND k.ingetrokken_op <= m.uiterlijk_op) GROUP BY 1"
        ),
    ),
    "By which day was half closed, per categorie?": (
        "maat=wachttijd.afsluiting&splits=categorie",
        # Everything of that year has ended: no estimate is needed, only a count.
        (
            "WITH d AS (SELECT categorie, CASE WHEN status = 'afgesloten' THEN GREATEST(stap_13_op, "
            f"COALESCE(heropend_op, stap_13_op)) - ontvangen_op END AS n FROM klacht WHERE {IN_2025}) "
            "SELECT categorie, CAST(list_sort(list(COALESCE(n, 99999)))[(COUNT(*) + 1) // 2] AS DOUBLE) FROM d "
            "GROUP BY 1"
        ),
    ),
    "How many per 100 trajecten, year by year?": (
        "maat=per_100_trajecten&reeks=jaar",
        (
            "SELECT CAST(t.jaar AS VARCHAR), 100.0 * (SELECT COUNT(*) FROM klacht AS k WHERE k.herkomst = 'register' "
            "AND k.vervallen_op IS NULL AND year(k.ontvangen_op) = t.jaar) / SUM(t.aantal) FROM trajecten AS t "
            "WHERE t.jaar < 2026 GROUP BY t.jaar"
        ),
    ),
}


def verwacht(register: Register, sql: str) -> dict[tuple[Any, ...], Any]:
    with register.cursor() as cursor:
        rijen = cursor.execute(sql).fetchall()
    breed = next(nr for nr, waarde in enumerate(rijen[0]) if isinstance(waarde, int | float))
    return {rij[:breed]: rij[breed] if len(rij) == breed + 1 else rij[breed:] for rij in rijen}


def gekregen(uit: Antwoord) -> dict[tuple[Any, ...], Any]:
    soort = {"aantal": "n", "aandeel": "xn", "termijn": "xn"}.get(uit.maat.soort, "")
    return {
        (*([cel.deel.sleutel] if len(uit.delen) > 1 else []), *cel.waarden): cel.n
        if soort == "n"
        else (cel.x, cel.n)
        if soort
        else cel.waarde
        for cel in uit.cellen
        if cel.n
    }


@pytest.mark.parametrize("vraag", TIEN)
def test_a_question_of_an_analyst_is_answered_as_sql_does(register: Register, vraag: str) -> None:
    tekst, sql = TIEN[vraag]
    uit = gekregen(antwoord(register, tekst))
    goed = {sleutel: n for sleutel, n in verwacht(register, sql).items() if n}
    assert uit.keys() == goed.keys()
    assert len(goed) > 2
    for sleutel, waarde in goed.items():
        assert uit[sleutel] == pytest.approx(waarde), sleutel


@pytest.mark.parametrize("vraag", [vraag for vraag, (tekst, _) in TIEN.items() if "wachttijd" not in tekst])
def test_the_sql_that_is_shown_gives_the_same_on_a_snapshot(
    register: Register, opname: duckdb.DuckDBPyConnection, vraag: str
) -> None:
    uit = antwoord(register, TIEN[vraag][0])
    gevonden = opname.execute(uit.sql)
    namen = [kolom[0] for kolom in gevonden.description]
    rijen = [dict(zip(namen, rij, strict=True)) for rij in gevonden.fetchall()]
    tellen = {
        tuple(rij[naam] for naam in namen if naam in ("kant_1", "kant_2") or (naam == "deel" and len(uit.delen) > 1)): (
            rij.get("rijp", rij["n"])
        )
        for rij in rijen
    }
    assert {sleutel: n for sleutel, n in tellen.items() if n} == {
        (*([cel.deel.sleutel] if len(uit.delen) > 1 else []), *cel.waarden): cel.n for cel in uit.cellen if cel.n
    }
    assert "$" not in uit.sql


@pytest.mark.parametrize(
    "tekst", ["maat=op_tijd.bevestiging&splits=vestiging", "reeks=jaar", "maat=per_100_trajecten&reeks=jaar"]
)
def test_the_notebook_gives_the_same_figure(
    register: Register,
    opname: duckdb.DuckDBPyConnection,
    tekst: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its cells are run as a notebook runs them, one after the other in one place, on the snapshot of this register."""
    uit = antwoord(register, tekst)
    monkeypatch.setenv("KLACHTEN_DATA", str(register.map))
    monkeypatch.chdir(NOTEBOOKS)
    monkeypatch.setattr("sys.path", list(sys.path))
    gelezen = nbformat.reads(notitie.notebook(uit, Woorden(uit, COULANT).titel).decode(), as_version=4)
    nbformat.validate(gelezen)
    hier: dict[str, Any] = {}
    for cel in gelezen.cells:
        if cel.cell_type == "code":
            exec(compile(cel.source, "cel", "exec"), hier)  # noqa: S102 - it was made here
    assert hier["antwoord"].cellen == uit.cellen
    assert Woorden(uit, COULANT).zin() in " ".join(capsys.readouterr().out.split())
    with pytest.raises(GeenVraag, match="geen namen van mensen"):
        notitie.notebook(antwoord(register, f"{tekst}&behandelaar=anna"), "x")


def test_a_term_is_the_headline_of_page_termijnen(register: Register) -> None:
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT termijn, rijp_op_tijd, rijp FROM termijntarieven($dag, DATE '2025-01-01', DATE '2025-12-31', NULL, "
            "NULL, NULL, NULL, NULL, 'register', NULL)",
            {"dag": VANDAAG},
        ).fetchall()
    assert rijen
    for termijn, x, n in rijen:
        samen = antwoord(register, f"maat=op_tijd.{termijn}").samen
        assert samen is not None
        assert (samen.x, samen.n) == (x, n)


@pytest.mark.parametrize(
    "tekst",
    [
        "splits=vestiging.einde", "maat=beeindigd&splits=uitkomst", "maat=open&splits=categorie", "splits=ernst",
        "maat=op_tijd.maatregelen&splits=indiener", "maat=maatregelen&splits=maatregelstand&reeks=jaar",
        "maat=meningsverschillen&splits=oordeel", "maat=wachttijd.afsluiting&splits=kanaal",
        "maat=maatregel_op_tijd", "maat=deel_ingetrokken&reeks=jaar",
    ],
)  # fmt: skip
def test_every_number_leads_to_a_list_with_as_many(register: Register, tekst: str) -> None:
    """Of each kind of list one; `python -m tests.verkennerproef` asks all that can be asked."""
    with register.cursor() as cursor:
        assert verkennerproef.lists(cursor, Verkenning.lees(f"{tekst}&periode=2024"), VANDAAG, cellen=3) > 1


# --- what is asked ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tekst",
    [
        "maat=ontvangen",
        "maat=op_tijd.bevestiging&splits=vestiging.ernst&periode=2025-K3",
        "maat=open&splits=categorie&reeks=jaar&set=overgenomen.awb9&vestiging=weert",
        "maat=maatregelen&splits=maatregelstand&indiener=klant&periode=2024-11-01_2025-10-31",
    ],
)
def test_a_question_is_one_text_that_is_read_again(tekst: str) -> None:
    vraag = Verkenning.lees(tekst)
    assert vraag.tekst == tekst
    assert Verkenning.uit(vraag.adres) == vraag
    assert vraag.bewaard.periode is None


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("maat=drukte", "Er is geen maat 'drukte'. Kies een maat uit de lijst."),
        ("splits=kleur", "Er is geen kenmerk 'kleur'"),
        ("splits=vestiging.kanaal.ernst", "Splits op hoogstens twee kenmerken"),
        ("splits=vestiging.vestiging", "U koos twee keer vestiging"),
        ("splits=vestiging.kanaal&reeks=jaar", "Een reeks in de tijd kan naast hoogstens één kenmerk"),
        ("splits=maatregelstand", "Klachten ontvangen kent geen stand van de maatregel"),
        ("maat=per_100_trajecten&splits=categorie", "Trajecten zijn per vestiging bekend, niet per categorie"),
        ("maat=per_100_trajecten&reeks=maand&periode=2025", "kan als reeks alleen per jaar"),
        ("maat=open&splits=einde", "zegt zelf al hoe het afliep"),
        ("splits=vestiging&vestiging=weert", "U koos al één vestiging als filter"),
        ("reeks=week", "niet per 'week'"),
        ("reeks=maand&periode=2025-03", "Deze periode is zelf één maand"),
        ("reeks=maand&periode=2025-03-02_2025-10-31", "bestaat niet uit hele maanden"),
        ("reeks=kwartaal&periode=2025-02-01_2025-10-31", "bestaat niet uit hele kwartalen"),
        ("reeks=maand&periode=2020-01-01_2025-12-31", "meer dan 36 delen"),
        ("vestiging=weert'; DROP TABLE klacht", "kiest op een kenmerk uit de lijst"),
    ],
)
def test_what_says_nothing_is_refused_in_a_sentence_that_says_what_to_do(tekst: str, zin: str) -> None:
    with pytest.raises(ValueError, match=".*".join(zin.split("|"))):
        Verkenning.lees(tekst)


def test_every_characteristic_and_every_measure_can_be_asked_somewhere() -> None:
    kan = set()
    for maat, per in itertools.product(maten(COULANT), SPLITSINGEN):
        try:
            Verkenning.lees(f"maat={maat}&splits={per}")
        except GeenVraag:
            continue
        kan |= {f"maat {maat}", f"per {per}"}
    assert {*(f"maat {id}" for id in maten(COULANT)), *(f"per {id}" for id in SPLITSINGEN)} == kan


def test_the_sentence_gives_the_whole_the_parts_and_whether_they_differ(register: Register) -> None:
    uit = antwoord(register, "maat=op_tijd.bevestiging&splits=vestiging")
    zin = Woorden(uit, COULANT).zin()
    assert uit.samen is not None
    assert zin.startswith("Op tijd (ontvangstbevestiging), 2025: ")
    assert f"{uit.samen.x} van de {uit.samen.n}" in zin
    assert "marge" in zin
    assert "toeval" in zin
    assert (
        Woorden(antwoord(register, "vestiging=weert&kanaal=gesprek&categorie=privacy"), COULANT)
        .zin()
        .endswith("er is niets om te tellen.")
    )


# --- small numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tekst", ["splits=kanaal", "maat=deel_open&splits=vestiging", "maat=op_tijd.bevestiging&splits=kanaal"]
)
def test_no_small_number_is_left_for_who_may_not_see_it(register: Register, tekst: str) -> None:
    heel = antwoord(register, tekst)
    uit = dicht.verberg(heel)
    klein = {cel.waarden for cel in heel.cellen for n in (cel.n, cel.x, cel.n - (cel.x or 0)) if n and n < 5}
    verborgen = {cel.waarden for cel in uit.cellen if cel.verborgen}
    assert klein <= verborgen or not klein
    assert uit.zin_kleine
    woorden = Woorden(uit, COULANT)
    for cel in uit.cellen:
        if cel.verborgen:
            assert woorden.cijfer(cel) == "verborgen"
            assert uit.telling(cel) is None
    tabel = woorden.tabel()
    assert tabel[tabel.columns[1:]].isna().all(axis=1).sum() == len(verborgen)


def test_too_few_to_show_are_hidden_with_their_total(register: Register) -> None:
    weinig = dicht.verberg(antwoord(register, "categorie=privacy&vestiging=weert&kanaal=brief"))
    assert all(cel.verborgen for cel in weinig.cellen if 0 < cel.n < 5)
    niets = dicht.verberg(antwoord(register, "categorie=privacy&vestiging=weert&kanaal=gesprek"))
    assert niets.samen is not None


def test_who_sees_no_small_numbers_asks_no_finer_than_two_characteristics() -> None:
    dicht.check(Verkenning.lees("splits=vestiging&categorie=privacy"))
    with pytest.raises(GeenVraag, match="hoogstens twee kenmerken tegelijk"):
        dicht.check(Verkenning.lees("splits=vestiging.kanaal&categorie=privacy"))


def test_a_question_reads_what_was_so_on_its_peildatum(register: Register) -> None:
    with register.cursor() as cursor:
        vraag = Verkenning.lees("maat=deel_open&periode=2025")
        vroeg = geef(cursor, vraag, peildatum=date(2025, 6, 30), reglement=COULANT).samen
        laat = geef(cursor, vraag, peildatum=VANDAAG, reglement=COULANT).samen
    assert vroeg is not None
    assert laat is not None
    assert vroeg.n < laat.n
    assert (vroeg.x or 0) > (laat.x or 0)
