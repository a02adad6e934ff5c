"""Before the first visitor comes: make everything that stays, and leave it out of every garbage collection to come.

A collection walks every object that lives: some 190,000 of them are what was imported and will never go. Streamlit has
one at the end of every run of a page, which was more than half of its time; that is off (`postScriptGC`), and what is
left of them need not walk those either.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
import inspect
import os
from pathlib import Path

import duckdb

from klachten import scherm
from klachten.analyse.basis.dagrijen import ALLEEN_TERMIJNEN
from klachten.analyse.werk import werkvoorraad
from klachten.register.fouten import RegisterFout
from klachten.scherm import belinhoud, bewaard
from klachten.scherm.evaluatie import vooraf
from klachten.scherm.paginas import PAGINAS

VENSTER = Path(__file__).with_name("venster.py")
DREMPELS = (20_000, 5, 2)
"""Python looks for garbage in cycles each time so many objects are new, and not at every 700 of them, which is three
times a page; every seventh time at those that stayed as well, and at all every third of those times."""
ZONDER_FREEZE = "KLACHTEN_ZONDER_FREEZE"
"""Only to measure what it gives: set to anything, the app starts without leaving out what stays."""


def open_register() -> None:
    """Open the register, and work out the terms as of today that lists and figures read."""
    register = scherm.register()
    # It only saves time: where there is no room for it, each page asks for itself.
    with contextlib.suppress(duckdb.Error):
        bewaard.van(register).dagrijen.make(scherm.vandaag(), ALLEEN_TERMIJNEN)


def go_on() -> None:
    """Keep the other rows of today and what is new, look for damage where opening did not, and count the first figures.

    No page waits for it.
    """
    if register := scherm.geopend():
        with contextlib.suppress(duckdb.Error, RegisterFout):
            bewaard.van(register).dagrijen.make(scherm.vandaag())
            werkvoorraad.make_ready(bewaard.van(register), scherm.vandaag())
            belinhoud.board(register, scherm.vandaag())
        with contextlib.suppress(duckdb.Error, RegisterFout):  # the disk refuses: who writes is told of it
            register.check_version()
            register.check_indexes()
        with contextlib.suppress(duckdb.Error, RegisterFout):
            vooraf.make()


def import_pages() -> None:
    """Import what the window and the pages import, and draw one chart: the first page would wait for it."""
    for bestand in (VENSTER, *(pagina.bestand for pagina in PAGINAS)):
        for knoop in ast.parse(bestand.read_text(encoding="utf-8")).body:
            if isinstance(knoop, ast.Import):
                for naam in knoop.names:
                    __import__(naam.name)
            elif isinstance(knoop, ast.ImportFrom) and knoop.module:
                __import__(knoop.module, fromlist=[naam.name for naam in knoop.names])
    _draw()
    importlib.import_module("scipy.optimize")  # which waits for the first that asks something of it
    importlib.import_module("encodings.idna")  # which the first name of a machine that is looked up asks for
    # Streamlit asks it with its first element, and then reads the source of every module that called it.
    inspect.stack()


def _draw() -> None:
    """Altair makes its validators with the first chart, and keeps them."""
    import altair
    import pandas

    tabel = pandas.DataFrame({"jaar": ["2026"], "aantal": [1]})
    altair.Chart(tabel).mark_bar().encode(x="jaar:N", y=altair.Y("aantal:Q", title="Aantal")).to_dict()


def freeze() -> int:
    """Leave all that lives now out of every garbage collection to come; return how many objects that are.

    Once, when the imports are done and the register is open: what is made later and stays is walked by each whole
    collection, so not earlier; a timer could be too early on a slow machine. Not later either, while pages run: what
    they have made by then would be kept if it is in a cycle, so that only the collector can let it go. The collection
    comes first, to keep no garbage of the start. What is made afterwards Python collects when enough of it is new;
    Streamlit's own collection after every page is off (.streamlit/config.toml).
    """
    if os.environ.get(ZONDER_FREEZE):
        return 0
    gc.collect()
    gc.freeze()
    gc.set_threshold(*DREMPELS)
    return gc.get_freeze_count()
