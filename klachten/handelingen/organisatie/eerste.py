"""The first start of a register of a firm: the organisation and its first beheerder, whom nobody there could record.

One group of facts, so that a start that breaks off leaves a register that has both or neither.
"""

from __future__ import annotations

from datetime import date

from klachten import gebeurtenissen as g
from klachten.handelingen.organisatie.gegevens import INRICHTER
from klachten.handelingen.weigering import Geweigerd
from klachten.organisatie import OVERNAME
from klachten.organisatie.herinneringen import standard
from klachten.register import Register

ROL = "inrichting"


def only_taken_over(register: Register) -> bool:
    """Tell whether nobody recorded anything yet: there are no facts, or only those of klachten that were taken over."""
    with register.cursor() as cursor:
        ((anders,),) = cursor.execute("SELECT count(*) FROM gebeurtenis WHERE door <> ?", [OVERNAME]).fetchall()
    return not anders


def begin(
    register: Register, *, organisatie: str, voornaam: str, tussenvoegsel: str, achternaam: str, e_mail: str, op: date
) -> str:
    """Record the organisation and its first beheerder on a day; return the id of that person.

    Who begins a register worked there before: here from the first of January, so that a klacht that came in since can
    be recorded as taken in by him or her. On the page Personen that day can be put right.

    Geweigerd when the register has an organisation, or klachten that were recorded before it had one; those that were
    taken over may be there already.
    """
    with register.schrijven() as boeking:
        if register.organisatie.ingericht or not only_taken_over(register):
            raise Geweigerd("Dit register is al in gebruik. Begin in een lege map.", soort="register_in_gebruik")
        persoon = boeking.nieuw_nummer("P", op.year)
        wie = g.PersoonToegevoegd(
            gebeurd_op=op, persoon=persoon, vanaf=date(op.year, 1, 1), voornaam=voornaam, tussenvoegsel=tussenvoegsel,
            achternaam=achternaam, e_mail=e_mail,
        )  # fmt: skip
        for nummer, feit in (
            (g.NUMMER, g.OrganisatieIngericht(gebeurd_op=op, naam=organisatie, voorbeeld=False)),
            *((g.NUMMER, regel) for regel in standard(op)),
            (persoon, wie),
            (persoon, g.RolGegeven(gebeurd_op=op, rol="beheerder", vanaf=op)),
        ):
            boeking.leg_vast(nummer, feit, door=INRICHTER.id, rol=ROL)
        return persoon
