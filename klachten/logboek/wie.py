"""Who did something, as the log has it: a number by the order in which people came, another after every start."""

from __future__ import annotations

import threading

_slot = threading.Lock()
_nummers: dict[str, int] = {}
MEESTE = 100_000
"""So many are told apart; an example that runs for months has a visit for every browser that comes by."""


def number_of(wie: str) -> int | None:
    """Return the number of somebody, or of a visit to the example; None for nobody."""
    if not wie:
        return None
    with _slot:
        if wie not in _nummers and len(_nummers) >= MEESTE:
            return 0
        return _nummers.setdefault(wie, len(_nummers) + 1)
