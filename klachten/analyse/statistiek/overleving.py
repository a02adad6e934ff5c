"""Time until a step, with klachten that are still open: Kaplan-Meier, and Aalen-Johansen for competing ends.

What counts as a day and who is at risk on it: see looptijden.py. A curve is shown where at least 5 are at risk.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from . import invoer
from .looptijden import (
    AFRONDING,
    Punt,
    greenwood,
    lees_gewichten,
    lees_tijden,
    loglog,
    onder_risico,
    punt_op,
    som_per_dag,
    tel_per_dag,
)

MINIMAAL_ONDER_RISICO = 5


@dataclass(frozen=True)
class AlleenAfgesloten:
    """The naive figures over closed klachten only, with the warning that must stand beside them."""

    n: int
    gemiddelde: float | None
    mediaan: float | None
    waarschuwing: str


@dataclass(frozen=True, eq=False)
class KaplanMeier:
    """A Kaplan-Meier curve.

    `tabel`: one row per day on which something ended, ascending, with dag, onder_risico, gebeurtenissen, gecensureerd,
    overleving, laag, hoog (of the survival; NaN where it is 0 or 1) and toonbaar (at least 5 at risk).
    `mediaan`, `mediaan_laag`, `mediaan_hoog`: days (Brookmeyer-Crowley); inf when not reached; None without data.
    """

    tabel: pd.DataFrame
    n: int
    gebeurtenissen: int
    mediaan: float | None
    mediaan_laag: float | None
    mediaan_hoog: float | None
    niveau: float
    _dagen: np.ndarray = field(repr=False)
    _instap: np.ndarray = field(repr=False)
    _gewicht: np.ndarray = field(repr=False)

    def overleving_op(self, dag: float) -> Punt:
        """Return the probability that the step has not happened by the end of a day, with the number at risk on it."""
        aan_risico = int(onder_risico(np.array([dag]), self._dagen, self._instap, self._gewicht)[0])
        if self.n == 0:
            return Punt(dag, None, None, None, 0)
        return punt_op(self.tabel, "overleving", dag, 1.0, aan_risico)

    def kans_binnen(self, dag: float) -> Punt:
        """Return the probability that the step happens within `dag` days: 1 - survival, bounds swapped."""
        punt = self.overleving_op(dag)
        if punt.kans is None:
            return punt
        laag = None if punt.hoog is None else 1 - punt.hoog
        hoog = None if punt.laag is None else 1 - punt.laag
        return Punt(dag, 1 - punt.kans, laag, hoog, punt.onder_risico)

    def kwantiel(self, deel: float) -> float | None:
        """Return the first day by which `deel` (0.25 = a quarter) has happened; inf when never, None without data."""
        if not 0 < deel < 1:
            raise ValueError(f"Een kwantiel ligt tussen 0 en 1, niet {deel}.")
        return None if self.n == 0 else _eerste_dag(self.tabel["dag"], self.tabel["overleving"], 1 - deel)


@dataclass(frozen=True, eq=False)
class AalenJohansen:
    """Cumulative incidence per kind of end.

    `tabel`: one row per day on which something ended and per kind, with dag, oorzaak, onder_risico, gebeurtenissen,
    kans (cumulative incidence), variantie, laag, hoog (NaN where the probability is 0 or 1) and toonbaar.
    On every day the kansen of all kinds and the survival add up to 1.
    """

    tabel: pd.DataFrame
    overleving: pd.DataFrame
    oorzaken: tuple[str, ...]
    n: int
    niveau: float
    _dagen: np.ndarray = field(repr=False)
    _instap: np.ndarray = field(repr=False)
    _gewicht: np.ndarray = field(repr=False)

    def kans_binnen(self, oorzaak: str, dag: float) -> Punt:
        """Return the probability that a klacht ends in this way within `dag` days."""
        if self.n and oorzaak not in self.oorzaken:
            raise ValueError(f"Het einde {oorzaak!r} komt niet voor; wel: {', '.join(self.oorzaken) or 'geen'}.")
        if self.n == 0:
            return Punt(dag, None, None, None, 0)
        aan_risico = int(onder_risico(np.array([dag]), self._dagen, self._instap, self._gewicht)[0])
        return punt_op(self.tabel[self.tabel["oorzaak"] == oorzaak], "kans", dag, 0.0, aan_risico)

    def dag_waarop(self, deel: float, oorzaak: str) -> float | None:
        """Return the first day by which `deel` of ALL klachten (0.5 = half) ended in this way.

        Other ends count as klachten that never will; None when it is never reached, and without data.
        """
        if not 0 < deel < 1:
            raise ValueError(f"Een deel ligt tussen 0 en 1, niet {deel}.")
        if self.kans_binnen(oorzaak, 0).kans is None:
            return None
        eigen = self.tabel[self.tabel["oorzaak"] == oorzaak]
        dag = _eerste_dag(eigen["dag"], -eigen["kans"], -deel)
        return None if math.isinf(dag) else dag

    def mediaan(self, oorzaak: str) -> float | None:
        """Return the day by which half of ALL klachten ended in this way; None when that is never reached."""
        return self.dag_waarop(0.5, oorzaak)

    def overleving_op(self, dag: float) -> float | None:
        """Return the probability that a klacht has not ended in any way by the end of a day."""
        if self.n == 0:
            return None
        eerder = self.overleving[self.overleving["dag"] <= dag]
        return 1.0 if eerder.empty else float(eerder.iloc[-1]["overleving"])


def _eerste_dag(dag: pd.Series, hoogte: pd.Series, grens: float) -> float:
    """Return the first day on which a falling curve is at or under `grens`; inf when never."""
    eronder = dag[hoogte <= grens + AFRONDING]
    return math.inf if eronder.empty else float(eronder.iloc[0])


def kaplan_meier(
    dagen: Sequence[float],
    gebeurd: Sequence[bool],
    instap: Sequence[float] | None = None,
    niveau: float = 0.95,
    gewichten: Sequence[int] | None = None,
) -> KaplanMeier:
    """Return the product-limit curve of the time until a step, with log-log intervals.

    `dagen`: days until the step or until last seen; `gebeurd`: whether the step happened then; `gewichten`: how many
    klachten each stands for, when they were counted per day. No klachten at all gives None for every estimate. Raises
    ValueError for negative days, NaN, unequal lengths, an end before the entry.
    Source: Kaplan & Meier (1958); Greenwood (1926); log-log interval Kalbfleisch & Prentice (1980); median interval
    Brookmeyer & Crowley (1982): the days on which the interval of the survival holds 1/2.
    """
    z = invoer.z_waarde(niveau)
    tijd, begin = lees_tijden(dagen, instap)
    raak = np.array(invoer.uitkomsten(gebeurd), dtype=bool)
    invoer.zelfde_lengte(len(tijd), len(raak), "looptijden", "uitkomsten")
    gewicht = lees_gewichten(gewichten, len(tijd))
    if gewicht.sum() == 0:
        kolommen = ["dag", "onder_risico", "gebeurtenissen", "gecensureerd", "overleving", "laag", "hoog", "toonbaar"]
        return KaplanMeier(pd.DataFrame(columns=kolommen), 0, 0, None, None, None, niveau, tijd, begin, gewicht)
    dag, n_risico, plaats, telt = tel_per_dag(tijd, begin, gewicht)
    raak_telt = raak[telt]
    d = som_per_dag(plaats[raak_telt], gewicht[telt][raak_telt], len(dag))
    c = som_per_dag(plaats[~raak_telt], gewicht[telt][~raak_telt], len(dag))
    overleving = np.cumprod((n_risico - d) / n_risico)
    laag, hoog = loglog(overleving, greenwood(n_risico, d), z)
    tabel = pd.DataFrame(
        {
            "dag": dag,
            "onder_risico": n_risico,
            "gebeurtenissen": d,
            "gecensureerd": c,
            "overleving": overleving,
            "laag": laag,
            "hoog": hoog,
            "toonbaar": n_risico >= MINIMAAL_ONDER_RISICO,
        }
    )
    # Where the curve has reached 0 its lower bound is 0; an upper bound does not exist there.
    onderkant = tabel["laag"].where(tabel["overleving"] > 0, 0.0)
    return KaplanMeier(
        tabel,
        int(gewicht.sum()),
        int(d.sum()),
        _eerste_dag(tabel["dag"], tabel["overleving"], 0.5),
        _eerste_dag(tabel["dag"], onderkant, 0.5),
        _eerste_dag(tabel["dag"], tabel["hoog"], 0.5),
        niveau,
        tijd,
        begin,
        gewicht,
    )


def aalen_johansen(
    dagen: Sequence[float],
    oorzaak: Sequence[str | None],
    instap: Sequence[float] | None = None,
    niveau: float = 0.95,
    oorzaken: Sequence[str] = (),
    gewichten: Sequence[int] | None = None,
) -> AalenJohansen:
    """Return the cumulative incidence of every kind of end, each with the others as competing ends.

    `oorzaak`: the kind of end of each klacht, None (or NaN) when it was still open when last seen.
    `oorzaken`: kinds to report also when no klacht ended that way. `gewichten` and ValueError as kaplan_meier().
    With one kind of end the incidence is 1 - Kaplan-Meier, and its variance Greenwood's.
    Source: Aalen & Johansen (1978); variance by the delta method, Marubini & Valsecchi (1995); interval
    F ** exp(+/- z se / (F ln F)), Choudhury (2002).
    """
    z = invoer.z_waarde(niveau)
    tijd, begin = lees_tijden(dagen, instap)
    einde = np.array([None if pd.isna(o) else str(o) for o in oorzaak], dtype=object)
    invoer.zelfde_lengte(len(tijd), len(einde), "looptijden", "uitkomsten")
    namen = tuple(sorted({o for o in einde if o is not None} | set(oorzaken)))
    gewicht = lees_gewichten(gewichten, len(tijd))
    dag, n_risico, plaats, telt = tel_per_dag(tijd, begin, gewicht)
    einde, weegt = einde[telt], gewicht[telt]
    geeindigd = np.array([o is not None for o in einde], dtype=bool)
    d = som_per_dag(plaats[geeindigd], weegt[geeindigd], len(dag))
    overleving = np.cumprod((n_risico - d) / n_risico)
    ervoor = np.concatenate([[1.0], overleving[:-1]])[: len(dag)]
    delen = []
    for naam in namen:
        d_naam = som_per_dag(plaats[einde == naam], weegt[einde == naam], len(dag))
        kans = np.minimum(np.cumsum(ervoor * d_naam / n_risico), 1.0)
        variantie = _variantie_incidentie(kans, ervoor, n_risico, d, d_naam)
        laag, hoog = loglog(kans, np.divide(variantie, kans**2, out=np.zeros(len(dag)), where=kans > 0), z)
        delen.append(
            pd.DataFrame(
                {
                    "dag": dag,
                    "oorzaak": naam,
                    "onder_risico": n_risico,
                    "gebeurtenissen": d_naam,
                    "kans": kans,
                    "variantie": variantie,
                    "laag": laag,
                    "hoog": hoog,
                    "toonbaar": n_risico >= MINIMAAL_ONDER_RISICO,
                }
            )
        )
    kolommen = ["dag", "oorzaak", "onder_risico", "gebeurtenissen", "kans", "variantie", "laag", "hoog", "toonbaar"]
    tabel = pd.concat(delen, ignore_index=True) if delen else pd.DataFrame(columns=kolommen)
    verloop = pd.DataFrame({"dag": dag, "onder_risico": n_risico, "overleving": overleving})
    return AalenJohansen(tabel, verloop, namen, int(gewicht.sum()), niveau, tijd, begin, gewicht)


def _variantie_incidentie(
    kans: np.ndarray, ervoor: np.ndarray, n_risico: np.ndarray, d: np.ndarray, d_naam: np.ndarray
) -> np.ndarray:
    """Return the delta-method variance of an incidence curve on each of its days, by running sums.

    Sum over days i up to t of (F(t)-F(i))^2 d/(n(n-d)) + S(i-)^2 d_k(n-d_k)/n^3 - 2 (F(t)-F(i)) S(i-) d_k/n^2.
    """
    n = n_risico.astype(float)
    over = n - d
    # On the day on which everyone ends the first term is multiplied by 0 from then on.
    a = np.divide(d, n * over, out=np.zeros(len(n)), where=over > 0)
    c = ervoor * d_naam / n**2
    kwadraat = kans**2 * np.cumsum(a) - 2 * kans * np.cumsum(a * kans) + np.cumsum(a * kans**2)
    eigen = np.cumsum(ervoor**2 * d_naam * (n - d_naam) / n**3)
    kruis = kans * np.cumsum(c) - np.cumsum(c * kans)
    return np.maximum(kwadraat + eigen - 2 * kruis, 0.0)


def alleen_afgesloten(dagen: Sequence[float], gebeurd: Sequence[bool]) -> AlleenAfgesloten:
    """Return mean and median days of the klachten in which the step happened, with the warning that they are too low.

    Open klachten are left out, and those are the long ones. None without a single closed klacht.
    """
    tijd, _ = lees_tijden(dagen, None)
    raak = np.array(invoer.uitkomsten(gebeurd), dtype=bool)
    invoer.zelfde_lengte(len(tijd), len(raak), "looptijden", "uitkomsten")
    gesloten, open_ = tijd[raak], int((~raak).sum())
    waarschuwing = f"Alleen over wat is afgerond; {open_} nog open telt niet mee, dus dit valt te laag uit."
    if len(gesloten) == 0:
        return AlleenAfgesloten(0, None, None, waarschuwing)
    return AlleenAfgesloten(len(gesloten), float(gesloten.mean()), float(np.median(gesloten)), waarschuwing)
