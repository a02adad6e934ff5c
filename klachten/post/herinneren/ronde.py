"""A round: once a day everybody who has to be is reminded, in one group of facts: it is done, or it is not.

That it was done is a fact too. So a restart, two rounds at once and a clock that goes back never remind twice, and a
day on which the app was off, or until the evening, is made up for on the next ordinary one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from weakref import WeakKeyDictionary

from klachten.analyse.basis.bewaard import Bewaard
from klachten.analyse.werk import herinnering
from klachten.analyse.werk.werkvoorraad import werkvoorraad
from klachten.gebeurtenissen import NUMMER, BerichtIngetrokken, HerinneringGestuurd, HerinneringsrondeGedaan
from klachten.handelingen import reglement_van
from klachten.organisatie.herinneringen import LAATST, hour, may_mail
from klachten.post.herinneren.bepalen import ONHAALBAAR, Overzicht, Sleutel, due, since
from klachten.post.herinneren.geheugen import of_day, of_days, of_messages, of_rule, rounds
from klachten.post.herinneren.overzicht import subject, text
from klachten.post.uit import APP, may_send, open_berichten, queue, stand
from klachten.post.uit.bericht import AANGEHOUDEN, MISLUKT, OVERZICHT, WACHT, Bericht
from klachten.post.uit.overdag import day_of
from klachten.register import Boeking, Register
from klachten.tijdzone import NEDERLAND
from klachten.toegang.instellingen import Instellingen

IN_HET_VOORBEELD = 7
"""In an example nobody reads them, and page Post would hold hundreds: there is a round once in so many days."""
LAATSTE = 500
"""So many messages are looked through for those of today."""
_NIET_MEER = frozenset({WACHT, AANGEHOUDEN, MISLUKT})

_slot = threading.Lock()
_gedaan: WeakKeyDictionary[Register, tuple[date, int]] = WeakKeyDictionary()
"""The round of which it is known that it was done, so that it is not looked up every minute."""


@dataclass(frozen=True)
class Ronde:
    """What a round came to: who got an overview of how many lines, and whether it went by mail; `waarom` not, if not.

    `opnieuw` are the overviews of an earlier day that never went out, and were taken along in these.
    """

    dag: date
    overzichten: tuple[Overzicht, ...] = ()
    per_mail: int = 0
    opnieuw: int = 0
    waarom: str = ""


def run(
    register: Register,
    instellingen: Instellingen,
    nu: datetime,
    *,
    vandaag: date | None = None,
    bewaard: Bewaard | None = None,
) -> Ronde:
    """Remind everybody who has to be at a moment (UTC); nothing when that was done or it is not the time for it.

    `vandaag` is another day than that of the moment, in an example. RegisterFout when nothing can be recorded.
    """
    dag = vandaag or nu.astimezone(NEDERLAND).date()
    uur = _hour(register, dag, nu)
    if isinstance(uur, str):
        return Ronde(dag, waarom=uur)
    with _slot:
        if _gedaan.get(register) == (dag, uur):
            return Ronde(dag, waarom=GEDAAN)
        gedaan = rounds(register)
        if waarom := _done(register, gedaan, dag, uur):
            ronde = Ronde(dag, waarom=waarom)
        else:
            ronde = _round(register, instellingen, dag, uur, gedaan, bewaard)
        _gedaan[register] = (dag, uur)
        return ronde


GEEN_REGELS = "Er zijn geen regels voor herinneringen: een beheerder stelt ze in bij Organisatie."
VRIJ = "Op een dag zonder werk wordt niemand herinnerd."
BUITEN = (
    "Nu wordt niemand herinnerd: dat gebeurt overdag, vanaf het uur dat in de regels staat en tot "
    f"{LAATST - 12} uur 's avonds."
)
GEDAAN = "Wie vandaag een herinnering hoort te krijgen, heeft die al."
WEKELIJKS = "In het voorbeeld wordt één keer per week herinnerd, en die keer is geweest."


def _hour(register: Register, dag: date, nu: datetime) -> int | str:
    """Return up to which hour the rules are followed now, or the Dutch sentence that says why nobody is reminded."""
    if not register.organisatie.ingericht:
        return GEEN_REGELS
    if register.alleen_lezen:
        return register.alleen_lezen
    uren = {hour(regel) for regel in register.organisatie.herinneringsregels(dag)}
    if not uren:
        return GEEN_REGELS
    if not herinnering.werkdag(register.organisatie)(dag):
        return VRIJ
    # In an example the day can be another one; the hour is that of now.
    geweest = [uur for uur in uren if uur <= nu.astimezone(NEDERLAND).hour]
    if not geweest or not may_mail(nu, lambda _: True):
        return BUITEN
    return max(geweest)


def _done(register: Register, gedaan: dict[date, int], dag: date, uur: int) -> str:
    if gedaan.get(dag, -1) >= uur:
        return GEDAAN
    week = dag - timedelta(days=IN_HET_VOORBEELD)
    return WEKELIJKS if register.organisatie.voorbeeld and any(week < eerder < dag for eerder in gedaan) else ""


def look(
    register: Register,
    dag: date,
    *,
    uur: int = 24,
    bewaard: Bewaard | None = None,
    gedaan: dict[date, int] | None = None,
) -> tuple[list[Overzicht], list[Bericht]]:
    """Return who would get an overview on a day, and which of before would be taken along; nothing is done."""
    gedaan = rounds(register) if gedaan is None else gedaan
    oud = _old(register, dag)
    opnieuw: dict[str, set[Sleutel]] = {}
    for eerder in of_messages(register, [bericht.nr for bericht in oud]):
        opnieuw.setdefault(eerder.aan, set()).add(eerder.sleutel)
    with register.cursor() as cursor:
        gevonden = due(
            cursor,
            register.organisatie,
            # What has no last day is of nobody to remind of: the numbers of trajecten need no vestigingen.
            werkvoorraad(cursor, dag, (), bewaard=bewaard),
            dag,
            uur=uur,
            gedaan=gedaan,
            verteld=_told_of(register, gedaan, dag),
            gehad=_had(register, dag),
            gezegd={(eerder.aan, eerder.sleutel) for eerder in of_rule(register, ONHAALBAAR)},
            opnieuw=opnieuw,
            bewaard=bewaard,
        )
    return gevonden, oud


def _told_of(register: Register, gedaan: Mapping[date, int], dag: date) -> dict[tuple[str, Sleutel], date]:
    """Return when who was last told of what, as far back as is looked for what was not."""
    regels = register.organisatie.herinneringsregels(dag)
    vanaf = min((sinds for regel in regels if (sinds := since(regel, gedaan, dag))), default=None)
    uit: dict[tuple[str, Sleutel], date] = {}
    for eerder in of_days(register, vanaf, dag) if vanaf else ():
        uit.setdefault((eerder.aan, eerder.sleutel), eerder.op)
    return uit


def _old(register: Register, dag: date) -> list[Bericht]:
    """Return the overviews of earlier days that never went out: they say the days of then, and it is told anew.

    In an example nothing goes out, and what stands there has been told.
    """
    if register.organisatie.voorbeeld:
        return []
    wachtend = (een for een in open_berichten(register) if een.waarvoor == OVERZICHT and een.toestand in _NIET_MEER)
    return [bericht for bericht in wachtend if day_of(bericht) < dag]


def _had(register: Register, dag: date) -> set[str]:
    """Return who was reminded on a day already, or told of who could not be."""
    wie = {persoon.nummer: id for id, persoon in register.organisatie.mensen.items()}
    gestuurd = (bericht for bericht in stand(register, hoogstens=LAATSTE) if bericht.waarvoor == OVERZICHT)
    dossiers = {bericht.klachtnummer for bericht in gestuurd if day_of(bericht) == dag}
    return {eerder.aan for eerder in of_day(register, dag)} | {wie[nummer] for nummer in dossiers & wie.keys()}


def _round(
    register: Register,
    instellingen: Instellingen,
    dag: date,
    uur: int,
    gedaan: dict[date, int],
    bewaard: Bewaard | None,
) -> Ronde:
    gevonden, oud = look(register, dag, uur=uur, bewaard=bewaard, gedaan=gedaan)
    per_mail = register.organisatie.voorbeeld or not may_send(register, instellingen)
    is_werkdag = herinnering.werkdag(register.organisatie)
    reglement = reglement_van(register, None, op=dag)

    def inhoud(overzicht: Overzicht) -> str:
        return text(overzicht, dag, is_werkdag, instellingen.adres, reglement)

    with register.schrijven() as boeking:
        # With the lock for writing held nobody begins a round or sends a message any more.
        if rounds(register).get(dag, -1) >= uur:
            return Ronde(dag, waarom=GEDAAN)
        nog = {bericht.nr for bericht in _old(register, dag)}
        # Who waits for a rule of a later hour gets it then.
        nu = {register.organisatie.mensen[overzicht.wie.id].nummer for overzicht in gevonden}
        laatste = uur >= max(hour(regel) for regel in register.organisatie.herinneringsregels(dag))
        weg = [bericht for bericht in oud if bericht.nr in nog and (laatste or bericht.klachtnummer in nu)]
        for bericht in weg:
            feit = BerichtIngetrokken(gebeurd_op=dag, bericht=bericht.nr, reden=VERVANGEN)
            boeking.leg_vast(bericht.klachtnummer, feit, door=APP, rol=APP)
        verstuurd = [_tell(register, boeking, overzicht, dag, per_mail, inhoud) for overzicht in gevonden]
        boeking.leg_vast(NUMMER, HerinneringsrondeGedaan(gebeurd_op=dag, uur=uur), door=APP, rol=APP)
    return Ronde(dag, tuple(gevonden), sum(verstuurd), len(weg))


VERVANGEN = "Dit overzicht is niet op zijn dag verstuurd; een nieuw overzicht komt ervoor in de plaats."


def _tell(
    register: Register,
    boeking: Boeking,
    overzicht: Overzicht,
    dag: date,
    per_mail: bool,
    inhoud: Callable[[Overzicht], str],
) -> bool:
    """Put one overview ready and record of what it reminds; tell whether it goes by mail."""
    nr = 0
    if per_mail and overzicht.adres:
        nr = queue(
            register,
            register.organisatie.mensen[overzicht.wie.id].nummer,
            waarvoor=OVERZICHT,
            aan=overzicht.adres,
            onderwerp=subject(overzicht, dag),
            inhoud=inhoud(overzicht),
            op=dag,
            boeking=boeking,
        )
    for (dossier, waarvoor, wat, uiterlijk_op), regel in overzicht.sleutels.items():
        feit = HerinneringGestuurd(
            gebeurd_op=dag, aan=overzicht.wie.id, waarvoor=waarvoor, wat=wat, uiterlijk_op=uiterlijk_op, regel=regel,
            bericht=nr,
        )  # fmt: skip
        boeking.leg_vast(dossier, feit, door=APP, rol=APP)
    return nr > 0
