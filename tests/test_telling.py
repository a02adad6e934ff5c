"""The klachten behind a number: as many in the list as the figure says, on any day, for any choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from random import Random

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from klachten import organisatie
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.selectie import ALLES, Filter
from klachten.analyse.jaar.delen import stroom_van
from klachten.analyse.opvolging.oordelen import OPVOLGINGEN, VOORGELEGD
from klachten.analyse.opvolging.opvolging import STANDEN as MAATREGELSTANDEN
from klachten.analyse.opvolging.opvolging import geschillen_van, maatregelen_van
from klachten.analyse.proces.proces import proces
from klachten.analyse.termijnen.naleving import (
    ONRIJP,
    RIJP,
    RIJP_OF_ONBESLIST,
    RIJP_OP_TIJD,
    RIJP_TE_LAAT,
    termijnen_van,
)
from klachten.analyse.termijnen.netto import netten
from klachten.analyse.termijnen.streven import BESLIST, streven
from klachten.analyse.termijnen.uitsplitsing import per_maatregel
from klachten.analyse.termijnen.wachttijd import MATEN, doorlooptijd
from klachten.analyse.verkenner.antwoord import geef
from klachten.analyse.verkenner.verkenning import Verkenning
from klachten.analyse.werk.klachtenlijst import Filter as Lijstfilter
from klachten.analyse.werk.klachtenlijst import count, read_page
from klachten.analyse.werk.telling import OVER, STATUS, Telling
from klachten.analyse.werk.telsoorten import BEWEGINGEN, GESCHILLEN, SOORTEN
from klachten.periode import Periode
from klachten.reglement import Termijn
from tests.termijnproef import ONTVANGST, proef, voeg_doelen_toe
from tests.terugkijkproef import BEGIN, Gebeurtenis, dossiers, rijen, vul
from tests.voorbeeldfirma import COULANT

_DOEL = Termijn(
    id="resultaat", naam="Resultaat", stap=9, waarde=5, eenheid="werkdagen", vanaf="ontvangen", einde=(7, 9),
    geldt="altijd", geldig_vanaf=date(2000, 1, 1), geldig_tot=date(2024, 9, 30), bij_kenmerk={},
)  # fmt: skip
MET_DOELEN = replace(
    COULANT,
    streeftermijnen=(
        _DOEL,
        # A second version, with another length for some klachten, and an aim that begins at a step.
        replace(_DOEL, waarde=2, geldig_vanaf=date(2024, 10, 1), geldig_tot=None, bij_kenmerk={"spoed": 1, "zorg": 9}),
        replace(_DOEL, id="bevestigd", naam="Bevestigd", stap=5, einde=(5,), vanaf="stap_03", eenheid="dagen"),
    ),
)
STANDEN = {
    "op_tijd": "op tijd", "te_laat": "te laat", "te_laat_open": "te laat, nog open", "loopt": "loopt", "nvt": "n.v.t.",
    "onbepaald": "onbepaald", "onbepaald_verstreken": "onbepaald, termijn verstreken", "ongeldig": "ongeldig",
}  # fmt: skip
DELEN = {"rijp": RIJP, "rijp_op_tijd": RIJP_OP_TIJD, "rijp_te_laat": RIJP_TE_LAAT, "nog_niet_rijp": ONRIJP}
DELEN |= {"rijp_of_onbeslist": RIJP_OF_ONBESLIST}
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
        (regel,) = termijnen_van([rij], periode)
        telt = {kolom: getattr(regel, kolom) for kolom in (*STANDEN, *DELEN)}
        per_termijn.setdefault(rij["termijn"], Counter()).update(telt)
    for termijn, aantallen in per_termijn.items():
        for kolom, stand in (STANDEN | DELEN).items():
            yield f"{termijn} {stand}", aantallen[kolom], telling(termijn=termijn, stand=stand)
    if filter == ALLES:
        for rij in rijen_van(con, "te_evalueren", peildatum=peildatum):
            yield f"jaar {rij['jaar']}", rij["klachten"], telling(periode=Periode.van_jaar(rij["jaar"]))
    for rij in vraag("stappenkaart"):
        if rij["stap"] <= 15:
            yield f"stap {rij['stap']}", rij["hier_gebleven"], telling(stap=rij["stap"])
    if periode.bevat(peildatum):
        stroom = stroom_van(vraag("stroom"), periode, peildatum)
        yield "open", stroom.open_einde, Telling(peildatum=peildatum, filter=filter, einde="open")


def andere(con, peildatum: date, periode: Periode, filter: Filter) -> Iterator[tuple[str, int, Telling]]:
    """Yield the same of what is no klacht: maatregelen, disputes, movements, steps, orders, workload."""

    def vraag(sql: str):
        return rijen_van(con, sql, peildatum=peildatum, periode=periode, filter=filter)

    def telling(wat: str, **deel: str) -> Telling:
        return Telling.van(wat, peildatum, periode, filter, **deel)

    m = maatregelen_van(vraag("maatregelen_opvolging"))
    for stand in MAATREGELSTANDEN:
        yield f"maatregelen {stand}", getattr(m, stand.replace(" ", "_")), telling("maatregelen", stand=stand)
        for rij in m.per_actienemer.to_dict("records"):
            n = rij[stand.replace(" ", "_")]
            yield f"{rij['actienemer']} {stand}", n, telling("maatregelen", stand=stand, actienemer=rij["actienemer"])
    for rij in m.leeftijden.to_dict("records"):
        yield "leeftijd", rij["open"], telling("maatregelen", leeftijd=rij["leeftijd"])
        yield (
            "leeftijd", rij["waarvan_te_laat"],
            telling("maatregelen", leeftijd=rij["leeftijd"], stand="open en te laat"),
        )  # fmt: skip
    yield "gewijzigd", m.gewijzigd, telling("maatregelen", gewijzigd="ja")
    yield "alle maatregelen", m.totaal, telling("maatregelen")
    yield "dag voorbij", m.tarief.n, telling("maatregelen", rijp="ja")
    yield "dag voorbij, op tijd", m.tarief.x, telling("maatregelen", rijp="ja", stand="op tijd")
    for rij in m.per_actienemer.to_dict("records"):
        wie = {"rijp": "ja", "actienemer": rij["actienemer"]}
        yield "van wie, dag voorbij", rij["rijp"], telling("maatregelen", **wie)
        yield "van wie, op tijd", rij["rijp_op_tijd"], telling("maatregelen", **wie, stand="op tijd")
    pm = per_maatregel(con, peildatum=peildatum, periode=periode, filter=filter)
    yield "termijn voorbij", pm.tarief.n, telling("maatregeltermijn", rijp="ja")
    yield "termijn gehaald", pm.tarief.x, telling("maatregeltermijn", rijp="ja", stand="op tijd")
    yield "termijn gemist", pm.te_laat_open, telling("maatregeltermijn", stand="te laat, nog open")
    g = geschillen_van(vraag("geschillen"), periode.jaar)
    for stand in GESCHILLEN:
        n = g.tot_heropening if stand == "heropening" else getattr(g, stand)
        yield f"geschil {stand}", n, telling("geschillen", stand=stand)
    for oordeel, n in g.oordelen.items():
        yield f"oordeel {oordeel}", n, telling("geschillen", oordeel=oordeel)
    voorgelegd = vraag("oordelen_opvolging")
    for wacht in VOORGELEGD:
        n = sum(rij["geschillen"] for rij in voorgelegd if rij["stand"] == wacht)
        yield wacht, n, telling("geschillen", wacht=wacht)
    for opvolging in (*OPVOLGINGEN, None):
        met = [r for r in voorgelegd if r["stand"] == "oordeel" and r["opvolging"] == opvolging]
        yield (
            f"opvolging {opvolging}",
            sum(r["geschillen"] for r in met),
            telling("geschillen", opvolging=opvolging or ""),
        )
    verteld = [r for r in voorgelegd if r["stand"] == "oordeel" and r["meegedeeld"]]
    yield "meegedeeld", sum(r["geschillen"] for r in verteld), telling("geschillen", meegedeeld="ja")
    gronden = vraag("niet_in_behandeling_gronden")
    yield "gronden", sum(rij["klachten"] for rij in gronden), telling("gronden")
    for rij in gronden:
        yield "grond", rij["klachten"], telling("gronden", grond=rij["grond"])
    stroom = stroom_van(vraag("stroom"), periode, peildatum)
    for soort in BEWEGINGEN:
        yield soort, getattr(stroom, soort), telling("beweging", soort=soort)
    for rij in vraag("stappenkaart")[:15]:
        yield f"bereikt {rij['stap']}", rij["aantal"], telling("stappen", stap=str(rij["stap"]))
    met = geef(con, Verkenning(maat="deel_afwijking", periode=periode, filter=filter), peildatum=peildatum).cellen[0]
    yield "vastgelegde afwijking", met.x or 0, telling("afwijking", vastgelegd="ja")
    for rij in vraag("overgangen"):
        yield "overgang", rij["aantal"], telling("overgangen", van=str(rij["van"]), naar=str(rij["naar"]))
    p = proces(con, peildatum=peildatum, periode=periode, filter=filter)
    yield "volgens", p.volgens, telling("sporen", volgt="ja")
    yield "niet volgens", p.klachten - p.volgens, telling("sporen", volgt="nee")
    for rij in p.varianten.itertuples():
        yield rij.spoor, rij.klachten, telling("sporen", sleutel=rij.sleutel)
    for rij in p.afwijkingen.itertuples():
        yield f"{rij.soort} {rij.stap}", rij.klachten, telling("sporen", anders=f"{rij.soort}.{rij.stap}")
    for rij in p.herstelwerk.itertuples():
        yield f"met {rij.stap}", rij.klachten, telling("sporen", met=str(rij.stap))
        yield f"vaker {rij.stap}", rij.herhaald, telling("sporen", vaker=str(rij.stap))
    for rij in vraag("werklast"):
        deel = {"maand": f"{rij['maand']:%Y-%m}", "behandelaar": rij["behandelaar"] or ""}
        yield f"werklast {deel}", rij["nog_open"], Telling.van("werklast", peildatum, None, filter, **deel)
    for rij in vraag("aspecten"):
        yield "aspect", rij["als_aspect"], telling("onderwerp", aspect=rij["categorie"])
        yield "samen", rij["klachten"], telling("onderwerp", samen=rij["categorie"])
    for rij in vraag("nadere_gegevens"):
        kenmerk = f"{rij['kenmerk']}.{rij['waarde'] or ''}"
        yield kenmerk, rij["klachten"], telling("kenmerk", kenmerk=kenmerk)
    for kenmerk in ("tevredenheid", "ernst"):
        bekend = [r["klachten"] for r in vraag("nadere_gegevens") if r["kenmerk"] == kenmerk and r["waarde"]]
        yield f"{kenmerk} bekend", sum(bekend), telling("kenmerk", bekend=kenmerk)
    yield from wachttijden(con, peildatum, periode, filter)
    yield from gestreefd(con, peildatum, periode, filter)


def gestreefd(con, peildatum: date, periode: Periode, filter: Filter) -> Iterator[tuple[str, int, Telling]]:
    """Yield the same of what the organisation aims at: how it stands, and of how many that is known."""
    for doel in streven(con, peildatum=peildatum, periode=periode, filter=filter, reglement=MET_DOELEN):
        for stand, n in (*doel.aantallen.items(), (BESLIST, doel.beslist)):
            telling = Telling.van("streven", peildatum, periode, filter, doel=doel.doel, stand=stand)
            yield f"{doel.naam} {stand}", n, telling


def wachttijden(con, peildatum: date, periode: Periode, filter: Filter) -> Iterator[tuple[str, int, Telling]]:
    """Yield the same of the waiting times: those of the curve, on every day of it, and the waiting for the indiener."""

    def telling(wat: str, **deel: str) -> Telling:
        return Telling.van(wat, peildatum, periode, filter, **deel)

    rijen = rijen_van(con, "doorlooptijden", peildatum=peildatum, periode=periode, filter=filter)
    for maat, netto in netten(con, peildatum=peildatum, periode=periode, filter=filter).items():
        d = doorlooptijd(rijen, maat)
        yield f"{maat} gevolgd", d.n, telling("looptijd", maat=maat)
        yield f"{maat} zover", d.gebeurtenissen, telling("looptijd", maat=maat, einde=MATEN[maat])
        yield f"{maat} nog niet", d.lopend, telling("looptijd", maat=maat, einde="")
        for einde, n in d.anders.items():
            yield f"{maat} {einde}", n, telling("looptijd", maat=maat, einde=einde)
        verloop = d.aalen_johansen.tabel
        verloop = verloop[verloop["oorzaak"] == d.doel]
        # Not every day: the first, the last and some between.
        dagen = list(zip(verloop.itertuples(), verloop["gebeurtenissen"].cumsum(), strict=True))
        for rij, tot in [*dagen[:: max(1, len(dagen) // 3)], *dagen[-1:]]:
            dag = str(int(rij.dag))
            yield f"{maat} dag {dag}", int(rij.onder_risico), telling("looptijd", maat=maat, op_dag=dag)
            yield f"{maat} tot {dag}", int(tot), telling("looptijd", maat=maat, einde=d.doel, tot_dag=dag)
        yield f"{maat} gewacht", netto.met_wachten, telling("gewacht", maat=maat, gewacht="ja")
        yield f"{maat} wacht nog", netto.wacht_nog, telling("gewacht", maat=maat, nog="ja")


def test_a_number_of_something_else_leads_to_its_klachten() -> None:
    gezien = Counter[str]()
    _try_others(gezien)
    # None of the kinds went untried for want of a number, and nothing that can be chosen of one.
    alle = {f"{wat}.{veld}" for wat, soort in SOORTEN.items() for veld in soort.velden}
    alle |= {f"{wat}." for wat, soort in SOORTEN.items() if soort.geheel}
    assert {wat for wat, n in gezien.items() if n} == alle


_HIER = ONTVANGST | {"vestiging": "weert", "categorie": "bejegening", "betrokkenen": [], "aspecten": ["privacy"]}
_AFSPRAAK = {"uiterlijk_op": str(BEGIN + timedelta(50))}
ZELDEN: tuple[Gebeurtenis, ...] = (
    ("KlachtOntvangen", 35, _HIER, None),
    ("MaatregelBepaald", 36, {"maatregel": 1, "actienemer": "bas", "overlegd_met": "carla", **_AFSPRAAK}, None),
    ("MaatregelGewijzigd", 37, {"maatregel": 1, "actienemer": "anna"}, None),
    ("MaatregelUitgevoerd", 39, {"maatregel": 1, "afwijkingen": ["te_laat:maatregelen"]}, None),
    ("MeningsverschilGemeld", 40, {}, None),
    ("GeschilVoorgelegd", 41, {}, None),
    ("OordeelOntvangen", 50, {"oordeel": "gegrond", "heropening_nodig": False}, None),
    ("OordeelMeegedeeld", 51, {}, None),
    ("OordeelOpgevolgd", 60, {"opvolging": "geheel"}, None),
)
"""A klacht with what seldom comes about by chance."""


def _gesloten(uitkomst: str, oordeel: str) -> tuple[Gebeurtenis, ...]:
    eerst = (
        ("KlachtOntvangen", 35, _HIER, None),
        ("BehandelaarToegewezen", 36, {"behandelaar": "bas"}, None),
        ("KlachtAfgesloten", 40, {"uitkomst": uitkomst}, None),
    )
    daarna = ("OordeelOntvangen", 50, {"oordeel": oordeel, "heropening_nodig": False}, None)
    return (*eerst, daarna) if oordeel else eerst


GESLOTEN = (
    *(_gesloten(*deel) for deel in (("opgelost", "gegrond"), ("opgelost", ""), ("deels", "gegrond"))),
    (("KlachtOntvangen", 35, _HIER, None), ("NietInBehandelingGenomen", 40, {"grond": "te_oud"}, None)),
)
"""Klachten that differ in their end, outcome or oordeel alone: chance seldom ends two that are alike."""


Vraag = tuple[Sequence[Sequence[Gebeurtenis]], int, Periode, Filter]
"""Dossiers, the day to look back from, and what is chosen."""


def _verzin(klachten: range, dagen: Sequence[tuple[int, int]], filters: Sequence[Filter], keren: int) -> list[Vraag]:
    """So many times as many random dossiers as `klachten` says, each with a day and a choice.

    The day is random in a stretch of `dagen`; the periods and the filters take turns, and a stretch lasts all filters.
    """
    uit: list[Vraag] = []

    @settings(
        max_examples=keren, deadline=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(
        delen=st.lists(dossiers(), min_size=klachten.start, max_size=klachten.stop),
        op=st.tuples(*(st.integers(*deel) for deel in dagen)),
    )
    def verzin(delen, op) -> None:
        nr = len(uit)
        dag = op[nr // len(filters) % len(op)]
        uit.append((delen, dag, PERIODEN[nr % len(PERIODEN)], filters[nr % len(filters)]))

    verzin()
    return uit


def _registers(vragen: Sequence[Vraag], aantal: int) -> Iterator[tuple[DuckDBPyConnection, Sequence[Vraag]]]:
    """Put random dossiers together in a few registers; yield each, a database of its own, with its questions.

    A question costs its planning, however many dossiers there are: so each dossier is looked at by more questions than
    in many small registers, in less time.
    """
    for plek in range(aantal):
        eigen = vragen[plek::aantal]
        con = proef()
        voeg_doelen_toe(con, MET_DOELEN)
        vul(con, rijen([*chain(*(delen for delen, *_ in eigen)), ZELDEN, *GESLOTEN]))
        yield con, eigen
        con.close()


def _try_others(gezien: Counter[str]) -> None:
    """Each in a register of its own: of many dossiers together there are more orders of steps, each with a number.

    Of what was seen to lead to its klachten half is asked again, by lot: a figure costs its planning, and comes by six
    times.
    """
    lot = Random(20260105)
    for con, eigen in _registers(_verzin(range(25, 35), [(70, 150)], FILTERS[:2], keren=6), 6):
        for _, dag, periode, filter in eigen:
            peildatum = BEGIN + timedelta(dag)
            for wat, n, telling in andere(con, peildatum, periode, filter):
                velden = [f"{telling.wat}.{veld}" for veld in dict(telling.deel) or ("",)]
                if all(gezien[veld] for veld in velden) and lot.random() < 0.5:
                    continue
                klachten, keren = telling.aantallen(con)
                assert keren == n, (wat, peildatum, periode)
                assert klachten <= keren
                for veld in velden:
                    gezien[veld] += n
                # What is chosen goes along in an address, and is said.
                assert Telling.lees(telling.adres) == telling
                assert telling.in_woorden()


def test_a_number_is_the_length_of_its_list() -> None:
    """Some 300 random dossiers, five questions of each: every period and every choice, on an early or a late day.

    Each figure comes by fifteen times; half of them are asked, by lot, as each costs its planning.
    """
    gezien, lot = 0, Random(20260105)
    for con, eigen in _registers(_verzin(range(18, 24), [(1, 60), (61, 150)], FILTERS, keren=15), 3):
        for _, dag, periode, filter in eigen:
            peildatum = BEGIN + timedelta(dag)
            for wat, n, telling in tellingen(con, peildatum, periode, filter):
                assert lot.random() < 0.5 or telling.aantal(con) == n, (wat, peildatum)
            gezien += sum(len(delen) for delen, *_ in eigen)
    assert gezien >= 2 * 15 * 24  # each of the largest, on two days


LOPEND = ("ontvangen", "in onderzoek", "in behandeling")
TE_LAAT = ("te laat", "te laat, nog open", "onbepaald, termijn verstreken")
keuzen = st.fixed_dictionaries(
    {
        "periode": st.sampled_from([None, *PERIODEN]),
        "op": st.sampled_from(["ontvangst", "einde"]),
        "status": st.sampled_from(["", *STATUS]),
        "filter": st.sampled_from(FILTERS),
        "stap": st.sampled_from([None, None, 4, 6, 8, 13]),
        "oordeel": st.sampled_from(["", "", "gegrond"]),
        "termijn": st.sampled_from(["", "", "bevestiging", "maatregelen"]),
        "stand": st.sampled_from(["", "", *STANDEN.values(), OVER]),
    }
)


def rij_voldoet(rij: dict, termijnen: list[tuple[str, str]], wat: dict) -> bool:
    """The same as the list is asked, told again of one klacht."""
    dag = rij["ontvangen_op"] if wat["op"] == "ontvangst" else rij["laatste_einde_op"]
    loopt, vervallen = rij["status"] in LOPEND, rij["status"] == "vervallen"
    passend = {"": not vervallen, "alles": True, "lopend": loopt}.get(wat["status"], rij["status"] == wat["status"])
    standen = TE_LAAT if wat["stand"] == OVER else (wat["stand"],)
    return (
        passend
        and all(getattr(wat["filter"], veld) in (None, rij[veld]) for veld in vars(ALLES))
        and (wat["periode"] is None or (dag is not None and wat["periode"].bevat(dag)))
        and (wat["stap"] is None or (loopt and rij["stappen"].replace("|", "-").split("-")[-1] == str(wat["stap"])))
        and wat["oordeel"] in ("", rij["oordeel"])
        and (
            not (wat["termijn"] or wat["stand"])
            or any(wat["termijn"] in ("", t) and (not wat["stand"] or s in standen) for t, s in termijnen)
        )
    )


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    delen=st.lists(dossiers(), min_size=18, max_size=30),
    dag=st.integers(60, 150),
    gekozen=st.lists(keuzen, min_size=8, max_size=8),
)
def test_the_list_holds_what_it_is_chosen_by_as_it_stood_that_day(delen, dag: int, gekozen: list[dict]) -> None:
    con, vandaag, peildatum = proef(), BEGIN + timedelta(400), BEGIN + timedelta(dag)
    vul(con, rijen(delen))
    # The auditor reads all and is involved in nothing here.
    joris = organisatie.gebruiker("joris")
    assert joris is not None
    alle = rijen_van(con, "klacht_keuze", peildatum=peildatum, filter=Filter(herkomst=None))
    termijnen: dict[str, list[tuple[str, str]]] = {rij["klachtnummer"]: [] for rij in alle}
    for rij in rijen_van(con, "termijnen", peildatum=peildatum):
        termijnen[rij["klachtnummer"]].append((rij["termijn"], rij["status"]))
    for wat in gekozen:
        goed = {rij["klachtnummer"]: rij for rij in alle if rij_voldoet(rij, termijnen[rij["klachtnummer"]], wat)}
        filter = Lijstfilter(herkomst="", keuze=Telling(peildatum=peildatum, **wat))
        regels = read_page(con, filter, joris, vandaag, volgorde="oudste", limit=100, offset=0)
        assert {regel.klachtnummer: regel.status for regel in regels} == {nr: r["status"] for nr, r in goed.items()}
        assert count(con, filter, joris, vandaag) == len(regels)
    con.close()


DAG = date(2026, 1, 31)


@pytest.mark.parametrize(
    "telling",
    [
        Telling(peildatum=DAG),
        Telling(peildatum=DAG, periode=Periode.van_kwartaal(2025, 3), filter=Filter(kanaal="e-mail", herkomst=None)),
        Telling(peildatum=DAG, periode=Periode.van_jaar(2025), op="einde", uitkomst="", oordeel="gegrond"),
        Telling(peildatum=DAG, termijn="bevestiging", stand="te laat, nog open"),
        Telling(peildatum=DAG, status="in onderzoek", stand=OVER, op="termijn"),
        Telling.van("werklast", DAG, None, ALLES, maand="2025-03", behandelaar=""),
        Telling.van("sporen", DAG, Periode.van_jaar(2025), ALLES, sleutel="1-2-3|8-13/open/1"),
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
        {"telling": "2026-01-31", "t_wat": "overgangen"}, {"telling": "2026-01-31", "t_d_stand": "open"},
        {"telling": "2026-01-31", "t_wat": "looptijd", "t_d_op_dag": "3"},
        {"telling": "2026-01-31", "t_wat": "looptijd", "t_d_maat": "alles"},
        {"telling": "2026-01-31", "t_wat": "geheim", "t_d_stand": "open"},
        {"telling": "2026-01-31", "t_wat": "maatregelen", "t_d_stand": "'; DROP TABLE klacht"},
        {"telling": "2026-01-31", "t_wat": "werklast", "t_d_maand": "2025-13"},
        {"telling": "2026-01-31", "t_wat": "stappen", "t_d_stap": "16"},
        {"telling": "2026-01-31", "t_wat": "overgangen", "t_d_van": "x"},
        {"telling": "2026-01-31", "t_wat": "overgangen", "t_d_van": "3"},
        {"telling": "2026-01-31", "t_wat": "overgangen", "t_d_naar": "3"},
        {"telling": "2026-01-31", "t_wat": "werklast", "t_d_behandelaar": "bas"},
        {"telling": "2026-01-31", "t_wat": "sporen", "t_d_sleutel": "1-2-3"},
        {"telling": "2026-01-31", "t_wat": "sporen", "t_d_volgt": "nee", "t_d_anders": "overgeslagen.5"},
        {"telling": "2026-01-31", "t_wat": "onderwerp", "t_d_aspect": "privacy", "t_d_samen": "bejegening"},
        {"telling": "2026-01-31", "t_wat": "kenmerk", "t_d_kenmerk": "nergens.x"},
        {"telling": "2026-01-31", "t_wat": "streven", "t_d_doel": "coulant.resultaat"},
        {"telling": "2026-01-31", "t_wat": "streven", "t_d_doel": "coulant.resultaat", "t_d_stand": "bijna"},
        {"telling": "2026-01-31", "t_status": "zoek"},
        {"telling": "2026-01-31", "t_termijn": "a;b"}, {"telling": "2026-01-31", "t_periode": "ooit"},
    ],
)  # fmt: skip
def test_what_is_no_telling_is_none(adres: dict[str, str]) -> None:
    assert Telling.lees(adres) is None
