"""Does the zetten with the real handelingen, and knows which numbers the dossiers and facts got."""

from __future__ import annotations

import re
from typing import Any

from klachten import organisatie
from klachten.handelingen import HANDELINGEN, Handeling, Uitkomst
from klachten.register import Register
from klachten.voorbeeld import lichaam
from klachten.voorbeeld.herhaling import Gedaan, Herhaling, Stap
from klachten.voorbeeld.stroomverzamelaar import Stroomverzamelaar
from klachten.voorbeeld.verzamelaar import Verzamelaar
from klachten.voorbeeld.zet import Feitnummer, Nummer, Zet

VERBETERT = frozenset({"corrigeren_feit", "herroepen_feit"})
_VOLGNR = re.compile("[0-9]+")


class Spelers:
    """The people of the example. With `elke` above 1 only one course in so many passes every rule again."""

    def __init__(self, register: Register | Verzamelaar, elke: int = 1) -> None:
        self._register: Any = register
        self._elke = elke
        self._herhaling = Herhaling(register) if isinstance(register, Stroomverzamelaar) else None
        self._nummers: dict[str, str] = {}
        self._feiten: dict[str, dict[str, int]] = {}
        self._gewoon: dict[str, bool] = {}
        self.klachten = 0

    def play(self, zet: Zet) -> None:
        """Do one zet; a refusal is a mistake of the example and is raised."""
        handeling = HANDELINGEN[zet.handeling]
        nummer = "" if handeling.nieuw else self._nummers[zet.dossier]
        try:
            nummer, nr = self._do(handeling, zet, nummer)
        except Exception as fout:
            fout.add_note(f"{zet}")
            raise
        if handeling.nieuw:
            self._nummers[zet.dossier] = nummer
            self.klachten += handeling.reeks == "K"
        if zet.naam:
            self._feiten.setdefault(zet.dossier, {})[zet.naam] = nr
        if zet.laatste:
            self._feiten.pop(zet.dossier, None)
            self._gewoon.pop(zet.dossier, None)
            if isinstance(self._register, Verzamelaar):
                self._register.forget(nummer)

    def _do(self, handeling: Handeling, zet: Zet, nummer: str) -> Gedaan:
        vandaag = zet.moment.date()
        gewoon, stap = self._is_plain(zet, handeling), None
        if gewoon and self._herhaling is not None and not zet.reden:
            self._herhaling.check_organisation()
            gedaan = self._herhaling.do(handeling, zet, nummer, vandaag)
            if isinstance(gedaan, tuple):
                return gedaan
            stap = gedaan
        uitkomst = self._do_it(handeling, zet, nummer, stap, gewoon=gewoon)
        return uitkomst.klachtnummer, uitkomst.nrs[0] if zet.naam else 0

    def _do_it(self, handeling: Handeling, zet: Zet, nummer: str, stap: Stap | None, *, gewoon: bool) -> Uitkomst:
        """Do a zet with the handeling itself, or with its body alone."""
        vandaag = zet.moment.date()
        wie = organisatie.gebruiker(zet.door, vandaag)
        if wie is None:
            raise ValueError(f"{zet.door} plays no part")
        invoer = {naam: self._number(waarde) for naam, waarde in zet.invoer.items()}
        if stap is not None:
            return lichaam.do_first(self._register, self._herhaling, handeling, wie, stap, invoer)
        if gewoon:
            return lichaam.do(self._register, handeling, wie, nummer, vandaag, invoer, zet.reden)
        return handeling(self._register, wie, nummer, vandaag=vandaag, reden=zet.reden, **invoer)

    def _number(self, waarde: object) -> object:
        if isinstance(waarde, Nummer):
            return self._nummers[waarde.dossier]
        if isinstance(waarde, Feitnummer):
            return self._feiten[waarde.dossier][waarde.zet]
        return waarde

    def _is_plain(self, zet: Zet, handeling: Handeling) -> bool:
        """Whether the rules may be passed over: another course of a klacht or signaal was checked in full.

        What puts a fact right always passes them.
        """
        if self._elke == 1 or handeling.reeks not in "KS" or zet.handeling in VERBETERT:
            return False
        gewoon = self._gewoon.get(zet.dossier)
        if gewoon is None:
            gewoon = self._gewoon[zet.dossier] = int(_VOLGNR.findall(zet.dossier)[-1]) % self._elke != 0
        return gewoon
