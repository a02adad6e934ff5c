"""Doing a step with the body of its handeling alone, without asking the rules that it would pass anyway."""

from __future__ import annotations

from datetime import date
from typing import Any

from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.rechten import rol_in, rollen_voor
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import Handeling, Uitkomst, Zaak, dossier_van, reglement_van
from klachten.handelingen.veld import check
from klachten.organisatie import Gebruiker
from klachten.reglement import STANDAARD, Reglement
from klachten.voorbeeld.feitvorm import Feitvorm, NietInTeVullen, as_it_is, form_of, has_default, places
from klachten.voorbeeld.herhaling import Herhaling, Stap
from klachten.voorbeeld.meekijken import Kijkregister, Notities, watched, watched_value
from klachten.voorbeeld.stand import is_known


def do(
    klad: Any, handeling: Handeling, wie: Gebruiker, nummer: str, vandaag: date, invoer: dict[str, Any], reden: str
) -> Uitkomst:
    """Record what the body makes; with a reason it is asked what deviates, and what that does to other facts."""
    dossier = None if handeling.nieuw else dossier_van(klad, nummer)
    reglement = reglement_van(klad, dossier, STANDAARD, op=vandaag)
    rol = _role(dossier, handeling, wie, reglement)
    zaak = Zaak(klad, klad, dossier, nummer, wie, rol, vandaag, reglement, reden)
    goed = check(handeling.gevraagd, invoer, reglement, vandaag)
    if reden:
        return handeling.record(zaak, goed, checked=False)
    return _recorded(klad, zaak, rol, _facts(handeling.lichaam(zaak, **goed)))


def do_first(
    klad: Any, herhaling: Herhaling, handeling: Handeling, wie: Gebruiker, stap: Stap, invoer: dict[str, Any]
) -> Uitkomst:
    """The same, seeing what the body looks at, so that the next step like this one can be filled in."""
    dossier = None if handeling.nieuw else dossier_van(klad, stap.nummer)
    notities, waarden = Notities(), stap.waarden
    reglement = reglement_van(klad, dossier, STANDAARD, op=waarden[-1])
    goed = check(handeling.gevraagd, invoer, reglement, waarden[-1])
    vandaag = _copy(waarden[-1])
    waar = {id(vandaag): len(waarden) - 1}
    for i in (*stap.vorm.dagen, *stap.vorm.teksten, *stap.vorm.ids):
        naam = stap.vorm.namen[i]
        if goed[naam]:
            waarden[i] = goed[naam]
            anders = watched_value(naam, goed[naam], notities) if i in stap.vorm.ids else _copy(goed[naam])
            goed[naam] = anders
            waar[id(anders)] = i
    gezien = dossier and watched(dossier, notities)
    klad_gezien = Kijkregister(klad, notities)
    rol = _role(gezien, handeling, wie, reglement)
    zaak = Zaak(klad_gezien, klad_gezien, gezien, stap.nummer, wie, rol, vandaag, reglement)  # type: ignore[arg-type]
    gemaakt = _facts(handeling.lichaam(zaak, **goed))
    feiten = [as_it_is(feit, waar, waarden) for feit in gemaakt]
    zaak.ook = [anders._replace(feit=as_it_is(anders.feit, waar, waarden)) for anders in zaak.ook]
    uitkomst = _recorded(klad, zaak, rol, feiten)
    nummers = [(handeling.reeks, waarden[stap.vorm.op].year)] if handeling.nieuw else []
    alleen = not (zaak.ook or zaak.stukken or zaak.document or zaak.corrigeert) and notities.nummers == nummers
    notities.velden |= {
        stap.vorm.namen[i] for f in gemaakt for veld, i in places(f, waar).items() if has_default(f, veld)
    }
    vormen: list[Feitvorm] = []
    if alleen and is_known(notities.dossier) and len(waar) == len({*waar.values()}):
        try:
            vormen = [form_of(feit, waar, waarden) for feit in gemaakt]
        except NietInTeVullen:
            vormen = []
    stap.vorm.learn(notities.velden, notities.dossier, notities.soorten)
    herhaling.keep(stap, dossier, dossier_van(klad, uitkomst.klachtnummer), rol, vormen)
    return uitkomst


def _role(dossier: Feiten | None, handeling: Handeling, wie: Gebruiker, reglement: Reglement) -> str:
    if isinstance(dossier, Dossier):
        return rol_in(dossier, handeling.naam, wie, reglement) or ""
    rollen = rollen_voor(handeling.naam, reglement, dossier.klachtnummer[:1] if dossier else handeling.reeks)
    return next(rol for rol in rollen if wie.heeft(rol))


def _facts(gemaakt: Any) -> list[Gebeurtenis]:
    return [gemaakt] if isinstance(gemaakt, Gebeurtenis) else list(gemaakt)


def _recorded(klad: Any, zaak: Zaak, rol: str, feiten: list[Gebeurtenis]) -> Uitkomst:
    nrs = [
        klad.leg_vast(nummer, feit, door=zaak.gebruiker.id, rol=rol, corrigeert=corrigeert, document=zaak.document)
        for nummer, feit, corrigeert in [*((zaak.klachtnummer, f, zaak.corrigeert) for f in feiten), *zaak.ook]
    ]
    return Uitkomst(zaak.klachtnummer, tuple(nrs))


def _copy(waarde: Any) -> Any:
    """Return an equal day or text that is another object."""
    return waarde.replace() if isinstance(waarde, date) else "".join([waarde[:1], waarde[1:]])
