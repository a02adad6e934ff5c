"""Mails that nobody recorded yet: those of an intake that is not sent, and those that wait as a proposal.

Each is two files in the folder `postvak/` of the register: the mail as it came, and what is known of it. They hold
personal data: they are never part of the register, are sealed as its texts are, and go away when the mail is handled.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from klachten.concepten import KORTST
from klachten.schijf import fsync_map, make_map, replace_file
from klachten.versleuteling import Sleutels, VersleutelingFout, open_file, seal_file

MAP = "postvak"
WACHT, TERZIJDE = "wacht", "terzijde"
_ID = re.compile(r"[0-9a-f]{16}")
_slot = threading.RLock()


@dataclass(frozen=True)
class Poststuk:
    """A mail that waits: `wie` is whose intake it is with, empty for a proposal.

    `gegevens` is what is shown of it without reading it again. One that was set aside says by whom, why and when.
    """

    id: str
    wie: str
    bewaard_op: datetime
    sha256: str
    gegevens: dict[str, Any]
    stand: str = WACHT
    door: str = ""
    reden: str = ""
    terzijde_op: datetime | None = None


class Postvak:
    """The mails that wait in the folder of a register."""

    def __init__(self, map: Path, sleutels: Sleutels | None = None) -> None:
        self.map = map / MAP
        self._sleutels = sleutels

    def save(self, inhoud: bytes, gegevens: dict[str, Any], nu: datetime, *, wie: str = "", id: str = "") -> Poststuk:
        """Keep a mail; the mail itself is on the disk before what says that it is there."""
        stuk = Poststuk(id or secrets.token_hex(8), wie, nu, hashlib.sha256(inhoud).hexdigest(), gegevens)
        with _slot:
            self._write(self._path(stuk.id, "post"), inhoud)
            self._write(self._path(stuk.id, "json"), _as_json(stuk))
        return stuk

    def get(self, id: str) -> Poststuk | None:
        """Return a mail that waits, None when it is gone or cannot be read."""
        if not _ID.fullmatch(id):
            return None
        with _slot:
            return self._read(self._path(id, "json"))

    def original(self, id: str) -> bytes:
        """Return the mail as it came; FileNotFoundError when it is gone."""
        with _slot:
            return open_file(self._path(id, "post"), self._sleutels)

    def proposals(self) -> list[Poststuk]:
        """Return what waits for a person to say what it is, the oldest first."""
        return sorted(
            (stuk for stuk in self._all() if not stuk.wie),
            key=lambda stuk: (stuk.bewaard_op, stuk.gegevens.get("uid", 0)),
        )

    def set_aside(self, id: str, door: str, reden: str, nu: datetime) -> bool:
        """Set a proposal aside with a reason; False when it is no longer there."""
        return self._change(id, stand=TERZIJDE, door=door, reden=reden, terzijde_op=nu)

    def take_back(self, id: str) -> bool:
        """Let a proposal that was set aside wait again; False when it is no longer there."""
        return self._change(id, stand=WACHT, door="", reden="", terzijde_op=None)

    def discard(self, id: str) -> None:
        """Throw a mail away: it was handled, or its intake was."""
        if not _ID.fullmatch(id):
            return
        with _slot:
            self._path(id, "json").unlink(missing_ok=True)
            self._path(id, "post").unlink(missing_ok=True)

    def ruim_op(self, levend: Collection[str], terzijde_voor: datetime) -> int:
        """Throw away the mails of intakes that are gone, and what was set aside before a moment; return how many."""
        weg = 0
        for stuk in self._all():
            verlopen = stuk.stand == TERZIJDE and stuk.terzijde_op is not None and stuk.terzijde_op < terzijde_voor
            if verlopen or (stuk.wie and stuk.id not in levend):
                self.discard(stuk.id)
                weg += 1
        return weg

    def weg_met(self, teksten: Collection[str], gebruiker: str = "") -> int:
        """Throw away every mail in which one of these texts stands, and all of this user; return how many went.

        What cannot be read goes as well: what is in it can be what has to go.
        """
        gezocht = [tekst.casefold() for tekst in teksten if len(tekst) >= KORTST]
        weg = 0
        with _slot:
            for pad in sorted(self.map.glob("*.post")):
                stuk = self._read(pad.with_suffix(".json"))
                if stuk is None or (gebruiker and stuk.wie == gebruiker) or self._holds(stuk, gezocht):
                    pad.with_suffix(".json").unlink(missing_ok=True)
                    pad.unlink(missing_ok=True)
                    weg += 1
            for pad in self.map.glob("*.deel"):  # half of one that was being written when the app stopped
                pad.unlink(missing_ok=True)
        return weg

    # --- the files ---------------------------------------------------------------------------------------------------

    def _holds(self, stuk: Poststuk, gezocht: Collection[str]) -> bool:
        staat = json.dumps([stuk.gegevens, stuk.reden], ensure_ascii=False).casefold()
        if any(json.dumps(tekst, ensure_ascii=False)[1:-1] in staat for tekst in gezocht):
            return True
        try:
            rauw = self.original(stuk.id).decode("utf-8", "replace").casefold()
        except (OSError, VersleutelingFout):
            return True
        return any(tekst in rauw for tekst in gezocht)

    def _change(self, id: str, **anders: Any) -> bool:
        with _slot:
            stuk = self.get(id)
            if stuk is None:
                return False
            self._write(self._path(id, "json"), _as_json(replace(stuk, **anders)))
            return True

    def _all(self) -> list[Poststuk]:
        with _slot:
            return [stuk for pad in sorted(self.map.glob("*.json")) if (stuk := self._read(pad)) is not None]

    def _path(self, id: str, soort: str) -> Path:
        return self.map / f"{id}.{soort}"

    def _read(self, pad: Path) -> Poststuk | None:
        try:
            deel = json.loads(open_file(pad, self._sleutels))
            terzijde = deel["terzijde_op"]
            return Poststuk(
                pad.stem, deel["wie"], datetime.fromisoformat(deel["bewaard_op"]), deel["sha256"], deel["gegevens"],
                deel["stand"], deel["door"], deel["reden"], datetime.fromisoformat(terzijde) if terzijde else None,
            )  # fmt: skip
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write(self, pad: Path, inhoud: bytes) -> None:
        make_map(self.map)
        replace_file(pad, seal_file(pad, inhoud, self._sleutels), mode=0o600)
        fsync_map(self.map)


def _as_json(stuk: Poststuk) -> bytes:
    deel = {
        "wie": stuk.wie,
        "bewaard_op": stuk.bewaard_op.isoformat(),
        "sha256": stuk.sha256,
        "gegevens": stuk.gegevens,
        "stand": stuk.stand,
        "door": stuk.door,
        "reden": stuk.reden,
        "terzijde_op": stuk.terzijde_op.isoformat() if stuk.terzijde_op else None,
    }
    return json.dumps(deel, ensure_ascii=False).encode("utf-8")


def other_form(map: Path, sleutels: Sleutels) -> Iterator[tuple[Path, bytes]]:
    """Each file that is not sealed as wished now, with what it becomes; what stays closed stays as it is."""
    for pad in sorted(pad for pad in (map / MAP).glob("*") if pad.suffix in (".post", ".json")):
        inhoud = pad.read_bytes()
        try:
            nieuw = seal_file(pad, open_file(pad, sleutels), sleutels)
        except VersleutelingFout:
            continue
        if nieuw != inhoud:
            yield pad, nieuw
