"""A message as its facts leave it: whether it waits, until when, what went wrong, and what a person is asked.

How each stands is said by schema/afgeleid/bericht.sql, one row a message: a register of a million facts has those at
hand. What depends on the moment (is it due, is it held, is it being sent right now) is said here.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from klachten.gebeurtenissen import (
    GEWIST,
    BerichtKlaargezet,
    BerichtTeruggekomen,
    BerichtVerzonden,
    Vastlegging,
    VerzendingMislukt,
)
from klachten.post.uit import plek
from klachten.register import Boeking, Register

BRIEF, OVERZICHT, UITNODIGING = "brief", "overzicht", "uitnodiging"
WACHT, BEZIG, VERZONDEN, MISLUKT, ONZEKER, AANGEHOUDEN, INGETROKKEN, TERUGGEKOMEN = (
    "wacht", "bezig", "verzonden", "mislukt", "onzeker", "aangehouden", "ingetrokken", "teruggekomen",
)  # fmt: skip
TOESTANDEN = (WACHT, BEZIG, VERZONDEN, MISLUKT, ONZEKER, AANGEHOUDEN, INGETROKKEN, TERUGGEKOMEN)
AAN_EEN_MENS = frozenset({MISLUKT, ONZEKER, AANGEHOUDEN, TERUGGEKOMEN})
"""What goes no further before somebody says how."""
OPNIEUW = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(days=1))
"""How long is waited after the first failure that may pass, the second ...; after that as after the last."""
OPGEVEN = timedelta(days=3)
"""So long after it was put ready or released, a message that still fails is for a person."""

_KOLOMMEN = (
    "klachtnummer", "nr", "waarvoor", "brief", "document", "handeling", "door", "rol", "klaargezet_op", "sinds",
    "laatste_op", "laatste_nr", "toestand", "poging", "pogingen", "code", "verzonden_op", "zonder_stap",
)  # fmt: skip
_OPEN = "toestand IN ('wacht', 'begonnen', 'mislukt')"


@dataclass(frozen=True, kw_only=True)
class Bericht:
    """A message: how it stands (`toestand`, one of TOESTANDEN), its attempts, and when it is tried again (UTC).

    `sinds` is when it was put ready or last released. `verzonden_op` is the first day on which it was accepted; with
    `zonder_stap` the step that it brings could not be recorded. The texts are empty until `with_texts` read them.
    """

    klachtnummer: str
    nr: int
    waarvoor: str
    toestand: str
    poging: int
    opnieuw_op: datetime | None
    melding: str = ""
    brief: str = ""
    document: str = ""
    handeling: str = ""
    door: str = ""
    rol: str = ""
    klaargezet_op: datetime
    sinds: datetime
    laatste_op: datetime
    code: int = 0
    verzonden_op: date | None = None
    zonder_stap: bool = False
    aan: str = ""
    onderwerp: str = ""
    inhoud: str = ""
    naam: str = ""
    antwoorden: str = ""
    waarom_zonder_stap: str = ""
    zegel: str = ""

    @property
    def vraagt(self) -> bool:
        """Whether a person has to say how it goes on."""
        return self.toestand in AAN_EEN_MENS or self.zonder_stap

    @property
    def gewist(self) -> bool:
        """Whether it is not known any more for whom it was; asked of a message with its texts."""
        return self.aan in ("", GEWIST)

    def due(self, nu: datetime) -> bool:
        """Tell whether it may be sent at a moment."""
        return self.toestand == WACHT and (self.opnieuw_op is None or self.opnieuw_op <= nu)


_onderweg: set[tuple[str, int]] = set()
_slot = threading.Lock()


def under_way(register: Register, nr: int, ja: bool) -> None:
    """Note whether this process is sending a message right now; one that was begun and is not, is uncertain."""
    with _slot:
        (_onderweg.add if ja else _onderweg.discard)((str(register.map), nr))


def stand(
    register: Register, *, dossiers: Iterable[str] | None = None, toestand: str = "", hoogstens: int = 0
) -> list[Bericht]:
    """Return every message, the newest first, without its texts.

    Of some dossiers only when these are named; only VERZONDEN, INGETROKKEN or TERUGGEKOMEN; no more than `hoogstens`.
    """
    voorwaarden = []
    waarden: dict[str, Any] = {}
    if toestand:
        voorwaarden.append("toestand = $toestand")
        waarden["toestand"] = toestand
    if dossiers is not None:
        voorwaarden.append("klachtnummer IN (SELECT unnest($dossiers))")
        waarden["dossiers"] = list(dossiers)
    return _read(register, " AND ".join(voorwaarden), waarden, hoogstens)


def open_berichten(register: Register) -> list[Bericht]:
    """Return what is not sent yet and may still be, the oldest first: what waits, is held, fails or is uncertain."""
    return _read(register, f"({_OPEN} OR toestand = 'geweigerd')", {})[::-1]


def vragen(register: Register) -> list[Bericht]:
    """Return what goes no further before a person says how, the oldest first."""
    gevonden = _read(register, f"({_OPEN} OR toestand IN ('geweigerd', 'teruggekomen') OR zonder_stap)", {})
    return [bericht for bericht in reversed(gevonden) if bericht.vraagt]


def van_dossier(register: Register, klachtnummer: str) -> list[Bericht]:
    """Return the messages of one dossier with their texts, the newest first."""
    return with_texts(register, _read(register, "klachtnummer = $nummer", {"nummer": klachtnummer}))


def een(register: Register, nr: int) -> Bericht | None:
    """Return a message with its texts; None when there is none with this number."""
    gevonden = _read(register, "nr = $nr", {"nr": nr})
    return with_texts(register, gevonden)[0] if gevonden else None


def with_texts(register: Register | Boeking, berichten: Sequence[Bericht]) -> list[Bericht]:
    """Return these messages with for whom they are, what they say, and what the server or a person said last."""
    dossiers = {nummer: register.vastleggingen(nummer) for nummer in {bericht.klachtnummer for bericht in berichten}}
    return [replace(bericht, **_texts(bericht, dossiers[bericht.klachtnummer])) for bericht in berichten]


def _texts(bericht: Bericht, vastleggingen: Iterable[Vastlegging]) -> dict[str, str]:
    uit: dict[str, str] = {}
    for v in vastleggingen:
        feit = v.feit
        if isinstance(feit, BerichtKlaargezet) and v.nr == bericht.nr:
            uit |= {naam: getattr(feit, naam) for naam in ("aan", "onderwerp", "inhoud", "naam", "antwoorden")}
            uit["zegel"] = v.zegel
        elif isinstance(feit, VerzendingMislukt | BerichtTeruggekomen) and feit.bericht == bericht.nr:
            uit["melding"] = feit.melding
        elif isinstance(feit, BerichtVerzonden) and feit.bericht == bericht.nr:
            uit |= {"melding": "", "waarom_zonder_stap": feit.reden if feit.zonder_stap else ""}
    return uit


def _read(register: Register, waar: str, waarden: dict[str, Any], hoogstens: int = 0) -> list[Bericht]:
    tot = plek.held_until(register)
    waar = f"WHERE {waar} " if waar else ""
    eind = f" LIMIT {int(hoogstens)}" if hoogstens else ""
    # Not the cursor of a reader: making the questions of analyse, which are not asked here, takes 150 ms.
    with register.plain_cursor() as cursor:
        rijen = cursor.execute(
            f"SELECT {', '.join(_KOLOMMEN)} FROM bericht {waar}ORDER BY nr DESC{eind}", waarden
        ).fetchall()
    return [_bericht(register, dict(zip(_KOLOMMEN, rij, strict=True)), tot) for rij in rijen]


def _bericht(register: Register, rij: dict[str, Any], tot: int) -> Bericht:
    for naam in ("klaargezet_op", "sinds", "laatste_op"):
        rij[naam] = rij[naam].replace(tzinfo=UTC)
    for naam in ("brief", "document", "handeling"):
        rij[naam] = rij[naam] or ""
    laatste_nr, pogingen, toen = rij.pop("laatste_nr"), rij.pop("pogingen"), rij.pop("toestand")
    onderweg = (str(register.map), rij["nr"]) in _onderweg
    toestand, opnieuw_op = _toestand(toen, rij["sinds"], rij["laatste_op"], pogingen, onderweg)
    if toestand == WACHT and laatste_nr <= tot:
        toestand, opnieuw_op = AANGEHOUDEN, None
    return Bericht(**rij, toestand=toestand, opnieuw_op=opnieuw_op)


def _toestand(
    toen: str, sinds: datetime, laatste_op: datetime, pogingen: int, onderweg: bool
) -> tuple[str, datetime | None]:
    """How a message stands by what was last recorded of it, and when it is tried again."""
    match toen:
        case "begonnen":
            return (BEZIG if onderweg else ONZEKER), None
        case "geweigerd":
            return MISLUKT, None
        case "mislukt":
            if laatste_op - sinds >= OPGEVEN:
                return MISLUKT, None
            return WACHT, laatste_op + OPNIEUW[min(max(pogingen, 1), len(OPNIEUW)) - 1]
    return toen, None
