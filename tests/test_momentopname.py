"""The snapshot for notebooks: nothing personal in it, never half, and readable while the register is open."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import types
import typing
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from klachten import __main__, analyse, momentopname, scherm
from klachten import gebeurtenissen as g
from klachten.analyse import GeenMomentopname
from klachten.momentopname import MomentopnameMislukt, bestanden
from klachten.momentopname.inhoud import KOLOMMEN, NIET_OPGENOMEN, PERSONEN, WEGGELATEN
from klachten.opening import open_register
from klachten.register import Register
from klachten.register.afleiding import derived_tables
from klachten.scherm.momentopname import Bijhouder, keep_up
from klachten.voorbeeld import make
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests import eindig

from .registerproef import boek_klacht, leg_klacht_vast, open_at

PROJECT = Path(__file__).resolve().parents[1]
DAG = date(2026, 3, 2)
NU = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
# Fields that an analyst may see: choices of the reglement, which reglement it was, what an evaluation froze.
MAG = frozenset(
    "reglement kanaal indiener_soort vestiging categorie aspecten kenmerken grond oordeel uitkomst termijn "
    "verandering afwijkingen herkomst ernst aard directe_actie toestemming vertraging tevredenheid instantie "
    "opvolging aspect bevinding zegel software_versie vervangt uiterlijk_om bron".split()
)


def neem_op(register: Register, nu: datetime = NU) -> momentopname.Momentopname:
    return momentopname.write(register, nu=nu, vandaag=DAG)


def opnamen(map: Path) -> list[str]:
    return sorted(pad.name for pad in (map / "momentopname").iterdir() if pad.is_dir())


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


# --- never half ------------------------------------------------------------------------------------------------------

LEZER = """
import sys, time
from pathlib import Path
from klachten.analyse import momentopname
einde, gelezen, namen = time.monotonic() + float(sys.argv[2]), 0, set()
while time.monotonic() < einde:
    con = momentopname.load(Path(sys.argv[1]))
    ((feiten, aantal, klachten, naam),) = con.execute(
        "SELECT (SELECT COUNT(*) FROM feit), aantal_feiten, (SELECT COUNT(*) FROM klacht), naam FROM momentopname"
    ).fetchall()
    assert feiten == aantal == 2 * klachten, (feiten, aantal, klachten)
    gelezen, namen = gelezen + 1, namen | {naam}
print(gelezen, len(namen))
"""


def test_a_reader_in_another_process_never_sees_half_a_group_or_half_a_snapshot(tmp_path: Path):
    stop = threading.Event()
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        neem_op(register)

        def schrijf() -> None:
            while not stop.is_set():
                with register.schrijven() as boeking:
                    boek_klacht(boeking)
                    boek_klacht(boeking)

        schrijver = threading.Thread(target=schrijf)
        lezer = subprocess.Popen(
            [sys.executable, "-c", LEZER, str(tmp_path), "2.5"],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        schrijver.start()
        try:
            eindig.until(lambda: lezer.poll() is not None, "it reads on", rust=lambda: neem_op(register))
        finally:
            stop.set()
            eindig.ended(schrijver)
        uit, fouten = lezer.communicate(timeout=eindig.GENOEG)
    assert lezer.returncode == 0, fouten
    gelezen, verschillende = map(int, uit.split())
    assert gelezen >= verschillende >= 2


@pytest.fixture(scope="module")
def twee(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two snapshots."""
    map = tmp_path_factory.mktemp("twee") / "register"
    with open_at(map) as register:
        neem_op(register)
        neem_op(register)
    return map


@pytest.mark.parametrize(
    "inhoud", [None, b"", b"20260302T1", b"\x00\xff", b"../../geheim\n", b"20260101T000000Z-000009\n"]
)
def test_a_pointer_that_is_gone_or_nonsense_leads_to_the_newest_whole_snapshot(
    twee: Path, tmp_path: Path, inhoud: bytes | None
):
    map = shutil.copytree(twee, tmp_path / "register")
    nieuwste = opnamen(map)[-1]
    assert nieuwste.endswith("-000002")
    (map / "momentopname" / "20990101T000000Z-000099").mkdir()
    wijzer = map / "momentopname" / "nieuwste"
    wijzer.unlink()
    if inhoud is not None:
        wijzer.write_bytes(inhoud)
    assert analyse.momentopname.current(map)[0] == map / "momentopname" / nieuwste


