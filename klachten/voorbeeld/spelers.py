"""Does the zetten with the real handelingen, and knows which numbers the dossiers and facts got."""

from __future__ import annotations

from typing import Any

from klachten import organisatie
from klachten.dossier.klacht import Dossier
from klachten.dossier.rechten import rol_in, rollen_voor
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import HANDELINGEN, Handeling, Uitkomst, Zaak, dossier_van, reglement_van
from klachten.handelingen.veld import check
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.reglement import STANDAARD
from klachten.voorbeeld.verzamelaar import Verzamelaar
from klachten.voorbeeld.zet import Feitnummer, Nummer, Zet


class Spelers:
    """The people of the example. With `elke` above 1 only one course in so many passes every rule again."""

    def __init__(self, register: Register | Verzamelaar, elke: int = 1) -> None:
        self._register: Any = register
        self._elke = elke
        self._nummers: dict[str, str] = {}
        self._feiten: dict[str, dict[str, int]] = {}
        self.klachten = 0

    def play(self, zet: Zet) -> None:
        """Do one zet; a refusal is a mistake of the example and is raised."""
        handeling = HANDELINGEN[zet.handeling]
        wie = organisatie.gebruiker(zet.door, zet.moment.date())
        if wie is None:
            raise ValueError(f"{zet.door} plays no part")
        invoer = {naam: self._number(waarde) for naam, waarde in zet.invoer.items()}
        nummer = "" if handeling.nieuw else self._nummers[zet.dossier]
        try:
            if self._is_plain(zet, handeling):
                uitkomst = self._record(handeling, wie, nummer, zet, invoer)
            else:
                uitkomst = handeling(self._register, wie, nummer, vandaag=zet.moment.date(), reden=zet.reden, **invoer)
        except Exception as fout:
            fout.add_note(f"{zet}")
            raise
        self._nummers[zet.dossier] = uitkomst.klachtnummer
        self.klachten += handeling.nieuw and handeling.reeks == "K"
        if zet.naam:
            self._feiten.setdefault(zet.dossier, {})[zet.naam] = uitkomst.nrs[0]
        if zet.laatste:
            self._feiten.pop(zet.dossier, None)
            if isinstance(self._register, Verzamelaar):
                self._register.forget(uitkomst.klachtnummer)

    def _number(self, waarde: object) -> object:
        if isinstance(waarde, Nummer):
            return self._nummers[waarde.dossier]
        if isinstance(waarde, Feitnummer):
            return self._feiten[waarde.dossier][waarde.zet]
        return waarde

    def _is_plain(self, zet: Zet, handeling: Handeling) -> bool:
        """Whether the rules may be passed over: no deviation is expected, and another course was checked in full."""
        if self._elke == 1 or handeling.reeks != "K" or zet.reden:
            return False
        return int(zet.dossier[1:]) % self._elke != 0

    def _record(self, handeling: Handeling, wie: Gebruiker, nummer: str, zet: Zet, invoer: dict[str, Any]) -> Uitkomst:
        """Make the facts with the body of the handeling itself, without asking the rules that it would pass anyway."""
        klad, vandaag = self._register, zet.moment.date()
        dossier = None if handeling.nieuw else dossier_van(klad, nummer)
        reglement = reglement_van(klad, dossier, STANDAARD, op=vandaag)
        if isinstance(dossier, Dossier):
            rol = rol_in(dossier, handeling.naam, wie, reglement) or ""
        else:
            rollen = rollen_voor(handeling.naam, reglement)
            rol = next(rol for rol in rollen if wie.heeft(rol))
        zaak = Zaak(klad, klad, dossier, nummer, wie, rol, vandaag, reglement)
        gemaakt = handeling.lichaam(zaak, **check(handeling.gevraagd, invoer, reglement, vandaag))
        feiten = [gemaakt] if isinstance(gemaakt, Gebeurtenis) else list(gemaakt)
        nrs = [
            klad.leg_vast(nummer, feit, door=wie.id, rol=rol, corrigeert=corrigeert, document=zaak.document)
            for nummer, feit, corrigeert in [*((zaak.klachtnummer, f, zaak.corrigeert) for f in feiten), *zaak.ook]
        ]
        return Uitkomst(zaak.klachtnummer, tuple(nrs))
