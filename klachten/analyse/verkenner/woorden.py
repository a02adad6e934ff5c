"""An answer in words and as a table: what a reader sees, the same on the page, in Excel and in a notebook."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from klachten.analyse import statistiek
from klachten.analyse.basis.zinnen import GEEN_GEGEVENS, KLEIN, STREEP, deel, getal, komma
from klachten.analyse.excel.werk import VERBORGEN
from klachten.analyse.statistiek import Verhouding
from klachten.analyse.termijnen import zinnen
from klachten.analyse.verkenner.antwoord import Antwoord, Cel
from klachten.analyse.verkenner.maten import AANDEEL, DAGEN, OP_TIJD, PER_100, TERMIJN
from klachten.reglement import Reglement
from klachten.taal import aantal, datum, opsomming

ALPHA = 0.05
MEESTE_GENOEMD = 4
"""So many values are named in a sentence; the table has them all."""
Naamgever = Callable[[str], str]
_HOOGST = {AANDEEL: "het hoogst", TERMIJN: "het hoogst", PER_100: "het hoogst", DAGEN: "het langst"}


class Woorden:
    """Says an answer: with the names of a reglement, and of people where these may be seen."""

    def __init__(self, antwoord: Antwoord, reglement: Reglement | None = None, persoon: Naamgever | None = None):
        self.antwoord, self.reglement, self._persoon = antwoord, reglement, persoon
        termijnen = {t.id: t.naam for t in reglement.termijnen} if reglement else {}
        # A wait has the name of its step behind its dot, which may be that of a term.
        maat = antwoord.vraag.maat
        self._termijn = termijnen.get(maat.removeprefix(OP_TIJD), "") if maat.startswith(OP_TIJD) else ""

    @property
    def titel(self) -> str:
        """What is asked, of when."""
        return f"{self.vraag}, {self._wanneer()}"

    @property
    def vraag(self) -> str:
        """What is asked: 'Op tijd: ontvangstbevestiging per vestiging'."""
        titel = f"Op tijd: {self._termijn.lower()}" if self._termijn else ""
        return self.antwoord.vraag.in_woorden(titel)

    def waarde(self, nr: int, waarde: str | None) -> str:
        """Return what a reader calls a value of the first (0) or second (1) characteristic."""
        return self.antwoord.vraag.splitsingen[nr].naam(waarde, self.reglement, self._persoon)

    def naam(self, cel: Cel) -> str:
        """Return what a figure is of, beside the others of the answer."""
        delen = [cel.deel.kort] if len(self.antwoord.delen) > 1 else []
        delen += [self.waarde(nr, waarde) for nr, waarde in enumerate(cel.waarden)]
        return " · ".join(delen) or self.antwoord.maat.titel

    def cijfer(self, cel: Cel) -> str:
        """Return the number of a figure as a reader writes it."""
        maat = self.antwoord.maat
        if cel.verborgen:
            return VERBORGEN
        if cel.waarde is None:
            return GEEN_GEGEVENS if not cel.opmerking else STREEP
        if maat.is_deel:
            return deel(cel.x or 0, cel.n) + (f", over {getal(cel.onbeslist)} niet beslist" if cel.onbeslist else "")
        if maat.soort == DAGEN:
            return "niet bereikt" if math.isinf(cel.waarde) else aantal(round(cel.waarde), "dag", "dagen")
        return komma(cel.waarde) if maat.soort == PER_100 else getal(cel.n)

    def marge(self, cel: Cel) -> str:
        """Return the interval of a figure in words; empty where it has none."""
        maat = self.antwoord.maat
        if cel.verborgen or cel.laag is None or cel.hoog is None:
            return ""
        if maat.is_deel:
            return zinnen.marge(Verhouding(cel.x or 0, cel.n, cel.waarde, cel.laag, cel.hoog, 0.95, ""))
        if maat.soort == DAGEN:
            # Half of them was not reached at either bound: there are no days to name.
            if math.isinf(cel.laag):
                return ""
            tot = "of langer" if math.isinf(cel.hoog) else f"tot {aantal(round(cel.hoog), 'dag', 'dagen')}"
            return f"{getal(round(cel.laag))} {tot}"
        return f"{komma(cel.laag)} tot {komma(cel.hoog)}"

    def tabel(self) -> pd.DataFrame:
        """Return every figure as a row: period, values, and the numbers apart so that they can be sorted."""
        rijen = [self._rij(cel) for cel in self.antwoord.cellen]
        return pd.DataFrame(rijen, columns=self.kolommen())

    def kolommen(self) -> list[str]:
        """Return the headings of `tabel`."""
        antwoord, maat = self.antwoord, self.antwoord.maat
        uit = ["Periode"] if len(antwoord.delen) > 1 else []
        uit += [deel.titel for deel in antwoord.vraag.splitsingen]
        if maat.is_deel:
            return [
                *uit,
                maat.wat[:1].upper() + maat.wat[1:],
                "Van",
                "Aandeel (%)",
                "Marge van (%)",
                "Marge tot (%)",
            ] + (["Niet beslist"] if maat.soort == TERMIJN else [])
        if maat.soort == DAGEN:
            return [*uit, "Helft binnen (dagen)", "Marge van", "Marge tot", maat.wat[:1].upper() + maat.wat[1:], "Van"]
        if maat.soort == PER_100:
            return [*uit, "Klachten", "Trajecten", "Per 100", "Marge van", "Marge tot"]
        return [*uit, maat.meer[:1].upper() + maat.meer[1:]]

    def _rij(self, cel: Cel) -> list[Any]:
        maat = self.antwoord.maat
        uit: list[Any] = [cel.deel.kort] if len(self.antwoord.delen) > 1 else []
        uit += [self.waarde(nr, waarde) for nr, waarde in enumerate(cel.waarden)]
        if cel.verborgen:
            return [*uit, *[None] * (len(self.kolommen()) - len(uit))]
        if maat.is_deel:
            met = cel.n >= KLEIN
            grenzen = [_procent(cel.waarde if met else None), _procent(cel.laag), _procent(cel.hoog)]
            return [*uit, cel.x, cel.n, *grenzen, *([cel.onbeslist] if maat.soort == TERMIJN else [])]
        if maat.soort == DAGEN:
            return [*uit, *(_eindig(deel) for deel in (cel.waarde, cel.laag, cel.hoog)), cel.x, cel.n]
        if maat.soort == PER_100:
            maten = (None if deel is None else round(deel, 2) for deel in (cel.waarde, cel.laag, cel.hoog))
            return [*uit, cel.n, cel.trajecten, *maten]
        return [*uit, cel.n]

    def zin(self) -> str:
        """Say the answer in one or two sentences: the whole, then the largest, and whether they differ."""
        antwoord, delen = self.antwoord, []
        if not any(cel.n for cel in antwoord.cellen):
            return f"{self._kop()}: er is niets om te tellen."
        if antwoord.samen:
            delen.append(f"{self._kop()}: {self._met_marge(antwoord.samen)}.")
        # Of a series nothing counted is a figure too.
        zichtbaar = [cel for cel in antwoord.cellen if not cel.verborgen and (cel.n or not antwoord.vraag.per)]
        if len(antwoord.cellen) > 1 and zichtbaar:
            genoemd = self._laatste() if self._is_reeks else self._grootste(zichtbaar)
            kop = "" if antwoord.samen else f"{self._kop()}. "
            delen.append(f"{kop}{genoemd[:1].upper()}{genoemd[1:]}.")
            delen += [zin] if (zin := self._verschil()) else []
        elif len(antwoord.cellen) == 1 and not antwoord.samen:
            delen.append(f"{self._kop()}: {self._met_marge(antwoord.cellen[0])}.")
        return " ".join(delen)

    def _kop(self) -> str:
        titel = f"Op tijd ({self._termijn.lower()})" if self._termijn else self.antwoord.maat.titel
        return f"{titel}, {self._wanneer()}"

    def _wanneer(self) -> str:
        antwoord = self.antwoord
        periode = antwoord.samen.deel if antwoord.samen else antwoord.vraag.periode
        assert periode is not None
        if antwoord.maat.op_stand and len(antwoord.delen) == 1:
            return f"op {datum(min(periode.laatste, antwoord.peildatum))}"
        if antwoord.vraag.reeks == "jaar" and len(antwoord.delen) > 1:
            return f"{antwoord.delen[0].kort} tot en met {antwoord.delen[-1].kort}"
        return periode.naam

    def _met_marge(self, cel: Cel) -> str:
        marge = self.marge(cel)
        return f"{self.cijfer(cel)}, marge {marge}" if marge else self.cijfer(cel)

    @property
    def _is_reeks(self) -> bool:
        return len(self.antwoord.delen) > 1 and not self.antwoord.vraag.per

    def _laatste(self) -> str:
        """Name the last figures of a series, of a hidden one that it is: another is not the last for that."""
        alle = self.antwoord.cellen
        gekozen = alle[-MEESTE_GENOEMD:]
        return ("het laatst " if len(alle) > len(gekozen) else "") + self._op_een_rij(gekozen)

    def _grootste(self, zichtbaar: Sequence[Cel]) -> str:
        """Name the largest figures: of those that are there and may be seen, and how many more are as large."""
        alle = self.antwoord.cellen
        met = sorted((cel for cel in zichtbaar if cel.waarde is not None), key=lambda cel: -(cel.waarde or 0.0))
        if not met:
            return self._op_een_rij(zichtbaar[:MEESTE_GENOEMD])
        gekozen = met[:MEESTE_GENOEMD]
        even = sum(cel.waarde == gekozen[-1].waarde for cel in met[MEESTE_GENOEMD:])
        welke = f"{_HOOGST.get(self.antwoord.maat.soort, 'het meest')} " if len(alle) > len(gekozen) else ""
        if any(cel.verborgen for cel in alle):
            # What is hidden may be larger.
            welke = f"van wat u mag zien {welke}"
        hoe = "even lang" if self.antwoord.maat.soort == DAGEN else "even hoog"
        rest = f"; en nog {getal(even)} {hoe} als de laatste" if even else ""
        return f"{welke}{self._op_een_rij(gekozen)}{rest}"

    def _op_een_rij(self, cellen: Sequence[Cel]) -> str:
        return "; ".join(f"{self.naam(cel)}: {self.cijfer(cel)}" for cel in cellen)

    def _verschil(self) -> str:
        """Say whether the parts of a share differ by more than chance, judged as one family (Holm)."""
        antwoord = self.antwoord
        # The same klachten are never in two of them; with hidden parts the others say too much of these.
        if not antwoord.maat.is_deel or antwoord.zin_kleine:
            return ""
        cellen = [cel for cel in antwoord.cellen if cel.n]
        kansen = statistiek.elk_tegen_de_rest([cel.x or 0 for cel in cellen], [cel.n for cel in cellen])
        anders = [c for c, weg in zip(cellen, statistiek.holm(kansen, ALPHA).verworpen, strict=True) if weg]
        if not anders:
            return "Geen van deze verschilt meer van de rest dan toeval kan verklaren."
        wie = opsomming(self.naam(cel) for cel in anders)
        return f"Meer dan door toeval {'verschilt' if len(anders) == 1 else 'verschillen'} van de rest: {wie}."


def _procent(waarde: float | None) -> float | None:
    return None if waarde is None else round(waarde * 100, 1)


def _eindig(waarde: float | None) -> int | None:
    return None if waarde is None or math.isinf(waarde) else round(waarde)
