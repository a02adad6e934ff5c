"""What the user is told of an import: what will be made, what will not and why, and the rejected rows as a file."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from klachten import gebeurtenissen as g
from klachten.overname import maandverslag, overnemen, peil, tonen
from klachten.overname.besluiten import SOORTEN, ZONDER_EINDE
from klachten.overname.lezen import OnleesbaarBestand
from klachten.overname.overnemen import Plan
from klachten.overname.regeltelling import aantal_regels, aantal_rijen
from klachten.overname.zaaklijst import Zaak
from klachten.taal import aantal, getal, opsomming

EERSTE = 5
MEESTE = 200
"""Rejected rows shown on the screen; a file has them all."""


def lines(plan: Plan, afgekeurd: Path | None = None) -> Iterator[str]:
    """The preview: what was read, what would be made, doubles, and each rejected row with its reason."""
    kolommen = plan.kolommen
    reglement = kolommen.reglement
    yield f"{plan.pad.name}, bron '{kolommen.bron}', onder reglement '{reglement.id}' ({reglement.naam})"
    yield "De volgorde van de stappen wordt niet gecontroleerd en telt niet mee in de vergelijking met het reglement."
    yield "Afgekeurd worden datums die niet kunnen: onleesbaar, voor de ontvangst of in de toekomst."
    yield ""
    yield f"Stand van        {peil.sentence(kolommen)}"
    yield f"Bestand          {plan.lezing.telling.sentence()}"
    for opmerking in plan.lezing.opmerkingen:
        yield f"                 {opmerking}"
    yield f"Gelezen          {aantal_rijen(plan.lezing.rijen)}"
    yield f"Nieuw            {_klachten(len(plan.nieuw))} ({aantal(plan.feiten, 'feit', 'feiten')})"
    yield f"Al overgenomen   {_klachten(len(plan.al_overgenomen))}"
    yield from maandverslag.counts(plan)
    yield f"Dubbel           {aantal_regels(len(plan.lezing.dubbelen))}{_doubles(plan)}"
    if plan.lezing.zonder:
        zonder = ", ".join(f"{getal(keer)} keer {SOORTEN[soort].naam}" for soort, keer in plan.lezing.zonder.items())
        yield f"Zonder datum     {zonder}. {ZONDER_EINDE}"
    yield f"Afgekeurd        {aantal_regels(len(plan.afkeuringen))}{_rejected_klachten(plan)}"
    if plan.nieuw or plan.al_overgenomen or plan.gewijzigd:
        yield ""
        yield "jaar van ontvangst    nieuw    al overgenomen"
        for jaar, nieuw, bekend in plan.per_year():
            yield f"{jaar:>18}    {getal(nieuw):>5}    {getal(bekend):>14}"
    if plan.nieuw:
        yield ""
        yield "De eerste klachten zouden zo in het register komen:"
        eerste = {zaak.regel for _, zaak in plan.nieuw[:EERSTE]}
        alle = overnemen.facts(plan.pad, plan.kolommen, plan.lezing, eerste)
        gemaakt = dict(itertools.islice(alle, len(eerste)))
        for nummer, zaak in plan.nieuw[:EERSTE]:
            yield f"  {nummer}  {_klacht(plan, zaak, gemaakt[zaak.regel])}"
    yield from maandverslag.changes(plan)
    yield from _rejected(plan, afgekeurd)
    for woord, zin in plan.bezwaren.items():
        yield ""
        yield f"Let op: {zin}"
        yield f"  Er wordt niets vastgelegd totdat iemand zegt dat dit klopt, met --akkoord {woord}."


def _rejected(plan: Plan, afgekeurd: Path | None) -> Iterator[str]:
    schuldig = [afkeuring for afkeuring in plan.afkeuringen if afkeuring.door_regel is None]
    if not schuldig:
        return
    meegenomen = Counter(a.bron_id for a in plan.afkeuringen if a.door_regel is not None)
    yield ""
    yield "Afgekeurd:"
    for afkeuring in schuldig[:MEESTE]:
        wie = f" ({id})" if (id := tonen.case_id(afkeuring.bron_id)) else ""
        mee = aantal_regels(meegenomen[afkeuring.bron_id]) if meegenomen[afkeuring.bron_id] else ""
        ook = f" En daarmee nog {mee} van deze zaak." if mee else ""
        yield f"  regel {afkeuring.regel}{wie}: {afkeuring.reden}{ook}"
        meegenomen[afkeuring.bron_id] = 0
    if len(schuldig) > MEESTE:
        yield f"  en nog {aantal_regels(len(schuldig) - MEESTE)}. Schrijf ze alle weg met --afgekeurd BESTAND."
    if afgekeurd is not None:
        yield f"  Alle afgekeurde regels staan in {afgekeurd}."


def write_rejected(plan: Plan, pad: Path, *, niet_over: Iterable[Path] = ()) -> None:
    """Write every rejected row with its line, source id and reason to a CSV file; OnleesbaarBestand when impossible."""
    if pad.resolve() in {ander.resolve() for ander in niet_over}:
        raise OnleesbaarBestand(
            f"--afgekeurd {pad} zou een bestand van de overname overschrijven; kies een andere naam."
        )
    try:
        with pad.open("w", encoding="utf-8-sig", newline="") as bestand:
            schrijver = csv.writer(bestand, delimiter=";")
            schrijver.writerow(("regel", "kenmerk", "reden"))
            schrijver.writerows(
                (a.regel, a.bron_id if tonen.case_id(a.bron_id) else "", a.reden) for a in plan.afkeuringen
            )
    except OSError as fout:
        raise OnleesbaarBestand(f"Bestand {pad} kan niet worden geschreven: {fout.strerror or fout}.") from fout


def _klacht(plan: Plan, zaak: Zaak, feiten: Sequence[g.Gebeurtenis]) -> str:
    delen = [f"ontvangen {zaak.ontvangen_op:%d-%m-%Y}"]
    for feit in feiten[1:]:
        if isinstance(feit, g.TermijnOvergenomen):
            delen.append(f"uiterlijk {feit.uiterlijk_op:%d-%m-%Y}{_clock(feit.uiterlijk_om)}")
        elif isinstance(feit, g.TijdstipOvergenomen):
            delen[-1] += _clock(feit.om)
        else:
            naam = plan.kolommen.reglement.stap(feit.stap).naam if feit.stap else "Ingetrokken"
            delen.append(f"{naam[:1].lower()}{naam[1:]} {feit.gebeurd_op:%d-%m-%Y}")
    wie = f"{id}, " if (id := tonen.case_id(zaak.bron_id)) else ""
    return f"{', '.join(delen)} ({wie}regel {zaak.regel})"


def _clock(om: str) -> str:
    return f" om {om[:5]}" if om else ""


def _doubles(plan: Plan) -> str:
    if not plan.lezing.dubbelen:
        return ""
    genoemd = [f"regel {regel} is gelijk aan regel {eerste}" for regel, eerste in plan.lezing.dubbelen[:EERSTE]]
    meer = f"; en nog {len(plan.lezing.dubbelen) - EERSTE}" if len(plan.lezing.dubbelen) > EERSTE else ""
    return f", tellen een keer mee ({opsomming(genoemd)}{meer})"


def _rejected_klachten(plan: Plan) -> str:
    ids = {afkeuring.bron_id for afkeuring in plan.afkeuringen if afkeuring.bron_id}
    return f", van {_klachten(len(ids))}" if ids and plan.kolommen.korrel == "gebeurtenis" else ""


def _klachten(hoeveel: int) -> str:
    return aantal(hoeveel, "klacht", "klachten")
