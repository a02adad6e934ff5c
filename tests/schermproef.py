"""What tests of pages share: open a page in the window as somebody of the cast, without a browser."""

from __future__ import annotations

import os
from pathlib import Path

from streamlit.testing.v1 import AppTest

from klachten.scherm.paginas import PROJECT, pagina

VENSTER = PROJECT / "klachten" / "scherm" / "venster.py"


def open_pagina(naam: str, als: str = "anna", **query: str) -> AppTest:
    """Open a page as `?als=` of the cast, with the query it is called with; the caller has set scherm.gebruik()."""
    proef = AppTest.from_file(VENSTER, default_timeout=30)
    # Before the first run, as a link does: a page is known by the name of its file.
    if naam != "werkvoorraad":
        proef.switch_page(os.path.relpath(pagina(naam).bestand, Path(VENSTER).parent))
    for sleutel, waarde in {**query, "als": als}.items():
        proef.query_params[sleutel] = waarde
    return proef.run()


def ga_naar(proef: AppTest, naam: str, als: str, **query: str) -> AppTest:
    """Go on to another page in the same window, with this query and no other."""
    proef.switch_page(os.path.relpath(pagina(naam).bestand, Path(VENSTER).parent))
    proef.query_params.clear()
    for sleutel, waarde in {**query, "als": als}.items():
        proef.query_params[sleutel] = waarde
    proef.run()
    assert not proef.exception, (naam, als, proef.exception)
    return proef


def tekst(proef: AppTest) -> str:
    """Return everything the page says, in one string to search in."""
    soorten = (proef.title, proef.header, proef.subheader, proef.markdown, proef.error, proef.warning, proef.info)
    return "\n".join(str(deel.value) for soort in (*soorten, proef.success, proef.caption) for deel in soort)
