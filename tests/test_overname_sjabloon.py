"""A file written out by templates: the same journal and dossiers, byte for byte, as were made a fact at a time."""

from __future__ import annotations

import hashlib
import itertools
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.meting import bulk
from klachten.opening import toebehoren
from klachten.overname import inlezen, overnemen
from klachten.overname import kolommen as declaratie
from klachten.overname.feiten import Groep
from klachten.overname.lezen import Rij
from klachten.overname.sjabloon import Sjabloonmaker
from klachten.register import Register
from klachten.register.feitrij import seal_fact, write_out
from klachten.register.journaal import seal
from klachten.register.tekstregel import Tekst, write_lines
from tests import overname_vormen as vormen

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
    teksten = b"".join(pad.read_bytes() for pad in sorted((map / "dossiers").glob("*/teksten.jsonl")))
    journaal = (map / "journaal/2026.jsonl").read_bytes()
    assert tuple(hashlib.sha256(inhoud).hexdigest() for inhoud in (journaal, teksten)) == TOEN[naam]


LASTIG = """klok = "moment"
"""
RIJEN = [
    # id, ontvangen, uiterlijk, stap 5, stap 6, afgesloten, wijze, kanaal, verhaal
    ("1", "01-02-2024", "10-02-2024 14:30", "03-02-2024", "02-02-2024", "10-02-2024 16:20", "Mail", "Web", 'Zij: "nee"\n\té'),
    ("2", "01-02-2024", "", "01-02-2024", "01-02-2024", "01-02-2024", "Post", "Post", ""),
    ("3", "28-02-2024", "29-02-2024", "", "", "", "", "Duif", "x"),
    ("4", "28-02-2024", "27-02-2024", "", "", "", "", "Web", "due before the receipt"),
    ("5", "28-02-2024", "", "27-02-2024", "", "", "Mail", "Web", "step before the receipt"),
    ("6", "28-02-2024", "", "", "", "01-03-2027", "Mail", "Web", "in the future"),
    ("7", "30-02-2024", "", "", "", "", "", "Web", "no date"),
    ("8", "28-02-2024", "", "", "", "05-03-2024", "Zwaaien", "Web", "a value without a place"),
    ("9", "28-02-1850", "", "", "", "", "", "Web", "too far away"),
]


def maker(tmp_path: Path) -> tuple[Sjabloonmaker, list[Rij]]:
    vormen.verklaring(tmp_path)
    raise NotImplementedError


def test_a_line_of_a_fact_is_the_canonical_json_of_it():
    feiten = [
        g.KlachtAfgesloten(gebeurd_op=VANDAAG, uitkomst="opgelost", afwijkingen=("te laat",), reden="x"),
        g.FeitHerroepen(gebeurd_op=VANDAAG, reden='"\\\n é'),
        g.BestandOvergenomen(gebeurd_op=VANDAAG, bron='Ä"\x01', sha256="0" * 64, naam="x.csv", gehouden=('["a"]',)),
    ]
    for nr, feit in enumerate(feiten, start=7):
        wie = {"nr": nr, "klachtnummer": "K2026-0001", "door": 'é"', "rol": "x\\", "corrigeert": nr if nr == 8 else None}
        vastlegging = g.Vastlegging(**wie, vastgelegd_op=NU, feit=feit)
        beloofd = {veld: "ab" for veld in sorted(feit.teksten(), reverse=True)}
        eigen = {"stap": feit.stap, "soort": feit.soort, "gebeurd_op": "2026-03-01", "gegevens": feit.gegevens()}
        rest = {"deel": [nr, 9], "vastgelegd_op": "2026-03-01T12:00:00.000000Z", "teksten": beloofd, "vorig": "0" * 64}
        assert seal_fact(vastlegging, (nr, 9), beloofd, "0" * 64) == seal({**wie, **eigen, **rest})


def test_a_line_of_a_text_is_the_json_of_it():
    import json

    tekst = Tekst(3, "omschrijving", b"\x00" * 16, 'Zij: "nee" \\ \x01\x7f é 😀\n')
    velden = {"nr": 3, "veld": "omschrijving", "zout": "00" * 16, "tekst": tekst.tekst}
    assert write_lines("K2026-0001", [tekst], None) == (json.dumps(velden, ensure_ascii=False) + "\n").encode()
