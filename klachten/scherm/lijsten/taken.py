"""The tasks of the werkvoorraad on the screen: read once for everybody, drawn as rows that lead to where it is done."""

from __future__ import annotations

import itertools
import operator
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from klachten import handelingen, rechten, scherm
from klachten.analyse.werk.werkvoorraad import GROEPEN, Taak, visible_to, werkvoorraad
from klachten.dossier.klacht import Dossier
from klachten.handelingen import HANDELINGEN
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.scherm import formulier, onderdelen, paginas
from klachten.scherm.bewaard import van
from klachten.scherm.dicht import teken
from klachten.scherm.lijsten import rijen, taakzin

PLEK = "taken"
UITVOEREN = "stap_11_uitvoeren_maatregel"
TOON = {"mij": "Voor mij", "iedereen": "Voor iedereen"}
PERSOON, TERMIJN, BLAD = "werkvoorraad.persoon", "werkvoorraad.termijn", "werkvoorraad.blad"
SIGNALEN = "signalen"
KOPPEN = {**GROEPEN, SIGNALEN: "Open signalen"}
_BADGE = {"te_laat": "te laat, nog open", "deze_week": "onbepaald, termijn verstreken", "later": "loopt"}
MEESTE_GEBRUIKERS = 64
NIET_ZELF = "U leest dit dossier niet zelf. Kan het niet wachten, vraag dan de coördinator om het over te dragen."
T = TypeVar("T")


class _Gelezen(NamedTuple):
    """The tasks as they were read last, of which register, of which version of it, and for whom."""

    register: Register
    versie: int
    peildatum: date
    vestigingen: tuple[str, ...]
    taken: tuple[Taak, ...]


# The same for every user, and some hundreds of rows without names or texts. Not st.cache_data: that would forget what
# it had at every fact, where one fact touches one klacht.
_gelezen: list[_Gelezen] = []
_zichtbaar: dict[Gebruiker, tuple[Register, int, date, tuple[Taak, ...], tuple[Taak, ...]]] = {}


def alle_taken() -> list[Taak]:
    """Return everything there is to do; who looks is not asked yet, so it is never shown unfiltered."""
    register, peildatum = scherm.register(), scherm.vandaag()
    # What went up in another is asked for nothing any more: it counts with that one.
    vestigingen = tuple(keuze.id for keuze in scherm.reglement().vestigingen if not keuze.opgevolgd_door)
    versie = register.versie
    voor = (register, peildatum, vestigingen)
    vorig = next((g for g in _gelezen if (g.register, g.peildatum, g.vestigingen) == voor), None)
    gewijzigd = register.changed_since(vorig.versie) if vorig else None
    if vorig and gewijzigd is not None and not gewijzigd:
        return list(vorig.taken)
    with register.cursor() as cursor:
        eerder = vorig.taken if vorig else ()
        taken = werkvoorraad(cursor, peildatum, vestigingen, eerder=eerder, gewijzigd=gewijzigd, bewaard=van(register))
    _gelezen[:] = [_Gelezen(register, versie, peildatum, vestigingen, tuple(taken))]
    return taken


def zichtbare_taken(alles: list[Taak], gebruiker: Gebruiker) -> list[Taak]:
    """Return what this user may see of these tasks; asked again after every fact, since rights may have changed.

    The tasks are part of what it is kept under: somebody may have recorded a fact since they were read.
    """
    register = scherm.register()
    stand = (register, register.versie, scherm.vandaag(), tuple(alles))
    gelezen = _zichtbaar.get(gebruiker)  # once: another session may clear it meanwhile
    if gelezen is None or gelezen[:4] != stand:
        with register.cursor() as cursor:
            gelezen = (*stand, tuple(visible_to(cursor, alles, gebruiker)))
        if len(_zichtbaar) >= MEESTE_GEBRUIKERS:
            _zichtbaar.clear()
        _zichtbaar[gebruiker] = gelezen
    return list(gelezen[4])


def tellingen(getoond: Sequence[Taak]) -> str:
    """Return how much there is in each group, in badges, the worst first."""
    groepen = Counter(_groep(taak) for taak in getoond)
    return " ".join(
        onderdelen.badge(_BADGE.get(groep, "n.v.t."), f"{kop}: {onderdelen.getal(groepen[groep])}")
        for groep, kop in KOPPEN.items()
        if groep in groepen
    )


