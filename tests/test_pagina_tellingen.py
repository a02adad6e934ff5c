"""From every number on a page to its klachten: what a page links is held against the number it shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from duckdb import DuckDBPyConnection
from streamlit.testing.v1 import AppTest

from klachten import organisatie
from klachten.analyse.basis.eigen import los
from klachten.analyse.basis.geteld import Geteld, geteld, geteld_als
from klachten.analyse.basis.grafiekstijl import klikbaar, spec
from klachten.analyse.basis.selectie import ALLES
from klachten.analyse.termijnen.naleving import RIJP
from klachten.analyse.werk import bestanden, klachtenlijst
from klachten.analyse.werk.bestanden import Waarvan
from klachten.analyse.werk.telling import Telling
from klachten.analyse.werk.telsoorten import SOORTEN
from klachten.periode import Periode
from klachten.register import Register
from klachten.scherm.evaluatie import delen
from tests.evaluatieproef import VANDAAG, WEERGAVEN, open_weergave, register_met, specs
from tests.schermproef import open_pagina, tekst
from tests.termijnproef import voeg_doelen_toe
from tests.test_telling import MET_DOELEN, andere, tellingen

# Columns that hold whole numbers and are no counts of klachten, or of what a klacht had.
GEEN_AANTAL = {
    "Trajecten", "Stap", "Van stap", "Naar stap", "Sinds stap", "Dagen te laat", "Maatregel", "Dagen",
    "Mediaan dagen", "Dagen sinds die stap", "Dagen sinds ontvangst",
}  # fmt: skip
GEEN_AANTAL |= {"Netto dagen", "Netto sinds die stap", "Netto sinds ontvangst"}
GEEN_AANTAL |= {"Dag"}
# A cell like '95% (42 van 45)': a click leads to the x, and the n stands beside it in a column of its own.
MAATVELDEN = ("aantal", "klachten", "nog_open", "onder_risico")
"""What a mark of a chart stands for, in its row."""
X_VAN_N = {
    "Op tijd van termijn voorbij": "Termijn voorbij", "Op tijd van dag voorbij": "Dag voorbij",
    "Ondergrens": "", "Alleen afgerond": "",
}  # fmt: skip
"""The n of the last two is a sum of columns beside them."""
# Numbers in a sentence that count no klachten, nor what a klacht had.
GEEN_TELLING = re.compile(
    r"\d+%|[Ss]tap \d+|\d+ dag(en)?|\d+ tot \d+ dagen|netto \d+|\d{1,2} \w+ t/m|"
    r"\d{1,2} \w+ (19|20)\d\d|\b(19|20)\d\d\b|\d+,\d+|"
    r"van \d+ op [\d.]+ naar \d+ op [\d.]+ trajecten|"
    r"streven\\?: \d+ \w+ na [^.]*|"
    r"Per 100 trajecten|pas opvallen bij [^.]*|Over \d+ hele jaren|\d+ volgorden|\d+ (meer|minder) dan aan het begin|"
    # The list of verbeteracties stands on the page itself.
    r"In \S+ (zijn|is) \w+ verbeteracties?.*|.*verbeteracties? uitgevoerd;.*|\d+ verbeteracties? (is|zijn) te laat.*"
)


# A heading of a list that stands below it, and the help of a page: how it counts, not how many.
GEEN_ZIN = re.compile(
    r"^(\d+ tot en met \d+ van )?\d+ (termijn|klacht|maatregel)(en)?(, uit alle jaren)?$|\*\*Waarom deze grafiek\?\*\*|"
    r"^(Een maatregel is op tijd als|De volgorde is die van de datum|Aantallen schommelen altijd)"
)


@pytest.fixture(scope="module", autouse=True)
def register() -> Iterator[Register]:
    """A register with forty klachten, of an organisation that has aims of its own too."""
    with register_met(40) as veertig:
        gewoon = veertig.reglementen["coulant"]
        veertig.reglementen["coulant"] = MET_DOELEN
        with veertig.cursor() as cursor:
            voeg_doelen_toe(cursor, MET_DOELEN)
        yield veertig
        # Others look at this folder too.
        veertig.reglementen["coulant"] = gewoon
        with veertig.cursor() as cursor:
            cursor.execute("DELETE FROM streeftermijn")


@pytest.fixture(autouse=True)
def op_die_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which the register was made."""
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


