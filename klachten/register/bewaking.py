"""Watching over an open register: the whole chain soon after opening and then daily, and the seal file every minute.

Opening looks at the end of a long journal alone. A line that was changed in the middle, or texts of facts that the
journal lost, are found out here: nothing is recorded from then on, and every page says why.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from klachten.register import geschiedenis, zegelstand
from klachten.register.herstel import NIET_VASTLEGGEN
from klachten.register.journaal import JournaalBeschadigd, Kop
from klachten.register.register import Register
from klachten.register.resten import ANDERS, Resten

DEEL = 5_000
"""Facts that are verified in one go (30 ms); in between, those who wait for a page come first."""


def check(register: Register, *, rust: float = 0.02, stop: Callable[[], bool] = lambda: False) -> str:
    """Verify the journal up to now against what the database remembers; stop writing when they differ, and say why."""
    if register.schrijfstand.voorgoed:
        return ""
    zin = _history(register, rust, stop)
    if not zin and not stop():
        zin = _loss(register)
    if zin:
        with register._schrijfslot:
            register.schrijfstand.voorgoed = f"{NIET_VASTLEGGEN} {zin}"
    return zin


def keep_seal(register: Register) -> None:
    """Write down how far the register is, when it went on since."""
    if register.alleen_lezen:
        return
    eerder, kop = zegelstand.read(register.map), register._db.kop
    if eerder is None or eerder.kop != kop:
        zegelstand.keep(register.map, kop, _counters(register), register._klok())


def _history(register: Register, rust: float, stop: Callable[[], bool]) -> str:
    """Say where the chain is broken or parts from the database; "" when it is whole, or there was no time to look."""
    kop, tot = Kop(), register._db.kop
    try:
        while kop.nr < tot.nr:
            verder = register.journaal.verify(kop, Kop(nr=min(kop.nr + DEEL, tot.nr))).kop
            if verder.nr == kop.nr:
                break
            kop = verder
            time.sleep(rust)
            if stop():
                return ""
    except JournaalBeschadigd as fout:
        return f"{fout} {geschiedenis.BEWAARD} {ANDERS}"
    if (kop.nr, kop.zegel) == (tot.nr, tot.zegel):
        return ""
    if plek := geschiedenis.parting(register._db.con, register.journaal, kop):
        return f"{geschiedenis.part_ways(*plek)} {geschiedenis.BEWAARD} {ANDERS}"
    verlies = Resten(register.map, register.dossiers).look(kop.nr, kop.nr, tot, grondig=False)
    return f"{verlies.zin()} {verlies.advies()}"


def _loss(register: Register) -> str:
    """Say which dossiers have texts of facts that the journal does not have; "" when none has."""
    resten = Resten(register.map, register.dossiers)
    if not resten.beyond(register._db.vanaf.nr) and not resten.without_fact(_counters(register)):
        return ""
    with register._schrijfslot:  # what is being recorded is in its dossier before it is in the journal
        kop, tot = register._db.kop, register._db.vanaf.nr
        verlies = resten.look(kop.nr, tot, kop, grondig=True, tellers=_counters(register))
    return f"{verlies.zin()} {verlies.advies()}" if verlies.minstens else ""


def _counters(register: Register) -> dict[str, int]:
    with register._db.con.cursor() as cursor:
        return zegelstand.counters(cursor)
