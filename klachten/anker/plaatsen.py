"""Where the anchor goes: the block `[anker]` of the settings of a register."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit


class OngeldigePlaats(Exception):
    """The block has something that cannot be used; the text is a Dutch sentence."""

    soort = "instelling_klopt_niet"


@dataclass(frozen=True)
class Plaatsen:
    """`bestanden` are files that another looks after, `tijdstempel` is the address of an authority (RFC 3161).

    `wortel` is a file with the certificates (PEM) by which what that authority says is known to be from it.
    """

    bestanden: tuple[Path, ...] = ()
    tijdstempel: str = ""
    wortel: str = ""

    def __bool__(self) -> bool:
        return bool(self.bestanden or self.tijdstempel)

    @classmethod
    def read(cls, gelezen: object, map: Path) -> Plaatsen:
        """From the block as TOML has it; paths are told from the folder of the settings."""
        if gelezen is None:
            return cls()
        if not isinstance(gelezen, dict):
            raise OngeldigePlaats("anker is een blok met bestanden, tijdstempel en wortel.")
        if onbekend := sorted(set(gelezen) - {veld.name for veld in fields(cls)}):
            raise OngeldigePlaats(f"{', '.join(onbekend)} is geen instelling van anker.")
        bestanden, stempel, wortel = (gelezen.get(naam, leeg) for naam, leeg in _LEEG.items())
        if not isinstance(bestanden, list) or not all(isinstance(pad, str) and pad.strip() for pad in bestanden):
            raise OngeldigePlaats("bestanden van anker is een lijst van bestanden, elk tussen aanhalingstekens.")
        if not isinstance(stempel, str) or (stempel and urlsplit(stempel).scheme not in ("http", "https")):
            raise OngeldigePlaats("tijdstempel van anker is een adres dat met http of https begint.")
        if not isinstance(wortel, str) or (wortel and not stempel):
            raise OngeldigePlaats("wortel van anker is een bestand, en hoort bij een tijdstempel.")
        return cls(tuple(map / pad for pad in bestanden), stempel, str(map / wortel) if wortel else "")


_LEEG: dict[str, object] = {"bestanden": [], "tijdstempel": "", "wortel": ""}
