"""How every page of the evaluation shows things: sentences first, then charts with the table behind each."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

import altair as alt
import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit import dataframe_util

from klachten import organisatie, rechten, scherm
from klachten.analyse.basis.eigen import Vast
from klachten.analyse.basis.geteld import Geteld
from klachten.analyse.basis.grafiekstijl import DONKER, KLIK, LICHT, Kleuren
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import Bevinding
from klachten.analyse.werk.telling import Telling
from klachten.periode import Periode
from klachten.scherm import onderdelen
from klachten.scherm.evaluatie import tekenen
from klachten.scherm.evaluatie.tekenen import KLIK_ZIN, NERGENS, VELDEN, Maat, eenmaal
from klachten.scherm.paginas import pagina

KAARTBREEDTE = 170
PAST_IN_KAART = 22
"""So many characters stand whole in the line of a card; Streamlit cuts a longer one off, so that stands below it."""
GEEN_LOSSE = "Losse klachten zijn voor wie klachten behandelt; u ziet de aantallen."
ALS_TABEL = "Als tabel"
_VAST = "\N{NO-BREAK SPACE}"


def kleuren() -> Kleuren:
    """Return the colours of a chart on the reader's background."""
    return DONKER if st.context.theme.type == "dark" else LICHT


Punt = Callable[[Mapping[str, Any]], Telling | None]
"""Which klachten a mark of a chart counts, by the fields of its row; None where it is no count."""


def grafiek(
    teken: Callable[..., alt.LayerChart],
    *gegevens: Any,
    tabel: pd.DataFrame | Vast | None = None,
    naar: Naar | None = None,
    punt: Punt | None = None,
    velden: tuple[str, ...] = VELDEN,
    klik: str = KLIK_ZIN,
    key: str = "",
    maat: Maat = "gewoon",
    met_tabel: bool = True,
    **opties: Any,
) -> None:
    """Draw a chart, and behind it the table with the same figures: `tabel`, or the very rows that it draws.

    Without `met_tabel` the caller draws that table, in sight. What a chart says, its table says as well: the test of
    the charts (tests/grafiekproef.py) looks for every row of the one in the other.
    With `punt` a click on a mark goes to the list of its klachten, for who may open that list; `velden` are the fields
    of its row that tell which one it is, and `klik` says what one gets.
    """
    naar_lijst = punt is not None and mag_naar_lijst()
    eigen = met_tabel and tabel is None
    waar = (velden, klik) if naar_lijst else NERGENS
    zegt, beeld = eenmaal(tekenen.plaat, teken, gegevens, kleuren(), opties, waar, maat, eigen)
    if punt is None or not naar_lijst:
        st.vega_lite_chart(beeld, width="stretch", theme=None)
    else:
        keuze = st.vega_lite_chart(
            beeld,
            width="stretch",
            theme=None,
            on_select="rerun",
            key=f"{key}.grafiek",
        )
        for gekozen in keuze.selection.get(KLIK, ()):
            if telling := punt(gekozen):
                onderdelen.ga_naar("klachten", **telling.adres)
    if (wat := zegt if tabel is None else tabel) is not None and met_tabel:
        achter(wat, naar=naar, key=key, klein=maat == "klein")


def mag_naar_lijst() -> bool:
    """Tell whether this reader may open the list of klachten."""
    return pagina("klachten").toegankelijk_voor(scherm.gebruiker())


def achter(
    tabel: pd.DataFrame | Vast, label: str = ALS_TABEL, *, naar: Naar | None = None, key: str = "", klein: bool = False
) -> None:
    """Put the figures of a chart behind a heading that opens; `klein`: one that takes little room."""
    with st.expander(label, icon=":material/table:", type="compact" if klein else "default"):
        toon(tabel, naar, key)


def _zoals_getoond(tabel: pd.DataFrame) -> tuple[pa.Table, dict[Any, Any]]:
    """Return a table as the rows that Streamlit would make of it at every run, and how its columns are shown."""
    kolommen: dict[Any, Any] = {}
    for naam, soort in tabel.dtypes.items():
        if pd.api.types.is_bool_dtype(soort):
            continue
        if pd.api.types.is_numeric_dtype(soort):
            kolommen[naam] = st.column_config.NumberColumn(format="localized")
        elif pd.api.types.is_datetime64_any_dtype(soort):
            kolommen[naam] = st.column_config.DateColumn(format="DD-MM-YYYY")
    return dataframe_util.convert_pandas_df_to_arrow_table(tabel), kolommen


Naar = Callable[[int, str], Telling | None]
"""Which klachten the number in a row (0 is the first) and column of a table counts; None where it is no count."""


def toon(tabel: pd.DataFrame | Vast, naar: Naar | None = None, key: str = "") -> None:
    """Draw a table with Dutch numbers and dates; what is not known stays empty.

    With `naar` a click on a number goes to the list of those klachten, for who may open that list.
    """
    rijen, kolommen = eenmaal(_zoals_getoond, tabel)
    vast: dict[str, Any] = {"column_config": kolommen, "placeholder": onderdelen.GEEN}
    if naar is None or not mag_naar_lijst():
        st.dataframe(rijen, hide_index=True, width="stretch", **vast)
        return
    st.markdown(":small[Klik op een aantal om die klachten te zien.]")
    keuze = st.dataframe(
        rijen, hide_index=True, width="stretch", key=key, on_select="rerun", selection_mode="single-cell", **vast
    )
    for rij, kolom in keuze.selection.cells:
        if telling := naar(int(rij), str(kolom)):
            onderdelen.ga_naar("klachten", **telling.adres)


