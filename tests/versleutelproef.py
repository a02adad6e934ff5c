"""A register full of canaries, what it answers with, and where in its folder a canary can be read."""

from __future__ import annotations

import hashlib
from pathlib import Path

from klachten.concepten import Concepten
from klachten.gebeurtenissen import DocumentToegevoegd
from klachten.postvak import Postvak
from klachten.register import Register
from tests.registerproef import DAG, NU, leg_klacht_vast, open_at

KANARIE = "Kanarievogel"
STUK = b"%PDF een stuk met een Kanarievogel erin"


def vul(map: Path) -> Path:
    """Make a register with three klachten, a document and a form that was not sent, all of them with a canary."""
    with open_at(map) as register:
        for nr in range(3):
            leg_klacht_vast(register, omschrijving=f"De {KANARIE}{nr} kwam niet.", indiener_naam=f"Zoë {KANARIE}")
        stuk(register, "K2026-0002", STUK)
        Concepten(map, "anna").save("1", "a", {"omschrijving": KANARIE}, NU)
        Postvak(map).save(f"From: {KANARIE}@b.example".encode(), {"afzender": KANARIE}, NU, wie="anna")
    return map


def stuk(register: Register, nummer: str, inhoud: bytes) -> None:
    feit = DocumentToegevoegd(gebeurd_op=DAG, document=hashlib.sha256(inhoud).hexdigest(), naam=f"{KANARIE}.pdf")
    with register.schrijven() as boeking:
        boeking.leg_vast(nummer, feit, door="anna", rol="coordinator", document=inhoud)


def alles(map: Path, **keuzes: object) -> tuple[object, ...]:
    """Everything a register answers with: facts with texts and seals, documents, words."""
    with open_at(map, **keuzes) as register, register.cursor() as cursor:
        nummers = [n for (n,) in cursor.execute("SELECT DISTINCT klachtnummer FROM gebeurtenis ORDER BY 1").fetchall()]
        woorden = cursor.execute("SELECT DISTINCT klachtnummer, woord FROM zoekwoord ORDER BY ALL").fetchall()
        stukken = [register.document(nummer, sha) for nummer in nummers for sha in register.dossiers.documents(nummer)]
        return [register.vastleggingen(nummer) for nummer in nummers], stukken, woorden, register.stand()


def leesbaar(map: Path, *wat: bytes) -> list[str]:
    """Which files of a folder have a canary in them, as typed or as it is searched."""
    wat = wat or (KANARIE.encode(), KANARIE.lower().encode())
    return [
        str(pad.relative_to(map))
        for pad in sorted(map.rglob("*"))
        if pad.is_file() and any(stuk in pad.read_bytes() for stuk in wat)
    ]


def inhoud(map: Path) -> dict[str, str]:
    """Every file of a folder but the lock, by its hash."""
    return {
        str(pad.relative_to(map)): hashlib.sha256(pad.read_bytes()).hexdigest()
        for pad in sorted(map.rglob("*"))
        if pad.is_file() and pad.suffix != ".lock"
    }
