"""The overview as a mail: which klacht, what has to be done and by when, in plain Dutch; nothing of who or what it is.

No name of an indiener and no text of a dossier is in it: mail passes through machines of others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from klachten import organisatie
from klachten.analyse.werk.taaknaam import step_name
from klachten.analyse.werk.taaksoort import UITVOEREN, VERBETEREN
from klachten.organisatie.herinneringen import Werkdag, late
from klachten.post.herinneren.bepalen import Overzicht, Regel
from klachten.reglement import Reglement
from klachten.taal import aantal, datum, opsomming

PAGINA = "werkvoorraad"
MEESTE_REGELS = 300
"""More tasks than this nobody reads in a mail: the rest is counted."""
TE_LAAT, NIET_GEHAALD, VANDAAG, KOMEND = "Te laat", "Wordt niet meer gehaald", "Vandaag", "De komende dagen"
_ACTIENEMER = (UITVOEREN, VERBETEREN)


def subject(overzicht: Overzicht, dag: date) -> str:
    """Return the subject: how many tasks, and how many of them are late."""
    laat = sum(_part(regel, dag) == TE_LAAT for regel in overzicht.regels)
    if not overzicht.regels:
        return "Iemand is niet per e-mail te bereiken"
    hoeveel = aantal(len(overzicht.regels), "taak", "taken")
    return f"Herinnering: {hoeveel}, {laat} te laat" if laat else f"Herinnering: {hoeveel}"


def text(overzicht: Overzicht, dag: date, werkdag: Werkdag, adres: str, reglement: Reglement) -> str:
    """Return what the mail says; `adres` is where the app is found, "" when it is known on its own machine only."""
    zinnen = [f"Beste {overzicht.wie.naam},", "", f"Dit is uw overzicht van {datum(dag)}."]
    getoond = sorted(overzicht.regels, key=_order)[:MEESTE_REGELS]
    for kop in (TE_LAAT, NIET_GEHAALD, VANDAAG, KOMEND):
        if regels := [
            _line(regel, overzicht.wie.id, dag, werkdag, reglement) for regel in getoond if _part(regel, dag) == kop
        ]:
            zinnen += ["", f"{kop} ({len(regels)})", *regels]
    if (rest := len(overzicht.regels) - len(getoond)) > 0:
        zinnen += ["", f"En nog {aantal(rest, 'taak', 'taken')}; wat, ziet u in de app."]
    if overzicht.zonder_adres:
        zinnen += ["", _unreached(overzicht.zonder_adres)]
    if adres:
        zinnen += ["", f"Uw taken staan op {adres}/{PAGINA}"]
    if any(regel.taak.soort in _ACTIENEMER and overzicht.wie.id in regel.taak.personen for regel in overzicht.regels):
        zinnen += ["", "Kunt u zich niet aanmelden? Laat de coördinator dan weten wat u hebt gedaan en op welke dag."]
    zinnen += ["", "Dit bericht is automatisch verstuurd. U krijgt er hoogstens één per dag."]
    return "\n".join(zinnen) + "\n"


def _part(regel: Regel, dag: date) -> str:
    uiterlijk_op = regel.taak.uiterlijk_op
    assert uiterlijk_op is not None
    if regel.waarom:
        return NIET_GEHAALD
    return TE_LAAT if uiterlijk_op < dag else VANDAAG if uiterlijk_op == dag else KOMEND


def _order(regel: Regel) -> tuple[object, ...]:
    return regel.taak.uiterlijk_op, regel.taak.klachtnummer or "", regel.taak.stap, regel.taak.soort


def _line(regel: Regel, wie: str, dag: date, werkdag: Werkdag, reglement: Reglement) -> str:
    taak = regel.taak
    naam = step_name(taak, reglement)
    # Of an own maatregel that is closed the sentence says nothing of the klacht.
    delen = [
        f"{taak.klachtnummer}: {naam[:1].lower()}{naam[1:]}" if taak.klachtnummer else taak.wat,
        _when(regel, dag, werkdag),
    ]
    if taak.namens:
        delen.append(f"U vervangt {organisatie.naam(taak.namens)}")
    elif wie not in taak.personen:
        delen.append(f"Wie dit doet: {taak.wie_naam}")
    return "- " + " ".join(f"{deel.rstrip('.')}." for deel in (*delen, regel.waarom) if deel)


def _when(regel: Regel, dag: date, werkdag: Werkdag) -> str:
    uiterlijk_op = regel.taak.uiterlijk_op
    assert uiterlijk_op is not None
    over = (uiterlijk_op - dag).days
    wanneer = "vandaag" if over == 0 else "morgen" if over == 1 else f"over {over} dagen"
    if regel.waarom:
        naam = f"De termijn '{regel.taak.termijn_naam}'" if regel.taak.termijn_naam else "De afgesproken tijd"
        return f"{naam} loopt tot en met {datum(uiterlijk_op)}, {wanneer}, en wordt niet gehaald"
    if over < 0:
        te_laat = aantal(late(uiterlijk_op, dag, werkdag), "werkdag", "werkdagen")
        return f"Dit moest uiterlijk {datum(uiterlijk_op)}; dat is {te_laat} te laat"
    return "Dit moet vandaag" if over == 0 else f"Dit moet uiterlijk {datum(uiterlijk_op)}, {wanneer}"


def _unreached(namen: Iterable[str]) -> str:
    wie = list(dict.fromkeys(namen))
    heeft = "heeft" if len(wie) == 1 else "hebben"
    return (
        f"{opsomming(wie)} {heeft} ook een herinnering, maar geen e-mailadres dat kan worden gebruikt. Geef het zelf "
        "door, of vraag de beheerder een e-mailadres in te vullen."
    )
