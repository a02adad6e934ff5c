"""The table behind the funnel, for the page and as an Excel file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from klachten.analyse.basis.kengetallen import kengetal, met_bouwstenen
from klachten.analyse.excel.excel import Blad, Bron, Herkomst, Kolom, maak
from klachten.analyse.vergelijken import zinnen
from klachten.analyse.vergelijken.beeld import PER, Vergelijking
from klachten.analyse.vergelijken.grafieken import WIE

ONDER, BOVEN = "Onder", "Boven"


def tabel(v: Vergelijking) -> pd.DataFrame:
    """Return the organisations as they are drawn, the own one first: a group with the sums of its members."""
    alle = [*([v.eigen] if v.eigen else []), *v.punten]
    grens = [v.trechter.grenzen(een.noemer) if een.leden == 1 else None for een in alle]
    return pd.DataFrame(
        {
            "Wie": [WIE[een.wie] for een in alle],
            "Organisaties": [een.leden for een in alle],
            "Teller": [een.teller for een in alle],
            "Noemer": [een.noemer for een in alle],
            "Waarde": [een.waarde * PER[v.maat.soort] for een in alle],
            ONDER: pd.array([None if paar is None else int(paar[0]) for paar in grens], dtype="Int64"),
            BOVEN: pd.array([None if paar is None else int(paar[1]) for paar in grens], dtype="Int64"),
        }
    )


def leesbaar(v: Vergelijking) -> pd.DataFrame:
    """Return the same for the page, with the value as it is read."""
    uit = tabel(v)
    uit["Waarde"] = [zinnen.waarde(v.maat.soort, waarde / PER[v.maat.soort]) for waarde in uit["Waarde"]]
    return uit.rename(columns={ONDER: "Minste binnen de grens", BOVEN: "Meeste binnen de grens"})


def bestand(alle: Sequence[Vergelijking], *, jaar: int, peildatum: date, waaruit: str, zegel: str, voor: str) -> bytes:
    """Return the Excel file of one or more figures: a sheet each, and where they come from."""
    bladen = [_blad(v, jaar) for v in alle]
    bronnen = [
        Bron(
            blad=blad.naam,
            titel=v.maat.titel,
            vraag="Ligt de eigen organisatie buiten wat toeval en gewone verschillen verklaren?",
            teller=v.maat.teller,
            noemer=v.maat.noemer,
            definitie=f"{zinnen.GROEPEN} Grenzen: docs/statistiek.md. {zinnen.VOORBEHOUD}",
            sql=f"{_sql(v)}, per organisatie",
        )
        for v, blad in zip(alle, bladen, strict=True)
    ]
    herkomst = Herkomst(
        bronnen=bronnen, peildatum=peildatum, filter=waaruit, zegel=zegel, voor=voor,
        vragen=met_bouwstenen(dict.fromkeys(_sql(v) for v in alle)),
    )  # fmt: skip
    return maak(bladen, herkomst)


def _sql(v: Vergelijking) -> str:
    return kengetal(v.maat.kengetal).sql


def _blad(v: Vergelijking, jaar: int) -> Blad:
    soort = "procent" if v.maat.soort == "deel" else "decimaal"
    kolommen = (
        Kolom("Wie", breedte=30), Kolom("Organisaties", "getal", 13), Kolom("Teller", "getal", 10),
        Kolom("Noemer", "getal", 10), Kolom("Waarde (%)" if v.maat.soort == "deel" else "Per 100", soort, 12),
        Kolom("Minste binnen de grens van 95%", "getal", 16), Kolom("Meeste binnen de grens van 95%", "getal", 16),
    )  # fmt: skip
    rijen = [[None if pd.isna(cel) else cel for cel in rij] for rij in tabel(v).astype(object).itertuples(index=False)]
    return Blad(v.maat.titel, kolommen, rijen, kop=(f"{v.maat.titel}, {jaar}", *zinnen.zinnen(v), zinnen.VOORBEHOUD))
