"""A file written out by templates: the same journal and dossiers, byte for byte, as were made a fact at a time."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.meting import bulk
from klachten.opening import toebehoren
from klachten.overname import kolommen as declaratie
from klachten.overname import overnemen
from klachten.overname.cellen import Datumcel
from klachten.overname.feiten import Groep
from klachten.overname.lezen import Rij
from klachten.overname.sjabloon import Sjabloonmaker
from klachten.register import Register
from klachten.register.dossiermap import Dossiermap
from klachten.register.feitrij import seal_fact, write_out
from klachten.register.journaal import seal
from klachten.register.tekstregel import Tekst, write_lines

PROEF = Path(__file__).parent / "overname"
VANDAAG = date(2026, 3, 1)
NU = datetime(2026, 3, 1, 12, tzinfo=UTC)
# What the version before the templates (7b9c7df) made of these files: SHA-256 of the journal, and of all texts.
TOEN = {
    "klachten": (
        "c8c0de945a5cc702e551bb9c468e93e7a444a85f6ee1e23bf226bcb302de5dc5",
        "5cdfd9c1333d5aa79f17ad20fe021f5d44fac70bd4b1c61aa9dedfd8be59780a",
    ),
    "zaken": (
        "fffe63baab451e4d86f12c271e3617428ade09976d8cebb7f15e417eda1ccf71",
        "c6b9ec7d02ea5078b1dcfb2535fdafd27272ecbc46300f8d70e89ad794970786",
    ),
    "veel": (
        "09abf2ad0afcf56a60964f8e2fe90a76cfd7ed94a5e2440e62ba7d0b4cdec59a",
        "4b2b093a64c87c191eb580725cb08110c4645f050f5b37f3c2ed32a6b961a1f0",
    ),
}


def bestand(naam: str, map: Path) -> tuple[Path, Path]:
    if naam != "veel":
        return PROEF / f"{naam}.csv", PROEF / f"{naam}.toml"
    bulk.write_file(map / "veel.csv", 400)
    return map / "veel.csv", bulk.KOLOMMEN


@pytest.mark.parametrize("naam", TOEN)
def test_a_file_gives_the_journal_it_always_gave(naam: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    zouten = itertools.count()
    monkeypatch.setattr(os, "urandom", lambda n: b"".join(next(zouten).to_bytes(16, "big") for _ in range(n // 16)))
    csv, toml = bestand(naam, tmp_path)
    kolommen = declaratie.load(toml)
    map = tmp_path / "register"
    with Register.open(map, klok=lambda: NU, **toebehoren(map)) as register:
        lezing = overnemen.read(csv, kolommen, VANDAAG)
        overnemen.record(register, overnemen.plan(csv, kolommen, lezing, register), akkoord=("regels",))
    dossiers = Dossiermap(map / "dossiers")
    teksten = b"".join(regel + b"\n" for nummer in dossiers.numbers() for regel in dossiers.lines(nummer))
    journaal = (map / "journaal/2026.jsonl").read_bytes()
    assert tuple(hashlib.sha256(inhoud).hexdigest() for inhoud in (journaal, teksten)) == TOEN[naam]


REGLEMENT = """
[[stappen]]
nr = 5
naam = "Bevestigd"
[[stappen]]
nr = 6
naam = "Onderzocht"
[[categorieen]]
id = "lening"
naam = "Lening"
geldig_vanaf = 2024-02-10
[[categorieen]]
id = "overig"
naam = "Overig"
"""
OPGAVE = """
bron = "proef"
reglement = "zaken.reglement.toml"
korrel = "klacht"
id = "zaak"
volgorde_controleren = false
bestand = { codering = "utf-8", scheidingsteken = "," }
kanaal = { kolom = "via", waarden = { Web = "webformulier", Post = "brief" }, anders = "overig" }
categorie = { kolom = "product", waarden = { Lening = "lening", "" = "overig" } }
vestiging = { vast = "raadhuis" }
indiener_soort = { vast = "klant" }
teksten = { omschrijving = ["product", "verhaal"], indiener_naam = "naam" }
ontvangen_op = { kolom = "start", vorm = "JJJJ-MM-DD", verwisseld = true }
ingetrokken_op = { kolom = "einde", vorm = "JJJJ-MM-DD uu:mm", alleen_bij = { kolom = "hoe", waarden = ["weg"] } }
[uiterlijk_op]
kolom = "grens"
vorm = "JJJJ-MM-DD uu:mm"
mag_leeg = true
termijn = "deadline"
grond = "van de bron"
telt = "tijdstip"
[[stappen]]
stap = 6
kolom = "zes"
vorm = "JJJJ-MM-DD"
mag_leeg = true
[[stappen]]
stap = 5
kolom = "vijf"
vorm = "JJJJ-MM-DD"
mag_leeg = true
wijze = { kolom = "hoe", waarden = { brief = "brief", weg = "e-mail" } }
[[stappen]]
stap = 13
kolom = "einde"
vorm = "JJJJ-MM-DD uu:mm"
alleen_bij = { kolom = "hoe", waarden = ["brief", "zwaaien"] }
"""
# Of each column what can stand there: sound, empty, unreadable, too early, in the future, and real dates whose text is
# that of another day.
MOGELIJK = {
    "zaak": ("1", "007", 'a"\\é'),
    "start": (
        *("2024-02-01", "2024-02-11") * 3,
        Datumcel(date(2024, 2, 1)), "", "2024-02-30", "1850-01-01", "2031-01-01",
    ),
    "grens": ("2024-02-12 14:30", "2024-02-12 14:30", "", "2024-01-05 10:00", "morgen"),
    "vijf": ("2024-02-11", "2024-02-11", "", Datumcel(date(2024, 12, 2)), "2024-01-31", "2027-01-01"),
    "zes": ("2024-02-11", "", ""),
    "einde": ("2024-02-11 09:05", "2024-02-12 16:20", "2024-02-12 16:20", "", "2023-01-01 10:00"),
    "hoe": ("brief", "brief", "weg", "zwaaien", ""),
    "via": ("Web", "Post", "Duif", ""),
    "product": ("Lening", "", "Lening", "Boot"),
    "verhaal": ("", 'Zij: "nee"\n\té'),
    "naam": ("", "A. de Vries"),
}  # fmt: skip


def test_a_plain_row_gives_the_facts_it_gives_the_long_way_and_another_none(tmp_path: Path):
    reglement = (PROEF / "zaken.reglement.toml").read_text(encoding="utf-8")
    (tmp_path / "zaken.reglement.toml").write_text(reglement + REGLEMENT, encoding="utf-8")
    (tmp_path / "opgave.toml").write_text(OPGAVE, encoding="utf-8")
    kolommen = declaratie.load(tmp_path / "opgave.toml")
    plaatsen = {naam: plaats for plaats, naam in enumerate(MOGELIJK)}
    maker = Sjabloonmaker(kolommen, plaatsen, VANDAAG)
    toeval, telling = random.Random(13), Counter[str]()
    for nr in range(3_000):
        rij = Rij(nr, tuple(toeval.choice(keuze) for keuze in MOGELIJK.values()))
        groep = Groep(rij, [nr])
        feiten = tuple(maker.facts(rij.cellen[0], groep))
        kort = maker.written(rij.cellen[0], rij)
        if kort is None:
            # The long way says what is wrong: a row in which nothing is would only be slow.
            assert groep.redenen
        else:
            assert (kort, groep.redenen) == ((feiten[0].gebeurd_op, [write_out(feit) for feit in feiten]), [])
            telling.update(feit.soort for feit in feiten)
        telling[f"plain {kort is not None}"] += 1
    assert min(telling.values()) > 20
    assert {"TermijnOvergenomen", "TijdstipOvergenomen", "KlachtIngetrokken", "OntvangstBevestigd"} < telling.keys()


def test_a_line_of_a_fact_is_the_canonical_json_of_it():
    feiten = [
        g.KlachtAfgesloten(gebeurd_op=VANDAAG, uitkomst="opgelost", afwijkingen=("te laat",), reden="x"),
        g.FeitHerroepen(gebeurd_op=VANDAAG, reden='"\\\n é'),
        g.BestandOvergenomen(gebeurd_op=VANDAAG, bron='Ä"\x01', sha256="0" * 64, naam="x.csv", gehouden=('["a"]',)),
    ]
    for nr, feit in enumerate(feiten, start=7):
        wie = {
            "nr": nr,
            "klachtnummer": "K2026-0001",
            "door": 'é"',
            "rol": "x\\",
            "corrigeert": nr if nr == 8 else None,
        }
        vastlegging = g.Vastlegging(**wie, vastgelegd_op=NU, feit=feit)
        beloofd = dict.fromkeys(sorted(feit.teksten(), reverse=True), "ab")
        eigen = {"stap": feit.stap, "soort": feit.soort, "gebeurd_op": "2026-03-01", "gegevens": feit.gegevens()}
        rest = {"deel": [nr, 9], "vastgelegd_op": "2026-03-01T12:00:00.000000Z", "teksten": beloofd, "vorig": "0" * 64}
        assert seal_fact(vastlegging, (nr, 9), beloofd, "0" * 64) == seal({**wie, **eigen, **rest})


def test_a_line_of_a_text_is_the_json_of_it():
    tekst = Tekst(3, "omschrijving", b"\x00" * 16, 'Zij: "nee" \\ \x01\x7f é 😀\n')
    velden = {"nr": 3, "veld": "omschrijving", "zout": "00" * 16, "tekst": tekst.tekst}
    assert write_lines("K2026-0001", [tekst], None) == (json.dumps(velden, ensure_ascii=False) + "\n").encode()
