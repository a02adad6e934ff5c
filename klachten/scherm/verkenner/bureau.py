"""The SQL desk on the screen: a question, its rows, and what there is to ask of."""

from __future__ import annotations

import functools
from pathlib import Path

import pandas as pd
import streamlit as st

from klachten import scherm
from klachten.analyse import momentopname
from klachten.analyse.verkenner import bureau
from klachten.analyse.verkenner.bureau import MEESTE_RIJEN, SECONDEN, Uitkomst
from klachten.scherm import kijklog, onderdelen
from klachten.scherm.bewaard import mijn_zicht
from klachten.taal import getal
from klachten.uitvoer import gegevens
from klachten.uitvoer.gegevens import VOORBEELDEN, Tabel

KEY = "sqlbureau"
_TEKST, _UIT = f"{KEY}.tekst", f"{KEY}.uit"


def vraag() -> None:
    """Draw the question and what it gave; it runs when somebody presses the button, not at every key."""
    st.session_state.setdefault(_TEKST, VOORBEELDEN[0][1])
    st.selectbox(
        "Begin met een voorbeeld", range(len(VOORBEELDEN)), format_func=lambda nr: VOORBEELDEN[nr][0], index=None,
        placeholder="Kies een voorbeeld", key=f"{KEY}.voorbeeld", on_change=_take_example,
    )  # fmt: skip
    with st.form(f"{KEY}.vraag", border=False):
        st.text_area("Uw vraag in SQL", key=_TEKST, height=190)
        st.form_submit_button("Vraag stellen", icon=":material/play_arrow:", type="primary", on_click=_ask)
    uit: Uitkomst | None = st.session_state.get(_UIT)
    if uit is not None:
        _show(uit)


def _take_example() -> None:
    nr = st.session_state.get(f"{KEY}.voorbeeld")
    if nr is not None:
        st.session_state[_TEKST] = VOORBEELDEN[nr][1]
        st.session_state.pop(_UIT, None)


def _ask() -> None:
    """Ask, and have it stand in the log of looking, refused or not."""
    zicht = mijn_zicht()
    if zicht.alleen is not None:
        st.session_state[_UIT] = Uitkomst(weigering="Losse rijen zijn voor wie alle klachten mag lezen.")
        return
    uit = bureau.vraag(scherm.register().map, st.session_state[_TEKST], zicht.niet)
    kijklog.bevroeg(KEY, uit.tabellen, len(uit.rijen), geweigerd=bool(uit.weigering))
    st.session_state[_UIT] = uit


def _show(uit: Uitkomst) -> None:
    if uit.weigering:
        st.warning(onderdelen.veilig(uit.weigering))
        return
    n = len(uit.rijen)
    hoeveel = "Er is geen rij." if not n else f"{getal(n)} {'rij' if n == 1 else 'rijen'}."
    if uit.meer:
        hoeveel = f"De eerste {getal(n)} rijen; er zijn er meer. Tel eerst (GROUP BY), of kies minder."
    st.markdown(f"{hoeveel} Uit momentopname {uit.momentopname}.")
    if n:
        # Two columns of one name are two: a table has each once.
        namen = [f"{naam} ({nr})" if naam in uit.kolommen[:nr] else naam for nr, naam in enumerate(uit.kolommen)]
        st.dataframe(pd.DataFrame(uit.rijen, columns=namen), hide_index=True, width="stretch")


def regels() -> None:
    """Say what can be asked here, and what cannot."""
    st.markdown(
        f"U leest in een kopie zonder namen en verhalen, van na de laatste wijziging. Eén SELECT tegelijk, hoogstens "
        f"{SECONDEN:g} seconden en {getal(MEESTE_RIJEN)} rijen. Klachten waarbij u betrokken bent, staan er niet in. "
        "In het kijklog komt dat u iets vroeg en aan welke tabellen, niet de tekst van uw vraag."
    )


def tabellen() -> None:
    """List the tables with their columns, what they mean and their unit."""
    onderdelen.kop("Wat er te vragen is")
    try:
        naam = momentopname.current(scherm.register().map)[0].name
    except momentopname.GeenMomentopname as geen:
        st.markdown(onderdelen.veilig(str(geen)))
        return
    alle = _tables(str(scherm.register().map), naam)
    gekozen = st.selectbox(
        "Tabel", range(len(alle)), format_func=lambda nr: f"{alle[nr].nu or alle[nr].naam}: {alle[nr].wat.lower()}",
        index=next((nr for nr, tabel in enumerate(alle) if tabel.nu == "klacht"), 0), key=f"{KEY}.tabel",
        placeholder="Kies",
    )  # fmt: skip
    if gekozen is None:
        return
    tabel = alle[gekozen]
    door = f" `{tabel.nu}` is zoals het nu is; `{tabel.naam}` zoals het door de tijd heen stond." if tabel.nu else ""
    st.markdown(f"Een rij is {tabel.rij}.{door}")
    kolommen = [(kolom.naam, kolom.betekenis, kolom.eenheid) for kolom in tabel.kolommen]
    st.dataframe(pd.DataFrame(kolommen, columns=["Kolom", "Betekenis", "Eenheid"]), hide_index=True, width="stretch")
    with st.expander("Vragen die u kunt stellen"):
        st.markdown("`SELECT * FROM naam(DATE '2025-12-31')`: elke vraag van de evaluatie, op een peildatum.")
        vragen = [(deel.naam, deel.parameters) for deel in gegevens.questions()]
        st.dataframe(pd.DataFrame(vragen, columns=["Naam", "Parameters"]), hide_index=True, width="stretch")


@functools.lru_cache(maxsize=4)
def _tables(map: str, naam: str) -> list[Tabel]:
    """Return the tables of a snapshot, by its name: what is in it never changes."""
    return gegevens.snapshot_tables(gegevens.kinds_of(momentopname.snapshots_map(Path(map)) / naam))
