"""The log of looking: cheap to write, one chain over all its months, and honest about what is wrong with it."""

from __future__ import annotations

import json
import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from klachten import kijklog
from klachten.kijklog import BEWAREN, REGISTER, SOORTEN, Kijkketen, Kijklog, Regel
from klachten.kijklog.log import MEESTE
from klachten.kijklog.regel import AANGEMELD, GEOPEND, GEZOCHT, VERLOREN, plain
from klachten.kijklog.verval import first_kept
from klachten.opdrachten import controleer
from klachten.register.journaal import BEGIN
from tests import eindig

NL = ZoneInfo("Europe/Amsterdam")


class Klok:
    """The time as the log sees it."""

    def __init__(self) -> None:
        self.nu = datetime(2026, 11, 29, 7, 51, 3, tzinfo=NL)

    def __call__(self) -> datetime:
        return self.nu


@pytest.fixture
def klok() -> Klok:
    return Klok()


@pytest.fixture
def log(tmp_path: Path, klok: Klok) -> Kijklog:
    """A log of which nothing is written before it is asked."""
    return Kijklog(tmp_path, klok, wacht=3600)


def fill(log: Kijklog, aantal: int = 3) -> Path:
    for nr in range(1, aantal + 1):
        log.note(GEOPEND, "carla", waar="dossier", nummer=f"K2026-{nr:04d}", sessie="0a1b2c3d" * 8)
    log.flush()
    return log.keten.bestand("2026-11")


def lines(pad: Path) -> list[dict[str, object]]:
    return [json.loads(regel) for regel in pad.read_text(encoding="utf-8").splitlines()]


def again(log: Kijklog, klok: Klok) -> Kijklog:
    """The log as the next run of the app opens it."""
    return Kijklog(log.keten.map.parent, klok, wacht=3600)


def test_a_line_says_who_did_what_when_and_hangs_on_the_line_before_it(log: Kijklog):
    pad = fill(log)
    log.note(GEZOCHT, "bas", waar="klachten", aantal=0)
    log.flush()
    rijen = lines(pad)
    assert rijen[0] == {
        "nr": 1, "op": "2026-11-29T06:51:03Z", "wat": "geopend", "wie": "carla", "waar": "dossier",
        "nummer": "K2026-0001", "sessie": "0a1b2c3d", "vorig": BEGIN, "zegel": rijen[0]["zegel"],
    }  # fmt: skip
    assert [rij["vorig"] for rij in rijen] == [BEGIN, *(rij["zegel"] for rij in rijen[:-1])]
    assert (rijen[3]["aantal"], "geweigerd" in rijen[3]) == (0, False)
    assert log.keten.keur() == kijklog.Keuring((), "2026-11", 4)
    assert [een.regel.wie for een in log.keten.regels("2026-11")] == ["carla"] * 3 + ["bas"]


def test_the_next_run_goes_on_where_the_last_one_ended(log: Kijklog, klok: Klok):
    fill(log)
    volgende = again(log, klok)
    fill(volgende, 1)
    assert [rij["nr"] for rij in lines(volgende.keten.bestand("2026-11"))] == [1, 2, 3, 4]
    assert volgende.keten.keur().gebreken == ()


@pytest.mark.parametrize("tekst", ["Jan de Vries", "geheim wachtwoord!", "a@b.nl", "x" * 81, 'a"b', "a\nb"])
def test_nothing_that_could_be_a_text_gets_into_it(log: Kijklog, tekst: str):
    log.note(AANGEMELD, tekst, waar=tekst, nummer=tekst, over=tekst, sessie=tekst)
    log.flush()
    (rij,) = lines(log.keten.bestand("2026-11"))
    assert {rij[veld] for veld in ("wie", "waar", "nummer", "over", "sessie")} == {"?"}


def test_what_it_is_made_of_is_no_text():
    for id in ("carla", "P2026-0001", "K2026-0001", "excel_klachten", "/_stcore/upload_file/*", "0a1b2c3d", *SOORTEN):
        assert plain(id) == id


# What is wrong with it


def test_a_line_that_was_changed_is_said_and_all_lines_are_still_read(log: Kijklog):
    pad = fill(log)
    assert log.keten.keur().gebreken == ()
    pad.write_text(pad.read_text(encoding="utf-8").replace("K2026-0002", "K2026-0009"), encoding="utf-8")
    assert log.keten.keur().gebreken == ("Regel 2 van 2026-11 is veranderd: zijn zegel klopt niet.",)
    assert [(een.regel.nummer, een.heel) for een in log.keten.regels("2026-11")] == [
        ("K2026-0001", True), ("K2026-0009", False), ("K2026-0003", True),
    ]  # fmt: skip


