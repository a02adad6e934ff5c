"""The page Jaarbeeld: one period as a short story, first what stands out, then the figures it follows from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import scherm, taal
from klachten.analyse.basis.geteld import Geteld
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import GEEN_GEGEVENS, elk, gedeeld, getal, komma, koplopers, of_streep
from klachten.analyse.jaar import grafieken as tekening
from klachten.analyse.jaar import jaarbeeld as analyse
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.bevindingen import ontvangen_achter, vaakst_genoemd
from klachten.analyse.termijnen import zinnen
from klachten.analyse.termijnen.naleving import RIJP, RIJP_OP_TIJD
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard
from klachten.scherm.evaluatie import delen, overgenomen
from klachten.scherm.evaluatie.keuze import Keuze

NIETS_OPVALLEND = "Niets wat meer is dan toeval, en niets wat te laat is."


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
    """Show all sentences: what stands out first, what does not after it, so that nobody has to wonder."""
    opvallend = [b for b in beeld.bevindingen if b.opvallend]
    rustig = [b for b in beeld.bevindingen if not b.opvallend]
    if rustig and rustig[0].zin.startswith(f"In {beeld.periode.naam}"):
        eerste = rustig.pop(0)
        st.markdown(delen.met_lijsten(f"**{onderdelen.veilig(eerste.zin)}**", eerste.achter, beeld))
    onderdelen.kop("Wat opvalt")
    delen.zinnen(opvallend or [NIETS_OPVALLEND], beeld)
    onderdelen.kop("Wat niet opvalt")
    delen.zinnen(rustig or ["Er is verder niets te melden."], beeld)


def cijfers(beeld: Jaarbeeld) -> None:
    """Show the figures that a directie is asked for: how many, on time, about what, still open."""
    bevestigd = next((regel for regel in beeld.termijnen if regel.stap == 5), None)
    delen.cijfers(
        (
            ("Ontvangen", getal(beeld.klachten), _maat(beeld), ontvangen_achter(beeld)),
            (
                "Op tijd bevestigd",
                zinnen.kort(bevestigd.kop) if bevestigd and bevestigd.zegt_iets else onderdelen.GEEN,
                f"marge {zinnen.marge(bevestigd.kop)}"
                if bevestigd and bevestigd.zegt_iets
                else zinnen.waarom_niets(bevestigd),
                zinnen.kop_achter(bevestigd) if bevestigd else (),
            ),
            _vaakst(beeld),
            (
                "Nog open",
                getal(beeld.stroom.open_einde),
                f"op {taal.datum(beeld.stroom.tot)}",
                Telling(peildatum=beeld.stroom.tot, filter=beeld.filter, einde="open"),
            ),
        ),
        beeld,
    )


def _maat(beeld: Jaarbeeld) -> str:
    """What the number is against: the trajecten, or why not, else the period before."""
    nu = beeld.intensiteit.set_index("jaar").loc[beeld.jaar]
    if pd.notna(nu["per_100"]):
        return f"{komma(nu['per_100'])} per 100 trajecten"
    return str(nu["opmerking"] or f"{beeld.periode.vorige.kort}: {of_streep(beeld.vergelijking.klachten_vorig)}")


def _vaakst(beeld: Jaarbeeld) -> tuple[str, str, str, tuple[Geteld, ...]]:
    """What klachten are about most often; that it may be chance goes with it."""
    vaakst = vaakst_genoemd(beeld)
    if vaakst is None:
        return "Vaakst genoemd", onderdelen.GEEN, GEEN_GEGEVENS, ()
    waarvan = f"{getal(vaakst.klachten)} van {getal(beeld.klachten)}"
    wat = (
        onderdelen.veilig(vaakst.namen[0]) if len(vaakst.namen) == 1 else f"{getal(len(vaakst.namen))} categorieën, elk"
    )
    if beeld.klachten == 1:
        return wat, waarvan, "de enige klacht", vaakst.achter
    return wat, waarvan, "vaakst genoemd" if vaakst.staat_vast else "mogelijk het vaakst", vaakst.achter


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

    def punt(mark: Mapping[str, Any]) -> Telling | None:
        ids = {str(naam): str(id) for id, naam in zip(tabel[veld], tabel["naam"], strict=True)}
        return telling_van(beeld, veld, ids[mark["naam"]], "Klachten") if mark.get("naam") in ids else None

    return punt


def jaren_naar(beeld: Jaarbeeld) -> Callable[[int], Telling | None]:
    """Return where the same period of another year leads; None before the register was in use."""
    in_gebruik = [int(rij.jaar) for rij in beeld.intensiteit.itertuples() if pd.notna(rij.klachten)]
    return lambda jaar: _telling(beeld, periode=beeld.periode.in_jaar(jaar)) if jaar in in_gebruik else None


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
    van_jaar = jaren_naar(beeld)
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
    laagst = koplopers(met, lambda regel: -(regel.kop.aandeel or 0))
    alle = all(regel.rijp_op_tijd == regel.rijp and not regel.onbepaald_verstreken for regel in met)
    titel = (
        "Elke termijn die voorbij is, is gehaald"
        if alle
        else "Het minst vaak op tijd: "
        + taal.opsomming(f"{regel.termijn_naam.lower()}, {zinnen.kopcel(regel.kop)}" for regel in laagst)
    )
    tabel = pd.DataFrame(
        {
            "Termijn": [r.termijn_naam for r in beeld.termijnen],
            "Op tijd van termijn voorbij": [zinnen.regelcel(r) for r in beeld.termijnen],
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
    vaakst = vaakst_genoemd(beeld)
    meest = f"{gedeeld(vaakst.namen)}{elk(vaakst.namen)} het vaakst" if vaakst else ""
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
