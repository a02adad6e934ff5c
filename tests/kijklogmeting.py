"""What page Kijklog costs in a month of 100,000 lines: python -m pytest -n 0 -s tests/kijklogmeting.py

Not part of the tests: the name of this file is not one of theirs. It prints CPU of all threads and time on the wall.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from klachten.scherm import kijklog
from tests.matrixproef import MENSEN
from tests.test_pagina_kijklog import Huis, begin, gevuld, huis, to

__all__ = ["gevuld", "huis"]
REGELS = 100_000


def test_page_kijklog_with_a_month_of_100_000_lines(huis: Huis):
    log, nu = kijklog.van(huis.register), datetime(2026, 3, 1, tzinfo=UTC)
    nummers, mensen = [klacht.nummer for klacht in huis.klachten.values()], [wie.id for wie in MENSEN.values()]
    log._klok = lambda: nu
    for nr in range(REGELS):
        nu += timedelta(seconds=20)
        log.note("geopend", mensen[nr % len(mensen)], waar="dossier", nummer=nummers[nr % len(nummers)])
        if nr % 5000 == 0:
            log.flush()
    app = begin("auditor")
    for keer in range(6):
        log.note("geopend", mensen[0], waar="klachten")
        wand, cpu = time.perf_counter(), time.process_time()
        app = app.run() if keer else to(app, "kijklog")
        wand, cpu = time.perf_counter() - wand, time.process_time() - cpu
        wat = "one line more" if keer else "the first time in this process"
        print(f"page Kijklog, {REGELS:,} lines, {wat}: {cpu:.2f} s of CPU, {wand:.2f} s on the wall")
    assert not app.exception
    assert len(app.table[0].value) == 100
