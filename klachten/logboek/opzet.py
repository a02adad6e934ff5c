"""Setting the log up: every logger of the process writes through one form, and so does what nobody caught."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Iterable
from types import MappingProxyType, TracebackType
from typing import TextIO

from klachten.logboek.regel import HUIS, Vorm

NIVEAU = "KLACHTEN_LOGNIVEAU"
"""How much is written: one of NIVEAUS."""
NIVEAUS = MappingProxyType(
    {"fout": logging.ERROR, "let op": logging.WARNING, "info": logging.INFO, "alles": logging.DEBUG}
)
_EIGEN_WEG = ("uvicorn", "uvicorn.error", "uvicorn.asgi", "websockets", "asyncio", "py.warnings")
"""Loggers that may have a handler of their own by now, with a form in which everything stands."""


class OngeldigNiveau(Exception):
    """The level that is set is none."""


def level() -> int:
    """Return how much is written by the setting; OngeldigNiveau says what it may be."""
    gekozen = os.environ.get(NIVEAU, "").strip().lower().replace("-", " ") or "info"
    if gekozen not in NIVEAUS:
        raise OngeldigNiveau(f"{NIVEAU} is '{gekozen}'; kies uit: {', '.join(NIVEAUS)}.")
    return NIVEAUS[gekozen]


def begin(stroom: TextIO | None = None, namen: Iterable[str] = ()) -> logging.Handler:
    """Let every logger write to `stroom` (stderr) in the form of the log; `namen` are loggers that go their own way."""
    niveau = level()
    handler = logging.StreamHandler(stroom)
    handler.setFormatter(Vorm())
    handler.addFilter(_Zeef(niveau))
    wortel = logging.getLogger()
    wortel.handlers[:] = [handler]
    wortel.setLevel(niveau)
    logging.getLogger(HUIS).setLevel(niveau)
    for naam in (*_EIGEN_WEG, *namen):
        send_up(logging.getLogger(naam))
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    return handler


class _Zeef(logging.Filter):
    """Lets through what is asked for; of a library from a warning on: without its text the rest says nothing."""

    def __init__(self, niveau: int) -> None:
        super().__init__()
        self._huis = niveau
        self._ander = niveau if niveau == logging.DEBUG else max(niveau, logging.WARNING)

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= (self._huis if record.name == HUIS else self._ander)


def send_up(logger: logging.Logger) -> None:
    """Take the handlers of a logger away, so that what it is told goes to the log."""
    logger.handlers.clear()
    logger.propagate = True
    logger.setLevel(logging.NOTSET)


def _uncaught(soort: type[BaseException], fout: BaseException, spoor: TracebackType | None) -> None:
    if not issubclass(soort, KeyboardInterrupt):
        logging.getLogger(HUIS).critical("De app is gestopt door een fout.", exc_info=(soort, fout, spoor))


def _uncaught_in_thread(wat: threading.ExceptHookArgs) -> None:
    if wat.exc_value is not None and not issubclass(wat.exc_type, SystemExit):
        fout = (wat.exc_type, wat.exc_value, wat.exc_traceback)
        logging.getLogger(HUIS).error("Een taak van de app is gestopt door een fout.", exc_info=fout)
