"""The Excel file of an answer: its table and chart, what it means, and the SQL that makes it."""

from __future__ import annotations

from collections.abc import Mapping
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
    return bestand_van({BLAD: woorden}, filter=filter, zegel=zegel, feiten=feiten, voor=voor)


def bestand_van(antwoorden: Mapping[str, Woorden], *, filter: str, zegel: str, feiten: int, voor: str) -> bytes:
    """Return the Excel file of answers by the name of their sheet, all as of one day."""
    alle = list(antwoorden.items())
    herkomst = Herkomst(
        bronnen=[bron(woorden, naam) for naam, woorden in alle],
        peildatum=alle[0][1].antwoord.peildatum,
        filter=filter,
        zegel=zegel,
        feiten=feiten,
        voor=voor,
        vragen=met_bouwstenen(dict.fromkeys(vraag for _, woorden in alle for vraag in vragen(woorden))),
    )
    return maak([blad(woorden, naam) for naam, woorden in alle], herkomst)


def bladnaam(nr: int, titel: str) -> str:
    """Return a name that no other sheet has: Excel takes 31 characters, and titles of questions begin alike."""
    return f"{nr}. {titel}"[:31].strip()


def vragen(woorden: Woorden) -> list[str]:
    """Return the questions of the register that an answer asks, by name."""
    antwoord = woorden.antwoord
    return [antwoord.maat.vraag, *(["nader_kenmerk"] if any(d.nader for d in antwoord.vraag.splitsingen) else [])]


def bron(woorden: Woorden, naam: str) -> Bron:
    """Return where the sheet of an answer comes from."""
    antwoord = woorden.antwoord
    return Bron(
        blad=naam, titel=antwoord.maat.titel, vraag=f"{woorden.vraag}?", definitie=antwoord.maat.uitleg,
        sql=antwoord.sql,
    )  # fmt: skip


def blad(woorden: Woorden, naam: str, terug: str = "") -> Blad:
    """Return the sheet of an answer: its sentence, its table, its chart; `terug` names the sheet that lists it."""
    antwoord, tabel = woorden.antwoord, woorden.tabel()
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
    return Blad(naam, kolommen, rijen, kop=zinnen, grafieken=_grafieken(woorden, namen, tekst), terug=terug)


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
