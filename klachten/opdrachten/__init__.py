"""The commands of `python -m klachten`: every module here is one.

A command module has NAAM, HULP (one Dutch sentence), add_arguments(parser) and run(args) -> exit code. What takes long
to import is imported in run(), so that the other commands start quickly.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn, Protocol

from klachten.tijdzone import NEDERLAND

VERTALINGEN = {
    "usage: ": "gebruik: ",
    "positional arguments": "wat u opgeeft",
    "options": "keuzes",
    "show this help message and exit": "toon deze uitleg",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fout: %(message)s\n",
    "the following arguments are required: %s": "dit ontbreekt nog: %s",
    "unrecognized arguments: %s": "dit is niet bekend: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "'%(value)s' bestaat niet; kies uit %(choices)s",
    "invalid %(type)s value: %(value)r": "'%(value)s' is geen geldige waarde",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "expected one argument": "hier hoort een waarde achter",
    "expected at least one argument": "hier hoort minstens een waarde achter",
    "not allowed with argument %s": "gaat niet samen met %s",
    "one of the arguments %s is required": "een van deze is nodig: %s",
}

# argparse translates through gettext, which wants compiled catalogues in a system folder; a table is enough here.
argparse._ = lambda tekst: VERTALINGEN.get(tekst, tekst)  # type: ignore[attr-defined]
argparse.ngettext = lambda een, meer, aantal: VERTALINGEN.get(een, een if aantal == 1 else meer)  # type: ignore[attr-defined]


class Opdracht(Protocol):
    """What a module of this folder has."""

    NAAM: str
    HULP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments of the command."""

    def run(self, args: argparse.Namespace) -> int:
        """Carry the command out and return its exit code."""


class Ontleder(argparse.ArgumentParser):
    """An argument parser that explains itself in Dutch and shows the whole help after a mistake in the command."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, where help is, and stop with exit code 2."""
        self.exit(2, f"{self.prog}: fout: {message}\nZie: {self.prog} --help\n")


def tell_log(register: Path, waar: str) -> None:
    """Note in the log of looking that a command handed out a file, by its name in rechten.csv; say so when it cannot.

    Only for who holds the register.
    """
    from klachten.kijklog import note_file

    if fout := note_file(register, waar, lambda: datetime.now(NEDERLAND)):
        print(f"Let op: {fout}", file=sys.stderr)


def load(argv: Sequence[str]) -> list[Opdracht]:
    """Import the command that stands first in `argv`, which bears the name of its module; without one, all of them.

    All of them take three times as long, and only the help and a mistake name the others.
    """
    return [_import(naam) for naam in (argv[:1] if argv and argv[0] in _names() else _names())]


def load_all() -> list[Opdracht]:
    """Import every command of this folder, in alphabetical order."""
    return load([])


def _names() -> list[str]:
    return sorted(een.name for een in pkgutil.iter_modules(__path__) if not een.name.startswith("_"))


def _import(naam: str) -> Opdracht:
    return importlib.import_module(f"{__name__}.{naam}")  # type: ignore[return-value]
