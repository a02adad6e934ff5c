"""What the SQL desk answers leaves as an Excel file: kinds kept, nothing that runs, the limit said, and by right."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from streamlit import dataframe_util

from klachten import momentopname
from klachten.analyse.basis.lezer import Zicht
from klachten.analyse.verkenner import bureau, bureaubestand
from klachten.analyse.verkenner.bureau import Gevraagd, Uitkomst
from klachten.analyse.verkenner.bureaubestand import Betekenis
from klachten.kijklog.log import Kijklog
from klachten.kijklog.regel import BEVRAAGD, GEDOWNLOAD, plain
from klachten.register import Register
from klachten.scherm import aanbod, uitgifte
from klachten.scherm.verkenner import bureau as pagina
from tests.evaluatieproef import VANDAAG, register_met
from tests.schermproef import open_pagina, tekst

SQL = (
    "SELECT jaar, jaar AS n, DATE '2025-03-04' AS dag, TIMESTAMP '2025-03-04 15:30:00' AS op, "
    "INTERVAL 36 HOUR AS wachten, INTERVAL '2 days' AS dagen_open, 1.25 AS deel, true AS af, "
    "'=1+1' AS tekst, ['a', 'b'] AS lijst, NULL AS niets, kanaal FROM klacht WHERE jaar = 2025 LIMIT 3"
)


@pytest.fixture(scope="module", autouse=True)
def register() -> Iterator[Register]:
    with register_met(40) as register:
        momentopname.write(register, nu=datetime(2026, 11, 22, 11, tzinfo=UTC), vandaag=VANDAAG)
        yield register


def boek(uit: Uitkomst, sql: str = SQL, *betekenissen: Betekenis) -> Workbook:
    return load_workbook(io.BytesIO(bureaubestand.bestand(uit, sql, betekenissen, op=VANDAAG, voor="Voor Carla.")))


def vraag(register: Register, sql: str, rijen: int = 50) -> Uitkomst:
    return bureau.answer(Gevraagd(str(register.map), sql, rijen=rijen))


def tabel(vel: Any) -> list[list[Any]]:
    """Return headings and rows of the one table of a sheet, as cells."""
    (deel,) = vel.tables.values()
    return [list(rij) for rij in vel[deel.ref]]


def test_every_column_is_of_its_kind(register: Register) -> None:
    uit = vraag(register, SQL)
    assert uit.soorten[:9] == (
        "getal", "getal", "datum", "moment", "duur", "duur", "kommagetal", "ja_nee", "tekst",
    )  # fmt: skip
    kop, eerste, *_ = tabel(boek(uit)["Uitkomst"])
    assert [cel.value for cel in kop] == [
        "jaar", "n", "dag", "op", "wachten (dagen)", "dagen_open", "deel", "af", "tekst", "lijst", "niets", "kanaal",
    ]  # fmt: skip
    waarden = [cel.value for cel in eerste]
    assert [str(waarde) for waarde in waarden[2:4]] == ["2025-03-04 00:00:00", "2025-03-04 15:30:00"]
    assert waarden[:2] + waarden[4:11] == [2025, 2025, 1.5, 2, 1.25, "ja", "=1+1", "a, b", None]
    assert eerste[2].is_date
    formaten = [cel.number_format for cel in eerste]
    # A year is no 2.025, and a count is.
    assert formaten[:4] == ["0", "#,##0", "dd-mm-yyyy", "dd-mm-yyyy hh:mm"]
    assert [cel.data_type for cel in eerste[8:10]] == ["s", "s"]
    assert all(cel.quotePrefix for cel in eerste[8:10])


def test_a_day_that_excel_does_not_know_stays_readable(register: Register) -> None:
    uit = vraag(
        register,
        "SELECT DATE '1850-01-02' AS dag, TIMESTAMP '1850-01-02 10:00:00' AS op, DATE '0044-01-01 (BC)' AS oud",
    )
    assert [cel.value for cel in tabel(boek(uit)["Uitkomst"])[1]] == [
        "02-01-1850",
        "1850-01-02 10:00",
        "0044-01-01 (BC)",
    ]


VER: dict[str, tuple[object, object]] = {
    "123456789012345678901234567890::HUGEINT": ("123456789012345678901234567890",) * 2,
    "18446744073709551615::UBIGINT": ("18446744073709551615",) * 2,
    "9007199254740993": ("9007199254740993",) * 2,
    "9007199254740992": (9007199254740992,) * 2,
    "TIMESTAMPTZ '2025-07-01 12:00:00+02'": (datetime.fromisoformat("2025-07-01T10:00"),) * 2,
    "'infinity'::TIMESTAMP": (
        datetime.fromisoformat("9999-12-31T23:59:59.999999"),
        datetime.fromisoformat("9999-12-31T23:59:59"),
    ),
    "{'a': DATE '2020-01-01', 'b': [true, NULL]}": ("a: 2020-01-01, b: ja, leeg",) * 2,
}


@pytest.mark.parametrize("waarde", VER)
def test_what_does_not_fit_in_a_table_or_in_excel_stays_readable(register: Register, waarde: str) -> None:
    # Two columns of one name, a remark behind it, and an empty row: what is asked once more keeps them.
    uit = vraag(
        register, f"SELECT {waarde} AS x, 1 AS x UNION ALL SELECT NULL, 2 /* é; */ ORDER BY ALL NULLS LAST; -- klaar;"
    )
    assert uit.kolommen == ("x", "x")
    op_scherm, in_excel = VER[waarde]
    assert [rij[0] for rij in uit.waarden()] == [op_scherm, None]
    assert dataframe_util.convert_pandas_df_to_arrow_bytes(pd.DataFrame(uit.waarden(), columns=["x", "y"]))
    assert tabel(boek(uit)["Uitkomst"])[1][0].value == (
        str(in_excel) if isinstance(in_excel, int) and in_excel >= 10**15 else in_excel
    )


def test_a_duration_of_more_days_than_there_are_is_refused_in_a_sentence(register: Register) -> None:
    uit = vraag(register, "SELECT INTERVAL 3000000 YEAR")
    assert (uit.weigering, uit.soort) == (bureau.TE_VER, "sql_waarde")
    # And what that sentence says to do instead can be done.
    raad = re.search(r"\w+\(….*?\)", bureau.TE_VER)
    assert raad
    uit = vraag(register, f"SELECT {raad[0].replace('…', 'INTERVAL 3000000 YEAR')}")
    assert (uit.weigering, uit.rijen) == ("", ((94672800000000.0,),))


def test_it_says_what_was_asked_of_what_up_to_which_day_and_what_columns_mean(register: Register) -> None:
    sql = "SELECT klachtnummer, status, COUNT(*) AS n\nFROM klacht_op(DATE '2025-12-31') GROUP BY ALL"
    uit = vraag(register, sql)
    gemaakt = boek(uit, sql, Betekenis("klacht_op", "status", "Hoe het ermee staat", "tekst of code"))
    assert gemaakt.sheetnames == ["Uitkomst", "Kolommen", "Herkomst", "SQL"]
    assert [[cel.value for cel in rij] for rij in tabel(gemaakt["Kolommen"])[1:]] == [
        ["klachtnummer", None, bureaubestand.BEREKEND, None],
        ["status", "klacht_op", "Hoe het ermee staat", "tekst of code"],
        ["n", None, bureaubestand.BEREKEND, None],
    ]
    kop, rij = ([cel.value for cel in rij] for rij in tabel(gemaakt["Herkomst"]))
    herkomst = dict(zip(kop, rij, strict=True))
    assert herkomst["SQL"] == sql
    assert herkomst["Peildatum"] == datetime.combine(VANDAAG, datetime.min.time())
    assert herkomst["Zegel"] == register.stand().zegel
    assert uit.momentopname in herkomst["Filter"]
    assert herkomst["Definitie"].startswith(
        "Met klacht_op, waarvan de SQL op het blad SQL staat. Een kopie zonder namen"
    )
    assert "20.000 rijen" in herkomst["Definitie"]
    regels = [[cel.value for cel in rij] for rij in tabel(gemaakt["SQL"])[1:]]
    assert regels[:2] == [[bureaubestand.EIGEN_VRAAG, nr, zin] for nr, zin in enumerate(sql.split("\n"), 1)]
    # With the question of the register that it asks, so that it can be asked again.
    assert "klacht_op" in {naam for naam, *_ in regels}


@pytest.mark.parametrize(
    ("sql", "zin"),
    [
        ("SELECT * FROM range(60)", "De eerste 50 rijen; er zijn er meer. Een bestand heeft er hoogstens zoveel."),
        ("SELECT 1", "1 rij: alle rijen van de uitkomst."),
        ("SELECT * FROM klagt", "opnieuw gesteld, en gaf geen uitkomst. Er is geen tabel 'klagt'"),
    ],
)
def test_how_many_rows_there_are_is_said(register: Register, sql: str, zin: str) -> None:
    assert zin in boek(vraag(register, sql), sql)["Uitkomst"]["A2"].value


def here(map: Path, sql: str, niet: tuple[str, ...] = (), *, rijen: int = bureau.MEESTE_RIJEN) -> Uitkomst:
    """Ask in this process: that of its own is tried in tests/test_sqlbureau.py."""
    return bureau.answer(Gevraagd(str(map), sql, tuple(niet), rijen=rijen))


def test_the_file_goes_to_who_may_have_it_and_is_logged(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    monkeypatch.setattr(bureau, "vraag", here)
    gelogd: list[tuple[object, ...]] = []

    def note(_: Kijklog, wat: str, wie: str, *, waar: str, aantal: int | None = None, **rest: object) -> None:
        if wat in (BEVRAAGD, GEDOWNLOAD):
            gelogd.append((wat, wie, plain(waar), aantal))

    monkeypatch.setattr(Kijklog, "note", note)
    proef = open_pagina("sqlbureau", als="carla")
    proef.text_area[0].set_value("SELECT klachtnummer, ontvangen_op FROM klacht")
    proef.button[0].click().run()
    assert not proef.exception
    assert f"{bureau.MEESTE_IN_BESTAND:,} in een Excel-bestand".replace(",", ".") in tekst(proef)
    (knop,) = (een for een in proef.get("link_button") if een.proto.label == "Excel-bestand")
    adres = knop.proto.url.partition("?")[0]
    code = adres.removeprefix(aanbod.PAD)
    een = aanbod.find(code)
    assert een is not None
    assert een.naam == f"sqlbureau-{VANDAAG}.xlsx"
    gegeven = uitgifte.give(adres, een.sessie, "carla")
    assert gegeven is not None
    assert isinstance(gegeven.inhoud, bytes)
    vel = load_workbook(io.BytesIO(gegeven.inhoud))
    alle = tabel(vel["Uitkomst"])[1:]
    assert isinstance(alle[0][1].value, datetime)
    assert ["ontvangen_op", "klacht"] in [[cel.value for cel in rij[:2]] for rij in tabel(vel["Kolommen"])]
    assert gelogd == [
        (BEVRAAGD, "carla", "sqlbureau/klacht", len(alle)),
        (BEVRAAGD, "carla", "sqlbureau/klacht", len(alle)),
        (GEDOWNLOAD, "carla", "excel_sqlbureau", None),
    ]


def test_a_klacht_in_which_the_reader_got_involved_meanwhile_is_not_in_the_file(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    gevraagd: list[tuple[str, ...]] = []

    def listen(map: Path, sql: str, niet: tuple[str, ...] = (), *, rijen: int = bureau.MEESTE_RIJEN) -> Uitkomst:
        gevraagd.append(tuple(niet))
        return here(map, sql, niet, rijen=rijen)

    monkeypatch.setattr(bureau, "vraag", listen)
    proef = open_pagina("sqlbureau", als="carla")
    proef.button[0].click().run()
    (knop,) = (een for een in proef.get("link_button") if een.proto.label == "Excel-bestand")
    een = aanbod.find(knop.proto.url.removeprefix(aanbod.PAD))
    assert een is not None
    assert een.maker is not None
    monkeypatch.setattr(pagina, "zicht", lambda *_: Zicht(niet=("K2025-0001",)))
    een.maker()
    assert gevraagd[-1] == ("K2025-0001",)
