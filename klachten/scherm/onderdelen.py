"""Small parts that every page shares, so that the same thing looks and reads the same everywhere."""

from __future__ import annotations

import re
import threading
from datetime import date
from typing import Literal, NoReturn
from urllib.parse import quote, urlencode

import streamlit as st

from klachten import organisatie, scherm, taal
from klachten.analyse.basis.lezer import ZONDER_BETROKKEN
from klachten.dossier.weigering import Weigering
from klachten.register import Register
from klachten.scherm import kijker, paginas
from klachten.scherm.dicht import zonder_nummers
from klachten.scherm.merk import inline
from klachten.taal import getal

# Icons and emoji (:x:), addresses (://, www., @) and arrows (->, >=) are found in the text that is left.
_WIT = re.compile(r"[^\S\N{NO-BREAK SPACE}]+")
_NA_MARKDOWN = re.compile(r":(?=[\w+/-])|@(?=\w)|\bwww(?=\.)|(?<!\S)[<>~-](?=[->=])", re.IGNORECASE)
_VOEG = "\N{WORD JOINER}"
# What makes a list, a heading or a quotation of a line that begins with it.
_BEGIN = re.compile(r"^(\d{0,9})([-+#=.)])")

venster = threading.local()
"""`bladen`: the pages of the window that is drawn, by name; a run of a page is a thread."""
PER_BLAD = 25
GEEN = "–"

# Every badge carries an icon and words: the colour only repeats them.
_BADGES: dict[str, tuple[str, str]] = {
    "op tijd": ("green", "check_circle"),
    "te laat": ("red", "event_busy"),
    "te laat, nog open": ("red", "alarm"),
    "loopt": ("blue", "schedule"),
    "n.v.t.": ("gray", "remove"),
    "onbepaald": ("gray", "help"),
    "onbepaald, termijn verstreken": ("orange", "error"),
    "ongeldig": ("orange", "report"),
    "ontvangen": ("blue", "inbox"),
    "in onderzoek": ("blue", "search"),
    "in behandeling": ("blue", "pending_actions"),
    "afgesloten": ("green", "task_alt"),
    "niet in behandeling": ("gray", "block"),
    "ingetrokken": ("gray", "undo"),
    "vervallen": ("gray", "delete"),
    "open": ("blue", "schedule"),
    "op schrift": ("green", "edit_note"),
    "afgedaan": ("gray", "task_alt"),
    "uitgevoerd": ("green", "check_circle"),
    "gemeld": ("orange", "forum"),
    "overleg mislukt": ("red", "forum"),
    "opgelost": ("green", "handshake"),
    "voorgelegd": ("orange", "balance"),
    "oordeel": ("gray", "balance"),
    "geen": ("gray", "remove"),
}


def datum_tekst(dag: date | None, kort: bool = False) -> str:
    """Return a date as a Dutch reader writes it: 5 januari 2026, or ma 5 jan 2026 in a row."""
    if dag is None:
        return GEEN
    return taal.kort(dag) if kort else taal.datum(dag)


def dagen_tekst(dagen_over: int | None) -> str:
    """Return the days that are left as words; negative is overdue."""
    return GEEN if dagen_over is None else taal.nog(dagen_over)


def persoon(id: str | None) -> str:
    """Return the name of a person by id."""
    return organisatie.naam(id) if id else GEEN


def dossiernaam(nummer: str) -> str:
    """Return what a dossier is called in a sentence: the number of a klacht, the name of somebody, the organisation."""
    if nummer[:1] not in ("O", "P"):
        return nummer
    mensen = organisatie.huidige().mensen.values()
    return next((wie.naam for wie in mensen if wie.nummer == nummer), "de organisatie")


def bij_naam(id: str) -> str:
    """Return the name of a person by id, for a sentence in Markdown."""
    return veilig(organisatie.naam(id))


def badge(status: str, tekst: str = "") -> str:
    """Return a status as a Markdown badge, readable without its colour; for st.markdown and labels."""
    kleur, pictogram = _BADGES.get(status, ("gray", "label"))
    return f":{kleur}-badge[:material/{pictogram}: {veilig(tekst or status)}]"


def beeld(inhoud: bytes, soort: str, *, breed: int | Literal["content"] = "content") -> None:
    """Draw a picture that the page has in itself: what Streamlit hands out at /media, the gate lets nobody fetch."""
    st.image(inline(inhoud, soort), width=breed)


def veilig(tekst: str) -> str:
    """Return what somebody typed, or is called, so that Markdown shows it as it stands, on one line.

    An invisible joiner breaks what Streamlit makes of plain text after Markdown is done with it. A sentence without
    anything odd comes back as it was.
    """
    heel = _NA_MARKDOWN.sub(f"\\g<0>{_VOEG}", _WIT.sub(" ", tekst).strip(" "))
    heel = "".join(f"\\{teken}" if teken in "\\`*_[]<>~$&" else teken for teken in heel)
    return _BEGIN.sub(r"\1\\\2", heel)


