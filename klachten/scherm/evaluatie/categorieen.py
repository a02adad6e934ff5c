"""The page Categorieën: what klachten are about, year by year, how they end, and who complains along which way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import taal
from klachten.analyse.basis.eigen import Vast
from klachten.analyse.basis.grafiekstijl import over_regels, raster
from klachten.analyse.basis.kengetallen import bereken
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import (
    KLEIN,
    deel,
    elk,
    gedeeld,
    getal,
    koplopers,
    procent,
    telling,
    werkwoord,
)
from klachten.analyse.categorieen import grafieken as tekening
from klachten.analyse.jaar import grafieken
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.opvolging import grafieken as grafieken_opvolging
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.reglement import Reglement
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard, uit_stand
from klachten.scherm.evaluatie import delen, jaarbeeld, tekenen
from klachten.scherm.evaluatie.jaarbeeld import punt_van, telling_van
from klachten.scherm.evaluatie.keuze import Keuze

EINDEN = ("open", "ingetrokken", "niet in behandeling")
MEESTE_JAREN = 8


@bewaard
def _per_jaar(cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter) -> pd.DataFrame:
    return bereken(cursor, "categorieen", peildatum=peildatum, periode=periode, filter=filter, reeks=True)


@bewaard
def _aspecten(cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter) -> pd.DataFrame:
    return bereken(cursor, "aspecten", peildatum=peildatum, periode=periode, filter=filter)


def verhaal(beeld: Jaarbeeld) -> None:
    """Show the sentences about categories: what stands out and what does not."""
    delen.zinnen([b for b in beeld.bevindingen if b.kengetal == "categorieen"], beeld)


@uit_stand
def _pareto(keuze: Keuze) -> tuple[Vast, Vast, str]:
    """Return the rows of the chart, its table and its title."""
    beeld = jaarbeeld.beeld(keuze)
    tabel = beeld.categorieen
    met = tabel[tabel["klachten"] > 0]
    # The fewest categories that make up four fifths.
    nodig = int((met["cumulatief_aandeel"] < 0.8 - 1e-9).sum()) + 1
    samen = met.head(nodig)
    som = int(samen["klachten"].sum())
    namen = taal.opsomming([str(naam) for naam in samen["naam"]])
    hoe = "alles" if som == beeld.klachten else deel(som, beeld.klachten, "klachten")
    titel = (
        f"{namen}: {hoe}"
        if nodig <= 3
        else f"{telling(nodig, len(met), 'categorie', 'categorieën').capitalize()} maken samen {hoe}"
    )
    toon = tabel[["naam", "klachten", "aandeel", "laag", "hoog", "cumulatief_aandeel", "vorig"]].copy()
    for kolom in ("aandeel", "laag", "hoog", "cumulatief_aandeel"):
        # The interval stays: it is what so few klachten do say.
        weg = beeld.klachten < KLEIN and kolom in ("aandeel", "cumulatief_aandeel")
        toon[kolom] = [onderdelen.GEEN if weg or pd.isna(waarde) else procent(waarde) for waarde in toon[kolom]]
    toon.columns = pd.Index(
        ["Categorie", "Klachten", "Aandeel", "Marge van", "Marge tot", "Samen", beeld.periode.vorige.kort]
    )
    return Vast(tabel), Vast(toon), titel


def pareto(keuze: Keuze, beeld: Jaarbeeld) -> None:
    """Show the categories by size, with what the largest make together."""
    onderdelen.kop(f"Waarover gingen de klachten van {beeld.periode.naam}?")
    tabel, toon, titel = _pareto(keuze)
    delen.grafiek(
        tekening.pareto,
        tabel,
        titel,
        tabel=toon,
        naar=_naar(beeld, "categorie", tabel.tabel),
        punt=punt_van(beeld, "categorie", tabel.tabel),
        key="cat.pareto",
    )


def _naar(beeld: Jaarbeeld, veld: str, tabel: pd.DataFrame) -> delen.Naar:
    """Return where a number in a row per value of a characteristic leads."""
    return lambda rij, kolom: telling_van(beeld, veld, str(tabel[veld].iloc[rij]), kolom)


@uit_stand
def _jaren(keuze: Keuze) -> tuple[Vast, Vast, str, str, list[str], dict[str, str]] | None:
    """Return the rows of the grid, its table, titles, and the categories: in order, and by name; None without any."""
    per_jaar = _per_jaar(keuze.periode, keuze.peildatum, keuze.filter)
    reglement = keuze.reglement
    per_jaar = per_jaar.assign(
        naam=[
            naam_van(reglement, "categorieen", reglement.nu_geheten("categorieen", id) if reglement else id)
            for id in per_jaar["categorie"]
        ]
    )
    laatste = {p.jaar: p.kort for p in keuze.reeks[-MEESTE_JAREN:]}
    breed = tekenen.eenmaal(
        tekening.langs, per_jaar[per_jaar["jaar"].isin(laatste)], "naam", "jaar", "klachten", list(laatste)
    )
    if breed.empty:
        return None
    breed = breed.loc[breed.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    lang = breed.rename_axis(index="naam", columns="kolom").stack().rename("aantal").reset_index()
    loopt = {p.jaar for p in keuze.reeks if not p.is_om(keuze.peildatum)}
    koppen = {jaar: f"{kort}*" if jaar in loopt else kort for jaar, kort in laatste.items()}
    lang["kolom"] = [koppen[jaar] for jaar in lang["kolom"]]
    boven = koplopers(lang.itertuples(), lambda rij: rij.aantal)
    waar = gedeeld([f"{rij.naam} in {str(rij.kolom).rstrip('*')}" for rij in boven])
    van_deze = f" (van deze {getal(len(laatste))})" if len(keuze.reeks) > len(laatste) else ""
    titel = f"Het meest in één {keuze.periode.woord}{van_deze}: {getal(int(boven[0].aantal))}, {waar}"
    ster = f" * Tot {taal.datum(keuze.peildatum)}." if loopt & laatste.keys() else ""
    tabel = breed.rename_axis(index="Categorie", columns=None).reset_index()
    tabel.columns = pd.Index([koppen.get(kolom, kolom) for kolom in tabel.columns])
    ids = {str(naam): str(id) for naam, id in zip(per_jaar["naam"], per_jaar["categorie"], strict=True)}
    onder = f"Klachten naar de dag van ontvangst.{ster}"
    return Vast(lang), Vast(tabel), titel, onder, [str(naam) for naam in breed.index], ids


def jaren(keuze: Keuze, beeld: Jaarbeeld) -> None:
    """Show every category in the period of every year, as a grid of numbers."""
    onderdelen.kop("Jaar na jaar")
    gevonden = _jaren(keuze)
    if gevonden is None:
        st.markdown("In deze jaren zijn er geen klachten.")
        return
    lang, tabel, titel, onder, namen, ids = gevonden
    perioden = {p.kort: p for p in keuze.reeks}

    def van(naam: str, kolom: str) -> Telling | None:
        periode, id = perioden.get(kolom.rstrip("*")), ids.get(naam)
        if periode is None or id is None:
            return None
        return Telling(peildatum=keuze.peildatum, periode=periode, filter=replace(keuze.filter, categorie=id))

    delen.grafiek(
        raster,
        lang,
        titel,
        onder,
        tabel=tabel,
        naar=lambda rij, kolom: van(namen[rij], kolom),
        punt=lambda mark: van(mark.get("naam", ""), mark.get("kolom", "")),
        velden=("naam", "kolom"),
        key="cat.jaren",
    )
    if beeld.gewijzigde_categorieen:
        st.markdown(
            f"In {beeld.periode.naam} veranderde de indeling ({taal.opsomming(beeld.gewijzigde_categorieen)}): "
            "vergelijk met voorbehoud."
        )


@uit_stand
def _uitkomsten(keuze: Keuze) -> tuple[Vast, str, dict[str, dict[str, Any]], Vast, list[str]] | None:
    """Return the rows of the chart, its title, what each end asks for, and the table per category; None without any."""
    reglement, einden = keuze.reglement, jaarbeeld.beeld(keuze).categorie_uitkomst
    tabel = einden.assign(afloop=[_afloop(rij.einde, rij.uitkomst, reglement) for rij in einden.itertuples()])
    if tabel.empty:
        return None
    volgorde = list(dict.fromkeys(sorted(tabel["afloop"], key=lambda naam: (naam.lower() in EINDEN, naam))))
    breed = tekenen.eenmaal(tekening.langs, tabel, "naam", "afloop", "klachten", volgorde)
    breed = breed.loc[breed.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    som = breed.sum().sort_values(ascending=False, kind="stable")
    bron = pd.DataFrame({"naam": list(som.index), "aantal": list(som), "waarvan": list(som)})
    bron["tekst"] = [getal(int(n)) for n in som]
    vaakst = [str(naam).lower() for naam, _ in koplopers(som.items(), lambda paar: paar[1])]
    titel = f"De vaakste afloop: {gedeeld(vaakst)}{elk(vaakst)}, {deel(int(som.iloc[0]), int(som.sum()), 'klachten')}"
    vragen = {str(rij.afloop): {"einde": rij.einde, "uitkomst": _uitkomst(rij)} for rij in tabel.itertuples()}
    ids = {rij.naam: str(rij.categorie) for rij in tabel.itertuples()}
    achter = breed.rename_axis(index="Categorie", columns=None).reset_index()
    return Vast(bron), titel, vragen, Vast(achter), [ids[naam] for naam in breed.index]


def uitkomsten(keuze: Keuze, beeld: Jaarbeeld) -> None:
    """Show how the klachten of the year ended, per category."""
    onderdelen.kop("Hoe liepen ze af?")
    gevonden = _uitkomsten(keuze)
    if gevonden is None:
        st.markdown("Er is nog niets om te tonen.")
        return
    bron, titel, vragen, achter, ids = gevonden
    per_naam = {over_regels(naam): vraag for naam, vraag in vragen.items()}

    def afloop(naam: str) -> Telling | None:
        vraag = per_naam.get(naam)
        if vraag is None:
            return None
        return Telling(peildatum=keuze.peildatum, periode=beeld.periode, filter=keuze.filter, **vraag)

    delen.grafiek(
        grafieken_opvolging.aantallen,
        bron,
        titel,
        "Hoe de indiener erover denkt; een oordeel komt alleen van een onafhankelijke persoon.",
        punt=lambda mark: afloop(mark.get("naam", "")),
        key="cat.afloop",
    )

    def naar(rij: int, kolom: str) -> Telling | None:
        vraag = vragen.get(kolom)
        return telling_van(beeld, "categorie", ids[rij], "Klachten", **vraag) if vraag else None

    delen.achter(achter, "Tabel per categorie", naar=naar, key="cat.uitkomsten")


def _uitkomst(rij: Any) -> str | None:
    return (rij.uitkomst if isinstance(rij.uitkomst, str) else "") if rij.einde == "afgesloten" else None


def _afloop(einde: str, uitkomst: str | None, reglement: Reglement | None) -> str:
    if einde != "afgesloten":
        return einde.capitalize()
    if not isinstance(uitkomst, str) or not uitkomst:
        return "Afgesloten, uitkomst niet vastgelegd"
    return naam_van(reglement, "uitkomsten", uitkomst)


@uit_stand
def _aspectbeeld(keuze: Keuze) -> tuple[Vast, Vast, str, list[str]] | None:
    """Return the rows of the chart, its table, its title, and the subjects in order; None when none played a part."""
    tabel = _aspecten(keuze.periode, keuze.peildatum, keuze.filter)
    tabel = tabel.assign(naam=[naam_van(keuze.reglement, "categorieen", id) for id in tabel["categorie"]])
    if not tabel["als_aspect"].sum():
        return None
    boven = koplopers(tabel.itertuples(), lambda rij: rij.als_aspect)
    speelde = f"{gedeeld([rij.naam for rij in boven])} {werkwoord(len(boven), 'speelde', 'speelden')}"
    titel = f"{speelde} het vaakst mee naast de hoofdzaak: {getal(int(boven[0].als_aspect))} keer{elk(boven)}"
    toon = tabel[["naam", "als_categorie", "als_aspect", "klachten"]].set_axis(
        ["Onderwerp", "Hoofdzaak", "Speelde ook mee", "Samen"], axis=1
    )
    return Vast(tabel), Vast(toon), titel, [str(id) for id in tabel["categorie"]]


def aspecten(keuze: Keuze, beeld: Jaarbeeld) -> None:
    """Show which subjects play a part besides the main one."""
    onderdelen.kop("Waar ging het ook over?")
    gevonden = _aspectbeeld(keuze)
    if gevonden is None:
        st.markdown(
            f"Bij geen enkele klacht van {beeld.periode.naam} is vastgelegd dat er nog een ander onderwerp meespeelde."
        )
        return
    tabel, toon, titel, ids = gevonden
    per_naam = dict(zip(tabel.tabel["naam"], ids, strict=True))

    def van(id: str, kolom: str) -> Telling | None:
        if kolom == "Hoofdzaak":
            return telling_van(beeld, "categorie", id, "Klachten")
        veld = {"Speelde ook mee": "aspect", "Samen": "samen"}.get(kolom)
        vast = (keuze.peildatum, beeld.periode, keuze.filter)
        return Telling.van("onderwerp", *vast, **{veld: id}) if veld else None

    delen.grafiek(
        tekening.aspecten,
        tabel,
        titel,
        tabel=toon,
        naar=lambda rij, kolom: van(ids[rij], kolom),
        punt=lambda mark: van(per_naam[mark["naam"]], "Samen") if mark.get("naam") in per_naam else None,
        key="cat.aspecten",
    )


@uit_stand
def _herkomst(keuze: Keuze, veld: str, woord: str) -> tuple[Vast, Vast, str]:
    """Return the rows of the chart, its table and its title."""
    beeld = jaarbeeld.beeld(keuze)
    tabel = {"indiener_soort": beeld.indieners, "kanaal": beeld.kanalen}[veld]
    meest = tabel.iloc[0]
    niet = [str(naam).lower() for naam in tabel.loc[tabel["klachten"] == 0, "naam"]]
    titel = f"{meest['naam']}: {deel(int(meest['klachten']), beeld.klachten, 'klachten')}"
    if veld == "kanaal" and niet:
        titel += f"; niemand via {taal.opsomming(niet)}" if len(niet) < 3 else ""
    toon = tabel[["naam", "klachten", "vorig"]].set_axis([woord, beeld.periode.kort, beeld.periode.vorige.kort], axis=1)
    return Vast(tabel), Vast(toon), titel


def herkomst(keuze: Keuze, beeld: Jaarbeeld) -> None:
    """Show who complains and along which way, beside last year."""
    onderdelen.kop("Wie klaagt, en langs welke weg?")
    velden = (("indiener_soort", "Indiener"), ("kanaal", "Weg"))
    for kolom, (veld, woord) in zip(st.columns(2, gap="large"), velden, strict=True):
        with kolom:
            tabel, toon, titel = _herkomst(keuze, veld, woord)
            delen.grafiek(
                grafieken.naast_vorig,
                tabel,
                beeld.periode,
                titel,
                tabel=toon,
                naar=_naar(beeld, veld, tabel.tabel),
                punt=punt_van(beeld, veld, tabel.tabel),
                key=f"cat.{veld}",
            )