@pytest.fixture
def getoond(monkeypatch: pytest.MonkeyPatch) -> list[tuple[pd.DataFrame, delen.Naar | None, str]]:
    """Every table that a page draws, with where its numbers lead."""
    uit: list[tuple[pd.DataFrame, delen.Naar | None, str]] = []
    echt = delen.toon

    def toon(tabel: pd.DataFrame, naar: delen.Naar | None = None, key: str = "") -> None:
        uit.append((los(tabel), naar, key))
        echt(tabel, naar, key)

    monkeypatch.setattr(delen, "toon", toon)
    return uit


@pytest.fixture
def getekend(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, Any], delen.Punt, tuple[str, ...]]]:
    """Every chart that can be clicked, with where its marks lead."""
    uit: list[tuple[dict[str, Any], delen.Punt, tuple[str, ...]]] = []
    echt = delen.grafiek

    def grafiek(teken: Any, *gegevens: Any, **opties: Any) -> None:
        if punt := opties.get("punt"):
            velden = opties.get("velden", ("naam",))
            rest = {
                k: v
                for k, v in opties.items()
                if k not in ("punt", "velden", "naar", "tabel", "key", "klik", "maat", "met_tabel")
            }
            uit.append((spec(teken, *map(los, gegevens), **rest), punt, velden))
        echt(teken, *gegevens, **opties)

    monkeypatch.setattr(delen, "grafiek", grafiek)
    return uit


GEEN_TABEL = {"jaarbeeld", "jaarbeeld?deel=bevindingen"}
"""Views of which the tables are one click lower."""


