"""The page Proces: how klachten really go through the 18 steps, and where they leave the reglement."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import rechten, scherm
from klachten.analyse.basis.eigen import Vast
from klachten.analyse.basis.geteld import geteld, geteld_als
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import (
    KLEIN,
    MEESTE_KOPLOPERS,
    deel,
    elk,
    gedeeld,
    getal,
    klachten,
    komma,
    koplopers,
    procent,
    werkwoord,
)
from klachten.analyse.proces import grafieken as tekening
from klachten.analyse.proces import proces as analyse
from klachten.analyse.proces.proces import SOORTEN, Proces
from klachten.analyse.termijnen.netto import UITLEG as UITLEG_NETTO
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard, uit_stand
from klachten.scherm.evaluatie import afwijking, delen
from klachten.scherm.evaluatie.keuze import Keuze
from klachten.taal import opsomming

MEESTE_VARIANTEN = 10
DAGEN = {
    "dagen_sinds_vorige": "Dagen sinds die stap",
    "netto_sinds_vorige": "Netto sinds die stap",
    "dagen_sinds_ontvangst": "Dagen sinds ontvangst",
    "netto_sinds_ontvangst": "Netto sinds ontvangst",
}


@bewaard
def _proces(cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter, reglement: str) -> Proces:
    boek = _met_stappen(scherm.register(), reglement, min(periode.laatste, peildatum))
    return analyse.proces(cursor, peildatum=peildatum, periode=periode, filter=filter, reglement=boek)


def _met_stappen(register: Register, id: str, op: date) -> Reglement | None:
    """Return the reglement of a day when it names the 18 steps; that of an imported log may not."""
    reglement = register.reglementen.get(id)
    return reglement.op(op) if reglement and len(reglement.stappen) == 18 else None


def beeld(keuze: Keuze) -> Proces:
    """Return the process of the chosen year."""
    return _proces(keuze.periode, keuze.peildatum, keuze.filter, keuze.verzameling.reglement)


def verhaal(keuze: Keuze, beeld: Proces) -> None:
    """Show what the process says in sentences: how many follow the steps, what differs most, where it waits longest."""
    delen.zinnen(beeld.bevindingen, keuze)


def _telling(keuze: Keuze, wat: str, **deel: str) -> Telling:
    return Telling.van(wat, keuze.peildatum, keuze.periode, keuze.filter, **deel)


@uit_stand
def _kaart(keuze: Keuze) -> tuple[Vast, Vast, str, bool]:
    """Return the rows of the map, its table and its title, and whether the net days differ from the others."""
    proces = beeld(keuze)
    tabel = proces.stappenkaart
    wacht = tabel[(tabel["stap"] <= 15) & tabel["dagen_sinds_vorige"].notna() & (tabel["aantal"] > 0)]
    gesloten = int(tabel.loc[tabel["stap"] == 13, "aantal"].iloc[0])
    titel = f"{klachten(proces.klachten)} ontvangen, {getal(gesloten)} afgesloten"
    if len(wacht) and wacht["dagen_sinds_vorige"].max() > 0:
        traag = koplopers(wacht.itertuples(), lambda rij: rij.dagen_sinds_vorige)
        langst = komma(float(traag[0].dagen_sinds_vorige), 0)
        tot = f"{gedeeld([rij.stap for rij in traag])} ({langst} dagen{', elk' if len(traag) > 1 else ''})"
        titel += f"; het langst duurt het tot stap {tot}"
    toon = tabel[["stap", "naam", "aantal", "hier_gebleven", "sinds_stap", *DAGEN]]
    toon.columns = pd.Index(["Stap", "Naam", "Aantal", "Hier gebleven", "Sinds stap", *DAGEN.values()])
    netto = bool((tabel["netto_sinds_vorige"].fillna(0) != tabel["dagen_sinds_vorige"].fillna(0)).any())
    return Vast(tabel), Vast(toon), titel, netto


def kaart(keuze: Keuze) -> None:
    """Show the 18 steps as a map, and the table behind it with what follows what."""
    onderdelen.kop("De achttien stappen")
    tabel, toon, titel, netto = _kaart(keuze)
    # 16 to 18 are of the evaluation, and no klachten.
    stappen = range(1, 16)

    def van(stap: int, kolom: str) -> Telling | None:
        if stap not in stappen:
            return None
        if kolom == "Hier gebleven":
            return Telling(peildatum=keuze.peildatum, periode=keuze.periode, filter=keuze.filter, stap=stap)
        return _telling(keuze, "stappen", stap=str(stap)) if kolom == "Aantal" else None

    delen.grafiek(
        tekening.kaart,
        tabel,
        titel,
        tabel=toon,
        naar=lambda rij, kolom: van(rij + 1, kolom),
        punt=lambda mark: van(mark["stap"], "Aantal") if mark.get("stap") in stappen else None,
        velden=("stap",),
        key="proces.kaart",
    )
    if netto:
        st.markdown(UITLEG_NETTO)


def overgangen(keuze: Keuze, beeld: Proces) -> None:
    """Show which step really followed which, as a table behind a heading that opens."""
    tabel = beeld.overgangen
    if len(tabel):
        delen.achter(
            tabel.set_axis(["Van stap", "Naar stap", "Keer", "Mediaan dagen", "Netto dagen"], axis=1),
            "Welke stap op welke volgde",
            naar=lambda rij, kolom: (
                _telling(keuze, "overgangen", van=str(tabel["van"].iloc[rij]), naar=str(tabel["naar"].iloc[rij]))
                if kolom == "Keer"
                else None
            ),
            key="proces.overgangen",
        )


def varianten(keuze: Keuze, beeld: Proces) -> None:
    """Show the most frequent orders of steps, and whether each follows the reglement."""
    onderdelen.kop("Volgorden")
    tabel = beeld.varianten
    top = tabel.head(MEESTE_VARIANTEN)
    vaakst = int(tabel["klachten"].max())
    boven = int((tabel["klachten"] == vaakst).sum())
    zin = (
        f"Er {'komt 1 volgorde' if len(tabel) == 1 else f'komen {getal(len(tabel))} volgorden'} voor; "
        f"{'de vaakste' if boven == 1 else f'{getal(boven)} zijn de vaakste, elk'} bij "
        f"{deel(vaakst, beeld.klachten, 'klachten')}."
    )
    achter = tuple(
        een
        for sleutel in tabel["sleutel"].iloc[: min(boven, MEESTE_KOPLOPERS)]
        for een in geteld_als("sporen", vaakst, "met die volgorde", sleutel=str(sleutel))
    )
    st.markdown(delen.met_lijsten(zin, achter + geteld(beeld.klachten, "ontvangen"), keuze))
    toon = pd.DataFrame(
        {
            "Klachten": top["klachten"],
            "Volgorde van stappen": top["spoor"],
            "Stand": ["loopt nog of ingetrokken" if open_ else "beëindigd" for open_ in top["nog_open"]],
            "Op volgorde": ["ja" if rij.volgt else " ".join(rij.zinnen) or "nee" for rij in top.itertuples()],
        }
    )
    sleutels = [str(sleutel) for sleutel in top["sleutel"]]
    delen.toon(
        toon,
        lambda rij, kolom: _telling(keuze, "sporen", sleutel=sleutels[rij]) if kolom == "Klachten" else None,
        "proces.varianten",
    )


def naleving(keuze: Keuze, beeld: Proces) -> None:
    """Show what differs from the reglement, by step and by kind."""
    onderdelen.kop("Stappen op volgorde")
    if beeld.klachten:
        gemiddeld = ""
        if beeld.fitness is not None and beeld.beeindigd >= KLEIN:
            gemiddeld = f"De beëindigde klachten volgen de stappen gemiddeld voor {procent(beeld.fitness)}. "
        zin = (
            f"{gemiddeld}Met alle stappen op volgorde, met wat nog loopt: "
            f"{deel(beeld.volgens, beeld.klachten, 'klachten')}."
        )
        achter = geteld_als("sporen", beeld.volgens, "op volgorde", volgt="ja")
        achter += geteld_als("sporen", beeld.klachten - beeld.volgens, "niet op volgorde", volgt="nee")
        achter += geteld(beeld.klachten, "ontvangen")
        st.markdown(delen.met_lijsten(zin, achter, keuze))
        afwijking.vastgelegd(keuze)
    if beeld.afwijkingen.empty:
        st.markdown("Bij geen enkele klacht staan de stappen anders.")
        return
    toon = pd.DataFrame(
        {
            "Stap": beeld.afwijkingen["stap"],
            "Wat": [SOORTEN.get(soort, soort).capitalize() for soort in beeld.afwijkingen["soort"]],
            "Klachten": beeld.afwijkingen["klachten"],
        }
    )
    anders = [f"{rij.soort}.{rij.stap}" for rij in beeld.afwijkingen.itertuples()]
    delen.toon(
        toon,
        lambda rij, kolom: _telling(keuze, "sporen", anders=anders[rij]) if kolom == "Klachten" else None,
        "proces.naleving",
    )


def herstelwerk(keuze: Keuze, beeld: Proces) -> None:
    """Show which steps had to be done again; step 12 is meant to be repeated."""
    onderdelen.kop("Wat moest over?")
    tabel = beeld.herstelwerk
    over = tabel[(tabel["herhaald"] > 0) & (tabel["stap"] != 12)]
    if over.empty:
        st.markdown("Geen enkele stap hoefde over.")
        return
    meest = koplopers(over.itertuples(), lambda rij: rij.herhaald)
    delen_van = [f"stap {rij.stap}, bij {deel(int(rij.herhaald), int(rij.klachten), 'klachten')}" for rij in meest]
    zin = f"Het vaakst over: {opsomming(delen_van)}."
    achter = tuple(
        een
        for rij in meest
        for een in (
            *geteld_als("sporen", int(rij.herhaald), f"met stap {rij.stap} vaker dan 1 keer", vaker=str(rij.stap)),
            *geteld_als("sporen", int(rij.klachten), f"met stap {rij.stap}", met=str(rij.stap)),
        )
    )
    st.markdown(delen.met_lijsten(zin, achter, keuze))
    stappen = [str(stap) for stap in over["stap"]]
    veld = {"Klachten met deze stap": "met", "Waarvan vaker dan 1 keer": "vaker", "Extra keren": "vaker"}
    delen.toon(
        over.set_axis(["Stap", "Klachten met deze stap", "Waarvan vaker dan 1 keer", "Extra keren"], axis=1),
        lambda rij, kolom: _telling(keuze, "sporen", **{veld[kolom]: stappen[rij]}) if kolom in veld else None,
        "proces.herstelwerk",
    )


def _bij(naam: str) -> str:
    if naam == "Samen":
        return ""
    return f", bij {naam.lower() if naam.startswith('Nog') else naam}"


def werklast(keuze: Keuze, beeld: Proces) -> None:
    """Show how many klachten everybody had open; names for the directie only."""
    onderdelen.kop("Werklast")
    tabel = beeld.werklast
    if tabel.empty or not tabel["nog_open"].sum():
        st.markdown("Aan het eind van geen enkele maand stond er een klacht open.")
        return
    wie = [id if isinstance(id, str) else None for id in tabel["behandelaar"]]
    namen = delen.schuilnamen(wie, "Behandelaar")
    per_persoon = rechten.mag("inzage", "per_persoon", scherm.gebruiker()).mag
    tabel = tabel.assign(naam=[namen[id] if per_persoon else "Samen" for id in wie])
    tabel = tabel.groupby(["naam", "maand"], sort=False, as_index=False)["nog_open"].sum()
    tabel["maand"] = pd.to_datetime(tabel["maand"])
    top = koplopers(tabel.itertuples(), lambda rij: rij.nog_open)
    wanneer = gedeeld([f"{rij.maand:%m-%Y}{_bij(str(rij.naam))}" for rij in top])
    # Each of some people has months of their own: the one in which most stood open together may be another.
    per = "" if set(tabel["naam"]) == {"Samen"} else " van één persoon"
    titel = (
        f"{'De drukste maand' if len(top) == 1 else 'De drukste maanden'}{per} "
        f"{werkwoord(len(top), 'was', 'waren')} {wanneer}: {getal(int(top[0].nog_open))} tegelijk open{elk(top)}"
    )
    toon = tabel.assign(maand=[f"{dag:%m-%Y}" for dag in tabel["maand"]]).set_axis(
        ["Wie", "Maand", "Open aan het eind"], axis=1
    )
    ids = {naam: "" if id is None else id for id, naam in zip(wie, (namen[id] for id in wie), strict=True)}
    regels = [(str(rij.naam), f"{rij.maand:%Y-%m}") for rij in tabel.itertuples()]
    maanden = {f"{rij.maand:%m-%Y}": f"{rij.maand:%Y-%m}" for rij in tabel.itertuples()}

    def van(naam: str, maand: str | None) -> Telling | None:
        if maand is None or (naam != "Samen" and naam not in ids):
            return None
        bij = {} if naam == "Samen" else {"behandelaar": ids[naam]}
        return Telling.van("werklast", keuze.peildatum, None, keuze.filter, maand=maand, **bij)

    delen.grafiek(
        tekening.werklast,
        tabel.sort_values(["naam", "maand"]),
        titel,
        tabel=toon,
        naar=lambda rij, kolom: van(*regels[rij]) if kolom == "Open aan het eind" else None,
        punt=lambda mark: van(mark.get("naam", ""), maanden.get(mark.get("kolom", ""))),
        velden=("naam", "kolom"),
        key="proces.werklast",
    )
