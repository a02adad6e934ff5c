"""Charts of the evaluation: Altair, no Streamlit. The title states the finding; nothing depends on colour alone."""

from __future__ import annotations

import copy
import functools
from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from klachten.analyse.basis.grafiekstijl import LICHT, Kleuren, gehoord, gesproken, koppen, stijl
from klachten.analyse.basis.zinnen import getal
from klachten.analyse.termijnen import zinnen
from klachten.analyse.termijnen.naleving import COHORTEN, Naleving

GEEN_JAREN = "Zonder jaren valt er geen grafiek te tekenen."
HOOGTE = 260
UITLEG = "Punt: aandeel op tijd. Balk: marge (95%). Onder de periode: op tijd / termijn voorbij."
STREEPJE = (
    " Na de + wat na de termijn niet is beslist: dat telt mee naar verwachting. Streepje: ondergrens, als al dat "
    "onbesliste niet gehaald is."
)
ALLES, DEELS = "compleet", "nog niet compleet"


def termijnnaleving(
    regels: Sequence[Naleving], peildatum: date, cohort: str = "ontvangst", kleuren: Kleuren = LICHT
) -> alt.LayerChart:
    """Draw one term over the years: the share on time with its interval, the counts below it, and the lower bound.

    A disc is a year of which every term has passed, a diamond one that will still change; a dash is the
    lower bound when undecided klachten count as missed. Raises ValueError without a year.
    """
    per_jaar = [regel for regel in regels if regel.jaar is not None]
    if not per_jaar:
        raise ValueError(GEEN_JAREN)
    bron = pd.DataFrame([_rij(regel, peildatum) for regel in per_jaar])
    # The counts stand under the year, where no interval can cross them.
    as_ = alt.Axis(
        labelAngle=0, labelOverlap=True, labelExpr="split(datum.label, '|')", labelFlush=False, labelPadding=6
    )
    x = alt.X("onder_de_as:O", title=COHORTEN[cohort].capitalize(), axis=as_)
    schaal = alt.Scale(domain=[0, 1])
    y = alt.Y("aandeel:Q", title="Op tijd", scale=schaal, axis=alt.Axis(format=".0%", tickCount=5))
    tip = [
        alt.Tooltip("jaar:O", title="Periode"),
        alt.Tooltip("telling:N", title="Op tijd"),
        alt.Tooltip("marge:N", title="Marge (95%)"),
        alt.Tooltip("stand:N", title="Stand"),
    ]
    basis = alt.Chart(bron)
    bereik = basis.transform_filter("isValid(datum.aandeel)")
    lagen = [
        bereik.mark_rule(strokeWidth=6, color=kleuren.marge).encode(
            x=x, y=alt.Y("laag:Q", scale=schaal, title="Op tijd"), y2=alt.Y2("hoog:Q"), tooltip=tip
        ),
        bereik.mark_point(size=130, filled=True, opacity=1, color=kleuren.punt).encode(
            x=x,
            y=y,
            shape=alt.Shape(
                "stand:N",
                scale=alt.Scale(domain=[ALLES, DEELS], range=["circle", "diamond"]),
                legend=alt.Legend(title=None, orient="bottom", direction="horizontal", symbolFillColor=kleuren.punt),
            ),
            tooltip=tip,
        ),
        basis.transform_filter("datum.verstreken > 0")
        .mark_tick(thickness=3, width=18, color=kleuren.tekst, aria=False)
        .encode(
            x=x,
            y=alt.Y("ondergrens:Q", scale=schaal, title="Op tijd"),
            tooltip=[*tip, alt.Tooltip("ondergrens_telling:N", title="Ondergrens")],
        ),
        # Keeps a year without data on the axis.
        basis.mark_point(opacity=0).encode(x=x, y=alt.YValue(0)),
    ]
    return stijl(
        lagen,
        titel=_titel(per_jaar),
        ondertitel=_ondertitel(per_jaar),
        hoogte=HOOGTE,
        beschrijving=beschrijving(per_jaar, cohort),
        kleuren=kleuren,
    )


