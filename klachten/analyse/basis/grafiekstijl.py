"""How every chart of the evaluation looks: one place for letters, colours, Dutch numbers and titles; no Streamlit."""

from __future__ import annotations

import functools
import json
import textwrap
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from klachten import taal
from klachten.analyse.basis.zinnen import getal
from klachten.organisatie.huisstijl import LEESBAAR, contrast

LOCALE = alt.Locale(
    number=alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["€ ", ""]),
    time=alt.TimeLocale(
        dateTime="%A %e %B %Y %X",
        date="%d-%m-%Y",
        time="%H:%M:%S",
        periods=["", ""],
        days=["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
        shortDays=["zo", "ma", "di", "wo", "do", "vr", "za"],
        months=list(taal.MAANDEN),
        shortMonths=["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    ),
)


LETTER = "Source Sans, Source Sans 3, Arial, sans-serif"


class Kleuren(NamedTuple):
    """Text, points and intervals of a chart, each with enough contrast on its background."""

    tekst: str
    punt: str
    marge: str
    lijn: str


LICHT = Kleuren("#1B2B2F", "#0F6B66", "#7F8C8E", "#E1E7E8")


DONKER = Kleuren("#E6ECEC", "#4DB6AC", "#6B7B7F", "#2A383C")


# Wider than a phone shows: longer titles go on in a next line.
TITELBREEDTE, ONDERTITELBREEDTE = 44, 54
RIJHOOGTE = 30
NAAMBREEDTE, NAAMTEKENS = 172, 26


def stijl(
    lagen: Sequence[alt.Chart | alt.LayerChart],
    *,
    titel: str,
    ondertitel: str = "",
    hoogte: int,
    beschrijving: str = "",
    kleuren: Kleuren = LICHT,
) -> alt.LayerChart:
    """Return the layers as one chart with a title that states the finding; `beschrijving` is for who hears it."""
    bron = lagen[0].data
    if zelfde := all(laag.data is bron for laag in lagen):
        # Altair brings the table of all layers together too, after it wrote each out to tell them apart.
        for laag in lagen:
            laag.data = alt.Undefined
    # All at once: each of Altair's own methods would copy the chart as deep as it goes, 3 ms each time.
    return alt.LayerChart(
        data=bron if zelfde else alt.Undefined,
        layer=list(lagen),
        title=alt.TitleParams(
            **koppen(titel, ondertitel),
            anchor="start",
            frame="bounds",
            fontSize=15,
            subtitleFontSize=12,
            subtitlePadding=4,
            offset=12,
        ),
        height=hoogte,
        width="container",
        # The height is that of the figures: a title of three lines takes nothing from it.
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        description=gehoord(titel, beschrijving),
        config=_config(kleuren),
    )


@functools.lru_cache(maxsize=4)
def _config(kleuren: Kleuren) -> alt.Config:
    return alt.Config(
        locale=LOCALE,
        font=LETTER,
        background="transparent",
        view=alt.ViewConfig(stroke=None),
        title=alt.TitleConfig(color=kleuren.tekst, subtitleColor=kleuren.tekst),
        axis=alt.AxisConfig(
            labelColor=kleuren.tekst,
            titleColor=kleuren.tekst,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            gridColor=kleuren.lijn,
            domainColor=kleuren.marge,
            tickColor=kleuren.marge,
            labelLimit=NAAMBREEDTE,
        ),
        legend=alt.LegendConfig(labelColor=kleuren.tekst, titleColor=kleuren.tekst, labelFontSize=12, labelLimit=260),
    )


def koppen(titel: str, ondertitel: str) -> dict[str, list[str]]:
    """Return the lines of title and subtitle as a chart holds them."""
    return {"text": textwrap.wrap(titel, TITELBREEDTE), "subtitle": textwrap.wrap(ondertitel, ONDERTITELBREEDTE)}


def gehoord(titel: str, beschrijving: str) -> str:
    """Return a chart in words, for who hears it."""
    return f"{titel.removesuffix('.')}. {beschrijving}".strip()


def spec(teken: Callable[..., alt.LayerChart], *argumenten: Any, **opties: Any) -> dict[str, Any]:
    """Return what the browser gets of a chart, without Altair checking it again: that takes 40 ms each time."""
    with debug_mode(False):
        uit: dict[str, Any] = teken(*argumenten, **opties).to_dict(validate=False)
    return gesproken(uit)


TEKENS = {"bar": "balk", "rect": "vak", "point": "punt", "tick": "streep", "rule": "lijn", "line": "lijn"}


def gesproken(spec: dict[str, Any]) -> dict[str, Any]:
    """Let marks say to who hears a chart what they say to who points at them, and the others nothing.

    By themselves they would name every column that they are drawn from, colours too; and an axis of names would read
    out the | at which they are broken, after the description of the chart gave them already.
    """
    gezegd: list[Any] = []
    for laag in spec["layer"]:
        for as_ in (deel["axis"] for deel in laag["encoding"].values() if isinstance(deel, dict) and deel.get("axis")):
            if "labelExpr" in as_:
                as_["aria"] = False
        tip = laag["encoding"].get("tooltip")
        if not isinstance(tip, list) or tip in gezegd:
            laag["mark"] = {**laag["mark"], "aria": False}
            continue
        gezegd.append(tip)
        laag["mark"] = {**laag["mark"], "ariaRoleDescription": TEKENS.get(laag["mark"]["type"], "teken")}
        laag["encoding"]["description"] = {"value": {"expr": " + '; ' + ".join(_gesproken(deel) for deel in tip)}}
    return spec


def _gesproken(tip: dict[str, Any]) -> str:
    waarde = f"datum[{json.dumps(tip['field'])}]"
    vorm = tip.get("format") if tip["type"] == "quantitative" else None
    getoond = f"format({waarde}, {json.dumps(vorm)})" if vorm else waarde
    return f"{json.dumps(tip.get('title', tip['field']) + ': ')} + (isValid({waarde}) ? {getoond} : '–')"


KLIK = "klik"
KLEINE_HOOGTE = 116
KLEINE_NAAMBREEDTE = 150


def klikbaar(spec: dict[str, Any], velden: Sequence[str], zin: str = "") -> dict[str, Any]:
    """Let a click on a mark tell these fields of its row, under the name KLIK, and say `zin`; without fields: nothing.

    Marks that say what they are when pointed at can be clicked, and the numbers beside them: of a small bar the number
    is the larger part.
    """
    if not velden:
        return spec
    lagen = [dict(laag) for laag in spec["layer"]]
    eerste = next(laag for laag in lagen if "tooltip" in laag["encoding"])
    eerste["params"] = [{"name": KLIK, "select": {"type": "point", "fields": list(velden), "toggle": False}}]
    for laag in lagen:
        zelfde = laag.get("data") == eerste.get("data")
        if laag["mark"]["type"] == "text" and zelfde:
            laag["encoding"] = {"tooltip": eerste["encoding"]["tooltip"], **laag["encoding"]}
        if zelfde:
            laag["mark"] = {**laag["mark"], "cursor": "pointer"}
    titel = {**spec["title"], "subtitle": [*spec["title"]["subtitle"], *([zin] if zin else [])]}
    return {**spec, "layer": lagen, "title": titel}


def verklein(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a chart as it stands beside the sentence it follows from, which says what title and axes would."""
    klein = {naam: deel for naam, deel in spec.items() if naam != "title"}
    klein["height"] = min(KLEINE_HOOGTE, spec["height"])
    klein["layer"] = [{**laag, "encoding": _zonder_astitels(laag["encoding"])} for laag in spec["layer"]]
    as_ = {**spec["config"]["axis"], "labelLimit": KLEINE_NAAMBREEDTE}
    klein["config"] = {**spec["config"], "axis": as_}
    return klein


HOGER = 1.4
OP_BEAMER = "(containerSize()[0] > 640 ? 1.7 : 1.1)"
"""How much larger letters are: the browser knows how wide the chart is, on a beamer or on a phone."""


def vergroot(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a chart as it stands on a beamer, under a heading that is its title: taller, with larger letters.

    At the right there is room for the number beside the longest bar, on a phone too.
    """
    groot: dict[str, Any] = _letters({naam: deel for naam, deel in spec.items() if naam != "title"})
    return {
        **groot,
        "height": round(spec["height"] * HOGER),
        "padding": {"left": 5, "top": 5, "right": 48, "bottom": 5},
    }


def _letters(deel: Any) -> Any:
    """Return part of a chart with larger letters, and with the room that those need."""
    if isinstance(deel, list):
        return [_letters(een) for een in deel]
    if not isinstance(deel, dict):
        return deel
    return {naam: _groter(naam, waarde) for naam, waarde in deel.items()}


def _groter(naam: str, waarde: Any) -> Any:
    if naam in ("data", "datasets"):
        return waarde
    if naam.lower().endswith(("fontsize", "labellimit")) and isinstance(waarde, int | float):
        return {"expr": f"{waarde} * {OP_BEAMER}"}
    return _letters(waarde)


def _zonder_astitels(encoding: dict[str, Any]) -> dict[str, Any]:
    return {kanaal: {**deel, "title": None} if kanaal in ("x", "y") else deel for kanaal, deel in encoding.items()}


def namen(veld: str = "naam", **meer: Any) -> alt.Y:
    """Return a vertical axis of names in the order given; a | in a name begins a next line."""
    as_ = alt.Axis(domain=False, ticks=False, labelPadding=8, labelExpr="split(datum.label, '|')", **meer)
    return alt.Y(f"{veld}:N", sort=None, title=None, axis=as_)


def over_regels(naam: str) -> str:
    """Return a long name so that namen() sets it over two lines."""
    return "|".join(textwrap.wrap(naam, NAAMTEKENS, max_lines=2, placeholder="…"))


def hoogte_van(rijen: int, per_rij: int = RIJHOOGTE) -> int:
    """Return the height of a chart with so many names."""
    return max(2, rijen) * per_rij


LETTERS = ("#1B2B2F", "#FFFFFF", "#000000")


def mengsel(van: str, naar: str, deel: float) -> str:
    """Return the colour that lies this part (0 to 1) of the way from one to the other."""
    paren = [(int(van[plek : plek + 2], 16), int(naar[plek : plek + 2], 16)) for plek in (1, 3, 5)]
    return "#" + "".join(f"{round(een + (ander - een) * deel):02X}" for een, ander in paren)


def leesbaar_op(vlak: str) -> str:
    """Return a colour for letters on this one: the first that can be read there; black is only where it has to be."""
    return next(letter for letter in LETTERS if contrast(letter, vlak) >= LEESBAAR)


def raster(
    tabel: pd.DataFrame,
    titel: str,
    ondertitel: str,
    kleuren: Kleuren = LICHT,
    *,
    wat: tuple[str, str, str] = ("Wat", "Kolom", "Klachten"),
    schuin: bool = False,
) -> alt.LayerChart:
    """Draw counts as a grid with the number in every cell, darker for more; a cell of 0 may be left empty (`schuin`).

    `tabel`: naam, kolom, aantal; names and columns keep its order. `wat` names the three to whoever points at a cell;
    `schuin` is for many columns: their names at an angle, and nothing where there is nothing.
    """
    bron = tabel.copy()
    bron["tekst"] = ["" if schuin and not n else getal(int(n)) for n in bron["aantal"]]
    hoogste = max(1, int(bron["aantal"].max()) if len(bron) else 1)
    bron["vlak"] = [mengsel(kleuren.lijn, kleuren.punt, aantal / hoogste) for aantal in bron["aantal"]]
    bron["letter"] = [leesbaar_op(vlak) for vlak in bron["vlak"]]
    as_ = alt.Axis(
        orient="top",
        labelAngle=-45 if schuin else 0,
        domain=False,
        ticks=False,
        **({} if schuin else {"labelLimit": 130, "labelPadding": 6}),
    )
    x, y = alt.X("kolom:O", sort=None, title=None, axis=as_), namen()
    tip = [
        alt.Tooltip("naam:N", title=wat[0]),
        alt.Tooltip("kolom:N", title=wat[1]),
        alt.Tooltip("tekst:N", title=wat[2]),
    ]
    kleur, letter = alt.Color("vlak:N", scale=None), alt.Color("letter:N", scale=None)
    basis = alt.Chart(bron)
    return stijl(
        [
            basis.mark_rect(cornerRadius=3).encode(x=x, y=y, tooltip=tip, color=kleur),
            basis.mark_text(fontSize=12).encode(x=x, y=y, text=alt.Text("tekst:N"), tooltip=tip, color=letter),
        ],
        titel=titel,
        ondertitel=ondertitel,
        hoogte=hoogte_van(bron["naam"].nunique(), 34 if schuin else RIJHOOGTE),
        beschrijving="; ".join(f"{rij.naam}, {rij.kolom}: {rij.aantal}" for rij in bron.itertuples()),
        kleuren=kleuren,
    )
