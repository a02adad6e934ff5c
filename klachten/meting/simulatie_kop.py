"""Simulations that anybody can run again: the headline, and the index of an action that had no effect.

Each function returns a title and a table (one dict per row, keys are Dutch column names); nothing is written. Figures
come from the public functions of klachten.analyse.statistiek, so a change in those shows here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from klachten.analyse import statistiek
from klachten.analyse.statistiek import Termijn

Rijen = list[dict[str, float | int | str]]
JAAR = 2025
PEILDATA = (date(JAAR, 12, 31), date(JAAR, 7, 1), date(JAAR, 4, 1))
MAATREGELEN, STAP_7 = "maatregelen (42 dagen)", "stap 7 (28 dagen)"
DAGEN = {MAATREGELEN: 42, STAP_7: 28}
NOOIT_BESLIST = 0.05


def _trek(
    soort: str, aantal: int, random: np.random.Generator, nooit: float = NOOIT_BESLIST
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return day of decision, in the branch or not, and day of the event; inf for what never comes.

    Maatregelen: 70 % gets any; decided after a median of 25 days, longer for who gets some, carried out a median of 10
    days later. Step 7: 10 % is not taken into handling and the notice is the decision (median 16 days); the others are
    taken up after a median of 12. Of all, a share `nooit` is never decided, whether of the branch or not.
    """
    maatregelen = soort == MAATREGELEN
    in_tak = random.random(aantal) < (0.70 if maatregelen else 0.10)
    midden = np.where(in_tak, 27, 21) if maatregelen else np.where(in_tak, 16, 12)
    besluit = np.floor(midden * np.exp(random.normal(0, 0.8, aantal)))
    besluit[random.random(aantal) < nooit] = np.inf
    uitvoering = np.floor(10 * np.exp(random.normal(0, 0.7, aantal))) if maatregelen else 0
    return besluit, in_tak, np.where(in_tak, besluit + uitvoering, np.inf)


def _jaar(soort: str, per_jaar: int, random: np.random.Generator, nooit: float) -> list[Termijn]:
    """Return the terms of one year of klachten, with everything that will ever happen in them."""
    aantal = int(random.poisson(per_jaar))
    besluit, in_tak, gebeurd = _trek(soort, aantal, random, nooit)
    termijnen = []
    for nummer, dag in enumerate(random.integers(0, 365, aantal)):
        ontvangen = date(JAAR, 1, 1) + timedelta(days=int(dag))
        beslist = np.isfinite(besluit[nummer])
        termijnen.append(
            Termijn(
                ontvangen,
                ontvangen + timedelta(days=DAGEN[soort]),
                ontvangen + timedelta(days=int(gebeurd[nummer])) if np.isfinite(gebeurd[nummer]) else None,
                van_toepassing=bool(in_tak[nummer]) if beslist else None,
                beslist_op=ontvangen + timedelta(days=int(besluit[nummer])) if beslist else None,
            )
        )
    return termijnen


def vertekening_van_de_kop(
    herhalingen: int = 1000, *, per_jaar: Sequence[int] = (55, 400), zaad: int = 1
) -> tuple[str, Rijen]:
    """Return bias (percentage points) and coverage of the headline, the matured rate without U and the lower bound.

    Against the chance that a klacht that belongs to the branch, decided or not, is on time.
    """
    return "Vertekening van het tarief op tijd", _vertekening(herhalingen, per_jaar, zaad, NOOIT_BESLIST)


def kop_als_over_alles_wordt_beslist(
    herhalingen: int = 400, *, per_jaar: Sequence[int] = (400,), zaad: int = 1
) -> tuple[str, Rijen]:
    """Return the same where on every klacht is decided in the end.

    The weight w is the share of the branch among late decisions; without klachten on which nobody ever decides those
    are what the undecided will be.
    """
    return "Vertekening als over elke klacht ooit wordt beslist", _vertekening(herhalingen, per_jaar, zaad, 0.0)


