"""Watching over an open register: the whole chain soon after opening and then daily, and the seal file every minute.

Opening looks at the end of a long journal alone. A line that was changed in the middle, or texts of facts that the
journal lost, are found out here: nothing is recorded from then on, and every page says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from klachten import apart
from klachten.register import geschiedenis, nalopen, zegelstand
from klachten.register.herstel import NIET_VASTLEGGEN
from klachten.register.journaal import Kop
from klachten.register.nalopen import Nagelopen
from klachten.register.register import Register
from klachten.register.resten import ANDERS, Resten


def check(register: Register, *, stop: Callable[[], bool] = lambda: False) -> str:
    """Verify the journal up to now against what the database remembers; stop writing when they differ, and say why."""
    if register.schrijfstand.voorgoed:
        return ""
    tot = register._db.kop
    try:
        gezien = nalopen.look_apart(register.map, tot.nr, stop)
    except apart.Gestopt:
        return ""
    if zin := _history(register, gezien, tot) or _loss(register, gezien.verder):
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


def _history(register: Register, gezien: Nagelopen, tot: Kop) -> str:
    """Say where the chain is broken or parts from the database, whose head was `tot`; "" when it is whole."""
    if gezien.breuk:
        return f"{gezien.breuk} {geschiedenis.BEWAARD} {ANDERS}"
    kop = gezien.kop
    if (kop.nr, kop.zegel) == (tot.nr, tot.zegel):
        return ""
    if plek := geschiedenis.parting(register._db.con, register.journaal, kop):
        return f"{geschiedenis.part_ways(*plek)} {geschiedenis.BEWAARD} {ANDERS}"
    verlies = Resten(register.map, register.dossiers).look(kop.nr, kop.nr, tot, grondig=False)
    return f"{verlies.zin()} {verlies.advies()}"


def _loss(register: Register, verder: Sequence[str]) -> str:
    """Say which dossiers have texts of facts that the journal does not have; "" when none has.

    `verder` had some that were not in the journal when it was read. What was being recorded is in it by now, or comes:
    it is asked again while nobody records.
    """
    resten = Resten(register.map, register.dossiers)
    if not verder and not resten.without_fact(_counters(register)):
        return ""
    with register._schrijfslot:
        kop, tot = register._db.kop, register._db.vanaf.nr
        verlies = resten.look(kop.nr, tot, kop, grondig=True, tellers=_counters(register), dossiers=verder)
    return f"{verlies.zin()} {verlies.advies()}" if verlies.minstens else ""


def _counters(register: Register) -> dict[str, int]:
    with register._db.con.cursor() as cursor:
        return zegelstand.counters(cursor)