def test_every_snapshot_has_a_new_name_also_when_the_clock_is_set_back(tmp_path: Path):
    with open_at(tmp_path) as register:
        neem_op(register)
        gemaakt = [neem_op(register, datetime(2020, 1, 1, tzinfo=UTC)) for _ in range(2)]
        assert [pad.map.name for pad in gemaakt] == ["20200101T000000Z-000002", "20200101T000000Z-000003"]
        assert analyse.momentopname.current(tmp_path)[0] == gemaakt[-1].map
        assert (tmp_path / "momentopname" / "nieuwste").read_text() == "20200101T000000Z-000003\n"


def test_only_the_newest_three_stay_and_what_was_left_half_done_goes(tmp_path: Path):
    with open_at(tmp_path) as register:
        half = tmp_path / "momentopname" / "20260101T000000Z-000001"
        half.mkdir(parents=True)
        (half / "klacht.parquet").write_bytes(b"half")
        eigen = tmp_path / "momentopname" / "van mij"
        eigen.mkdir()
        for _ in range(5):
            assert neem_op(register).meldingen == ()
    assert opnamen(tmp_path) == [*(f"20260302T110000Z-{nr:06d}" for nr in (4, 5, 6)), "van mij"]


def test_an_old_one_that_somebody_has_open_is_named_and_tried_again_next_time(tmp_path: Path, monkeypatch):
    with open_at(tmp_path) as register:
        for _ in range(3):
            neem_op(register)
        with monkeypatch.context() as windows:
            windows.setattr(shutil, "rmtree", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "in gebruik")))
            (melding,) = neem_op(register).meldingen
        assert melding.startswith(
            "De oude momentopname 20260302T110000Z-000001 kon niet worden weggehaald (in gebruik)"
        )
        assert len(opnamen(tmp_path)) == 4
        assert neem_op(register).meldingen == ()
        assert len(opnamen(tmp_path)) == 3


