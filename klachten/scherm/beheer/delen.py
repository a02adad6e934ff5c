"""What the pages of Beheer share: whether anything can be changed, which forms somebody gets, and the history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from klachten import gebeurtenissen as g
from klachten import handelingen, rechten, scherm, taal
from klachten.analyse.werk.beheer import Gebruik
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging, valid
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer
from klachten.scherm import formulier, onderdelen
from klachten.scherm.beheer import feiten, inrichten

NIET_INGERICHT = (
    "U kunt hier alleen kijken: de organisatie is in dit register nog niet vastgelegd. Wijzigen kan zodra zij is "
    "ingericht."
)
KLEIN = 5
BEGIN_VAN_HET_JAAR = ("toevoegen_persoon", "toevoegen_keuze")
GEEN_RECHT = "U kunt hier alleen kijken. Wie dit mag wijzigen, staat op de pagina Rechten."


def ingericht() -> bool:
    """Tell whether the organisation is recorded in this register; without, nothing of it can be changed."""
    return scherm.register().organisatie.ingericht


def dossier(nummer: str = g.NUMMER) -> Feiten | None:
    """Return what is recorded under the number of the organisation or a person, None when nothing is."""
    return handelingen.dossier_van(scherm.register(), nummer) if ingericht() and nummer else None


def kan(namen: Iterable[str], feiten_van: Feiten | None) -> list[str]:
    """Return which of these handelingen the user may do with a dossier now."""
    if feiten_van is None:
        return []
    wie, volgens = scherm.gebruiker(), scherm.reglement()
    return [
        naam
        for naam in namen
        if HANDELINGEN[naam].toets(None if HANDELINGEN[naam].nieuw else feiten_van, wie, volgens)[1] is None
    ]


def waarom_niet(mag: Iterable[str]) -> None:
    """Say why nothing can be changed here, when that is so."""
    if not ingericht():
        st.info(NIET_INGERICHT, icon=":material/visibility:")
    elif not list(mag):
        st.markdown(GEEN_RECHT)
        onderdelen.verwijzing("rechten")


def kies(namen: list[str], *, key: str) -> str:
    """Let the user choose what to record; after it was recorded the choice is there again, for the next one."""
    if st.session_state.get(key) not in namen:
        st.session_state.pop(key, None)
    return st.selectbox(
        "Wat wilt u vastleggen?",
        namen,
        format_func=lambda naam: HANDELINGEN[naam].titel,
        key=key,
        placeholder="Kies wat u wilt vastleggen",
    )


def wijzigen(namen: Iterable[str], *, plek: str) -> str | None:
    """Open the part of a page where the organisation is changed; return what the user chose to record, None for nobody.

    `plek` is the place of its forms.
    """
    mag = kan(namen, dossier())
    waarom_niet(mag)
    if not mag:
        return None
    onderdelen.kop("Wijzigen")
    formulier.meldingen(plek)
    return kies(mag, key=f"{plek}.doen")


def vraag(
    naam: str,
    nummer: str,
    *,
    plek: str,
    vast: Mapping[str, Any] | None = None,
    begin: Mapping[str, Any] | None = None,
    vooraf: Callable[[dict[str, Any]], None] | None = None,
) -> None:
    """Draw the form of a handeling; every day in it that has to be filled in starts as today.

    Before the first klacht what is added starts with the year: the klachten of this year may still come in.
    """
    vandaag = scherm.vandaag()
    dagen = {v.naam: vandaag for v in HANDELINGEN[naam].velden if v.soort in ("dag", "datum") and v.verplicht}
    if naam in BEGIN_VAN_HET_JAAR and not inrichten.has_klachten():
        dagen["vanaf"] = date(vandaag.year, 1, 1)
    formulier.toon(HANDELINGEN[naam], nummer, sleutel=plek, vast=vast, begin={**dagen, **(begin or {})}, vooraf=vooraf)


def gevolg(*zinnen: str) -> None:
    """Show before the button what a change touches; sentences in Markdown."""
    st.info("  \n".join(zinnen), icon=":material/preview:")


def ongeldig(fout: OngeldigeInvoer) -> None:
    """Say what is wrong with what was filled in, where no form is drawn that says it at its field."""
    for zin in fout.velden.values():
        onderdelen.weigering(taal.hoofdletter(zin), soort="invoer")


def klachten(hoeveel: int) -> str:
    """Return a number of klachten as this user may see it: below five only that it is few."""
    if _hidden(hoeveel):
        return f"minder dan {KLEIN} klachten"
    return f"{onderdelen.getal(hoeveel)} {'klacht' if hoeveel == 1 else 'klachten'}"


def _hidden(hoeveel: int) -> bool:
    return 0 < hoeveel < KLEIN and not rechten.mag("inzage", "kleine_aantallen", scherm.gebruiker()).mag


def gebruikt(gebruik: Gebruik | None) -> str:
    """Say how often a choice is used: '47 klachten sinds 2021, waarvan 3 lopend'.

    Since when is left out with the number: the year of a few klachten may tell which ones.
    """
    if gebruik is None or not gebruik.klachten:
        return "geen klachten"
    lopend = f"minder dan {KLEIN}" if _hidden(gebruik.lopend) else onderdelen.getal(gebruik.lopend)
    sinds = f" sinds {gebruik.eerste.year}" if gebruik.eerste and not _hidden(gebruik.klachten) else ""
    return f"{klachten(gebruik.klachten)}{sinds}, {f'waarvan {lopend}' if gebruik.lopend else 'geen'} lopend"


def van_deze(vastleggingen: Iterable[Vastlegging], past: Callable[[Gebeurtenis], bool]) -> list[Vastlegging]:
    """Return the facts that are about something, with what puts them right or takes them back."""
    alle = list(vastleggingen)
    eigen = {v.nr for v in alle if past(v.feit)}
    return [v for v in alle if v.nr in eigen or v.corrigeert in eigen]


def historie(vastleggingen: Iterable[Vastlegging], *, kop: str) -> list[tuple[Vastlegging, str]]:
    """Draw what was recorded, the newest first, with who did it on which day; return what of it is valid, in words.

    What was put right or taken back stays in it, and says by which fact.
    """
    alle = list(vastleggingen)
    geldig, later = {v.nr for v in valid(alle)}, {v.corrigeert or v.nr: v for v in alle}
    woorden = list(feiten.in_woorden(alle, scherm.reglement()))
    regels = [
        f"- {taal.datum(v.feit.gebeurd_op)}: {zin}{_mark(v, geldig, later)}  \n  :small[{_door(v)}{_why(v)}]"
        for v, zin in woorden
    ]
    with st.expander(f"{kop} ({len(regels)})", icon=":material/history:"):
        st.markdown("\n".join(reversed(regels)) or "Er is nog niets gewijzigd.")
    return [(v, zin) for v, zin in woorden if v.nr in geldig]


def _mark(vastlegging: Vastlegging, geldig: set[int], later: dict[int, Vastlegging]) -> str:
    if isinstance(vastlegging.feit, g.FeitHerroepen):
        return ""
    if vastlegging.nr in geldig:
        return f" :blue-badge[correctie van feit {vastlegging.corrigeert}]" if vastlegging.corrigeert else ""
    nieuw = later[vastlegging.corrigeert or vastlegging.nr]
    woord = "herroepen" if isinstance(nieuw.feit, g.FeitHerroepen) else "gecorrigeerd"
    return f" :gray-badge[{woord} door feit {nieuw.nr}]"


def _why(vastlegging: Vastlegging) -> str:
    return f". Reden: {onderdelen.veilig(vastlegging.feit.reden)}" if vastlegging.feit.reden else ""


def _door(vastlegging: Vastlegging) -> str:
    zelf = vastlegging.rol in ("inrichting", "overbrenging")
    wie = "het register zelf, bij het inrichten" if zelf else onderdelen.bij_naam(vastlegging.door)
    return f"Feit {vastlegging.nr}, vastgelegd door {wie}"
