"""The SQL desk on the screen: a question, its rows, and what there is to ask of."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from klachten import scherm
from klachten.analyse import momentopname
from klachten.analyse.basis.lezer import Lezer, zicht
from klachten.analyse.verkenner import bureau, bureaubestand
from klachten.analyse.verkenner.bureau import MEESTE_IN_BESTAND, MEESTE_RIJEN, SECONDEN, Uitkomst
from klachten.analyse.verkenner.bureaubestand import Betekenis
from klachten.dossier.weigering import Weigering
from klachten.scherm import excelknop, kijker, kijklog, onderdelen, uitvoer
from klachten.scherm.aanbod import Maker
from klachten.scherm.bewaard import mijn_zicht
from klachten.taal import getal
from klachten.uitvoer import gegevens
from klachten.uitvoer.gegevens import VOORBEELDEN, Tabel

KEY = "sqlbureau"
_TEKST, _UIT, _GESTELD = f"{KEY}.tekst", f"{KEY}.uit", f"{KEY}.gesteld"
_ROWS_ONLY = Weigering("sql_losse_rijen", "Losse rijen zijn voor wie alle klachten mag lezen.")


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
    ziet = mijn_zicht()
    if ziet.alleen is not None:
        st.session_state[_UIT] = Uitkomst(weigering=_ROWS_ONLY, soort=_ROWS_ONLY.soort)
        return
    st.session_state[_GESTELD] = st.session_state[_TEKST]
    uit = bureau.vraag(scherm.register().map, st.session_state[_TEKST], ziet.niet)
    kijklog.bevroeg(KEY, uit.tabellen, len(uit.rijen), geweigerd=bool(uit.weigering))
    st.session_state[_UIT] = uit


def _show(uit: Uitkomst) -> None:
    if uit.weigering:
        _refused(uit)
        return
    n = len(uit.rijen)
    hoeveel = "Er is geen rij." if not n else f"{getal(n)} {'rij' if n == 1 else 'rijen'}."
    if uit.meer:
        hoeveel = f"De eerste {getal(n)} rijen; er zijn er meer. Tel eerst (GROUP BY), of kies minder."
    st.markdown(f"{hoeveel} Uit momentopname {uit.momentopname}.")
    if n:
        _table(uit)
        excelknop.toon(f"{KEY}-{uit.dag}", _excel(st.session_state[_GESTELD]), key=f"{KEY}.excel")
        if uit.meer:
            st.markdown(f":small[In het bestand staan hoogstens {getal(MEESTE_IN_BESTAND)} rijen.]")


def _refused(uit: Uitkomst) -> None:
    """Say why not, where in the question, and what DuckDB said for who wants it."""
    onderdelen.weigering(Weigering(uit.soort, uit.weigering))
    if uit.plek:
        st.code(uit.plek, language=None)
    if uit.origineel:
        with st.expander("Wat DuckDB zegt (Engels)"):
            st.code(uit.origineel, language=None, wrap_lines=True)


def _table(uit: Uitkomst) -> None:
    # Two columns of one name are two: a table has each once.
    koppen = [bureaubestand.heading(naam, soort) for naam, soort in zip(uit.kolommen, uit.soorten, strict=True)]
    namen = [f"{naam} ({nr})" if naam in koppen[:nr] else naam for nr, naam in enumerate(koppen)]
    kolommen: dict[str, Any] = {}
    for naam, soort in zip(namen, uit.soorten, strict=True):
        if soort == "datum":
            kolommen[naam] = st.column_config.DateColumn(format="DD-MM-YYYY")
        elif soort == "moment":
            kolommen[naam] = st.column_config.DatetimeColumn(format="DD-MM-YYYY HH:mm")
        elif soort in ("duur", "kommagetal"):
            kolommen[naam] = st.column_config.NumberColumn(format="localized")
    rijen = [[bureaubestand.value(waarde) for waarde in rij] for rij in uit.waarden()]
    tabel = pd.DataFrame(rijen, columns=namen)
    st.dataframe(tabel, hide_index=True, width="stretch", column_config=kolommen, placeholder=onderdelen.GEEN)


def _excel(sql: str) -> Maker | None:
    """The answer as Excel file: asked again when the file is, of what the reader may see by then."""
    if not uitvoer.mag(f"excel_{KEY}"):
        return None
    register, gebruiker, sessie = scherm.register(), scherm.gebruiker(), kijker.hash()
    van, op, log = scherm.reglement().organisatie, scherm.vandaag(), kijklog.van(register)

    def maak() -> bytes:
        with register.cursor() as cursor:
            ziet = zicht(cursor, Lezer.van(gebruiker))
        if ziet.alleen is not None:
            uit = Uitkomst(weigering=_ROWS_ONLY)
        else:
            uit = bureau.vraag(register.map, sql, ziet.niet, rijen=MEESTE_IN_BESTAND)
        kijklog.note_question(
            log, gebruiker.id, sessie, KEY, uit.tabellen, len(uit.rijen), geweigerd=bool(uit.weigering)
        )
        return bureaubestand.bestand(
            uit, sql, _meanings(str(register.map), uit.momentopname), op=op, organisatie=van,
            voor=f"Gemaakt voor {gebruiker.naam} ({gebruiker.rolnamen}): alleen wat deze gebruiker mag zien.",
        )  # fmt: skip

    return Maker(f"excel_{KEY}", maak)


def _meanings(map: str, opname: str) -> list[Betekenis]:
    """Return what the columns of a snapshot mean; of how it is now as of how it was."""
    return [
        Betekenis(naam, kolom.naam, kolom.betekenis, kolom.eenheid)
        for tabel in (_tables(map, opname) if opname else ())
        for naam in filter(None, (tabel.nu, tabel.naam))
        for kolom in tabel.kolommen
    ]


def regels() -> None:
    """Say what can be asked here, and what cannot."""
    st.markdown(
        f"U leest in een kopie zonder namen en verhalen, van na de laatste wijziging. Eén SELECT tegelijk, hoogstens "
        f"{SECONDEN:g} seconden en {getal(MEESTE_RIJEN)} rijen ({getal(MEESTE_IN_BESTAND)} in een Excel-bestand). "
        "Klachten waarbij u betrokken bent, staan er niet in. "
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
