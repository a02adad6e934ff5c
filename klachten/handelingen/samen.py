"""One handeling for several klachten at once: where that is safe, each klacht by itself, by all its own rules.

Safe is what sends nothing, says nothing to an indiener, ends nothing, and is the same act for every klacht because
one conversation, look or decision was about all of them. What goes to somebody is made and seen letter by letter; what
ends a klacht, or gives the reason why it is late, is decided of one klacht at a time.
"""

from __future__ import annotations

import types
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from klachten.handelingen.handeling import HANDELINGEN, Uitkomst
from klachten.handelingen.reglement import reglement_van
from klachten.handelingen.veld import check
from klachten.handelingen.weigering import Geweigerd, RedenNodig
from klachten.organisatie import Gebruiker
from klachten.register import Register, RegisterFout

VEILIG: Mapping[str, str] = types.MappingProxyType(
    {
        "stap_02_informeren_coordinator": "In één gesprek kan iemand van meer klachten horen.",
        "stap_03_verwerken_klacht": "Dossiers aanleggen is voor elke klacht hetzelfde werk.",
        "stap_04_toewijzen_behandelaar": (
            "Werk verdelen gaat over meer klachten. Wie bij een van de klachten betrokken is, krijgt die niet."
        ),
        "stap_10_informeren_actienemer": "In één gesprek kan een actienemer van meer maatregelen horen.",
        "stap_12_bewaken_voortgang": "De voortgang van meer klachten loopt u vaak in één keer na.",
    }
)
"""What may be done for several at once, and why that is safe; everything else is done one klacht at a time."""
APART = "Doe deze apart in het dossier."


@dataclass(frozen=True)
class Een:
    """One klacht of those that were chosen: the answers that are its own, and the last fact that the user saw of it."""

    klachtnummer: str
    laatste_nr: int
    eigen: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Uitslag:
    """What became of one klacht: the facts that were recorded, or why none was; `afwijking` asks a reason first."""

    een: Een
    nrs: tuple[int, ...] = ()
    waarom: str = ""
    afwijking: tuple[str, ...] = ()

    @property
    def gelukt(self) -> bool:
        """Whether it was recorded."""
        return bool(self.nrs)


def doe(
    register: Register,
    gebruiker: Gebruiker,
    handeling: str,
    keuze: Sequence[Een],
    invoer: Mapping[str, Any],
    *,
    vandaag: date,
    reden: str = "",
    gezien: Mapping[str, Sequence[str]] | None = None,
    al: Collection[int] = (),
) -> list[Uitslag]:
    """Record a handeling in each of these klachten, and say of each what became of it.

    One that is refused keeps no other back. `reden` is why they deviate, for the deviations that the user saw of each
    (`gezien`), and `al` what the same choice recorded before it was asked: of one klacht there may be several
    maatregelen. OngeldigeInvoer when what was asked for all of them is not right, before anything is recorded.
    """
    if handeling not in VEILIG:
        raise ValueError(f"{handeling} is done one klacht at a time")
    eigen = {naam for een in keuze for naam in een.eigen}
    gevraagd = tuple(veld for veld in HANDELINGEN[handeling].gevraagd if veld.naam not in eigen)
    check(gevraagd, dict(invoer), reglement_van(register, None, op=vandaag), vandaag)
    uit, hier = list[Uitslag](), set(al)
    for een in keuze:
        try:
            seen = (gezien or {}).get(een.klachtnummer, ())
            nrs = _one(register, gebruiker, handeling, een, invoer, vandaag, reden, seen, hier).nrs
            hier.update(nrs)
            uit.append(Uitslag(een, nrs, "" if nrs else "Dit was al vastgelegd."))
        except RedenNodig as fout:
            uit.append(Uitslag(een, waarom=fout.zin, afwijking=fout.waarschuwingen))
        except Geweigerd as fout:
            uit.append(Uitslag(een, waarom=fout.zin))
        except RegisterFout as fout:
            uit.append(Uitslag(een, waarom=str(fout)))
    return uit


def _one(
    register: Register,
    gebruiker: Gebruiker,
    handeling: str,
    een: Een,
    invoer: Mapping[str, Any],
    vandaag: date,
    reden: str,
    gezien: Sequence[str],
    hier: Collection[int],
) -> Uitkomst:
    def record(waarom: str) -> Uitkomst:
        with register.schrijven() as boeking:
            if any(v.nr > een.laatste_nr and v.nr not in hier for v in boeking.vastleggingen(een.klachtnummer)):
                raise Geweigerd(
                    f"Dit dossier is intussen bijgewerkt. Kijk of het nog klopt. {APART}", soort="intussen_veranderd"
                )
            return HANDELINGEN[handeling].within(
                register, boeking, gebruiker, een.klachtnummer, vandaag=vandaag, reden=waarom, **invoer, **een.eigen
            )

    try:
        return record("")
    except RedenNodig as fout:
        if not reden or not set(fout.waarschuwingen) <= set(gezien):
            raise
    return record(reden)
