"""From where mail goes: a copy of a register, or one that was put back, must not send again what waited in it.

A small file says which folder of which machine it is in, and how far the register was when something was last sent
from there. In any other place, and when the register knows less than that, everything that waits is held until a
person releases it. The file is in a back-up too: whatever way a copy came to be, it does not fit where it lies.
"""

from __future__ import annotations

import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

from klachten.register import Register
from klachten.schijf import make_map, replace_file

MAP, BESTAND = "post", "hier.json"
_MACHINE = Path("/etc/machine-id")


@dataclass(frozen=True)
class Hier:
    """Where mail went from last; what was put ready or released up to and including fact `aangehouden_tot` is held.

    `gezien` is the number of the last fact when something was last sent from here.
    """

    machine: str
    map: str
    bestand: int
    aangehouden_tot: int = 0
    gezien: int = 0


def held_until(register: Register) -> int:
    """Return up to which fact what waits is held; nothing is written, so that everybody may ask."""
    pad = register.map / MAP / BESTAND
    hier = _read(pad)
    return 0 if hier is None else hier.aangehouden_tot if _fits(hier, pad, register) else register.stand().aantal


def settle(register: Register, *, gezien: int = 0) -> int:
    """Let this be the place from where mail goes, up to fact `gezien`; returns what `held_until` says.

    OSError when the disk refuses: then nothing may be sent, as nobody would know from where.
    """
    pad, tot = register.map / MAP / BESTAND, held_until(register)
    eerder = _read(pad)
    past = eerder is not None and _fits(eerder, pad, register)
    if past and eerder is not None and gezien <= eerder.gezien:
        return tot
    make_map(pad.parent)
    if not past:
        # First a file of which it is known which one it is; until it says so, it fits nowhere and everything is held.
        _write(pad, Hier("", "", 0, tot, gezien))
    nieuw = _here(pad, tot, gezien)
    pad.write_text(json.dumps(asdict(nieuw)), encoding="utf-8")  # in place: another file would be another number
    return tot


def _here(pad: Path, tot: int, gezien: int) -> Hier:
    return Hier(_machine(), str(pad.parent.resolve()), pad.stat().st_ino, tot, gezien)


def _machine() -> str:
    try:
        return _MACHINE.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return platform.node() if platform.system() == "Windows" else ""


def _fits(hier: Hier, pad: Path, register: Register) -> bool:
    eigen = _here(pad, hier.aangehouden_tot, hier.gezien)
    return hier == eigen and hier.gezien <= register.stand().aantal


def _write(pad: Path, hier: Hier) -> None:
    replace_file(pad, json.dumps(asdict(hier)).encode("utf-8"), mode=0o600)


def _read(pad: Path) -> Hier | None:
    """Return what the file says; a file that cannot be read fits nowhere."""
    try:
        return Hier(**json.loads(pad.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        return Hier("", "", 0)
