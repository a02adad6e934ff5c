"""The klachten behind a number: as many in the list as the figure says, on any day, for any choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.jaar.delen import stroom_van
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from tests.termijnproef import proef
from tests.terugkijkproef import BEGIN, dossiers, rijen, vul

STANDEN = {
    "op_tijd": "op tijd", "te_laat": "te laat", "te_laat_open": "te laat, nog open", "loopt": "loopt", "nvt": "n.v.t.",
    "onbepaald": "onbepaald", "onbepaald_verstreken": "onbepaald, termijn verstreken", "ongeldig": "ongeldig",
}  # fmt: skip
PERIODEN = (
    Periode.van_jaar(2024),
    Periode.van_kwartaal(2024, 4),
    Periode.van_maanden(2024, 10),
    Periode(date(2024, 9, 10), date(2024, 10, 3)),
    Periode(date(2023, 11, 1), date(2024, 10, 31)),
)
FILTERS = (ALLES, Filter(vestiging="weert"), Filter(categorie="bejegening", kanaal="brief"), Filter(behandelaar="bas"))


def tellingen(con, peildatum: date, periode: Periode, filter: Filter) -> Iterator[tuple[str, int, Telling]]:
    """Yield what a figure says, its count, and the klachten that it counts."""

    def vraag(sql: str):
        return rijen_van(con, sql, peildatum=peildatum, periode=periode, filter=filter)

    def telling(**rest) -> Telling:
        return Telling(**{"peildatum": peildatum, "periode": periode, "filter": filter, **rest})

    for sql, kolom in (
        ("categorieen", "categorie"),
        ("vestigingen", "vestiging"),
        ("indieners", "indiener_soort"),
        ("kanalen", "kanaal"),
    ):
        for rij in vraag(sql):
            eigen = Filter(**{**vars(filter), kolom: rij[kolom]})
            yield f"{sql} {rij[kolom]}", rij["klachten"], telling(filter=eigen)
            yield f"{sql} {rij[kolom]} open", rij["nog_open"], telling(filter=eigen, einde="open")
    for rij in vraag("categorie_uitkomst"):
        eigen = Filter(**{**vars(filter), "categorie": rij["categorie"]})
        uitkomst = rij["uitkomst"] if rij["einde"] == "afgesloten" else None
        if rij["oordeel"] is None:
            continue
        yield (
            f"uitkomst {rij}", rij["klachten"],
            telling(filter=eigen, einde=rij["einde"], uitkomst=uitkomst, oordeel=rij["oordeel"]),
        )  # fmt: skip
    # Per reglement; without a choice of one they are counted together.
    per_termijn: dict[str, Counter[str]] = {}
    for rij in vraag("termijntarieven"):
        per_termijn.setdefault(rij["termijn"], Counter()).update({kolom: rij[kolom] for kolom in STANDEN})
    for termijn, aantallen in per_termijn.items():
        for kolom, stand in STANDEN.items():
            yield f"{termijn} {stand}", aantallen[kolom], telling(termijn=termijn, stand=stand)
    for rij in vraag("stappenkaart"):
        if rij["stap"] <= 15:
            yield f"stap {rij['stap']}", rij["hier_gebleven"], telling(stap=rij["stap"])
    if periode.bevat(peildatum):
        stroom = stroom_van(vraag("stroom"), periode, peildatum)
        yield "open", stroom.open_einde, Telling(peildatum=peildatum, filter=filter, einde="open")


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    delen=st.lists(dossiers(), min_size=18, max_size=24),
    dagen=st.tuples(st.integers(1, 60), st.integers(61, 150)),
    periode=st.sampled_from(PERIODEN),
    filter=st.sampled_from(FILTERS),
)
def test_a_number_is_the_length_of_its_list(delen, dagen, periode: Periode, filter: Filter) -> None:
    con = proef()
    vul(con, rijen(delen))
    for dag in dagen:
        peildatum = BEGIN + timedelta(dag)
        for wat, n, telling in tellingen(con, peildatum, periode, filter):
            assert telling.aantal(con) == n, (wat, peildatum)
    con.close()


DAG = date(2026, 1, 31)


@pytest.mark.parametrize(
    "telling",
    [
        Telling(peildatum=DAG),
        Telling(peildatum=DAG, periode=Periode.van_kwartaal(2025, 3), filter=Filter(kanaal="e-mail", herkomst=None)),
        Telling(peildatum=DAG, periode=Periode.van_jaar(2025), op="einde", uitkomst="", oordeel="gegrond"),
        Telling(peildatum=DAG, termijn="bevestiging", stand="te laat, nog open"),
        Telling(peildatum=DAG, stap=6, filter=Filter(vestiging="weert", behandelaar="bas")),
    ],
)  # fmt: skip
def test_it_comes_back_from_an_address_as_it_was(telling: Telling) -> None:
    assert Telling.lees(telling.adres) == telling


@pytest.mark.parametrize(
    "adres",
    [
        {}, {"telling": "gisteren"}, {"telling": "2026-01-31", "t_stand": "misschien"},
        {"telling": "2026-01-31", "t_stap": "19"}, {"telling": "2026-01-31", "t_stap": "zes"},
        {"telling": "2026-01-31", "t_categorie": "x'; DROP TABLE klacht"}, {"telling": "2026-01-31", "t_op": "nooit"},
        {"telling": "2026-01-31", "t_termijn": "a;b"}, {"telling": "2026-01-31", "t_periode": "ooit"},
    ],
)  # fmt: skip
def test_what_is_no_telling_is_none(adres: dict[str, str]) -> None:
    assert Telling.lees(adres) is None
