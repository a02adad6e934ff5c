"""What a page of the evaluation works out of figures alone: charts, tables and their rows, each made once.

Found again only by the very same figures, so nobody gets those of another.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Literal

import altair as alt
from streamlit import dataframe_util

from klachten.analyse.basis import grafiektabel
from klachten.analyse.basis.eigen import Eigen, Vast, los, merk
from klachten.analyse.basis.grafiekstijl import Kleuren, klikbaar, spec, vergroot, verklein

VELDEN, KLIK_ZIN = ("naam",), "Klik erop om die klachten te zien."
NERGENS: tuple[tuple[str, ...], str] = ((), "")
# Drawing takes Altair some 13 ms a chart, and its rows as Arrow, as the browser gets them, 1 to 2 ms more. Not
# st.cache_data: that takes 3 ms to tell whether a table is the same one.
_gemaakt: OrderedDict[tuple[str, str, bytes], Eigen] = OrderedDict()
MEESTE_GEMAAKT = 512


def eenmaal(functie: Callable[..., Any], *gegevens: Any, **opties: Any) -> Any:
    """Return what a function of figures alone gives of these, worked out now or before; the caller's own.

    A table that comes as a Vast is known by its mark; the function gets the table.
    """
    sleutel = (functie.__module__, functie.__qualname__, merk((gegevens, opties)))
    gemaakt = _gemaakt.get(sleutel)
    if gemaakt is None:
        gemaakt = _gemaakt[sleutel] = Eigen(functie(*map(los, gegevens), **opties))
        if len(_gemaakt) > MEESTE_GEMAAKT:
            _gemaakt.popitem(last=False)
    else:
        with contextlib.suppress(KeyError):  # another thread may let it go meanwhile
            _gemaakt.move_to_end(sleutel)
    return gemaakt.geef()


def als_arrow(beeld: Mapping[str, Any]) -> dict[str, Any]:
    """Return a chart with its rows as they go to the browser: what Streamlit makes of them at every run."""
    rijen = {naam: dataframe_util.convert_anything_to_arrow_bytes(rij) for naam, rij in beeld["datasets"].items()}
    return {**beeld, "datasets": rijen}


Maat = Literal["gewoon", "klein", "groot"]
"""How a chart stands on the page: with its title, beside the sentence that is its title, or on a beamer."""


def plaat(
    teken: Callable[..., alt.LayerChart],
    gegevens: tuple[Any, ...],
    kleuren: Kleuren,
    opties: dict[str, Any],
    klik: tuple[tuple[str, ...], str],
    maat: Maat,
    met_tabel: bool,
) -> tuple[Vast | None, dict[str, Any]]:
    """Return a chart as the browser gets it, and before it its rows as a table when that is asked for.

    `klik`: by which fields of its row a mark is told apart, and what a click gives; NERGENS when it leads nowhere.
    """
    gewoon = klikbaar(spec(teken, *map(los, gegevens), kleuren=kleuren, **opties), *klik)
    beeld = {"klein": verklein, "groot": vergroot}.get(maat, dict)(gewoon)
    return Vast(grafiektabel.tabel(beeld)) if met_tabel else None, als_arrow(beeld)


def teken_vooraf(
    kleuren: Kleuren, lijst: bool, maat: Maat, teken: Callable[..., alt.LayerChart], *gegevens: Any, **rest: Any
) -> None:
    """Have a chart drawn, and kept, as `grafiek` draws it of the same; `lijst`: for who may open the list of klachten.

    `rest` is what grafiek is given, with which klachten a mark counts and without a table of its own.
    """
    punt, velden, klik = rest.pop("punt", None), rest.pop("velden", VELDEN), rest.pop("klik", KLIK_ZIN)
    waar = (velden, klik) if punt is not None and lijst else NERGENS
    eenmaal(plaat, teken, gegevens, kleuren, rest, waar, maat, True)
