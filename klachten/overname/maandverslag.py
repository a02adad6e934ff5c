"""What the user is told of a next file of a source: what changes, what vanished, and what a person has to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from klachten.overname.overnemen import Plan
from klachten.taal import aantal, getal

EERSTE = 5
GENOEMD = 20
"""So many klachten are named; of more it is said how many there are."""


def counts(plan: Plan) -> Iterator[str]:
    """Give the lines of the table that only a next file has."""
    weer = sum(wijziging.weer for wijziging in plan.gewijzigd)
    if len(plan.gewijzigd) > weer:
        yield f"Gewijzigd        {_klachten(len(plan.gewijzigd) - weer)}"
    if weer:
        yield f"Weer overgenomen {_klachten(weer)}, met hun oude nummer: de overname daarvan was teruggedraaid"
    if plan.verdwenen:
        yield f"Verdwenen        {_klachten(len(plan.verdwenen))}"
    if plan.terug:
        yield f"Terug            {_klachten(len(plan.terug))}, eerder uit de bron verdwenen"


def changes(plan: Plan) -> Iterator[str]:
    """Say per kind what changes, name what vanished, and what has to be decided."""
    if veranderd := list(changed(plan)):
        yield ""
        yield "Gewijzigd in de bron:"
        yield from veranderd
    if plan.hier_verder:
        yield ""
        yield from handled_here(plan)
    if plan.verdwenen:
        yield ""
        yield gone(plan)
    if plan.botsingen:
        yield ""
        yield "Zowel hier als in de bron gewijzigd, en niet hetzelfde. Zeg per klacht wat geldt:"
        for botsing in plan.botsingen[:GENOEMD]:
            yield f"  {botsing.sentence()}"
        if (meer := len(plan.botsingen) - GENOEMD) > 0:
            yield f"  en nog {getal(meer)} andere"
        yield "  --houd NUMMER laat staan wat hier staat, --neem NUMMER neemt wat in het bestand staat;"
        yield "  'alles' in plaats van een nummer geldt voor alle andere."


def changed(plan: Plan) -> Iterator[str]:
    """Say per part of a klacht and field how many klachten change, with the first of them."""
    soorten: dict[str, list[str]] = {}
    for wijziging in plan.gewijzigd:
        for wat in dict.fromkeys(deel.changed() for deel in wijziging.delen if not wijziging.weer):
            if wat:
                soorten.setdefault(wat, []).append(wijziging.nummer)
    for wat, nummers in sorted(soorten.items(), key=lambda een: (-len(een[1]), een[1][0])):
        yield f"  {wat}: {_named(nummers, EERSTE)}"


def handled_here(plan: Plan) -> Iterator[str]:
    """Name the klachten that are handled on here of which the file says otherwise; nothing of that is taken over."""
    yield "Hier verder behandeld, en in het bestand anders. Dit wordt niet overgenomen; leg hier vast wat ervan klopt:"
    for wijziging in plan.hier_verder[:GENOEMD]:
        wat = "; ".join(filter(None, dict.fromkeys(deel.changed() for deel in wijziging.delen)))
        yield f"  {wijziging.nummer}: {wat or 'wat hier en daar is gewijzigd'}"
    if (meer := len(plan.hier_verder) - GENOEMD) > 0:
        yield f"  en nog {getal(meer)} andere"


def gone(plan: Plan) -> str:
    """Name the klachten that the source no longer has."""
    return f"Niet meer in de bron (dit blijft hier staan zoals het is): {_named(plan.verdwenen, GENOEMD)}"


def _named(nummers: Sequence[str], eerste: int) -> str:
    samen = len(nummers)
    ook = f" en nog {getal(samen - eerste)}" if samen > eerste else ""
    return f"{_klachten(samen)} ({', '.join(nummers[:eerste])}{ook})"


def _klachten(hoeveel: int) -> str:
    return aantal(hoeveel, "klacht", "klachten")
