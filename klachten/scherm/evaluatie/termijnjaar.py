"""The terms of one year from closer by: what differs beyond chance, how long it takes, which klachten were late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import rechten, scherm
from klachten.analyse.basis.eigen import Vast
from klachten.analyse.basis.kengetallen import rijen_van
from klachten.analyse.basis.keuzelijsten import naam_van
from klachten.analyse.basis.selectie import VELDEN, Filter
from klachten.analyse.basis.zinnen import deel, getal, procent
from klachten.analyse.jaar import grafieken
from klachten.analyse.termijnen import grafieken_wachttijd, streven, zinnen
from klachten.analyse.termijnen import uitsplitsing as termijnuitsplitsing
from klachten.analyse.termijnen.naleving import RIJP, RIJP_OP_TIJD
from klachten.analyse.termijnen.netto import UITLEG as UITLEG_NETTO
from klachten.analyse.termijnen.netto import Netto, netten
from klachten.analyse.termijnen.streven import Streven
from klachten.analyse.termijnen.uitsplitsing import PerMaatregel, Uitsplitsing
from klachten.analyse.termijnen.wachttijd import MATEN, Doorlooptijd, doorlooptijd
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm import onderdelen
from klachten.scherm.bewaard import bewaard, uit_stand
from klachten.scherm.evaluatie import delen as evaluatiedelen
from klachten.scherm.evaluatie import overgenomen
from klachten.scherm.evaluatie.keuze import Keuze

KLEIN = 5
PER = ("vestiging", "categorie")


@bewaard
def _uitsplitsing(
    cursor: DuckDBPyConnection, per: str, periode: Periode, peildatum: date, filter: Filter
) -> tuple[Uitsplitsing, ...]:
    return termijnuitsplitsing.uitsplitsing(cursor, per, peildatum=peildatum, periode=periode, filter=filter)


@bewaard
def _per_maatregel(cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter) -> PerMaatregel:
    return termijnuitsplitsing.per_maatregel(cursor, peildatum=peildatum, periode=periode, filter=filter)


@bewaard
def _looptijden(
    cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter
) -> dict[str, Doorlooptijd]:
    rijen = rijen_van(cursor, "doorlooptijden", peildatum=peildatum, periode=periode, filter=filter)
    looptijden = {maat: doorlooptijd(rijen, maat) for maat in ("bevestiging", "afsluiting")}
    for looptijd in looptijden.values():
        # Worked out before they are kept: else at every visit again.
        _ = looptijd.curve, looptijd.zin(periode)
    return looptijden


@bewaard
def _netto(cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter) -> dict[str, Netto]:
    gevonden = netten(cursor, peildatum=peildatum, periode=periode, filter=filter)
    for van_maat in gevonden.values():
        _ = van_maat.looptijd.mediaan
    return gevonden


def count(keuze: Keuze) -> None:
    """Have counted, and kept, what the page shows of a choice; rows of klachten differ by who looks."""
    wat = (keuze.periode, keuze.peildatum, keuze.filter)
    _uitsplitsing(PER[0], *wat)
    _per_maatregel(*wat)
    _looptijden(*wat)
    _netto(*wat)


def uitsplitsing(keuze: Keuze) -> None:
    """Show one term of the period per vestiging, categorie or behandelaar, and say who differs beyond chance."""
    onderdelen.kop(f"Wie of wat verschilt in {keuze.periode.naam}?")
    mag = [*PER]
    # Who may compare people without seeing their names, sees letters.
    if rechten.mag("inzage", "per_persoon", scherm.gebruiker()).mag:
        mag.append("behandelaar")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        per = st.selectbox("Vergelijk per", mag, key="termijnen_per", width=170, placeholder="Kies")
        delen = _uitsplitsing(per, keuze.periode, keuze.peildatum, keuze.filter)
        delen = tuple(d for d in delen if d.tabel["n"].sum())
        if not delen:
            st.markdown(f"Van geen enkele klacht uit {keuze.periode.naam} staat al vast of een termijn is gehaald.")
            return
        namen = {d.termijn: d.termijn_naam for d in delen}
        termijn = st.selectbox(
            "Termijn",
            list(namen),
            format_func=lambda id: namen.get(id, id),
            key="termijnen_termijn",
            width=260,
            placeholder="Kies",
        )
    gekozen = next((d for d in delen if d.termijn == termijn), delen[0])
    tabel = gekozen.tabel[gekozen.tabel["n"] > 0]
    waarden = [id if isinstance(id, str) else None for id in tabel["waarde"]]
    schuil = evaluatiedelen.schuilnamen(waarden, "Behandelaar")
    lijst = VELDEN[per][1]
    tabel = tabel.assign(naam=[naam_van(keuze.reglement, lijst, id or "") if lijst else schuil[id] for id in waarden])
    tabel = tabel.sort_values("naam")
    anders = [str(naam) for naam in tabel.loc[tabel["anders"].astype(bool), "naam"]]
    if len(tabel) == 1:
        titel = f"Er is maar één {per} met klachten waarvan de termijn voorbij is"
    elif anders:
        titel = f"Verschilt van de andere, meer dan door toeval: {', '.join(anders)}"
    else:
        titel = f"Geen {per} verschilt van de andere meer dan door toeval kan"
    toon = pd.DataFrame(
        {
            per.capitalize(): tabel["naam"],
            "Op tijd van termijn voorbij": [f"{r.x} van {r.n}" for r in tabel.itertuples()],
            "Termijn voorbij": tabel["n"],
            "Niet beslist": tabel["onbeslist"],
            "Aandeel": [
                procent(r.aandeel) if r.noemer >= zinnen.KLEIN else onderdelen.GEEN for r in tabel.itertuples()
            ],
            "Te laat, nog open": tabel["te_laat_open"],
            "Meer dan toeval": ["ja" if anders else "nee" for anders in tabel["anders"]],
        }
    )
    waarden = [id if isinstance(id, str) else "" for id in tabel["waarde"]]
    standen = {"Niet beslist": "onbepaald, termijn verstreken", "Te laat, nog open": "te laat, nog open"}
    standen |= {"Op tijd van termijn voorbij": RIJP_OP_TIJD, "Termijn voorbij": RIJP}

    def naar(rij: int, kolom: str) -> Telling | None:
        if kolom not in standen or not waarden[rij]:
            return None
        filter = replace(keuze.filter, **{per: waarden[rij]})
        return Telling(
            peildatum=keuze.peildatum,
            periode=keuze.periode,
            filter=filter,
            termijn=gekozen.termijn,
            stand=standen[kolom],
        )

    evaluatiedelen.grafiek(grafieken.aandelen, tabel, titel, tabel=toon, naar=naar, key=f"termijnen.per_{per}")


def per_maatregel(keuze: Keuze) -> None:
    """Say how many maatregelen were in time when each is counted by itself (step 11)."""
    uit = _per_maatregel(keuze.periode, keuze.peildatum, keuze.filter)
    if uit.tarief.n:
        nog = f" {getal(uit.te_laat_open)} te laat en nog open." if uit.te_laat_open else ""
        zin = (
            f"Per maatregel geteld, in {keuze.periode.naam}: {deel(uit.tarief.x, uit.tarief.n, 'maatregelen')} "
            f"uitgevoerd binnen de termijn van de klacht (marge {zinnen.marge(uit.tarief)}).{nog} Een klacht is pas op "
            "tijd als al haar maatregelen dat zijn."
        )
        st.markdown(evaluatiedelen.met_lijsten(zin, uit.achter, keuze))


@bewaard
def _streven(
    cursor: DuckDBPyConnection, periode: Periode, peildatum: date, filter: Filter, reglement: str
) -> tuple[Streven, ...]:
    register = scherm.register()
    return streven.streven(
        cursor, peildatum=peildatum, periode=periode, filter=filter, reglement=register.reglementen.get(reglement)
    )


def streeftermijnen(keuze: Keuze) -> None:
    """Show what the organisation aims at besides the reglement, clearly apart; nothing where it aims at nothing."""
    alle = _streven(keuze.periode, keuze.peildatum, keuze.filter, keuze.verzameling.reglement)
    if not alle:
        return
    onderdelen.kop(f"Eigen streeftermijnen in {keuze.periode.naam}, geen termijnen van het reglement")
    st.markdown(streven.UITLEG)
    evaluatiedelen.zinnen(
        [evaluatiedelen.met_lijsten(onderdelen.veilig(deel.zin), deel.achter, keuze) for deel in alle]
    )


@uit_stand
def _curve(keuze: Keuze, maat: str) -> tuple[Vast, Vast, list[int]] | None:
    """Return the curve of one of the two, its table and its days; None when that says nothing."""
    looptijd = _looptijden(keuze.periode, keuze.peildatum, keuze.filter)[maat]
    curve = looptijd.curve
    if curve.empty or looptijd.mediaan is None:
        return None
    toon = curve.assign(
        **{k: [procent(v) if pd.notna(v) else onderdelen.GEEN for v in curve[k]] for k in ("kans", "laag", "hoog")}
    )
    toon.columns = pd.Index(["Dag", looptijd.doel.capitalize(), "Marge van", "Marge tot", "Wachtten nog"])
    toon.insert(2, "Waren zover", looptijd.zover)
    return Vast(curve), Vast(toon), [int(dag) for dag in curve["dag"]]


def wachttijd(keuze: Keuze) -> None:
    """Show after how many days klachten of the period were acknowledged and closed."""
    onderdelen.kop(f"Hoe lang wacht een indiener in {keuze.periode.naam}?")
    looptijden = _looptijden(keuze.periode, keuze.peildatum, keuze.filter)
    termijnen = {"bevestiging": _laatste_dag(keuze, 5), "afsluiting": None}
    looptijden = {maat: looptijd for maat, looptijd in looptijden.items() if overgenomen.kent(keuze.reglement, maat)}
    for kolom, (maat, looptijd) in zip(st.columns(2, gap="large"), looptijden.items(), strict=False):
        with kolom:
            gevonden = _curve(keuze, maat)
            if gevonden is None:
                st.markdown(looptijd.te_weinig())
                continue
            curve, toon, dagen = gevonden
            naar = _naar_op_dag(keuze, maat, dagen)
            evaluatiedelen.grafiek(
                grafieken_wachttijd.wachttijd,
                curve,
                termijnen[maat],
                looptijd.doel,
                looptijd.titel(),
                tabel=toon,
                naar=naar,
                punt=_punt_op_dag(naar, dagen),
                velden=("dag",),
                klik="Klik op een punt om te zien wie toen nog wachtte.",
                key=f"termijnen.wachttijd_{maat}",
            )
            st.markdown(evaluatiedelen.met_lijsten(looptijd.telling(), looptijd.achter(), keuze))
    zonder = _netto(keuze.periode, keuze.peildatum, keuze.filter)
    evaluatiedelen.zinnen(
        [
            evaluatiedelen.met_lijsten(zonder[maat].zin(looptijd), zonder[maat].achter(), keuze)
            for maat, looptijd in looptijden.items()
        ]
    )
    st.markdown(UITLEG_NETTO)


def _naar_op_dag(keuze: Keuze, maat: str, dagen: Sequence[int]) -> evaluatiedelen.Naar:
    """Return where a number in a row of the curve leads: who still waited on that day, and who had come so far."""

    def naar(rij: int, kolom: str) -> Telling | None:
        dag = str(dagen[rij])
        deel = {"Wachtten nog": {"op_dag": dag}, "Waren zover": {"tot_dag": dag, "einde": MATEN[maat]}}.get(kolom)
        return (
            Telling.van("looptijd", keuze.peildatum, keuze.periode, keuze.filter, maat=maat, **deel) if deel else None
        )

    return naar


def _punt_op_dag(naar: evaluatiedelen.Naar, dagen: Sequence[int]) -> evaluatiedelen.Punt:
    """Return where a point of the curve leads: who still waited on that day."""
    return lambda mark: naar(dagen.index(mark["dag"]), "Wachtten nog") if mark.get("dag") in dagen else None


def _laatste_dag(keuze: Keuze, stap: int) -> int | None:
    """Return the days that the reglement gives for a step, when it counts them in days from receipt."""
    if keuze.reglement is None:
        return None
    per = {"dagen": 1, "weken": 7}
    eerste, laatste = keuze.periode.eerste, min(keuze.periode.laatste, keuze.peildatum)
    per_versie: dict[date, list[int]] = {}
    for versie in keuze.reglement.versies():
        for t in keuze.reglement.termijnen_van(versie):
            in_periode = versie <= laatste and (t.geldig_tot or laatste) >= eerste
            if in_periode and t.stap == stap and t.vanaf == "ontvangen" and t.eenheid in per:
                per_versie.setdefault(versie, []).append(t.waarde * per[t.eenheid])
    # Of two versions that give other days within the period there is no one line to draw.
    gegeven = {min(dagen) for dagen in per_versie.values()}
    return gegeven.pop() if len(gegeven) == 1 else None
