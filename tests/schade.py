"""What can happen to the folder of a register: each kind of damage, and what is said of it.

`docs/schade.md` is made of it: `python -m tests.schadeproef` writes that table again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from klachten.gebeurtenissen import DocumentToegevoegd
from klachten.register.dossiermap import Dossiermap
from klachten.register.journaal import BEGIN, seal
from tests.registerproef import DAG, leg_klacht_vast, leg_stap_vast, open_at

DOC = Path(__file__).resolve().parents[1] / "docs" / "schade.md"
BRIEF = b"%PDF-1.7 brief"
SHA256 = hashlib.sha256(BRIEF).hexdigest()
SCHRIJFT, LEEST, DICHT = "records", "reads only", "does not open"
GEDAAN, WEIGERT = "done", "refuses"


def build(map: Path) -> None:
    """Facts 1 to 3 of 2025 and 4 to 8 of 2026: two klachten, texts, a document, and a last fact without a text."""
    with open_at(map, klok=lambda: datetime(2025, 12, 30, 10, tzinfo=UTC)) as register:
        nummer = leg_klacht_vast(register, indiener_naam="J. Jansen")
        leg_stap_vast(register, nummer, reden="Laat.")
    with open_at(map) as register:
        leg_klacht_vast(register)
        with register.schrijven() as boeking:
            feit = DocumentToegevoegd(gebeurd_op=DAG, document=SHA256, naam="brief.pdf")
            boeking.leg_vast(nummer, feit, door="anna", rol="coordinator", document=BRIEF)
        leg_stap_vast(register, nummer, reden="Weer laat.")
        leg_stap_vast(register, nummer)


@dataclass(frozen=True)
class Geval:
    """A kind of damage, and a piece of what the app, `controleer` and `herbouw` say: with how each of them ends."""

    wat: str
    doe: Callable[[Path], object]
    app: tuple[str, str]
    controleer: str
    herbouw: tuple[str, str]
    waar: str = "test_schade.py"

    def row(self) -> str:
        """The row of the table."""
        cellen = [self.wat, _cell(*self.app), self.controleer or "all is well", _cell(*self.herbouw), f"`{self.waar}`"]
        return f"| {' | '.join(cellen)} |"


def _cell(hoe: str, zin: str) -> str:
    return f"{hoe}: *{zin}*" if zin else hoe


# --- what is done to a folder ----------------------------------------------------------------------------------------


def gone(*namen: str) -> Callable[[Path], None]:
    """Take files and folders away."""

    def doe(map: Path) -> None:
        for naam in namen:
            for pad in map.glob(naam):
                shutil.rmtree(pad) if pad.is_dir() else pad.unlink()

    return doe


def both(*doen: Callable[[Path], object]) -> Callable[[Path], None]:
    """One after the other."""

    def doe(map: Path) -> None:
        for stap in doen:
            stap(map)

    return doe


def lines(hoe: Callable[[list[bytes]], Sequence[bytes]], jaar: int = 2026) -> Callable[[Path], None]:
    """Change the lines of a year of the journal."""

    def doe(map: Path) -> None:
        pad = map / "journaal" / f"{jaar}.jsonl"
        pad.write_bytes(b"".join(hoe(pad.read_bytes().splitlines(keepends=True))))

    return doe


def swap(regels: list[bytes]) -> list[bytes]:
    """Two facts in the middle change places."""
    return [regels[0], regels[2], regels[1], *regels[3:]]


def alter(regels: list[bytes]) -> list[bytes]:
    """A day in the middle becomes another one, of the same length."""
    return [regels[0], regels[1].replace(b"2026-01-05", b"2026-01-04"), *regels[2:]]


def reseal(map: Path) -> None:
    """Rewrite everything from fact 4 on, with a chain that is whole."""
    zegel = BEGIN
    for pad in sorted((map / "journaal").glob("2*.jsonl")):
        uit = []
        for regel in pad.read_text(encoding="utf-8").splitlines():
            inhoud = json.loads(regel) | {"vorig": zegel}
            del inhoud["zegel"]
            tekst, zegel = seal(inhoud | ({"gebeurd_op": "2026-01-04"} if inhoud["nr"] >= 4 else {}))
            uit.append(f"{tekst}\n")
        pad.write_text("".join(uit), encoding="utf-8", newline="\n")


def aside(map: Path) -> None:
    """The database was set aside once, and the rest is gone."""
    (map / "klachten.duckdb").rename(map / "klachten.duckdb.beschadigd-20260105T101112")


def snapshot(map: Path) -> None:
    """There is a snapshot of all facts."""
    doel = map / "momentopname" / "20260105T101112Z-000001"
    doel.mkdir(parents=True)
    (doel / "manifest.json").write_text('{"aantal_feiten": 8, "zegel": ""}', encoding="utf-8")


def broken_off(map: Path) -> None:
    """The program stopped while it put in the texts of a fact."""
    dossiers = Dossiermap(map / "dossiers")
    dossiers.announce(9, ["K2026-0001"])
    with (map / "dossiers" / "K2026-0001" / "teksten.jsonl").open("ab") as bestand:
        bestand.write(b'{"nr": 9, "veld": "reden", "zout": "00", "tekst": "half"}\n')


def torn(map: Path) -> None:
    """A line of the journal was half written when the program stopped."""
    with (map / "journaal" / "2026.jsonl").open("ab") as bestand:
        bestand.write(b'{"corrigeert":null,"deel":[1,1],"door":"an')


def own_head(map: Path) -> None:
    """The last fact of the database is another one, and its zegel with it."""
    with duckdb.connect(str(map / "klachten.duckdb")) as con:
        con.execute("DROP TRIGGER geen_wijziging ON gebeurtenis")
        con.execute("UPDATE gebeurtenis SET zegel = repeat('a', 64) WHERE nr = 8")
        con.execute("UPDATE stand SET zegel = repeat('a', 64)")


def stray(map: Path) -> None:
    """A dossier with a document alone, of a klacht that the journal does not have."""
    doel = map / "dossiers" / "K2026-0057" / "documenten"
    doel.mkdir(parents=True)
    (doel / SHA256).write_bytes(BRIEF)


DB = gone("klachten.duckdb*")
ZEGEL = gone("zegel.json")
HEEL, PAST = "Geen bevestigd feit is verloren", "Alles wat er nog is past bij het journaal"

GEVALLEN = {
    "database-weg": Geval(
        "the database is gone", DB, (SCHRIJFT, HEEL), "Er is geen database; de volgende start", (GEDAAN, HEEL)
    ),
    "database-en-zegel-weg": Geval(
        "the database and the seal file are gone", both(DB, ZEGEL), (SCHRIJFT, PAST), PAST, (GEDAAN, PAST)
    ),
    "database-kapot": Geval(
        "the database is overwritten", lambda map: (map / "klachten.duckdb").write_bytes(b"x" * 9000),
        (SCHRIJFT, HEEL), "De database is niet te openen", (GEDAAN, HEEL),
    ),
    "database-hoofd-anders": Geval(
        "the last fact of the database is another one than it was sealed as", own_head, (SCHRIJFT, HEEL),
        "Feit 8 heeft in de database een ander zegel", (GEDAAN, HEEL),
    ),
    "jaar-en-database-weg": Geval(
        "`journaal/2026.jsonl` and the database are gone", both(gone("journaal/2026.jsonl"), DB),
        (LEEST, "minstens 5 feiten, namelijk de feiten 4 tot en met 8"), "minstens 5 feiten",
        (WEIGERT, "minstens 5 feiten"),
    ),
    "jaar-database-en-zegel-weg": Geval(
        "the same, and the seal file", both(gone("journaal/2026.jsonl"), DB, ZEGEL),
        (LEEST, "minstens 4 feiten, namelijk de feiten 4 tot en met 7"), "in de dossiers staat tekst van feit 7",
        (WEIGERT, "Van K2026-0002 is er wel een dossier en geen feit meer"),
    ),
    "journaal-en-database-weg": Geval(
        "journal and database are gone, the dossiers are left", both(gone("journaal"), DB),
        (DICHT, "Het journaal heeft geen enkel feit"), "minstens 8 feiten", (WEIGERT, "minstens 8 feiten"),
    ),
    "alleen-dossiers": Geval(
        "all but the dossiers is gone", both(gone("journaal"), DB, ZEGEL),
        (DICHT, "in de dossiers staat tekst van feit 7"), "minstens 7 feiten", (WEIGERT, "minstens 7 feiten"),
    ),
    "alleen-zegel": Geval(
        "all but the seal file is gone", both(gone("journaal", "dossiers"), DB),
        (DICHT, "zegel.json noemt feit 8"), "minstens 8 feiten", (WEIGERT, "minstens 8 feiten"),
    ),
    "alleen-momentopname": Geval(
        "all but a snapshot is gone", both(snapshot, gone("journaal", "dossiers"), DB, ZEGEL),
        (DICHT, "momentopname 20260105T101112Z-000001 telt er 8"), "minstens 8 feiten", (WEIGERT, "minstens 8 feiten"),
    ),
    "alleen-opzij": Geval(
        "all but a database that was set aside is gone", both(aside, gone("journaal", "dossiers"), ZEGEL),
        (DICHT, "klachten.duckdb.beschadigd-20260105T101112 kent er 8"), "minstens 8 feiten",
        (WEIGERT, "minstens 8 feiten"),
    ),
    "journaal-weg": Geval(
        "the journal is gone", gone("journaal"), (LEEST, "de database kent er 8"), "minstens 8 feiten",
        (WEIGERT, "minstens 8 feiten"),
    ),
    "eind-weg": Geval(
        "the last line of the journal is gone", lines(lambda regels: regels[:-1]),
        (LEEST, "minstens 1 feit, namelijk feit 8"), "de database kent er 8", (WEIGERT, "namelijk feit 8"),
    ),
    "half-eind-weg": Geval(
        "half of the last line is gone", lines(lambda regels: [*regels[:-1], regels[-1][:200]]),
        (LEEST, "minstens 1 feit, namelijk feit 8"), "de database kent er 8", (WEIGERT, "namelijk feit 8"),
    ),
    "tekst-zonder-feit": Geval(
        "a confirmed last line is cut off, half or whole, and the database is gone; its text stands in the dossier",
        both(lines(lambda regels: [*regels[:-2], regels[-2][:200]]), DB, ZEGEL),
        (LEEST, "in de dossiers staat tekst van feit 7"), "minstens 1 feit, namelijk feit 7",
        (WEIGERT, "namelijk feit 7"),
    ),
    "half-eind-geen-getuige": Geval(
        "half of a last line without a text is gone, with the database and the seal file: nothing tells",
        both(lines(lambda regels: [*regels[:-1], regels[-1][:200]]), DB, ZEGEL),
        (SCHRIJFT, "of zij ooit is bevestigd, is niet te zeggen"), PAST, (GEDAAN, "is niet te zeggen"),
    ),
    "regel-veranderd": Geval(
        "a line in the middle is changed", lines(alter), (LEEST, "is beschadigd of veranderd: zijn zegel klopt niet"),
        "tot en met feit 4 is de keten heel", (WEIGERT, "tot en met feit 4 is de keten heel"),
    ),
    "regel-weg": Geval(
        "a line in the middle is gone", lines(lambda regels: [regels[0], *regels[2:]]),
        (LEEST, "sluit niet aan op feit 4 (hier staat feit 6)"), "sluit niet aan op feit 4",
        (WEIGERT, "sluit niet aan op feit 4"),
    ),
    "regels-verwisseld": Geval(
        "two lines in the middle changed places", lines(swap), (LEEST, "sluit niet aan op feit 4"),
        "sluit niet aan op feit 4", (WEIGERT, "sluit niet aan op feit 4"),
    ),
    "regel-veranderd-database-weg": Geval(
        "a line in the middle is changed and the database is gone", both(lines(alter), DB),
        (DICHT, "zijn zegel klopt niet"), "zijn zegel klopt niet", (WEIGERT, "zijn zegel klopt niet"),
    ),
    "oud-jaar-weg": Geval(
        "the journal of an earlier year is gone", gone("journaal/2025.jsonl"), (LEEST, "sluit niet aan op feit 0"),
        "sluit niet aan op feit 0", (WEIGERT, "sluit niet aan op feit 0"),
    ),
    "herschreven": Geval(
        "the journal is rewritten with a chain that is whole", reseal,
        (LEEST, "heeft het een ander zegel dan de database"), "vanaf feit 4 (regel 1 van", (WEIGERT, "vanaf feit 4"),
    ),
    "herschreven-zegel-weg": Geval(
        "the same, and the seal file is gone", both(reseal, ZEGEL),
        (LEEST, "heeft het een ander zegel dan de database"), "vanaf feit 4 (regel 1 van", (WEIGERT, "vanaf feit 4"),
    ),
    "herschreven-database-weg": Geval(
        "the journal is rewritten and the database is gone", both(reseal, DB),
        (LEEST, "feit 8 heeft er een ander zegel dan in zegel.json staat"), "een ander zegel dan in zegel.json",
        (WEIGERT, "een ander zegel dan in zegel.json staat"),
    ),
    "teksten-weg": Geval(
        "the texts of a dossier and the database are gone", both(gone("dossiers/K2026-0001/teksten.jsonl"), DB),
        (SCHRIJFT, "De feiten zijn er, maar er zijn teksten of documenten weg"), "ontbreekt",
        (GEDAAN, "ontbreekt wat volgens het journaal is vastgelegd, of het is veranderd: 5 teksten"),
    ),
    "document-weg": Geval(
        "a document and the database are gone", both(gone("dossiers/K2026-0001/documenten/*"), DB),
        (SCHRIJFT, "of het is veranderd: 1 document"), "van K2026-0001 ontbreekt",
        (GEDAAN, "of het is veranderd: 1 document"),
    ),
    "los-dossier": Geval(
        "there is a dossier of a klacht that the journal does not have", stray,
        (LEEST, "Van K2026-0057 is er wel een dossier en geen feit meer"), "minstens 1 feit",
        (WEIGERT, "minstens 1 feit"),
    ),
    "afgebroken": Geval(
        "the program stopped while recording: texts without a fact, and the note of it", broken_off,
        (SCHRIJFT, "niet was voltooid en dus nooit is bevestigd"), "bij de volgende start wordt het weggehaald",
        (GEDAAN, HEEL),
    ),
    "half-geschreven": Geval(
        "the program stopped while recording: half a line", torn,
        (SCHRIJFT, "niet was voltooid en dus nooit is bevestigd"), HEEL, (GEDAAN, HEEL),
    ),
}  # fmt: skip

BEGIN_TABEL, EINDE_TABEL = "<!-- tests/schade.py -->", "<!-- einde -->"


def table() -> str:
    """The rows of the document that come from here."""
    koppen = "| what is damaged | the app | `controleer` says | `herbouw` | test |\n| --- | --- | --- | --- | --- |"
    return "\n".join([koppen, *(geval.row() for geval in GEVALLEN.values())])
