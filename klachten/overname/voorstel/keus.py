"""Which role each column seems to have, by its name and by what stands in it, with why; a person says yes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klachten.overname.voorstel import rollen
from klachten.overname.voorstel.beeld import Beeld, Kolombeeld
from klachten.overname.voorstel.rollen import DATUM, GEBEURTENIS, GEEN, KENMERK, LIJST, NIETS, TEKST, Rol
from klachten.taal import getal

_MINSTENS = 5
_PER_ZAAK = 1.5
"""So many rows per value of the id or more: the rows are events."""


@dataclass(frozen=True)
class Kolomvoorstel:
    """What one column seems to be, and the sentences that say why; `zeker` when name and content both say so."""

    kolom: str
    rol: str
    waarom: str
    zeker: bool = False


@dataclass(frozen=True)
class Voorstel:
    """What the columns of a file seem to be, in its order, and whether a row is a klacht or an event."""

    kolommen: tuple[Kolomvoorstel, ...]
    korrel: str
    waarom_korrel: str

    def kolom_van(self, rol: str) -> str:
        """Return the column that has a role; "" when none has."""
        return next((k.kolom for k in self.kolommen if k.rol == rol), "")


def propose(beeld: Beeld) -> Voorstel:
    """Give each column at most one role; a role that is no text goes to the column that fits it best."""
    kandidaten = sorted(_candidates(beeld), key=lambda deel: (-deel[0], deel[1].plaats))
    gekozen: dict[str, tuple[Rol, int]] = {}
    bezet: set[str] = set()
    for punten, kolom, rol in kandidaten:
        if kolom.naam in gekozen or (rol.code in bezet and not rol.vaker) or punten < _MINSTENS:
            continue
        gekozen[kolom.naam] = rol, punten
        bezet.add(rol.code)
    _need_id(beeld, gekozen, bezet)
    _need_receipt(beeld, gekozen, bezet)
    id = next((naam for naam, (rol, _) in gekozen.items() if rol.code == "id"), "")
    korrel, waarom = _grain(beeld, id, log={"gebeurtenis", "moment"} <= bezet)
    if korrel == "klacht":
        # What happened and when belong to a log of events: of one row per klacht they say nothing by themselves.
        gekozen = {naam: keus for naam, keus in gekozen.items() if keus[0].code not in ("gebeurtenis", "moment")}
    delen = tuple(_one(kolom, *gekozen.get(kolom.naam, (GEEN, 0))) for kolom in beeld.kolommen)
    return Voorstel(delen, korrel, waarom)


def _candidates(beeld: Beeld) -> Iterator[tuple[int, Kolombeeld, Rol]]:
    """Every role a column may have, with how well it fits: the name, and what stands in it."""
    for kolom in beeld.kolommen:
        if not kolom.gevuld:
            continue
        for rol, punten in rollen.by_name(kolom.naam):
            if (inhoud := _fits(kolom, rol)) is not None:
                yield punten + inhoud, kolom, rol


def _fits(kolom: Kolombeeld, rol: Rol) -> int | None:
    """How well the content suits a role; None when it cannot be that."""
    match rol.soort:
        case soort if soort == DATUM:
            return (2 if kolom.gevuld == kolom.rijen or rol.code != "ontvangen_op" else -2) if kolom.datum else None
        case soort if soort == KENMERK:
            if kolom.datum or kolom.lang or kolom.persoonlijk():
                return None
            if kolom.uniek:
                return 5
            # Of a log of events it comes back; of a list there are few.
            return -8 if kolom.gevuld < kolom.rijen or kolom.verschillend < _MINSTENS else -2 if kolom.lijst else 1
        case soort if soort == LIJST:
            if kolom.datum or (kolom.uniek and kolom.rijen > _MINSTENS):
                return None
            return 2 if kolom.lijst else -3 if kolom.verschillend <= 400 and not kolom.lang else None
        case soort if soort == rollen.BRON:
            return 2 if not kolom.datum and kolom.verschillend <= 4 else None
        case soort if soort == GEBEURTENIS:
            return 1 if not kolom.datum and not kolom.uniek and kolom.verschillend <= 400 else None
        case soort if soort == TEKST:
            return None if kolom.datum else 0
    return None


def _need_id(beeld: Beeld, gekozen: dict[str, tuple[Rol, int]], bezet: set[str]) -> None:
    """Without a name that speaks of one, the id is a column of which every row has a value of its own."""
    if "id" in bezet:
        return
    vrij = [k for k in beeld.kolommen if k.naam not in gekozen and k.uniek and not k.datum and not k.lang]
    kort = [k for k in vrij if not k.persoonlijk()]
    if kort:
        gekozen[kort[0].naam] = rollen.PER_CODE["id"], 0
        bezet.add("id")


def _need_receipt(beeld: Beeld, gekozen: dict[str, tuple[Rol, int]], bezet: set[str]) -> None:
    """Without a name that speaks of the receipt, it is the only column with dates in every row."""
    if "ontvangen_op" in bezet:
        return
    vrij = [k for k in beeld.kolommen if k.naam not in gekozen and k.datum and k.gevuld == k.rijen]
    if len(vrij) == 1:
        gekozen[vrij[0].naam] = rollen.PER_CODE["ontvangen_op"], 0
        bezet.add("ontvangen_op")


def _grain(beeld: Beeld, id: str, *, log: bool) -> tuple[str, str]:
    if not id:
        return "klacht", "Er is geen kolom gevonden met een kenmerk, dus elke rij telt als een klacht."
    per_zaak = beeld.per_case(id)
    hoeveel = getal(beeld.kolom(id).verschillend)
    if per_zaak >= (_PER_ZAAK if not log else 1.01):
        return (
            "gebeurtenis",
            f"Een kenmerk komt gemiddeld {per_zaak:.1f} keer voor".replace(".", ",")
            + f": {getal(beeld.rijen)} rijen zijn {hoeveel} klachten.",
        )
    return "klacht", f"Van {getal(beeld.rijen)} rijen zijn er {hoeveel} verschillende kenmerken: een rij is een klacht."


def _one(kolom: Kolombeeld, rol: Rol, punten: int) -> Kolomvoorstel:
    waarom = [_content(kolom)]
    if rol.code == NIETS and kolom.datum:
        waarom.append("aan de naam is niet te zien welke datum dit is")
    elif rol.code != NIETS and punten:
        waarom.insert(0, "de naam zegt het")
    if rol.code == NIETS and not kolom.lijst and (wat := kolom.persoonlijk()):
        waarom.append(f"lijkt {wat}")
    return Kolomvoorstel(kolom.naam, rol.code, "; ".join(waarom), zeker=punten >= 12)


def _content(kolom: Kolombeeld) -> str:
    """What stands in a column, in words."""
    if not kolom.gevuld:
        return "leeg"
    leeg = "" if kolom.gevuld == kolom.rijen else f", {getal(kolom.rijen - kolom.gevuld)} keer leeg"
    if kolom.datum:
        return f"datums{leeg}"
    if kolom.uniek:
        return "in elke rij een eigen waarde"
    if kolom.lang:
        return f"tekst{leeg}"
    waarden = "1 waarde" if kolom.verschillend == 1 else f"{getal(kolom.verschillend)} verschillende waarden"
    return f"{waarden}{leeg}"
