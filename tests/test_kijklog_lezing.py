"""What was read of the log of looking is read on, and never believed: it says the same as reading all of it anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from klachten.kijklog import Kijkketen, Kijklog, lezing
from klachten.kijklog.regel import GEOPEND

NL = ZoneInfo("Europe/Amsterdam")


class Proef:
    """A log of two months; `keten` reads on in it."""

    def __init__(self, map: Path) -> None:
        self.nu = datetime(2026, 10, 3, tzinfo=NL)
        self.map, self.log, self.keten = map, Kijklog(map, lambda: self.nu, wacht=3600), Kijkketen(map)
        self.add(3)
        self.nu = datetime(2026, 11, 3, tzinfo=NL)
        self.add(3)
        self.pad = self.keten.bestand("2026-11")

    def add(self, aantal: int = 1) -> None:
        for nr in range(aantal):
            self.log.note(GEOPEND, f"p{nr}", waar="klachten")
        self.log.flush()

    def change(self, was: bytes, wordt: bytes) -> None:
        self.pad.write_bytes(self.pad.read_bytes().replace(was, wordt))

    def lines(self) -> list[bytes]:
        return self.pad.read_bytes().splitlines(keepends=True)

    def same(self) -> None:
        """Compare what is read on with what is read anew."""
        anders = Kijkketen(self.map)
        assert self.keten.keur() == anders.keur()
        for naam in ("2026-11", "2026-10", "2026-11"):
            assert self.keten.regels(naam) == anders.regels(naam)
            assert self.keten.maand(naam) == anders.maand(naam)


@pytest.fixture
def proef(tmp_path: Path) -> Proef:
    proef = Proef(tmp_path)
    proef.same()
    assert proef.keten.keur().gebreken == ()
    return proef


ERGENS = b'{"nr":99,"op":"2026-11-03T0'
ANDERS: dict[str, Callable[[Proef], object]] = {
    "one more": lambda proef: proef.add(),
    "many more": lambda proef: proef.add(20),
    "a line that was read is changed": lambda proef: proef.change(b"p1", b"p7"),
    "a line that was read is changed and there is one more": lambda proef: (proef.change(b"p0", b"p7"), proef.add()),
    "one more is changed": lambda proef: (proef.add(2), proef.change(b'"nr":8,"vorig"', b'"nr":9,"vorig"')),
    "the first is gone": lambda proef: proef.pad.write_bytes(b"".join(proef.lines()[1:])),
    "the last is gone": lambda proef: proef.pad.write_bytes(b"".join(proef.lines()[:-1])),
    "the last is gone and there are two more": lambda proef: (
        proef.pad.write_bytes(b"".join(proef.lines()[:-1])),
        proef.add(2),
    ),
    "half a line": lambda proef: proef.pad.write_bytes(proef.pad.read_bytes() + ERGENS),
    "half a line that was ended": lambda proef: (
        proef.pad.write_bytes(proef.pad.read_bytes() + ERGENS),
        proef.same(),
        proef.pad.write_bytes(proef.pad.read_bytes() + b'6:51:03Z"}\n'),
        proef.add(),
    ),
    "something else": lambda proef: proef.pad.write_bytes(proef.pad.read_bytes() + b"[]\n\n"),
    "nothing": lambda proef: proef.pad.write_bytes(b""),
    "nothing and then something": lambda proef: (proef.pad.write_bytes(b""), proef.same(), proef.add()),
    "a month that was closed is changed": lambda proef: proef.keten.bestand("2026-10").write_bytes(b"{}\n"),
    "the file is gone": lambda proef: proef.pad.unlink(),
}


@pytest.mark.parametrize("geval", ANDERS)
def test_reading_on_says_the_same_as_reading_anew(proef: Proef, geval: str):
    ANDERS[geval](proef)
    proef.same()
    proef.add()
    proef.same()


def test_what_was_read_is_not_taken_apart_again(proef: Proef, monkeypatch: pytest.MonkeyPatch):
    gelezen: list[bytes] = []
    echt = lezing.take_apart
    monkeypatch.setattr(lezing, "take_apart", lambda regel: (gelezen.append(regel), echt(regel))[1])
    proef.add(2)
    assert (proef.keten.keur().regels, len(proef.keten.regels("2026-11")), len(gelezen)) == (8, 5, 2)
    # Who looks at another month has its lines read; how the newest is, is read on all the same.
    proef.keten.regels("2026-10")
    gelezen.clear()
    proef.add()
    assert (proef.keten.keur().regels, len(proef.keten.regels("2026-10")), len(gelezen)) == (9, 3, 1)