def gekozen(getoond: list[Taak]) -> list[Taak]:
    """Let the user choose a term and a person, where there is a choice; return the tasks that are left.

    Only what occurs can be chosen, with how many there are of it.
    """
    termijn = _kies(TERMIJN, "Alle termijnen", KOPPEN, Counter(_groep(taak) for taak in getoond))
    # Thousands of tasks are of a few people: the name of each is asked once.
    per_wie = {(taak.wie, taak.rol): taak for taak in getoond}
    namen = {wie: taak.wie_naam for wie, taak in per_wie.items()}
    personen = Counter(namen[taak.wie, taak.rol] for taak in getoond)
    persoon = _kies(PERSOON, "Iedereen", {naam: naam for naam in sorted(personen)}, personen)
    if termijn:
        getoond = [taak for taak in getoond if _groep(taak) == termijn]
    return [taak for taak in getoond if namen[taak.wie, taak.rol] == persoon] if persoon else getoond


def keuze_in_woorden() -> str:
    """Return what the user chose of the tasks, to be read behind what they are; empty for all."""
    delen = (KOPPEN.get(st.session_state.get(TERMIJN, ""), "").lower(), st.session_state.get(PERSOON, ""))
    return "".join(f", {deel}" for deel in delen if deel)


def _kies(key: str, alle: str, namen: dict[str, str], aantallen: Counter[str]) -> str:
    if st.session_state.get(key) not in aantallen:
        st.session_state[key] = ""
    if len(aantallen) > 1:
        st.selectbox(
            "Welke termijn" if key == TERMIJN else "Wie",
            ["", *(id for id in namen if id in aantallen)],
            format_func=lambda id: f"{namen[id]} ({onderdelen.getal(aantallen[id])})" if id else alle,
            key=key,
            label_visibility="collapsed",
            placeholder=alle,
            width=240,
        )
    return str(st.session_state[key])


def per_groep(getoond: Sequence[Taak], gebruiker: Gebruiker) -> None:
    """Draw tasks by group, the worst first, a page at a time when there are many."""
    if not getoond:
        st.markdown("Er is geen taak met deze termijn voor deze persoon.")
    groepen: dict[str, list[Taak]] = {groep: [] for groep in KOPPEN}
    for taak in getoond:
        groepen[_groep(taak)].append(taak)
    alle = [(groep, samen) for groep, taken in groepen.items() for samen in _per_klacht(taken, gebruiker)]
    for groep, blad in itertools.groupby(_bladzijde(alle, key=BLAD), key=operator.itemgetter(0)):
        onderdelen.kop(f"{KOPPEN[groep]} ({onderdelen.getal(len(groepen[groep]))})")
        if groep == SIGNALEN:
            st.markdown("Mondeling geuite ontevredenheid: pas een klacht als die op schrift staat.")
        _teken([samen for _, samen in blad], gebruiker)


def lijst(taken: Sequence[Taak], gebruiker: Gebruiker, *, key: str, per_blad: int = onderdelen.PER_BLAD) -> None:
    """Draw tasks as rows, a page at a time when there are many."""
    _teken(_bladzijde(_per_klacht(taken, gebruiker), key=key, per_blad=per_blad), gebruiker)


def _bladzijde(alle: list[T], *, key: str, per_blad: int = onderdelen.PER_BLAD) -> list[T]:
    if len(alle) <= per_blad:
        return alle
    limit, eerste = onderdelen.bladeren(len(alle), key=key, per_blad=per_blad, woord="dossiers")
    return alle[eerste : eerste + limit]


def _per_klacht(taken: Sequence[Taak], gebruiker: Gebruiker) -> list[list[Taak]]:
    """Return the tasks that share a row: those of one klacht, in its worst place; an own maatregel has its button."""
    samen: dict[object, list[Taak]] = {}
    for nr, taak in enumerate(taken):
        apart = taak.klachtnummer is None or _eigen(taak, gebruiker)
        samen.setdefault(nr if apart else taak.klachtnummer, []).append(taak)
    return list(samen.values())


def _teken(per_rij: Sequence[Sequence[Taak]], gebruiker: Gebruiker) -> None:
    with st.container(gap="xxsmall"):
        for taken in per_rij:
            _rij(taken, gebruiker)


