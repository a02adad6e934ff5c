"""A question as a notebook, and as the few lines of Python in it: on the snapshot it gives the same figure."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from duckdb import DuckDBPyConnection

from klachten.analyse.verkenner.antwoord import Antwoord
from klachten.analyse.verkenner.verkenning import GeenVraag, Verkenning
from klachten.taal import datum

MIME = "application/x-ipynb+json"
GEEN_NAMEN = (
    "In een momentopname staan geen namen van mensen, dus ook niet die van deze behandelaar. Haal dat filter weg, dan "
    "kan deze vraag als notebook."
)


class Namen:
    """What a notebook has of a reglement: the names of the snapshot, by list and id."""

    def __init__(self, con: DuckDBPyConnection) -> None:
        rijen = con.execute("SELECT lijst, id, naam FROM keuze ORDER BY reglement DESC").fetchall()
        self._namen = {(lijst, id): naam for lijst, id, naam in rijen}
        self.termijnen = [
            _Termijn(id, naam) for id, naam in con.execute("SELECT DISTINCT termijn, naam FROM termijn").fetchall()
        ]

    def naam_van(self, lijst: str, id: str) -> str:
        """Return what a reader calls a value; one that is not known is its own name."""
        return self._namen.get((lijst, id), id)


class _Termijn:
    def __init__(self, id: str, naam: str) -> None:
        self.id, self.naam = id, naam


def python(vraag: Verkenning, peildatum: date) -> str:
    """Return the Python that answers a question on the snapshot."""
    return f"""import datetime as dt

from klachten import analyse
from klachten.analyse.verkenner.antwoord import geef
from klachten.analyse.verkenner.notitie import Namen
from klachten.analyse.verkenner.verkenning import Verkenning
from klachten.analyse.verkenner.woorden import Woorden

con = analyse.open()
vraag = Verkenning.lees({vraag.tekst!r})
antwoord = geef(con, vraag, peildatum=dt.date({peildatum.year}, {peildatum.month}, {peildatum.day}))
woorden = Woorden(antwoord, Namen(con))
woorden.tabel()"""


def notebook(antwoord: Antwoord, titel: str) -> bytes:
    """Return the notebook of an answer, to put in the folder notebooks; GeenVraag when a snapshot cannot answer it."""
    vraag = antwoord.vraag
    if vraag.filter.behandelaar is not None:
        raise GeenVraag(GEEN_NAMEN)
    uitleg = (
        f"# {titel}?\n\nEen vraag uit de Verkenner, op peildatum {datum(antwoord.peildatum)}. "
        f"{antwoord.maat.uitleg}\n\nDe vraag zelf: `{vraag.tekst}`. Zet dit bestand in de map *notebooks* van "
        "klachten. Is er na het downloaden iets vastgelegd, dan kan een cijfer anders zijn."
    )
    cellen = [
        _cel("markdown", uitleg),
        _cel("code", 'import sys\n\nsys.path[:0] = ["..", "."]  # waar het pakket klachten staat: de map boven deze'),
        _cel("code", python(vraag, antwoord.peildatum)),
        _cel("markdown", "## Dezelfde vraag in SQL\n\nDit telt wat hierboven staat; de marges komen uit `statistiek`."),
        _cel("code", f'con.execute(\n    """\n{antwoord.sql}\n"""\n).df()'),
        _cel("markdown", "## Wat we nu weten"),
        _cel(
            "code",
            "from klachten.analyse import notitieboek\n\nnotitieboek.bevinding(woorden.zin(), antwoord.maat.uitleg)",
        ),
    ]
    inhoud: dict[str, Any] = {
        "cells": [{**cel, "id": f"verkenner-{nr}"} for nr, cel in enumerate(cellen)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(inhoud, ensure_ascii=False, indent=1) + "\n").encode()


def _cel(soort: str, tekst: str) -> dict[str, Any]:
    regels = tekst.splitlines(keepends=True)
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if soort == "code" else {}
    return {"cell_type": soort, "metadata": {}, "source": regels, **code}
