"""The open lines to browsers: a session that ends takes its open pages along at once."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict

PER_SESSIE = 20
_ONTHOUDEN = 10_000


class Lijn:
    """One open WebSocket of one session."""

    def __init__(self, hash: str) -> None:
        self.hash = hash
        self.dicht = asyncio.Event()
        self._lus = asyncio.get_running_loop()

    def close(self) -> None:
        """Close it; from any thread."""
        self._lus.call_soon_threadsafe(self.dicht.set)


class Lijnen:
    """All open lines, and which of Streamlit's sessions belongs to which sign-in.

    The second matters because a browser may ask to go on with a Streamlit session: whoever signs in after a colleague
    in the same tab would get what that colleague had typed.
    """

    def __init__(self, per_sessie: int = PER_SESSIE) -> None:
        self._per_sessie = per_sessie
        self._slot = threading.Lock()
        self._open: dict[str, set[Lijn]] = {}
        self._van: OrderedDict[str, str] = OrderedDict()

    def sign_on(self, hash: str) -> Lijn | None:
        """Open a line for a session; None when it has as many as it may."""
        with self._slot:
            eigen = self._open.setdefault(hash, set())
            if len(eigen) >= self._per_sessie:
                return None
            eigen.add(lijn := Lijn(hash))
            return lijn

    def sign_off(self, lijn: Lijn) -> None:
        """Say that a line is gone."""
        with self._slot:
            eigen = self._open.get(lijn.hash, set())
            eigen.discard(lijn)
            if not eigen:
                self._open.pop(lijn.hash, None)

    def close(self, hash: str) -> None:
        """Close every line of a session; from any thread."""
        with self._slot:
            eigen = list(self._open.get(hash, ()))
        for lijn in eigen:
            lijn.close()

    def belongs(self, streamlit: str, hash: str) -> None:
        """Remember that a session of Streamlit was begun in this sign-in; the first one has it for ever."""
        if streamlit in self._van:
            return
        with self._slot:
            self._van[streamlit] = hash
            if len(self._van) > _ONTHOUDEN:
                self._van.popitem(last=False)

    def owner(self, streamlit: str) -> str | None:
        """Return the sign-in in which this session of Streamlit was begun."""
        return self._van.get(streamlit)
