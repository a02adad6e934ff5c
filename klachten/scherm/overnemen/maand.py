"""Of a source that was taken over before: what changes, what vanished, and what the user has to decide about."""

from __future__ import annotations

from dataclasses import astuple

import streamlit as st

from klachten.overname import beweging, maandverslag
from klachten.overname.beweging import Cijfers
from klachten.overname.overnemen import Plan
from klachten.overname.vergelijken import HOUD, NEEM
from klachten.scherm import onderdelen
from klachten.scherm.overnemen.werk import Uitkomst, Werk
from klachten.taal import getal

MEESTE = 20
"""So many klachten are asked about one by one; of more the answer for all others holds."""
_WAT = {
    "": "Nog niets besloten",
    HOUD: "Laten staan wat hier staat",
    NEEM: "Nemen wat in het bestand staat",
}


def counts(plan: Plan) -> dict[str, str]:
    """Return the rows that only a next file of a source has."""
    weer = sum(wijziging.weer for wijziging in plan.gewijzigd)
    rijen = {
        "Klachten die veranderen": len(plan.gewijzigd) - weer,
        "Weer overgenomen, met hun oude nummer": weer,
        "Niet meer in de bron": len(plan.verdwenen),
        "Weer terug in de bron": len(plan.terug),
    }
    return {wat: getal(hoeveel) for wat, hoeveel in rijen.items() if hoeveel}


def toon(werk: Werk, uitkomst: Uitkomst) -> str:
    """Show what changes and which figures move, and ask what holds where both changed; returns what is waited for."""
    plan = uitkomst.plan
    if veranderd := [regel.strip() for regel in maandverslag.changed(plan)]:
        onderdelen.tussenkop("Wat er verandert")
        st.markdown("\n".join(f"- {onderdelen.veilig(regel)}" for regel in veranderd))
    if plan.kolommen.alleen_wijzigingen:
        st.info(
            "Bij Regels staat dat het bestand alleen heeft wat nieuw of veranderd is: wat er niet in staat, blijft "
            "zoals het is. Staat alles erin, haal het vinkje daar dan weg."
        )
    if plan.hier_verder:
        eerst, *rest = maandverslag.handled_here(plan)
        st.info("\n".join([eerst, *(f"- {onderdelen.veilig(zin.strip())}" for zin in rest)]))
    if plan.verdwenen:
        st.info(onderdelen.veilig(maandverslag.gone(plan)))
    if uitkomst.cijfers is not None:
        figures(*uitkomst.cijfers)
    return _decide(werk, plan)


def figures(voor: dict[int, Cijfers], na: dict[int, Cijfers]) -> None:
    """Draw the years of which a figure moves."""
    onderdelen.tussenkop("Welke cijfers bewegen")
    jaren = beweging.moving(voor, na)
    if not jaren:
        st.markdown("Geen enkel jaar krijgt andere cijfers.")
        return
    st.table(
        [
            {
                "Jaar van ontvangst": str(jaar),
                **{
                    kop.capitalize(): beweging.cell(was, wordt)
                    for kop, was, wordt in zip(beweging.KOPPEN, *map(astuple, paar), strict=True)
                },
            }
            for jaar, paar in jaren.items()
        ],
        hide_index=True,
    )


def _decide(werk: Werk, plan: Plan) -> str:
    """Ask per klacht, and for all others, what holds."""
    botsingen = plan.botsingen
    if not botsingen:
        return ""
    onderdelen.tussenkop("Hier en in de bron veranderd")
    st.markdown("Deze klachten zijn hier veranderd en in de bron ook, en niet hetzelfde. Kies wat er geldt.")
    nummers = list(dict.fromkeys(botsing.klachtnummer for botsing in botsingen))
    _choose(werk, "", "Voor alle klachten" if len(nummers) <= 1 else "Voor alle klachten waar u niets anders kiest")
    for nummer in nummers[:MEESTE]:
        for botsing in botsingen:
            if botsing.klachtnummer == nummer:
                st.markdown(f"- {onderdelen.veilig(botsing.sentence())}")
        if len(nummers) > 1:
            _choose(werk, nummer, f"Voor {nummer}")
    if len(nummers) > MEESTE:
        st.markdown(f"En nog {getal(len(nummers) - MEESTE)} andere klachten.")
    return "Kies eerst wat er geldt voor elke klacht die hier ook is veranderd." if plan.undecided(werk.geldt) else ""


def _choose(werk: Werk, nummer: str, label: str) -> None:
    keuzes = list(_WAT)
    gekozen = st.selectbox(
        label,
        keuzes,
        index=keuzes.index(werk.geldt.get(nummer, "")),
        format_func=_WAT.get,
        key=f"overnemen.geldt.{werk.nr}.{nummer}",
        placeholder="Kies wat er geldt",
    )
    if gekozen:
        werk.geldt[nummer] = gekozen
    else:
        werk.geldt.pop(nummer, None)
