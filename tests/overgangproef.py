"""A spreadsheet of twelve klachten of which five are open at different steps, and going on with those here.

`python -m tests.overgangproef` takes all of it out and makes a register of that, which says the same: longer than the
tests do.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from klachten.opening import open_register
from klachten.overname import kolommen as declaratie
from klachten.overname import overgang, overnemen
from klachten.overname.overgang import Overgang
from klachten.overname.overnemen import Plan
from klachten.register import Register
from klachten.uitvoer import make
from klachten.uitvoer.inlezen import read_in
from klachten.voorbeeld.inrichting import record
from tests.lijsten import ONTVANGEN, VANDAAG

BRON = "oude-lijst"
GETROKKEN, VANAF = date(2026, 2, 20), date(2026, 2, 23)
KOP = "nr;binnen;bevestigd;klaar;status;wie;over;soort;verhaal"
DICHT = {
    f"D{nr}": f"{nr}-12-2025;{nr + 5}-12-2025;{nr + 20}-12-2025;Klaar;B. Bakker;;bej;Verhaal {nr}" for nr in range(1, 8)
}
OPEN = {
    "nieuw": "18-2-2026;;;Nieuw;A. de Boer;;bej;Nog niets gedaan",
    "laat": "26-1-2026;;;Nieuw;Iemand anders;;bej;Blijven liggen",
    "onderzoek": "2-2-2026;9-2-2026;;In onderzoek;A. de Boer;;wacht;Loopt",
    "besluit": "12-1-2026;;;Besluit;A. de Boer;Bas B.;wacht;Wacht op besluit",
    "maatregel": "19-1-2026;;;Maatregelen;Bas B.;;bej;Afspraken gemaakt",
}
"""By the word for where it is; numbers are given out in order of receipt."""
NUMMER = {
    "besluit": "K2026-0001", "maatregel": "K2026-0002", "laat": "K2026-0003", "onderzoek": "K2026-0004",
    "nieuw": "K2026-0005",
}  # fmt: skip
ID = {waar: f"Z{nr}" for nr, waar in enumerate(OPEN, start=8)}
ALLES = {**DICHT, **{ID[waar]: rest for waar, rest in OPEN.items()}}
VERDER = """
[verder]
vanaf = 2026-02-23
categorie = { bej = "bejegening", wacht = "doorlooptijd" }

[verder.volgende_stap]
kolom = "status"
waarden = { "Nieuw" = 5, "In onderzoek" = 6, "Besluit" = 8, "Maatregelen" = 11, "Klaar" = 13 }

[verder.behandelaar]
kolom = "wie"
waarden = { "A. de Boer" = "anna", "Bas B." = "bas" }

[verder.betrokkenen]
kolom = "over"
waarden = { "Bas B." = "bas", "A. de Boer" = "anna" }
"""
VERKLARING = f"""
bron = "{BRON}"
reglement = "oud.reglement.toml"
getrokken_op = 2026-02-20
korrel = "klacht"
id = "nr"
volgorde_controleren = false
[bestand]
codering = "utf-8"
scheidingsteken = ";"
[datums]
zeker = true
[ontvangen_op]
kolom = "binnen"
vorm = "D-M-JJJJ"
[[stappen]]
stap = 5
kolom = "bevestigd"
vorm = "D-M-JJJJ"
mag_leeg = true
[[stappen]]
stap = 13
kolom = "klaar"
vorm = "D-M-JJJJ"
mag_leeg = true
[kanaal]
vast = "e-mail"
[categorie]
kolom = "soort"
waarden = {{ bej = "bej", wacht = "wacht" }}
[vestiging]
vast = "weert"
[indiener_soort]
vast = "klant"
[teksten]
omschrijving = "verhaal"
"""
REGLEMENT = f"""
id = "{BRON}"
naam = "De oude lijst"
organisatie = "Oud"
soort = "overname"
verschuift_bij_vrije_dag = false
[[stappen]]
nr = 5
naam = "Bevestigd"
[[stappen]]
nr = 13
naam = "Klaar"
[[termijnen]]
id = "klaar"
naam = "Klaar in zes weken"
stap = 13
waarde = 6
eenheid = "weken"
vanaf = "ontvangen"
einde = [13]
geldt = "altijd"
geldig_vanaf = 2000-01-01
[[categorieen]]
id = "bej"
naam = "Bejegening (oud)"
[[categorieen]]
id = "wacht"
naam = "Wachten (oud)"
"""


def schrijf(map: Path, rijen: Mapping[str, str] = ALLES, verder: str = VERDER, *anders: tuple[str, str]) -> Path:
    """Write the spreadsheet with these rows, and its declaration beside it; return the spreadsheet."""
    tekst = VERKLARING + verder
    for van, naar in anders:
        assert van in tekst
        tekst = tekst.replace(van, naar)
    (map / "oud.toml").write_text(tekst, encoding="utf-8")
    (map / "oud.reglement.toml").write_text(REGLEMENT, encoding="utf-8")
    regels = "".join(f"{id};{rest}\n" for id, rest in rijen.items())
    (map / "oud.csv").write_text(f"{KOP}\n{regels}", encoding="utf-8")
    return map / "oud.csv"


def lees(register: Register | None, bestand: Path, vandaag: date = VANDAAG) -> Plan:
    """Plan to take over what was written."""
    kolommen = declaratie.load(bestand.with_suffix(".toml"), register.reglementen if register else None)
    lezing = overnemen.read(bestand, kolommen, vandaag, register=register)
    assert [een.reden for een in lezing.afkeuringen] == []
    return overnemen.plan(bestand, kolommen, lezing, register)


def plan(register: Register, uitkomst: Plan, vandaag: date = VANDAAG) -> Overgang:
    """Look at the changeover of what was taken over."""
    with register.cursor() as cursor:
        gevonden = overgang.plan(uitkomst.pad, uitkomst.kolommen, register, vandaag, cursor)
    assert gevonden is not None
    return gevonden


def stap_over(register: Register, bestand: Path, vandaag: date = VANDAAG) -> list[str]:
    """Take over what was written, and let what is open go on here; return its klachtnummers."""
    uitkomst = lees(register, bestand, vandaag)
    overnemen.record(register, uitkomst)
    return overgang.record(register, plan(register, uitkomst, vandaag))


def heen_en_weer(map: Path) -> None:
    """Make a register of an export of one in which the five go on; it says the same of each day and each term."""
    with open_register(map / "oud") as oud:
        record(oud, op=ONTVANGEN)
        stap_over(oud, schrijf(map))
        make(oud, map / "uit", nu=datetime(2026, 2, 25, 9, 30, tzinfo=UTC), vandaag=VANDAAG)
        read_in(map / "uit", map / "nieuw")
        with open_register(map / "nieuw") as nieuw:
            for vraag in (
                "SELECT * FROM klacht_stand ORDER BY klachtnummer, van",
                f"SELECT * FROM termijnen(DATE '{VANDAAG}') ORDER BY ALL",
            ):
                toen, nu = (een.cursor().execute(vraag).fetchall() for een in (oud, nieuw))
                assert nu == toen
                print(f"{len(nu)} rijen gelijk: {vraag}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as plek:
        heen_en_weer(Path(plek))
