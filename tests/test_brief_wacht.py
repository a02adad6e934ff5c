"""A letter that waits, or came back: what changed meanwhile is asked about before it goes, and it never goes twice."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten.handelingen import HANDELINGEN
from klachten.opening import open_register
from klachten.post import uit
from klachten.post.uit import handelen, versturen
from klachten.register import Register
from klachten.toegang.mailserver import Mailserver
from tests import firmaproef, postproef
from tests.briefproef import DAG, TOEGEWEZEN, maak, speel
from tests.test_brief_versturen import BRIEF, OP, wie, zet_klaar
from tests.verhalen import Verhaal


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[Register]:
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("wacht") / "register")) as register:
        firmaproef.record(register, DAG)
        yield register


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[postproef.Postbus, Mailserver]]:
    with postproef.mailserver() as paar:
        yield paar


def send(register: Register, server: tuple[postproef.Postbus, Mailserver]) -> list[str]:
    """Send what is due; return to whom it went."""
    versturen._rust.clear()
    server[0].__init__()
    uit.send_due(register, postproef.settings(server[1]), datetime.now(UTC) + timedelta(minutes=1))
    return [str(mail["To"]) for mail in server[0].berichten]


def ready(register: Register, **anders: Any) -> tuple[Verhaal, str, int]:
    """Put a letter ready; return its klacht, and the numbers of klacht and message."""
    verhaal = speel(register, TOEGEWEZEN)
    nummer = verhaal.nummers["klacht"]
    (nr,) = zet_klaar(register, nummer, maak(register, nummer, BRIEF)[0].docx, **anders)
    return verhaal, nummer, nr


def of(register: Register, nr: int) -> uit.Bericht:
    bericht = uit.een(register, nr)
    assert bericht is not None
    return bericht


def other_address(register: Register, nummer: str) -> None:
    eerste = next(v for v in register.vastleggingen(nummer) if isinstance(v.feit, g.KlachtOntvangen))
    HANDELINGEN["corrigeren_feit"](
        register, wie(), nummer, vandaag=OP, reden="ander adres", nr=eerste.nr, gebeurd_op=None,
        waarden={"indiener_contact": "zoe@werk.example"},
    )  # fmt: skip


def withdrawn(register: Register, nummer: str) -> None:
    HANDELINGEN["intrekken_klacht"](register, wie(), nummer, vandaag=OP, op=OP, toelichting="Opgelost", wijze="brief")


def by_hand(register: Register, nummer: str) -> None:
    HANDELINGEN["stap_05_bevestigen_ontvangst"](register, wie(), nummer, vandaag=OP, op=OP, wijze="brief")


@pytest.mark.parametrize(
    ("daarna", "zin"),
    [
        (other_address, "hoort niet bij .* In het dossier staat zoe@werk.example"),
        (withdrawn, "ingetrokken"),
        (by_hand, "Stap 5 is al vastgelegd"),
    ],
)
def test_what_changed_while_a_letter_waited_is_for_a_person(register: Register, server, daarna, zin: str):
    _, nummer, nr = ready(register)
    daarna(register, nummer)
    assert send(register, server) == []
    bericht = of(register, nr)
    assert (bericht.toestand, bericht.poging) == ("mislukt", 0)
    assert re.search(zin, bericht.melding), bericht.melding
    assert nr in [een.nr for een in uit.vragen(register)]
    # Who read that and lets it go, knows.
    handelen.do(register, wie(), handelen.VRIJGEVEN, nr, vandaag=OP)
    assert send(register, server) == ["zoe@thuis.example"]
    assert of(register, nr).zonder_stap == (daarna is by_hand)