def termijnnaleving_spec(
    regels: Sequence[Naleving], peildatum: date, cohort: str = "ontvangst", kleuren: Kleuren = LICHT
) -> dict[str, Any]:
    """Return the same chart as the browser gets it; ValueError without a year.

    Altair checks a chart for 60 ms; here it does so once, and only the figures and the words are put in again.
    """
    per_jaar = [regel for regel in regels if regel.jaar is not None]
    if not per_jaar:
        raise ValueError(GEEN_JAREN)
    spec = copy.deepcopy(sjabloon(cohort, kleuren))
    spec["title"] |= koppen(_titel(per_jaar), _ondertitel(per_jaar))
    spec["description"] = gehoord(_titel(per_jaar), beschrijving(per_jaar, cohort))
    spec["datasets"] = {naam: [_rij(regel, peildatum) for regel in per_jaar] for naam in spec["datasets"]}
    return spec


@functools.cache
def sjabloon(cohort: str, kleuren: Kleuren) -> dict[str, Any]:
    """Return the chart without figures, made once; the caller does not change it."""
    leeg = Naleving(reglement="", herkomst="", termijn="", termijn_naam="", stap=0, jaar=2000)
    spec: dict[str, Any] = termijnnaleving([leeg], date(2000, 1, 1), cohort, kleuren).to_dict()
    return gesproken(spec)


def _titel(regels: Sequence[Naleving]) -> str:
    return zinnen.kop(_laatste(regels))


def _ondertitel(regels: Sequence[Naleving]) -> str:
    return UITLEG + (STREEPJE if any(regel.onbepaald_verstreken for regel in regels) else "")


def beschrijving(regels: Sequence[Naleving], cohort: str) -> str:
    """Return the chart in words, for who hears it."""
    per_jaar = "; ".join(
        f"{_naam(regel)}: {zinnen.regelcel(regel)}" + (f", marge {zinnen.marge(regel.kop)}" if regel.zegt_iets else "")
        for regel in regels
    )
    return f"{regels[0].termijn_naam}, aandeel op tijd per {COHORTEN[cohort]}. {per_jaar}."


def _laatste(regels: Sequence[Naleving]) -> Naleving:
    """Return the last year that says something, or the last one."""
    return next((regel for regel in reversed(regels) if regel.zegt_iets), regels[-1])


def _naam(regel: Naleving) -> str:
    return regel.periode.kort if regel.periode else ""


def _rij(regel: Naleving, peildatum: date) -> dict[str, object]:
    kop, ondergrens = regel.kop, regel.ondergrens
    return {
        "jaar": _naam(regel),
        "rijp": regel.rijp,
        "aandeel": kop.aandeel,
        "laag": kop.laag,
        "hoog": kop.hoog,
        "telling": zinnen.kopcel(kop),
        "marge": zinnen.marge(kop),
        "onder_de_as": f"{_naam(regel)}|{_kort(regel)}",
        "stand": stand(regel, peildatum),
        "verstreken": regel.onbepaald_verstreken,
        "ondergrens": ondergrens.aandeel,
        "ondergrens_telling": zinnen.tarief(ondergrens)
        + (" als onbeslist niet gehaald is" if ondergrens.aandeel is not None else ""),
    }


def stand(regel: Naleving, peildatum: date) -> str:
    """Return in words whether a year will still change."""
    om = regel.periode is not None and peildatum > regel.periode.laatste
    return ALLES if om and not regel.nog_niet_rijp else DEELS


def _kort(regel: Naleving) -> str:
    if not regel.zegt_iets:
        return "–"
    onbeslist = f"+{getal(regel.onbepaald_verstreken)}" if regel.onbepaald_verstreken else ""
    return f"{getal(regel.rijp_op_tijd)}/{getal(regel.rijp)}{onbeslist}"
