"""The door of a register of a firm: who may come in is asked of its facts, and how of its folder `toegang/`.

In the example there is none: the gate lets this machine in, and one chooses who one is.
"""

from __future__ import annotations

import threading
from datetime import date

from klachten import scherm
from klachten.handelingen.organisatie import eerste
from klachten.kijklog.regel import GEOPEND
from klachten.organisatie import Gebruiker
from klachten.register import Register, RegisterFout
from klachten.scherm import kijker, kijklog, klok
from klachten.scherm.merk import BEELDEN
from klachten.scherm.paginas import PAGINAS
from klachten.scherm.volgen import Aanmeldregels, follow
from klachten.toegang import instellingen
from klachten.toegang.aanmelden import Aanmelden
from klachten.toegang.accounts import Accounts
from klachten.toegang.echt import ask_to_sign_in
from klachten.toegang.eerste import Eerste, Gegevens
from klachten.toegang.opslag import Opslag
from klachten.toegang.staat import Staat

GEEN_DEUR = (
    "In de map {map} kan niet worden geschreven. Niemand kan zich er dan aanmelden, en wie er kijkt wordt niet "
    "vastgelegd; daarom gaat dit register zo niet open. Kopieer de map naar een plek waar u mag schrijven, noem die in "
    "KLACHTEN_DATA en start opnieuw. Controleren kan wel: python -m klachten controleer"
)

_slot = threading.Lock()


class Mensen:
    """The people of a register as signing in knows them, and the first of them."""

    def __init__(self, register: Register) -> None:
        self._register = register

    @property
    def organisatie(self) -> str:
        """The name of the organisation; empty until it has one."""
        return self._register.organisatie.gegevens().naam

    def persoon(self, id: str, op: date) -> Gebruiker | None:
        """Return somebody who works here on a day, with the roles of that day."""
        persoon = self._register.organisatie.mensen.get(id)
        return persoon.gebruiker(op) if persoon and persoon.werkt(op) else None

    def beheerder(self) -> Gebruiker | None:
        """Return the beheerder that was recorded when an earlier first start broke off."""
        return next(iter(self._register.organisatie.met_rol("beheerder", op=scherm.vandaag())), None)

    def e_mail(self, id: str) -> str:
        """Return the address that was recorded of somebody; empty for none."""
        return self._register.organisatie.mensen[id].naamdelen.e_mail

    def begin(self, gegevens: Gegevens) -> str:
        """Record the organisation and its first beheerder; returns the id of that person."""
        return eerste.begin(self._register, **vars(gegevens), op=scherm.vandaag())


def is_own(register: Register) -> bool:
    """Tell whether a register is that of a firm, or becomes it now; what it is, is a fact and never changes."""
    eigen = register.organisatie
    if eigen.ingericht:
        return not eigen.voorbeeld
    return instellingen.wants_own() and eerste.only_taken_over(register)


def close_for(staat: Staat, register: Register) -> None:
    """Let the gate ask everybody to sign in when this register is of a firm; OnveiligAdres where that is not safe."""
    with _slot:
        if not staat.voorbeeld or not is_own(register):
            return
        if register.schrijfstand.kopie:
            raise RegisterFout(GEEN_DEUR.format(map=register.map))
        mensen = Mensen(register)
        opslag = Opslag(register.map / instellingen.MAP)
        regels = Aanmeldregels(register, Accounts(opslag), elders=staat.instellingen.oidc is not None)
        deur = Aanmelden(opslag, mensen, scherm.vandaag, regels, meld=kijklog.melder(register))
        # Much may have happened while this folder was elsewhere, as after a restored back-up.
        if klok.van(register).vraag() is None:
            follow(deur, register, staat.klok())

        def refused(hash: str, pad: str) -> None:
            if sessie := deur.sessies.living(hash, staat.klok()):
                kijklog.van(register).note(GEOPEND, sessie.persoon, waar=pad, sessie=hash, geweigerd=True)

        staat.geweigerd = refused
        begin = Eerste(deur, mensen, _show)
        ask_to_sign_in(staat, deur, [pagina.naam for pagina in PAGINAS], BEELDEN, kijker.farewell, begin)


def _show(code: str) -> None:
    print(
        f"Er kan zich nog niemand aanmelden. Open het register op deze computer en vul deze code in: {code}", flush=True
    )
