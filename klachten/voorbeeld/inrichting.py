"""The organisation of the example as facts: its invented people with their roles, and its lists.

Also for a register from before there were such facts: nobody could act in one but this cast.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.organisatie import ROLLEN
from klachten.organisatie.herinneringen import standard
from klachten.register import Register
from klachten.voorbeeld import firma
from klachten.voorbeeld.firma import BEGIN
from klachten.voorbeeld.rolverdeling import ROLVERDELING, cast

DOOR = "klachten"
COORDINATOR = "anna"
ZIN = (
    "De organisatie en haar medewerkers staan nu als feiten in het register. Zij zijn overgenomen van het voorbeeld, "
    "waarmee dit register tot nu toe werkte."
)


def record(register: Register, *, op: date, rol: str = "inrichting") -> int:
    """Record the organisation of the example in one group, decided on a day; return how many facts that took.

    It holds from BEGIN on, or from that day when it is earlier.
    """
    vanaf = min(BEGIN, op)
    with register.schrijven() as boeking:
        for feit in _organisation(op, vanaf):
            boeking.leg_vast(g.NUMMER, feit, door=DOOR, rol=rol)
        for feiten in _people(op, vanaf):
            nummer = boeking.nieuw_nummer("P", op.year)
            for feit in feiten:
                boeking.leg_vast(nummer, feit, door=DOOR, rol=rol)
        return len(boeking.feiten)


def record_reach(register: Register, *, op: date) -> int:
    """Record where the firm of the example is reached, as it stands in its letters; return how many facts that took."""
    with register.schrijven() as boeking:
        boeking.leg_vast(g.NUMMER, firma.reach(op, min(BEGIN, op)), door=DOOR, rol="inrichting")
        return len(boeking.feiten)


def report_absence(register: Register, wie: str, van: date, tot: date, *, op: date) -> int:
    """Record that somebody will be absent for longer, said on a day by himself; return how many facts that took."""
    persoon = register.organisatie.mensen[wie]
    with register.schrijven() as boeking:
        weg = g.AfwezigheidGemeld(gebeurd_op=op, afwezigheid=1, van=van, tot=tot, lang=True)
        boeking.leg_vast(persoon.nummer, weg, door=wie, rol="coordinator")
        return len(boeking.feiten)


def bring_over(register: Register) -> bool:
    """Give a register that has facts and no organisation the one it always worked with; tell whether it had none.

    A register without facts is left alone: whose it becomes is not known yet.
    """
    with register.cursor() as cursor:
        ((eerste,),) = cursor.execute("SELECT min(gebeurd_op) FROM gebeurtenis").fetchall()
    if register.organisatie.ingericht or eerste is None:
        return False
    record(register, op=eerste, rol="overbrenging")
    register.meldingen.append(ZIN)
    return True


def _organisation(op: date, vanaf: date) -> Iterator[Gebeurtenis]:
    yield from firma.organisation(op, vanaf)
    yield from standard(op, vanaf)
    yield from firma.lists(op, vanaf)


def _people(op: date, vanaf: date) -> Iterator[list[Gebeurtenis]]:
    for wie in ROLVERDELING:
        naam = cast().mensen[wie.id].naamdelen
        persoon = g.PersoonToegevoegd(
            gebeurd_op=op, persoon=wie.id, vanaf=vanaf, vestiging=wie.vestiging, voornaam=naam.voornaam,
            tussenvoegsel=naam.tussenvoegsel, achternaam=naam.achternaam, e_mail=f"{wie.id}@voorbeeld.nl",
        )  # fmt: skip
        rollen = (g.RolGegeven(gebeurd_op=op, rol=rol, vanaf=vanaf) for rol in ROLLEN if wie.heeft(rol))
        yield [persoon, *rollen]