def _vertekening(herhalingen: int, per_jaar: Sequence[int], zaad: int, nooit: float) -> Rijen:
    random, rijen = np.random.default_rng(zaad), []
    for soort in (MAATREGELEN, STAP_7):
        _, in_tak, gebeurd = _trek(soort, 2_000_000, random, nooit)
        waar = float(np.mean(gebeurd[in_tak] <= DAGEN[soort]))
        for aantal in per_jaar:
            jaren = [_jaar(soort, aantal, random, nooit) for _ in range(herhalingen)]
            rijen += [_tegen_de_waarheid(soort, aantal, dag, jaren, waar) for dag in PEILDATA]
    return rijen


def _tegen_de_waarheid(soort: str, aantal: int, peildatum: date, jaren: list[list[Termijn]], waar: float) -> dict:
    beelden = [statistiek.tarieven([t for t in jaar if t.ontvangen_op <= peildatum], peildatum) for jaar in jaren]
    rij: dict[str, float | int | str] = {
        "termijn": soort,
        "klachten per jaar": aantal,
        "gezien op": f"{peildatum.day}-{peildatum.month}",
        "waar": round(100 * waar, 1),
        "onbeslist": round(float(np.mean([b.onbepaald_verstreken for b in beelden])), 1),
    }
    for naam, soort_tarief in (("kop", "kop"), ("zonder onbeslist", "rijp"), ("ondergrens", "ondergrens")):
        tarieven = [getattr(b, soort_tarief) for b in beelden]
        gegeven = [t for t in tarieven if t.aandeel is not None]
        # Pooled over the repetitions (sum of x over sum of n): small years count by what is in them.
        gemeten = sum(t.x for t in gegeven) / sum(t.n for t in gegeven)
        rij[f"{naam}: afwijking"] = round(100 * (gemeten - waar), 1)
        rij[f"{naam}: dekking"] = round(100 * float(np.mean([t.laag <= waar <= t.hoog for t in gegeven])), 1)
    return rij


def index_zonder_effect(
    herhalingen: int = 2000, *, per_categorie: Sequence[int] = (3, 6, 12), jaren: int = 3, zaad: int = 2
) -> tuple[str, Rijen]:
    """Return what the index says after picking the highest of ten categories in its last year, when nothing changed."""
    random, rijen, trajecten = np.random.default_rng(zaad), [], 100.0
    for gemiddeld in per_categorie:
        na_som = verwacht_som = zonder_som = 0.0
        woorden = {"minder": 0, "meer": 0, "te vroeg": 0}
        for _ in range(herhalingen):
            niveau = random.gamma(4.0, gemiddeld / 4.0, 10)
            cellen = random.poisson(niveau, (jaren, 10))
            hoogste = int(np.argmax(cellen[-1]))
            voor, na = int(cellen[-1, hoogste]), int(random.poisson(niveau[hoogste]))
            alle = cellen.ravel().tolist()
            uitkomst = statistiek.waargenomen_verandering(
                voor, trajecten, na, trajecten, statistiek.schat_prior(alle, [trajecten] * len(alle))
            )
            anderen = np.delete(cellen, hoogste, axis=1).ravel().tolist()
            zonder = statistiek.waargenomen_verandering(
                voor, trajecten, na, trajecten, statistiek.schat_prior(anderen, [trajecten] * len(anderen))
            )
            na_som += na
            verwacht_som += uitkomst.eb_verwacht or 0
            zonder_som += zonder.eb_verwacht or 0
            woorden["minder"] += "minder dan door toeval" in uitkomst.zin
            woorden["meer"] += "meer dan door toeval" in uitkomst.zin
            woorden["te vroeg"] += uitkomst.ratio.hoog is not None and uitkomst.ratio.hoog < 1
        rijen.append(
            {
                "klachten per categorie": gemiddeld,
                "na / verwacht": round(na_som / verwacht_som, 2),
                "zonder de gekozene": round(na_som / zonder_som, 2),
                "minder dan toeval, %": round(100 * woorden["minder"] / herhalingen, 1),
                "meer dan toeval, %": round(100 * woorden["meer"] / herhalingen, 1),
                "minder volgens de verhouding zelf, %": round(100 * woorden["te vroeg"] / herhalingen, 1),
            }
        )
    return "Index van een verbeteractie zonder enig effect", rijen
