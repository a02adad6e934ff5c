"""What is kept of one person beside the register: an address of an agenda, what was seen; never in the journal.

With the accounts, in the folder `toegang/`: it goes with them, and no copy brings it back. In the example nobody has an
account, and it lasts as long as the app runs.
"""

from __future__ import annotations

import threading
import time

from klachten import scherm
from klachten.register import Register
from klachten.scherm import kijker
from klachten.toegang.opslag import Opslag

_voorbeeld: list[tuple[Register, Opslag]] = []
_slot = threading.Lock()


def opslag() -> Opslag:
    """Return where it is kept for the register that the pages use now."""
    if (deur := kijker.door()) is not None:
        return deur.opslag
    register = scherm.register()
    with _slot:
        gevonden = next((eigen for van, eigen in _voorbeeld if van is register), None)
        if gevonden is None:
            gevonden = Opslag(None)
            _voorbeeld[:] = [(register, gevonden)]
        return gevonden


def now() -> float:
    """Return the moment in seconds since 1970, by the clock of the gate where there is one."""
    return kijker.now() if kijker.door() is not None else time.time()
