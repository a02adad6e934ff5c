"""The SQL of the house as Spark gets it: what sqlglot does not do by itself, form by form (no Spark needed)."""

from __future__ import annotations

import re

import pytest

from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.analyse.motor.fout import MotorFout
from tests.motorproef import met_sqlglot

sqlglot = met_sqlglot()

from klachten.analyse.motor.vertaling import for_spark  # noqa: E402

VORMEN = {
    "a place in a list counts from 1": ("SELECT t.a[t.i] AS x FROM t", "GET(t.a, (t.i) - 1)"),
    "also one that is written out": ("SELECT t.a[3] AS x FROM t", "GET(t.a, (3) - 1)"),
    "len is of a list": ("SELECT len(t.a) AS x FROM t", "SIZE(t.a)"),
    "length is of a text": ("SELECT length(t.a) AS x FROM t", "LENGTH(t.a)"),
    "a series does not count down": (
        "SELECT generate_series(t.a, t.b) AS x FROM t",
        "CASE WHEN t.a <= t.b THEN SEQUENCE(t.a, t.b) WHEN t.a > t.b THEN ARRAY() END",
    ),
    "a median is exact": (
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY t.a) AS x FROM t", "PERCENTILE(t.a, 0.5)",
    ),
    "days between": ("SELECT date_diff('day', t.a, t.b) AS x FROM t", "CAST(DATEDIFF(t.b, t.a) AS BIGINT)"),
    "months are boundaries": (
        "SELECT date_diff('month', t.a, t.b) AS x FROM t",
        "CAST((YEAR(t.b) * 12 + MONTH(t.b)) - (YEAR(t.a) * 12 + MONTH(t.a)) AS BIGINT)",
    ),
    "years are boundaries": (
        "SELECT date_diff('year', t.a, t.b) AS x FROM t", "CAST(YEAR(t.b) - YEAR(t.a) AS BIGINT)",
    ),
    "an ordered list": (
        "SELECT array_agg(t.a ORDER BY t.b) FILTER (WHERE t.c) AS x FROM t",
        "ARRAY_SORT(COLLECT_LIST(NAMED_STRUCT('plek', t.b, 'waarde', t.a)) FILTER(WHERE t.c)), p -> p.waarde)",
    ),
    "a text of an ordered list": (
        "SELECT string_agg(t.a, '-' ORDER BY t.b, t.c) AS x FROM t",
        "LISTAGG(t.a, '-') WITHIN GROUP (ORDER BY t.b NULLS LAST, t.c NULLS LAST)",
    ),
    "nothing in common": (
        "SELECT list_intersect(t.a, t.b) AS x FROM t", "ARRAY_INTERSECT(t.a, COALESCE(t.b, ARRAY()))",
    ),
    "another column in place of one": ("SELECT t.* REPLACE (1 AS a) FROM t", "t.* EXCEPT (a), 1 AS a"),
    "a value is never in the text": ("SELECT t.a FROM t WHERE t.b = $kies", "t.b = :kies"),
    "a list in rows": (
        "SELECT t.a, UNNEST(t.b) AS x FROM t",
        "(SELECT t.a, t.b AS lijst_1 FROM t) AS rij LATERAL VIEW EXPLODE(rij.lijst_1) uitgelegd AS waarde_1",
    ),
    "lists side by side": (
        "SELECT CAST(UNNEST(t.b) AS DATE) AS x, UNNEST(t.c) AS y FROM t",
        "INLINE(ARRAYS_ZIP(COALESCE(rij.lijst_1, ARRAY()), COALESCE(rij.lijst_2, ARRAY()))) uitgelegd AS waarde_1, ",
    ),
}  # fmt: skip


@pytest.mark.parametrize("vorm", VORMEN)
def test_what_spark_says_in_another_way(vorm: str):
    sql, verwacht = VORMEN[vorm]
    ((_, tekst),) = for_spark(sql)
    assert verwacht in tekst


NIET = {
    "Er is geen vraag weet_niet.": "SELECT * FROM weet_niet($peildatum)",
    "De vraag stroom mist peildatum.": "SELECT * FROM stroom()",
    "die staan er niet in": "SELECT * FROM betrokken_bij($gebruiker)",
    "Een verschil in WEEK wordt niet vertaald.": "SELECT date_diff('week', t.a, t.b) AS x FROM t",
    "UNNEST naast DISTINCT": "SELECT DISTINCT UNNEST(t.a) AS x FROM t",
    "Alleen oplopend geordende": "SELECT array_agg(t.a ORDER BY t.b DESC) AS x FROM t",
}


@pytest.mark.parametrize("zin", NIET)
def test_what_cannot_be_translated_is_refused_in_a_sentence(zin: str):
    with pytest.raises(MotorFout, match=re.escape(zin)):
        for_spark(NIET[zin])


def test_a_small_function_is_filled_in_with_what_it_uses_itself():
    ((_, tekst),) = for_spark("SELECT is_voorbij(t.dag, $peildatum) AS x, jaren_sinds(t.dag, t.begin) AS j FROM t")
    assert "(COALESCE(t.dag < :peildatum, FALSE)) AS x" in tekst
    assert "YEAR(t.dag) - YEAR(t.begin)" in tekst


def test_a_question_stands_once_in_a_statement_however_often_it_is_used():
    ((_, tekst),) = for_spark("SELECT * FROM termijnen($peildatum)")
    assert len(re.findall(r"\bklacht_op_1 AS \(", tekst)) == 1
    assert len(re.findall(r"FROM klacht_op_1\b", tekst)) == 2


def test_what_would_be_read_many_times_is_a_step_of_its_own():
    stappen = dict(for_spark("SELECT * FROM werklast($peildatum)"))
    assert list(stappen) == [
        "werklast_1_deel", "werklast_1_los", "werklast_1_begin_en_einde", "werklast_1_beweging", "",
    ]  # fmt: skip
    assert "klacht_stand" in stappen["werklast_1_deel"]
    assert not any("klacht_stand" in stappen[naam] for naam in ("werklast_1_begin_en_einde", "werklast_1_beweging", ""))


@pytest.mark.parametrize("kengetal", KENGETALLEN, ids=lambda kengetal: kengetal.id)
def test_every_figure_has_a_translation_but_the_list_of_dossiers(kengetal):
    opdracht = f"SELECT * FROM {kengetal.sql}($peildatum)"
    if kengetal.id == "late_klachten":
        with pytest.raises(MotorFout, match="leest termijn uit de feiten"):
            for_spark(opdracht)
        return
    tekst = " ".join(stap for _, stap in for_spark(opdracht))
    assert "$" not in tekst.replace("+$'", "")
    # What sqlglot would get wrong without a word.
    for verkeerd in ("APPROX", "EXPLODE(SEQUENCE", "UNNEST", "MONTHS_BETWEEN", "REPLACE ("):
        assert verkeerd not in tekst, verkeerd
