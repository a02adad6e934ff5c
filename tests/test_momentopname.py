"""The snapshot for notebooks: nothing personal in it, and every question gives in it what it gives in the register."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import types
import typing
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from klachten import analyse
from klachten import gebeurtenissen as g
from klachten.analyse import GeenMomentopname
from klachten.momentopname.inhoud import KOLOMMEN, NIET_OPGENOMEN, PERSONEN, WEGGELATEN
from klachten.opening import open_register
from klachten.register import Register
from klachten.register.afleiding import derived_tables
from klachten.voorbeeld import make
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests import eindig
from tests.momentproef import DAG, PROJECT, neem_op
from tests.registerproef import leg_klacht_vast, open_at

# Fields that an analyst may see: choices of the reglement, which reglement it was, what an evaluation froze.
MAG = frozenset(
    "reglement kanaal indiener_soort vestiging categorie aspecten kenmerken grond oordeel uitkomst termijn "
    "verandering afwijkingen herkomst ernst aard directe_actie toestemming vertraging tevredenheid instantie "
    "opvolging aspect bevinding zegel software_versie vervangt uiterlijk_om bron".split()
)


def waarden(map: Path) -> Iterator[tuple[str, str, str]]:
    """Every value of every column of the newest snapshot, once, read from the files themselves."""
    for pad in sorted(analyse.momentopname.current(map)[0].glob("*.parquet")):
        tabel, vraag = pad.stem, duckdb.execute("SELECT * FROM read_parquet(?)", [str(pad)])
        kolommen = [kolom[0] for kolom in vraag.description]
        for kolom, gevonden in zip(kolommen, zip(*vraag.fetchall(), strict=True), strict=False):
            yield from ((tabel, kolom, waarde) for waarde in {str(waarde) for waarde in gevonden})


# --- personal data ---------------------------------------------------------------------------------------------------


def merk(soort: type[g.Gebeurtenis], veld: str) -> str:
    """A value that is found again wherever it went."""
    return f"zz{soort.__name__.lower()}_{veld}qx"


def gemerkt(soort: type[g.Gebeurtenis]) -> g.Gebeurtenis:
    """A fact in which every text, person, id and choice is recognisable."""
    waarden: dict[str, Any] = {}
    for veld in fields(soort):
        type_ = typing.get_type_hints(soort)[veld.name]
        if isinstance(type_, types.UnionType):
            type_ = typing.get_args(type_)[0]
        if veld.name == "klachtnummer":
            waarden[veld.name] = "K2026-0001"
        elif type_ is str:
            waarden[veld.name] = merk(soort, veld.name)
        elif typing.get_origin(type_) is tuple:
            deel = {date: date(2026, 1, 5), int: 1}.get(typing.get_args(type_)[0], merk(soort, veld.name))
            waarden[veld.name] = (deel,)
        else:
            waarden[veld.name] = {date: date(2026, 1, 5), int: 1, bool: True}[type_]
    if soort is g.InformatieGevraagd:
        waarden["bij"] = "indiener"
    return soort(**{**waarden, **({"jaar": 2026} if "jaar" in waarden else {})})


@pytest.fixture(scope="module")
def gemerkt_register(tmp_path_factory) -> Path:
    """A register with one of every kind of fact, in the order in which they can happen."""
    map = tmp_path_factory.mktemp("gemerkt") / "zzmap_qx"
    reeksen = {"Signaal": "S2026-0001", "Evaluatie": "E2026-0001", "Verbeter": "E2026-0001", "Verander": "E2026-0001"}
    with open_register(map) as register:
        with register.schrijven() as boeking:
            for reeks in "KSEP":
                boeking.nieuw_nummer(reeks, 2026)
            soorten = [soort for soort in g.SOORTEN.values() if soort is not g.FeitHerroepen]
            for soort in sorted(soorten, key=lambda soort: soort is not g.EvaluatieGehouden):
                naam = soort.__name__
                nummer = next((nr for begin, nr in reeksen.items() if naam.startswith(begin)), "K2026-0001")
                nummer = "T2026" if soort is g.TrajectenVastgesteld else nummer
                if naam in g.VAN_ONSZELF:
                    nummer = "P2026-0001" if soort.__module__ == g.PersoonToegevoegd.__module__ else g.NUMMER
                boeking.leg_vast(nummer, gemerkt(soort), door="zzdoor_qx", rol="zzrol_qx")
        neem_op(register)
    return map


def test_of_all_that_is_recorded_only_choices_of_the_reglement_come_into_a_snapshot(gemerkt_register: Path):
    toegestaan = {merk(soort, veld) for soort in g.SOORTEN.values() for veld in MAG}
    gevonden = {gevonden for _, _, waarde in waarden(gemerkt_register) for gevonden in re.findall(r"zz\w+?qx", waarde)}
    assert gevonden - toegestaan == set()
    # The proof of the proof: what may be there is there, and so is every klacht, maatregel, signaal ...
    assert {merk(g.BehandelingVoortgezet, "categorie"), merk(g.VeranderingWaargenomen, "verandering")} <= gevonden
    gevuld = {tabel for tabel, _, _ in waarden(gemerkt_register)}
    assert gevuld >= set(KOLOMMEN) - {"eerder_einde"}


def test_no_byte_of_any_file_of_a_snapshot_names_a_person_a_text_or_where_the_register_lies(gemerkt_register: Path):
    persoonlijk = {
        merk(soort, veld.name).encode()
        for soort in g.SOORTEN.values()
        for veld in fields(soort)
        if veld.name not in MAG
    }
    for pad in (gemerkt_register / "momentopname").rglob("*"):
        if pad.is_file():
            inhoud = pad.read_bytes()
            assert [deel for deel in (*persoonlijk, b"zzdoor", b"zzrol", b"zzmap") if deel in inhoud] == []


def test_the_file_names_and_the_manifest_say_only_what_and_when(gemerkt_register: Path):
    manifest = analyse.momentopname.current(gemerkt_register)[1]
    assert set(manifest) == {
        "formaat", "naam", "gemaakt_op", "dag", "software", "aantal_feiten", "zegel", "reglementen", "tabellen",
    }  # fmt: skip
    assert manifest["aantal_feiten"] == len(g.SOORTEN) - 1
    assert manifest["reglementen"][1]["id"] == "coulant"
    assert manifest["reglementen"][1]["versies"]
    assert manifest["tabellen"].keys() == set(KOLOMMEN) | {"feit", "keuze", "stap"}


def test_every_column_of_the_register_is_either_in_a_snapshot_or_named_with_the_reason_why_not(register: Register):
    assert set(KOLOMMEN) | NIET_OPGENOMEN.keys() == derived_tables() | {"termijn", "dag"}
    assert not set(KOLOMMEN) & NIET_OPGENOMEN.keys()
    with register.cursor() as cursor:
        for tabel, kolommen in KOLOMMEN.items():
            vraag = "SELECT column_name FROM duckdb_columns() WHERE table_name = ?"
            alle = {naam for (naam,) in cursor.execute(vraag, [tabel]).fetchall()}
            assert set(kolommen.split()) | WEGGELATEN.get(tabel, {}).keys() == alle, tabel


@pytest.fixture(scope="module")
def voorbeeld(tmp_path_factory) -> Path:
    map = tmp_path_factory.mktemp("voorbeeld") / "register"
    make(map, vandaag=DAG, aantal=40)
    with open_register(map) as register:
        neem_op(register)
    return map


def test_nobody_of_the_cast_stands_in_the_snapshot_of_the_example(voorbeeld: Path):
    mensen = {deel for persoon in ROLVERDELING for deel in (persoon.id, persoon.naam)}
    woorden = re.compile("|".join(rf"\b{re.escape(mens)}\b" for mens in mensen))
    assert {(tabel, kolom) for tabel, kolom, waarde in waarden(voorbeeld) if woorden.search(waarde)} == set()


def test_people_have_one_pseudonym_per_series_and_who_is_involved_has_a_series_of_its_own(voorbeeld: Path):
    con = analyse.open(map=voorbeeld)
    gezien: dict[str, set[str]] = {reeks: set() for reeks in PERSONEN.values()}
    for (tabel, kolom), reeks in PERSONEN.items():
        for (waarde,) in con.execute(f"SELECT {kolom} FROM {tabel} WHERE {kolom} IS NOT NULL").fetchall():
            gezien[reeks].update(waarde if isinstance(waarde, list) else [waarde])
    for reeks, namen in gezien.items():
        assert namen == {f"{reeks} {nr}" for nr in range(1, len(namen) + 1)}
    with open_register(voorbeeld) as register, register.cursor() as echt:
        vraag = "SELECT list(n ORDER BY n) FROM (SELECT COUNT(*) AS n FROM klacht GROUP BY behandelaar)"
        assert con.execute(vraag).fetchall() == echt.execute(vraag).fetchall()


def test_the_pseudonyms_are_drawn_by_lot_so_that_no_order_gives_them_away(tmp_path: Path):
    mensen = [f"medewerker{letter}" for letter in "abcdefghij"]
    with open_at(tmp_path) as register:
        for mens in mensen:
            leg_klacht_vast(register, ontvanger=mens)
        volgordes = []
        for _ in range(3):
            neem_op(register)
            con = analyse.momentopname.load(tmp_path)
            volgordes.append(
                [naam for (naam,) in con.execute("SELECT ontvanger FROM klacht ORDER BY volgnr").fetchall()]
            )
    assert len({tuple(volgorde) for volgorde in volgordes}) > 1
    assert all(sorted(volgorde) == sorted(volgordes[0]) for volgorde in volgordes)


# --- asking questions ------------------------------------------------------------------------------------------------


def test_one_line_gives_an_analyst_every_question_in_a_fresh_process_while_the_register_is_open(voorbeeld: Path):
    with open_register(voorbeeld) as register:
        neem_op(register)
        programma = (
            "from klachten import analyse; con = analyse.open(); "
            "print(len(con.sql(\"SELECT * FROM termijnen(DATE '2026-01-01')\").df()))"
        )
        gezegd = subprocess.run(
            [sys.executable, "-c", programma],
            cwd=PROJECT,
            env={**os.environ, "KLACHTEN_DATA": str(voorbeeld)},
            capture_output=True,
            text=True,
            check=True,
            timeout=eindig.GENOEG,
        ).stdout
        with register.cursor() as cursor:
            assert int(gezegd) == len(cursor.execute("SELECT * FROM termijnen(DATE '2026-01-01')").fetchall())


GEGEVEN = {"peildatum": DAG, "cohort": "ontvangst", "kies_herkomst": "register"}
LIJST = [vraag for vraag in analyse.vragen().values() if not analyse.momentopname.refusal(vraag.parameters, vraag.sql)]


def antwoord(db: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any], zonder: set[str]) -> list[str]:
    """The rows in an order of their own, without these columns."""
    vraag = db.execute(sql, parameters)
    namen = [kolom[0] for kolom in vraag.description]
    rijen = (dict(zip(namen, rij, strict=True)) for rij in vraag.fetchall())
    return sorted(repr({naam: rij[naam] for naam in namen if naam not in zonder}) for rij in rijen)


def test_a_question_gives_in_a_snapshot_what_it_gives_in_the_register(voorbeeld: Path):
    con = analyse.open(map=voorbeeld)
    anders = {"nr", "laatste_nr", "reden_nr", *(kolom for _, kolom in PERSONEN)}
    anders |= {kolom for weg in WEGGELATEN.values() for kolom in weg}
    with open_register(voorbeeld) as register, register.cursor() as echt:
        for vraag in LIJST:
            namen = [naam.strip() for naam in vraag.parameters.split(",")]
            sql = f"SELECT * FROM {vraag.naam}({', '.join(f'{naam} := ${naam}' for naam in namen)})"
            parameters = {naam: GEGEVEN.get(naam) for naam in namen}
            # Which opdrachtgever and trajectsoort is counted, not named.
            weg = anders | ({"waarde"} if vraag.naam in ("nadere_gegevens", "nader_kenmerk") else set())
            hier, daar = (antwoord(db, sql, parameters, weg) for db in (con, echt))
            assert hier == daar, vraag.naam


@pytest.mark.parametrize(
    ("utc", "dag"),
    [
        (datetime(2026, 1, 5, 22, 59, tzinfo=UTC), date(2026, 1, 5)),
        (datetime(2026, 1, 5, 23, 0, tzinfo=UTC), date(2026, 1, 6)),
        (datetime(2026, 7, 5, 21, 59, tzinfo=UTC), date(2026, 7, 5)),
        (datetime(2026, 7, 5, 22, 0, tzinfo=UTC), date(2026, 7, 6)),
        (datetime(2026, 7, 5, 0, 0, tzinfo=UTC), date(2026, 7, 5)),
    ],
)
def test_of_the_moment_of_recording_the_dutch_day_remains(tmp_path: Path, utc: datetime, dag: date):
    with open_at(tmp_path, klok=lambda: utc) as register:
        leg_klacht_vast(register)
        neem_op(register)
    con = analyse.momentopname.load(tmp_path)
    assert con.execute("SELECT DISTINCT vastgelegd_op FROM feit").fetchall() == [(dag,)]


def test_by_hand_only_the_peildatum_is_needed_and_nothing_imported_is_mixed_in(voorbeeld: Path):
    con = analyse.open(map=voorbeeld)
    kort = con.execute("SELECT * FROM stroom(?)", [DAG]).fetchall()
    alles = ", ".join(["NULL"] * 7)
    lang = con.execute(f"SELECT * FROM stroom(?, {alles}, 'register')", [DAG]).fetchall()
    assert kort == lang != []


@pytest.mark.parametrize(
    ("vraag", "reden"),
    [
        ("klachtindiener(['K2026-0001'])", "hij leest teksten"),
        ("zichtbaar('anna', TRUE, TRUE)", "een bepaalde medewerker"),
        ("betrokken_directie(['carla'])", "een bepaalde medewerker"),
    ],
)
def test_a_question_about_texts_or_people_says_that_a_snapshot_cannot_answer_it(
    voorbeeld: Path, vraag: str, reden: str
):
    with pytest.raises(duckdb.Error, match=f"kan niet aan een momentopname worden gesteld: .*{reden}"):
        analyse.open(map=voorbeeld).execute(f"SELECT * FROM {vraag}").fetchall()


def test_an_open_connection_keeps_its_moment_and_a_new_one_sees_the_newest(tmp_path: Path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        neem_op(register)
        eerste = analyse.open(map=tmp_path)
        for _ in range(4):
            leg_klacht_vast(register)
            neem_op(register)
        for con, klachten in ((eerste, 1), (analyse.open(map=tmp_path), 5)):
            assert con.execute("SELECT COUNT(*) FROM klacht").fetchall() == [(klachten,)]
            assert con.execute("SELECT aantal_feiten FROM momentopname").fetchall() == [(2 * klachten,)]


def test_without_a_snapshot_the_reader_is_told_which_command_makes_one(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("KLACHTEN_DATA", str(tmp_path / "nergens"))
    with pytest.raises(GeenMomentopname, match=r"nergens.* python -m klachten momentopname"):
        analyse.open()
    assert not (tmp_path / "nergens").exists()


def test_a_snapshot_of_another_form_is_not_guessed_at(tmp_path: Path):
    with open_at(tmp_path) as register:
        gemaakt = neem_op(register)
    manifest = json.loads((gemaakt.map / "manifest.json").read_text("utf-8"))
    (gemaakt.map / "manifest.json").write_text(json.dumps({**manifest, "formaat": 99}), "utf-8")
    with pytest.raises(GeenMomentopname, match="in een andere vorm dan deze versie leest"):
        analyse.open(map=tmp_path)
