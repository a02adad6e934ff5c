"""Every question of the Verkenner, and the list behind each of its numbers: `python -m tests.verkennerproef`.

It takes some minutes; tests/test_verkenner.py asks one of each kind.
"""

from __future__ import annotations

import itertools
import tempfile
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from klachten import voorbeeld
from klachten.analyse.verkenner.antwoord import geef
from klachten.analyse.verkenner.kenmerken import SPLITSINGEN
from klachten.analyse.verkenner.maten import maten
from klachten.analyse.verkenner.verkenning import REEKSEN, GeenVraag, Verkenning
from klachten.opening import open_register
from tests.voorbeeldfirma import COULANT

DAG = date(2026, 11, 22)
SAMEN = (("vestiging", "categorie"), ("einde", "ernst"), ("kanaal", "uitkomst"))


def lists(cursor: DuckDBPyConnection, vraag: Verkenning, peildatum: date, cellen: int = 10_000) -> int:
    """Return how many lists stand behind the numbers of an answer; AssertionError when one has another length."""
    uit, n = geef(cursor, vraag, peildatum=peildatum, reglement=COULANT), 0
    samen = [uit.samen] if uit.samen and not vraag.per else []
    for cel, x in itertools.product([*uit.cellen[:cellen], *samen], (False, True)):
        if telling := uit.telling(cel, x=x):
            aantal = telling.aantallen(cursor)[1]
            assert aantal == (cel.x if x else cel.n), (vraag.tekst, cel, aantal)
            n += 1
    return n


def main() -> None:
    """Ask all that can be asked of an example with 300 klachten."""
    vragen = lijsten = 0
    with tempfile.TemporaryDirectory() as map:
        voorbeeld.make(Path(map) / "register", vandaag=DAG, aantal=300)
        with open_register(Path(map) / "register") as register, register.cursor() as cursor:
            for maat, per, reeks in itertools.product(
                maten(COULANT), [(), *((id,) for id in SPLITSINGEN), *SAMEN], REEKSEN
            ):
                try:
                    vraag = Verkenning.lees(f"maat={maat}&splits={'.'.join(per)}&reeks={reeks}&periode=2025")
                except GeenVraag:
                    continue
                vragen += 1
                lijsten += lists(cursor, vraag, DAG)
    print(f"{vragen} vragen, {lijsten} lijsten: allemaal gelijk")


if __name__ == "__main__":
    main()
