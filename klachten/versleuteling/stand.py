"""Whether a register is sealed, said in its own folder: which register it is, under which key, what is under way.

Without the file nothing is sealed. While `naar` says something the change to it is not finished: both forms are read,
and the next opening goes on.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from klachten.datamap import VERSLEUTELING
from klachten.schijf import replace_file
from klachten.versleuteling import sleutelbestand
from klachten.versleuteling.sleutelbestand import SleutelVerkeerd
from klachten.versleuteling.sleutels import Sleutels

STAND = VERSLEUTELING
Naar = Literal["", "dicht", "open"]


@dataclass(frozen=True)
class Stand:
    """How far a register is sealed: the id by which its keys are kept, the key of now, and what it is on its way to."""

    register: str
    sleutel: str
    naar: Naar = ""

    @classmethod
    def new(cls) -> Stand:
        """A register that was never sealed."""
        return cls(secrets.token_hex(8), "")

    def write(self, map: Path) -> None:
        """Say it in the folder of the register, durably."""
        tekst = json.dumps({"register": self.register, "sleutel": self.sleutel, "naar": self.naar})
        replace_file(map / STAND, f"{tekst}\n".encode())


def read_stand(map: Path) -> Stand | None:
    """How a register is sealed; None when it is not. SleutelVerkeerd when its file cannot be read."""
    try:
        gelezen = json.loads((map / STAND).read_text(encoding="utf-8"))
        if gelezen["naar"] not in ("", "dicht", "open"):
            raise ValueError(gelezen["naar"])
        return Stand(str(gelezen["register"]), str(gelezen["sleutel"]), gelezen["naar"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as fout:
        raise SleutelVerkeerd(
            f"In {map / STAND} is niet te lezen hoe dit register is versleuteld. Zet dat bestand terug uit een "
            "reservekopie. Er is niets gewijzigd."
        ) from fout


def load_keys(map: Path) -> Sleutels | None:
    """The keys of a register: None when it is not sealed, `verloren` when it is and its file with keys is gone.

    SleutelVerkeerd when there is a file and it is not the right one.
    """
    stand = read_stand(map)
    if stand is None:
        return None
    pad = sleutelbestand.path_of(stand.register, map)
    gelezen = sleutelbestand.read(stand.register, pad)
    if gelezen is None:
        return Sleutels()
    if stand.sleutel not in gelezen.sleutels.bij_id:
        raise SleutelVerkeerd(
            f"De sleutel {stand.sleutel} waarmee dit register is versleuteld, staat niet in {pad}. Zet de laatste "
            "versie van dat bestand terug. Er is niets gewijzigd."
        )
    return Sleutels("" if stand.naar == "open" else stand.sleutel, gelezen.sleutels.bij_id)
