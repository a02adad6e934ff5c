"""How long the server works on a page: its script, run as for a visitor but without a browser."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from klachten import scherm
from klachten.register import Register
from klachten.scherm.meting import PaginaMislukt
from klachten.scherm.paginas import PAGINAS

VENSTER = Path(__file__).parents[1] / "venster.py"
KEREN = 7


def measure(register: Register, pagina: str, als: str = "", **query: str) -> tuple[float, float]:
    """Return the seconds of the first run of a page, and the median of the next ones.

    As `als`, or who came first in the example. `query` is what the page is called with, such as `nummer` for a
    dossier. PaginaMislukt when it shows an error.
    """
    vorig = scherm.gebruik(register)
    try:
        proef = AppTest.from_file(VENSTER, default_timeout=120)
        proef.query_params["als"] = als
        proef.run()
        bestand = next(p.bestand for p in PAGINAS if p.bestand.stem == pagina)
        if pagina != "werkvoorraad":
            proef.switch_page(os.path.relpath(bestand, VENSTER.parent))
        for sleutel, waarde in {**query, "als": als}.items():
            proef.query_params[sleutel] = waarde
        duren = []
        for _ in range(KEREN + 1):
            begin = time.perf_counter()
            proef.run()
            duren.append(time.perf_counter() - begin)
            if proef.exception:
                raise PaginaMislukt(f"{pagina}: {proef.exception[0].value}")
        return duren[0], statistics.median(duren[1:])
    finally:
        scherm.gebruik(vorig)
