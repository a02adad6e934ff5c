"""What a register lacks beside its journal: said when its texts are read from the dossiers, as of a copy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from klachten.gebeurtenissen import WISSEND, Wissing, erased
from klachten.register.database import Connection
from klachten.register.dossiermap import Dossiermap
from klachten.register.feitrij import BLOK
from klachten.register.teksten import Tekstrij
from klachten.register.tekstregel import place_of_line
from klachten.register.wissen import erasures
from klachten.taal import aantal

_GENOEG = 5
"""How many a sentence names; `controleer` names all of them."""


class Gemis:
    """Collects the texts and documents that the journal promises and the dossiers do not have."""

    def __init__(self) -> None:
        self._teksten: list[str] = []
        self._documenten: list[str] = []
        self._dicht = 0

    def read(self, con: Connection, dossiers: Dossiermap, na: int) -> Iterator[list[Tekstrij]]:
        """Yield the texts of the facts after a number, as far as the dossiers have them and they match the journal."""
        verwacht = con.execute(
            "SELECT klachtnummer, nr, soort, teksten, gegevens FROM gebeurtenis "
            "WHERE nr > ? AND (teksten <> '{}' OR soort IN (SELECT unnest(?))) ORDER BY nr",
            [na, sorted(WISSEND)],
        ).fetchall()
        by_number: dict[str, list[tuple[int, str, str]]] = {}
        for klachtnummer, nr, soort, teksten, gegevens in verwacht:
            if soort in WISSEND:
                wissing = Wissing.of(nr, soort, json.loads(gegevens))
                eerder = by_number.pop(klachtnummer, [])
                by_number[klachtnummer] = [deel for deel in eerder if not erased([wissing], deel[0], deel[1])]
            by_number.setdefault(klachtnummer, []).extend((nr, *paar) for paar in json.loads(teksten).items())
        rijen: list[Tekstrij] = []
        # Of texts that stand together a file is read once: their facts can be in another order than their numbers.
        for klachtnummer, commitments in sorted(
            by_number.items(), key=lambda paar: str(dossiers.bundels.place(paar[0]))
        ):
            gevonden = dossiers.matching(klachtnummer, commitments)
            rijen.extend((nr, klachtnummer, veld, tekst) for (nr, veld), tekst in gevonden.items())
            if len(rijen) > BLOK:
                yield rijen
                rijen = []
            if gemist := [(nr, veld) for nr, veld, _ in commitments if (nr, veld) not in gevonden]:
                self._texts(dossiers, klachtnummer, gemist)
        yield rijen

    def _texts(self, dossiers: Dossiermap, klachtnummer: str, welke: Sequence[tuple[int, str]]) -> None:
        """Note the texts (nr, veld) that a dossier lacks or has otherwise, and whether any only stays closed."""
        plaatsen = [place_of_line(regel) for regel in dossiers.closed(klachtnummer)]
        dicht = {(tekst.nr, tekst.veld) for tekst in plaatsen if tekst is not None}
        self._teksten += [f"'{veld}' bij feit {nr} van {klachtnummer}" for nr, veld in welke if (nr, veld) not in dicht]
        self._dicht += not dicht.isdisjoint(welke)

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

    def closed(self) -> list[str]:
        """Return that texts cannot be read for want of their key, and what to do; nothing when all can."""
        if not self._dicht:
            return []
        zin = (
            f"Van {aantal(self._dicht, 'dossier', 'dossiers')} blijven teksten dicht: zij zijn versleuteld met een "
            "sleutel die er niet is. Staat die nog ergens, zet haar dan terug in het bestand met sleutels en draai: "
            "python -m klachten herbouw"
        )
        return [zin]