def test_a_line_that_was_changed_with_its_zegel_does_not_fit_the_next(log: Kijklog):
    pad = fill(log)
    eerste, tweede, derde = pad.read_text(encoding="utf-8").splitlines()
    vorig = json.loads(tweede)["vorig"]
    anders, _ = Regel("2026-11-29T06:51:03Z", GEOPEND, "bas", nummer="K2026-0002").sealed(2, vorig)
    pad.write_text(f"{eerste}\n{anders}\n{derde}\n", encoding="utf-8")
    (gebrek,) = log.keten.keur().gebreken
    assert gebrek == "Regel 3 van 2026-11 sluit niet aan op de regel ervoor: er is iets weg of ertussen."


def test_a_line_that_was_taken_out_is_seen(log: Kijklog):
    pad = fill(log)
    eerste, _, derde = pad.read_text(encoding="utf-8").splitlines()
    pad.write_text(f"{eerste}\n{derde}\n", encoding="utf-8")
    (gebrek,) = log.keten.keur().gebreken
    assert gebrek.startswith("Regel 2 van 2026-11 sluit niet aan")


@pytest.mark.parametrize("weg", [1, 3])
def test_lines_cut_off_at_the_end_are_seen_and_told_in_the_log_for_ever(log: Kijklog, klok: Klok, weg: int):
    pad = fill(log)
    blijft = pad.read_text(encoding="utf-8").splitlines(keepends=True)[: 3 - weg]
    pad.write_text("".join(blijft), encoding="utf-8")
    (gebrek,) = again(log, klok).keten.keur().gebreken
    assert gebrek == f"Aan het eind van het kijklog ontbreekt wat er geschreven is: minstens {weg} regel(s)."
    volgende = again(log, klok)
    fill(volgende, 1)
    assert [(een.regel.wat, een.regel.wie, een.regel.aantal) for een in volgende.keten.regels("2026-11")][3 - weg] == (
        VERLOREN, REGISTER, weg,
    )  # fmt: skip
    assert again(log, klok).keten.keur() == kijklog.Keuring((), "2026-11", 5 - weg, (), (("2026-11", weg),))


def test_what_was_written_down_apart_may_be_behind_the_lines(log: Kijklog, klok: Klok):
    """A crash, or a power cut, comes in between."""
    fill(log)
    stand = log.keten.map / "stand.json"
    eerder = stand.read_bytes()
    fill(log, 2)
    stand.write_bytes(eerder)
    assert again(log, klok).keten.keur() == kijklog.Keuring((), "2026-11", 5)
    volgende = again(log, klok)
    fill(volgende, 1)
    assert volgende.keten.keur() == kijklog.Keuring((), "2026-11", 6)


def test_half_a_last_line_is_said_stays_and_does_not_spoil_the_next(log: Kijklog, klok: Klok):
    pad = fill(log)
    with pad.open("ab") as bestand:
        bestand.write(b'{"nr":4,"op":"2026-11-29T0')
    assert log.keten.keur().gebreken == ("Regel 4 van 2026-11 is niet te lezen: hij is niet heel.",)
    volgende = again(log, klok)
    fill(volgende, 2)
    assert volgende.keten.keur().gebreken == ("Regel 4 van 2026-11 is niet te lezen: hij is niet heel.",)
    assert len(volgende.keten.regels("2026-11")) == 5


@pytest.mark.parametrize(
    "rij",
    [
        b"[]", b"7", b"null", b"{}", b"\x00\xff", b'{"nr":1,"vorig":"x","op":1,"wat":"w","wie":"w"}',
        b'{"nr":1,"vorig":"x","op":"o","wat":"regels_verloren","wie":"w","aantal":"3"}',
    ],
)  # fmt: skip
def test_a_line_that_is_something_else_is_a_finding_and_no_error(log: Kijklog, klok: Klok, rij: bytes):
    pad = fill(log, 1)
    with pad.open("ab") as bestand:
        bestand.write(rij + b"\n")
    assert log.keten.keur().gebreken == ("Regel 2 van 2026-11 is niet te lezen: hij is niet heel.",)
    fill(again(log, klok), 1)
    assert len(log.keten.regels("2026-11")) == 2


def test_a_file_that_is_gone_is_a_gap(log: Kijklog, klok: Klok):
    fill(log)
    klok.nu += timedelta(days=31)
    fill(log)
    log.keten.bestand("2026-11").unlink()
    (gebrek,) = log.keten.keur().gebreken
    assert gebrek == "De eerste regel van 2026-12 sluit niet aan op het begin: er zijn regels weg."


