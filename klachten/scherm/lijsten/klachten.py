"""The list of klachten on the screen: what it holds for this user, and a row per klacht."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from klachten import organisatie, scherm, taal
from klachten.analyse.basis.lezer import ZONDER_BETROKKEN, Lezer
from klachten.analyse.werk.klachtenlijst import Blad, Filter, Regel, find_page, partly, with_texts
from klachten.analyse.werk.zoeken import MIDDEN, Plek, Vraag
from klachten.organisatie import Gebruiker
from klachten.scherm import leeg, onderdelen, vooruit
from klachten.scherm.bewaard import van
from klachten.scherm.dossier.feit import veldnaam
from klachten.scherm.lijsten import keuzes, rijen, taakzin

DEELS = "klachten.deels.toon"
MEESTE_PLEKKEN = 3
"""So many places are named in a row: with a common word there are many more."""


def blad(filter: Filter, gebruiker: Gebruiker, volgorde: str, per_blad: int) -> Blad:
    """Return the page of the list on which the user is, without texts; the last one when the list became shorter."""
    nr = int(st.session_state.get(keuzes.BLAD) or 1)
    gevonden = _page(filter, gebruiker, volgorde, per_blad, nr)
    laatste = onderdelen.bladen(gevonden.aantal, per_blad)
    return gevonden if nr <= laatste else _page(filter, gebruiker, volgorde, per_blad, laatste)


def _page(filter: Filter, gebruiker: Gebruiker, volgorde: str, per_blad: int, nr: int) -> Blad:
    vooruit.remember_of(_again, gebruiker, filter, volgorde, per_blad, nr)
    return _again(gebruiker, filter, volgorde, per_blad, nr)


def _again(gebruiker: Gebruiker, filter: Filter, volgorde: str, per_blad: int, nr: int) -> Blad:
    register = scherm.register()
    welk = {"volgorde": volgorde, "limit": per_blad, "offset": (nr - 1) * per_blad}
    return _read(str(register.map), register.versie, filter, gebruiker, scherm.vandaag(), **welk)


# One page per user and filter, of numbers, days and ids only; a new fact makes a new entry.
@st.cache_data(max_entries=128, show_spinner=False)
def _read(map: str, versie: int, filter: Filter, gebruiker: Gebruiker, vandaag: date, **welk: Any) -> Blad:
    register = scherm.register()
    with register.cursor() as cursor:
        return find_page(cursor, filter, gebruiker, vandaag, **welk, dagrijen=van(register).dagrijen)


def regels(gevonden: Blad, zoek: str) -> list[Regel]:
    """Return the rows of a page with what may be read of them now: texts are not kept."""
    with scherm.register().cursor() as cursor:
        return with_texts(cursor, gevonden, zoek)


def vervallen(filter: Filter, aantal: int) -> None:
    """Say how many of the list count in no figure but the flow: entered by mistake or twice."""
    if filter.telling or (filter.keuze and filter.keuze.status != "alles"):
        return
    if aantal:
        een = aantal == 1
        telt = "is 1 vervallen; die telt" if een else f"zijn {onderdelen.getal(aantal)} vervallen; die tellen"
        staat = "staat zij" if een else "staan zij"
        st.markdown(
            f"Van deze klachten {telt} in de cijfers niet mee. Alleen op Jaarbeeld, bij *Wat kwam erin, wat ging "
            f"eruit*, {staat} twee keer: bij ontvangen en bij vervallen."
        )


def gekozen(filter: Filter) -> None:
    """Say what the list is chosen by, so that it is read with the filters folded away as well."""
    if filter.keuze and filter.telling is None:
        zin = filter.keuze.in_woorden(scherm.reglement())
        st.markdown(f":material/filter_alt: {onderdelen.veilig(taal.hoofdletter(zin))}.")


def inleiding(gebruiker: Gebruiker) -> str:
    """Say which klachten this list holds for this user."""
    lezer = Lezer.van(gebruiker)
    if lezer.alles:
        return f"Alle klachten van het register. {ZONDER_BETROKKEN}"
    if lezer.eigen:
        zin = "De klachten die u behandelt, of die u in ontvangst nam en die nog geen behandelaar hebben."
        return f"{zin} {ZONDER_BETROKKEN}"
    return f"U leest geen hele klachten. {ZONDER_BETROKKEN}"


def deels(filter: Filter, gebruiker: Gebruiker) -> None:
    """Draw, when asked, the klachten of which this user reads a part: what came in here, and with an own maatregel.

    Only below the whole list: whether one fits what is asked would tell what is in it.
    """
    if filter != Filter() or Lezer.van(gebruiker).alles:
        return
    if not st.toggle("Toon ook de klachten waarvan u een deel ziet", key=DEELS):
        return
    with scherm.register().cursor() as cursor:
        gevonden = partly(cursor, gebruiker)
    if not gevonden:
        st.markdown("Er zijn geen klachten waarvan u een deel ziet.")
        return
    onderdelen.kop("Waarvan u een deel ziet")
    st.markdown("Klachten die u in ontvangst nam of waarvoor u een maatregel uitvoert; een ander behandelt ze.")
    limit, eerste = onderdelen.bladeren(len(gevonden), key="klachten.deels.blad")
    with st.container(gap="xxsmall"):
        for regel in gevonden[eerste : eerste + limit]:
            wie = organisatie.naam(regel.behandelaar) if regel.behandelaar else "nog geen behandelaar"
            zin = f"ontvangen {taal.datum(regel.ontvangen_op)} · {onderdelen.veilig(wie)}"
            eigen = ["**met een maatregel van u**"] if regel.maatregel else []
            rijen.rij(
                "dossier", regel.klachtnummer, *eigen, rijen.klein(zin), nummer=regel.klachtnummer, vanaf="klachten"
            )


def rij(regel: Regel) -> None:
    """Draw one klacht: a link to the dossier, the indiener, who handles it, and how it stands."""
    badges = [onderdelen.badge(regel.status)]
    if regel.geschil not in ("geen", "opgelost"):
        # A badge is cut off where the column ends.
        badges.append(onderdelen.badge(regel.geschil, f"geschil: {regel.geschil}"))
    if regel.dagen_over is not None:
        badges.append(taakzin.dagen(regel.dagen_over))
    zinnen = [" ".join(badges), rijen.klein(_kenmerken(regel))]
    if regel.gevonden_in:
        zinnen.append(rijen.klein(f":material/search: Gevonden in: {places(regel.gevonden_in)}"))
    rijen.rij(
        "dossier",
        regel.klachtnummer,
        *zinnen,
        typed=regel.indiener,
        nummer=regel.klachtnummer,
        vanaf="klachten",
    )


def places(plekken: tuple[Plek, ...]) -> str:
    """Say in which fields of which facts something was found, without what stands there."""
    woorden = [
        f"**{veldnaam(plek.soort, plek.veld).partition(':')[0]}** bij {taal.feit_in_woorden(plek.soort)}"
        + ("" if plek.geldt else " (geldt niet meer)")
        for plek in plekken
    ]
    over = len(woorden) - MEESTE_PLEKKEN
    if over > 1:
        woorden = [*woorden[:MEESTE_PLEKKEN], f"nog {over} plaatsen"]
    return taal.opsomming(woorden)


def niets_gevonden(filter: Filter) -> None:
    """Say why the list is empty and what to do."""
    if leeg.is_leeg():
        leeg.toon("klachten")
        return
    with st.container(border=True, horizontal_alignment="left"):
        st.markdown("**Geen klachten gevonden**")
        vraag = Vraag(filter.zoek)
        if not vraag.leeg and not vraag.woorden:
            st.markdown("Typ een woord of een nummer: op leestekens alleen kan niet worden gezocht.")
        elif not vraag.leeg:
            st.markdown(
                "Er is geen klacht die u kunt zien, waarin alle woorden staan en die aan alle filters voldoet. Typ "
                "minder woorden, of alleen het begin ervan; "
                f"vanaf {MIDDEN} letters vindt u ook een deel van een woord."
            )
        else:
            st.markdown("Er is geen klacht die u kunt zien en die aan alles voldoet. Zoek ruimer of begin opnieuw.")
        if filter != Filter():
            st.button("Zoekveld en filters leegmaken", icon=":material/filter_alt_off:", on_click=keuzes.clear)


def _kenmerken(regel: Regel) -> str:
    reglement = scherm.register().reglementen.get(regel.reglement)
    naam_van = reglement.naam_van if reglement else lambda lijst, id: id
    wie = organisatie.naam(regel.behandelaar) if regel.behandelaar else "nog geen behandelaar"
    delen = [
        f"ontvangen {taal.datum(regel.ontvangen_op)}",
        naam_van("categorieen", regel.categorie),
        naam_van("vestigingen", regel.vestiging),
        wie,
    ]
    if regel.dagen_over is not None and regel.termijn_naam:
        delen.append(f"{regel.termijn_naam}: uiterlijk {onderdelen.datum_tekst(regel.uiterlijk_op)}")
    if regel.herkomst != "register":
        delen.append("overgenomen")
    return onderdelen.veilig(" · ".join(deel for deel in delen if deel))
