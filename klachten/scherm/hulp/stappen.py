"""What one needs to know at a step: who, what is recorded, when, what comes after, and what may go otherwise.

One source for the fold at the form of a step and for page Reglement. Who and when come from the reglement as the klacht
has it, what is recorded from the fields of the handeling, what deviates from the codes of the warnings.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from klachten.handelingen import HANDELINGEN, Handeling
from klachten.handelingen.volgorde import HERHAALBAAR, VOORGANGERS
from klachten.reglement import BuitenGeldigheid, Reglement, Stap, Termijn
from klachten.scherm import afwijkingen, uitleg
from klachten.taal import hoofdletter, opsomming

# The handeling by which each step is done.
HOOFD: dict[int, str] = {
    1: "stap_01_indienen_klacht",
    2: "stap_02_informeren_coordinator",
    3: "stap_03_verwerken_klacht",
    4: "stap_04_toewijzen_behandelaar",
    5: "stap_05_bevestigen_ontvangst",
    6: "stap_06_onderzoeken_klacht",
    7: "stap_07_niet_in_behandeling_nemen",
    8: "stap_08_bepalen_maatregel",
    9: "stap_09_informeren_indiener",
    10: "stap_10_informeren_actienemer",
    11: "stap_11_uitvoeren_maatregel",
    12: "stap_12_bewaken_voortgang",
    13: "stap_13_afsluiten_klacht",
    14: "stap_14_informeren_indiener_afsluiting",
    15: "stap_15_melden_meningsverschil",
    16: "stap_16_evalueren_klachten",
    17: "stap_17_informeren_actienemer",
    18: "stap_18_uitvoeren_verbeteractie",
}
# Which steps follow; tests/test_hulp.py holds it against what the handelingen warn of.
DAARNA: dict[int, tuple[int, ...]] = {
    1: (2,), 2: (3,), 3: (4,), 4: (5,), 5: (6,), 6: (7, 8), 8: (9,), 9: (10,), 10: (11,), 11: (13,), 12: (13,),
    13: (14,), 16: (17,), 17: (18,),
}  # fmt: skip
_BIJ_DAARNA = {
    7: "Niets meer: de klacht is beëindigd. Een meningsverschil melden kan altijd (stap 15).",
    9: "Zijn er geen maatregelen nodig, dan kan de klacht worden afgesloten (stap 13).",
    12: "Dit mag zo vaak als nodig.",
    14: "Niets meer. Een meningsverschil melden kan altijd (stap 15).",
    15: "Eerst overleg, daarna zo nodig voorleggen en een oordeel. Het oordeel kan de klacht heropenen.",
    18: "Later gaat u na wat er is veranderd.",
}
# What a step may deviate in besides its order and its terms, by the codes of klachten/handelingen.
EIGEN: dict[int, tuple[str, ...]] = {
    2: ("coordinator_afwezig",),
    4: ("toewijzing", "indiener_niet_geinformeerd", "lijkt_collega"),
    8: ("maatregel_na_termijn", "overleg_buiten"),
    10: ("volgorde",),
    11: ("maatregel_te_laat",),
    13: ("niets_besloten",),
    15: ("geen_overleg", "lijkt_collega"),
    18: ("volgorde", "verbeteractie_te_laat"),
}
GEEN_TERMIJN = "Het reglement noemt hier geen termijn."
MEESTE = 6
"""So many fields one may leave empty are named."""
# Where the reglement says in words when, and not in days.
_IN_WOORDEN = {
    16: "Minstens één keer per jaar; een jaar is gedaan als elke dag ervan na afloop is geëvalueerd.",
    18: "Op de dag die met de directie is afgesproken, zonder te treuzelen.",
}


class Regel(NamedTuple):
    """One question about a step and its answer, in plain text."""

    vraag: str
    antwoord: str


def regels(
    reglement: Reglement, op: date, nr: int, handeling: Handeling | None = None, versie: date | None = None
) -> list[Regel]:
    """Return what one needs to know of a step, for a klacht received on a day; `versie` is the one that klacht keeps.

    With `handeling` what is recorded is of that one; without it of the handeling by which the step is done.
    """
    stap, termijnen = reglement.stap(nr), _terms(reglement, versie or op)
    uit = [
        Regel("Wie", wie(stap)),
        Regel("Wat u vastlegt", recorded(handeling or HANDELINGEN[HOOFD[nr]])),
        Regel("Wanneer", when(reglement, termijnen, op, nr)),
        Regel("Daarna", after(reglement, nr)),
    ]
    if anders := deviations(reglement, termijnen, nr):
        uit.append(Regel("Ging het anders", anders))
    return uit


def wie(stap: Stap) -> str:
    """Say who does a step, and whether the indiener gets a letter."""
    brief = " De indiener krijgt het schriftelijk." if stap.brief else ""
    return f"De {uitleg.rolnamen(stap.rollen)}.{brief}"


def recorded(handeling: Handeling) -> str:
    """Say what the form of a handeling asks."""
    verplicht = [veld.label for veld in handeling.gevraagd if veld.verplicht]
    vrij = [veld.label for veld in handeling.gevraagd if not veld.verplicht]
    if handeling.reden_verplicht:
        verplicht.append("de reden")
    zin = f"{' · '.join(verplicht)}."
    # Of the intake that would be a list of thirty.
    meer = "Meer mag, als het bekend is." if len(vrij) > MEESTE else f"Als het bekend is ook: {' · '.join(vrij)}."
    return f"{zin} {meer}" if vrij else zin


def when(reglement: Reglement, termijnen: Iterable[Termijn], op: date, nr: int) -> str:
    """Say by when a step is done: the terms in force, with unit and start, and what the organisation itself aims at."""
    zinnen = [f"Binnen {term_sentence(termijn)}" for termijn in termijnen if termijn.stap == nr]
    if zinnen and reglement.verschuift_bij_vrije_dag:
        zinnen.append("Eindigt dat op een vrije dag, dan geldt de eerstvolgende werkdag.")
    zinnen = zinnen or [_IN_WOORDEN.get(nr, GEEN_TERMIJN)]
    streef = [termijn for termijn in reglement.streeftermijnen if termijn.stap == nr and termijn.geldt_op(op)]
    return " ".join([*zinnen, *(f"Eigen streven: {term_sentence(termijn)}" for termijn in streef)])


def when_on(reglement: Reglement, op: date, nr: int) -> str:
    """Say by when a step is done, for a klacht received on a day."""
    return when(reglement, _terms(reglement, op), op, nr)


def term_sentence(termijn: Termijn) -> str:
    """Say how long a term is, from when it counts, for which klachten, and how far it may be extended."""
    zin = f"{uitleg.length(termijn)} ({termijn.naam.lower()}). {uitleg.BIJ[termijn.geldt]}"
    return f"{zin} {uitleg.verlenging_zin(termijn.verlenging)}" if termijn.verlenging else zin


def _terms(reglement: Reglement, op: date) -> tuple[Termijn, ...]:
    try:
        return reglement.termijnen_van(reglement.versie_op(op))
    except BuitenGeldigheid:
        return ()


def after(reglement: Reglement, nr: int) -> str:
    """Say which step follows, and who does it."""
    volgt = [
        f"stap {ander}, {_lower(reglement.stap(ander).naam)}"
        for ander in DAARNA.get(nr, ())
        if ander in reglement.rollen
    ]
    zin = f"{hoofdletter(opsomming(volgt, 'of'))}." if volgt else ""
    return " ".join(filter(None, (zin, _BIJ_DAARNA.get(nr, ""))))


def _lower(naam: str) -> str:
    return f"{naam[:1].lower()}{naam[1:]}"


def codes(termijnen: Iterable[Termijn], nr: int) -> list[str]:
    """Return the codes of what may go otherwise at a step, and is recorded then instead of refused."""
    uit = [f"te_laat:{termijn.id}" for termijn in termijnen if nr in termijn.einde]
    uit += ["volgorde"] if nr in VOORGANGERS else []
    uit += ["herhaling"] if nr in HERHAALBAAR else []
    return list(dict.fromkeys([*uit, *EIGEN.get(nr, ())]))


def deviations(reglement: Reglement, termijnen: Iterable[Termijn], nr: int) -> str:
    """Say what is not refused at a step, but recorded with a reason; empty where nothing is."""
    anders = codes(termijnen, nr)
    woorden = opsomming((afwijkingen.in_woorden(code, reglement) for code in anders), "of")
    return f"Niet geweigerd, wel vastgelegd als afwijking, met uw reden: {woorden}." if anders else ""
