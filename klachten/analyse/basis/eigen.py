"""A value that is kept once and handed out as the caller's own, without copying the rows of its tables.

pandas copies the rows of a table when somebody writes in it (copy-on-write, since 3.0), and pyarrow writes in none. To
unpickle a table takes four times as long, and a page of the evaluation has thirty.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import threading
from typing import Any

import pandas as pd
import pyarrow as pa


class Eigen:
    """Keeps a value that can be pickled; safe to use from many threads."""

    def __init__(self, waarde: Any) -> None:
        bak = io.BytesIO()
        schrijver = _Schrijver(bak)
        schrijver.dump(waarde)
        self._inhoud, self._tabellen = bak.getvalue(), schrijver.tabellen
        self._slot = threading.Lock()

    def geef(self) -> Any:
        """Return the value, the caller's own to change."""
        # pandas notes in a table who shares its rows.
        with self._slot:
            return _Lezer(io.BytesIO(self._inhoud), self._tabellen).load()


class Vast:
    """A table as it will stay, with a mark that the very same rows have: found by it, it is not read again."""

    __slots__ = ("merk", "tabel")

    def __init__(self, tabel: pd.DataFrame) -> None:
        self.tabel = tabel
        self.merk = hashlib.sha256(pickle.dumps(tabel)).digest()


def los(waarde: Any) -> Any:
    """Return the table of a Vast, and anything else as it is."""
    return waarde.tabel if isinstance(waarde, Vast) else waarde


def merk(waarde: Any) -> bytes:
    """Return bytes that tell values apart by what is in them, with a Vast by its mark."""
    bak = io.BytesIO()
    _Merker(bak).dump(waarde)
    return bak.getvalue()


class _Merker(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        """Write of a Vast its mark alone."""
        return (Vast, (obj.merk,)) if isinstance(obj, Vast) else NotImplemented


class _Schrijver(pickle.Pickler):
    def __init__(self, bak: io.BytesIO) -> None:
        super().__init__(bak, pickle.HIGHEST_PROTOCOL)
        self.tabellen: list[Any] = []

    def persistent_id(self, obj: Any) -> int | None:
        """Keep a table beside the rest, by its place."""
        if not isinstance(obj, pd.DataFrame | pd.Series | pa.Table):
            return None
        self.tabellen.append(obj.copy() if isinstance(obj, pd.DataFrame | pd.Series) else obj)
        return len(self.tabellen) - 1


class _Lezer(pickle.Unpickler):
    def __init__(self, bak: io.BytesIO, tabellen: list[Any]) -> None:
        super().__init__(bak)
        self._tabellen = tabellen

    def persistent_load(self, pid: int) -> Any:
        """Return a table that shares its rows until somebody writes in one of them."""
        tabel = self._tabellen[pid]
        return tabel if isinstance(tabel, pa.Table) else tabel.copy(deep=False)
