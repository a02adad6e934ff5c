"""What happens in the six years: how many klachten in which year, and which of them are special."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from klachten.voorbeeld.agenda import EEN_DAG, Agenda
from klachten.voorbeeld.gang import DIRECTIE
from klachten.voorbeeld.geval import GEWICHT, GEWICHT_NA, VERPLICHT, Geval, copy_of, make_geval
from klachten.voorbeeld.toeval import Toeval

JAREN = 6
GEWOON = (19, 33, 26, 31, 24, 35)
"""About how many klachten a year; one of the years in the middle has none."""
RUST = 150
"""Days after which a klacht, with all that may follow it, is over."""

# The klachten of the last weeks: days since receipt, what is special, days after receipt per step, how far it came.
WERK: tuple[tuple[int, tuple[str, ...], dict[str, int], str], ...] = (
    (2, ("door_medewerker",), {}, "1"),
    (5, ("door_medewerker",), {"2": 1}, "2"),
    (6, (), {}, "3"),
    (9, ("coordinator_betrokken",), {"2": 1}, "3"),
    (11, (), {"4": 1}, "4"),
    (13, ("andere_behandelaar",), {"4": 2}, "4"),
    (16, ("door_medewerker",), {"2": 1}, "3"),
    (18, (), {"4": 3}, "4"),
    (17, ("zonder_feiten",), {"4": 1, "5": 6}, "6a"),
    (20, ("later_betrokken",), {"4": 1, "5": 5}, "betrokken"),
    (25, (), {"4": 1, "5": 8, "6": 18}, "6"),
    (31, (), {"4": 2, "5": 9, "6": 22}, "6"),
    (33, (), {"4": 1, "5": 7, "6": 16, "8": 22}, "8"),
    (37, ("gewijzigd",), {"4": 1, "5": 6, "6": 15, "8": 19}, "10"),
    (40, (), {"4": 2, "5": 8, "6": 14, "8": 18}, "12"),
    (50, (), {"4": 1, "5": 9, "6": 18, "8": 24, "11": 47}, "11a"),
    (57, (), {"4": 2, "5": 10, "6": 20, "8": 26, "11": 54}, "11a"),
    (46, (), {"4": 1, "5": 7, "6": 14, "8": 18, "11": 38}, "11"),
    (49, (), {"4": 1, "5": 6, "6": 13, "8": 17, "11": 38}, "13"),
    (75, ("geschil_oordeel",), {"5": 7, "6": 14, "8": 16, "11": 36}, "15a"),
    (92, ("geschil_oordeel",), {"5": 9, "6": 13, "8": 17, "11": 37}, "15b"),
    (110, ("geschil_heropend",), {"5": 6, "6": 12, "8": 18, "11": 35}, "15c"),
    (170, ("geschil_heropend",), {"5": 8, "6": 15, "8": 19, "11": 38}, "heropend"),
)


# A copy of the klacht before it may not take the place of one that has to occur.
VERPLICHTE_NAMEN = frozenset(itertools.chain.from_iterable(VERPLICHT))


@dataclass(frozen=True)
class Jaarplan:
    """A year of the example: how many klachten it gets, its trajecten, and when the coordinator is away for long."""

    jaar: int
    klachten: int
    gewicht: dict[str, int]
    trajecten: dict[str, int]
    afwezig: tuple[date, date] | None = None


def years(vandaag: date, seed: int, aantal: int | None) -> list[Jaarplan]:
    """Return the plan of each of the six years up to and including that of `vandaag`."""
    rng = Toeval(f"jaren-{seed}")
    eerste = vandaag.year - JAREN + 1
    nul = rng.choice((1, 2))
    voorbij = (vandaag - date(vandaag.year, 1, 1)).days / 365
    aantallen = [0 if i == nul else gewoon + rng.randint(-3, 3) for i, gewoon in enumerate(GEWOON)]
    aantallen[-1] = round(aantallen[-1] * voorbij)
    if aantal is None:
        # The klachten of the last weeks are there in any case, and not they alone.
        for plek in (-2, -1):
            recent = sum((vandaag - dagen * EEN_DAG).year == vandaag.year + plek + 1 for dagen, *_ in WERK)
            aantallen[plek] = max(aantallen[plek], 5, recent + 10 + 2 * plek)
        schaal = 1.0
    else:
        schaal = aantal / sum(aantallen)
        aantallen = _shares(aantallen, aantal)
    afwezig = rng.choice([i for i in (1, 2, 3, 4) if i != nul])
    return [
        Jaarplan(
            jaar=eerste + i,
            klachten=hoeveel,
            # The verbeteractie about bereikbaarheid is carried out before the summer of the last year but one.
            gewicht=GEWICHT_NA if i >= JAREN - 2 else GEWICHT,
            trajecten={
                vestiging: max(1, round((deel + rng.randint(-6, 6)) * max(schaal, 1.0)))
                for vestiging, deel in (("weert", 62), ("utrecht", 41), ("eindhoven", 47))
            },
            afwezig=(date(eerste + i, 3, 1), date(eerste + i, 4, 20)) if i == afwezig else None,
        )
        for i, hoeveel in enumerate(aantallen)
    ]


def gevallen(plan: list[Jaarplan], vandaag: date, seed: int, agenda: Agenda) -> Iterator[tuple[Jaarplan, list[Geval]]]:
    """Give year by year its klachten, in order of receipt."""
    volgnr = itertools.count(1)
    verplicht = list(VERPLICHT)
    Toeval(f"verplicht-{seed}").shuffle(verplicht)
    per_jaar = -(-len(verplicht) // max(1, sum(jaar.klachten > 0 for jaar in plan[:-2])))
    werk = list(WERK) if sum(jaar.klachten for jaar in plan) >= len(WERK) + len(VERPLICHT) else []
    for jaar in plan:
        rng = Toeval(f"jaar-{seed}-{jaar.jaar}")
        eigen = [(agenda.workday_before(vandaag - dagen * EEN_DAG), *rest) for dagen, *rest in werk]
        eigen = [deel for deel in eigen if deel[0].year == jaar.jaar][: jaar.klachten]
        dagen = _days(rng, jaar, vandaag, jaar.klachten - len(eigen), agenda)
        rustig = [i for i, dag in enumerate(dagen) if (vandaag - dag).days > RUST]
        gekozen = set(rng.sample(rustig, min(len(rustig), per_jaar, len(verplicht))))
        gewoon = [(dag, verplicht.pop() if i in gekozen else None, {}, "") for i, dag in enumerate(dagen)]
        lijst = []
        for dag, bijzonder, tempo, tot in sorted([*gewoon, *eigen], key=lambda deel: deel[0]):
            sleutel = f"K{next(volgnr)}"
            eigen_rng = Toeval(f"{seed}-{sleutel}")
            lijst.append(
                make_geval(sleutel, dag, eigen_rng, gewicht=jaar.gewicht, bijzonder=bijzonder, tempo=tempo, tot=tot)
            )
        yield jaar, _relate(lijst, seed, vandaag - RUST * EEN_DAG)


def _days(rng: Random, jaar: Jaarplan, vandaag: date, hoeveel: int, agenda: Agenda) -> list[date]:
    """Draw the days of receipt in a year; the last ones lie some weeks before today, where others were planned."""
    van, tot = date(jaar.jaar, 1, 2), min(date(jaar.jaar, 12, 29), vandaag - 2 * EEN_DAG)
    bereik = max((tot - van).days, 0)
    dagen = (agenda.workday(van + timedelta(days=rng.randint(0, bereik))) for _ in range(max(hoeveel, 0)))
    return sorted(min(dag, agenda.workday_before(max(tot, van))) for dag in dagen)


def _relate(gevallen: list[Geval], seed: int, tot: date) -> list[Geval]:
    """Link some klachten to the one before, and let some be the one before, entered again."""
    uit: list[Geval] = []
    for geval in gevallen:
        vorige = uit[-1] if uit else None
        if vorige is None:
            uit.append(geval)
        elif _is_doubled(vorige) and vorige.ontvangen_op < tot and not geval.bijzonder & VERPLICHTE_NAMEN:
            uit.append(copy_of(vorige, geval.sleutel, Toeval(f"{seed}-{geval.sleutel}-dubbel")))
        else:
            # Whoever links them writes in both dossiers, so is involved in neither.
            vrij = [lid for lid in DIRECTIE if lid not in (*geval.betrokkenen, *vorige.betrokkenen)]
            if geval.is_("gekoppeld") and not vorige.is_("vervallen") and vrij:
                geval.gekoppeld_aan, geval.gekoppeld_door = vorige.sleutel, vrij[0]
            uit.append(geval)
    return sorted(uit, key=lambda geval: geval.ontvangen_op)


def _is_doubled(geval: Geval) -> bool:
    """Whether a klacht is entered twice: not one in which who lets the second lapse may be involved by then."""
    return geval.is_("dubbel") and not geval.is_("later_betrokken")


def _shares(delen: list[int], totaal: int) -> list[int]:
    """Divide a total in proportion, exactly."""
    som, gehad, uit = sum(delen), 0, []
    opgeteld = 0
    for deel in delen:
        opgeteld += deel
        tot_hier = round(totaal * opgeteld / som)
        uit.append(tot_hier - gehad)
        gehad = tot_hier
    return uit
