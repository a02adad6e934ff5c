"""Charts of what klachten are about: Pareto, year by year, how they ended, and what else they touched."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from klachten.analyse.basis.grafiekstijl import LICHT, Kleuren, hoogte_van, namen, stijl
from klachten.analyse.basis.zinnen import getal, procent
from klachten.analyse.termijnen import zinnen


def pareto(tabel: pd.DataFrame, titel: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw categories by size with the interval of their share; what they make together stands in words beside them.

    `tabel`: naam, klachten, aandeel, laag, hoog (Goodman), cumulatief_aandeel.
    """
    bron = tabel[tabel["klachten"] > 0].copy()
    totaal = int(bron["klachten"].sum())
    bron["tekst"] = [
        f"{getal(int(rij.klachten))}"
        + (f" · samen {procent(rij.cumulatief_aandeel)}" if totaal >= zinnen.KLEIN else "")
        for rij in bron.itertuples()
    ]
    top = float(bron["hoog"].max()) if len(bron) else 1.0
    schaal = alt.Scale(domain=[0, top * 1.85], nice=False)
    basis = alt.Chart(bron)
    y = namen()
    tip = [
        alt.Tooltip("naam:N", title="Categorie"),
        alt.Tooltip("klachten:Q", title="Klachten", format=","),
        *([alt.Tooltip("aandeel:Q", title="Aandeel", format=".0%")] if totaal >= zinnen.KLEIN else []),
        alt.Tooltip("laag:Q", title="Marge van", format=".0%"),
        alt.Tooltip("hoog:Q", title="Marge tot", format=".0%"),
    ]
    return stijl(
        [
            basis.mark_bar(height={"band": 0.62}, color=kleuren.punt).encode(
                x=alt.X("aandeel:Q", scale=schaal, axis=None), y=y, tooltip=tip
            ),
            basis.mark_rule(strokeWidth=2, color=kleuren.tekst).encode(
                x=alt.X("laag:Q", scale=schaal), x2=alt.X2("hoog:Q"), y=y, tooltip=tip
            ),
            basis.mark_text(align="left", dx=8, fontSize=12, color=kleuren.tekst).encode(
                x=alt.X("hoog:Q", scale=schaal), y=y, text=alt.Text("tekst:N")
            ),
        ],
        titel=titel,
        ondertitel="Balk: aandeel van alle klachten. Lijn: marge (95%, alles tegelijk). Samen: met de balken erboven.",
        hoogte=hoogte_van(len(bron)),
        beschrijving="; ".join(f"{rij.naam}: {rij.tekst}" for rij in bron.itertuples()),
        kleuren=kleuren,
    )


def aspecten(tabel: pd.DataFrame, titel: str, kleuren: Kleuren = LICHT) -> alt.LayerChart:
    """Draw how often a subject is the main one, and how often it plays a part beside it.

    `tabel`: naam, klachten, als_categorie, als_aspect.
    """
    bron = tabel[tabel["klachten"] > 0].copy()
    bron["tekst"] = [f"{rij.als_categorie} + {rij.als_aspect}" for rij in bron.itertuples()]
    top = max(1, int(bron["klachten"].max())) if len(bron) else 1
    schaal = alt.Scale(domain=[0, top * 1.25], nice=False)
    basis = alt.Chart(bron)
    y = namen()
    tip = [
        alt.Tooltip("naam:N", title="Onderwerp"),
        alt.Tooltip("als_categorie:Q", title="Hoofdzaak", format=","),
        alt.Tooltip("als_aspect:Q", title="Speelde ook mee", format=","),
    ]
    return stijl(
        [
            basis.mark_bar(height={"band": 0.62}, color=kleuren.punt).encode(
                x=alt.X("als_categorie:Q", scale=schaal, axis=None), y=y, tooltip=tip
            ),
            basis.mark_bar(height={"band": 0.34}, color=kleuren.marge).encode(
                x=alt.X("als_categorie:Q", scale=schaal), x2=alt.X2("klachten:Q"), y=y, tooltip=tip
            ),
            basis.mark_text(align="left", dx=8, fontSize=12, color=kleuren.tekst).encode(
                x=alt.X("klachten:Q", scale=schaal), y=y, text=alt.Text("tekst:N")
            ),
        ],
        titel=titel,
        ondertitel="Dikke balk: hoofdzaak van de klacht. Dunne balk: speelde ook mee. Een klacht kan vaker tellen.",
        hoogte=hoogte_van(len(bron)),
        beschrijving="; ".join(f"{rij.naam}: {rij.tekst}" for rij in bron.itertuples()),
        kleuren=kleuren,
    )


def langs(
    tabel: pd.DataFrame, rij: str, kolom: str, waarde: str, kolommen: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return counts as a wide table: rij x kolom."""
    breed = tabel.pivot_table(index=rij, columns=kolom, values=waarde, aggfunc="sum", fill_value=0, sort=False)
    if kolommen is not None:
        breed = breed.reindex(columns=list(kolommen), fill_value=0)
    return breed
