"""The tasks of the werkvoorraad on the screen: read once for everybody, drawn as rows that lead to where it is done."""

from __future__ import annotations

import bisect
import itertools
import operator
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

import streamlit as st

from klachten import rechten, scherm, taal
from klachten.analyse.werk import herinnering
from klachten.analyse.werk.werkvoorraad import GROEPEN, Taak, visible_to, werkvoorraad, worst_first
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.scherm import leeg, onderdelen, paginas, vooruit
from klachten.scherm.bewaard import van
from klachten.scherm.lijsten import posttaken, taakrij

TOON = {"mij": "Voor mij", "iedereen": "Voor iedereen"}
PERSOON, TERMIJN, BLAD = "werkvoorraad.persoon", "werkvoorraad.termijn", "werkvoorraad.blad"
SIGNALEN = "signalen"
KOPPEN = {**GROEPEN, SIGNALEN: "Open signalen"}
_BADGE = {"te_laat": "te laat, nog open", "deze_week": "onbepaald, termijn verstreken", "later": "loopt"}
MEESTE_GEBRUIKERS = 64
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


def te_doen() -> list[Taak]:
    """Return the same with what e-mail asks of a person, which no figure and no reminder counts."""
    alles = alle_taken()
    for taak in posttaken.taken():
        bisect.insort(alles, taak, key=worst_first)
    return alles


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


def van_wie_kijkt(gebruiker: Gebruiker, *, met_post: bool = False) -> list[Taak]:
    """Return what this user may see of everything there is to do; `met_post`: also of what e-mail asks."""
    vooruit.remember_of(_again, gebruiker, met_post)
    return _again(gebruiker, met_post)


def _again(gebruiker: Gebruiker, met_post: bool) -> list[Taak]:
    return zichtbare_taken(te_doen() if met_post else alle_taken(), gebruiker)


def tellingen(getoond: Sequence[Taak]) -> str:
    """Return how much there is in each group, in badges, the worst first."""
    groepen = Counter(_groep(taak) for taak in getoond)
    return " ".join(
        onderdelen.badge(_BADGE.get(groep, "n.v.t."), f"{kop}: {onderdelen.getal(groepen[groep])}")
        for groep, kop in KOPPEN.items()
        if groep in groepen
    )


def vorige_werkdag(vandaag: date) -> date:
    """Return the day since which things are new: the last ordinary day before today, as the reminders count them."""
    is_werkdag = herinnering.werkdag(scherm.register().organisatie)
    return next(dag for terug in itertools.count(1) if is_werkdag(dag := vandaag - timedelta(terug)))


def sinds(getoond: Sequence[Taak], nieuw: frozenset[str], dag: date) -> str:
    """Say in how many of these dossiers others recorded something since; empty for none."""
    n = len({taak.klachtnummer for taak in getoond} & nieuw)
    return taakrij.nieuw_badge(f"Nieuw sinds {taal.kort(dag, vandaag=dag)}: {onderdelen.getal(n)}") if n else ""


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
            width=165,
        )
    return str(st.session_state[key])


def per_groep(
    getoond: Sequence[Taak], gebruiker: Gebruiker, nieuw: frozenset[str] = frozenset(), *, mijn: bool = False
) -> None:
    """Draw tasks by group, the worst first, a page at a time when there are many; the rest as in taakrij.teken()."""
    if not getoond:
        st.markdown("Er is geen taak met deze termijn voor deze persoon.")
    groepen: dict[str, list[Taak]] = {groep: [] for groep in KOPPEN}
    for taak in getoond:
        groepen[_groep(taak)].append(taak)
    alle = [(groep, samen) for groep, taken in groepen.items() for samen in taakrij.per_klacht(taken, gebruiker)]
    per = itertools.groupby(_bladzijde(alle, key=BLAD), key=operator.itemgetter(0))
    for groep, blad in per:
        taakrij.teken(
            [samen for _, samen in blad],
            gebruiker,
            naam=groep,
            kop=f"{KOPPEN[groep]} ({onderdelen.getal(len(groepen[groep]))})",
            uitleg="Mondeling geuite ontevredenheid: pas een klacht als die op schrift staat."
            if groep == SIGNALEN
            else "",
            nieuw=nieuw,
            mijn=mijn,
        )


def lijst(taken: Sequence[Taak], gebruiker: Gebruiker, *, key: str, per_blad: int = onderdelen.PER_BLAD) -> None:
    """Draw tasks as rows, a page at a time when there are many."""
    rijen = _bladzijde(taakrij.per_klacht(taken, gebruiker), key=key, per_blad=per_blad)
    taakrij.teken(rijen, gebruiker, naam=key)


def _bladzijde(alle: list[T], *, key: str, per_blad: int = onderdelen.PER_BLAD) -> list[T]:
    if len(alle) <= per_blad:
        return alle
    limit, eerste = onderdelen.bladeren(len(alle), key=key, per_blad=per_blad, woord="dossiers")
    return alle[eerste : eerste + limit]


def _groep(taak: Taak) -> str:
    return SIGNALEN if taak.klachtnummer is not None and taak.klachtnummer[0] == "S" else taak.groep


def geen_taken(gebruiker: Gebruiker) -> None:
    """Give somebody whose role has no tasks a useful start."""
    onderdelen.titel("Werkvoorraad", f"Welkom, {onderdelen.veilig(gebruiker.naam)}.")
    uitleg = (
        "De analist behandelt geen klachten en ziet geen persoonsgegevens, wel alle cijfers."
        if rechten.mag("pagina", "jaarbeeld", gebruiker).mag
        else "De beheerder behandelt geen klachten en ziet er geen."
    )
    if leeg.is_leeg() and (eerste := leeg.eerst(gebruiker, "werkvoorraad")):
        onderdelen.lege_staat(leeg.KOP, f"{uitleg} {eerste.zin}", naar=eerste.pagina, label=eerste.label)
        st.markdown("En verder kunt u hier:")
    else:
        onderdelen.lege_staat("Bij uw rol horen geen taken", f"{uitleg} Dit kunt u hier doen:")
    for deel in paginas.toegankelijk(gebruiker):
        if deel.naam != "werkvoorraad":
            onderdelen.verwijzing(deel.naam, f"**{deel.titel}** · {deel.uitleg}")


def niets_te_doen(wie: str) -> None:
    """Say that there is nothing to do, and what can be done all the same."""
    if leeg.is_leeg():
        leeg.toon("werkvoorraad")
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
