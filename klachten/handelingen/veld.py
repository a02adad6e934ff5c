"""The fields of a handeling as data, and the check of what a user filled in.

A page draws its form from the same fields that are checked here, so a form cannot ask for less than the rule needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from klachten import organisatie
from klachten.handelingen.stuk import GROOTSTE, bezwaar
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.organisatie import huisstijl
from klachten.reglement import Reglement
from klachten.taal import datum

EERSTE_JAAR = 1990
# What a field for a date says when there is something in it that is no whole date, or a day that no month has.
GEEN_HELE = date.min
HELE_DATUM = "dit is geen hele datum. Vul de dag, de maand en het jaar in."
LANGSTE_TEKST = 100_000
LANGSTE_REGEL = 1_000
# What a text cannot hold: control characters, and what makes a reader see the letters in another order.
ONLEESBAAR = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# The day of receipt, in `Veld.geldt_op`.
ONTVANGST = "ontvangen_op"

# The kinds of field that name people.
PERSONEN = frozenset({"medewerker", "medewerkers", "overleg", "overleggers"})

# Whom to consult when every member of directie is involved: our advice, the reglement is silent.
BUITEN = "buiten"


@dataclass(frozen=True, kw_only=True)
class Veld:
    """One field of a form.

    A choice of a `lijst` must be valid on the day in the field that `geldt_op` names, or in the year that stands there;
    ONTVANGST is the day of receipt, for what was so then and only became known later.

    `soort` is datum (happened: not in the future), dag (any date), tekst (long), regel (one line), keuze or meerkeuze
    (ids of the reglement list named in `lijst`, or of the fixed `keuzes`), medewerker or medewerkers (ids of users with
    one of `rollen`), overleg or overleggers (members of directie, or BUITEN), ja_nee, getal, maatregel, verbeteractie,
    termijn, klacht, stuk (number of the fact of a document), kleur (#rrggbb), lettertype (one that this machine has),
    plekken (texts and documents of the dossier) or bestand (bytes).
    `tenzij` names a ja_nee field that lifts the duty to fill this one in.
    `grootste` is how many bytes a bestand may have.
    `vroeger`: no form asks it any more; a fact that says it keeps it, and it can be put right there.
    """

    naam: str
    label: str
    soort: str
    verplicht: bool = True
    lijst: str = ""
    geldt_op: str = "op"
    keuzes: tuple[tuple[str, str], ...] = ()
    rollen: tuple[str, ...] = ()
    standaard: Any = None
    tenzij: str = ""
    hulp: str = ""
    vroeger: bool = False
    grootste: int = GROOTSTE


def op(label: str, hulp: str = "") -> Veld:
    """The date on which it happened."""
    return Veld(naam="op", label=label, soort="datum", hulp=hulp)


def wijze(label: str = "Hoe verstuurd") -> Veld:
    """How something written was sent."""
    return Veld(naam="wijze", label=label, soort="keuze", lijst="wijzen")


def toelichting(label: str = "Toelichting", *, verplicht: bool = False, hulp: str = "") -> Veld:
    """A free explanation."""
    return Veld(naam="toelichting", label=label, soort="tekst", verplicht=verplicht, hulp=hulp)


def check(
    velden: tuple[Veld, ...],
    invoer: Mapping[str, Any],
    reglement: Reglement,
    vandaag: date,
    op: date | None = None,
    ontvangen_op: date | None = None,
) -> dict[str, Any]:
    """Return the input with every field present; OngeldigeInvoer holds a sentence for each field that is not right.

    `op` is the day of the fact where no field says it. `ontvangen_op` is the day of receipt of a klacht that is there.
    """
    dagen = {**invoer, ONTVANGST: ontvangen_op or invoer.get("op")}
    if onbekend := invoer.keys() - {veld.naam for veld in velden}:
        raise TypeError(f"Unknown fields: {', '.join(sorted(onbekend))}")
    goed: dict[str, Any] = {}
    fout: dict[str, str] = {}
    for veld in velden:
        waarde = invoer.get(veld.naam, veld.standaard)
        if isinstance(waarde, str):
            waarde = waarde.strip()
        if waarde is None or waarde == "" or waarde == ():
            if veld.verplicht and not invoer.get(veld.tenzij):
                fout[veld.naam] = f"{veld.label}: vul dit in."
            goed[veld.naam] = _LEEG.get(veld.soort)
            continue
        wanneer = dagen.get(veld.geldt_op) or op
        # Who is named had the role on the day of the fact, whatever became of it since.
        toen = wanneer if veld.soort in PERSONEN and type(wanneer) is date else vandaag
        zin = _CHECKS[veld.soort](veld, waarde, reglement, toen)
        if zin is None and veld.lijst:
            gekozen = waarde if veld.soort == "meerkeuze" else (waarde,)
            zin = not_valid(veld.lijst, gekozen, reglement, wanneer)
        if zin:
            fout[veld.naam] = f"{veld.label}: {zin}"
        goed[veld.naam] = tuple(waarde) if isinstance(waarde, list) else waarde
    if fout:
        raise OngeldigeInvoer(fout)
    return goed


def check_reasons(verplicht: bool, reden: str, reden_afwijking: str | None) -> None:
    """Raise OngeldigeInvoer for a reason that is missing where one is always asked, or that is no text to keep."""
    if verplicht and not reden.strip():
        raise OngeldigeInvoer({"reden": "Reden: vul in waarom dit nodig is."})
    for naam, label, tekst in (
        ("reden", "Reden", reden),
        ("reden_afwijking", "Reden van de afwijking", reden_afwijking),
    ):
        if zin := _text_objection(tekst or ""):
            raise OngeldigeInvoer({naam: f"{label}: {zin}"})


def options(veld: Veld, reglement: Reglement, vandaag: date | None = None) -> list[tuple[str, str]]:
    """Return the choices of a field, as (id, name): of people those who have the role on a day.

    Without a day these are the people who have it for good.
    """
    match veld.soort:
        case "medewerker" | "medewerkers":
            gekozen = organisatie.met_rol(*veld.rollen, op=vandaag) if veld.rollen else organisatie.iedereen(vandaag)
            return [(persoon.id, persoon.naam) for persoon in gekozen]
        case "overleg" | "overleggers":
            directie = [(persoon.id, persoon.naam) for persoon in organisatie.met_rol("directie", op=vandaag)]
            return [*directie, (BUITEN, "Iemand van buiten (alle directieleden zijn betrokken)")]
    if veld.soort == "termijn":
        # Every version of a term has the same id.
        return list({termijn.id: termijn.naam for termijn in reglement.termijnen}.items())
    if veld.soort == "lettertype":
        return [(naam, naam) for naam in huisstijl.lettertypen()]
    if veld.lijst:
        return [(keuze.id, keuze.naam) for keuze in getattr(reglement, veld.lijst)]
    return list(veld.keuzes)


_LEEG: dict[str, Any] = {
    **dict.fromkeys(
        ("tekst", "regel", "keuze", "termijn", "medewerker", "overleg", "klacht", "kleur", "lettertype"), ""
    ),
    **dict.fromkeys(("meerkeuze", "medewerkers", "overleggers", "plekken"), ()),
    "ja_nee": False,
}
"""What stands for nothing in a field of a soort; None for the others."""


def _dag(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    # A datetime is a date too, and would make a fact that is not a calendar date.
    if type(waarde) is not date:
        return "dit is geen datum."
    if waarde == GEEN_HELE:
        return HELE_DATUM
    if not EERSTE_JAAR <= waarde.year <= vandaag.year + 10:
        return f"{datum(waarde)} ligt te ver weg; klopt het jaar?"
    return None


def _datum(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    zin = _dag(veld, waarde, reglement, vandaag)
    if zin is None and waarde > vandaag:
        return f"{datum(waarde)} ligt in de toekomst. Leg vast wat al gebeurd is."
    return zin


def _tekst(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    return _text_objection(waarde) if isinstance(waarde, str) else "dit is geen tekst."


def _text_objection(waarde: str) -> str | None:
    if len(waarde) > LANGSTE_TEKST:
        return f"de tekst is langer dan {LANGSTE_TEKST:,} tekens. Voeg het stuk toe als document.".replace(",", ".")
    if ONLEESBAAR.search(waarde):
        return "er staat een teken in dat niet te zien is. Typ de tekst over, of plak haar zonder opmaak."
    return None


def _regel(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    zin = _tekst(veld, waarde, reglement, vandaag)
    if zin is None and len(waarde) > LANGSTE_REGEL:
        return f"dit is langer dan {LANGSTE_REGEL:,} tekens.".replace(",", ".")
    if zin is None and len(waarde.splitlines()) > 1:
        return "dit moet op één regel."
    return zin


def _keuze(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    gekozen = waarde if veld.soort == "meerkeuze" else (waarde,)
    bekend: Any = reglement.per_id(veld.lijst) if veld.lijst and veld.soort in ("keuze", "meerkeuze") else ()
    if bekend and all(deel in bekend for deel in gekozen):
        return None
    keuzes = dict(options(veld, reglement))
    onbekend = [str(deel) for deel in gekozen if deel not in keuzes]
    if onbekend:
        return f"'{', '.join(onbekend)}' staat niet in de lijst ({', '.join(keuzes.values())})."
    return None


def not_valid(lijst: str, gekozen: Iterable[str], reglement: Reglement, wanneer: object) -> str | None:
    """Say which choice was not valid on the day, or on no day of the year; None when that is not known either."""
    if type(wanneer) is int and EERSTE_JAAR <= wanneer < 9999:
        eerste, laatste = date(wanneer, 1, 1), date(wanneer, 12, 31)
    elif type(wanneer) is date:
        eerste = laatste = wanneer
    else:
        return None
    bekend = reglement.per_id(lijst)
    for keuze in (bekend[id] for id in gekozen if id in bekend):
        toen = f"in {wanneer}" if type(wanneer) is int else f"op {datum(eerste)}"
        if keuze.geldig_vanaf and keuze.geldig_vanaf > laatste:
            return f"'{keuze.naam}' gold {toen} nog niet; dat begint op {datum(keuze.geldig_vanaf)}."
        if keuze.geldig_tot and keuze.geldig_tot < eerste:
            return f"'{keuze.naam}' gold {toen} niet meer; dat eindigde op {datum(keuze.geldig_tot)}."
    return None


def valid_days(lijst: str, id: str, reglement: Reglement) -> tuple[date, date]:
    """Return the first and the last day on which `not_valid` says nothing of a choice."""
    keuze = reglement.per_id(lijst).get(id)
    return (keuze and keuze.geldig_vanaf) or date.min, (keuze and keuze.geldig_tot) or date.max


def _medewerker(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    gekozen = waarde if veld.soort == "medewerkers" else (waarde,)
    for id in gekozen:
        persoon = organisatie.gebruiker(id, vandaag)
        if persoon is None:
            ooit = organisatie.huidige().mensen.get(id)
            return ooit.why_not(vandaag) if ooit else f"'{id}' is geen medewerker in het register."
        if veld.rollen and not persoon.heeft(*veld.rollen):
            rollen = " of ".join(organisatie.ROLLEN[rol].lower() for rol in veld.rollen)
            return f"{persoon.naam} heeft niet de rol {rollen}."
    return None


def _overleg(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    for id in waarde if veld.soort == "overleggers" else (waarde,):
        persoon = organisatie.gebruiker(id, vandaag)
        if id != BUITEN and (persoon is None or not persoon.heeft("directie")):
            return f"{organisatie.naam(id)} hoort niet bij de directie."
    return None


def _getal(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    if type(waarde) is not int or waarde < 0:
        return "vul een heel getal in van 0 of meer."
    return None


def _ja_nee(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    return None if isinstance(waarde, bool) else "kies ja of nee."


def _kleur(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    goed = isinstance(waarde, str) and huisstijl.KLEUR.fullmatch(waarde)
    return None if goed else "een kleur ziet eruit als #1A2B3C."


def _bestand(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    return bezwaar(waarde) if isinstance(waarde, bytes) else "het bestand is leeg."


def _plekken(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    goed = isinstance(waarde, list | tuple) and all(isinstance(deel, str) for deel in waarde)
    return None if goed else "kies uit wat in het dossier staat."


def _waarden(veld: Veld, waarde: Any, reglement: Reglement, vandaag: date) -> str | None:
    return None if isinstance(waarde, dict) else "dit zijn geen gegevens."


_CHECKS = {
    "datum": _datum,
    "dag": _dag,
    "tekst": _tekst,
    "regel": _regel,
    "klacht": _tekst,
    "keuze": _keuze,
    "meerkeuze": _keuze,
    "termijn": _keuze,
    "medewerker": _medewerker,
    "medewerkers": _medewerker,
    "overleg": _overleg,
    "overleggers": _overleg,
    "getal": _getal,
    "maatregel": _getal,
    "verbeteractie": _getal,
    "stuk": _getal,
    "ja_nee": _ja_nee,
    "kleur": _kleur,
    "lettertype": _keuze,
    "bestand": _bestand,
    "waarden": _waarden,
    "plekken": _plekken,
}
