"""Which text of which kind of fact says who somebody from outside is: the one list, for erasing, inzage and privacy."""

from __future__ import annotations

from klachten.gebeurtenissen.geschil import GeschilVoorgelegd
from klachten.gebeurtenissen.kern import Gebeurtenis
from klachten.gebeurtenissen.nader import AnonimiteitVastgelegd, GemachtigdeAangewezen, IndienerToegevoegd
from klachten.gebeurtenissen.ontvangst import (
    BuitenstaanderAangewezen,
    DocumentToegevoegd,
    KlachtOntvangen,
    SignaalOntvangen,
)
from klachten.gebeurtenissen.post import BerichtKlaargezet

INDIENER, GEMACHTIGDE, MEDE, BUITEN, GENOEMD = "indiener", "gemachtigde", "mede_indiener", "buitenstaander", "genoemd"
NAMENS = "namens"
"""The field of many kinds that names the person from outside who decided in the place of directie."""
NOEMT: dict[type[Gebeurtenis], dict[str, str]] = {
    SignaalOntvangen: {"indiener_naam": INDIENER, "indiener_contact": INDIENER},
    KlachtOntvangen: {
        "indiener_naam": INDIENER, "indiener_contact": INDIENER, "vertegenwoordiger": GEMACHTIGDE,
        "betrokkenen_buiten": GENOEMD,
    },
    AnonimiteitVastgelegd: {"naam": INDIENER, "contact": INDIENER},
    GemachtigdeAangewezen: {"naam": GEMACHTIGDE, "contact": GEMACHTIGDE},
    IndienerToegevoegd: {"naam": MEDE, "contact": MEDE},
    BuitenstaanderAangewezen: {"persoon": BUITEN},
    DocumentToegevoegd: {"van": GENOEMD, "aan": GENOEMD},
    BerichtKlaargezet: {"aan": GENOEMD},
    GeschilVoorgelegd: {"onafhankelijk_persoon": BUITEN, "contact": BUITEN},
}  # fmt: skip
"""Of each kind of fact, which text is about whom."""
NAAMVELDEN = frozenset({NAMENS, *(veld for velden in NOEMT.values() for veld in velden)})


def named(feit: Gebeurtenis, veld: str) -> str:
    """Return whom a text of a fact names or says how to reach; "" for a text that is about what happened."""
    return NOEMT.get(type(feit), {}).get(veld) or (BUITEN if veld == NAMENS else "")


def is_contact(veld: str) -> bool:
    """Tell whether a text says how somebody is reached, and not what he or she is called."""
    return veld.endswith("contact")
