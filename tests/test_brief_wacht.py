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
from klachten import scherm
from klachten.handelingen import HANDELINGEN, Geweigerd
from klachten.handelingen import brief as handeling
from klachten.opening import open_register
from klachten.post import uit
from klachten.post.uit import handelen, versturen
from klachten.register import Register
from klachten.scherm.dossier import post
from klachten.toegang.mailserver import Mailserver
from tests import firmaproef, postproef
from tests.briefproef import DAG, MEDE, TOEGEWEZEN, maak, speel
from tests.test_brief_versturen import BRIEF, OP, stukken, verstuur, wie, zet_klaar
from tests.verhalen import Verhaal

VANDAAG = datetime.now(UTC).date()
"""Of what the outbox did: it goes by the clock."""


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[Register]:
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("wacht") / "register")) as register:
        firmaproef.record(register, DAG)
        yield register


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[postproef.Postbus, Mailserver]]:
    with postproef.mailserver() as paar:
        yield paar


def send(
    register: Register, server: tuple[postproef.Postbus, Mailserver], over: timedelta = timedelta(minutes=1),
    **antwoorden: str,
) -> list[str]:  # fmt: skip
    """Send what is due; return to whom it went."""
    versturen._rust.clear()
    server[0].__init__(antwoorden)
    uit.send_due(register, postproef.settings(server[1]), datetime.now(UTC) + over)
    return [str(mail["To"]) for mail in server[0].berichten]


def ready(register: Register, *stappen: dict[str, Any], **anders: Any) -> tuple[Verhaal, str, int]:
    """Put a letter ready; return its klacht, and the numbers of klacht and message."""
    verhaal = speel(register, TOEGEWEZEN, *stappen)
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
    assert send(register, server, RCPT="451 probeer later") == []
    assert send(register, server, over=timedelta(minutes=10)) == ["zoe@thuis.example"], "and is not asked again"
    assert of(register, nr).zonder_stap == (daarna is by_hand)


def test_the_dossier_says_that_a_letter_waits(register: Register, server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(scherm, "register", lambda: register)
    verhaal, _, _ = ready(register)
    (punt,) = post.aandacht(verhaal.dossier())
    assert "staat klaar om per e-mail te gaan; de stap wordt vastgelegd zodra" in punt.zin
    assert (punt.dringend, "nam hem nog niet aan" in punt.zin) == (False, False)
    assert send(register, server, RCPT="451 probeer later") == []
    (punt,) = post.aandacht(verhaal.dossier())
    assert "nam hem nog niet aan; dat wordt vanzelf opnieuw geprobeerd" in punt.zin
    assert send(register, server, over=timedelta(minutes=10)) == ["zoe@thuis.example"]
    assert post.aandacht(verhaal.dossier()) == []


def test_letters_to_two_indieners_that_wait_at_once_bring_the_step_once_and_both_files(register: Register, server):
    verhaal, nummer, nr = ready(register, MEDE)
    mede = {"antwoorden": {"aan": "mede_indiener.2"}}
    inhoud = maak(register, nummer, BRIEF, **mede["antwoorden"])[0].docx
    (ander,) = zet_klaar(register, nummer, inhoud, aan="piet@thuis.example", **mede)
    assert send(register, server) == ["zoe@thuis.example", "piet@thuis.example"]
    assert [(of(register, een).toestand, of(register, een).zonder_stap) for een in (nr, ander)] == [
        ("verzonden", False)
    ] * 2
    assert len(verhaal.dossier().van(g.OntvangstBevestigd)) == 1
    assert len(stukken(verhaal)) == 2


@pytest.mark.parametrize("eerst", [lambda *_: None, other_address])
def test_what_waits_to_be_mailed_is_not_sent_by_hand_too(register: Register, eerst):
    verhaal, nummer, nr = ready(register)
    eerst(register, nummer)
    inhoud = maak(register, nummer, BRIEF)[0].docx
    with pytest.raises(Geweigerd, match=f"staat al klaar om te versturen aan zoe@thuis.example \\(bericht {nr}\\)"):
        verstuur(register, nummer, inhoud)
    assert verhaal.dossier().stap_op(5) is None
    handelen.do(register, wie(), handelen.INTREKKEN, nr, vandaag=OP, reden="Op papier")
    assert len(verstuur(register, nummer, inhoud)) == 2


def came_back(register: Register, server, *stappen: dict[str, Any]) -> tuple[Verhaal, str, int]:
    """Send a letter that comes back."""
    verhaal, nummer, nr = ready(register, *stappen)
    assert send(register, server) == ["zoe@thuis.example"]
    assert stappen or handeling.refusal(register, verhaal.dossier(), BRIEF, wie()), "it is done"
    handelen.do(register, wie(), handelen.TERUG, nr, vandaag=VANDAAG, toelichting="Onbekend adres")
    return verhaal, nummer, nr


def withdraw(register: Register, nr: int) -> str:
    handelen.do(register, wie(), handelen.INTREKKEN, nr, vandaag=VANDAAG, reden="Adres fout")
    return of(register, nr).toestand


def again_by_mail(register: Register, nummer: str, server) -> None:
    other_address(register, nummer)
    inhoud = maak(register, nummer, BRIEF, op=VANDAAG)[0].docx
    zet_klaar(register, nummer, inhoud, aan="zoe@werk.example", vandaag=VANDAAG)
    assert send(register, server) == ["zoe@werk.example"]


def again_by_hand(register: Register, nummer: str, _: object) -> None:
    inhoud = maak(register, nummer, BRIEF, op=VANDAAG)[0].docx
    assert len(verstuur(register, nummer, inhoud, op=VANDAAG, vandaag=VANDAAG)) == 1, "its file alone"


def test_the_letter_to_another_indiener_settles_nothing_of_one_that_came_back(register: Register, server):
    _, nummer, nr = came_back(register, server, MEDE)
    mede = {"aan": "mede_indiener.2"}
    inhoud = maak(register, nummer, BRIEF, op=VANDAAG, **mede)[0].docx
    zet_klaar(register, nummer, inhoud, aan="piet@thuis.example", antwoorden=mede, vandaag=VANDAAG)
    assert send(register, server) == ["piet@thuis.example"]
    with pytest.raises(Geweigerd, match="Stuur hem eerst opnieuw"):
        withdraw(register, nr)


def step_put_right(register: Register, nummer: str, _: object) -> None:
    stap = next(v for v in register.vastleggingen(nummer) if isinstance(v.feit, g.OntvangstBevestigd))
    HANDELINGEN["corrigeren_feit"](
        register, wie(), nummer, vandaag=VANDAAG, reden="Op papier gegeven", nr=stap.nr, gebeurd_op=None,
        waarden={"wijze": "uitgereikt"},
    )  # fmt: skip


@pytest.mark.parametrize("anders", [again_by_mail, again_by_hand, step_put_right])
def test_a_letter_that_came_back_asks_until_it_went_another_way(register: Register, server, anders):
    verhaal, nummer, nr = came_back(register, server)
    assert handeling.refusal(register, verhaal.dossier(), BRIEF, wie()) is None, "it may go once more"
    with pytest.raises(Geweigerd, match="Stuur hem eerst opnieuw"):
        withdraw(register, nr)
    assert nr in [een.nr for een in uit.vragen(register)]
    anders(register, nummer, server)
    assert len(verhaal.dossier().van(g.OntvangstBevestigd)) == 1
    assert handeling.refusal(register, verhaal.dossier(), BRIEF, wie()), "and then no more"
    assert withdraw(register, nr) == "ingetrokken"
    assert nr not in [een.nr for een in uit.vragen(register)]
