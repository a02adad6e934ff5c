"""A stream of facts that each say who wrote them down and when: as if they were recorded one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from klachten.gebeurtenissen import CoordinatorGeinformeerd, DocumentToegevoegd, Gebeurtenis, KlachtGeregistreerd
from klachten.register import Eigen, Register, RegisterFout, Stroom, Wie
from klachten.register.controle import controleer
from klachten.register.feitrij import in_utc, write_out
from tests.registerproef import DAG, NU, leg_klacht_vast, ontvangst, open_at

INHOUD = b"een brief"
STUK = DocumentToegevoegd(gebeurd_op=DAG, naam="brief.txt", document=hashlib.sha256(INHOUD).hexdigest())
GEHOORD = CoordinatorGeinformeerd(gebeurd_op=DAG, geinformeerde="anna", reden='Gezegd aan "Zoë" \\ aan de balie.')
# The first two facts of the register are of K2026-0001.
Regel = tuple[str, Gebeurtenis, str, str, int | None]
FEITEN: list[Regel] = [
    ("K2026-0002", ontvangst(indiener_naam="Bep"), "bas", "medewerker", None),
    ("K2026-0001", GEHOORD, "bas", "medewerker", None),
    ("K2026-0002", GEHOORD, "anna", "coordinator", None),
    ("K2026-0003", ontvangst(indiener_naam="Coen"), "bas", "medewerker", None),
    ("K2026-0002", replace(GEHOORD, reden="Toch niet."), "anna", "coordinator", 5),
    ("K2026-0001", KlachtGeregistreerd(gebeurd_op=DAG + timedelta(days=1)), "anna", "coordinator", 2),
    ("K2026-0003", STUK, "anna", "coordinator", None),
]


def rows(register: Register) -> list[Any]:
    velden = "nr, klachtnummer, stap, soort, gebeurd_op, vastgelegd_op, door, rol, corrigeert, gegevens, deel"
    with register.plain_cursor() as cursor:
        feiten = cursor.execute(f"SELECT {velden} FROM gebeurtenis ORDER BY nr").fetchall()
        teksten = cursor.execute("SELECT nr, klachtnummer, veld, tekst FROM tekst ORDER BY nr, veld").fetchall()
        stand = cursor.execute("SELECT klachtnummer, van, tot FROM klacht_stand ORDER BY ALL").fetchall()
        return [feiten, teksten, stand, cursor.execute("SELECT * FROM zoekwoord ORDER BY ALL").fetchall()]


def stream(register: Register, feiten: Sequence[Regel], portie: int = 2) -> None:
    """Record these as a stream, a minute apart."""

    def klachten():
        for i, (nummer, feit, door, rol, corrigeert) in enumerate(feiten):
            wie = Wie(door, rol, in_utc(NU + timedelta(minutes=i)))
            yield nummer, [Eigen(write_out(feit), wie, corrigeert)]

    with register.schrijven() as boeking:
        boeking.stream(
            Stroom(
                klachten=klachten,
                nummers=["K2026-0002", "K2026-0003"],
                bestaande=["K2026-0001"],
                verbetert={nr: nummer for nummer, _, _, _, nr in feiten if nr},
                documenten={("K2026-0003", STUK.document): INHOUD},
                feiten=len(feiten),
                door="",
                rol="",
                portie=portie,
            )
        )


@pytest.mark.parametrize("portie", [1, 2, 100])
def test_it_records_what_is_recorded_one_by_one(tmp_path: Path, portie: int):
    with open_at(tmp_path / "los") as register:
        leg_klacht_vast(register)
        with register.schrijven() as boeking:
            for _ in range(2):
                boeking.nieuw_nummer("K", 2026)
            for i, (nummer, feit, door, rol, corrigeert) in enumerate(FEITEN):
                boeking.leg_vast(
                    nummer, feit, door=door, rol=rol, corrigeert=corrigeert,
                    vastgelegd_op=NU + timedelta(minutes=i), document=INHOUD if feit is STUK else None,
                )  # fmt: skip
        los = rows(register)
    with open_at(tmp_path / "stroom") as register:
        leg_klacht_vast(register)
        stream(register, FEITEN, portie)
        assert rows(register) == los
        assert register.document("K2026-0003", STUK.document) == INHOUD
        assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
        assert [v.feit.teksten() for v in register.vastleggingen("K2026-0002")] == [
            feit.teksten() for nummer, feit, *_ in FEITEN if nummer == "K2026-0002"
        ]


@pytest.mark.parametrize(
    "fout",
    [
        ("K2026-0003", GEHOORD, "anna", "coordinator", 5),  # that one is of another dossier
        ("K2026-0002", GEHOORD, "anna", "coordinator", 7),  # which is itself no first version
        ("K2026-0002", GEHOORD, "anna", "coordinator", 9),  # not there yet
        ("K2026-0002", GEHOORD, "anna", "coordinator", 1),  # of before, of another dossier
    ],
    ids=["other dossier", "second version", "still to come", "before"],
)
def test_what_puts_right_no_first_version_is_refused_and_nothing_of_it_stays(tmp_path: Path, fout):
    with open_at(tmp_path / "r") as register:
        leg_klacht_vast(register)
        toen = rows(register)
        with pytest.raises(RegisterFout, match="geen eerste versie"):
            stream(register, [*FEITEN, fout])
        assert rows(register) == toen
        assert sorted(pad.name for pad in (tmp_path / "r" / "dossiers").iterdir()) == ["K2026-0001"]
        stream(register, FEITEN)
        assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
