"""People: they come, get other names and roles, and leave."""

from __future__ import annotations

from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten import mailadres
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import (
    check_bezetting,
    check_ingericht,
    check_naam_nu,
    check_nieuws,
    check_periode,
    organisatie_van,
    persoon_van,
)
from klachten.handelingen.veld import Veld
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import ROLLEN, Persoon
from klachten.taal import datum

ZONDER_BEHANDELING = frozenset({"analist", "auditor"})
"""Who counts or checks the work of others does not do it as well."""
BEHANDELING = frozenset({"coordinator", "behandelaar", "directie", "actienemer"})

_ROL = Veld(naam="rol", label="Rol", soort="keuze", keuzes=tuple(ROLLEN.items()))
_VESTIGING = Veld(
    naam="vestiging", label="Vestiging", soort="keuze", lijst="vestigingen", geldt_op="vanaf", verplicht=False
)


def _name_fields(*, verplicht: bool) -> tuple[Veld, ...]:
    return (
        Veld(naam="voornaam", label="Voornaam", soort="regel", verplicht=verplicht),
        Veld(naam="tussenvoegsel", label="Tussenvoegsel", soort="regel", verplicht=False),
        Veld(naam="achternaam", label="Achternaam", soort="regel", verplicht=verplicht),
        Veld(naam="e_mail", label="E-mailadres", soort="regel", verplicht=verplicht),
    )


@handeling(
    "Persoon toevoegen",
    Veld(naam="vanaf", label="Werkt hier vanaf", soort="dag"),
    *_name_fields(verplicht=True),
    _VESTIGING,
    reeks="P",
    nieuw=True,
)
def toevoegen_persoon(zaak: Zaak, *, vanaf: date, e_mail: str, **gegevens: Any) -> Gebeurtenis:
    """Somebody works here; the number of the new dossier is the id in every fact, since a name can change."""
    check_ingericht(zaak)
    check_mail(zaak, e_mail, vanaf)
    zaak.klachtnummer = zaak.boeking.nieuw_nummer("P", zaak.vandaag.year)
    return g.PersoonToegevoegd(
        gebeurd_op=zaak.vandaag, persoon=zaak.klachtnummer, vanaf=vanaf, e_mail=e_mail, **gegevens
    )


@handeling(
    "Gegevens van een persoon wijzigen",
    Veld(naam="vanaf", label="Geldt vanaf", soort="dag"),
    *_name_fields(verplicht=False),
    _VESTIGING,
    reeks="P",
)
def wijzigen_persoon(zaak: Zaak, *, vanaf: date, e_mail: str, **gegevens: Any) -> Gebeurtenis:
    """Another name, address or vestiging; what is empty stays."""
    persoon = persoon_van(zaak)
    check_nieuws(e_mail, *gegevens.values())
    if gegevens["tussenvoegsel"] and not gegevens["achternaam"]:
        raise OngeldigeInvoer({"achternaam": "Vul bij een ander tussenvoegsel ook de achternaam in."})
    _check_begin(persoon, vanaf)
    check_naam_nu(zaak, vanaf, e_mail, *(gegevens[deel] for deel in ("voornaam", "tussenvoegsel", "achternaam")))
    check_mail(zaak, e_mail, vanaf, persoon)
    return g.PersoonGewijzigd(gebeurd_op=zaak.vandaag, vanaf=vanaf, e_mail=e_mail, **gegevens)


@handeling(
    "Rol geven",
    _ROL,
    Veld(naam="vanaf", label="Vanaf", soort="dag"),
    Veld(naam="tot", label="Tot en met", soort="dag", verplicht=False, hulp="Laat leeg als er nog geen einde is."),
    _VESTIGING,
    reeks="P",
)
def geven_rol(zaak: Zaak, *, rol: str, vanaf: date, tot: date | None, vestiging: str) -> Gebeurtenis:
    """Somebody gets a role; directie can name a beheerder, or a firm without one could never have one again."""
    persoon = persoon_van(zaak)
    if rol != "beheerder" and not zaak.gebruiker.heeft("beheerder"):
        raise Geweigerd(
            "De directie kan alleen de beheerder aanwijzen; andere rollen geeft de beheerder.", soort="andere_rol"
        )
    check_periode(vanaf, tot)
    _check_begin(persoon, vanaf)
    if not persoon.werkt(vanaf):
        raise OngeldigeInvoer({"vanaf": f"{persoon.naam} werkt hier dan niet meer."})
    heeft = persoon.rollen_op(vanaf)
    al = [r.tot for r in persoon.rollen if r.rol == rol and r.op(vanaf)]
    if any(einde is None or (tot is not None and tot <= einde) for einde in al):
        raise OngeldigeInvoer({"rol": f"{persoon.naam} heeft de rol {ROLLEN[rol].lower()} dan al."})
    if (rol in ZONDER_BEHANDELING and heeft & BEHANDELING) or (rol in BEHANDELING and heeft & ZONDER_BEHANDELING):
        raise OngeldigeInvoer(
            {"rol": "Een analist of auditor behandelt zelf geen klachten. Beëindig eerst de andere rol."}
        )
    return g.RolGegeven(gebeurd_op=zaak.vandaag, rol=rol, vanaf=vanaf, tot=tot, vestiging=vestiging)


