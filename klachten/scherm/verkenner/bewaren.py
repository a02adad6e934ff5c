"""Saved questions on the screen: under a name, asked of the chosen period, and on the Jaarbeeld."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import streamlit as st
from duckdb import DuckDBPyConnection

from klachten import gebeurtenissen as g
from klachten import organisatie, rechten, scherm
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.excel.excel import Blad, Bron
from klachten.analyse.excel.werk import INHOUD
from klachten.analyse.verkenner import bestand, dicht
from klachten.analyse.verkenner.antwoord import geef
from klachten.analyse.verkenner.verkenning import GeenVraag, Verkenning
from klachten.analyse.verkenner.woorden import Woorden
from klachten.handelingen import HANDELINGEN
from klachten.scherm import formulier, onderdelen
from klachten.scherm.evaluatie.keuze import Keuze
from klachten.scherm.verkenner import beeld, kiezer

KEY = "verkenner.bewaard"
GEZEGD = f"{KEY}.gezegd"
NIET_MEER = "Deze vraag kan niet meer worden gesteld. Haal haar weg, of maak een nieuwe."
BEWAREN, WEGHALEN = "bewaren_vraag", "weghalen_vraag"


def lijst(keuze: Keuze) -> None:
    """Offer the saved questions as links, each of the period that is chosen now."""
    bewaard = scherm.register().organisatie.bewaarde_vragen()
    if not bewaard:
        return
    with st.expander(f"Bewaarde vragen ({len(bewaard)})", icon=":material/bookmarks:"):
        st.markdown("\n".join(f"- {_link(feit, keuze)}" for feit in bewaard))
        if _mag(WEGHALEN):
            _manage(bewaard)


def _link(feit: g.VraagBewaard, keuze: Keuze) -> str:
    naam = onderdelen.veilig(feit.naam)
    erbij = " (ook op het Jaarbeeld)" if feit.op_jaarbeeld else ""
    try:
        vraag = Verkenning.lees(feit.vraag)
    except ValueError:
        return f"{naam}: {NIET_MEER}"
    # With its period, so that the page takes the filter of the question and not the one of before.
    adres = {**vraag.adres, "periode": keuze.periode.sleutel}
    return f"[{naam}]({onderdelen.adres('verkenner', **adres)}){erbij}"


def _manage(bewaard: tuple[g.VraagBewaard, ...]) -> None:
    """Let a question be called otherwise, be put on the Jaarbeeld, or go."""
    namen = {feit.id: feit for feit in bewaard}
    with st.popover("Wijzigen of weghalen", icon=":material/edit:"):
        id = st.selectbox("Welke vraag", list(namen), format_func=lambda id: namen[id].naam, key=f"{KEY}.welke")
        if id is None:
            return
        feit = namen[id]
        formulier.toon(
            HANDELINGEN[BEWAREN], g.NUMMER, sleutel=f"{KEY}.wijzig", vast={"id": id, "vraag": feit.vraag},
            begin={"naam": feit.naam, "op_jaarbeeld": feit.op_jaarbeeld}, knop="Wijzigen",
        )  # fmt: skip
        formulier.toon(HANDELINGEN[WEGHALEN], g.NUMMER, sleutel=f"{KEY}.weg", vast={"id": id}, knop="Weghalen")


def knop(vraag: Verkenning) -> None:
    """Let what is asked now be saved under a name, for who may."""
    if not _mag(BEWAREN):
        return
    with st.popover("Vraag bewaren", icon=":material/bookmark_add:"):
        st.markdown("De vraag komt terug voor de periode die dan is gekozen: volgend jaar over volgend jaar.")
        uitkomst = formulier.toon(
            HANDELINGEN[BEWAREN], g.NUMMER, sleutel=f"{KEY}.nieuw", vast={"id": "", "vraag": vraag.bewaard.tekst},
            knop="Bewaren",
        )  # fmt: skip
    # The window closed with the button: what became of it is said outside, as long as the same is asked.
    if uitkomst:
        st.session_state[GEZEGD] = vraag.bewaard.tekst
    if st.session_state.get(GEZEGD) == vraag.bewaard.tekst:
        _bewaard(vraag)


def _bewaard(vraag: Verkenning) -> None:
    """Say under which name a question was saved and where it stands now."""
    tekst = vraag.bewaard.tekst
    feit = next((f for f in reversed(scherm.register().organisatie.bewaarde_vragen()) if f.vraag == tekst), None)
    if feit is None:
        return
    periode = {"periode": vraag.periode.sleutel} if vraag.periode else {}
    waar = "Zij staat bovenaan deze pagina bij *Bewaarde vragen*"
    if feit.op_jaarbeeld:
        jaarbeeld = onderdelen.adres("jaarbeeld", deel="cijfers", **periode)
        waar += f", en op het [Jaarbeeld]({jaarbeeld}) onder *Eigen vragen*, ook in het Excel-bestand daarvan"
    st.success(f"Bewaard als **{onderdelen.veilig(feit.naam)}**. {waar}.", icon=":material/check_circle:")


def _mag(handeling: str) -> bool:
    ingericht = scherm.register().organisatie.ingericht
    return ingericht and rechten.mag("handeling", handeling, scherm.gebruiker()).mag


def als_bladen(keuze: Keuze) -> Callable[[DuckDBPyConnection], list[tuple[Blad, Bron, list[str]]]]:
    """Return what makes the sheets of these questions, for the Excel file of the Jaarbeeld of who looks now.

    What can no longer be asked, or not by this reader, has no sheet: the page says so.
    """
    register, wie, reglement = scherm.register(), scherm.gebruiker(), keuze.reglement
    ziet_kleine = kiezer.ziet_kleine()

    def maak(cursor: DuckDBPyConnection) -> list[tuple[Blad, Bron, list[str]]]:
        uit = []
        boek = register.reglementen.get(keuze.verzameling.reglement)
        for nr, feit in enumerate((f for f in register.organisatie.bewaarde_vragen() if f.op_jaarbeeld), start=1):
            try:
                vraag = gesteld(feit, keuze, ziet_kleine)
            except ValueError:
                continue
            if not all(kiezer.mag(id, wie) for id in vraag.per):
                continue
            heel = geef(cursor, vraag, peildatum=keuze.peildatum, reglement=boek)
            woorden = Woorden(heel if ziet_kleine else dicht.verberg(heel), reglement, organisatie.naam)
            naam = bestand.bladnaam(nr, feit.naam)
            uit.append((bestand.blad(woorden, naam, INHOUD), bestand.bron(woorden, naam), bestand.vragen(woorden)))
        return uit

    return maak


def gesteld(feit: g.VraagBewaard, keuze: Keuze, ziet_kleine: bool) -> Verkenning:
    """Return a saved question as it is asked now; GeenVraag or ValueError with a sentence when it cannot be."""
    gelezen = Verkenning.lees(feit.vraag)
    vraag = replace(gelezen, periode=keuze.periode, filter=_filter(gelezen.filter, keuze.filter))
    if not ziet_kleine:
        dicht.check(vraag)
    return vraag


def op_jaarbeeld(keuze: Keuze) -> Iterator[tuple[g.VraagBewaard, Woorden | str]]:
    """Give the questions of the Jaarbeeld with their answers over the chosen period, or why there is none."""
    for feit in scherm.register().organisatie.bewaarde_vragen():
        if not feit.op_jaarbeeld:
            continue
        try:
            vraag = gesteld(feit, keuze, kiezer.ziet_kleine())
        except GeenVraag as geen:
            yield feit, str(geen)
            continue
        except ValueError:
            yield feit, NIET_MEER
            continue
        yield feit, beeld.antwoord(vraag, keuze) if all(map(kiezer.mag, vraag.per)) else kiezer.GEEN_NAMEN


def _filter(eigen: Filter, gekozen: Filter) -> Filter:
    """Return the chosen filter, with what the question itself chose instead."""
    velden = {veld: waarde for veld, waarde in vars(eigen).items() if waarde is not None and veld != "herkomst"}
    return replace(gekozen, **velden, **({} if eigen.herkomst == "register" else {"herkomst": eigen.herkomst}))


def bewaarde_vragen(keuze: Keuze) -> None:
    """Draw the saved questions of the Jaarbeeld: name, sentence and chart; nothing when there is none."""
    alle = list(op_jaarbeeld(keuze))
    if not alle:
        return
    onderdelen.kop("Eigen vragen")
    for feit, uit in alle:
        st.markdown(f"**{_link(feit, keuze).removesuffix(' (ook op het Jaarbeeld)')}**")
        if isinstance(uit, str):
            st.markdown(onderdelen.veilig(uit))
            continue
        st.markdown(onderdelen.veilig(uit.zin()))
        beeld.grafiek(uit, key=f"{KEY}.{feit.id}")
