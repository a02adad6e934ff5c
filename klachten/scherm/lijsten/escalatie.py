"""Escalatie on the screen: pressing terms by who must act, and klachten that cannot go on as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from klachten import organisatie, scherm, taal
from klachten.analyse.werk import escalatie
from klachten.analyse.werk.escalatie import MAATREGEL_STAPPEN, Dringend, by_person, pressing
from klachten.analyse.werk.klachtenlijst import readable
from klachten.analyse.werk.taaksoort import AANWIJZEN, TOEWIJZEN, VERVANGEN
from klachten.analyse.werk.werkvoorraad import BUITEN, Taak
from klachten.organisatie import Gebruiker
from klachten.scherm import onderdelen, vooruit
from klachten.scherm.bewaard import van
from klachten.scherm.lijsten import rijen, taakzin, taken

PER_DEEL = 10
"""So many rows of each part are shown at a time: the page has up to eight parts."""
GEEN_VRIJE_DIRECTIE = (
    "Alle directieleden zijn betrokken. Het reglement zegt niet wat dan moet; ons advies is iemand van buiten aan te "
    "wijzen, die in hun plaats besluit (stap 4)."
)


def dringend(zichtbaar: Sequence[Taak], peildatum: date) -> list[Dringend]:
    """Return the pressing terms of the klachten of these tasks."""
    nummers = {taak.klachtnummer for taak in zichtbaar}
    vooruit.remember(_alle, peildatum)
    return [regel for regel in _alle(peildatum) if regel.klachtnummer in nummers]


def _alle(peildatum: date) -> list[Dringend]:
    register = scherm.register()
    return _read(str(register.map), register.versie, peildatum)


# For every user the same: whoever looks gets those of the klachten that he or she may read.
@st.cache_data(max_entries=8, show_spinner=False)
def _read(map: str, versie: int, peildatum: date) -> list[Dringend]:
    with scherm.register().cursor() as cursor:
        return pressing(cursor, taken.alle_taken(), peildatum, van(scherm.register()).dagrijen)


# The same for every user, by day and version; who looks gets those of the klachten that he or she may read.
@st.cache_data(max_entries=8, show_spinner=False)
def _betrokken(map: str, versie: int, peildatum: date) -> list[tuple[str, tuple[str, ...]]]:
    with scherm.register().cursor() as cursor:
        return escalatie.betrokken_directie(cursor, peildatum)


def betrokken(gebruiker: Gebruiker) -> list[tuple[str, tuple[str, ...]]]:
    """Return (klachtnummer, ids of the involved members of directie) of the running klachten this user may read."""
    vooruit.remember_of(_betrokken_van, gebruiker)
    return _betrokken_van(gebruiker)


def _betrokken_van(gebruiker: Gebruiker) -> list[tuple[str, tuple[str, ...]]]:
    register = scherm.register()
    welk = (str(register.map), register.versie, scherm.vandaag())
    leesbaar = _leesbaar(*welk, gebruiker)
    return [rij for rij in _betrokken(*welk) if rij[0] in leesbaar]


@st.cache_data(max_entries=64, show_spinner=False)
def _leesbaar(map: str, versie: int, peildatum: date, gebruiker: Gebruiker) -> frozenset[str]:
    with scherm.register().cursor() as cursor:
        return readable(cursor, [nummer for nummer, _ in _betrokken(map, versie, peildatum)], gebruiker)


def termijnen(regels: Sequence[Dringend], *, key: str) -> None:
    """Draw the terms by who must act, the worst first, a page at a time; a person is said to have more elsewhere."""
    samen = Counter(regel.wie_naam for regel in regels)
    if len(regels) > PER_DEEL:
        limit, eerste = onderdelen.bladeren(len(regels), key=key, per_blad=PER_DEEL, woord="klachten")
        regels = regels[eerste : eerste + limit]
    for nr, (wie, van_wie) in enumerate(by_person(regels).items()):
        hier, totaal = onderdelen.getal(len(van_wie)), onderdelen.getal(samen[wie])
        with rijen.lijst(f"{key}.{nr}"):
            onderdelen.tussenkop(f"{wie} ({hier})" if hier == totaal else f"{wie} ({hier} van {totaal})")
            for regel in van_wie:
                _termijn(regel)


def _termijn(regel: Dringend) -> None:
    dag = taal.kort(regel.uiterlijk_op, vandaag=scherm.vandaag())
    delen = [f"Stap {regel.stap}", f"volgens het reglement uiterlijk {dag}"]
    if regel.status.startswith("onbepaald"):
        delen.append("nog niet besloten over het in behandeling nemen")
    delen += [f"ook {onderdelen.veilig(naam.lower())}: {onderdelen.dagen_tekst(over)}" for naam, over in regel.ook]
    termijn, wat = onderdelen.veilig(regel.termijn_naam), onderdelen.veilig(_in_zin(regel.wat))
    rijen.rij(
        "dossier",
        regel.klachtnummer,
        f"**{termijn}** {taakzin.dagen(regel.dagen_over)} · nu te doen: {wat}",
        rijen.klein(" · ".join(delen)),
        nummer=regel.klachtnummer,
        vanaf="escalatie",
    )


def _in_zin(wat: str) -> str:
    """Return what has to be done behind a colon; what follows on its own colon goes between brackets."""
    eerst, dubbelepunt, uitleg = wat.partition(": ")
    return f"{eerst[:1].lower()}{eerst[1:]}{f' ({uitleg})' if dubbelepunt else ''}"


def deel(kop: str, uitleg: str, in_deel: Sequence[Taak], gebruiker: Gebruiker, *, key: str) -> None:
    """Draw a part of the page, when there is anything in it."""
    if in_deel:
        onderdelen.kop(f"{kop} ({onderdelen.getal(len(in_deel))})")
        st.markdown(uitleg)
        taken.lijst(in_deel, gebruiker, key=key, per_blad=PER_DEEL)


def toewijzen(zichtbaar: Iterable[Taak]) -> list[Taak]:
    """Return the klachten to which directie has to assign a behandelaar, because the coordinator cannot (step 4)."""
    return [taak for taak in zichtbaar if taak.soort == TOEWIJZEN and taak.rol in ("directie", BUITEN)]


def aanwijzen(zichtbaar: Iterable[Taak]) -> list[Taak]:
    """Return the klachten for which somebody outside has to be named, because all of directie is involved (step 4)."""
    return [taak for taak in zichtbaar if taak.soort == AANWIJZEN]


def vervangen(zichtbaar: Iterable[Taak]) -> list[Taak]:
    """Return the klachten whose behandelaar turned out to be involved (step 4)."""
    return [taak for taak in zichtbaar if taak.soort == VERVANGEN]


def geschillen(zichtbaar: Iterable[Taak]) -> list[Taak]:
    """Return the disputes that wait for somebody (step 15)."""
    return [taak for taak in zichtbaar if taak.stap == 15]


def late_maatregelen(zichtbaar: Iterable[Taak]) -> list[Taak]:
    """Return the maatregelen and verbeteracties that are past their own date (steps 10, 11, 17, 18)."""
    return [
        taak
        for taak in zichtbaar
        if taak.stap in MAATREGEL_STAPPEN and taak.dagen_over is not None and taak.dagen_over < 0 and not taak.dicht
    ]


def betrokken_directie(gevonden: Sequence[tuple[str, tuple[str, ...]]], *, key: str) -> None:
    """Draw the klachten in which a member of directie is involved, and what that member may not do."""
    if not gevonden:
        return
    onderdelen.kop(f"Directie betrokken ({onderdelen.getal(len(gevonden))})")
    st.markdown(
        "Een betrokken directielid wijst niet toe, wordt niet geraadpleegd en evalueert deze klacht niet alleen."
    )
    alle = {persoon.id for persoon in organisatie.met_rol("directie", op=scherm.vandaag())}
    if len(gevonden) > PER_DEEL:
        limit, eerste = onderdelen.bladeren(len(gevonden), key=key, per_blad=PER_DEEL, woord="klachten")
        gevonden = gevonden[eerste : eerste + limit]
    with rijen.lijst(key):
        for nummer, betrokkenen in gevonden:
            vrij = [onderdelen.bij_naam(id) for id in sorted(alle - set(betrokkenen))]
            rijen.rij(
                "dossier",
                nummer,
                f"Betrokken: **{taal.opsomming(onderdelen.bij_naam(id) for id in betrokkenen)}**",
                rijen.klein(f"Niet betrokken: {taal.opsomming(vrij)}" if vrij else GEEN_VRIJE_DIRECTIE),
                nummer=nummer,
                vanaf="escalatie",
            )
