"""Where accounts, sessions and wrong attempts are kept: a small database beside the journal.

Not in the journal: that cannot forget, and a restored copy of it may not bring a session back that was ended.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from klachten.toegang.sleutel import Sleutel

# By what somebody signed in: a register of before 29 November 2026 does not say so, and there it was a password.
_HOE = "hoe TEXT NOT NULL DEFAULT 'wachtwoord'"
_TABELLEN = f"""
CREATE TABLE IF NOT EXISTS account (
    persoon TEXT PRIMARY KEY, aanmeldnaam TEXT NOT NULL UNIQUE COLLATE NOCASE, wachtwoord TEXT, totp BLOB,
    totp_laatste INTEGER NOT NULL DEFAULT 0, gemaakt REAL NOT NULL, geblokkeerd_op REAL, hersteld_op REAL,
    hersteld_door TEXT, oidc_iss TEXT, oidc_sub TEXT, UNIQUE (oidc_iss, oidc_sub)
);
CREATE TABLE IF NOT EXISTS herstelcode (merk TEXT PRIMARY KEY, persoon TEXT NOT NULL, gebruikt_op REAL);
CREATE TABLE IF NOT EXISTS sessie (
    hash TEXT PRIMARY KEY, persoon TEXT NOT NULL, gemaakt REAL NOT NULL, gezien REAL NOT NULL,
    tweede_factor INTEGER NOT NULL, waarmee TEXT NOT NULL, {_HOE}
);
CREATE TABLE IF NOT EXISTS uitnodiging (
    hash TEXT PRIMARY KEY, persoon TEXT NOT NULL, soort TEXT NOT NULL, gemaakt_door TEXT NOT NULL,
    verloopt REAL NOT NULL, gebruikt_op REAL
);
CREATE TABLE IF NOT EXISTS agenda (
    hash TEXT PRIMARY KEY, persoon TEXT NOT NULL UNIQUE, gemaakt REAL NOT NULL, opgehaald REAL
);
CREATE TABLE IF NOT EXISTS gezien (persoon TEXT PRIMARY KEY, nr INTEGER NOT NULL, sleutels TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rondleiding (
    persoon TEXT NOT NULL, rol TEXT NOT NULL, stap INTEGER NOT NULL, stand TEXT NOT NULL, dag TEXT NOT NULL,
    PRIMARY KEY (persoon, rol)
);
CREATE TABLE IF NOT EXISTS poging (
    merk TEXT PRIMARY KEY, aantal INTEGER NOT NULL, sinds REAL NOT NULL, tot REAL NOT NULL
);
"""
_VAN_EEN_PERSOON = ("account", "herstelcode", "sessie", "uitnodiging", "agenda", "gezien", "rondleiding")


class Opslag:
    """The folder `toegang/` of a register: its database and its key.

    One connection for all threads, behind a lock: what is asked takes well under a millisecond, and a connection for
    every thread of the pool would stay open for ever. `versie` is another number after every change. Without a folder
    it is in memory, and gone with the process: that is how the example has it, where nobody signs in.
    """

    def __init__(self, map: Path | None) -> None:
        self.map = map
        pad: Path | str = ":memory:"
        if map is None:
            self.sleutel = Sleutel.make()
        else:
            map.mkdir(parents=True, exist_ok=True)
            # Windows has no such modes; there the rights of the folder above decide.
            with suppress(OSError):
                map.chmod(0o700)
            self.sleutel = Sleutel.read_or_make(map / "sleutel")
            pad = map / "toegang.sqlite"
            pad.touch(mode=0o600)
        self.versie = 0
        self._slot = threading.RLock()
        self._db = sqlite3.connect(pad, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        # What was deleted is written over, and what was confirmed survives a power cut.
        for instelling in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            self._db.execute(f"PRAGMA {instelling}")
        self._db.executescript(_TABELLEN)
        if "hoe" not in {rij["name"] for rij in self.rows("PRAGMA table_info(sessie)")}:
            self._db.execute(f"ALTER TABLE sessie ADD COLUMN {_HOE}")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for a group of changes: all of them are kept, or none."""
        with self._slot:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
            self.versie += 1

    def rows(self, sql: str, *waarden: Any) -> list[sqlite3.Row]:
        """Return the rows of a question."""
        with self._slot:
            return self._db.execute(sql, waarden).fetchall()

    def row(self, sql: str, *waarden: Any) -> sqlite3.Row | None:
        """Return the first row of a question, or None."""
        return next(iter(self.rows(sql, *waarden)), None)

    def forget(self, persoon: str) -> None:
        """Delete everything that is kept of a person, off the disk too."""
        with self.write() as db:
            for tabel in _VAN_EEN_PERSOON:
                db.execute(f"DELETE FROM {tabel} WHERE persoon = ?", (persoon,))
        with self._slot:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the database."""
        with self._slot:
            self._db.close()
