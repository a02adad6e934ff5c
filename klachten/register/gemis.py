"""What a register lacks beside its journal: said when its texts are read from the dossiers, as of a copy."""

from __future__ import annotations

from collections.abc import Sequence

from klachten.register.database import Connection
from klachten.register.dossiermap import Dossiermap
from klachten.register.wissen import erasures
from klachten.taal import aantal

_GENOEG = 5
"""How many a sentence names; `controleer` names all of them."""


class Gemis:
    """Collects the texts and documents that the journal promises and the dossiers do not have."""

    def __init__(self) -> None:
        self._teksten: list[str] = []
        self._documenten: list[str] = []

    def texts(self, klachtnummer: str, welke: Sequence[tuple[int, str]]) -> None:
        """Note the texts (nr, veld) that a dossier lacks, or has otherwise."""
        self._teksten += [f"'{veld}' bij feit {nr} van {klachtnummer}" for nr, veld in welke]

    def documents(self, con: Connection, dossiers: Dossiermap, na: int) -> None:
        """Note the documents of facts after a number that have no file; what is in a file is for `controleer`."""
        rijen = con.execute(
            "SELECT nr, klachtnummer, gegevens ->> 'document' FROM gebeurtenis "
            "WHERE nr > ? AND contains(CAST(gegevens AS VARCHAR), '\"document\":') ORDER BY nr",
            [na],
        ).fetchall()
        gewist = erasures(con) if rijen else {}
        self._documenten += [
            f"{sha256[:12]} bij feit {nr} van {klachtnummer}"
            for nr, klachtnummer, sha256 in rijen
            if sha256
            and not any(hoe.alles or sha256 in hoe.documenten for hoe in gewist.get(klachtnummer, ()) if hoe.nr > nr)
            and not (dossiers.folder(klachtnummer) / "documenten" / sha256).is_file()
        ]

    def sentences(self) -> list[str]:
        """Return what is lacking, as one sentence and what to do about it; nothing when all is there."""
        delen = [
            f"{aantal(len(welke), een, meer)} ({', '.join(welke[:_GENOEG])}{' ...' if len(welke) > _GENOEG else ''})"
            for welke, een, meer in ((self._teksten, "tekst", "teksten"), (self._documenten, "document", "documenten"))
            if welke
        ]
        if not delen:
            return []
        zin = (
            "In de dossiers ontbreekt wat volgens het journaal is vastgelegd, of het is veranderd: "
            f"{' en '.join(delen)}. In een kopie komt dat doordat de dossiers zijn gekopieerd vóór het journaal: eerst "
            "het journaal, dan de dossiers. Zet de map dossiers terug uit een reservekopie en draai: python -m "
            "klachten herbouw. Alles wat ontbreekt noemt: python -m klachten controleer"
        )
        return [zin]
