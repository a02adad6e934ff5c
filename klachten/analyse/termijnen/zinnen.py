"""What the figures of deadline compliance mean, in Dutch sentences that follow from the figures alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from klachten import taal
from klachten.analyse.basis.geteld import Geteld, geteld
from klachten.analyse.basis.zinnen import GEEN_GEGEVENS, KLEIN, getal, procent
from klachten.analyse.statistiek import Termijnkop, Verhouding
from klachten.analyse.termijnen.naleving import ONRIJP, RIJP, RIJP_OF_ONBESLIST, RIJP_OP_TIJD, RIJP_TE_LAAT, Naleving

NOG_NIETS_VOORBIJ = "nog geen termijn voorbij"


def tarief(verhouding: Verhouding) -> str:
    """Return a rate for a table cell: the share from KLEIN klachten on, the counts in any case."""
    if verhouding.n == 0:
        return GEEN_GEGEVENS
    telling = f"{getal(verhouding.x)} van {getal(verhouding.n)}"
    return telling if verhouding.n < KLEIN else f"{procent(verhouding.aandeel)} ({telling})"


def kopcel(kop: Termijnkop) -> str:
    """Return a headline for a table cell: the share from KLEIN klachten on, always the counts and the undecided."""
    if kop.aandeel is None or kop.n < KLEIN:
        return kort(kop)
    return f"{procent(kop.aandeel)} ({kort(kop)})"


def regelcel(regel: Naleving) -> str:
    """Return the headline of a term for a table cell, and why there is none: no data, or no last day passed yet."""
    return kopcel(regel.kop) if regel.zegt_iets or regel.kop.onbeslist else waarom_niets(regel)


def waarom_niets(regel: Naleving | None) -> str:
    """Say why a term has no headline. That its days still run is no lack of data."""
    return NOG_NIETS_VOORBIJ if regel is not None and regel.nog_niet_rijp else GEEN_GEGEVENS


def kort(kop: Termijnkop) -> str:
    """Return the counts of a headline in a few words: '42 van 45, over 5 niet beslist'."""
    n = kop.x + kop.te_laat
    if kop.aandeel is None and not kop.onbeslist:
        return GEEN_GEGEVENS
    geteld = f"{getal(kop.x)} van {getal(n)}"
    return f"{geteld}, over {getal(kop.onbeslist)} niet beslist" if kop.onbeslist else geteld


def marge(verhouding: Verhouding | Termijnkop) -> str:
    """Return the interval as words: '39% tot 86%'."""
    if verhouding.laag is None or verhouding.hoog is None:
        return GEEN_GEGEVENS
    # Rounded outwards, so that the words never promise more than the interval does.
    return f"{_omlaag(verhouding.laag)}% tot {_omhoog(verhouding.hoog)}%"


def _omlaag(aandeel: float) -> int:
    return int(aandeel * 100 + 1e-9)


def _omhoog(aandeel: float) -> int:
    return 100 - int((1 - aandeel) * 100 + 1e-9)


def _klachten(aantal: int) -> str:
    return "1 klacht" if aantal == 1 else f"{getal(aantal)} klachten"


def _welke(regel: Naleving, cohort: str, peildatum: date | None) -> str:
    if regel.periode is None:
        return "Alle jaren samen"
    wanneer = f"{'Laatste dag' if cohort == 'termijn' else 'Ontvangen'} in {regel.periode.naam}"
    # A period that is not over yet must not read as a whole one.
    heel = peildatum is None or peildatum > regel.periode.laatste
    return wanneer if heel else f"{wanneer}, tot {taal.datum(peildatum)}"


def kop(regel: Naleving) -> str:
    """Return the finding in a few words, for the title of a chart."""
    x, n = regel.rijp_op_tijd, regel.rijp
    if not regel.zegt_iets:
        gevonden = waarom_niets(regel)
    elif regel.onbepaald_verstreken:
        deel = regel.kop.aandeel if regel.kop.n >= KLEIN else None
        geteld = f"{getal(x)} van {getal(n)}"
        gevonden = f"{geteld} op tijd" if deel is None else f"{procent(deel)} op tijd ({geteld})"
        gevonden += f", over {getal(regel.onbepaald_verstreken)} nog niet beslist"
    elif n == 1:
        gevonden = "de enige was op tijd" if x else "de enige was te laat"
    elif x == n:
        gevonden = "beide op tijd" if n == 2 else f"alle {getal(n)} op tijd"
    elif x == 0:
        gevonden = f"geen van {'beide' if n == 2 else f'de {getal(n)}'} op tijd"
    else:
        gevonden = f"{tarief(regel.tarief)} op tijd"
    return f"{regel.termijn_naam}, {regel.periode.kort if regel.periode else 'alle jaren'}: {gevonden}"


def zin(regel: Naleving, cohort: str = "ontvangst", peildatum: date | None = None) -> str:
    """Return what the figures of one term and period mean, careful where they are few."""
    return " ".join((f"{_welke(regel, cohort, peildatum)}: {_kern(regel)}", *_aanvullingen(regel)))


def kop_achter(regel: Naleving) -> tuple[Geteld, ...]:
    """Return the x, the n and the undecided of a headline in a few words."""
    vast = {"termijn": regel.termijn}
    return (
        *geteld(regel.rijp_op_tijd, "op tijd", stand=RIJP_OP_TIJD, **vast),
        *geteld(regel.rijp, "voorbij", stand=RIJP, **vast),
        *geteld(regel.onbepaald_verstreken, "niet beslist", stand="onbepaald, termijn verstreken", **vast),
    )


def achter(regel: Naleving, cohort: str = "ontvangst") -> tuple[Geteld, ...]:
    """Return the counts of that sentence, and of the cell of a table with the same headline."""
    if regel.periode is None:
        return ()
    op = "termijn" if cohort == "termijn" else "ontvangst"
    ook_onbeslist = regel.rijp_of_onbeslist if regel.onbepaald_verstreken else 0
    delen = (
        (regel.rijp, "met de termijn voorbij", RIJP),
        (regel.rijp_op_tijd, "op tijd", RIJP_OP_TIJD),
        (regel.rijp_te_laat, "niet op tijd", RIJP_TE_LAAT),
        (regel.te_laat_open, "te laat en nog open", "te laat, nog open"),
        (regel.onbepaald_verstreken, "voorbij zonder besluit", "onbepaald, termijn verstreken"),
        (ook_onbeslist, "voorbij, ook zonder besluit", RIJP_OF_ONBESLIST),
        (regel.nog_niet_rijp, "nog niet voorbij", ONRIJP),
        (regel.ongeldig, "met een ongeldige datum", "ongeldig"),
    )
    vast: dict[str, Any] = {"termijn": regel.termijn, "periode": regel.periode, "op": op}
    return tuple(g for aantal, wat, stand in delen for g in geteld(aantal, wat, stand=stand, **vast))


def _kern(regel: Naleving) -> str:
    x, n = regel.rijp_op_tijd, regel.rijp
    if regel.totaal == 0:
        return f"geen klachten, dus {GEEN_GEGEVENS}."
    if regel.nvt == regel.totaal:
        return f"deze termijn gold voor geen enkele klacht, dus {GEEN_GEGEVENS}."
    if not regel.zegt_iets and regel.nog_niet_rijp and not regel.onbepaald_verstreken:
        return "van nog geen enkele klacht is de termijn voorbij."
    if not regel.zegt_iets:
        return f"van geen enkele klacht staat al vast of de termijn is gehaald, dus {GEEN_GEGEVENS}."
    if regel.onbepaald_verstreken:
        return f"{regel.kop.zin}. {_voorbehoud(regel)}"
    if n == 1:
        gehaald = "is die gehaald" if x else "is die niet gehaald"
        return f"bij de enige klacht waarvan de termijn voorbij is, {gehaald}. Eén klacht zegt weinig over de rest."
    if x == n:
        telling = f"{'beide' if n == 2 else f'alle {getal(n)}'} klachten waarvan de termijn voorbij is, waren op tijd"
    else:
        hoeveel = "was er geen" if x == 0 else f"was er {x}" if x == 1 else f"waren er {getal(x)}"
        telling = f"van de {getal(n)} klachten waarvan de termijn voorbij is, {hoeveel} op tijd"
        if x and n >= KLEIN:
            telling += f" ({procent(regel.kop.aandeel)})"
    return f"{telling}. {_voorbehoud(regel)}"


def _voorbehoud(regel: Naleving) -> str:
    if regel.kop.n < KLEIN:
        return (
            "Dat zijn er te weinig voor een percentage: bij dit aantal is een werkelijk aandeel van "
            f"{marge(regel.kop)} goed mogelijk."
        )
    dat_is = f"Dat is {procent(regel.kop.aandeel)}. " if regel.onbepaald_verstreken else ""
    return f"{dat_is}Rekening houdend met toeval ligt het aandeel tussen {marge(regel.kop).replace(' tot ', ' en ')}."


def _aanvullingen(regel: Naleving) -> Sequence[str]:
    zinnen = []
    if regel.te_laat_open:
        zinnen.append(f"{_klachten(regel.te_laat_open)} {_is(regel.te_laat_open)} te laat en nog open.")
    if regel.onbepaald_verstreken:
        k, laagst = regel.onbepaald_verstreken, regel.ondergrens
        # The headline named them already, unless there is none.
        wie = "" if regel.zegt_iets else f"Bij {_klachten(k)} ging de laatste dag voorbij zonder besluit. "
        die = "Telt die" if k == 1 else "Tellen die beide" if k == 2 else f"Tellen die alle {getal(k)}"
        zinnen.append(
            f"{wie}{die} als niet gehaald, dan {_was(laagst.x)} er {getal(laagst.x)} van {getal(laagst.n)} op tijd."
        )
    if regel.nog_niet_rijp:
        k = regel.nog_niet_rijp
        # Only an imported klacht may lack a last day.
        voorbij = "voorbij" if regel.herkomst == "register" else "voorbij of niet bekend"
        zinnen.append(f"Bij {_klachten(k)} is de laatste dag nog niet {voorbij}; die {_telt(k)} nog niet mee.")
    if regel.ongeldig:
        k = regel.ongeldig
        zinnen.append(f"{_klachten(k)} {_telt(k)} niet mee, omdat de vastgelegde datum voor de ontvangst ligt.")
    return zinnen


def _was(aantal: int) -> str:
    return "was" if aantal == 1 else "waren"


def _is(aantal: int) -> str:
    return "is" if aantal == 1 else "zijn"


def _telt(aantal: int) -> str:
    return "telt" if aantal == 1 else "tellen"
