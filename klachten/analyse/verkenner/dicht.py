"""The answer for whoever may not see small numbers: enough hidden that none of them can be computed back.

One answer at a time, as statistiek.onderdrukking says. What lies between two answers is kept coarse instead: such a
reader chooses at most MEESTE characteristics at once, to split by or as filter.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from klachten.analyse import statistiek
from klachten.analyse.statistiek.onderdrukking import DREMPEL, TOTAAL
from klachten.analyse.verkenner.antwoord import Antwoord, Cel
from klachten.analyse.verkenner.maten import AANTAL, PER_100
from klachten.analyse.verkenner.verkenning import GeenVraag, Verkenning

MEESTE = 2
MEESTE_CELLEN = 100
"""Of a larger table it takes too long to find out what has to be hidden."""
TE_WEINIG = f"Het zijn er te weinig om te tonen (minder dan {DREMPEL})."
TE_GROOT = "Deze tabel is te groot om kleine aantallen veilig te verbergen. Kies één kenmerk, of een grovere reeks."


def check(vraag: Verkenning) -> None:
    """Refuse a question that is too fine for who may not see small numbers; GeenVraag with a sentence."""
    if vraag.fijnheid > MEESTE:
        raise GeenVraag(
            "U ziet geen kleine aantallen, daarom kunt u hoogstens twee kenmerken tegelijk kiezen: als splitsing of "
            "als filter. Haal er een weg."
        )


def verberg(antwoord: Antwoord) -> Antwoord:
    """Return the answer without its small numbers, and with a sentence that says what was hidden."""
    klassen = [_klassen(antwoord, cel) for cel in antwoord.cellen]
    totaal = sum(sum(delen) for delen in klassen)
    if not totaal:
        return replace(antwoord, zin_kleine="Er zijn geen kleine aantallen verborgen.")
    if totaal < DREMPEL:
        return _alles(antwoord, TE_WEINIG, ook_samen=True)
    breedte = len(klassen[0])
    if len(antwoord.cellen) * breedte > MEESTE_CELLEN:
        return _alles(antwoord, TE_GROOT)
    tabel = _tabel(antwoord, klassen)
    uit = statistiek.onderdruk(tabel)
    if uit.alleen_totaal:
        # Of a share the total says nothing about its parts; a count is the total itself.
        return _alles(antwoord, uit.zin, ook_samen=breedte > 1, ene=breedte == 1)
    weg = uit.verborgen
    cellen = []
    for cel in antwoord.cellen:
        rij, kolommen = _plek(antwoord, cel, breedte)
        # Of a share its sum is shown as well.
        kolommen = [*kolommen, TOTAAL] if breedte > 1 else kolommen
        cellen.append(replace(cel, verborgen=bool(weg.loc[rij, kolommen].any())))
    samen = antwoord.samen
    if samen and breedte > 1 and TOTAAL in weg.index:
        samen = replace(samen, verborgen=bool(weg.loc[TOTAAL].any()))
    elif samen and breedte > 1:
        samen = replace(samen, verborgen=cellen[0].verborgen)
    return replace(antwoord, cellen=tuple(cellen), samen=samen, zin_kleine=uit.zin)


def _klassen(antwoord: Antwoord, cel: Cel) -> tuple[int, ...]:
    """Return the counts that a figure gives away: of a share what it is, what it is not, and what was undecided."""
    if antwoord.maat.soort in (AANTAL, PER_100):
        return (cel.n,)
    return (cel.x or 0, cel.n - (cel.x or 0), cel.onbeslist)


def _tabel(antwoord: Antwoord, klassen: list[tuple[int, ...]]) -> pd.DataFrame:
    """Return the counts as a table: of counts by two things that table itself, else a row for each figure."""
    breedte = len(klassen[0])
    rijen: dict[str, dict[str, int]] = {}
    for cel, delen in zip(antwoord.cellen, klassen, strict=True):
        rij, kolommen = _plek(antwoord, cel, breedte)
        rijen.setdefault(rij, {}).update(zip(kolommen, delen, strict=True))
    return pd.DataFrame.from_dict(rijen, orient="index")


def _plek(antwoord: Antwoord, cel: Cel, breedte: int) -> tuple[str, list[str]]:
    """Return the row and the columns of the counts of a figure."""
    namen = [f"w:{waarde}" for waarde in cel.waarden]
    if len(antwoord.delen) > 1:
        namen.insert(0, f"d:{cel.deel.sleutel}")
    if breedte > 1:
        return "|".join(namen) or "alles", [str(nr) for nr in range(breedte)]
    return (namen or ["alles"])[0], ["|".join(namen[1:]) or "n"]


def _alles(antwoord: Antwoord, zin: str, *, ook_samen: bool = False, ene: bool = False) -> Antwoord:
    """Return the answer with every figure hidden; the total too, or not when it is the only figure there is."""
    blijft = ene and len(antwoord.cellen) == 1
    cellen = tuple(replace(cel, verborgen=not blijft) for cel in antwoord.cellen)
    samen = replace(antwoord.samen, verborgen=ook_samen) if antwoord.samen else None
    return replace(antwoord, cellen=cellen, samen=samen, zin_kleine=zin)
