"""The Excel file of an answer: its table and chart, what it means, and the SQL that makes it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from klachten.analyse.basis.kengetallen import met_bouwstenen
from klachten.analyse.excel.blad import Blad, Kolom
from klachten.analyse.excel.excel import Bron, Herkomst, maak
from klachten.analyse.excel.grafieken import Grafiek
from klachten.analyse.excel.werk import VERBORGEN
from klachten.analyse.verkenner.maten import PER_100
from klachten.analyse.verkenner.woorden import Woorden

BLAD = "Verkenner"
MEESTE_STAVEN = 30


def bestand(woorden: Woorden, *, filter: str, zegel: str, feiten: int, voor: str) -> bytes:
    """Return the Excel file; `voor` says for which role it was made and what that role does not see."""
    antwoord, tabel = woorden.antwoord, woorden.tabel()
    vragen = [antwoord.maat.vraag, *(["nader_kenmerk"] if any(d.nader for d in antwoord.vraag.splitsingen) else [])]
    herkomst = Herkomst(
        bronnen=[
            Bron(
                blad=BLAD, titel=antwoord.maat.titel, vraag=f"{woorden.vraag}?", definitie=antwoord.maat.uitleg,
                sql=antwoord.sql,
            )
        ],
        peildatum=antwoord.peildatum,
        filter=filter,
        zegel=zegel,
        feiten=feiten,
        voor=voor,
        vragen=met_bouwstenen(vragen),
    )  # fmt: skip
    return maak([_blad(woorden, tabel)], herkomst)


def _blad(woorden: Woorden, tabel: pd.DataFrame) -> Blad:
    antwoord = woorden.antwoord
    namen = [str(naam) for naam in tabel.columns]
    tekst = len(antwoord.vraag.per) + (len(antwoord.delen) > 1)
    kolommen = [
        Kolom(naam, breedte=30) if nr < tekst else Kolom(naam, _soort(naam, antwoord.maat.soort), 15)
        for nr, naam in enumerate(namen)
    ]
    rijen = [
        [VERBORGEN if cel.verborgen and nr >= tekst else _waarde(w, namen[nr]) for nr, w in enumerate(rij)]
        for cel, rij in zip(antwoord.cellen, tabel.itertuples(index=False), strict=True)
    ]
    zinnen = [woorden.titel, woorden.zin(), antwoord.maat.uitleg]
    zinnen += [antwoord.zin_kleine] if antwoord.zin_kleine else []
    return Blad(BLAD, kolommen, rijen, kop=zinnen, grafieken=_grafieken(woorden, namen, tekst))


def _grafieken(woorden: Woorden, namen: list[str], tekst: int) -> list[Grafiek]:
    """Return a chart of one figure per name; two characteristics are a table to make one of."""
    antwoord = woorden.antwoord
    if tekst != 1 or not 1 < len(antwoord.cellen) <= MEESTE_STAVEN or any(cel.verborgen for cel in antwoord.cellen):
        return []
    y = namen[3] if antwoord.maat.is_deel else namen[3] if antwoord.maat.soort == PER_100 else namen[1]
    soort = "lijn" if len(antwoord.delen) > 1 else "staaf"
    return [Grafiek(soort=soort, titel=woorden.titel, x=namen[0], y=[y], procent=antwoord.maat.is_deel)]


def _soort(naam: str, soort: str) -> str:
    if naam.endswith("(%)"):
        return "procent"
    return "decimaal" if soort == PER_100 and naam not in ("Klachten", "Trajecten") else "getal"


def _waarde(waarde: Any, naam: str) -> Any:
    if waarde is None or (not isinstance(waarde, str) and pd.isna(waarde)):
        return None
    if naam.endswith("(%)"):
        return waarde / 100
    return waarde.item() if hasattr(waarde, "item") else waarde