# Months


def test_a_month_begins_with_the_zegel_of_the_month_before(log: Kijklog, klok: Klok):
    november = lines(fill(log))
    klok.nu = datetime(2026, 11, 30, 23, 30, tzinfo=UTC).astimezone(NL)
    log.note(AANGEMELD, "bas")
    log.flush()
    (december,) = lines(log.keten.bestand("2026-12"))
    assert (december["vorig"], december["op"]) == (november[-1]["zegel"], "2026-11-30T23:30:00Z")
    assert log.keten.keur() == kijklog.Keuring((), "2026-11", 4)


def test_a_clock_that_was_set_back_puts_nothing_into_an_older_month(log: Kijklog, klok: Klok):
    fill(log)
    klok.nu -= timedelta(days=60)
    fill(log)
    fill(again(log, klok), 1)
    assert log.keten.maanden() == ["2026-11"]
    assert log.keten.keur().gebreken == ()


def test_what_waits_over_the_end_of_a_month_comes_in_two_files(log: Kijklog, klok: Klok):
    log.note(AANGEMELD, "bas")
    klok.nu += timedelta(days=5)
    log.note(AANGEMELD, "eva")
    log.flush()
    assert [len(log.keten.regels(maand)) for maand in log.keten.maanden()] == [1, 1]
    assert log.keten.keur().gebreken == ()


@pytest.mark.parametrize(("nu", "eerste"), [("2026-11", "2024-11"), ("2026-01", "2024-01"), ("2025-12", "2023-12")])
def test_a_month_is_kept_for_so_many_months_after_its_end(nu: str, eerste: str):
    assert BEWAREN == 24
    assert first_kept(nu) == eerste


def test_a_month_that_has_expired_leaves_its_zegel_and_the_chain_can_still_be_verified(log: Kijklog, klok: Klok):
    laatste = lines(_of_month(log, 2024, 10))[-1]
    for jaar, maand in ((2024, 11), (2026, 9), (2026, 10)):
        _of_month(log, jaar, maand)
    klok.nu = datetime(2026, 11, 2, tzinfo=NL)
    volgende = again(log, klok)
    fill(volgende)
    assert volgende.keten.maanden() == ["2024-11", "2026-09", "2026-10", "2026-11"]
    assert volgende.keten.keur() == kijklog.Keuring((), "2024-11", 12, ("2024-10",))
    (rest,) = volgende.keten.vervallen()
    assert (rest["zegel"], rest["vorig"], rest["regels"], rest["heel"]) == (laatste["zegel"], BEGIN, 3, True)
    # The zegel is all that is left: without it, or with another, the months that stay hang in the air.
    pad = volgende.keten.map / "zegels.jsonl"
    pad.write_text(pad.read_text(encoding="utf-8").replace(str(rest["zegel"])[:8], "00000000"), encoding="utf-8")
    assert again(volgende, klok).keten.keur().gebreken == (
        "De eerste regel van 2024-11 sluit niet aan op die van 2024-10: er zijn regels weg.",
    )


def _of_month(log: Kijklog, jaar: int, maand: int) -> Path:
    log._klok.nu = datetime(jaar, maand, 3, tzinfo=NL)
    fill(log)
    return log.keten.bestand(f"{jaar}-{maand:02d}")


# Which months come after November 2026, from which on it is kept then, and up to which it waits for the clock.
KLOKKEN: dict[str, tuple[str, str, str]] = {
    "goes on": ("2026-12", "2024-12", ""),
    "jumps three years ahead": ("2029-11", "2024-11", "2026-11"),
    "jumps to the end of a month, and over it": ("2029-11 2029-12", "2024-11", "2026-11"),
    "is believed once people looked in the two months before": ("2029-11 2029-12 2030-01", "2029-11", ""),
    "stood still for a month": ("2027-01", "2024-11", "2024-12"),
    "stood still for a month and went on": ("2027-01 2027-02 2027-03", "2025-03", ""),
    "is looked at every other month": ("2027-01 2027-03 2027-05", "2025-01", "2025-04"),
    "jumps ahead and is put right": ("2029-11 2026-12 2027-01", "2024-11", "2026-11"),
}


