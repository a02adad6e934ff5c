"""What the handelingen of the organisation share: how it stands within this group, and what may not be left empty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.handeling import Zaak
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import ROLLEN, Organisatie, Persoon
from klachten.taal import datum

NODIG = ("beheerder", "coordinator", "directie")
"""Somebody has to have each of these roles on every day: without, nobody can give roles or handle a klacht."""


def organisatie_van(zaak: Zaak) -> Organisatie:
    """Return the organisation with what was recorded in this group so far."""
    return zaak.register.inrichting.organisatie_met(zaak.boeking.feiten)


def persoon_van(zaak: Zaak) -> Persoon:
    """Return the person whose dossier this is; Geweigerd when it is of somebody who was erased."""
    persoon = next((p for p in organisatie_van(zaak).mensen.values() if p.nummer == zaak.klachtnummer), None)
    if persoon is None:
        raise Geweigerd(f"{zaak.klachtnummer} is geen persoon van de organisatie.", soort="ander_dossier")
    if persoon.gewist:
        raise Geweigerd(f"De gegevens van {persoon.naam} zijn gewist; daar kan niets meer bij.", soort="gewist")
    return persoon


def check_bezetting(zaak: Zaak, *feiten: Gebeurtenis) -> None:
    """Refuse facts after which a role of NODIG would be nobody's from a day on, where it is somebody's now.

    Recorded as they would be: `zaak.corrigeert` is the fact that they put right. Of days that are over it is asked why:
    that it was so has to be recorded.
    """
    voor = organisatie_van(zaak)
    na = zaak.register.inrichting.organisatie_met([*zaak.boeking.feiten, *as_recorded(zaak, feiten)])
    for rol in NODIG:
        dag, eerst = na.zonder(rol, zaak.vandaag), voor.zonder(rol, zaak.vandaag)
        if dag is not None and (eerst is None or dag < eerst):
            raise Geweigerd(
                f"Dan is er vanaf {datum(dag)} niemand met de rol {ROLLEN[rol].lower()}. Geef die rol eerst aan iemand "
                "anders.",
                soort="niemand_met_rol",
            )
    for laatste in (feit.laatste_dag for feit in feiten if isinstance(feit, g.RolBeeindigd | g.PersoonVertrokken)):
        for rol in NODIG:
            dag, eerst = (org.zonder(rol, laatste + timedelta(days=1)) for org in (na, voor))
            if dag is not None and dag < zaak.vandaag and (eerst is None or dag < eerst):
                zin = f"Dan was er vanaf {datum(dag)} niemand met de rol {ROLLEN[rol].lower()}."
                zaak.waarschuw("zonder_rol", zin)


def as_recorded(zaak: Zaak, feiten: Sequence[Gebeurtenis]) -> list[Vastlegging]:
    """Return facts as they would be recorded next, to see what they would make of the organisation."""
    return [
        Vastlegging(
            nr=zaak.boeking.volgende + plek,
            klachtnummer=zaak.klachtnummer,
            vastgelegd_op=datetime(1970, 1, 1, tzinfo=UTC),
            door=zaak.gebruiker.id,
            rol=zaak.rol,
            feit=feit,
            corrigeert=zaak.corrigeert,
        )
        for plek, feit in enumerate(feiten)
    ]


def check_periode(van: date, tot: date | None, veld: str = "tot") -> None:
    """Refuse a last day before the first."""
    if tot is not None and tot < van:
        raise OngeldigeInvoer({veld: f"{datum(tot)} ligt vóór {datum(van)}, de eerste dag."})


def check_nieuws(*waarden: object) -> None:
    """Refuse a change in which nothing is filled in."""
    if not any(waarden):
        raise OngeldigeInvoer({"vanaf": "Vul in wat er anders wordt; wat leeg is, blijft zoals het is."})


def check_naam_nu(zaak: Zaak, vanaf: date, *namen: str) -> None:
    """Refuse a name from a later day: a name is shown as it is now, whatever the day, so it would be there at once."""
    if vanaf > zaak.vandaag and any(namen):
        raise OngeldigeInvoer({"vanaf": "Een andere naam gaat niet in de toekomst in. Leg die vast op de dag zelf."})


def check_ingericht(zaak: Zaak) -> None:
    """Refuse what asks for an organisation while there is none."""
    if not organisatie_van(zaak).ingericht:
        raise Geweigerd(
            "De organisatie is nog niet ingericht. Begin met de naam van de organisatie.", soort="niet_ingericht"
        )


def is_eigen_feit(zaak: Zaak) -> bool:
    """Tell whether a case is about the organisation or one of its people, and so about no klacht."""
    return zaak.klachtnummer == g.NUMMER or zaak.klachtnummer.startswith("P")
