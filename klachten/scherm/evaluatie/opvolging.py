"""The page Opvolging: what came of maatregelen and verbeteracties, who is waiting for whom, what was seen to change."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from klachten import scherm, toegang
from klachten.analyse import statistiek
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import dagen, deel, getal, komma, telling
from klachten.analyse.jaar import grafieken
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.opvolging import grafieken as tekening
from klachten.analyse.opvolging import personen, verbetering
from klachten.analyse.opvolging.oordelen import oordelen_zin
from klachten.analyse.opvolging.opvolging import maatregelen_lijst
from klachten.analyse.opvolging.verbetering import Verandering
from klachten.analyse.termijnen.zinnen import tarief
from klachten.periode import Periode
from klachten.scherm import onderdelen
from klachten.scherm.evaluatie import delen
from klachten.scherm.evaluatie.filters import Keuze, Sleutel, sleutel

KLEIN_PER_PERSOON = 5


@st.cache_data(max_entries=32, show_spinner=False)
def _veranderingen(sleutel: Sleutel, peildatum: date, filter: Filter, reglement: str) -> tuple[Verandering, ...]:
    register = scherm.register()
    with register.cursor() as cursor:
        return verbetering.voor_en_na(
            cursor, peildatum=peildatum, filter=filter, reglement=register.reglementen.get(reglement)
        )


def verhaal(beeld: Jaarbeeld) -> None:
    """Show the sentences about what was agreed and what was done."""
    soorten = ("maatregelen_opvolging", "verbeteracties_opvolging")
    delen.zinnen([b.zin for b in beeld.bevindingen if b.kengetal in soorten])


@st.cache_data(max_entries=32, show_spinner=False)
def _oordelen(sleutel: Sleutel, periode: Periode, peildatum: date, filter: Filter) -> list[dict[str, object]]:
    with scherm.register().cursor() as cursor:
        return rijen_van(cursor, "oordelen_opvolging", peildatum=peildatum, periode=periode, filter=filter)


def oordelen(keuze: Keuze) -> None:
    """Say what became of the disputes of the year that were submitted; nothing when none was."""
    zin = oordelen_zin(_oordelen(sleutel(scherm.register()), keuze.periode, keuze.peildatum, keuze.filter))
    if zin:
        delen.zinnen([zin])


def maatregelen(beeld: Jaarbeeld) -> None:
    """Show how the maatregelen of the year stand, and how old the open ones are."""
    onderdelen.kop(f"Maatregelen bij klachten van {beeld.periode.naam}")
    m = beeld.maatregelen
    if not m.totaal:
        st.markdown("Bij de klachten van deze periode zijn geen maatregelen bepaald.")
        return
    links, rechts = st.columns(2, gap="large")
    with links:
        standen = [
            ("Op tijd uitgevoerd", m.op_tijd),
            ("Te laat uitgevoerd", m.te_laat),
            ("Open", m.open),
            ("Open en te laat", m.open_en_te_laat),
            ("Vervallen", m.vervallen),
        ]
        tabel = pd.DataFrame(standen, columns=["naam", "aantal"])
        tabel["waarvan"] = [n if "te laat" in naam.lower() else 0 for naam, n in standen]
        tabel["tekst"] = [getal(n) for _, n in standen]
        titel = (
            f"Op de afgesproken dag gereed: {deel(m.tarief.x, m.tarief.n)}"
            if m.tarief.n
            else "Van geen enkele is de afgesproken dag voorbij"
        )
        delen.grafiek(
            tekening.aantallen,
            tabel,
            titel,
            "Donker: te laat.",
            tabel=tabel[["naam", "aantal"]].set_axis(["Stand", "Maatregelen"], axis=1),
        )
    with rechts:
        oud = m.leeftijden.rename(columns={"leeftijd": "naam", "open": "aantal", "waarvan_te_laat": "waarvan"})
        if not oud["aantal"].sum():
            st.markdown("Er staat geen enkele maatregel meer open.")
        else:
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
            )
    zinnen = []
    if m.gewijzigd:
        zinnen.append(
            f"Bij {telling(m.gewijzigd, m.totaal, 'maatregel', 'maatregelen')} is de afspraak onderweg gewijzigd."
        )
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
    if scherm.gebruiker().heeft("analist"):
        klein = tabel["maatregelen"] < KLEIN_PER_PERSOON
        if klein.any():
            st.markdown(f"Wie minder dan {KLEIN_PER_PERSOON} maatregelen had, is niet apart te zien.")
        tabel = tabel[~klein]
        if tabel.empty:
            return
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
            "Open": list(tabel["open"]),
            "Open en te laat": list(tabel["open_en_te_laat"]),
        }
    )
    delen.grafiek(grafieken.aandelen, bron, titel, tabel=toon)


def open_maatregelen(keuze: Keuze) -> None:
    """Show the open maatregelen of every year, the longest overdue first, a page at a time."""
    onderdelen.kop("Wat staat er nog open?")
    wie = scherm.gebruiker()
    with scherm.register().cursor() as cursor:
        aantal, _ = maatregelen_lijst(cursor, peildatum=keuze.peildatum, filter=keuze.filter, limit=0)
        if not aantal:
            st.markdown("Er staat geen maatregel open, ook niet uit andere jaren.")
            return
        limit, offset = onderdelen.bladeren(
            aantal,
            key="opvolging_blad",
            woord="maatregelen, uit alle jaren" if aantal > 1 else "maatregel, uit alle jaren",
        )
        _, lijst = maatregelen_lijst(cursor, peildatum=keuze.peildatum, filter=keuze.filter, limit=limit, offset=offset)
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
    if wie.heeft("directie", "coordinator"):
        tabel.insert(3, "Actienemer", [toegang.naam(id) for id in lijst["actienemer"]])
    delen.dossierlijst(tabel)


def verbeteracties(keuze: Keuze, beeld: Jaarbeeld) -> None:
    """Show the verbeteracties of every year: how they stand and what the directie saw."""
    onderdelen.kop("Verbeteracties")
    tabel = beeld.verbeteracties
    if tabel.empty:
        st.markdown("Er zijn nog geen verbeteracties bepaald.")
        onderdelen.verwijzing("verbeteracties", "Naar Verbeteracties")
        return
    namen = delen.schuilnamen(list(tabel["actienemer"]), "Actienemer")
    if scherm.gebruiker().heeft("coordinator"):
        namen = {id: toegang.naam(id) for id in tabel["actienemer"]}
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


def waargenomen(keuze: Keuze) -> None:
    """Show before and after each verbeteractie that was carried out, against what was to be expected anyway."""
    onderdelen.kop("Waargenomen verandering")
    regels = _veranderingen(sleutel(scherm.register()), keuze.peildatum, keuze.filter, keuze.verzameling.reglement)
    if not regels:
        st.markdown("Nog geen verbeteractie over een categorie is uitgevoerd; daarna staat hier wat er veranderde.")
        return
    gemeten = [r for r in regels if r.uitkomst and r.uitkomst.ratio.ratio is not None]
    zeker = [r for r in gemeten if r.valt_op]
    titel = (
        f"Bij {telling(len(zeker), len(gemeten))} is de verandering groter dan door toeval te verwachten was"
        if zeker
        else "Bij geen enkele is de verandering groter dan door toeval te verwachten was"
    )
    tabel = pd.DataFrame([_rij(r) for r in regels])
    if gemeten:
        delen.grafiek(tekening.veranderingen, gemeten, titel, tabel=tabel)
    with st.expander("Per verbeteractie in woorden", expanded=not gemeten):
        delen.zinnen([f"**{onderdelen.veilig(r.naam)}** ({r.jaar}). {r.zin}" for r in reversed(regels)])


def _rij(regel: Verandering) -> dict[str, object]:
    uit = regel.uitkomst
    ratio = uit.ratio if uit else None
    return {
        "Categorie": regel.naam,
        "Geëvalueerd jaar": str(regel.jaar),
        "Uitgevoerd op": regel.uitgevoerd_op,
        "Voor": regel.voor,
        "Na": regel.na,
        "Na, vanaf": regel.na_van,
        "Na, tot en met": regel.na_tot,
        "Verhouding": komma(ratio.ratio, 2) if ratio else onderdelen.GEEN,
        "Marge": f"{komma(ratio.laag, 2)} tot {komma(ratio.hoog, 2)}"
        if ratio and ratio.ratio is not None
        else onderdelen.GEEN,
        "Te verwachten": komma(uit.eb_verwacht) if uit and uit.eb_verwacht is not None else onderdelen.GEEN,
        "Index": komma(uit.index_eb, 2) if uit and uit.index_eb is not None else onderdelen.GEEN,
    }
