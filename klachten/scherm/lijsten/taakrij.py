"""The tasks as rows: the klacht they are of, what there is to do in it, and on each the way straight to doing it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from klachten import handelingen, scherm
from klachten.analyse.werk.werkvoorraad import Taak
from klachten.dossier.klacht import Dossier
from klachten.handelingen import HANDELINGEN
from klachten.organisatie import Gebruiker
from klachten.scherm import formulier, onderdelen
from klachten.scherm.dicht import teken as dicht_teken
from klachten.scherm.hulp import stap as hulp
from klachten.scherm.lijsten import daden, rijen, taakzin

PLEK = "taken"
NIET_ZELF = "U leest dit dossier niet zelf. Kan het niet wachten, vraag dan de coördinator om het over te dragen."
_LOS = {daden.POST: "E-mail", daden.INTAKE: "Postbus", daden.BEWAREN: "Bewaren"}
"""What stands in the place of a number, where a task is of no dossier and no year."""


def nieuw_badge(tekst: str) -> str:
    """Return the badge of what others changed."""
    return f":violet-badge[:material/fiber_new: {tekst}]"


def per_klacht(taken: Sequence[Taak], gebruiker: Gebruiker) -> list[list[Taak]]:
    """Return the tasks that share a row: those of one klacht, in its worst place; an own maatregel has its button."""
    samen: dict[object, list[Taak]] = {}
    for nr, taak in enumerate(taken):
        apart = taak.klachtnummer is None or taak.is_own(gebruiker.id)
        samen.setdefault(nr if apart else taak.klachtnummer, []).append(taak)
    return list(samen.values())


def teken(
    per_rij: Sequence[Sequence[Taak]],
    gebruiker: Gebruiker,
    *,
    naam: str,
    kop: str = "",
    uitleg: str = "",
    nieuw: frozenset[str] = frozenset(),
    mijn: bool = False,
) -> None:
    """Draw the rows; `naam` tells the lists of one page apart, `nieuw` are the dossiers in which something changed.

    `mijn`: all of it is for the user to do.
    """
    with rijen.lijst(naam):
        if kop:
            onderdelen.kop(kop)
        if uitleg:
            st.markdown(uitleg)
        for taken in per_rij:
            _rij(taken, gebruiker, taken[0].klachtnummer in nieuw, mijn)


def _rij(taken: Sequence[Taak], gebruiker: Gebruiker, nieuw: bool, mijn: bool) -> None:
    """Draw the tasks of one klacht: a link to it, and of each what, by whom, by when, and what does it."""
    taak = taken[0]
    if taak.dicht:
        _dicht(taak, taak.dicht, gebruiker, mijn)
        return
    naar, query = waarheen(taak)
    label = taak.klachtnummer or (f"Jaar {taak.onderdeel}" if taak.onderdeel else _LOS.get(naar, "Naar de pagina"))
    if taak.ongelezen:
        zinnen = [zin for deel in taken for zin in _zinnen(deel, gebruiker, mijn)]
        rijen.rij(naar, label, *zinnen, rijen.klein(NIET_ZELF), gesloten="u vervangt")
        return
    eigen = taak.is_own(gebruiker.id)
    # What can be done stands beside its own sentences; what only others do, is read together.
    regels: list[tuple[list[str], daden.Daad | None, Taak]] = []
    for deel in taken:
        daad = daden.for_reader(deel, gebruiker)
        # What a klacht is about is said once.
        zinnen = _zinnen(deel, gebruiker, mijn, taakzin.waarover(deel) if deel is taak else "")
        if daad is None and regels and regels[-1][1] is None:
            regels[-1][0].extend(zinnen)
        else:
            regels.append((zinnen, daad, deel))
    (eerste, daad, deel), *andere = regels
    if nieuw:
        eerste[0] += f" {nieuw_badge('nieuw')}"
    breedte = rijen.NAAST_KNOP if eigen or daad else rijen.ZINNEN
    vak = rijen.rij(naar, label, *eerste, breedte=breedte, bij=taakzin.herinnerd(taak), **query)
    if eigen:
        # An actienemer ticks off an own maatregel here, without opening the dossier.
        _melden(vak, str(taak.klachtnummer), taak.onderdeel, dicht=False)
    elif daad:
        _doe(vak, daad, deel)
    for zinnen, daad, deel in andere:
        vak = rijen.vervolg(*zinnen, breedte=rijen.NAAST_KNOP if daad else rijen.ZINNEN)
        if daad:
            _doe(vak, daad, deel)


def _zinnen(taak: Taak, gebruiker: Gebruiker, mijn: bool, waarover: str = "") -> list[str]:
    wat = f"**{onderdelen.veilig(taak.wat)}** {taakzin.dagen(taak.dagen_over)}"
    toelichting = taakzin.toelichting(taak, gebruiker, mijn=mijn)
    return [wat, rijen.klein(f"**{waarover}** · {toelichting}" if waarover else toelichting)]


def _doe(vak: DeltaGenerator, daad: daden.Daad, taak: Taak) -> None:
    """Draw the link that goes straight to the form or the letter of a task."""
    with vak:
        pijl = ":material/mail:" if daad.brief else ":material/arrow_forward:"
        knop = f":primary[**{daad.knop}**]"
        onderdelen.verwijzing(daad.pagina, knop, icoon=pijl, **daden.address(daad, taak), vanaf="werkvoorraad")


def _dicht(taak: Taak, welke: tuple[str, int], gebruiker: Gebruiker, mijn: bool) -> None:
    """Draw an own maatregel of somebody involved: its text, its last day and the button, and nothing of the klacht."""
    nummer, nr = welke
    dossier = handelingen.dossier_van(scherm.register(), nummer)
    maatregel = dossier.maatregelen.get(nr) if isinstance(dossier, Dossier) else None
    if maatregel is None:
        return
    vak = rijen.rij(
        "werkvoorraad",
        "Eigen maatregel",
        *_zinnen(taak, gebruiker, mijn),
        typed=maatregel.omschrijving,
        gesloten="u bent betrokken",
        breedte=rijen.NAAST_KNOP,
    )
    _melden(vak, nummer, nr, dicht=True)


def _melden(vak: DeltaGenerator, nummer: str, nr: int | None, *, dicht: bool) -> None:
    """Draw the button with which an actienemer says that a maatregel is carried out, and its form when it is open."""
    welke = f"{dicht_teken(nummer) if dicht else nummer}.{nr}"
    vak.button(
        daden.UITVOEREN.knop,
        key=f"{PLEK}.{welke}",
        icon=":material/task_alt:",
        on_click=formulier.toggle,
        args=(PLEK, welke),
    )
    if st.session_state.get(PLEK) == welke:
        uitvoeren = HANDELINGEN[daden.UITVOEREN.handeling]
        if not dicht:
            hulp.vouw(uitvoeren, handelingen.dossier_van(scherm.register(), nummer))
        formulier.toon(uitvoeren, nummer, sleutel=PLEK, vast={"maatregel": nr}, dicht=dicht)


def waarheen(taak: Taak) -> tuple[str, dict[str, str]]:
    """Return the page on which the task is done, with what it has to be called with."""
    nummer = str(taak.klachtnummer)
    match taak.reeks:
        case "K":
            return "dossier", {"nummer": nummer}
        case "S":
            return "intake", {}
        case "E":
            return "verbeteracties", {"evaluatie": nummer}
    return daden.of(taak).pagina, {}