@pytest.mark.parametrize("breekt", ["sync", "store", "point"])
def test_when_the_disk_is_full_the_snapshot_before_it_stays_the_newest(tmp_path: Path, monkeypatch, breekt: str):
    with open_at(tmp_path) as register:
        eerste = neem_op(register)
        leg_klacht_vast(register)
        with monkeypatch.context() as vol:
            vol.setattr(bestanden, breekt, lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
            with pytest.raises(MomentopnameMislukt, match="momentopname voor notebooks is niet gemaakt"):
                neem_op(register)
        assert analyse.momentopname.current(tmp_path)[0] == eerste.map
        assert opnamen(tmp_path) == [eerste.map.name]
        assert not momentopname.is_current(register, DAG)
        neem_op(register)
        assert momentopname.is_current(register, DAG)


def test_making_a_snapshot_leaves_nothing_behind_in_the_register(tmp_path: Path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        vraag = "SELECT table_name FROM duckdb_tables() WHERE database_name <> 'system' ORDER BY 1"
        with register.cursor() as cursor:
            voor = cursor.execute(vraag).fetchall()
            neem_op(register)
            assert cursor.execute(vraag).fetchall() == voor


# --- by itself -------------------------------------------------------------------------------------------------------


@pytest.fixture
def van_de_app(register: Register) -> Iterator[Register]:
    vorig = scherm.gebruik(register)
    yield register
    scherm.gebruik(vorig)


def feiten_in_opname(register: Register) -> int:
    try:
        return analyse.momentopname.current(register.map)[1]["aantal_feiten"]
    except GeenMomentopname:
        return -1


async def wacht_tot(waar: typing.Callable[[], bool]) -> None:
    einde = time.monotonic() + 20
    while not waar():
        assert time.monotonic() < einde, "it did not happen"
        await asyncio.sleep(0.02)


def test_the_app_makes_a_snapshot_when_it_starts_shortly_after_a_write_and_when_it_stops(van_de_app: Register):
    async def app() -> None:
        stop = asyncio.Event()
        bijhouden = asyncio.create_task(keep_up(stop, Bijhouder(rust=0.1), kijk=0.02))
        await wacht_tot(lambda: feiten_in_opname(van_de_app) == 0)
        await asyncio.to_thread(leg_klacht_vast, van_de_app)
        await wacht_tot(lambda: feiten_in_opname(van_de_app) == 2)
        await asyncio.to_thread(leg_klacht_vast, van_de_app)
        stop.set()
        await bijhouden

    asyncio.run(app())
    assert feiten_in_opname(van_de_app) == 4


def test_a_snapshot_that_fails_is_told_above_every_page_until_one_succeeds(van_de_app: Register, monkeypatch):
    bijhouder = Bijhouder()
    with monkeypatch.context() as vol:
        vol.setattr(bestanden, "store", lambda *_: (_ for _ in ()).throw(OSError(28, "schijf vol")))
        for _ in range(2):
            bijhouder.make(van_de_app, DAG)
    (melding,) = van_de_app.meldingen
    assert "schijf vol" in melding
    assert bijhouder.is_behind(van_de_app, DAG)
    bijhouder.make(van_de_app, DAG)
    assert van_de_app.meldingen == []
    assert not bijhouder.is_behind(van_de_app, DAG)


def test_a_mistake_in_keeping_up_stops_nothing_and_is_told_too(van_de_app: Register, monkeypatch):
    monkeypatch.setattr(momentopname, "write", lambda *_, **__: 1 / 0)

    async def app() -> None:
        stop = asyncio.Event()
        bijhouden = asyncio.create_task(keep_up(stop, Bijhouder(rust=0), kijk=0.02))
        await wacht_tot(lambda: bool(van_de_app.meldingen))
        stop.set()
        await bijhouden

    asyncio.run(app())
    assert van_de_app.meldingen[0].startswith("De momentopname voor notebooks wordt niet bijgehouden")


def test_it_waits_until_nobody_has_written_for_a_while_but_not_for_ever(van_de_app: Register):
    bijhouder = Bijhouder(rust=2, uiterlijk=30)
    neem_op(van_de_app)
    assert not bijhouder.is_due(van_de_app, DAG, 0)
    leg_klacht_vast(van_de_app)
    assert [bijhouder.is_due(van_de_app, DAG, nu) for nu in (1, 2.9, 3)] == [False, False, True]
    besluit = []
    for nu in range(4, 36):
        van_de_app.versie += 1
        besluit.append(bijhouder.is_due(van_de_app, DAG, nu))
    assert besluit.index(True) == 31 - 4


def test_a_new_day_asks_for_a_new_snapshot_because_its_day_is_the_peildatum_of_the_notebooks(van_de_app: Register):
    neem_op(van_de_app)
    bijhouder = Bijhouder(rust=0)
    assert not bijhouder.is_due(van_de_app, DAG, 0)
    assert bijhouder.is_due(van_de_app, date(2026, 3, 3), 1)


def test_the_command_makes_one_and_says_where(tmp_path: Path, capsys):
    with open_at(tmp_path / "r") as register:
        leg_klacht_vast(register)
    assert __main__.main(["momentopname", "--map", str(tmp_path / "r"), "--vandaag", "2026-03-02"]) == 0
    assert re.search(r"Momentopname van 2 feiten gemaakt in .*Z-000001\.", capsys.readouterr().out)
    con = analyse.open(map=tmp_path / "r")
    assert con.execute("SELECT dag FROM momentopname").fetchall() == [(DAG,)]


def test_the_command_says_that_the_app_makes_its_own_when_that_has_the_register(tmp_path: Path, capsys):
    with open_at(tmp_path):
        assert __main__.main(["momentopname", "--map", str(tmp_path)]) == 2
    assert "Is dat de app, dan maakt die zelf een momentopname" in capsys.readouterr().err
