"""What a number of a dossier looks like is said in one place: whoever looks for one in a text finds what is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import klachten
from klachten.inzage import post, schonen
from klachten.post.binnen import voorstel
from klachten.register.nummers import IN_BYTES, IN_FEIT, NUMMER, highest, in_text
from klachten.scherm.dicht import zonder_nummers

# The longest and the oldest number that a register takes are found everywhere.
GOED = ("K2026-0001", "K2026-123456789", "K1899-0012", "K2101-0001")
FOUT = ("K2026-001", "K2026-1234567890", "KK2026-0001", "K2026-0001a", "Q2026-0001", "K202-0001")


@pytest.mark.parametrize("nummer", GOED)
def test_what_is_a_number_is_found_wherever_it_is_looked_for(nummer: str):
    assert NUMMER.fullmatch(nummer)
    assert zonder_nummers(f"dat is {nummer}, en klacht {nummer.lower()}.") == "Dat is een dossier, en een dossier."
    for patroon in (voorstel.NUMMER, post._NUMMER, schonen._NUMMER, in_text()):
        assert [m[0] for m in patroon.finditer(f"Re: {nummer.lower()}/{nummer}")] == [nummer.lower(), nummer]
    assert IN_BYTES.findall(b"x/%s/y" % nummer.encode()) == [nummer.encode()]
    (delen,) = IN_FEIT.findall(b'{"nr":1,"klachtnummer":"%s"}' % nummer.encode())
    assert b"-".join(delen).decode() == nummer


@pytest.mark.parametrize("nummer", FOUT)
def test_what_is_none_is_not_found(nummer: str):
    assert not NUMMER.fullmatch(nummer)
    for patroon in (voorstel.NUMMER, in_text()):
        assert not patroon.search(f"Re: {nummer} ")


def test_nobody_writes_that_pattern_down_again():
    eigen = {"register/nummers.py", "logboek/regel.py", "analyse/werk/zoeken.py"}
    # The log stands below the register, and who searches may type a number in many ways.
    wortel = Path(klachten.__path__[0])
    weer = re.compile(r"\]\[0-9\]\{4\}|\]\\d\{4\}")
    assert {str(pad.relative_to(wortel)) for pad in wortel.rglob("*.py") if weer.search(pad.read_text())} <= eigen


def test_the_highest_of_each_reeks_and_year():
    nummers = ["K2026-0002", "K2026-10000", "K2026-9999", "K2025-0007", "S2026-0001", "T2026", "T2025", "O0001"]
    assert sorted(highest(nummers)) == ["K2025-0007", "K2026-10000", "O0001", "S2026-0001", "T2025", "T2026"]
