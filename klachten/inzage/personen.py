"""Who stands in a dossier: the people of outside by the field that names them, the colleagues by what they do in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.klacht import Feiten
from klachten.dossier.personen import owner_of
from klachten.gebeurtenissen import Gebeurtenis, genoemd
from klachten.organisatie import ROLLEN, Persoon
from klachten.register import Register

INDIENER, MEDE, GEMACHTIGDE, GENOEMD, BUITEN = (
    "indiener", "ook indiener", "gemachtigde of vertegenwoordiger", "genoemd als betrokkene", "persoon van buiten",
)  # fmt: skip
IN_EEN_TEKST = "genoemd in een tekst"
EIGEN_DOSSIER = frozenset({INDIENER, MEDE})
"""Of these everything in the dossier is about them; of the others only what names them."""
_WOORD = {
    genoemd.INDIENER: INDIENER, genoemd.MEDE: MEDE, genoemd.GEMACHTIGDE: GEMACHTIGDE, genoemd.GENOEMD: GENOEMD,
    genoemd.BUITEN: BUITEN,
}  # fmt: skip
# What a colleague is in a dossier, the first that holds: the name of the field of the fact that says so.
_DOET = {
    "behandelaar": "[behandelaar]", "vorige": "[behandelaar]", "betrokkenen": "[betrokken medewerker]",
    "betrokkene": "[betrokken medewerker]", "medewerker": "[betrokken medewerker]", "actienemer": "[actienemer]",
}  # fmt: skip
_OOK = ("ontvanger", "geinformeerde", "toegewezen_door", "vastlegger", "overlegd_met")


class Plek(NamedTuple):
    """A text that names somebody: the number of its fact, its field, what the person is there, and what it says.

    `wie` tells people with the same role in one dossier apart.
    """

    nr: int
    veld: str
    rol: str
    tekst: str
    wie: str

    @property
    def contact(self) -> bool:
        """Whether it says how somebody is reached, and not what he or she is called."""
        return genoemd.is_contact(self.veld) or (self.veld in ("van", "aan") and self.rol != GENOEMD)


def places(feiten: Feiten) -> Iterator[Plek]:
    """Give every text of a dossier that is made to name somebody of outside, in every version of its facts."""
    whose = owner_of(feiten)
    for v in feiten.vastleggingen:
        for veld, tekst in v.feit.teksten().items():
            if wie := whose(v, veld):
                soort, punt, welke = wie.partition(".")
                yield Plek(v.nr, veld, _WOORD[soort], tekst, f"{_WOORD[soort]}{punt}{welke}")


def colleagues(feiten: Feiten) -> dict[str, str]:
    """Return the ids of the colleagues in a dossier, each with what stands there instead of the name."""
    uit: dict[str, str] = {}
    for naam, wat in _DOET.items():
        for v in feiten.vastleggingen:
            for id in _ids(v.feit, naam):
                uit.setdefault(id, wat)
    for v in feiten.vastleggingen:
        for id in (v.door, *(id for naam in _OOK for id in _ids(v.feit, naam))):
            uit.setdefault(id, "")
    mensen = organisatie.huidige().mensen
    return {id: wat or by_role(mensen.get(id)) for id, wat in uit.items()}


def by_role(persoon: Persoon | None) -> str:
    """Return what somebody is in the organisation."""
    rollen = {periode.rol for periode in persoon.rollen} if persoon else set()
    rol = next((rol for rol in ("directie", "coordinator", "behandelaar", "beheerder") if rol in rollen), "medewerker")
    return f"[{ROLLEN.get(rol, rol).lower()}]"


def names_of(register: Register, persoon: Persoon) -> tuple[list[str], list[str]]:
    """Return every name that a colleague has or had, and every e-mail address."""
    namen, adressen = [persoon.naam], [persoon.naamdelen.e_mail]
    for v in register.vastleggingen(persoon.nummer) if persoon.nummer.startswith("P") else ():
        if isinstance(v.feit, g.PersoonToegevoegd | g.PersoonGewijzigd):
            namen.append(" ".join(filter(None, (v.feit.voornaam, v.feit.tussenvoegsel, v.feit.achternaam))))
            adressen.append(v.feit.e_mail)
    return [naam for naam in dict.fromkeys(namen) if naam], [adres for adres in dict.fromkeys(adressen) if adres]


def replacements(register: Register, in_dossier: Mapping[str, str], zonder: str = "") -> dict[str, str]:
    """Return every name of the organisation with the role that takes its place; of who is not here, the id itself."""
    mensen = organisatie.huidige().mensen
    uit = {id: wat for id, wat in in_dossier.items() if id not in mensen}
    for id, persoon in mensen.items():
        if id != zonder and not persoon.gewist:
            uit |= dict.fromkeys(names_of(register, persoon)[0], in_dossier.get(id) or by_role(persoon))
    return uit


def _ids(feit: Gebeurtenis, naam: str) -> tuple[str, ...]:
    waarde = getattr(feit, naam, ())
    return waarde if isinstance(waarde, tuple) else (waarde,) if isinstance(waarde, str) and waarde else ()
