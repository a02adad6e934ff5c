"""The page Jaarbeeld: one period as a short story, first what stands out, then the figures it follows from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import scherm, taal
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import GEEN_GEGEVENS, getal, komma, of_streep
from klachten.analyse.jaar import grafieken as tekening
from klachten.analyse.jaar import jaarbeeld as analyse
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.termijnen import zinnen
from klachten.analyse.termijnen.naleving import RIJP, RIJP_OP_TIJD
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import delen, overgenomen
from klachten.scherm.evaluatie.filters import Keuze


@bewaard
def _beeld(cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter, reglement: str) -> Jaarbeeld:
    register = scherm.register()
    beeld = analyse.jaarbeeld(cursor, periode, peildatum, filter=filter, reglement=register.reglementen.get(reglement))
    for looptijd in beeld.doorlooptijden.values():
        # Worked out before it is kept: else at every visit again.
        _ = looptijd.zin(periode)
    return beeld


def beeld(keuze: Keuze) -> Jaarbeeld:
    """Return the figures of the chosen period."""
    return _beeld(keuze.periode, keuze.peildatum, keuze.filter, keuze.verzameling.reglement)


def verhaal(beeld: Jaarbeeld) -> None:
    """Show the sentences: what stands out first, what does not after it, so that nobody has to wonder."""
    opvallend = [b for b in beeld.bevindingen if b.opvallend]
    rustig = [b for b in beeld.bevindingen if not b.opvallend]
    if rustig and rustig[0].zin.startswith(f"In {beeld.periode.naam}"):
        eerste = rustig.pop(0)
        st.markdown(delen.met_lijsten(f"**{onderdelen.veilig(eerste.zin)}**", eerste.achter, beeld))
    cijfers(beeld)
    onderdelen.kop("Wat opvalt")
    delen.zinnen(opvallend or ["Niets wat meer is dan toeval, en niets wat te laat is."], beeld)
    onderdelen.kop("Wat niet opvalt")
    delen.zinnen(rustig or ["Er is verder niets te melden."], beeld)


def cijfers(beeld: Jaarbeeld) -> None:
    """Show the four figures that a directie is asked for."""
    nu = beeld.intensiteit.set_index("jaar").loc[beeld.jaar]
    bevestigd = next((regel for regel in beeld.termijnen if regel.stap == 5), None)
    vorig = f"{beeld.periode.vorige.kort}: {of_streep(beeld.vergelijking.klachten_vorig)}"
    if beeld.buiten_telling:
        vorig += f"; {getal(beeld.buiten_telling)} vervallen"
    delen.cijfers(
        (
            ("Ontvangen", getal(beeld.klachten), vorig, _telling(beeld)),
            (
                "Per 100 trajecten",
                komma(nu["per_100"]) if pd.notna(nu["per_100"]) else onderdelen.GEEN,
                nu["opmerking"] or f"{beeld.periode.vorige.kort}: {_vorige_maat(beeld)}",
            ),
            (
                "Op tijd bevestigd",
                zinnen.kort(bevestigd.kop) if bevestigd and bevestigd.zegt_iets else onderdelen.GEEN,
                f"marge {zinnen.marge(bevestigd.kop)}" if bevestigd and bevestigd.zegt_iets else GEEN_GEGEVENS,
                zinnen.kop_achter(bevestigd) if bevestigd else (),
            ),
            (
                "Nog open",
                getal(beeld.stroom.open_einde),
                f"op {taal.datum(beeld.stroom.tot)}",
                Telling(peildatum=beeld.stroom.tot, filter=beeld.filter, einde="open"),
            ),
        ),
        beeld,
    )


def _telling(beeld: Jaarbeeld, **rest: Any) -> Telling:
    """Return the klachten of this period, or those of them that more is said of."""
    return Telling(**{"peildatum": beeld.peildatum, "periode": beeld.periode, "filter": beeld.filter, **rest})


def telling_van(beeld: Jaarbeeld, veld: str, id: str, kolom: str, **rest: Any) -> Telling | None:
    """Return the klachten with one value of a characteristic, in this period or the one before."""
    per_kolom = {"Klachten": beeld.periode, beeld.periode.kort: beeld.periode}
    per_kolom[beeld.periode.vorige.kort] = beeld.periode.vorige
    if kolom not in per_kolom or (getattr(beeld.filter, veld) or id) != id:
        return None
    return _telling(beeld, periode=per_kolom[kolom], filter=replace(beeld.filter, **{veld: id}), **rest)


def punt_van(beeld: Jaarbeeld, veld: str, tabel: pd.DataFrame) -> delen.Punt:
    """Return where a mark of a chart leads that stands for one value of a characteristic; `tabel`: its id, and naam."""
    ids = {str(naam): str(id) for id, naam in zip(tabel[veld], tabel["naam"], strict=True)}
    return lambda mark: telling_van(beeld, veld, ids[mark["naam"]], "Klachten") if mark.get("naam") in ids else None


def _vorige_maat(beeld: Jaarbeeld) -> str:
    vorig = beeld.intensiteit.set_index("jaar").loc[beeld.periode.vorige.jaar, "per_100"]
    return komma(vorig) if pd.notna(vorig) else onderdelen.GEEN


def intensiteit(beeld: Jaarbeeld) -> None:
    """Show klachten per 100 trajecten over the years, or why that cannot be said."""
    onderdelen.kop("Klachten per 100 trajecten")
    tabel = beeld.intensiteit
    if not tabel["per_100"].notna().any():
        st.markdown(
            "Zonder het aantal trajecten is niet te zeggen of er veel of weinig klachten zijn. Leg dat aantal per "
            "vestiging vast, per jaar, kwartaal of maand; dan staat het hier."
        )
        onderdelen.verwijzing("verbeteracties", "Trajecten vastleggen")
        return
    v = beeld.vergelijking
    titel = (
        f"{beeld.periode.kort} tegen {beeld.periode.vorige.kort}: {v.oordeel}" if v.ratio else v.waarom_niet.rstrip(".")
    )
    toon = tabel[["periode", "klachten", "trajecten", "per_100", "laag", "hoog", "opmerking"]].copy()
    toon.columns = pd.Index(["Periode", "Klachten", "Trajecten", "Per 100", "Marge van", "Marge tot", "Opmerking"])
    in_gebruik = [int(rij.jaar) for rij in tabel.itertuples() if pd.notna(rij.klachten)]

    def van_jaar(jaar: int) -> Telling | None:
        return _telling(beeld, periode=beeld.periode.in_jaar(jaar)) if jaar in in_gebruik else None

    jaren = [int(jaar) for jaar in tabel["jaar"]]
    delen.grafiek(
        tekening.intensiteit,
        tabel,
        beeld.jaar,
        titel,
        tabel=toon.round(2),
        naar=lambda rij, kolom: van_jaar(jaren[rij]) if kolom == "Klachten" else None,
        punt=lambda mark: van_jaar(mark.get("jaar", 0)),
        velden=("jaar",),
        key="jaarbeeld.intensiteit",
    )
    per = beeld.intensiteit_per_vestiging
    if len(per) > 1 and per["per_100"].notna().any():
        ids = [str(id) for id in per["vestiging"]]
        per = per[["naam", "klachten", "trajecten", "per_100", "laag", "hoog", "opmerking"]].round(2)
        per.columns = pd.Index(["Vestiging", "Klachten", "Trajecten", "Per 100", "Marge van", "Marge tot", "Opmerking"])
        delen.achter(
            per,
            f"Tabel per vestiging in {beeld.periode.naam}",
            naar=lambda rij, kolom: telling_van(beeld, "vestiging", ids[rij], kolom) if kolom == "Klachten" else None,
            key="jaarbeeld.per_vestiging",
        )


def termijnen(beeld: Jaarbeeld) -> None:
    """Show the terms of the period, and how long indieners waited."""
    onderdelen.kop("Op tijd")
    met = [regel for regel in beeld.termijnen if regel.zegt_iets]
    if not met:
        st.markdown(f"Van geen enkele klacht uit {beeld.periode.naam} staat al vast of een termijn is gehaald.")
        return
    laagst = min(met, key=lambda regel: regel.kop.aandeel or 0)
    alle = all(regel.rijp_op_tijd == regel.rijp and not regel.onbepaald_verstreken for regel in met)
    titel = (
        "Elke termijn die voorbij is, is gehaald"
        if alle
        else f"Het minst vaak op tijd: {laagst.termijn_naam.lower()}, {zinnen.kopcel(laagst.kop)}"
    )
    tabel = pd.DataFrame(
        {
            "Termijn": [r.termijn_naam for r in beeld.termijnen],
            "Op tijd van termijn voorbij": [zinnen.kopcel(r.kop) for r in beeld.termijnen],
            "Termijn voorbij": [r.rijp for r in beeld.termijnen],
            "Marge": [zinnen.marge(r.kop) for r in beeld.termijnen],
            "Te laat": [r.te_laat for r in beeld.termijnen],
            "Te laat, nog open": [r.te_laat_open for r in beeld.termijnen],
            "Loopt": [r.loopt for r in beeld.termijnen],
            "Onbeslist, verstreken": [r.onbepaald_verstreken for r in beeld.termijnen],
            "N.v.t.": [r.nvt for r in beeld.termijnen],
        }
    )
    per_kolom = {naam: naam.lower() for naam in ("Te laat", "Te laat, nog open", "Loopt", "N.v.t.")}
    per_kolom["Onbeslist, verstreken"] = "onbepaald, termijn verstreken"
    per_kolom |= {"Op tijd van termijn voorbij": RIJP_OP_TIJD, "Termijn voorbij": RIJP}

    def naar(rij: int, kolom: str) -> Telling | None:
        stand = per_kolom.get(kolom)
        return _telling(beeld, termijn=beeld.termijnen[rij].termijn, stand=stand) if stand else None

    delen.grafiek(tekening.termijnen, beeld.termijnen, titel, tabel=tabel, naar=naar, key="jaarbeeld.termijnen")
    reglement = scherm.register().reglementen.get(met[0].reglement)
    looptijden = (d for maat, d in beeld.doorlooptijden.items() if overgenomen.kent(reglement, maat))
    delen.zinnen([delen.met_lijsten(zin, d.achter(), beeld) for d in looptijden if (zin := d.zin(beeld.periode))])
    onderdelen.verwijzing("termijnen", "Naar Termijnen: jaar na jaar, per vestiging, en welke klachten")


def categorieen(beeld: Jaarbeeld) -> None:
    """Show what the klachten were about, beside the period before."""
    onderdelen.kop("Waarover")
    tabel = beeld.categorieen
    if not beeld.klachten:
        st.markdown(f"In {beeld.periode.naam} is er niets om in te delen.")
        return
    meer = tabel[tabel["opvallend"]]
    meest = f"{tabel.loc[tabel['klachten'].idxmax(), 'naam']} het vaakst"
    if len(meer):
        titel = "Per traject anders dan door toeval: " + taal.opsomming([str(naam) for naam in meer["naam"]])
    elif beeld.vergelijking.ratio:
        titel = f"{meest}; per traject geen verschil met {beeld.periode.vorige.naam} dat meer is dan toeval"
    else:
        titel = f"{meest} genoemd"
    met = tabel[(tabel["klachten"] > 0) | (tabel["vorig"].fillna(0) > 0)]
    toon = pd.DataFrame(
        {
            "Categorie": tabel["naam"],
            beeld.periode.kort: tabel["klachten"],
            beeld.periode.vorige.kort: tabel["vorig"],
            "Meer dan toeval": ["ja" if anders else "nee" for anders in tabel["opvallend"]],
        }
    )
    ids = [str(id) for id in tabel["categorie"]]
    delen.grafiek(
        tekening.naast_vorig,
        met,
        beeld.periode,
        titel,
        tabel=toon,
        naar=lambda rij, kolom: telling_van(beeld, "categorie", ids[rij], kolom),
        punt=punt_van(beeld, "categorie", tabel),
        key="jaarbeeld.categorieen",
    )
    onderdelen.verwijzing("categorieen", "Naar Categorieën: jaren, uitkomsten, indieners")


def opvolging(beeld: Jaarbeeld) -> None:
    """Show in two sentences what came of maatregelen and verbeteracties."""
    onderdelen.kop("Maatregelen en verbeteracties")
    soorten = ("maatregelen_opvolging", "verbeteracties_opvolging")
    gevonden = [b for b in beeld.bevindingen if b.kengetal in soorten]
    delen.zinnen(gevonden or ["Er zijn geen maatregelen bepaald."], beeld)
    onderdelen.verwijzing("opvolging", "Naar Opvolging: wie, wanneer, en wat er veranderde")