@pytest.mark.parametrize("pagina", [pagina for pagina in WEERGAVEN if pagina not in GEEN_TABEL])
@pytest.mark.parametrize(
    "keuze", [{"periode": "2025"}, {"periode": "2025-02-10_2025-11-15", "peildatum": "2026-02-01", "per": "termijn"}]
)
def test_a_number_in_a_table_is_the_number_of_its_list(
    register: Register, getoond: list[Any], pagina: str, keuze: dict[str, str]
) -> None:
    assert not open_weergave(pagina, "carla", **keuze).exception
    geteld: Counter[str] = Counter()
    with register.cursor() as cursor:
        for tabel, naar, key in getoond:
            for kolom in tabel.columns:
                if not pd.api.types.is_numeric_dtype(tabel[kolom]) or kolom in GEEN_AANTAL:
                    continue
                if pd.api.types.is_float_dtype(tabel[kolom]) and not (tabel[kolom].dropna() % 1 == 0).all():
                    continue
                assert naar is not None, (key, list(tabel.columns))
                # Not every row: a list of terms takes a tenth of a second, and a page has hundreds of numbers. With one
                # choice the outer ones, with the other those between.
                rijen = {0, len(tabel) - 1} if "peildatum" not in keuze else {min(1, len(tabel) - 1), len(tabel) // 2}
                for rij in sorted(rijen & set(range(len(tabel)))):
                    telling, waarde = naar(rij, str(kolom)), tabel[kolom].iloc[rij]
                    if telling is not None and pd.notna(waarde):
                        assert telling.aantallen(cursor)[1] == waarde, (key, kolom, rij, telling.in_woorden())
                        geteld[key] += 1
    assert sum(geteld.values()) >= 2, geteld


@pytest.mark.parametrize("pagina", WEERGAVEN)
@pytest.mark.parametrize(
    "keuze", [{"periode": "2025"}, {"periode": "2025-02-10_2025-11-15", "peildatum": "2026-02-01", "per": "termijn"}]
)
def test_a_number_in_a_sentence_leads_to_as_many(
    register: Register, monkeypatch: pytest.MonkeyPatch, pagina: str, keuze: dict[str, str]
) -> None:
    gezegd: list[tuple[str, tuple[Geteld, ...], delen.Gevraagd]] = []
    echt = delen.met_lijsten

    def met_lijsten(zin: str, achter: tuple[Geteld, ...], bij: delen.Gevraagd) -> str:
        gezegd.append((zin, tuple(achter), bij))
        return echt(zin, achter, bij)

    monkeypatch.setattr(delen, "met_lijsten", met_lijsten)
    proef = open_weergave(pagina, "carla", **keuze)
    assert not proef.exception
    with register.cursor() as cursor:
        for zin, achter, bij in gezegd:
            for geteld in achter:
                telling = Telling.achter(geteld, bij.peildatum, bij.periode, bij.filter)
                assert telling.aantallen(cursor)[1] == geteld.aantal, (zin, geteld)
                assert Telling.lees(telling.adres) == telling
            # And none is left without: 0 has no list, and stands there as a word.
            getallen = {int(n.replace(".", "")) for n in re.findall(r"\d[\d.]*\d|\d", GEEN_TELLING.sub("", zin))}
            assert getallen - {0} <= {geteld.aantal for geteld in achter}, zin
    assert sum(len(achter) for _, achter, _ in gezegd), pagina
    # Nor is there another sentence with a count.
    los = [regel for deel in proef.markdown for regel in str(deel.value).splitlines() if "klachten?" not in regel]
    los = [regel for regel in los if not GEEN_ZIN.search(regel) and re.search(r"\d", GEEN_TELLING.sub("", regel))]
    assert not [regel for regel in los if set(re.findall(r"\d+", GEEN_TELLING.sub("", regel))) - {"0"}]
    # What is linked is what is shown.
    adressen = [adres for regel in proef.markdown for adres in re.findall(r"\(klachten\?([^)]*)\)", str(regel.value))]
    assert len(adressen) == sum(len(dict.fromkeys(achter)) for _, achter, _ in gezegd)
    assert all(Telling.lees(dict(parse_qsl(adres))) for adres in adressen)


@pytest.mark.parametrize("pagina", ["jaarbeeld?deel=cijfers", "termijnen", "opvolging"])
def test_of_x_out_of_n_in_a_table_both_are_reached(register: Register, getoond: list[Any], pagina: str) -> None:
    assert not open_weergave(pagina, "carla", periode="2025").exception
    gezien = 0
    with register.cursor() as cursor:
        for tabel, naar, key in getoond:
            for kolom, noemer in X_VAN_N.items():
                if kolom not in tabel:
                    continue
                assert naar is not None, key
                for rij in sorted({0, len(tabel) - 1}):
                    gevonden = re.search(r"(\d+) van (\d+)", str(tabel[kolom].iloc[rij]))
                    telling = naar(rij, kolom)
                    if gevonden is None or telling is None:
                        continue
                    gezien += 1
                    assert telling.aantallen(cursor)[1] == int(gevonden[1]), (key, kolom, rij)
                    if noemer:
                        voorbij = naar(rij, noemer)
                        assert voorbij is not None
                        assert voorbij.aantallen(cursor)[1] == int(gevonden[2]) == tabel[noemer].iloc[rij]
    assert gezien >= 2


@pytest.mark.parametrize("pagina", [pagina for pagina in WEERGAVEN if pagina != "jaarbeeld?deel=bevindingen"])
def test_a_mark_of_a_chart_leads_where_its_row_says(
    register: Register, getekend: list[Any], getoond: list[Any], pagina: str
) -> None:
    proef = open_weergave(pagina, "carla", periode="2025")
    assert len(_clickable(proef)) == len(getekend)
    # The one screen draws three pictures at most, of what stands out: none of those may have a list behind it.
    assert getekend or pagina == "jaarbeeld"
    geteld = 0
    with register.cursor() as cursor:
        for tekening, punt, velden in getekend:
            (laag,) = [laag for laag in klikbaar(tekening, velden)["layer"] if "params" in laag]
            for rij in _rows(tekening, laag):
                telling = punt({veld: rij.get(veld) for veld in velden})
                getal = next((rij[veld] for veld in MAATVELDEN if rij.get(veld) is not None), None)
                if telling is not None and getal is not None:
                    geteld += 1
                    assert telling.aantallen(cursor)[1] == getal, (tekening["title"], rij)
            # What is not in the chart leads nowhere, and does no harm.
            assert punt({}) is None
            assert punt(dict.fromkeys(velden, "'; DROP TABLE klacht")) is None
    # A curve of few klachten has few points.
    assert geteld >= 2 * len(getekend)


def test_who_may_read_no_klachten_gets_no_link(register: Register) -> None:
    for pagina in WEERGAVEN:
        proef = open_weergave(pagina, "hanna", periode="2025")
        assert not proef.exception
        assert not _clickable(proef)
        assert not [tabel for tabel in proef.dataframe if tabel.proto.selection_mode]
        assert not [link for link in proef.get("page_link") if link.proto.page == "klachten"]
        assert not [regel for regel in proef.markdown if "klachten?" in str(regel.value)]


def _per_soort(cursor: DuckDBPyConnection) -> dict[str, Telling]:
    """One number of every kind of list there is, and of everything that can be chosen of a kind."""
    vast = (VANDAAG, Periode(date(2021, 1, 1), VANDAAG), ALLES)
    uit: dict[str, Telling] = {}
    for _, n, telling in (*tellingen(cursor, *vast), *andere(cursor, *vast)):
        if n:
            uit.setdefault(f"{telling.wat} {' '.join(dict(telling.deel))} {telling.stand}", telling)
    return uit


def test_every_list_and_its_file_hold_what_its_reader_may_see(register: Register) -> None:
    waarvan = Waarvan(
        gebruiker=wie("carla"), peildatum=VANDAAG, zegel="z",
        feiten=1, filter="f", reglementen=register.reglementen, gewoon="coulant",
    )  # fmt: skip
    gezien, minder = set(), set()
    with register.cursor() as cursor:
        for soort, telling in _per_soort(cursor).items():
            filter, alle = klachtenlijst.Filter(herkomst="", telling=telling), telling.aantal(cursor)
            # The auditor is involved in nothing: who is, does not see all that a figure counts.
            regels = klachtenlijst.read_all(cursor, filter, wie("joris"), VANDAAG, volgorde="oudste")
            assert len(regels) == alle, soort
            wat = soort.split(" ")[0]
            if wat in minder:
                continue
            # Once per kind: the file of somebody who may not see all of them, beside the screen.
            in_bestand = klachtenlijst.read_all(cursor, filter, wie("bas"), VANDAAG, volgorde="oudste")
            in_beeld = klachtenlijst.read_page(
                cursor, filter, wie("bas"), VANDAAG, volgorde="oudste", limit=1000, offset=0
            )
            assert in_bestand == in_beeld, soort
            blad = bestanden.klachten(in_bestand, waarvan)
            assert [rij[0] for rij in blad.rijen] == [regel.klachtnummer for regel in in_beeld]
            gezien.add(wat)
            minder |= {wat} if len(in_beeld) < alle else set()
    assert gezien == minder == {"", *SOORTEN}


@pytest.mark.parametrize(
    ("soort", "deel"),
    [
        ("looptijd", {"maat": "bevestiging", "op_dag": "3"}),
        ("maatregeltermijn", {"rijp": "ja"}),
        ("maatregelen", {}),
        ("", {"termijn": "bevestiging", "stand": RIJP}),
    ],
)
def test_a_list_does_not_tell_how_much_of_the_number_its_reader_may_not_see(
    register: Register, soort: str, deel: dict[str, str]
) -> None:
    vast = (VANDAAG, Periode.van_jaar(2025), ALLES)
    telling = Telling.achter((geteld_als(soort, 1, "", **deel) if soort else geteld(1, "", **deel))[0], *vast)
    with register.cursor() as cursor:
        alle, keren = telling.aantallen(cursor)
        te_zien = klachtenlijst.count(cursor, klachtenlijst.Filter(herkomst="", telling=telling), wie("bas"), VANDAAG)
    assert te_zien < alle
    gezegd = tekst(open_pagina("klachten", als="bas", **telling.adres)).replace("\\", "")
    assert "De klachten achter een cijfer" in gezegd
    assert "Het cijfer is" not in gezegd, "who does not see the figures can ask none by an address"
    assert "niet mag inzien" not in gezegd
    heel = tekst(open_pagina("klachten", als="carla", **telling.adres))
    assert ("Het cijfer is" in heel) == (keren != alle)


def wie(id: str) -> organisatie.Gebruiker:
    """Return somebody of the cast."""
    gevonden = organisatie.gebruiker(id)
    assert gevonden is not None
    return gevonden


def test_a_letter_instead_of_a_name_is_not_given_away_by_a_link(register: Register, getoond: list[Any]) -> None:
    open_pagina("opvolging", als="anna", periode="2025")
    (per_persoon,) = [naar for tabel, naar, _ in getoond if "Wie" in tabel and "Maatregelen" in tabel]
    assert per_persoon is None


def _clickable(proef: AppTest) -> list[dict[str, Any]]:
    return [deel for deel in specs(proef) if any("params" in laag for laag in deel["layer"])]


def _rows(spec: dict[str, Any], laag: dict[str, Any]) -> list[dict[str, Any]]:
    naam = (laag.get("data") or spec["data"])["name"]
    return spec["datasets"][naam]
