"""What the notebooks share: how they begin, draw and conclude, so that their cells are about the figures."""

from __future__ import annotations

import textwrap
from datetime import date

import altair as alt
from duckdb import DuckDBPyConnection

from klachten import taal
from klachten.analyse.basis.grafiekstijl import LICHT, LOCALE

BREEDTE = 100


def begin(con: DuckDBPyConnection) -> date:
    """Say which snapshot this is, let charts be drawn here and in Dutch, and return its day: the peildatum.

    Charts become SVG pictures in the notebook itself: every editor shows those, without a network.
    """
    alt.renderers.enable("svg")
    alt.theme.register("klachten", enable=True)(_style)
    ((dag, feiten, zegel),) = con.execute("SELECT dag, aantal_feiten, zegel FROM momentopname").fetchall()
    print(f"Momentopname van {taal.datum(dag)}: {taal.aantal(feiten, 'feit', 'feiten')}, zegel {zegel[:12]}.")
    if not feiten:
        print("Het register is nog leeg. De cellen hieronder werken wel, maar er valt nog niets te zien.")
    return dag


def namen(con: DuckDBPyConnection, lijst: str) -> dict[str, str]:
    """Return the names of a choice list by id (categorieen, vestigingen, kanalen ...): what a reader wants to see."""
    return dict(con.execute("SELECT id, naam FROM keuze WHERE lijst = ? ORDER BY reglement DESC", [lijst]).fetchall())


def teken(grafiek: alt.TopLevelMixin, kop: str, uitleg: str = "") -> alt.TopLevelMixin:
    """Return a chart under a title that states what it shows."""
    return grafiek.properties(
        title=alt.TitleParams(textwrap.wrap(kop, 78), subtitle=textwrap.wrap(uitleg, 92), anchor="start", offset=12)
    )


def bevinding(zin: str, voorbehoud: str) -> None:
    """Print what a notebook found and why the reader should be careful with it."""
    for kop, tekst in (("Bevinding", zin), ("Voorbehoud", voorbehoud)):
        print(textwrap.fill(f"{kop}: {tekst}", BREEDTE))


def _style() -> alt.theme.ThemeConfig:
    as_ = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "gridColor": LICHT.lijn}
    return {
        "config": {
            "locale": LOCALE.to_dict(),
            "font": "Arial, sans-serif",
            "background": "white",
            "view": {"stroke": None, "continuousWidth": 560, "continuousHeight": 300, "discreteWidth": 560},
            "title": {"fontSize": 15, "subtitleFontSize": 12, "subtitleColor": LICHT.tekst, "color": LICHT.tekst},
            "axis": as_,
            "mark": {"color": LICHT.punt},
            "legend": {"labelFontSize": 12, "title": None, "orient": "bottom"},
        }
    }
