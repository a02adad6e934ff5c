"""What may be said of one organisation among others: where it lies, and never that it does well or badly."""

from __future__ import annotations

from klachten.analyse.basis.zinnen import KLEIN, STREEP, komma
from klachten.analyse.vergelijken.beeld import PER, Punt, Vergelijking
from klachten.taal import aantal, getal

VOORBEHOUD = (
    "Organisaties verschillen in hun reglement (elke termijn is die van het eigen reglement), in het soort klachten "
    "dat zij krijgen en in wat zij vastleggen: wie elke klacht opschrijft, heeft er meer. Waar een organisatie ligt, "
    "zegt daarom niet hoe goed zij het doet."
)
GROEPEN = (
    "Een ruit is een groep van ten minste drie organisaties met kleine aantallen, op hun gemiddelde: van een kleine "
    "organisatie is zo niets af te lezen of terug te rekenen."
)
NIET_TE_TONEN = (
    "De andere organisaties hebben hier samen zo weinig klachten, of zijn met zo weinig, dat zij niet te tonen zijn "
    "zonder dat er een te herkennen is."
)


def waarde(soort: str, cijfer: float | None) -> str:
    """Return a share as 91,3%, or a rate as 4,2 per 100."""
    if cijfer is None:
        return STREEP
    return f"{komma(100 * cijfer)}%" if soort == "deel" else f"{komma(PER[soort] * cijfer)} per {PER[soort]}"


def punt(maat: Vergelijking, een: Punt) -> str:
    """Return the value of an organisation with its counts: 87,0% (358 van de 412); of few klachten only those."""
    soort = maat.maat.soort
    geteld = f"{getal(een.teller)} {'van de' if soort == 'deel' else 'op'} {getal(een.noemer)}"
    return geteld if een.noemer < KLEIN else f"{waarde(soort, een.waarde)} ({geteld})"


def titel(v: Vergelijking) -> str:
    """Say what was found, as the title of the chart."""
    if v.eigen is None:
        return f"{v.maat.titel}: de organisaties van het meer"
    if v.p is None:
        return f"{v.maat.titel}: hierover is niets te zeggen"
    if v.opvallend:
        return f"{v.maat.titel}: uw organisatie ligt {_kant(v)} de grenzen"
    if v.buiten:
        return f"{v.maat.titel}: {_kant(v)} de grens van 95%, en dat kan toeval zijn"
    return f"{v.maat.titel}: uw organisatie ligt binnen de grenzen"


def oordeel(v: Vergelijking) -> str:
    """Say in a few words where the own organisation lies."""
    if v.eigen is None:
        return "Uw organisatie staat er niet bij"
    if v.p is None:
        return "Hierover is niets te zeggen"
    if v.opvallend:
        return f"{_kant(v).capitalize()} de grenzen"
    return f"{_kant(v).capitalize()} de grens van 95%: kan toeval zijn" if v.buiten else "Binnen de grenzen"


def zinnen(v: Vergelijking) -> tuple[str, ...]:
    """Return the sentences about one figure: the counts, the verdict and how far the others lie apart."""
    uit = []
    samen = v.samen
    anderen = (
        f"; bij {aantal(samen.leden, 'andere organisatie', 'andere organisaties')} samen {punt(v, samen)}"
        if samen
        else ""
    )
    if v.eigen is not None:
        uit.append(f"{v.maat.titel}: bij uw organisatie {punt(v, v.eigen)}{anderen}.")
    elif samen:
        uit.append(f"{v.maat.titel}{anderen.replace(';', ':', 1)}.")
    uit.append(_oordeel(v))
    if v.p is not None:
        uit.append(_uiteen(v))
    return tuple(zin for zin in uit if zin)


def _oordeel(v: Vergelijking) -> str:
    if v.trechter.reden:
        return v.trechter.reden
    if v.p is None:
        return ""
    if not v.buiten:
        return (
            "Dat ligt binnen de grenzen: zo'n verschil past bij toeval en bij hoe organisaties gewoonlijk uiteenlopen."
        )
    gekeken = f"u kijkt naar {aantal(v.familie, 'kengetal', 'kengetallen')} van dit jaar"
    if not v.opvallend:
        return (
            f"Dat ligt {_kant(v)} de grens van 95%. Maar {gekeken}, en van 200 organisaties waarmee niets aan "
            "de hand is, liggen er per kengetal tot 10 buiten die grens: het kan toeval zijn."
        )
    ook = f", ook als meetelt dat {gekeken}" if v.familie > 1 else ""
    return (
        f"Dat ligt {_kant(v)} de grenzen{ook}: het past niet bij toeval en niet bij hoe organisaties gewoonlijk "
        "uiteenlopen. Waardoor het komt, is hieruit niet te zeggen."
    )


def _kant(v: Vergelijking) -> str:
    assert v.eigen is not None
    return "boven" if v.eigen.waarde > (v.trechter.waarde or 0.0) else "onder"


def _uiteen(v: Vergelijking) -> str:
    tussen = 100 * v.trechter.tussen
    if tussen < 0.05:
        return "De andere organisaties lopen niet verder uiteen dan door toeval is te verklaren."
    eenheid = "procentpunt" if v.maat.soort == "deel" else "per 100"
    return (
        f"De andere organisaties verschillen onderling ook zonder toeval: gewoonlijk tot ongeveer {komma(2 * tussen)} "
        f"{eenheid} van hun midden. Daarom zijn de grenzen ruimer dan die van toeval alleen (de streepjeslijn)."
    )