def _rij(taken: Sequence[Taak], gebruiker: Gebruiker) -> None:
    """Draw the tasks of one klacht: a link to where they are done, and of each what, by whom, by when."""
    taak = taken[0]
    if taak.dicht:
        _dicht(taak, taak.dicht, gebruiker)
        return
    naar, query = waarheen(taak)
    label = taak.klachtnummer or (f"Jaar {taak.onderdeel}" if taak.onderdeel else "Naar de pagina")
    zinnen: list[str] = []
    for deel in taken:
        wat = f"**{onderdelen.veilig(deel.wat)}** {taakzin.dagen(deel.dagen_over)}"
        zinnen += [wat, rijen.klein(taakzin.toelichting(deel, gebruiker))]
    if taak.ongelezen:
        rijen.rij(naar, label, *zinnen, rijen.klein(NIET_ZELF), gesloten="u vervangt")
        return
    eigen = _eigen(taak, gebruiker)
    vak = rijen.rij(naar, label, *zinnen, breedte=rijen.NAAST_KNOP if eigen else rijen.ZINNEN, **query)
    if eigen:
        # An actienemer ticks off an own maatregel here, without opening the dossier.
        _melden(vak, str(taak.klachtnummer), taak.onderdeel, dicht=False)


def _dicht(taak: Taak, welke: tuple[str, int], gebruiker: Gebruiker) -> None:
    """Draw an own maatregel of somebody involved: its text, its last day and the button, and nothing of the klacht."""
    nummer, nr = welke
    dossier = handelingen.dossier_van(scherm.register(), nummer)
    maatregel = dossier.maatregelen.get(nr) if isinstance(dossier, Dossier) else None
    if maatregel is None:
        return
    zin = f"**{taak.wat}** {taakzin.dagen(taak.dagen_over)}"
    vak = rijen.rij(
        "werkvoorraad",
        "Eigen maatregel",
        zin,
        rijen.klein(taakzin.toelichting(taak, gebruiker)),
        typed=maatregel.omschrijving,
        gesloten="u bent betrokken",
        breedte=rijen.NAAST_KNOP,
    )
    _melden(vak, nummer, nr, dicht=True)


def _melden(vak: DeltaGenerator, nummer: str, nr: int | None, *, dicht: bool) -> None:
    """Draw the button with which an actienemer says that a maatregel is carried out, and its form when it is open."""
    welke = f"{teken(nummer) if dicht else nummer}.{nr}"
    vak.button(
        "Uitgevoerd melden",
        key=f"{PLEK}.{welke}",
        icon=":material/task_alt:",
        on_click=formulier.toggle,
        args=(PLEK, welke),
    )
    if st.session_state.get(PLEK) == welke:
        formulier.toon(HANDELINGEN[UITVOEREN], nummer, sleutel=PLEK, vast={"maatregel": nr}, dicht=dicht)


def _eigen(taak: Taak, gebruiker: Gebruiker) -> bool:
    return taak.stap == 11 and taak.wie == gebruiker.id


def _groep(taak: Taak) -> str:
    return SIGNALEN if taak.reeks == "S" else taak.groep


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
    return "verbeteracties" if taak.stap else "bewaren", {}


def geen_taken(gebruiker: Gebruiker) -> None:
    """Give somebody whose role has no tasks a useful start."""
    onderdelen.titel("Werkvoorraad", f"Welkom, {onderdelen.veilig(gebruiker.naam)}.")
    uitleg = (
        "De analist behandelt geen klachten en ziet geen persoonsgegevens, wel alle cijfers."
        if rechten.mag("pagina", "jaarbeeld", gebruiker).mag
        else "De beheerder behandelt geen klachten en ziet er geen."
    )
    onderdelen.lege_staat("Bij uw rol horen geen taken", f"{uitleg} Dit kunt u hier doen:")
    for deel in paginas.toegankelijk(gebruiker):
        if deel.naam != "werkvoorraad":
            onderdelen.verwijzing(deel.naam, f"**{deel.titel}** · {deel.uitleg}")


def niets_te_doen(wie: str, leeg_register: bool) -> None:
    """Say that there is nothing to do, and what can be done all the same."""
    if leeg_register:
        onderdelen.lege_staat(
            "Het register is nog leeg",
            "Komt er een klacht binnen, op papier, per e-mail of aan de telefoon, leg die dan hier vast.",
            naar="intake",
            label="De eerste klacht vastleggen",
        )
    elif wie == "mij":
        onderdelen.lege_staat(
            "Er is nu niets voor u te doen",
            "Wat u moet doen komt hier vanzelf te staan. Kies **Voor iedereen** om te zien wat er verder loopt.",
            naar="intake",
            label="Een nieuwe klacht vastleggen",
        )
    else:
        onderdelen.lege_staat(
            "Er is nu niets te doen", "Elke klacht die u kunt inzien, is afgehandeld.", naar="klachten"
        )


def heeft_taken(gebruiker: Gebruiker) -> bool:
    """Tell whether the role of this user comes with tasks."""
    return rechten.mag("inzage", "taken", gebruiker).mag