@pytest.mark.parametrize("geval", KLOKKEN)
def test_a_month_expires_by_a_clock_that_is_believed(log: Kijklog, klok: Klok, geval: str):
    komen, vanaf, wacht = KLOKKEN[geval]
    kwamen = [f"{nr // 12}-{nr % 12 + 1:02d}" for nr in range(2024 * 12 + 10, 2026 * 12 + 11)]
    for naam in [*kwamen, *komen.split()]:
        _of_month(log, int(naam[:4]), int(naam[5:]))
    keuring = log.keten.keur()
    assert (keuring.gebreken, keuring.vanaf, keuring.te_oud[-1:]) == ((), vanaf, (wacht,) if wacht else ())
    assert keuring.te_oud[:1] in ((), (vanaf,))
    assert keuring.vervallen == tuple(naam for naam in kwamen if naam < vanaf)


def _expire(keten: Kijkketen) -> list[str]:
    """Let go what is too old in a month before which people looked in two: their files are there for a moment only."""
    kort_ervoor = [keten.bestand(maand) for maand in ("2026-09", "2026-10")]
    for pad in kort_ervoor:
        pad.touch()
    weg = keten.verloop("2026-11")
    for pad in kort_ervoor:
        pad.unlink()
    return weg


@pytest.mark.parametrize("regel", ["{", "7", '{"maand":"2020-01"}', "null", "\x00"])
def test_what_is_left_of_an_expired_month_may_be_unreadable_and_spoils_nothing(log: Kijklog, klok: Klok, regel: str):
    _of_month(log, 2020, 5)
    _expire(log.keten)
    klok.nu = datetime(2026, 11, 2, tzinfo=NL)
    fill(log)
    with (log.keten.map / "zegels.jsonl").open("a", encoding="utf-8") as bestand:
        bestand.write(regel + "\n")
    volgende = again(log, klok)
    fill(volgende, 1)
    assert volgende.keten.keur().gebreken == ("zegels.jsonl: 1 regel(s) over vervallen maanden zijn niet te lezen.",)
    assert len(volgende.keten.regels("2026-11")) == 4


def test_everything_may_have_expired(log: Kijklog, klok: Klok):
    _of_month(log, 2020, 5)
    _of_month(log, 2020, 6)
    _expire(log.keten)
    klok.nu = datetime(2026, 11, 2, tzinfo=NL)
    volgende = again(log, klok)
    fill(volgende)
    assert volgende.keten.keur() == kijklog.Keuring((), "2026-11", 3, ("2020-05", "2020-06"))
    # What is left of them hangs together too.
    pad = volgende.keten.map / "zegels.jsonl"
    pad.write_text(pad.read_text(encoding="utf-8").splitlines(keepends=True)[1], encoding="utf-8")
    assert again(volgende, klok).keten.keur().gebreken == (
        "De vervallen maand 2020-06 sluit niet aan op wat ervoor kwam.",
    )


def test_a_crash_between_zegel_and_deleting_deletes_at_the_next_month(log: Kijklog, klok: Klok):
    pad = _of_month(log, 2020, 5)
    inhoud = pad.read_bytes()
    _expire(log.keten)
    pad.write_bytes(inhoud)
    assert log.keten.keur().gebreken == ()
    assert _expire(log.keten) == ["2020-05"]
    assert len(log.keten.vervallen()) == 1


def test_a_crash_after_deleting_goes_on_from_what_is_left(log: Kijklog, klok: Klok):
    _of_month(log, 2020, 5)
    _expire(log.keten)
    klok.nu = datetime(2026, 11, 2, tzinfo=NL)
    volgende = again(log, klok)
    fill(volgende)
    assert volgende.keten.keur() == kijklog.Keuring((), "2026-11", 3, ("2020-05",))


def test_that_an_expired_month_was_not_whole_is_not_forgotten(log: Kijklog):
    pad = _of_month(log, 2020, 5)
    pad.write_text(pad.read_text(encoding="utf-8").replace("carla", "bas"), encoding="utf-8")
    _expire(log.keten)
    assert "De vervallen maand 2020-05 was niet heel toen zij werd verwijderd." in log.keten.keur().gebreken


# Writing


def test_many_sessions_write_one_chain(tmp_path: Path, klok: Klok):
    log = Kijklog(tmp_path, klok, wacht=0.005)

    def work(wie: str) -> None:
        for nr in range(100):
            log.note(GEOPEND, wie, waar="klachten")
            if nr % 5 == 0:
                # Page Kijklog does so: it shows what happened until now.
                log.flush()

    draden = [threading.Thread(target=work, args=(f"p{nr}",)) for nr in range(8)]
    for draad in draden:
        draad.start()
    eindig.ended(*draden)
    log.close()
    assert log.keten.keur() == kijklog.Keuring((), "2026-11", 800)