@handeling("Rol beëindigen", _ROL, Veld(naam="laatste_dag", label="Laatste dag", soort="dag"), reeks="P")
def beeindigen_rol(zaak: Zaak, *, rol: str, laatste_dag: date) -> Gebeurtenis:
    """Somebody has a role no longer; refused when nobody would have it where somebody must."""
    persoon = persoon_van(zaak)
    if not any(r.rol == rol and (r.tot is None or r.tot > laatste_dag) for r in persoon.rollen):
        raise OngeldigeInvoer({"rol": f"{persoon.naam} heeft de rol {ROLLEN[rol].lower()} na die dag niet."})
    feit = g.RolBeeindigd(gebeurd_op=zaak.vandaag, rol=rol, laatste_dag=laatste_dag)
    check_bezetting(zaak, feit)
    return feit


@handeling(
    "Vertrek vastleggen",
    Veld(naam="laatste_dag", label="Laatste dag", soort="dag"),
    Veld(naam="overgedragen_aan", label="Werk overgedragen aan", soort="medewerkers", verplicht=False),
    reeks="P",
)
def vertrekken_persoon(zaak: Zaak, *, laatste_dag: date, overgedragen_aan: tuple[str, ...]) -> Gebeurtenis:
    """Somebody leaves: is not offered from then on, and keeps the name in all that was done."""
    persoon = persoon_van(zaak)
    _check_begin(persoon, laatste_dag, "laatste_dag")
    if persoon.laatste_dag is not None:
        raise Geweigerd(
            f"Van {persoon.naam} staat al vast dat {datum(persoon.laatste_dag)} de laatste dag is.", soort="staat_er_al"
        )
    org = organisatie_van(zaak)
    for id in overgedragen_aan:
        opvolger = org.mensen.get(id)
        if id == persoon.id or opvolger is None or opvolger.laatste_dag is not None:
            raise OngeldigeInvoer({"overgedragen_aan": f"{org.naam(id)} kan het niet overnemen. Kies een collega."})
    _warn_work(zaak, persoon)
    feit = g.PersoonVertrokken(gebeurd_op=zaak.vandaag, laatste_dag=laatste_dag, overgedragen_aan=overgedragen_aan)
    check_bezetting(zaak, feit)
    return feit


def _warn_work(zaak: Zaak, persoon: Persoon) -> None:
    """Ask why somebody leaves while there is work in that name: it is not handed over by leaving."""
    with zaak.register.cursor() as cursor:
        # Asked of everything: a klacht in which the beheerder is involved has to be handed over too.
        rijen = cursor.execute("SELECT 1 FROM open_werk(?, '') WHERE wat <> 'signaal' LIMIT 1", [persoon.id]).fetchall()
    if rijen:
        zaak.waarschuw("werk_open", f"Er staat nog werk op naam van {persoon.naam}. Draag dat eerst over.")


def check_roles_together(persoon: Persoon) -> None:
    """Refuse somebody who on some day counts or checks the work of others and does it as well."""
    for begin in (periode.van for periode in persoon.rollen):
        heeft = persoon.rollen_op(begin)
        if heeft & ZONDER_BEHANDELING and heeft & BEHANDELING:
            raise Geweigerd(
                f"Dan is {persoon.naam} op {datum(begin)} analist of auditor en behandelt ook klachten. Dat kan niet.",
                soort="rollen_samen",
            )


def _check_begin(persoon: Persoon, dag: date, veld: str = "vanaf") -> None:
    eerste = min(periode.van for periode in persoon.in_dienst)
    if dag < eerste:
        raise OngeldigeInvoer({veld: f"{persoon.naam} werkt hier pas vanaf {datum(eerste)}."})


def check_mail(zaak: Zaak, e_mail: str, op: date, zelf: Persoon | None = None) -> None:
    """Refuse what is no address, and that of a colleague: people sign in with it."""
    if not e_mail:
        return
    if bezwaar := mailadres.objection(e_mail):
        raise OngeldigeInvoer({"e_mail": f"Dit is geen e-mailadres waar post heen kan: {bezwaar}"})
    for ander in organisatie_van(zaak).mensen.values():
        nog = ander.laatste_dag is None or ander.laatste_dag >= op
        if (zelf is None or ander.id != zelf.id) and nog and ander.naamdelen.e_mail.lower() == e_mail.lower():
            raise OngeldigeInvoer({"e_mail": f"{ander.naam} heeft dit e-mailadres al."})
