"""What can never be true of a dossier, however it came about: the last check before facts are written.

The rules of `mag.py` look at what may happen next. A correction changes what happened before, so the whole dossier is
checked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import AFGESLOTEN, OP_DE_WEG, Dossier
from klachten.dossier.rechten import NAMENS_DIRECTIE
from klachten.dossier.voortzetting import was_elsewhere
from klachten.dossier.weigering import Weigering
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.organisatie import naam
from klachten.taal import datum

# What ends a klacht and what opens it again, as the user reads it.
_RONDE: dict[type[Gebeurtenis], str] = {
    g.KlachtAfgesloten: "afgesloten",
    g.NietInBehandelingGenomen: "niet in behandeling genomen",
    g.KlachtIngetrokken: "ingetrokken",
    g.KlachtHeropend: "heropend",
}


_TELT = frozenset({*OP_DE_WEG, g.ActienemerGeinformeerd, g.MaatregelUitgevoerd})
"""What makes a klacht stand otherwise from its own day on."""


def tegenstrijdigheden(dossier: Dossier) -> list[str]:
    """Return a Dutch sentence for everything in the dossier that cannot be."""
    return [*_data(dossier), *_maatregelen(dossier), *_einde(dossier), *_onafhankelijk(dossier), *_namens(dossier)]


def nieuwe_tegenstrijdigheden(voor: Dossier | None, na: Dossier) -> list[str]:
    """Return what cannot be and was not so already: an old fault may not keep anybody from recording what happened."""
    gevonden = tegenstrijdigheden(na)
    eerder = tegenstrijdigheden(voor) if gevonden and voor else []
    return [zin for zin in gevonden if zin not in eerder]


def kind_of(fout: Sequence[str]) -> str:
    """Return the kind of refusal that these sentences are: that of the first that has one of its own."""
    return next((zin.soort for zin in fout if isinstance(zin, Weigering)), "tegenstrijdig")


def with_facts(
    voor: Dossier | None,
    nummer: str,
    feiten: Sequence[Gebeurtenis],
    door: str,
    rol: str,
    vandaag: date,
    corrigeert: int | None = None,
) -> Dossier:
    """Return the dossier as it would be with these facts recorded on top, today, by somebody in a role."""
    eerder = voor.vastleggingen if voor else ()
    erbij = [
        Vastlegging(
            nr=nr,
            klachtnummer=nummer,
            vastgelegd_op=datetime.combine(vandaag, time()),
            door=door,
            rol=rol,
            feit=feit,
            corrigeert=corrigeert,
        )
        for nr, feit in enumerate(feiten, max((v.nr for v in eerder), default=0) + 1)
    ]
    return Dossier(nummer, [*eerder, *erbij])


def _data(dossier: Dossier) -> Iterator[str]:
    eerste = dossier.ontvangen_op
    for vastlegging in dossier.geldig:
        op = vastlegging.feit.gebeurd_op
        if op < eerste:
            waar = f"stap {vastlegging.feit.stap}" if vastlegging.feit.stap else "een feit"
            yield f"{datum(op)} ({waar}) ligt vóór de ontvangst van de klacht op {datum(eerste)} (stap 1)."
    yield from _van_elders(dossier)


def _van_elders(dossier: Dossier) -> Iterator[str]:
    """What is done here cannot be of before the klacht was handled here: the source knows what was."""
    if dossier.voortzetting is None:
        return
    sinds = dossier.voortzetting.feit.gebeurd_op
    for vastlegging in dossier.geldig:
        op = vastlegging.feit.gebeurd_op
        if op == sinds or type(vastlegging.feit) not in _TELT or (op < sinds) == was_elsewhere(dossier, vastlegging):
            continue
        if op > sinds:
            yield f"In het andere systeem is op {datum(op)} nog iets gedaan, en dat ligt na {datum(sinds)}."
        else:
            yield (
                f"{datum(op)} ligt vóór {datum(sinds)}, de dag vanaf wanneer deze klacht hier wordt behandeld. Wat "
                "daarvoor is gedaan, hoort bij de bron waaruit zij is overgenomen."
            )


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
        yield Weigering(
            "zeven_of_acht", "Stap 7 en stap 8 sluiten elkaar uit: een klacht wordt wel of niet in behandeling genomen."
        )
    if _eigen(dossier):
        yield from _rondes(dossier)
        yield from _te_vroeg_afgesloten(dossier)
    if dossier.toestand == AFGESLOTEN:
        for maatregel in dossier.open_maatregelen:
            yield Weigering(
                "maatregel_niet_uitgevoerd", f"Stap 13 kan nog niet: maatregel {maatregel.nr} is niet uitgevoerd."
            )
        onbepaald = not dossier.geldende_maatregelen and not dossier.zonder_maatregelen
        if onbepaald and 11 not in dossier.elders_gedaan and _eigen(dossier):
            yield "Stap 13 kan nog niet: er is geen maatregel bepaald, en ook niet vastgelegd dat die niet nodig is."


def _rondes(dossier: Dossier) -> Iterator[str]:
    """A klacht ends, is reopened and ends again, none of these before the one that it follows."""
    vorige: Gebeurtenis | None = None
    for feit in dossier.van(*_RONDE):
        anders = vorige is not None and (type(feit) is g.KlachtHeropend) != (type(vorige) is g.KlachtHeropend)
        if vorige is not None and anders and feit.gebeurd_op < vorige.gebeurd_op:
            yield f"De klacht is {_gezegd(feit)}, maar pas {_gezegd(vorige)}: dat kan niet."
        vorige = feit


def _gezegd(feit: Gebeurtenis) -> str:
    return f"{_RONDE[type(feit)]} op {datum(feit.gebeurd_op)}{f' (stap {feit.stap})' if feit.stap else ''}"


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


def _namens(dossier: Dossier) -> Iterator[str]:
    """Nobody acts on behalf of an outside person before that person is named."""
    aangewezen: date | None = None
    if not _eigen(dossier):
        return
    for vastlegging in dossier.geldig:
        feit = vastlegging.feit
        if isinstance(feit, g.BuitenstaanderAangewezen):
            aangewezen = feit.gebeurd_op
        elif hasattr(feit, "namens") and (vastlegging.rol == NAMENS_DIRECTIE or feit.namens):
            wat = f"Stap {feit.stap} is op {datum(feit.gebeurd_op)} gedaan namens iemand van buiten"
            if aangewezen is None:
                yield f"{wat}, maar die is dan niet aangewezen (stap 4)."
            elif feit.gebeurd_op < aangewezen:
                yield f"{wat}, maar die is pas aangewezen op {datum(aangewezen)} (stap 4)."


def _onafhankelijk(dossier: Dossier) -> Iterator[str]:
    elders = 5 in dossier.elders_gedaan
    if dossier.van(g.OntvangstBevestigd) and dossier.behandelaar is None and _eigen(dossier) and not elders:
        yield "Stap 5 noemt een behandelaar, maar er is er dan geen toegewezen (stap 4)."
    for feit in dossier.van(g.BehandelaarToegewezen, g.BehandelaarVervangen):
        if feit.behandelaar in dossier.ontvangst.betrokkenen:
            yield Weigering(
                "behandelaar_betrokken",
                f"Stap 4: {naam(feit.behandelaar)} is betrokken bij deze klacht en kan daarom niet de behandelaar "
                "zijn. Kies iemand die er niet bij betrokken is.",
            )
        if feit.toegewezen_door in dossier.ontvangst.betrokkenen:
            yield Weigering(
                "betrokken", f"Stap 4: {naam(feit.toegewezen_door)} is betrokken bij deze klacht en mag niet toewijzen."
            )
    for feit in dossier.van(g.MaatregelBepaald, g.GeenMaatregelenNodig, g.MaatregelGewijzigd, g.MaatregelVervallen):
        if feit.overlegd_met in dossier.ontvangst.betrokkenen:
            yield Weigering(
                "betrokken",
                f"Stap 8: {naam(feit.overlegd_met)} is betrokken bij deze klacht; overleg met een directielid dat "
                "er niet bij betrokken is.",
            )


def _eigen(dossier: Dossier) -> bool:
    return dossier.ontvangst.herkomst == "register"
