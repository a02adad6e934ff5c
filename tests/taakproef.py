"""Klachten in every branch of the tasks, and the SQL of the tasks by itself: its kinds, and other sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb

from klachten import analyse
from klachten import gebeurtenissen as g
from klachten.analyse.werk import taaksoort
from klachten.register import Register
from tests.lijsten import ONTVANGEN
from tests.registerproef import ontvangst

SQL = ("klachttaken", "overige_taken")
PYTHON = (
    taaksoort.WISSEN, taaksoort.MAIL_BIJ_KLACHT, taaksoort.MAIL, taaksoort.BERICHT_BIJ_KLACHT, taaksoort.BERICHTEN,
)  # fmt: skip
"""The kinds that no SQL makes."""


def kinds(naam: str) -> set[str]:
    """Return every kind that a question can give a task, in any branch of its UNION, as DuckDB itself reads it."""
    rij = duckdb.connect().execute("SELECT json_serialize_sql(?)", [analyse.vragen()[naam].sql]).fetchone()
    assert rij
    uit: set[str] = set()
    for takken in _unions(json.loads(rij[0])):
        namen = [kolom["alias"] for kolom in takken[0]]
        if "soort" in namen:
            uit |= {soort for tak in takken for soort in _results(tak[namen.index("soort")])}
    return uit - {""}


def _unions(boom: Any) -> Iterator[list[list[Any]]]:
    """Give of every UNION the columns of each branch."""
    if isinstance(boom, list):
        for deel in boom:
            yield from _unions(deel)
    elif isinstance(boom, dict):
        if boom.get("type") == "SET_OPERATION_NODE":
            yield list(_branches(boom))
        for deel in boom.values():
            yield from _unions(deel)


def _branches(knoop: Any) -> Iterator[list[Any]]:
    if knoop["type"] != "SET_OPERATION_NODE":
        yield knoop["select_list"]
        return
    for deel in knoop.get("children") or (knoop["left"], knoop["right"]):
        yield from _branches(deel)


def _results(uitdrukking: Any) -> Iterator[str]:
    """Give what an expression can be; what it asks about is no result."""
    if uitdrukking["class"] == "CASE":
        for deel in (*(tak["then_expr"] for tak in uitdrukking["case_checks"]), uitdrukking["else_expr"]):
            yield from _results(deel)
    else:
        assert uitdrukking["class"] == "CONSTANT", "a kind is written out, so that who reads the SQL finds it"
        yield uitdrukking["literal"].get("text", "")


def other_sentences() -> dict[str, analyse.Vraag]:
    """Return the questions with one and the same word for every sentence of a task."""
    vragen = dict(analyse.vragen())
    for naam in SQL:
        # A sentence has a capital and a space, what is put behind one begins without a letter; names have neither.
        sql = re.sub(r"--.*", "", vragen[naam].sql)
        anders = re.sub(r"'[^']*'", lambda m: "'Iets'" if re.match(r"'([A-Z].* |[: ])", m[0]) else m[0], sql)
        vragen[naam] = vragen[naam]._replace(sql=anders)
    return vragen


def road(behandelaar: str, tot: int, **anders: Any) -> list[g.Gebeurtenis]:
    """The facts of the plain road of a klacht, up to and including a step."""
    dag = {"gebeurd_op": anders.pop("gebeurd_op", ONTVANGEN)}
    maatregel = {"maatregel": 1, "actienemer": "dirk", "overlegd_met": "carla", "omschrijving": "x"}
    maatregel["uiterlijk_op"] = dag["gebeurd_op"]
    weg = (
        (1, ontvangst(**dag, ontvanger="gijs", **anders)),
        (2, g.CoordinatorGeinformeerd(**dag, geinformeerde="anna")),
        (3, g.KlachtGeregistreerd(**dag)),
        (4, g.BehandelaarToegewezen(**dag, behandelaar=behandelaar, toegewezen_door="anna")),
        (5, g.OntvangstBevestigd(**dag, wijze="brief", behandelaar=behandelaar)),
        (6, g.KlachtOnderzocht(**dag, bevindingen="x")),
        (8, g.MaatregelBepaald(**dag, **maatregel)),
        (9, g.ResultaatMeegedeeld(**dag, wijze="brief")),
        (10, g.ActienemerGeinformeerd(**dag, maatregel=1)),
        (11, g.MaatregelUitgevoerd(**dag, maatregel=1)),
        (13, g.KlachtAfgesloten(**dag)),
    )
    return [feit for stap, feit in weg if stap <= tot]


def all_branches(register: Register) -> None:
    """Klachten at every step and in every branch, so that every kind of task is there."""
    dag = {"gebeurd_op": ONTVANGEN}
    oneens, gesproken = g.MeningsverschilGemeld(**dag), g.OverlegGevoerd(**dag, opgelost=False)
    vervangen = {"vorige": "bas", "toegewezen_door": "anna", "grond": "afwezig", "behandelaar": "dirk"}
    klachten = [
        *(road("bas", stap) for stap in (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 13)),
        road("bas", 5, feiten_vermeld=False),
        road("bas", 10, betrokkenen=("dirk",)),
        [
            replace(feit, actienemer="onbekend") if isinstance(feit, g.MaatregelBepaald) else feit
            for feit in road("bas", 10)
        ],
        road("bas", 3, betrokkenen=("anna",)),
        [*road("bas", 5), g.BehandelaarVervangen(**dag, **vervangen)],
        [*road("bas", 5), g.BetrokkeneToegevoegd(**dag, betrokkene="bas")],
        [*road("bas", 8), g.MaatregelVervallen(**dag, maatregel=1)],
        [*road("bas", 13), g.KlachtHeropend(**dag, grond="oordeel")],
        road("bas", 3, betrokkenen=("carla", "frank")),
        road("bas", 4, betrokkenen=("anna", "carla", "frank")),
        [*road("bas", 4), oneens],
        [*road("bas", 4), oneens, gesproken],
        [*road("bas", 4), oneens, gesproken, g.GeschilVoorgelegd(**dag)],
    ]
    with register.schrijven() as boeking:
        for feiten in klachten:
            nummer = boeking.nieuw_nummer("K", ONTVANGEN.year)
            for feit in feiten:
                boeking.leg_vast(nummer, feit, door="anna", rol="coordinator")
