"""The page Opvolging: what came of maatregelen and verbeteracties, who is waiting for whom, what was seen to change."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import organisatie, rechten, scherm
from klachten.analyse import statistiek
from klachten.analyse.basis.geteld import geteld_als
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.lezer import Zicht
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import dagen, deel, getal, telling
from klachten.analyse.jaar import grafieken
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.opvolging import grafieken as tekening
from klachten.analyse.opvolging import personen
from klachten.analyse.opvolging.oordelen import oordelen_achter, oordelen_zin
from klachten.analyse.opvolging.opvolging import LEEFTIJDEN, STANDEN, Maatregelen, maatregelen_lijst
from klachten.analyse.termijnen.zinnen import tarief
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard, mijn_zicht, uit_stand
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.keuze import Keuze

KLEIN_PER_PERSOON = 5


@bewaard
def _lijst(
    cursor: DuckDBPyConnection, peildatum: date, filter: Filter, zicht: Zicht, limit: int, offset: int
) -> tuple[int, pd.DataFrame]:
    return maatregelen_lijst(cursor, peildatum=peildatum, filter=filter, zicht=zicht, limit=limit, offset=offset)


def verhaal(beeld: Jaarbeeld) -> None:
    """Show the sentences about what was agreed and what was done."""
    soorten = ("maatregelen_opvolging", "verbeteracties_opvolging")
    delen.zinnen([b for b in beeld.bevindingen if b.kengetal in soorten], beeld)


@bewaard
def _oordelen(cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter) -> list[dict[str, object]]:
    return rijen_van(cursor, "oordelen_opvolging", peildatum=peildatum, periode=periode, filter=filter)


def oordelen(keuze: Keuze) -> None:
    """Say what became of the disputes of the year that were submitted; nothing when none was."""
    rijen = _oordelen(keuze.periode, keuze.peildatum, keuze.filter)
    if zin := oordelen_zin(rijen):
        delen.zinnen([delen.met_lijsten(zin, oordelen_achter(rijen), keuze)])


def _maatregelen(beeld: Jaarbeeld, **deel: str) -> Telling:
    """Return the klachten with these maatregelen, of the klachten of the period."""
    return Telling.van("maatregelen", beeld.peildatum, beeld.periode, beeld.filter, **deel)


def standtabel(m: Maatregelen) -> pd.DataFrame:
    """Return how maatregelen stand, for tekening.aantallen."""
    standen = [
        ("Op tijd uitgevoerd", m.op_tijd),
        ("Te laat uitgevoerd of vervallen", m.te_laat),
        ("Open", m.open),
        ("Open en te laat", m.open_en_te_laat),
        ("Vervallen", m.vervallen),
    ]
    tabel = pd.DataFrame(standen, columns=["naam", "aantal"])
    tabel["waarvan"] = [n if "te laat" in naam.lower() else 0 for naam, n in standen]
    tabel["tekst"] = [getal(n) for _, n in standen]
    return tabel


def stand_naar(beeld: Jaarbeeld) -> dict[str, Telling]:
    """Return where each of those counts leads."""
    namen = standtabel(beeld.maatregelen)["naam"]
    return {str(naam): _maatregelen(beeld, stand=stand) for naam, stand in zip(namen, STANDEN, strict=True)}


def maatregelen(beeld: Jaarbeeld) -> None:
    """Show how the maatregelen of the year stand, and how old the open ones are."""
    onderdelen.kop(f"Maatregelen bij klachten van {beeld.periode.naam}")
    m = beeld.maatregelen
    if not m.totaal:
        st.markdown(f"Bij de klachten van {beeld.periode.naam} zijn geen maatregelen bepaald.")
        return
    links, rechts = st.columns(2, gap="large")
    with links:
        tabel = standtabel(m)
        titel = (
            f"Op de afgesproken dag gereed: {deel(m.tarief.x, m.tarief.n)}"
            if m.tarief.n
            else "Van geen enkele is de afgesproken dag voorbij"
        )
        per_stand = stand_naar(beeld)
        namen = list(per_stand)
        delen.grafiek(
            tekening.aantallen,
            tabel,
            titel,
            "Donker: te laat.",
            tabel=tabel[["naam", "aantal"]].set_axis(["Stand", "Maatregelen"], axis=1),
            naar=lambda rij, kolom: per_stand[namen[rij]] if kolom == "Maatregelen" else None,
            punt=lambda mark: per_stand.get(mark.get("naam", "")),
            key="opvolging.standen",
        )
    with rechts:
        oud = m.leeftijden.rename(columns={"leeftijd": "naam", "open": "aantal", "waarvan_te_laat": "waarvan"})
        if not oud["aantal"].sum():
            st.markdown("Er staat geen enkele maatregel meer open.")
        else:

            def oud_en(leeftijd: str, kolom: str) -> Telling | None:
                laat = {"Open": {}, "Waarvan te laat": {"stand": "open en te laat"}}.get(kolom)
                bekend = leeftijd in LEEFTIJDEN and laat is not None
                return _maatregelen(beeld, leeftijd=leeftijd, **laat) if bekend else None

            oud["tekst"] = [
                f"{r.aantal}, waarvan {r.waarvan} te laat" if r.waarvan else f"{r.aantal}" for r in oud.itertuples()
            ]
            lang = int(oud.loc[oud["naam"] == "meer dan 90 dagen", "aantal"].sum())
            wat = (
                "Geen open maatregel is ouder dan 90 dagen"
                if not lang
                else f"{getal(lang)} open {'maatregel is' if lang == 1 else 'maatregelen zijn'} ouder dan 90 dagen"
            )
            delen.grafiek(
                tekening.aantallen,
                oud,
                wat,
                "Open maatregelen naar dagen sinds ze zijn bepaald. Donker: te laat.",
                tabel=oud[["naam", "aantal", "waarvan"]].set_axis(["Leeftijd", "Open", "Waarvan te laat"], axis=1),
                naar=lambda rij, kolom: oud_en(LEEFTIJDEN[rij], kolom),
                punt=lambda mark: oud_en(mark.get("naam", ""), "Open"),
                key="opvolging.leeftijden",
            )
    zinnen = []
    if m.gewijzigd:
        zin = f"Bij {telling(m.gewijzigd, m.totaal, 'maatregel', 'maatregelen')} is de afspraak onderweg gewijzigd."
        achter = geteld_als("maatregelen", m.gewijzigd, "gewijzigd", gewijzigd="ja")
        zinnen.append(delen.met_lijsten(zin, achter + geteld_als("maatregelen", m.totaal, "in totaal"), beeld))
    if m.meeste_dagen_te_laat:
        zinnen.append(f"De grootste overschrijding was {dagen(m.meeste_dagen_te_laat)}.")
    delen.zinnen(zinnen)


def per_persoon(beeld: Jaarbeeld) -> None:
    """Show who carries maatregelen out and who in time, with care for small numbers: no ranking by chance."""
    if beeld.maatregelen.per_actienemer.empty:
        return
    tabel = personen.met_verschil(beeld.maatregelen.per_actienemer)
    onderdelen.kop("Wie voert uit?")
    namen = delen.schuilnamen(list(tabel["actienemer"]), "Actienemer")
    tabel = tabel.assign(naam=[namen[id] for id in tabel["actienemer"]]).sort_values("naam")
    marges = [statistiek.wilson(int(r.rijp_op_tijd), int(r.rijp)) for r in tabel.itertuples()]
    bron = pd.DataFrame(
        {
            "naam": list(tabel["naam"]),
            "x": [v.x for v in marges],
            "n": [v.n for v in marges],
            "aandeel": [v.aandeel for v in marges],
            "laag": [v.laag for v in marges],
            "hoog": [v.hoog for v in marges],
        }
    )
    titel = personen.titel(list(tabel["naam"]), list(tabel["verschil"]))
    toon = pd.DataFrame(
        {
            "Wie": bron["naam"],
            "Maatregelen": list(tabel["maatregelen"]),
            "Op tijd van dag voorbij": [tarief(v) for v in marges],
            "Dag voorbij": [v.n for v in marges],
            "Open": list(tabel["open"]),
            "Open en te laat": list(tabel["open_en_te_laat"]),
        }
    )
    ids = [str(id) for id in tabel["actienemer"]]

    def naar(rij: int, kolom: str) -> Telling | None:
        stand = {
            "Maatregelen": {},
            "Op tijd van dag voorbij": {"rijp": "ja", "stand": "op tijd"},
            "Dag voorbij": {"rijp": "ja"},
            "Open": {"stand": "open"},
            "Open en te laat": {"stand": "open en te laat"},
        }.get(kolom)
        return None if stand is None else _maatregelen(beeld, actienemer=ids[rij], **stand)

    # Who sees a letter instead of a name would find the name behind the link.
    delen.grafiek(
        grafieken.aandelen,
        bron,
        titel,
        tabel=toon,
        naar=naar if delen.toont_namen() else None,
        key="opvolging.per_persoon",
    )


def open_maatregelen(keuze: Keuze) -> None:
    """Show the open maatregelen of every year, the longest overdue first, a page at a time."""
    onderdelen.kop("Wat staat er nog open?")
    wie = scherm.gebruiker()
    if not delen.ziet_rijen("opvolging"):
        return
    ziet = mijn_zicht()
    aantal, _ = _lijst(keuze.peildatum, keuze.filter, ziet, 0, 0)
    if not aantal:
        st.markdown("Er staat geen maatregel open, ook niet uit andere jaren.")
        return
    limit, offset = onderdelen.bladeren(
        aantal,
        key="opvolging_blad",
        woord="maatregelen, uit alle jaren" if aantal > 1 else "maatregel, uit alle jaren",
    )
    tabel, actienemers = _blad_open(keuze, ziet, limit, offset)
    if rechten.mag("inzage", "actienemersnamen", wie).mag:
        tabel.insert(3, "Actienemer", [organisatie.naam(id) for id in actienemers])
    delen.dossierlijst(tabel)


@uit_stand
def _blad_open(keuze: Keuze, zicht: Zicht, limit: int, offset: int) -> tuple[pd.DataFrame, list[str]]:
    """Return one page of the list, and the ids of who carries them out."""
    _, lijst = _lijst(keuze.peildatum, keuze.filter, zicht, limit, offset)
    tabel = pd.DataFrame(
        {
            "Klachtnummer": lijst["klachtnummer"],
            "Maatregel": lijst["maatregel"],
            "Categorie": [naam_van(keuze.reglement, "categorieen", id) for id in lijst["categorie"]],
            "Afgesproken dag": lijst["uiterlijk_op"],
            "Stand": [
                f"{dagen(int(r.dagen_te_laat))} te laat"
                if r.dagen_te_laat > 0
                else onderdelen.dagen_tekst(-int(r.dagen_te_laat))
                for r in lijst.itertuples()
            ],
        }
    )
    return tabel, list(lijst["actienemer"])


def verbeteracties(keuze: Keuze, beeld: Jaarbeeld) -> None:
    """Show the verbeteracties of every year: how they stand and what the directie saw."""
    onderdelen.kop("Verbeteracties")
    tabel = beeld.verbeteracties
    if tabel.empty:
        st.markdown("Er zijn nog geen verbeteracties bepaald.")
        onderdelen.verwijzing("verbeteracties", "Naar Verbeteracties")
        return
    namen = delen.schuilnamen(list(tabel["actienemer"]), "Actienemer")
    if rechten.mag("inzage", "actienemersnamen", scherm.gebruiker()).mag:
        namen = {id: organisatie.naam(id) for id in tabel["actienemer"]}
    reglement = keuze.reglement
    toon = pd.DataFrame(
        {
            "Evaluatie van": tabel["jaar"].astype(str),
            "Categorie": [naam_van(reglement, "categorieen", id) if id else "Alle" for id in tabel["categorie"]],
            "Wie": [namen[id] for id in tabel["actienemer"]],
            "Uiterlijk op": tabel["uiterlijk_op"],
            "Stand": tabel["stand"],
            "Uitgevoerd op": tabel["uitgevoerd_op"],
            "Dagen": tabel["dagen"],
            "Gezien door de directie": [
                naam_van(reglement, "veranderingen", v) if isinstance(v, str) else onderdelen.GEEN
                for v in tabel["verandering"]
            ],
        }
    )
    delen.toon(toon.iloc[::-1])
