"""What one year holds: the rows that page, report, workbook and sentences are made from (step 16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from klachten.analyse.basis.selectie import Filter
from klachten.analyse.basis.zinnen import Bevinding
from klachten.analyse.jaar.claims import Trend
from klachten.analyse.jaar.delen import Stroom, Vergelijking
from klachten.analyse.opvolging.opvolging import Geschillen, Maatregelen
from klachten.analyse.signalen.oordeel import Maandoordeel
from klachten.analyse.statistiek import Pareto
from klachten.analyse.termijnen.naleving import Naleving
from klachten.analyse.termijnen.wachttijd import Doorlooptijd


@dataclass(frozen=True, eq=False, kw_only=True)
class Jaarbeeld:
    """One year as it stood on the peildatum; tables have Dutch column names, and `naam` beside every id.

    `stroom_per_vestiging`: the columns of Stroom per vestiging in this year; `stroom_per_jaar`: all years.
    `intensiteit`: one row per year, the fields of delen.Jaarintensiteit; `categorieen`: see
    delen.vergelijk_categorieen(). `categorie_uitkomst`: categorie, naam, einde, uitkomst, oordeel, klachten.
    `indieners`, `kanalen`, `vestigingen`: id, naam, klachten, vorig. `niet_in_behandeling`: grond, naam, klachten.
    `verbeteracties`: one row each, of every year up to the peildatum. `doorlooptijden`: by maat, bevestiging and
    afsluiting. `bevindingen`: what stands out and what does not. `eerste_jaar`: the first year in the register; what
    is of the year before it (`vorig`) is None: nobody counted then, which is no 0.
    """

    jaar: int
    peildatum: date
    filter: Filter
    volledig: bool
    eerste_jaar: int | None
    stroom: Stroom
    stroom_vorig: Stroom | None
    stroom_per_vestiging: pd.DataFrame
    stroom_per_jaar: pd.DataFrame
    intensiteit: pd.DataFrame
    intensiteit_per_vestiging: pd.DataFrame
    vergelijking: Vergelijking
    trend: Trend | None
    maandbeeld: Maandoordeel
    gewijzigde_categorieen: tuple[str, ...]
    termijnen: tuple[Naleving, ...]
    categorieen: pd.DataFrame
    pareto: Pareto | None
    categorie_uitkomst: pd.DataFrame
    indieners: pd.DataFrame
    kanalen: pd.DataFrame
    vestigingen: pd.DataFrame
    niet_in_behandeling: pd.DataFrame
    geschillen: Geschillen
    geschillen_vorig: Geschillen | None
    doorlooptijden: dict[str, Doorlooptijd]
    maatregelen: Maatregelen
    verbeteracties: pd.DataFrame
    bevindingen: tuple[Bevinding, ...] = ()

    @property
    def klachten(self) -> int:
        """The klachten of this year that count: received in it and not vervallen."""
        return self.vergelijking.klachten

    @property
    def buiten_telling(self) -> int:
        """The klachten that came in this year and count no further: vervallen, entered by mistake or twice."""
        return self.stroom.ontvangen - self.klachten
