"""An organisation of people who are given, and not folded from facts: those of a test or a measurement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from klachten.gebeurtenissen import Gebeurtenis
from klachten.organisatie.mensen import Naam, Periode, Persoon, Rolperiode
from klachten.organisatie.rollen import Gebruiker
from klachten.organisatie.stand import Organisatie


def of_users(gebruikers: Iterable[Gebruiker], feiten: Iterable[Gebeurtenis] = ()) -> Organisatie:
    """Return an organisation of these people, who are there with these roles on every day; `feiten` are its own."""
    mensen = {wie.id: _always(wie) for wie in gebruikers}
    return Organisatie(voorbeeld=True, gegeven=True, mensen=mensen, feiten=tuple(feiten))


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
