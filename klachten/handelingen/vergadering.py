"""Step 16 as a meeting: what was concluded per section, and all of it recorded at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import HANDELINGEN, Uitkomst, Zaak, handeling
from klachten.handelingen.veld import Veld, op
from klachten.handelingen.verbetering import ONDERDELEN, check_na_evaluatie
from klachten.handelingen.weigering import OngeldigeInvoer
from klachten.organisatie import Gebruiker
from klachten.register import Register


@handeling(
    "Conclusie over een onderdeel vastleggen",
    op("Geconcludeerd op"),
    Veld(naam="onderdeel", label="Onderdeel", soort="keuze", keuzes=ONDERDELEN),
    Veld(naam="conclusie", label="Wat is geconcludeerd", soort="tekst"),
    reeks="E",
)
def stap_16_concluderen(zaak: Zaak, *, op: date, onderdeel: str, conclusie: str) -> Gebeurtenis:
    """What the evaluation concludes about one of its sections; next year that section begins with it."""
    check_na_evaluatie(zaak, op)
    if onderdeel in zaak.dossier.conclusies:
        raise OngeldigeInvoer(
            {
                "onderdeel": f"Bij {g.ONDERDELEN[onderdeel]} staat in {zaak.klachtnummer} al een conclusie (stap 16). "
                "Corrigeer die als zij niet klopt."
            }
        )
    return g.ConclusieGetrokken(gebeurd_op=op, onderdeel=onderdeel, conclusie=conclusie)


@dataclass(frozen=True, kw_only=True)
class Voornemen:
    """A verbeteractie that a meeting agrees on: from which section it follows, and its place there (1 is the first)."""

    onderdeel: str
    plaats: int
    omschrijving: str
    actienemer: str
    uiterlijk_op: date | None


@dataclass(frozen=True, kw_only=True)
class Vergadering:
    """What a meeting decided. `evaluatie`: the answers to stap_16_evalueren_klachten or stap_16_heropenen_evaluatie;
    `heropent`: the number of the evaluation that the second one is about."""

    op: date
    evaluatie: Mapping[str, Any]
    heropent: str = ""
    reden: str = ""
    conclusies: Mapping[str, str] = field(default_factory=dict)
    voornemens: tuple[Voornemen, ...] = ()


def record(register: Register, gebruiker: Gebruiker, vergadering: Vergadering, *, vandaag: date) -> Uitkomst:
    """Record a meeting as one group by the rules of each of its handelingen: all of it, or nothing.

    OngeldigeInvoer names what is wrong as `conclusie.ONDERDEEL.VELD` or `actie.ONDERDEEL.PLAATS.VELD`, and what is
    asked of the evaluation itself by its own name.
    """
    nrs, fouten = list[int](), dict[str, str]()
    with register.schrijven() as boeking:

        def doe(naam: str, nummer: str, reden: str = "", **invoer: Any) -> str:
            uitkomst = HANDELINGEN[naam].within(
                register, boeking, gebruiker, nummer, vandaag=vandaag, reden=reden, op=vergadering.op, **invoer
            )
            nrs.extend(uitkomst.nrs)
            return uitkomst.klachtnummer

        naam = "stap_16_heropenen_evaluatie" if vergadering.heropent else "stap_16_evalueren_klachten"
        nummer = doe(naam, vergadering.heropent, vergadering.reden, **vergadering.evaluatie)
        for onderdeel, conclusie in vergadering.conclusies.items():
            with _mistakes_of(f"conclusie.{onderdeel}", fouten):
                doe("stap_16_concluderen", nummer, onderdeel=onderdeel, conclusie=conclusie)
        for een in vergadering.voornemens:
            with _mistakes_of(f"actie.{een.onderdeel}.{een.plaats}", fouten):
                wat = {naam: deel for naam, deel in vars(een).items() if naam != "plaats"}
                doe("stap_16_bepalen_verbeteractie", nummer, **wat)
        if fouten:
            # Leaving the group by an exception lets all of it go.
            raise OngeldigeInvoer(fouten)
    return Uitkomst(nummer, tuple(nrs))


@contextmanager
def _mistakes_of(waar: str, fouten: dict[str, str]) -> Iterator[None]:
    """Keep what is wrong with one part under its place, so that all of it is said at once."""
    try:
        yield
    except OngeldigeInvoer as fout:
        fouten |= {f"{waar}.{veld}": zin for veld, zin in fout.velden.items()}
