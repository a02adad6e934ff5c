"""Who leads on a day: one definition for reminders, e-mail and the bell, as klachttaken.sql has it for the tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from klachten.organisatie.rollen import Gebruiker
from klachten.organisatie.stand import Organisatie

LEIDING = ("coordinator", "directie")


def leading(
    organisatie: Organisatie,
    dag: date,
    vrij: Callable[[str], bool],
    *,
    vanaf: str = LEIDING[0],
    aanwezig: bool = False,
) -> tuple[str, tuple[str, ...]]:
    """Return the role and the ids of who leads: the free coordinators, else free directie; ("", ()) when nobody is.

    `vrij` tells who is: of a klacht nobody involved. A coordinator who is absent for longer does not lead. With
    `aanwezig` only who is there does, or the substitute. `vanaf` leaves out the roles before it.
    """
    for rol in LEIDING[LEIDING.index(vanaf) :]:
        leden = organisatie.coordinatoren(dag) if rol == LEIDING[0] else organisatie.met_rol(rol, op=dag)
        ids = [wie.id for wie in leden]
        if gevonden := tuple(id for id in (there(organisatie, ids, dag) if aanwezig else ids) if vrij(id)):
            return rol, gevonden
    return "", ()


def may_lead(wie: Gebruiker) -> bool:
    """Tell whether somebody has a role that leads."""
    return wie.heeft(*LEIDING)


def there(organisatie: Organisatie, ids: Iterable[str], dag: date) -> list[str]:
    """Return of these people who is there on a day, or else the substitute, each once."""
    wie = (id if organisatie.aanwezig(id, dag) else organisatie.vervanger(id, dag) for id in ids)
    return list(dict.fromkeys(filter(None, wie)))
