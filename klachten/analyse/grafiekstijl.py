"""How every chart of the evaluation looks: one place for letters, colours, Dutch numbers and titles; no Streamlit."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from klachten.analyse.grafieken import LETTER, LICHT, LOCALE, Kleuren

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
    return (
        alt.layer(*lagen)
        .properties(
            title=alt.TitleParams(
                textwrap.wrap(titel, TITELBREEDTE),
                subtitle=textwrap.wrap(ondertitel, ONDERTITELBREEDTE),
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
            description=f"{titel}. {beschrijving}".strip(),
        )
        .configure(locale=LOCALE, font=LETTER, background="transparent")
        .configure_view(stroke=None)
        .configure_title(color=kleuren.tekst, subtitleColor=kleuren.tekst)
        .configure_axis(
            labelColor=kleuren.tekst,
            titleColor=kleuren.tekst,
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            gridColor=kleuren.lijn,
            domainColor=kleuren.marge,
            tickColor=kleuren.marge,
            labelLimit=NAAMBREEDTE,
        )
        .configure_legend(labelColor=kleuren.tekst, titleColor=kleuren.tekst, labelFontSize=12, labelLimit=260)
    )


def spec(teken: Callable[..., alt.LayerChart], *argumenten: Any, **opties: Any) -> dict[str, Any]:
    """Return what the browser gets of a chart, without Altair checking it again: that takes 40 ms each time."""
    with debug_mode(False):
        uit: dict[str, Any] = teken(*argumenten, **opties).to_dict(validate=False)
    return uit


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
