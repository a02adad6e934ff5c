"""Measure the two commands that write much at once, `importeer` and `voorbeeld`, each in a process of its own.

Time is CPU of all threads, user and system: a busy machine changes it less than waiting time. Both need os.wait4, which
Windows has not.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from klachten.register.dossiermap import Dossiermap
from klachten.taal import getal

KOLOMMEN = Path(__file__).parents[1] / "overname" / "voorbeelden" / "cfpb_2011_2015.toml"
RIJEN = 250_000
"""Rows of the made file: two facts each."""
AANTAL = 100_000
FEITEN_PER_SECONDE = 500_000 / 60
GEHEUGEN_MB = 500
KLACHTEN_PER_SECONDE = 100_000 / 120
MAAND_SECONDEN = 10
"""What changed in 1,000 of 100,000 klachten is taken over in so much."""

_PRODUCTEN = ("Mortgage", "Debt collection", "Credit reporting", "Credit card", "Consumer loan", "Payday loan")
_WEGEN = ("Web", "Referral", "Postal mail", "Phone", "Fax", "Email")
_KOP = (
    "DateReceived", "Product", "SubProduct", "Issue", "SubIssue", "ConsumerComplaint", "CompanyPublicResponse",
    "Company", "State", "ZipCode", "SubmittedVia", "DateSentCompany", "CompanyResponseConsumer", "TimelyResponseSts",
    "ConsumerDisputedSts", "ComplaintId",
)  # fmt: skip
_VERHAAL = "I called the company about account {i} and nobody could tell me what the fee of the month was for. "

# What a parent is told of the peak of a child (ru_maxrss) begins at its own, so the child says it itself, last of all.
_KIND = """
import sys
from klachten.__main__ import main
from klachten.meting.deelnemer import memory
uitslag = main(sys.argv[1:])
print(memory()[1])
sys.exit(uitslag)
"""


class MetingMislukt(Exception):
    """The command that is measured did not end well; the text is what it said."""


@dataclass(frozen=True)
class Meting:
    """What one run took: seconds of waiting, seconds of CPU, peak of memory in MB, and what it made."""

    wand: float
    cpu: float
    piek: float
    klachten: int
    feiten: int


def write_file(pad: Path, rijen: int, *, anders: Collection[int] = (), alleen: Collection[int] | None = None) -> None:
    """Write a fictitious file of so many rows as cfpb_2011_2015.toml declares it."""
    with pad.open("w", encoding="utf-8", newline="") as bestand:
        csv.writer(bestand).writerows(table(rijen, anders=anders, alleen=alleen))


def table(
    rijen: int, *, anders: Collection[int] = (), alleen: Collection[int] | None = None
) -> Iterator[tuple[object, ...]]:
    """The header and so many rows of a fictitious file; a row in five tells a story.

    Those in `anders` say something else than they would; with `alleen` there are only those.
    """
    yield _KOP
    for i in range(rijen) if alleen is None else sorted(alleen):
        dag = date(2011, 12, 30) + timedelta(days=i * 1200 // rijen)
        verhaal = _VERHAAL.format(i=i) * 5 if i % 5 == 0 else ""
        yield (
            dag, _PRODUCTEN[(i + (i in anders)) % 6], "", f"Fees of kind {i % 40}", "", verhaal, "",
            f"Company {i % 400}", "WA", "98101", _WEGEN[i % 5], dag + timedelta(days=i % 9 + 3 * (i in anders)),
            "Closed", "Yes", "No", 10_000_000 + i,
        )  # fmt: skip


def measure(argv: Sequence[str], map: Path) -> Meting:
    """Run a command of klachten on an empty register folder; MetingMislukt when it does not end well."""
    opdracht = [sys.executable, "-c", _KIND, *argv, "--map", str(map)]
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as gezegd:
        proces = subprocess.Popen(opdracht, stdout=gezegd, stderr=gezegd)
        _, uit, gebruik = os.wait4(proces.pid, 0)
        proces.returncode = os.waitstatus_to_exitcode(uit)
        wand = time.perf_counter() - begin
        gezegd.seek(0)
        tekst = gezegd.read().decode("utf-8", errors="replace").strip()
        if proces.returncode:
            raise MetingMislukt(tekst[-2000:])
    feiten = sum(pad.read_bytes().count(b"\n") for pad in (map / "journaal").glob("*.jsonl"))
    klachten = sum(1 for nummer in Dossiermap(map / "dossiers").numbers() if nummer.startswith("K"))
    piek = float(tekst.rsplit("\n", 1)[-1])
    return Meting(wand, gebruik.ru_utime + gebruik.ru_stime, piek, klachten, feiten)


def importeer(rijen: int) -> str:
    """Take over a made file and return what that took, with the aims."""
    with tempfile.TemporaryDirectory() as map:
        bestand = Path(map) / "klachten.csv"
        write_file(bestand, rijen)
        argv = ["importeer", str(bestand), "--kolommen", str(KOLOMMEN), "--uitvoeren"]
        meting = measure(argv, Path(map) / "register")
    per_seconde = meting.feiten / meting.cpu
    doelen = [
        _aim(
            "500.000 feiten in 60 s rekentijd",
            per_seconde >= FEITEN_PER_SECONDE,
            f"{500_000 / per_seconde:.0f} s naar verhouding",
        ),
        _aim(f"hoogstens {GEHEUGEN_MB} MB", meting.piek <= GEHEUGEN_MB, f"{meting.piek:.0f} MB"),
    ]
    return "\n".join([*_lines("importeer", meting), *doelen])


def maand(klachten: int, rijen: int) -> str:
    """Take over a made file, and then what changed in so many rows of it; return what the second took, with the aim.

    Once in a file with only those rows, once in the whole file, and at last what taking that back takes.
    """
    anders = range(0, klachten, max(1, klachten // rijen))[:rijen]
    with tempfile.TemporaryDirectory() as tijdelijk:
        map = Path(tijdelijk)
        eerste, deel, heel, opgave = (map / naam for naam in ("eerste.csv", "deel.csv", "heel.csv", "deel.toml"))
        write_file(eerste, klachten)
        write_file(deel, klachten, anders=anders, alleen=anders)
        write_file(heel, klachten, anders=anders[::2])
        for pad in KOLOMMEN.parent.glob("cfpb*.toml"):
            (map / pad.name).write_bytes(pad.read_bytes())
        tekst = KOLOMMEN.read_text(encoding="utf-8")
        opgave.write_text(tekst.replace("\nkorrel", "\nalleen_wijzigingen = true\nkorrel", 1), encoding="utf-8")
        register = map / "register"
        measure(["importeer", str(eerste), "--kolommen", str(KOLOMMEN), "--uitvoeren"], register)
        regels = []
        for wat, argv in (
            (f"alleen de {getal(len(anders))} rijen", [str(deel), "--kolommen", str(opgave), "--uitvoeren"]),
            ("het hele bestand", [str(heel), "--kolommen", str(KOLOMMEN), "--uitvoeren"]),
            ("terugdraaien", ["--terugdraaien", "3", "--reden", "meting", "--uitvoeren"]),
        ):
            meting = measure(["importeer", *argv], register)
            gezegd = f"{meting.cpu:.1f} s".replace(".", ",")
            regels += [
                *_lines(f"maand, {wat}", meting),
                _aim(f"{MAAND_SECONDEN} s rekentijd", meting.cpu <= MAAND_SECONDEN, gezegd),
            ]
    return "\n".join(regels)


def voorbeeld(aantal: int) -> str:
    """Make an example and return what that took, with the aim."""
    with tempfile.TemporaryDirectory() as map:
        meting = measure(["voorbeeld", "--aantal", str(aantal), "--vandaag", "2026-11-22"], Path(map) / "register")
    per_seconde = meting.klachten / meting.cpu
    gezegd = f"{100_000 / per_seconde:.0f} s naar verhouding"
    doel = _aim("100.000 klachten in 120 s rekentijd", per_seconde >= KLACHTEN_PER_SECONDE, gezegd)
    return "\n".join([*_lines("voorbeeld", meting), doel])


def _lines(wat: str, meting: Meting) -> list[str]:
    rijen = [
        ("Wandtijd", f"{meting.wand:.1f} s"),
        ("Rekentijd (CPU)", f"{meting.cpu:.1f} s"),
        ("Geheugen, piek", f"{meting.piek:.0f} MB"),
        ("Feiten per seconde rekentijd", getal(round(meting.feiten / meting.cpu))),
    ]
    kop = f"{wat}: {getal(meting.klachten)} klachten, {getal(meting.feiten)} feiten"
    return [kop, *(f"  {naam:<30}{waarde.replace('.', ',') if ' ' in waarde else waarde}" for naam, waarde in rijen)]


def _aim(doel: str, gehaald: bool, gemeten: str) -> str:
    return f"  {'gehaald     ' if gehaald else 'niet gehaald'}  {doel}: {gemeten}"
