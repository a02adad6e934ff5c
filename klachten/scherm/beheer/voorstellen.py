"""A file of a reglement before it holds: what it changes, in words, and whom that touches."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import streamlit as st

from klachten import scherm, taal
from klachten.analyse.werk import beheer
from klachten.handelingen.organisatie.reglementen import Voorstel
from klachten.reglement import LIJSTNAMEN, Verschil
from klachten.scherm import onderdelen, uitleg
from klachten.scherm.beheer import delen
from klachten.scherm.onderdelen import veilig


def differences(voorstel: Voorstel) -> None:
    """Draw what a file would change, and what it says to no effect."""
    onderdelen.tussenkop("Wat er verandert")
    if voorstel.van_de_firma:
        namen = (LIJSTNAMEN.get(sleutel, "de naam van een organisatie").lower() for sleutel in voorstel.van_de_firma)
        zin = f"Het bestand noemt ook {taal.opsomming(namen)}. Wat daarover in het bestand staat, telt niet mee:"
        st.warning(f"{zin} u houdt het bij op de pagina's Organisatie en Lijsten.", icon=":material/info:")
    if voorstel.eerder is None:
        boek = voorstel.nieuw
        zin = f"Dit is een nieuw reglement, **{veilig(boek.naam)}** (id {veilig(boek.id)}), naast wat er al is."
        st.markdown(f"{zin} Wilde u een volgende versie van een ander, zet dan het id daarvan in het bestand.")
        for termijn in boek.termijnen:
            st.markdown(uitleg.termijn_zin(termijn))
        return
    st.markdown(_list(voorstel.verschillen))
    if voorstel.telt_niet:
        with st.expander(f"Telt niet mee ({len(voorstel.telt_niet)})", icon=":material/info:"):
            st.markdown(
                "Dit staat anders in het bestand, maar houdt u bij op de pagina Organisatie. Daar blijft het zo."
            )
            st.markdown(_list(voorstel.telt_niet))


def _list(verschillen: Iterable[Verschil]) -> str:
    per_deel = groupby(verschillen, key=lambda verschil: verschil.deel)
    return "\n".join(
        line
        for deel, van in per_deel
        for line in (f"- **{veilig(deel)}**", *(f"  - {veilig(verschil.zin)}" for verschil in van))
    )


def touches(voorstel: Voorstel) -> tuple[str, ...]:
    """Return which klachten it would be about, what becomes of the streeftermijnen, and what nobody could do."""
    vanaf, boek = taal.datum(voorstel.vanaf), voorstel.nieuw
    with scherm.register().cursor() as cursor:
        lopend = beheer.per_reglement(cursor).get(boek.id, 0)
    if voorstel.eerder is None:
        eerst = [f"Hierna kunt u het kiezen voor klachten ontvangen vanaf {vanaf} of later. Nu verandert er nog niets."]
    else:
        eerst = [
            f"Klachten ontvangen vanaf {vanaf} lopen onder deze versie, ook als u ze pas later vastlegt.",
            f"Nu lopen er {delen.klachten(lopend)} onder dit reglement: die houden de versie van hun ontvangst.",
            "Aan hun termijnen verandert niets.",
        ]
    return (*eerst, *_aims(voorstel), *_nobody(voorstel))


def _aims(voorstel: Voorstel) -> list[str]:
    """Say which streeftermijnen go on, and which one says nothing any more beside a term that is as short."""
    doelen = [t for t in scherm.reglement().streeftermijnen if t.geldig_tot is None or t.geldig_tot >= voorstel.vanaf]
    if not doelen:
        return []
    zinnen = [f"De streeftermijnen blijven zoals zij zijn: {veilig(taal.opsomming(t.naam for t in doelen))}."]
    stappen = {stap.nr for stap in voorstel.nieuw.stappen}
    for doel in doelen:
        if doel.stap not in stappen:
            zinnen.append(f"Streeftermijn **{veilig(doel.naam)}** gaat over stap {doel.stap}, die er dan niet meer is.")
        for t in voorstel.nieuw.termijnen:
            zelfde = (t.stap, t.vanaf, t.eenheid) == (doel.stap, doel.vanaf, doel.eenheid)
            if zelfde and t.geldt_op(voorstel.vanaf) and t.waarde <= doel.waarde:
                zinnen.append(
                    f"Streeftermijn **{veilig(doel.naam)}** ({doel.in_woorden()}) is dan niet korter dan de termijn "
                    f"zelf ({t.in_woorden()})."
                )
    return zinnen


def _nobody(voorstel: Voorstel) -> list[str]:
    """Say which steps nobody could do on the first day."""
    org = scherm.register().organisatie
    stappen = [stap for stap in voorstel.nieuw.stappen if not org.met_rol(*stap.rollen, op=voorstel.vanaf)]
    nu_wel = [str(stap.nr) for stap in stappen if org.met_rol(*stap.rollen, op=scherm.vandaag())]
    # In a register without people that is every step: one sentence for all that wait for the same people.
    wachten: dict[str, list[str]] = {}
    for stap in stappen:
        if str(stap.nr) not in nu_wel:
            wachten.setdefault(uitleg.rolnamen(stap.rollen), []).append(str(stap.nr))
    zinnen = [
        f"**Let op**: {'stap' if len(nrs) == 1 else 'de stappen'} {taal.opsomming(nrs)} kan dan niemand doen; niemand "
        f"is {wie}."
        for wie, nrs in wachten.items()
    ]
    if nu_wel:
        # A first version often begins before anybody here had a role: that is no fault of the version.
        welke = "alle stappen" if len(nu_wel) == len(voorstel.nieuw.stappen) else f"stap {taal.opsomming(nu_wel)}"
        zinnen.append(f"Op {taal.datum(voorstel.vanaf)} had hier nog niemand de rol voor {welke}; vandaag wel.")
    return zinnen
