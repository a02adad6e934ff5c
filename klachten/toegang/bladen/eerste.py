"""The first start: the code of the console, then the first beheerder."""

from __future__ import annotations

import asyncio
from dataclasses import fields

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from klachten.toegang import totp
from klachten.toegang.aanmelden import Geweigerd
from klachten.toegang.accounts import NaamBezet
from klachten.toegang.bladen.blad import TE_LANG, Blad, text, with_cookie
from klachten.toegang.eerste import Eerste, Gegevens
from klachten.toegang.voorsessies import Voorsessie

_EERSTE = "eerste"
_VELDEN = [veld.name for veld in fields(Gegevens)]


class EersteStart(Blad):
    """The pages for whoever started a register that has no accounts. The gate lets nobody else here."""

    async def first(self, vraag: Request) -> Response:
        """Ask for the code that stands in the window in which the app was started."""
        voor, fout = self.pre(vraag), ""
        if vraag.method == "POST":
            vorm = await vraag.form()
            try:
                if voor is None or not self.fits(voor.hash, vorm):
                    raise Geweigerd(TE_LANG, soort="invoer")
                self._eerste().check(text(vorm, "code"))
            except Geweigerd as reden:
                fout = str(reden)
            else:
                self.voor.end(voor)
                koek, _ = self.voor.begin(self.klok(), "/", wacht_op=_EERSTE)
                return with_cookie(RedirectResponse("/eerste/beheerder", 303), vraag, koek, voor=True)
        koek = ""
        if voor is None or voor.wacht_op:
            koek, voor = self.voor.begin(self.klok(), "/")
        antwoord = self.page(
            "eerste_code.html", "Uw register beginnen", 403 if fout else 200, fout=fout, merk=self.mark(voor.hash)
        )
        return with_cookie(antwoord, vraag, koek, voor=True) if koek else antwoord

    async def first_account(self, vraag: Request) -> Response:
        """Ask who the first beheerder is, and make the account; a second step follows."""
        voor = self.pre(vraag)
        if voor is None or voor.wacht_op != _EERSTE:
            return RedirectResponse("/eerste", 303)
        if vraag.method != "POST":
            return self._ask_beheerder(voor, Gegevens("", "", "", "", ""))
        vorm = await vraag.form()
        gegevens = Gegevens(**{veld: text(vorm, veld).strip() for veld in _VELDEN})
        try:
            if not self.fits(voor.hash, vorm):
                raise Geweigerd(TE_LANG, soort="invoer")
            nieuw, herhaald = text(vorm, "nieuw"), text(vorm, "herhaald")
            persoon, stap = await asyncio.to_thread(self._eerste().make, gegevens, nieuw, herhaald, self.klok())
        except (Geweigerd, NaamBezet) as fout:
            return self._ask_beheerder(voor, gegevens, fout=str(fout))
        self.voor.end(voor)
        koek, _ = self.voor.begin(self.klok(), "/", persoon=persoon, wacht_op=stap, geheim=totp.new_secret())
        return with_cookie(RedirectResponse(f"/aanmelden/{stap}", 303), vraag, koek, voor=True)

    def _ask_beheerder(self, voor: Voorsessie, gegevens: Gegevens, *, fout: str = "") -> Response:
        return self.page(
            "eerste_beheerder.html",
            "De eerste beheerder",
            403 if fout else 200,
            fout=fout,
            gegevens=gegevens,
            bestaand=self._eerste().inrichting.beheerder(),
            merk=self.mark(voor.hash),
        )

    def _eerste(self) -> Eerste:
        assert self.eerste
        return self.eerste