def ziet_rijen(pagina: str) -> bool:
    """Tell whether this reader sees single klachten on a page, and say so at that list."""
    if rechten.mag("pagina", pagina, scherm.gebruiker()).rijen:
        onderdelen.zonder_betrokken()
        return True
    st.markdown(GEEN_LOSSE)
    return False


def dossierlijst(tabel: pd.DataFrame, kolom: str = "Klachtnummer") -> None:
    """Draw a list of klachten; the klachtnummer leads to the dossier for whoever may open dossiers."""
    kolommen: dict[Any, Any] = {}
    wie = scherm.gebruiker()
    if pagina("dossier").toegankelijk_voor(wie):
        tabel = tabel.assign(**{kolom: [onderdelen.adres("dossier", nummer=nummer) for nummer in tabel[kolom]]})
        kolommen[kolom] = st.column_config.LinkColumn(display_text=r"nummer=([^&]+)", help="Opent het dossier.")
    for naam, soort in tabel.dtypes.items():
        if pd.api.types.is_datetime64_any_dtype(soort):
            kolommen[naam] = st.column_config.DateColumn(format="DD-MM-YYYY")
        elif pd.api.types.is_numeric_dtype(soort):
            kolommen[naam] = st.column_config.NumberColumn(format="localized")
    st.dataframe(tabel, hide_index=True, width="stretch", column_config=kolommen, placeholder=onderdelen.GEEN)


class Gevraagd(Protocol):
    """What a sentence was asked for: a choice of the reader, or the picture of a period."""

    @property
    def peildatum(self) -> date:
        """As of which day."""

    @property
    def periode(self) -> Periode:
        """Over which days."""

    @property
    def filter(self) -> Filter:
        """Of which klachten."""


def met_lijsten(zin: str, achter: Sequence[Geteld], bij: Gevraagd) -> str:
    """Return a sentence with a link behind it to the klachten of each of its counts, for who may open that list.

    Only an address is made here: what stands in the list is counted when it is opened.
    """
    if not achter or not mag_naar_lijst():
        return zin
    return f"{zin} {_lijsten(tuple(achter), bij.peildatum, bij.periode, bij.filter, scherm.gebruiker().id)}"


# Follows from what is given alone, `wie` because an address says who looks. A page has fifty of these, and is drawn
# again at every click.
@functools.lru_cache(maxsize=2048)
def _lijsten(achter: tuple[Geteld, ...], peildatum: date, periode: Periode, filter: Filter, wie: str) -> str:
    links = []
    for geteld in dict.fromkeys(achter):
        telling = Telling.achter(geteld, peildatum, periode, filter)
        # A number stays with what it counts when the line is full.
        naam = onderdelen.veilig(f"{onderdelen.getal(geteld.aantal)}{_VAST}{geteld.wat}")
        links.append(f"[{naam}]({onderdelen.adres('klachten', **telling.adres)})")
    return f":small[→{_VAST}{' · '.join(links)}]"


def zinnen(regels: Sequence[str | Bevinding], bij: Gevraagd | None = None) -> None:
    """Draw sentences below each other, each with room of its own; findings with the lists behind their counts.

    `bij` is what those findings were asked for.
    """
    uit = []
    for regel in regels:
        if isinstance(regel, Bevinding):
            zin = onderdelen.veilig(regel.zin)
            uit.append(met_lijsten(zin, regel.achter, bij) if bij else zin)
        else:
            uit.append(regel)
    if uit:
        st.markdown("\n".join(f"- {regel}" for regel in uit))


def cijfers(
    kaarten: Sequence[tuple[str, str, str] | tuple[str, str, str, Telling | Sequence[Geteld]]],
    bij: Gevraagd | None = None,
) -> None:
    """Draw a few large figures side by side, below each other on a phone: label, value, what it is against.

    A fourth part leads to the klachten that the figure counts; of an x out of n, asked for as `bij`, to both.
    """
    with st.container(horizontal=True):
        for label, waarde, uitleg, *naar in kaarten:
            # Two fit beside each other on a phone.
            with st.container(width=KAARTBREEDTE, gap="xxsmall"):
                past = len(uitleg) <= PAST_IN_KAART
                st.metric(
                    label, waarde, uitleg if past and uitleg else None, delta_color="off", delta_arrow="off",
                    border=True,
                )  # fmt: skip
                if not past:
                    st.markdown(f":small[{onderdelen.veilig(uitleg)}]")
                if naar and isinstance(naar[0], Telling):
                    onderdelen.verwijzing("klachten", "Welke klachten", **naar[0].adres)
                elif naar and bij and (regel := met_lijsten("", naar[0], bij)):
                    st.markdown(regel)


def toont_namen() -> bool:
    """Tell whether this reader may see who handles a klacht."""
    return rechten.mag("inzage", "behandelaarsnamen", scherm.gebruiker()).mag


def schuilnamen(ids: Sequence[str | None], woord: str) -> dict[str | None, str]:
    """Return a name per person: the real one for who may see it, else a letter, so that rows can be told apart."""
    uniek = sorted({id for id in ids if id})
    namen = {id: organisatie.naam(id) if toont_namen() else f"{woord} {_letters(nr)}" for nr, id in enumerate(uniek)}
    return {None: "Nog niet toegewezen", "": "Nog niet toegewezen", **namen}


def _letters(nr: int) -> str:
    """Return A to Z, then AA, AB."""
    return chr(65 + nr) if nr < 26 else _letters(nr // 26 - 1) + chr(65 + nr % 26)
