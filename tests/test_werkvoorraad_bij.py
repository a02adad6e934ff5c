"""After a fact only the klacht that it touches is read again, and the list is the one that reading everything gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klachten.analyse.werk import werkvoorraad as module
from klachten.analyse.werk.werkvoorraad import Taak, werkvoorraad
from klachten.opening import open_register
from klachten.post.agenda import calendar
from klachten.reglement import STANDAARD, load
from tests import verhalen
from tests.termijnproef import Rij, proef
from tests.terugkijkproef import BEGIN, dossiers, evaluaties, rijen, vul

VESTIGINGEN = ("weert", "utrecht")


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = proef()
    yield con
    con.close()


def with_facts(con: duckdb.DuckDBPyConnection, feiten: list[Rij], dag: int, **bij) -> list[list[Taak]]:
    """What there is to do with these facts, read whole, and when asked read further."""
    con.begin()
    try:
        vul(con, feiten)
        manieren = [{}, bij] if bij else [{}]
        return [werkvoorraad(con, BEGIN + timedelta(dag), VESTIGINGEN, **hoe) for hoe in manieren]
    finally:
        con.rollback()


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    klachten=st.lists(dossiers(), min_size=3, max_size=5),
    evaluatie=evaluaties(),
    geraakt=st.sets(st.sampled_from(["K2024-0001", "K2024-0002", "E2025-0001"]), min_size=1),
    deel=st.floats(0, 1),
    dag=st.integers(40, 260),
)
def test_reading_what_changed_gives_what_reading_everything_gives(con, klachten, evaluatie, geraakt, deel, dag) -> None:
    alle = rijen(klachten, evaluatie)
    vanaf = deel * len(alle)
    (eerder,) = with_facts(con, [rij for rij in alle if rij[0] <= vanaf or rij[1] not in geraakt], dag)
    alles, bij = with_facts(con, alle, dag, eerder=eerder, gewijzigd=geraakt)
    assert bij == alles
    # And in an agenda each of them is an event of its own.
    inhoud = calendar(alles, reglement=load(STANDAARD), vandaag=BEGIN, link=str, merk=str, reeks={})
    merken = [regel for regel in inhoud.replace(b"\r\n ", b"").splitlines() if regel.startswith(b"UID")]
    assert len(set(merken)) == len(merken) == sum(taak.uiterlijk_op is not None for taak in alles)


def test_a_klacht_is_read_alone_and_many_together(con, monkeypatch) -> None:
    gevraagd = []
    monkeypatch.setattr(module, "_of_klachten", lambda *args: gevraagd.append(args[2]) or [])
    for gewijzigd in (None, {"K2026-0001"}, {"K2026-0001", "S2026-0001", "K2026-0002"}, {"E2026-0001"}, {"K", "L"}):
        werkvoorraad(con, BEGIN, VESTIGINGEN, gewijzigd=gewijzigd)
    assert gevraagd == [None, "K2026-0001", "K2026-0001", "K2026-0002", "K"]
    gevraagd.clear()
    werkvoorraad(con, BEGIN, VESTIGINGEN, gewijzigd={f"K2026-{nr:04d}" for nr in range(module.WEINIG + 1)})
    assert gevraagd == [None]


def test_a_register_tells_which_dossiers_got_facts_since_a_version(tmp_path) -> None:
    with open_register(tmp_path) as register:
        begin = register.versie
        verhalen.play(register, verhalen.load(sorted(verhalen.MAP.glob("*.toml"))[0]))
        with register.cursor() as cursor:
            nummers = {n for (n,) in cursor.execute("SELECT DISTINCT klachtnummer FROM gebeurtenis").fetchall()}
        assert register.changed_since(begin) == nummers
        assert register.changed_since(register.versie) == frozenset()
        assert register.changed_since(begin - 1) is None
        nu = register.versie
        register.add_reglement(register.reglementen["awb9"])
        assert register.changed_since(nu) is None
