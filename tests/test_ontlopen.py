"""An escape is judged by the rule it escapes: what happens after a term or after the end of a klacht changes no status.

Days count from receipt: acknowledgement until D14, notice until D28, maatregelen until D42.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from klachten.analyse.basis.kengetallen import rijen_van
from tests.termijnproef import Feit, leg_vast, statussen, voeg_toe

ONTVANGEN = date(2025, 1, 6)
OP_TIJD, TE_LAAT, OPEN, LOOPT, NVT, WEET_NIET, VERSTREKEN = (
    "op tijd", "te laat", "te laat, nog open", "loopt", "n.v.t.", "onbepaald", "onbepaald, termijn verstreken",
)  # fmt: skip


def dag(nr: int) -> date:
    return ONTVANGEN + timedelta(nr)


Zet = tuple[str, int, Any]
"""soort, day and gegevens."""


def maatregel(nr: int, op: int, uitgevoerd: int = 0, vervallen: int = 0, uiterlijk: int = 42) -> list[Zet]:
    wie = {"maatregel": nr, "actienemer": "gijs", "overlegd_met": "carla", "uiterlijk_op": str(dag(uiterlijk))}
    uit: list[Zet] = [("MaatregelBepaald", op, wie)]
    if uitgevoerd:
        uit.append(("MaatregelUitgevoerd", uitgevoerd, {"maatregel": nr}))
    if vervallen:
        uit.append(("MaatregelVervallen", vervallen, {"maatregel": nr}))
    return uit


def onbekend(op: int, *, onbekend: bool = True, bereikbaar: bool = False) -> Zet:
    return ("AnonimiteitVastgelegd", op, {"onbekend": onbekend, "bereikbaar": bereikbaar})


def gemachtigde(op: int, *, gestopt: bool = False) -> Zet:
    return ("GemachtigdeAangewezen", op, {"gestopt": gestopt})


def bevestigd(op: int) -> Zet:
    return ("OntvangstBevestigd", op, {"behandelaar": "bas"})


ZONDER = "GeenMaatregelenNodig"
GEVALLEN: dict[str, tuple[list[Zet], str, dict[int, str]]] = {
    "gesloten zonder maatregelen, heropend met een maatregel": (
        [(ZONDER, 10, {}), ("KlachtAfgesloten", 21, {}), ("KlachtHeropend", 100, {}), *maatregel(1, 101)],
        "maatregelen",
        {9: WEET_NIET, 10: NVT, 60: NVT, 100: NVT, 101: NVT, 200: NVT},
    ),
    "nul maatregelen, pas na de termijn vastgelegd nadat er een liep": (
        [*maatregel(1, 10, vervallen=60), (ZONDER, 61, {})],
        "maatregelen",
        {42: LOOPT, 43: OPEN, 59: OPEN, 60: OPEN, 61: TE_LAAT, 300: TE_LAAT},
    ),
    "een maatregel na de termijn laten vervallen, de andere was op tijd": (
        [*maatregel(1, 10, uitgevoerd=30), *maatregel(2, 10, vervallen=60)],
        "maatregelen",
        {30: LOOPT, 43: OPEN, 60: TE_LAAT, 300: TE_LAAT},
    ),
    "op de laatste dag vervallen telt niet meer mee": (
        [*maatregel(1, 10, uitgevoerd=30), *maatregel(2, 10, vervallen=42)],
        "maatregelen",
        {41: LOOPT, 42: OP_TIJD, 43: OP_TIJD},
    ),
    "de enige maatregel vervallen, zonder besluit: weer onbeslist": (
        maatregel(1, 10, vervallen=30),
        "maatregelen",
        {29: LOOPT, 30: WEET_NIET, 42: WEET_NIET, 43: VERSTREKEN},
    ),
    "en dan loopt ook de termijn van stap 7 weer": (
        maatregel(1, 10, vervallen=20),
        "niet_in_behandeling",
        {9: WEET_NIET, 10: NVT, 19: NVT, 20: WEET_NIET, 28: WEET_NIET, 29: VERSTREKEN},
    ),
    "een nieuwe dag afspreken verlengt de termijn niet": (
        [
            *maatregel(1, 10),
            ("MaatregelGewijzigd", 50, {"maatregel": 1, "uiterlijk_op": str(dag(90))}),
            ("MaatregelUitgevoerd", 60, {"maatregel": 1}),
        ],
        "maatregelen",
        {42: LOOPT, 43: OPEN, 51: OPEN, 60: TE_LAAT},
    ),
    "ingetrokken binnen de termijn met een open maatregel": (
        [*maatregel(1, 10), ("KlachtIngetrokken", 20, {})],
        "maatregelen",
        {19: LOOPT, 20: NVT, 300: NVT},
    ),
    "ingetrokken na de termijn met een open maatregel": (
        [*maatregel(1, 10), ("KlachtIngetrokken", 50, {})],
        "maatregelen",
        {43: OPEN, 50: TE_LAAT, 300: TE_LAAT},
    ),
    "bevestigd na de intrekking": (
        [("KlachtIngetrokken", 5, {}), ("OntvangstBevestigd", 30, {"behandelaar": "bas"})],
        "bevestiging",
        {4: LOOPT, 5: NVT, 14: NVT, 30: NVT},
    ),
    "ook binnen de termijn bevestigd na de intrekking": (
        [("KlachtIngetrokken", 5, {}), ("OntvangstBevestigd", 8, {"behandelaar": "bas"})],
        "bevestiging",
        {5: NVT, 8: NVT, 300: NVT},
    ),
    "ingetrokken en heropend: de eerste ronde blijft wat zij was": (
        [
            ("KlachtIngetrokken", 5, {}),
            ("KlachtHeropend", 40, {}),
            ("OntvangstBevestigd", 41, {"behandelaar": "bas"}),
        ],
        "bevestiging",
        {5: NVT, 40: NVT, 41: NVT},
    ),
    "na een bericht van niet in behandeling heropend": (
        [("NietInBehandelingGenomen", 20, {"grond": "te_oud"}), ("KlachtHeropend", 50, {}), *maatregel(1, 60)],
        "niet_in_behandeling",
        {19: WEET_NIET, 20: OP_TIJD, 50: OP_TIJD, 60: OP_TIJD},
    ),
    "heropend met een maatregel na de termijn: de eerste ronde was op tijd": (
        [
            *maatregel(1, 10, uitgevoerd=30),
            ("KlachtAfgesloten", 31, {}),
            ("KlachtHeropend", 50, {}),
            *maatregel(2, 60, uitgevoerd=70, uiterlijk=90),
        ],
        "maatregelen",
        {29: LOOPT, 30: OP_TIJD, 43: OP_TIJD, 60: OP_TIJD, 70: OP_TIJD},
    ),
    "in de eerste ronde laat bepaald en uitgevoerd": (
        maatregel(1, 50, uitgevoerd=55, uiterlijk=70),
        "maatregelen",
        {42: WEET_NIET, 43: VERSTREKEN, 50: OPEN, 55: TE_LAAT},
    ),
    "pas na de termijn onbekend zonder adres: te laat blijft te laat": (
        [onbekend(30)],
        "bevestiging",
        {13: LOOPT, 14: LOOPT, 15: OPEN, 29: OPEN, 30: TE_LAAT, 300: TE_LAAT},
    ),
    "de dag na de termijn onbekend": ([onbekend(15)], "bevestiging", {14: LOOPT, 15: TE_LAAT, 16: TE_LAAT}),
    "op de laatste dag onbekend": ([onbekend(14)], "bevestiging", {13: LOOPT, 14: NVT, 15: NVT, 300: NVT}),
    "van het begin af onbekend, na de termijn toch bekend": (
        [onbekend(0), onbekend(30, onbekend=False), bevestigd(35)],
        "bevestiging",
        {0: NVT, 14: NVT, 29: NVT, 30: NVT, 34: NVT, 35: NVT, 300: NVT},
    ),
    "binnen de termijn toch bekend": (
        [onbekend(0), onbekend(10, bereikbaar=True), bevestigd(16)],
        "bevestiging",
        {9: NVT, 10: LOOPT, 14: LOOPT, 15: OPEN, 16: TE_LAAT},
    ),
    "een gemachtigde die na de termijn stopt": (
        [onbekend(0), gemachtigde(5), gemachtigde(20, gestopt=True)],
        "bevestiging",
        {4: NVT, 5: LOOPT, 15: OPEN, 19: OPEN, 20: TE_LAAT},
    ),
    "een gemachtigde die binnen de termijn stopt, en na de termijn een ander": (
        [onbekend(0), gemachtigde(5), gemachtigde(10, gestopt=True), gemachtigde(20)],
        "bevestiging",
        {4: NVT, 9: LOOPT, 10: NVT, 14: NVT, 15: NVT, 20: NVT, 21: NVT},
    ),
    "gemist, onbekend, en weer bereikbaar": (
        [onbekend(30), onbekend(50, bereikbaar=True), bevestigd(60)],
        "bevestiging",
        {29: OPEN, 30: TE_LAAT, 49: TE_LAAT, 50: OPEN, 59: OPEN, 60: TE_LAAT},
    ),
    "op tijd bevestigd en daarna onbekend": (
        [bevestigd(10), onbekend(12)],
        "bevestiging",
        {9: LOOPT, 10: OP_TIJD, 12: OP_TIJD, 300: OP_TIJD},
    ),
    "te laat bevestigd en daarna onbekend": (
        [bevestigd(20), onbekend(25)],
        "bevestiging",
        {19: OPEN, 20: TE_LAAT, 25: TE_LAAT},
    ),
    "na de termijn onbekend en ingetrokken": (
        [onbekend(30), ("KlachtIngetrokken", 40, {})],
        "bevestiging",
        {29: OPEN, 30: TE_LAAT, 40: TE_LAAT},
    ),
    "onbekend raakt geen andere termijn": (
        [onbekend(0), *maatregel(1, 10)],
        "maatregelen",
        {42: LOOPT, 43: OPEN},
    ),
    "te laat besloten dat er geen nodig zijn": (
        [(ZONDER, 50, {})],
        "maatregelen",
        {43: VERSTREKEN, 49: VERSTREKEN, 50: NVT},
    ),
}  # fmt: skip


def vertel(con: DuckDBPyConnection, feiten: list[Zet], nummer: str = "K2025-0001") -> None:
    op_volgorde = sorted(feiten, key=lambda feit: feit[1])
    voeg_toe(con, nummer, ONTVANGEN, feiten=[(soort, dag(op), gegevens) for soort, op, gegevens in op_volgorde])


@pytest.mark.parametrize(
    ("feiten", "verwacht"),
    [
        ([onbekend(30)], {10: (10, None), 29: (29, None), 30: (30, "onbereikbaar"), 300: (30, "onbereikbaar")}),
        ([onbekend(0)], {0: None, 30: None}),
        ([onbekend(0), onbekend(10, bereikbaar=True)], {9: None, 10: (10, None), 20: (20, None)}),
        (
            [onbekend(5), onbekend(10, bereikbaar=True), onbekend(20)],
            {9: (5, "onbereikbaar"), 25: (20, "onbereikbaar")},
        ),
        ([bevestigd(20), onbekend(25)], {20: (20, "bevestigd"), 30: (20, "bevestigd")}),
        ([onbekend(30), ("KlachtIngetrokken", 20, {})], {30: (20, "ingetrokken")}),
        ([onbekend(30), ("KlachtIngetrokken", 40, {})], {30: (30, "onbereikbaar"), 40: (30, "onbereikbaar")}),
    ],
)
def test_waiting_for_an_acknowledgement_ends_where_there_is_nobody_to_write_to_any_more(
    con: DuckDBPyConnection, feiten: list[Zet], verwacht: dict[int, tuple[int, str | None] | None]
) -> None:
    vertel(con, feiten)
    gevonden = {}
    for nr in verwacht:
        rijen = rijen_van(con, "looptijd", peildatum=dag(nr))
        gevonden[nr] = next(((r["dagen"], r["einde"]) for r in rijen if r["maat"] == "bevestiging"), None)
    assert gevonden == verwacht


@pytest.mark.parametrize("naam", GEVALLEN)
def test_the_status_of_a_term_from_day_to_day(con: DuckDBPyConnection, naam: str) -> None:
    feiten, termijn, verwacht = GEVALLEN[naam]
    vertel(con, feiten)
    assert {nr: statussen(con, dag(nr))["K2025-0001", termijn] for nr in verwacht} == verwacht


NIB, MEEGEDEELD = ("NietInBehandelingGenomen", {"grond": "te_oud"}), ("AfsluitingMeegedeeld", {"wijze": "brief"})
HEROPEND: list[Zet] = [("KlachtAfgesloten", 40, {}), ("KlachtHeropend", 50, {})]
EERSTE = ("besluit", "besluit_op", "uitgevoerd_op", "vervallen_op", "meegedeeld_op", "einde", "einde_op")
# What a klacht did, and long afterwards the first round by EERSTE: what a later round did is not in it.
EERSTE_RONDE: list[tuple[list[Zet], tuple[Any, ...]]] = [
    ([*HEROPEND, *maatregel(1, 60, uitgevoerd=70)], (None, None, None, None, None, "afgesloten", 40)),
    ([*HEROPEND, (ZONDER, 60, {})], (None, None, None, None, None, "afgesloten", 40)),
    ([*HEROPEND, (NIB[0], 60, NIB[1])], (None, None, None, None, None, "afgesloten", 40)),
    ([*HEROPEND, (MEEGEDEELD[0], 60, MEEGEDEELD[1])], (None, None, None, None, None, "afgesloten", 40)),
    (
        [*maatregel(1, 10, uitgevoerd=20), *HEROPEND, *maatregel(2, 60, uitgevoerd=70)],
        ("maatregelen", 10, 20, None, None, "afgesloten", 40),
    ),
    (
        [*maatregel(1, 10, uitgevoerd=20), *HEROPEND, *maatregel(2, 60)],
        ("maatregelen", 10, 20, None, None, "afgesloten", 40),
    ),
    (
        [*maatregel(1, 10, vervallen=20), *maatregel(2, 10, vervallen=30), (ZONDER, 31, {}), *HEROPEND],
        ("geen maatregelen", 31, None, 30, None, "afgesloten", 40),
    ),
    (
        [*maatregel(1, 10, uitgevoerd=20), *HEROPEND, *maatregel(2, 60, vervallen=70)],
        ("maatregelen", 10, 20, None, None, "afgesloten", 40),
    ),
    (
        [(ZONDER, 10, {}), *HEROPEND, (MEEGEDEELD[0], 45, MEEGEDEELD[1])],
        ("geen maatregelen", 10, None, None, 45, "afgesloten", 40),
    ),
    (
        [(NIB[0], 20, NIB[1]), ("KlachtHeropend", 50, {}), *maatregel(1, 60)],
        ("niet in behandeling", 20, None, None, None, "niet in behandeling", 20),
    ),
]


@pytest.mark.parametrize(("feiten", "verwacht"), EERSTE_RONDE)
def test_the_first_round_stays_what_it_was(
    con: DuckDBPyConnection, feiten: list[Zet], verwacht: tuple[Any, ...]
) -> None:
    vertel(con, feiten)
    (rij,) = rijen_van(con, "klacht_op", peildatum=dag(300))
    gevonden = [rij[f"eerste_{naam}"] for naam in EERSTE]
    assert tuple((w - ONTVANGEN).days if isinstance(w, date) else w for w in gevonden) == verwacht


@pytest.mark.parametrize(
    ("feiten", "verwacht"),
    [
        (maatregel(1, 10, uitgevoerd=42), {42: "op tijd"}),
        (maatregel(1, 10, uitgevoerd=43), {42: "open", 43: "te laat"}),
        (maatregel(1, 10, vervallen=42), {41: "open", 42: "vervallen"}),
        # An agreed day that was over stays missed, also when the maatregel is cancelled or moved afterwards.
        (maatregel(1, 10, vervallen=43), {43: "te laat"}),
        (
            [*maatregel(1, 10), ("MaatregelGewijzigd", 43, {"maatregel": 1, "uiterlijk_op": str(dag(90))})],
            {42: "open", 43: "open en te laat", 60: "open en te laat"},
        ),
        (
            [*maatregel(1, 10), ("MaatregelGewijzigd", 42, {"maatregel": 1, "uiterlijk_op": str(dag(90))})],
            {42: "open", 43: "open", 90: "open", 91: "open en te laat"},
        ),
        # With a klacht that is withdrawn its open maatregelen end.
        ([*maatregel(1, 10), ("KlachtIngetrokken", 20, {})], {19: "open", 20: "vervallen", 300: "vervallen"}),
        ([*maatregel(1, 10), ("KlachtIngetrokken", 50, {})], {49: "open en te laat", 50: "te laat", 300: "te laat"}),
    ],
)  # fmt: skip
def test_the_stand_of_a_maatregel_from_day_to_day(
    con: DuckDBPyConnection, feiten: list[Zet], verwacht: dict[int, str]
) -> None:
    vertel(con, feiten)
    stand = {nr: rijen_van(con, "maatregelen_stand", peildatum=dag(nr))[0]["stand"] for nr in verwacht}
    assert stand == verwacht


ANDERE_DAG: list[Zet] = [*maatregel(1, 10), ("MaatregelGewijzigd", 43, {"maatregel": 1, "uiterlijk_op": str(dag(50))})]


@pytest.mark.parametrize(
    ("feiten", "uiterlijk", "gemist"),
    [
        (maatregel(1, 10), 42, None),
        (maatregel(1, 10, uitgevoerd=43), 42, None),
        (maatregel(1, 10, vervallen=42), 42, None),
        (maatregel(1, 10, vervallen=43), 42, 42),
        (ANDERE_DAG, 50, 42),
        ([*ANDERE_DAG, ("MaatregelVervallen", 51, {"maatregel": 1})], 50, 42),
        ([*maatregel(1, 10), ("MaatregelGewijzigd", 42, {"maatregel": 1, "uiterlijk_op": str(dag(50))})], 50, None),
        ([*maatregel(1, 10), ("MaatregelGewijzigd", 43, {"maatregel": 1, "actienemer": "bas"})], 42, None),
    ],
)
def test_an_agreed_day_is_missed_when_it_is_over_before_it_is_moved_or_cancelled(
    con: DuckDBPyConnection, feiten: list[Zet], uiterlijk: int, gemist: int | None
) -> None:
    vertel(con, feiten)
    vraag = "SELECT uiterlijk_op, gemist_op FROM maatregel_stand WHERE tot = DATE '9999-12-31'"
    assert con.execute(vraag).fetchall() == [(dag(uiterlijk), None if gemist is None else dag(gemist))]


def test_a_maatregel_of_a_later_round_has_its_agreed_day_and_no_term(con: DuckDBPyConnection) -> None:
    feiten = [*maatregel(1, 10, uitgevoerd=20), ("KlachtAfgesloten", 25, {}), ("KlachtHeropend", 100, {})]
    vertel(con, [*feiten, *maatregel(2, 101, uitgevoerd=130, uiterlijk=120)])
    assert rijen_van(con, "maatregeltermijn", peildatum=dag(200)) == [
        {"status": "op tijd", "maatregelen": 1, "rijp": 1}
    ]
    stand = {r["maatregel"]: r["stand"] for r in rijen_van(con, "maatregelen_stand", peildatum=dag(200))}
    assert stand == {1: "op tijd", 2: "te laat"}


# --- the same klacht everywhere --------------------------------------------------------------------------------------


def test_a_klacht_belongs_to_the_year_of_its_receipt_as_corrected_and_not_to_that_of_its_number(
    con: DuckDBPyConnection,
) -> None:
    voeg_toe(con, "K2025-0001", date(2024, 12, 30))
    peildatum = date(2025, 3, 1)
    assert [r["jaar"] for r in rijen_van(con, "te_evalueren", peildatum=peildatum)] == [2024]
    assert [r["jaar"] for r in rijen_van(con, "categorieen", peildatum=peildatum)] == [2024]
    assert rijen_van(con, "klacht_op", peildatum=peildatum)[0]["jaar"] == 2024
    taken = con.execute("SELECT wat FROM werkvoorraad($1, ['anna'], ['carla'], ['weert'], [])", [peildatum]).fetchall()
    assert ("Klachten over 2024 evalueren",) in taken


def test_a_renamed_categorie_counts_under_its_name_of_today_everywhere(con: DuckDBPyConnection) -> None:
    con.execute("INSERT INTO categorie_nu VALUES ('coulant', 'begeleiding', 'deskundigheid')")
    for nr in range(10):
        oud = "begeleiding" if nr < 7 else "deskundigheid"
        voeg_toe(con, f"K2023-{nr + 1:04d}", date(2023, 5, 1 + nr), categorie=oud, aspecten=["begeleiding"])
        voeg_toe(con, f"K2025-{nr + 1:04d}", date(2025, 5, 1 + nr), categorie="deskundigheid")
    wat = {"verbeteractie": 1, "actienemer": "bas", "categorie": "begeleiding", "uiterlijk_op": "2024-06-01"}
    actie: list[Feit] = [
        ("E2024-0001", "EvaluatieGehouden", date(2024, 2, 1), {"jaar": 2023, "directieleden": ["carla"]}),
        ("E2024-0001", "VerbeteractieBepaald", date(2024, 2, 1), wat),
        ("E2024-0001", "VerbeteractieUitgevoerd", date(2024, 6, 1), {"verbeteractie": 1}),
    ]
    leg_vast(con, actie)
    op = date(2025, 12, 31)
    assert {(r["jaar"], r["categorie"]): r["klachten"] for r in rijen_van(con, "categorieen", peildatum=op)} == {
        (2023, "deskundigheid"): 10, (2025, "deskundigheid"): 10,
    }  # fmt: skip
    assert [r["als_aspect"] for r in rijen_van(con, "aspecten", peildatum=op)] == [0, 0]
    (v,) = rijen_van(con, "verbeteracties_voor_en_na", peildatum=op)
    assert (v["categorie"], v["voor"], v["na"]) == ("deskundigheid", 10, 10)
    assert {r["categorie"] for r in rijen_van(con, "klacht_selectie", peildatum=op)} == {"deskundigheid"}


def test_a_step_is_reached_by_as_many_klachten_on_the_map_as_in_the_table_of_rework(con: DuckDBPyConnection) -> None:
    eerste = [*maatregel(1, 10, uitgevoerd=20), ("KlachtAfgesloten", 25, {})]
    vertel(con, eerste)
    vertel(con, [*eerste, ("KlachtHeropend", 50, {}), *maatregel(2, 51)], "K2025-0002")
    kaart = {r["stap"]: r["aantal"] for r in rijen_van(con, "stappenkaart", peildatum=dag(60))}
    werk = {r["stap"]: r["klachten"] for r in rijen_van(con, "herstelwerk", peildatum=dag(60))}
    assert (kaart[13], werk[13]) == (2, 2)
    assert {stap: n for stap, n in kaart.items() if n} == werk