def titel(kop: str, inleiding: str = "") -> None:
    """Open a page: its one h1 and a sentence that says what it is for."""
    st.title(veilig(kop), anchor=False)
    if inleiding:
        st.markdown(inleiding)


def kop(tekst: str) -> None:
    """Open a part of the page: an h2, straight below the h1 of the title."""
    st.header(veilig(tekst), anchor=False)


def tussenkop(tekst: str) -> None:
    """Open a part of a part: an h3."""
    st.subheader(veilig(tekst), anchor=False)


def weigering(reden: str | Exception, *, soort: str = "") -> None:
    """Show why something is not possible; the sentence is the one of the rule, and leads to what explains its kind.

    `soort` is the kind of a sentence that brings none along.
    """
    st.error(veilig(str(reden)), icon=":material/block:")
    if link := waarom(reden if getattr(reden, "soort", "") else Weigering(soort, "")):
        st.markdown(f":small[{link}]")


def waarom(reden: str | Exception | None, tekst: str = "Waarom kan dit niet?") -> str:
    """Return a link, in Markdown, to the explanation of a kind of refusal; empty for a sentence of no kind.

    It opens in another tab: what was filled in stays.
    """
    soort = getattr(reden, "soort", "")
    return f"[{tekst}]({adres('hulp', waarom=soort)})" if soort else ""


def zonder_betrokken() -> None:
    """Say at a list of klachten, always and to everybody, that own involvement leaves klachten out."""
    st.markdown(f":small[{ZONDER_BETROKKEN}]")


def lege_staat(kop: str, uitleg: str, *, naar: str = "", label: str = "") -> None:
    """Say that there is nothing here, why that is, and what to do next."""
    with st.container(border=True, horizontal_alignment="left"):
        st.markdown(f"**{kop}**")
        st.markdown(uitleg)
        if naar:
            verwijzing(naar, label)


def verwijzing(
    naam: str, label: str = "", *, breedte: int | None = None, icoon: str = "", bij: str = "", **query: str
) -> None:
    """Link to another page; the link stays out when this user may not open that page. `breedte` is in pixels.

    `icoon` takes the place of the icon of the page; `bij` is said of it to who points at it or gets there by keyboard.
    """
    doel, wie = paginas.pagina(naam), scherm.gebruiker()
    if doel.toegankelijk_voor(wie):
        # By page: of a file Streamlit looks up where it is, for every link again.
        st.page_link(
            getattr(venster, "bladen", {}).get(naam, doel.bestand),
            label=label or doel.titel,
            icon=icoon or doel.pictogram,
            width=breedte or "content",
            help=bij or None,
            query_params=_met_gebruiker(query, wie),
        )


def adres(naam: str, **query: str) -> str:
    """Return the address of another page as it stands in a link inside a text or a table."""
    vraag = urlencode(_met_gebruiker(query), quote_via=quote)
    return f"{naam}?{vraag}" if vraag else naam


def ga_naar(naam: str, **query: str) -> NoReturn:
    """Go to another page now, e.g. `ga_naar("dossier", nummer="K2026-0007")`."""
    st.switch_page(paginas.pagina(naam).bestand, query_params=_met_gebruiker(query))


def meldingen(register: Register) -> None:
    """Say why nothing can be recorded, as long as that is so, and what the register had to repair when it opened."""
    if reden := register.alleen_lezen:
        st.error(veilig(zonder_nummers(reden)), icon=":material/edit_off:")
        st.markdown(f":small[{waarom(Weigering('alleen_lezen', ''))}]")
    for melding in (een for een in register.meldingen if een != reden):
        st.warning(veilig(zonder_nummers(melding)), icon=":material/healing:")


def bladeren(aantal: int, *, key: str, per_blad: int = PER_BLAD, woord: str = "") -> tuple[int, int]:
    """Show which part of a long list this is and let the user turn pages; return LIMIT and OFFSET for the query."""
    woord = woord or ("klacht" if aantal == 1 else "klachten")
    laatste = bladen(aantal, per_blad)
    # A filter may have made the list shorter than the page the user was on.
    if st.session_state.get(key, 1) > laatste:
        st.session_state[key] = laatste
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        blad = st.pagination(laatste, key=key) if laatste > 1 else 1
        eerste = (blad - 1) * per_blad
        if laatste > 1:
            tot = min(eerste + per_blad, aantal)
            st.markdown(f"{getal(eerste + 1)} tot en met {getal(tot)} van {getal(aantal)} {woord}")
        else:
            st.markdown(f"{getal(aantal)} {woord}")
    return per_blad, eerste


def bladen(aantal: int, per_blad: int) -> int:
    """Return how many pages a list of so many has; an empty one has one as well."""
    return max(1, -(-aantal // per_blad))


def _met_gebruiker(query: dict[str, str], wie: organisatie.Gebruiker | None = None) -> dict[str, str]:
    # A new page drops the query, and without `als` a reload would change who is acting in the example.
    return {**query, "als": (wie or scherm.gebruiker()).id} if kijker.is_example() else query
