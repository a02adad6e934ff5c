"""The app as a firm will run it: with accounts, on a register of its own. For tests only: `python -m tests.echte_app`.

Whoever the example has is a person here, with `WACHTWOORD`. The port, the folder of the sign-ins and the address of a
provider of accounts are arguments.
"""

from __future__ import annotations

import logging
import sys
import time
from datetime import date
from pathlib import Path

import uvicorn

import app
from klachten import organisatie, scherm
from klachten.organisatie import Gebruiker
from klachten.scherm import kijker
from klachten.scherm.merk import BEELDEN
from klachten.scherm.paginas import PAGINAS
from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.echt import ask_to_sign_in
from klachten.toegang.instellingen import Aanbieder, Instellingen
from klachten.toegang.opslag import Opslag
from klachten.toegang.wachtwoord import Wachtwoorden
from klachten.voorbeeld.rolverdeling import ROLVERDELING, cast

CLIENT, GEHEIM = "klachten", "een geheim van de aanbieder"
WACHTWOORD = "paarse fiets onder de brug"


class Rolverdeling:
    """The cast of the example as the people of a firm; `weg` have left."""

    organisatie = "Coulant"

    def __init__(self) -> None:
        self.weg: set[str] = set()

    def persoon(self, id: str, op: date) -> Gebruiker | None:
        return None if id in self.weg else organisatie.gebruiker(id)


def aanmeldnaam(id: str) -> str:
    return f"{id}@coulant.example"


def make_accounts(deur: Aanmelden, nu: float) -> None:
    """Give everybody the same password: making a hash takes longer than everything else."""
    hash = deur.wachtwoorden.hash(WACHTWOORD)
    for speler in ROLVERDELING:
        deur.accounts.make(speler.id, aanmeldnaam(speler.id), nu)
        deur.accounts.set_password(speler.id, hash)


def klok() -> float:
    """The time, and as much later as a file beside the sign-ins says: no test waits for a session to end."""
    verzet = Path(sys.argv[2]) / "verzet"
    return time.time() + (float(verzet.read_text(encoding="utf-8")) if verzet.exists() else 0.0)


if __name__ == "__main__":
    organisatie.zet("tests", cast())
    app.STAAT.klok = klok
    deur = Aanmelden(
        Opslag(Path(sys.argv[2])),
        Rolverdeling(),
        scherm.vandaag,
        wachtwoorden=Wachtwoorden(time_cost=1, memory_cost=64),
    )
    app.STAAT.instellingen = Instellingen(oidc=Aanbieder("Coulant-account", sys.argv[3], CLIENT, GEHEIM))
    make_accounts(deur, app.STAAT.klok())
    ask_to_sign_in(app.STAAT, deur, [deel.naam for deel in PAGINAS], BEELDEN, kijker.farewell)
    # Nobody reads what it says while a test runs: a full pipe would stop the app.
    logging.disable(logging.WARNING)
    uvicorn.run(app.app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False)