def test_a_line_comes_by_itself_shortly_after(tmp_path: Path, klok: Klok):
    log = Kijklog(tmp_path, klok, wacht=0.01)
    log.note(AANGEMELD, "bas")
    einde = time.monotonic() + 5
    while not log.keten.maanden() and time.monotonic() < einde:
        time.sleep(0.005)
    assert log.keten.maanden() == ["2026-11"]


def test_a_disk_that_refuses_fails_nobody_is_told_and_loses_nothing(log: Kijklog, caplog: pytest.LogCaptureFixture):
    pad = fill(log)
    bewaard = pad.read_bytes()
    pad.unlink()
    pad.mkdir()
    with caplog.at_level(logging.ERROR, "klachten"):
        fill(log)
        log.flush()
    assert log.fout.startswith("Het kijklog kan niet worden bijgehouden")
    assert [melding.message for melding in caplog.records] == [log.fout]
    pad.rmdir()
    pad.write_bytes(bewaard)
    fill(log, 1)
    assert log.fout == ""
    assert log.keten.keur() == kijklog.Keuring((), "2026-11", 7)


def test_a_disk_that_is_full_halfway_leaves_no_half_line(log: Kijklog):
    resource = pytest.importorskip("resource")
    pad = fill(log)
    bewaard, (nu, hoogstens) = pad.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(bewaard) + 100, hoogstens))
    try:
        fill(log)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (nu, hoogstens))
    assert log.fout.startswith("Het kijklog kan niet worden bijgehouden")
    assert pad.read_bytes() == bewaard
    log.flush()
    assert log.keten.keur() == kijklog.Keuring((), "2026-11", 6)


def test_what_is_too_much_to_keep_is_counted(log: Kijklog):
    log.keten.map.write_text("in the way")
    for _ in range(MEESTE + 5):
        log.note(AANGEMELD, "bas")
    log.flush()
    assert log.fout
    log.keten.map.unlink()
    log.flush()
    regels = log.keten.regels("2026-11")
    assert len(regels) == MEESTE + 1
    assert (regels[-1].regel.wat, regels[-1].regel.aantal) == (VERLOREN, 5)
    assert log.keten.keur().gebreken == ()


def test_without_a_thread_to_write_with_nobody_fails_and_nothing_is_lost(
    tmp_path: Path, klok: Klok, monkeypatch: pytest.MonkeyPatch
):
    def none(self: threading.Timer) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Timer, "start", none)
    log = Kijklog(tmp_path, klok)
    log.note(AANGEMELD, "bas")
    log.note(AANGEMELD, "eva")
    log.close()
    assert log.keten.keur().regels == 2


def test_telling_the_log_costs_a_page_next_to_nothing(tmp_path: Path, klok: Klok):
    log = Kijklog(tmp_path, klok)
    log.note(GEOPEND, "carla")
    begin = time.perf_counter()
    for _ in range(1000):
        log.note(GEOPEND, "carla", waar="dossier", nummer="K2026-0001", sessie="0a1b2c3d")
    per_keer = (time.perf_counter() - begin) / 1000
    log.close()
    assert per_keer < 0.001


def test_the_command_controleer_says_how_the_log_is(
    nieuwe_map: Path, tmp_path: Path, klok: Klok, capsys: pytest.CaptureFixture[str]
):
    import argparse
    import shutil

    map = shutil.copytree(nieuwe_map, tmp_path / "r")
    pad = fill(Kijklog(map, klok, wacht=3600))
    args = argparse.Namespace(map=map, zegel="", anker=None)
    assert controleer.run(args) == 0
    assert "goed   De keten van het kijklog is heel: 3 regels." in capsys.readouterr().out
    pad.write_text(pad.read_text(encoding="utf-8").replace("carla", "bas"), encoding="utf-8")
    assert controleer.run(args) == 1
    assert "FOUT   Kijklog: Regel 1 van 2026-11 is veranderd" in capsys.readouterr().out
    assert Kijkketen(map).keur().regels == 3


def test_the_command_controleer_says_that_months_wait_for_the_clock(
    nieuwe_map: Path, tmp_path: Path, klok: Klok, capsys: pytest.CaptureFixture[str]
):
    import argparse
    import shutil

    map = shutil.copytree(nieuwe_map, tmp_path / "r")
    log = Kijklog(map, klok, wacht=3600)
    fill(log)
    klok.nu += timedelta(days=3 * 366)
    fill(log)
    assert controleer.run(argparse.Namespace(map=map, zegel="", anker=None)) == 0
    gezegd = capsys.readouterr().out
    assert "LET OP Kijklog: Wat ouder is dan 24 maanden (tot en met november 2026) staat er nog." in gezegd
    assert "kijk of de datum klopt" in gezegd
