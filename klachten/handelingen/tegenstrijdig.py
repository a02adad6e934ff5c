"""What can never be true of a dossier, however it came about: the last check before facts are written.

The rules of `mag.py` look at what may happen next. A correction changes what happened before, so the whole dossier is
checked again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import AFGESLOTEN, Dossier
from klachten.taal import datum
from klachten.toegang import naam


def tegenstrijdigheden(dossier: Dossier) -> list[str]:
    """Return a Dutch sentence for everything in the dossier that cannot be."""
    return [*_data(dossier), *_maatregelen(dossier), *_einde(dossier), *_onafhankelijk(dossier)]


def _data(dossier: Dossier) -> Iterator[str]:
    eerste = dossier.ontvangen_op
    for vastlegging in dossier.geldig:
        op = vastlegging.feit.gebeurd_op
        if op < eerste:
            waar = f"stap {vastlegging.feit.stap}" if vastlegging.feit.stap else "een feit"
            yield f"{datum(op)} ({waar}) ligt vóór de ontvangst van de klacht op {datum(eerste)} (stap 1)."


def _maatregelen(dossier: Dossier) -> Iterator[str]:
    for vastlegging in dossier.geldig:
        nr = getattr(vastlegging.feit, "maatregel", None)
        if nr is not None and nr not in dossier.maatregelen:
            yield f"Maatregel {nr} bestaat niet (stap 8), maar er staan wel feiten over vast."
    for maatregel in dossier.maatregelen.values():
        if maatregel.uitgevoerd_op and maatregel.uitgevoerd_op < maatregel.bepaald_op:
            yield (
                f"Maatregel {maatregel.nr} kan niet uitgevoerd zijn op {datum(maatregel.uitgevoerd_op)} (stap 11): "
                f"hij is pas bepaald op {datum(maatregel.bepaald_op)} (stap 8)."
            )
        if maatregel.uitgevoerd_op and maatregel.vervallen_op:
            yield f"Maatregel {maatregel.nr} kan niet zowel uitgevoerd als vervallen zijn (stap 11)."


def _einde(dossier: Dossier) -> Iterator[str]:
    if dossier.in_ronde(7) and dossier.in_ronde(8):
        yield "Stap 7 en stap 8 sluiten elkaar uit: een klacht wordt wel of niet in behandeling genomen."
    if _eigen(dossier):
        yield from _te_vroeg_afgesloten(dossier)
    if dossier.toestand == AFGESLOTEN:
        for maatregel in dossier.open_maatregelen:
            yield f"Stap 13 kan nog niet: maatregel {maatregel.nr} is niet uitgevoerd."
        if not dossier.geldende_maatregelen and not dossier.zonder_maatregelen and _eigen(dossier):
            yield "Stap 13 kan nog niet: er is geen maatregel bepaald, en ook niet vastgelegd dat die niet nodig is."


def _te_vroeg_afgesloten(dossier: Dossier) -> Iterator[str]:
    """In every round the closing comes after the last maatregel that was carried out before it was recorded."""
    uitgevoerd: list[tuple[date, int]] = []
    for vastlegging in sorted(dossier.geldig, key=lambda v: v.corrigeert or v.nr):
        feit = vastlegging.feit
        if isinstance(feit, g.MaatregelUitgevoerd):
            uitgevoerd.append((feit.gebeurd_op, feit.maatregel))
        elif isinstance(feit, g.KlachtAfgesloten) and uitgevoerd and max(uitgevoerd)[0] > feit.gebeurd_op:
            dag, nr = max(uitgevoerd)
            yield (
                f"De klacht kan niet afgesloten zijn op {datum(feit.gebeurd_op)} (stap 13): maatregel {nr} is pas "
                f"uitgevoerd op {datum(dag)} (stap 11)."
            )


def _onafhankelijk(dossier: Dossier) -> Iterator[str]:
    if dossier.van(g.OntvangstBevestigd) and dossier.behandelaar is None and _eigen(dossier):
        yield "Stap 5 noemt een behandelaar, maar er is er dan geen toegewezen (stap 4)."
    for feit in dossier.van(g.BehandelaarToegewezen, g.BehandelaarVervangen):
        if feit.behandelaar in dossier.ontvangst.betrokkenen:
            yield (
                f"Stap 4: {naam(feit.behandelaar)} is betrokken bij deze klacht en kan daarom niet de behandelaar "
                "zijn. Kies iemand die er niet bij betrokken is."
            )
        if feit.toegewezen_door in dossier.ontvangst.betrokkenen:
            yield f"Stap 4: {naam(feit.toegewezen_door)} is betrokken bij deze klacht en mag niet toewijzen."
    for feit in dossier.van(g.MaatregelBepaald, g.GeenMaatregelenNodig, g.MaatregelGewijzigd, g.MaatregelVervallen):
        if feit.overlegd_met in dossier.ontvangst.betrokkenen:
            yield (
                f"Stap 8: {naam(feit.overlegd_met)} is betrokken bij deze klacht; overleg met een directielid dat "
                "er niet bij betrokken is."
            )


def _eigen(dossier: Dossier) -> bool:
    return dossier.ontvangst.herkomst == "register"
