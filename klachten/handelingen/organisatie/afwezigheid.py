"""Absences: who is away, who takes the place, and whether step 2 has to look for somebody else."""

from __future__ import annotations

from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import check_periode, organisatie_van, persoon_van
from klachten.handelingen.veld import Veld, toelichting
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import Persoon
from klachten.taal import datum

VAN_ANDEREN = ("beheerder", "coordinator", "directie")
"""The roles that report the absence of somebody else; everybody reports an own one."""
_VERVANGBAAR = frozenset({"coordinator", "behandelaar", "directie"})
_DOET = _VERVANGBAAR | {"actienemer", "medewerker"}
"""Who has one of these sees tasks."""

_NR = Veld(naam="afwezigheid", label="Welke afwezigheid", soort="getal")
_VELDEN = (
    Veld(naam="van", label="Eerste dag", soort="dag"),
    Veld(naam="tot", label="Laatste dag", soort="dag", verplicht=False, hulp="Laat leeg als u die nog niet weet."),
    Veld(naam="vervanger", label="Vervanger", soort="medewerker", verplicht=False),
    Veld(
        naam="lang",
        label="Langer afwezig",
        soort="ja_nee",
        verplicht=False,
        standaard=False,
        hulp="Langer dan twee weken telt vanzelf; kruis dit aan als de laatste dag nog niet bekend is. Is elke "
        "coördinator langer afwezig, dan gaat een nieuwe klacht naar de directeur (stap 2).",
    ),
    toelichting(),
)


@handeling("Afwezigheid melden", *_VELDEN, reeks="P")
def melden_afwezigheid(zaak: Zaak, **gegevens: Any) -> Gebeurtenis:
    """Somebody is or will be absent."""
    persoon = _check(zaak, **gegevens)
    nr = 1 + max((feit.afwezigheid for feit in zaak.dossier.van(g.AfwezigheidGemeld)), default=0)
    for ander in persoon.afwezigheden:
        if (gegevens["tot"] or date.max) >= ander.van and (ander.tot or date.max) >= gegevens["van"]:
            raise OngeldigeInvoer(
                {"van": f"{persoon.naam} staat al als afwezig vanaf {datum(ander.van)}. Wijzig die afwezigheid."}
            )
    return g.AfwezigheidGemeld(gebeurd_op=zaak.vandaag, afwezigheid=nr, **gegevens)


@handeling("Afwezigheid wijzigen", _NR, *_VELDEN, reeks="P")
def wijzigen_afwezigheid(zaak: Zaak, *, afwezigheid: int, **gegevens: Any) -> Gebeurtenis:
    """An absence is longer, shorter, or has another substitute."""
    persoon = _check(zaak, **gegevens)
    _which(persoon, afwezigheid)
    return g.AfwezigheidGewijzigd(gebeurd_op=zaak.vandaag, afwezigheid=afwezigheid, **gegevens)


@handeling("Afwezigheid laten vervallen", _NR, reeks="P")
def vervallen_afwezigheid(zaak: Zaak, *, afwezigheid: int) -> Gebeurtenis:
    """An absence does not happen after all."""
    _which(_own_or_leading(zaak), afwezigheid)
    return g.AfwezigheidVervallen(gebeurd_op=zaak.vandaag, afwezigheid=afwezigheid)


def _own_or_leading(zaak: Zaak) -> Persoon:
    persoon = persoon_van(zaak)
    if persoon.id != zaak.gebruiker.id and not zaak.gebruiker.heeft(*VAN_ANDEREN):
        raise Geweigerd("U kunt alleen uw eigen afwezigheid melden.", soort="alleen_eigen_afwezigheid")
    return persoon


def _check(zaak: Zaak, *, van: date, tot: date | None, vervanger: str, **_: Any) -> Persoon:
    """Refuse a substitute who is not there either, or may not do the work."""
    persoon = _own_or_leading(zaak)
    check_periode(van, tot)
    if not vervanger:
        return persoon
    org = organisatie_van(zaak)
    ander = org.mensen.get(vervanger)
    if ander is None or ander.id == persoon.id:
        raise OngeldigeInvoer({"vervanger": "Kies een collega als vervanger."})
    if not ander.werkt(van) or (ander.laatste_dag is not None and ander.laatste_dag < (tot or date.max)):
        raise OngeldigeInvoer({"vervanger": f"{ander.naam} werkt hier dan niet de hele tijd."})
    if ander.afwezig_op(van) is not None:
        raise OngeldigeInvoer({"vervanger": f"{ander.naam} is dan zelf afwezig."})
    vervangt = persoon.rollen_op(van) & _VERVANGBAAR
    if vervangt and not vervangt & ander.rollen_op(van):
        raise OngeldigeInvoer({"vervanger": f"{ander.naam} heeft geen rol van {persoon.naam}, en kan niet vervangen."})
    if not ander.rollen_op(van) & _DOET:
        raise OngeldigeInvoer({"vervanger": f"Bij de rol van {ander.naam} horen geen taken. Kies iemand anders."})
    return persoon


def _which(persoon: Persoon, nr: int) -> None:
    if all(afwezig.nr != nr for afwezig in persoon.afwezigheden):
        raise OngeldigeInvoer({"afwezigheid": f"Afwezigheid {nr} van {persoon.naam} staat niet vast."})
