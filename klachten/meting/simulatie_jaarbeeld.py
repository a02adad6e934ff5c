"""How often a stable organisation reads at least one claim of change in its Jaarbeeld, on the sentences themselves.

As simulatie_claims, but through what the product does with the counts: its comparison of years and categorieen, its
trend, its picture of the months, and the sentences that it makes of them (`bevindingen`). What is fed in are counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from klachten.analyse.basis.selectie import ALLES
from klachten.analyse.basis.trajecten import Omvang, Opgave
from klachten.analyse.basis.zinnen import Bevinding
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.analyse.jaar.bevindingen import bevindingen
from klachten.analyse.jaar.delen import Stroom
from klachten.analyse.jaar.veranderingen import Veranderingen, veranderingen
from klachten.analyse.opvolging.opvolging import Geschillen, maatregelen_van
from klachten.analyse.signalen.reeks import Maandtelling
from klachten.analyse.termijnen.wachttijd import doorlooptijd
from klachten.meting.simulatie_kop import Rijen
from klachten.periode import Periode

EERSTE, JAAR = 2021, 2025
TRAJECTEN = (500, 550, 475, 525, 500)
AANDELEN = np.array([0.25, 0.18, 0.14, 0.11, 0.09, 0.07, 0.06, 0.05, 0.03, 0.02])
CATEGORIEEN = [f"categorie {letter}" for letter in "abcdefghij"]
VESTIGING = "enige"
OVER_VERANDERING = ("intensiteit", "per_periode", "categorieen")


def stabiele_jaarbeelden(
    herhalingen: int = 200,
    *,
    per_maand: Sequence[float] = (0.5, 1.25, 2, 4, 8, 20),
    spreidingen: Sequence[int] = (1, 2),
    seizoenen: Sequence[float] = (0.0, 0.5),
    zaad: int = 5,
) -> tuple[str, Rijen]:
    """Return per setting the share of Jaarbeelden with at least one sentence that claims a change.

    `spreidingen`: variance of a month against its mean; `seizoenen`: how far a yearly season swings. The last column is
    the power: the last year twice as high.
    """
    random, rijen = np.random.default_rng(zaad), []
    for gemiddeld in per_maand:
        for spreiding in spreidingen:
            for seizoen in seizoenen:
                stabiel, dubbel = (
                    np.mean([claimt(trek(gemiddeld, spreiding, seizoen, hoger, random)) for _ in range(herhalingen)])
                    for hoger in (1.0, 2.0)
                )
                rijen.append(
                    {
                        "klachten per maand": gemiddeld,
                        "variantie / gemiddelde": spreiding,
                        "seizoen": f"{seizoen:.0%}",
                        "stabiel: minstens een claim, %": round(100 * float(stabiel), 1),
                        "verdubbeld jaar: minstens een claim, %": round(100 * float(dubbel), 1),
                    }
                )
    return "Een stabiele organisatie leest in haar Jaarbeeld dat er iets is veranderd", rijen


def trek(gemiddeld: float, spreiding: int, seizoen: float, laatste: float, random: np.random.Generator) -> np.ndarray:
    """Return klachten per month (rows) and categorie, five years; `laatste` multiplies the level of the last year."""
    golf = 1 + seizoen * np.sin(2 * np.pi * np.arange(12) / 12)
    verwacht = np.concatenate([gemiddeld * golf * t / 500 for t in TRAJECTEN])
    verwacht[-12:] *= laatste
    if spreiding == 1:
        maanden = random.poisson(verwacht)
    else:
        maanden = random.negative_binomial(verwacht / (spreiding - 1), 1 / spreiding)
    return random.multinomial(maanden, AANDELEN)


def claimt(tellen: np.ndarray) -> bool:
    """Tell whether a reader of the Jaarbeeld of these counts reads at least one claim of change."""
    return any(b.opvallend and b.kengetal in OVER_VERANDERING for b in zinnen(tellen))


def zinnen(tellen: np.ndarray) -> tuple[Bevinding, ...]:
    """Return the sentences of the Jaarbeeld of the last year of these counts, as the page shows them."""
    per_jaar = tellen.reshape(len(TRAJECTEN), 12, -1).sum(axis=1)
    jaren = range(EERSTE, JAAR + 1)
    omvang = Omvang(
        per_jaar={jaar: {VESTIGING: n} for jaar, n in zip(jaren, TRAJECTEN, strict=True)},
        opgaven={
            jaar: {VESTIGING: [Opgave(date(jaar, 1, 1), date(jaar, 12, 31), n)]}
            for jaar, n in zip(jaren, TRAJECTEN, strict=True)
        },
        met_klachten={jaar: frozenset({VESTIGING}) for jaar in jaren},
        eerste_jaar=EERSTE,
        eerste_klacht={VESTIGING: date(EERSTE, 1, 1)},
    )
    maanden = [date(EERSTE + nr // 12, nr % 12 + 1, 1) for nr in range(len(tellen))]
    anders = veranderingen(
        periode=Periode.van_jaar(JAAR),
        peildatum=date(JAAR, 12, 31),
        per_jaar={jaar: int(n) for jaar, n in zip(jaren, per_jaar.sum(axis=1), strict=True)},
        per_maand=Maandtelling({maand: int(n) for maand, n in zip(maanden, tellen.sum(axis=1), strict=True)}),
        nu={naam: int(n) for naam, n in zip(CATEGORIEEN, per_jaar[-1], strict=True)},
        vorig={naam: int(n) for naam, n in zip(CATEGORIEEN, per_jaar[-2], strict=True)},
        omvang=omvang,
        omvang_van_maanden=omvang,
    )
    return bevindingen(_beeld(anders))


def _beeld(anders: Veranderingen) -> Jaarbeeld:
    """Return a Jaarbeeld with these changes, and of everything else nothing."""
    leeg = pd.DataFrame(columns=["klachten", "naam"])
    dag = date(JAAR, 12, 31)
    niets = dict.fromkeys(("stroom_per_vestiging", "stroom_per_jaar", "intensiteit_per_vestiging"), leeg)
    niets |= dict.fromkeys(("categorie_uitkomst", "indieners", "kanalen", "vestigingen"), leeg)
    return Jaarbeeld(
        periode=Periode.van_jaar(JAAR),
        peildatum=dag,
        filter=ALLES,
        volledig=True,
        eerste_jaar=EERSTE,
        stroom=Stroom(jaar=JAAR, tot=dag, ontvangen=anders.vergelijking.klachten),
        stroom_vorig=None,
        intensiteit=pd.DataFrame([vars(deel) for deel in anders.per_jaar]),
        vergelijking=anders.vergelijking,
        trend=anders.trend,
        maandbeeld=anders.maandbeeld,
        gewijzigde_categorieen=(),
        termijnen=(),
        categorieen=anders.categorieen,
        pareto=anders.pareto,
        niet_in_behandeling=leeg,
        geschillen=Geschillen(),
        geschillen_vorig=None,
        doorlooptijden={maat: doorlooptijd([], maat) for maat in ("bevestiging", "afsluiting")},
        maatregelen=maatregelen_van([]),
        verbeteracties=pd.DataFrame(columns=["stand", "uitgevoerd_op"]),
        **niets,
    )
