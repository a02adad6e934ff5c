"""One line of the log: what it may say, and what it leaves out of what the app and its libraries told."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from klachten.datamap import PROJECT

HUIS = "klachten"
"""The name of the loggers whose sentences are ours: of every other only where it spoke is told, never what."""
VELDEN = ("code", "route", "status", "duur_ms", "wie")
"""What a line has besides its moment, level and kind, each only where there is something to say."""
_NIVEAUS = {logging.DEBUG: "alles", logging.INFO: "info", logging.WARNING: "let op", logging.ERROR: "fout"}
# As in klachten.scherm.dicht: whatever a sentence of ours says, no number of a dossier or a person goes along.
_NUMMER = re.compile(r"\b[KSETP][0-9]{4}(?:-[0-9]{4,9})?\b")
_BUITEN = re.compile(r".*[/\\](?:site-packages|python3\.[0-9]+)[/\\]")
_DIEP = 12
"""So many places of a traceback are told, the innermost: those before it are the way Streamlit goes every time."""


class Vorm(logging.Formatter):
    """Writes a record as one line of JSON. What a library says, and what an exception says, is never in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        velden: dict[str, Any] = {
            "moment": f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%S.%f}"[:-3] + "Z",
            "niveau": _NIVEAUS.get(record.levelno, "fout"),
        }
        if record.name == HUIS:
            velden["soort"] = getattr(record, "soort", "melding")
            if zin := _NUMMER.sub("(nummer)", record.getMessage()):
                velden["zin"] = zin
        else:
            velden["soort"] = record.name
            velden["bij"] = f"{_short(record.pathname)}:{record.lineno}"
        velden |= {naam: waarde for naam in VELDEN if (waarde := getattr(record, naam, None)) not in (None, "")}
        if fout := record.exc_info[1] if record.exc_info else None:
            velden["fouten"] = list(_chain(fout))
        return json.dumps(velden, ensure_ascii=False)


def event(soort: str, niveau: int = logging.INFO, **velden: Any) -> None:
    """Write a line about something that happened: of which kind, and any of VELDEN."""
    if vreemd := velden.keys() - set(VELDEN):
        raise TypeError(f"not a field of the log: {', '.join(sorted(vreemd))}")
    logging.getLogger(HUIS).log(niveau, "", extra={"soort": soort, **velden})


def _chain(fout: BaseException, gezien: frozenset[int] = frozenset()) -> Iterator[dict[str, Any]]:
    """Tell of an exception and of what it came from: its kind and where, and of a disk that refused why.

    Never what it says: DuckDB and int() repeat the text that they could not use.
    """
    deel: dict[str, Any] = {"soort": type(fout).__name__}
    if isinstance(fout, OSError) and fout.strerror and fout.errno:
        deel["reden"] = fout.strerror
    plekken = traceback.StackSummary.extract(traceback.walk_tb(fout.__traceback__), lookup_lines=False)
    deel["spoor"] = [f"{_short(plek.filename)}:{plek.lineno} {plek.name}" for plek in plekken[-_DIEP:]]
    yield deel
    gezien |= {id(fout)}
    binnen = fout.exceptions if isinstance(fout, BaseExceptionGroup) else ()
    eerder = fout.__cause__ or (None if fout.__suppress_context__ else fout.__context__)
    for ander in (*binnen, *([eerder] if eerder else [])):
        if id(ander) not in gezien:
            yield from _chain(ander, gezien)


def _short(bestand: str) -> str:
    """Return the name of a file without where it is installed: that may be in somebody's own folder."""
    pad = Path(bestand)
    if pad.is_relative_to(PROJECT) and not pad.is_relative_to(sys.prefix):
        return pad.relative_to(PROJECT).as_posix()
    kort = _BUITEN.sub("", bestand).replace("\\", "/")
    return kort if kort != bestand.replace("\\", "/") else pad.name
