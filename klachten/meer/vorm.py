"""What a lake looks like: the tables, the files of a delivery by name, and the note that makes a delivery count.

    meer.json                                                      says that this is a lake, and in which form
    klacht_stand/organisatie=<id>/jaar=2025/<levering>.parquet     what is of klachten, by the year of receipt
    trajecten/organisatie=<id>/<levering>.parquet                  what is of the organisation as a whole
    dag/<kenmerk>.parquet                                          a calendar, one for all who have the same
    leveringen/<id>.json                                           the delivery that counts: written last

Nobody looks for files: what counts is what the note names, so half a delivery and an old one are never read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from klachten.momentopname import inhoud

FORMAAT = 1
MEER = "meer.json"
LEVERINGEN = "leveringen"
KALENDER = "dag"

KLACHTTABELLEN = (
    "klacht_stand", "maatregel_stand", "gestelde_termijn_stand", "eerder_einde_stand", "geschil_stand", "nader_stand",
    "bevinding_stand", "wachten_stand",
)  # fmt: skip
"""The tables of klachten, each in a folder per year of receipt: that of the klacht, also of what came of it later."""
KOLOMMEN: dict[str, tuple[str, ...]] = {
    **{tabel: tuple(namen.split()) for tabel, namen in inhoud.KOLOMMEN.items() if tabel != KALENDER},
    "keuze": ("reglement", "lijst", "id", "naam"),
    "stap": ("reglement", "stap", "naam", "korte_naam"),
}
"""The tables of a lake and their columns: those of a snapshot, without the facts, which no figure reads."""

_ID = r"[0-9a-f]{16}"
_NAAM = re.compile(rf"(?P<tabel>\w+)/organisatie=(?P<id>{_ID})/(?:jaar=(?P<jaar>[0-9]{{4}})/)?[\w-]+\.parquet")
_KENMERK = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Bestand:
    """One Parquet file of a delivery: its name in the lake, and how many bytes and rows it has."""

    naam: str
    bytes: int
    rijen: int


@dataclass(frozen=True)
class Levering:
    """What one organisation delivered last, as the note says.

    `dag` is the day of the snapshot, up to which it knows what happened; `soorten` the types of the columns per table.
    """

    organisatie: str
    levering: str
    dag: date
    aantal_feiten: int
    zegel: str
    software: str
    opname: int
    klachten: int
    jaren: tuple[int, ...]
    reglementen: tuple[str, ...]
    kalender: str
    bestanden: dict[str, tuple[Bestand, ...]]
    soorten: dict[str, dict[str, str]]

    @property
    def kalendernaam(self) -> str:
        """The name of the file with its calendar."""
        return f"{KALENDER}/{self.kalender}.parquet"

    def namen(self, tabel: str, jaren: tuple[int, int] | None = None) -> list[str]:
        """Return the names of the files of a table, of these years of receipt (first and last) only when given."""
        namen = [bestand.naam for bestand in self.bestanden[tabel]]
        if jaren is None or tabel not in KLACHTTABELLEN:
            return namen
        return [naam for naam in namen if jaren[0] <= int(_NAAM.fullmatch(naam)["jaar"]) <= jaren[1]]  # type: ignore[index]


def note_name(organisatie: str) -> str:
    """Return the name of the note of an organisation."""
    return f"{LEVERINGEN}/{organisatie}.json"


def file_name(tabel: str, organisatie: str, levering: str, jaar: int | None) -> str:
    """Return the name of a file of a delivery."""
    deel = f"jaar={jaar}/" if jaar is not None else ""
    return f"{tabel}/organisatie={organisatie}/{deel}{levering}.parquet"


def written(levering: Levering) -> bytes:
    """Return the note of a delivery as it is written."""
    velden = {"formaat": FORMAAT, **asdict(levering), "dag": levering.dag.isoformat()}
    return (json.dumps(velden, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read(tekst: bytes, organisatie: str) -> Levering:
    """Return the delivery that a note is about; ValueError with a Dutch reason when it cannot be used."""
    try:
        velden: dict[str, Any] = json.loads(tekst)
        formaat = velden.pop("formaat")
    except (ValueError, KeyError, AttributeError, TypeError) as fout:
        raise ValueError("de notitie erbij is niet te lezen") from fout
    if formaat != FORMAAT:
        hoe = "nieuwere" if isinstance(formaat, int) and formaat > FORMAAT else "andere"
        raise ValueError(f"zij is in een {hoe} vorm ({formaat}) dan deze versie leest ({FORMAAT})")
    try:
        levering = Levering(
            **{
                **velden,
                "dag": date.fromisoformat(velden["dag"]),
                "jaren": tuple(velden["jaren"]),
                "reglementen": tuple(velden["reglementen"]),
                "bestanden": {
                    tabel: tuple(Bestand(**bestand) for bestand in lijst)
                    for tabel, lijst in velden["bestanden"].items()
                },
            }
        )
        goed = levering.organisatie == organisatie and all(_fits(levering, tabel) for tabel in levering.bestanden)
    except (TypeError, KeyError, ValueError, AttributeError) as fout:
        raise ValueError("de notitie erbij is niet te lezen") from fout
    if not goed or not _KENMERK.fullmatch(levering.kalender):
        raise ValueError("de notitie erbij noemt bestanden die niet van haar zijn")
    _compare(levering.soorten)
    return levering


def _fits(levering: Levering, tabel: str) -> bool:
    """Whether the files of a table are called as those of this organisation are: nothing else is ever opened."""
    for bestand in levering.bestanden[tabel]:
        gevonden = _NAAM.fullmatch(bestand.naam)
        per_jaar = tabel in KLACHTTABELLEN
        if not gevonden or (gevonden["tabel"], gevonden["id"]) != (tabel, levering.organisatie):
            return False
        if (gevonden["jaar"] is not None) != per_jaar:
            return False
    return True


def _compare(soorten: Mapping[str, Mapping[str, str]]) -> None:
    """Raise ValueError when tables or columns are missing that this version asks for; more of them do no harm."""
    for tabel, kolommen in KOLOMMEN.items():
        if ontbreekt := [kolom for kolom in kolommen if kolom not in soorten.get(tabel, {})]:
            raise ValueError(
                f"zij is van een andere versie van klachten: in {tabel} ontbreekt {', '.join(ontbreekt[:3])}"
            )
