"""What one period holds: the rows that page, report, workbook and sentences are made from (step 16)."""

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
from klachten.periode import Periode


@dataclass(frozen=True, eq=False, kw_only=True)
class Jaarbeeld:
    """One period as it stood on the peildatum; tables have Dutch column names, and `naam` beside every id.

    `stroom_per_vestiging`: the columns of Stroom per vestiging in this period; `stroom_per_jaar`: in every year.
    `intensiteit`: the same period of every year, the fields of delen.Jaarintensiteit; `categorieen`: see
    delen.vergelijk_categorieen(). `categorie_uitkomst`: categorie, naam, einde, uitkomst, oordeel, klachten.
    `indieners`, `kanalen`, `vestigingen`: id, naam, klachten, vorig. `niet_in_behandeling`: grond, naam, klachten.
    `verbeteracties`: one row each, of every year up to the peildatum. `doorlooptijden`: by maat, bevestiging and
    afsluiting. `bevindingen`: what stands out and what does not. `eerste_jaar`: the first year of which
    this period is in the register; what is of the one before it (`vorig`) is None: nobody counted then, which is no 0.
    """

    periode: Periode
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
    def jaar(self) -> int:
        """The year in which the period begins; the rows of the tables are told apart by it."""
        return self.periode.jaar

    @property
    def klachten(self) -> int:
        """The klachten of this period that count: received in it and not vervallen."""
        return self.vergelijking.klachten

    @property
    def buiten_telling(self) -> int:
        """The klachten that came in and count no further: vervallen, entered by mistake or twice."""
        return self.stroom.ontvangen - self.klachten
