"""The tasks of the werkvoorraad on the screen: read once for everybody, drawn as rows that lead to where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import streamlit as st

from klachten import scherm, taal, toegang
from klachten.analyse.werk.werkvoorraad import BUITEN, GROEPEN, Taak, werkvoorraad
from klachten.handelingen import HANDELINGEN
from klachten.register import Register
from klachten.scherm import formulier, onderdelen, paginas
from klachten.scherm.bewaard import van
from klachten.scherm.lijsten import rijen
from klachten.scherm.uitleg import REGLEMENT
from klachten.toegang import Gebruiker

PLEK = "taken"
UITVOEREN = "stap_11_uitvoeren_maatregel"
TOON = {"mij": "Voor mij", "iedereen": "Voor iedereen"}
_GROEP_BADGE = {"te_laat": "te laat, nog open", "deze_week": "onbepaald, termijn verstreken", "later": "loopt"}


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


def alle_taken() -> list[Taak]:
    """Return everything there is to do; who looks is not asked yet, so it is never shown unfiltered."""
    register, peildatum = scherm.register(), scherm.vandaag()
    vestigingen = tuple(keuze.id for keuze in register.reglementen[REGLEMENT].vestigingen)
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


def tellingen(groepen: dict[str, list[Taak]]) -> None:
    """Say how much there is in each group, the worst first."""
    delen = [
        onderdelen.badge(_GROEP_BADGE.get(groep, "n.v.t."), f"{GROEPEN[groep]}: {onderdelen.getal(len(taken))}")
        for groep, taken in groepen.items()
        if taken
    ]
    if delen:
        st.markdown(" ".join(delen))


def lijst(taken: Sequence[Taak], gebruiker: Gebruiker, *, key: str) -> None:
    """Draw tasks as rows, a page at a time when there are many."""
    per_blad, eerste = len(taken), 0
    if len(taken) > onderdelen.PER_BLAD:
        per_blad, eerste = onderdelen.bladeren(len(taken), key=key, woord="taken")
    for taak in taken[eerste : eerste + per_blad]:
        rij(taak, gebruiker)


def rij(taak: Taak, gebruiker: Gebruiker) -> None:
    """Draw one task: a link to where it is done, what and by whom, and the days that are left."""
    naar, query = waarheen(taak)
    eigen = taak.stap == 11 and taak.wie == gebruiker.id
    label = taak.klachtnummer or (f"Jaar {taak.onderdeel}" if taak.onderdeel else "Naar de pagina")
    with rijen.rij(naar, label, dagen(taak.dagen_over), **query):
        st.markdown(f"**{taak.wat}**")
        rijen.regel(toelichting(taak, gebruiker))
        if eigen:
            _knop(taak)
    if eigen and st.session_state.get(PLEK) == _welke(taak):
        vast = {"maatregel": taak.onderdeel}
        formulier.toon(HANDELINGEN[UITVOEREN], str(taak.klachtnummer), sleutel=PLEK, vast=vast)


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
    return "verbeteracties", {}


def toelichting(taak: Taak, gebruiker: Gebruiker) -> str:
    """Say which step it is, who must act, and until which day."""
    wie = "u" if gebruiker.id in taak.personen else _door(taak)
    if gebruiker.id in taak.personen and taak.wie not in (None, gebruiker.id):
        wie = f"{_door(taak)} of u"
    delen = [f"Stap {taak.stap}", f"door {wie}"]
    if taak.uiterlijk_op:
        waarvoor = f"{taak.termijn_naam}: " if taak.termijn_naam else ""
        delen.append(f"{waarvoor}uiterlijk {taal.datum(taak.uiterlijk_op)}")
    if taak.vestiging:
        delen.append(scherm.register().reglementen[REGLEMENT].naam_van("vestigingen", taak.vestiging))
    return " · ".join(delen)


def _door(taak: Taak) -> str:
    """Return who must act in the middle of a sentence: a name, or the role with its article."""
    if taak.wie:
        return onderdelen.veilig(taak.wie_naam)
    rol = taak.wie_naam[:1].lower() + taak.wie_naam[1:]
    return rol if taak.rol == BUITEN else f"de {rol}"


def dagen(dagen_over: int | None) -> str:
    """Return the days that are left as a badge."""
    if dagen_over is None:
        return onderdelen.badge("n.v.t.", "geen termijn")
    soort = "te laat, nog open" if dagen_over < 0 else "onbepaald, termijn verstreken" if dagen_over <= 7 else "loopt"
    return onderdelen.badge(soort, onderdelen.dagen_tekst(dagen_over))


def niet_getoond(alle: Sequence[Taak], zichtbaar: Sequence[Taak], gebruiker: Gebruiker) -> None:
    """Tell who reads every klacht how many are left out because of own involvement."""
    if not gebruiker.heeft("coordinator", "directie"):
        return
    verborgen = {taak.klachtnummer for taak in alle} - {taak.klachtnummer for taak in zichtbaar}
    if verborgen:
        klachten = taal.aantal(len(verborgen), "lopende klacht", "lopende klachten")
        st.markdown(f"Bij {klachten} bent u betrokken; iemand anders doet wat daar te doen is.")


def geen_taken(gebruiker: Gebruiker) -> None:
    """Give somebody whose role has no tasks a useful start."""
    onderdelen.titel("Werkvoorraad", f"Welkom, {gebruiker.naam}.")
    uitleg = (
        "De analist behandelt geen klachten en ziet geen persoonsgegevens, wel alle cijfers."
        if gebruiker.heeft("analist")
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


def _knop(taak: Taak) -> None:
    """Let an actienemer tick off an own maatregel here: one who is involved may not open the dossier."""
    st.button(
        "Uitgevoerd melden",
        key=f"{PLEK}.{_welke(taak)}",
        icon=":material/task_alt:",
        on_click=formulier.toggle,
        args=(PLEK, _welke(taak)),
    )


def _welke(taak: Taak) -> str:
    return f"{taak.klachtnummer}.{taak.onderdeel}"


def heeft_taken(gebruiker: Gebruiker) -> bool:
    """Tell whether the role of this user comes with tasks."""
    return gebruiker.heeft(*(rol for rol in toegang.ROLLEN if rol not in ("analist", "beheerder")))
