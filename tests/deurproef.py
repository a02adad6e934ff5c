"""A gate as the example has it, and one with accounts, behind which stands an app that tells what it got."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from klachten.scherm.adressen import Adressen, nothing
from klachten.scherm.paginas import PAGINAS
from klachten.toegang import routes
from klachten.toegang.asgi import Asgi
from klachten.toegang.opslag import Opslag
from klachten.toegang.poort import Poort
from klachten.toegang.sessies import Sessie, Sessies
from klachten.toegang.staat import Staat
from tests.poortproef import ADRES, Huis, Klok

EIGEN = {"origin": f"http://{ADRES}", "sec_fetch_site": "same-origin"}
NAMEN = [pagina.naam for pagina in PAGINAS]


def gate(app: Asgi | None = None, **staat: Any) -> Poort:
    return Poort(app or Huis(), Staat(**{"klok": Klok(), **staat}), routes.load(NAMEN), Adressen(nothing))


class Proefpoort(Poort):
    """A gate with accounts; `wie` is the cookie of somebody who is signed in, in `sessie`."""

    wie: str
    sessie: Sessie
    app: Huis


@pytest.fixture
def echt(tmp_path: Path):
    opslag, klok = Opslag(tmp_path / "toegang"), Klok()
    sessies = Sessies(opslag)
    koek, sessie = sessies.begin("anna", klok())
    staat = Staat(zittingen=sessies, klok=klok, bladen=Huis(), afscheid=lambda naar: f"ga naar {naar}".encode())
    poort = Proefpoort(Huis(), staat, routes.load(NAMEN), Adressen(nothing))
    sessies.bij_einde = poort.staat.lijnen.close
    poort.wie, poort.sessie = f"klachten_8501={koek}", sessie
    yield poort
    opslag.close()


Bericht = dict[str, Any]
