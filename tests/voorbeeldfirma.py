"""The reglementen of the tests as the firm of the example has them: what no file says of any organisation beside."""

from __future__ import annotations

from klachten import reglement
from klachten.organisatie import completed
from klachten.reglement import Reglement
from klachten.voorbeeld.rolverdeling import cast


def of_the_example(id: str = "coulant") -> Reglement:
    """Return a reglement that comes with the program, with the name and the lists of the firm of the example."""
    return completed(reglement.load(id), cast())


COULANT = of_the_example()
