"""Whether what was recorded is whole, and is kept somewhere else too."""

from __future__ import annotations

from datetime import datetime, timedelta

from klachten.analyse.momentopname import GeenMomentopname, current
from klachten.gezond import anderen
from klachten.gezond.blik import Blik
from klachten.gezond.uitslag import Uitslag, fout, goed, let_op, nvt
from klachten.gezond.woorden import ONLEESBAAR, ago, moment
from klachten.reservekopie import instellingen, stand, verzegeld
from klachten.reservekopie.fouten import OngeldigeInstelling as GeenKopie
from klachten.taal import feiten
from klachten.toegang.instellingen import OngeldigeInstelling

KOPIE_OUD, KOPIE_TE_OUD = stand.OUD, timedelta(days=7)
OPNAME_ACHTER, OPNAME_OUD = timedelta(minutes=15), timedelta(days=2)
ANKER_OUD = timedelta(days=2)
_MAAK_KOPIE = "Maak er nu een, en kijk waarom het niet vanzelf ging: docs/in-gebruik.md, Back-up."

_ANKER_BEREIKBAAR = "Kijk of de plek van het anker nog bereikbaar is, en of de app draait: zij zet het elke dag."


def chain(blik: Blik) -> Uitslag:
    """Is every fact there, unchanged and in its place."""
    if blik.laatste is None:
        return nvt("Er is nog niets vastgelegd.")
    if (gezien := anderen.chain(blik.map)) is None:
        return nvt("Het journaal is te groot om bij elke blik te lezen.", "Geef af en toe controleer, met de app uit.")
    heel, waarom = gezien
    if waarom:
        return fout(waarom, "Stop de app, zet niets weg en leg niets vast tot dit is uitgezocht.")
    return goed(f"De keten is zojuist nagelopen en heel: {feiten(heel)}.")


def set_aside(blik: Blik) -> Uitslag:
    """Can everything be erased, also in what was set aside after damage or loss."""
    zinnen = anderen.set_aside(blik.map)
    if zinnen is None:
        return nvt(
            "Er is iets opzij gezet; het journaal is te groot om bij elke blik te zien of dat gewist is.",
            "Geef af en toe controleer, met de app uit.",
        )
    if zinnen:
        return let_op(" ".join(zinnen), "Kijk wat daar staat, en of het nog nodig is.")
    return goed("Wat is gewist, staat ook niet meer in wat na een storing of verlies opzij is gezet.")


def copy(blik: Blik) -> Uitslag:
    """Was a back-up made lately, and did the last attempt succeed."""
    if blik.voorbeeld:
        return nvt("Dit is een voorbeeld: daar hoort geen reservekopie bij.")
    if blik.laatste is None:
        return nvt("Er is nog niets vastgelegd.")
    kopie = stand.of_register(blik.map)
    if kopie.goed_op is None:
        poging = f" De laatste poging was op {moment(kopie.geprobeerd_op)}: {kopie.fout}" if kopie.geprobeerd_op else ""
        return fout(f"Er is nog nooit een goede reservekopie gemaakt.{poging}", _first_needed(blik) or _MAAK_KOPIE)
    oud = blik.nu - kopie.goed_op
    zin = f"De laatste goede reservekopie is van {moment(kopie.goed_op)}, {ago(oud)}."
    if kopie.fout:
        zin = f"{zin} De laatste poging mislukte: {kopie.fout}"
    if kopie.goed is not None and not kopie.goed.versleuteld and (apart := verzegeld.key_apart(blik.map)):
        zin = f"{zin} Zij is niet versleuteld. {apart}"
    if oud > KOPIE_TE_OUD:
        return fout(zin, _MAAK_KOPIE)
    return let_op(zin, _MAAK_KOPIE) if kopie.fout or oud > KOPIE_OUD else goed(zin)


def _first_needed(blik: Blik) -> str:
    """Return what has to be set before a back-up can be made at all; empty when nothing."""
    try:
        instellingen.of_register(blik.map).require()
    except GeenKopie as mist:
        return str(mist)
    return ""


def anchor(blik: Blik) -> Uitslag:
    """Does somebody elsewhere know how many facts there were, so that nobody here can rewrite them unseen."""
    gelezen = blik.instellingen
    if isinstance(gelezen, OngeldigeInstelling):
        return nvt(ONLEESBAAR)
    if not gelezen.anker:
        return nvt("Er is geen anker ingesteld: wie de computer beheert, zou alles kunnen herschrijven.")
    if blik.laatste is None:
        return nvt("Er is nog niets vastgelegd.")
    gezet = anderen.anchors(blik.map, gelezen.anker)
    if mis := [zin for zin in gezet.values() if isinstance(zin, str)]:
        return let_op(" ".join(mis), _ANKER_BEREIKBAAR)
    waar, oudste = min(((waar, op) for waar, op in gezet.items() if isinstance(op, datetime)), key=lambda een: een[1])
    zin = f"Aantal en zegel zijn het laatst buiten deze computer gezet op {moment(oudste)}, {ago(blik.nu - oudste)}"
    zin = f"{zin} ({waar})." if len(gezet) > 1 else f"{zin}."
    return let_op(zin, _ANKER_BEREIKBAAR) if blik.nu - oudste > ANKER_OUD else goed(zin)


def snapshot(blik: Blik) -> Uitslag:
    """Do notebooks see what was recorded."""
    if blik.laatste is None:
        return nvt("Er is nog niets vastgelegd.")
    try:
        opname = current(blik.map)[1]
    except GeenMomentopname:
        return let_op(
            "Er is geen momentopname die deze versie leest.",
            "De app maakt er zelf een; start haar, of geef python -m klachten momentopname.",
        )
    gemaakt = datetime.fromisoformat(opname["gemaakt_op"])
    nr, vastgelegd = blik.laatste
    zin = f"De momentopname is van {moment(gemaakt)}, {ago(blik.nu - gemaakt)}."
    if opname["aantal_feiten"] < nr and blik.nu - vastgelegd > OPNAME_ACHTER:
        achter = f"{zin} Zij loopt {feiten(nr - opname['aantal_feiten'])} achter."
        return let_op(achter, "Kijk boven een pagina of in het logboek van de app waarom zij niet wordt bijgehouden.")
    if blik.draait and blik.nu - gemaakt > OPNAME_OUD:
        return let_op(zin, "De app maakt er elke dag een: kijk in haar logboek waarom dat niet lukt.")
    return goed(zin)
