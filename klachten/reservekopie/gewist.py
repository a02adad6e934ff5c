"""What was erased, listed beside the copies: an older copy put back may not bring it to life again.

`gewist.jsonl` has a line per fact that erased something, without names or texts. A dossier is known by the zegel of its
first fact, so that nobody else is ever erased who got the same number in another history of the register. At putting
back each such fact that the copy does not have is recorded again: what it takes along, is what it took along then.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from klachten.gebeurtenissen import WISSEND, OnbekendFeit, from_json
from klachten.register import Register
from klachten.reservekopie.fouten import OngeldigeKopie, ReservekopieFout
from klachten.reservekopie.plek import Plek

BESTAND = "gewist.jsonl"
_VRAAG = """
SELECT eerste.nr, eerste.zegel, wist.nr, wist.zegel, wist.klachtnummer, wist.soort, wist.gebeurd_op,
    wist.door, wist.rol, wist.gegevens
FROM gebeurtenis AS wist
JOIN (
    SELECT klachtnummer, min(nr) AS nr, min_by(zegel, nr) AS zegel FROM gebeurtenis
    WHERE klachtnummer IN (SELECT w.klachtnummer FROM gebeurtenis AS w WHERE w.soort IN (SELECT unnest($soorten)))
    GROUP BY klachtnummer
) AS eerste USING (klachtnummer)
WHERE wist.soort IN (SELECT unnest($soorten)) ORDER BY wist.nr
"""


@dataclass(frozen=True)
class Wissing:
    """One fact that erased something: the first fact of that dossier, and the fact itself as the journal has it."""

    eerste_nr: int
    eerste_zegel: str
    nr: int
    zegel: str
    klachtnummer: str
    soort: str
    gebeurd_op: str
    door: str
    rol: str
    gegevens: Mapping[str, Any]

    def line(self) -> str:
        """Return it as it stands in the list."""
        return json.dumps(asdict(self), ensure_ascii=False)


def of_register(register: Register) -> list[Wissing]:
    """Return what was erased in a register, in order."""
    with register.cursor() as cursor:
        rijen = cursor.execute(_VRAAG, {"soorten": sorted(WISSEND)}).fetchall()
    return [Wissing(*rij[:6], rij[6].isoformat(), *rij[7:9], json.loads(rij[9])) for rij in rijen]


def read(inhoud: bytes, waar: str) -> list[Wissing]:
    """Return the list; OngeldigeKopie names the line that cannot be read: whoever it is about would come back."""
    uit = []
    for nr, regel in enumerate(inhoud.decode("utf-8", "replace").splitlines(), start=1):
        try:
            wissing = Wissing(**json.loads(regel))
            date.fromisoformat(wissing.gebeurd_op)
            uit.append(wissing)
        except (ValueError, TypeError) as fout:
            raise OngeldigeKopie(
                f"Regel {nr} van {waar} is niet te lezen. Daarin staat wat er gewist is; zonder die lijst zou dat met "
                "een kopie terugkomen."
            ) from fout
    return uit


def publish(plek: Plek, eigen: Iterable[Wissing]) -> None:
    """Put what was erased in the list beside the copies, which keeps what other registers put there."""
    er_is = plek.fetch(BESTAND)
    alles = {(een.eerste_zegel, een.zegel): een for een in read(er_is or b"", f"{plek.naar}, {BESTAND}")}
    was = len(alles)
    alles.update({(een.eerste_zegel, een.zegel): een for een in eigen})
    if er_is is None or len(alles) != was:
        plek.store(BESTAND, "".join(f"{een.line()}\n" for een in alles.values()).encode("utf-8"))


def apply(register: Register, lijst: Iterable[Wissing]) -> list[Wissing]:
    """Erase again what was erased after the fact up to which this register goes; returns what that was."""
    with register.cursor() as cursor:
        nodig = [
            een
            for een in lijst
            if _zegel(cursor, een.eerste_nr, een.klachtnummer) == een.eerste_zegel
            and _zegel(cursor, een.nr, een.klachtnummer) != een.zegel
        ]
    try:
        feiten = [
            (een, from_json(een.soort, date.fromisoformat(een.gebeurd_op), een.gegevens, {}))
            for een in sorted(nodig, key=lambda een: een.nr)
        ]
    except OnbekendFeit as fout:
        raise ReservekopieFout(
            f"Na deze kopie is er gewist met een nieuwere versie van klachten ({fout}). Zet haar terug met die versie."
        ) from fout
    if feiten:
        with register.schrijven() as boeking:
            for een, feit in feiten:
                boeking.leg_vast(een.klachtnummer, feit, door=een.door, rol=een.rol)
    return nodig


def _zegel(cursor: Any, nr: int, klachtnummer: str) -> str:
    """The zegel of a fact of a dossier; empty without such a fact."""
    rijen = cursor.execute(
        "SELECT zegel FROM gebeurtenis WHERE nr = ? AND klachtnummer = ?", [nr, klachtnummer]
    ).fetchall()
    return str(rijen[0][0]) if rijen else ""
