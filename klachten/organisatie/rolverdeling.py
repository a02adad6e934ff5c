"""The cast of the example: invented people, each with a fixed role."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date

from klachten.organisatie.mensen import Naam, Periode, Persoon, Rolperiode
from klachten.organisatie.rollen import Gebruiker
from klachten.organisatie.stand import Organisatie


def _speler(id: str, naam: str, vestiging: str, *rollen: str) -> Gebruiker:
    return Gebruiker(id, naam, frozenset(rollen), vestiging)


ROLVERDELING: tuple[Gebruiker, ...] = (
    _speler("anna", "Anna de Wit", "weert", "coordinator", "behandelaar", "actienemer", "medewerker"),
    _speler("bas", "Bas Janssen", "utrecht", "behandelaar", "actienemer", "medewerker"),
    _speler("carla", "Carla Verhoeven", "weert", "directie"),
    _speler("dirk", "Dirk Smeets", "eindhoven", "behandelaar", "actienemer", "medewerker"),
    _speler("eva", "Eva Bakker", "weert", "actienemer", "medewerker"),
    _speler("frank", "Frank Maes", "eindhoven", "directie"),
    _speler("gijs", "Gijs Peters", "utrecht", "actienemer", "medewerker"),
    _speler("hanna", "Hanna Vos", "weert", "analist"),
    _speler("iris", "Iris Kuipers", "weert", "beheerder"),
    _speler("joris", "Joris Blom", "weert", "auditor"),
)


def of_users(gebruikers: Iterable[Gebruiker]) -> Organisatie:
    """Return an organisation of these people, who are there with these roles on every day."""
    return Organisatie(voorbeeld=True, mensen={wie.id: _always(wie) for wie in gebruikers})


def _always(wie: Gebruiker) -> Persoon:
    voornaam, *rest = wie.naam.split()
    *tussen, achternaam = rest or [""]
    return Persoon(
        id=wie.id,
        nummer="",
        naamdelen=Naam(voornaam=voornaam, tussenvoegsel=" ".join(tussen), achternaam=achternaam),
        in_dienst=(Periode(van=date.min),),
        vestigingen=((date.min, wie.vestiging),),
        rollen=tuple(Rolperiode(rol=rol, van=date.min) for rol in sorted(wie.rollen)),
    )


@functools.cache
def cast() -> Organisatie:
    """Return the organisation of the example."""
    return of_users(ROLVERDELING)
