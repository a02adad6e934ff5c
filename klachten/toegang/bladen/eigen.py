"""The own sign-in: where one is signed in, the password, the second step, signing out."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from klachten.toegang import totp
from klachten.toegang.aanmelden import Geweigerd
from klachten.toegang.bladen.blad import GEBLEKEN, TE_LANG, Blad, clock, text, vandaan, who_is_in, with_cookie

VOORAF = 300.0
"""So many seconds before a session ends a page says so; less when the whole of it is short."""
STIL_ZIN = "U hebt een tijd niets vastgelegd of geopend. Om {om} uur wordt u afgemeld."
HOOGSTENS_ZIN = (
    "Om {om} uur wordt u afgemeld, omdat u dan lang genoeg bent aangemeld. Leg vast waar u mee bezig bent; daarna "
    "meldt u zich opnieuw aan."
)


class Eigen(Blad):
    """The pages for who is signed in."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._tweede_stap: dict[str, str] = {}

    async def mine(self, vraag: Request) -> Response:
        """Show where one is signed in, and what one can change about it."""
        return self._mine(vraag, gelukt=GEBLEKEN.get(vraag.query_params.get("gelukt", ""), ""))

    async def rest(self, vraag: Request) -> Response:
        """Tell how long the session still lasts, and from when on that has to be said; asked by a script (blijf.js).

        With POST the gate has counted it as use of the session. It carries no mark: that the request came from a page
        of this register is enough for what does nothing but stay.
        """
        sessie, nu, regels = who_is_in(vraag), self.klok(), self.deur.regels()
        einde, hoogstens = self.deur.sessies.until(sessie.hash, nu), sessie.gemaakt + regels.hoogstens
        blijven = einde < hoogstens
        return JSONResponse(
            {
                "rest": einde - nu,
                "vooraf": min(VOORAF, (regels.stil if blijven else regels.hoogstens) / 3),
                "blijven": blijven,
                "zin": (STIL_ZIN if blijven else HOOGSTENS_ZIN).format(om=clock(einde)),
            }
        )

    async def password(self, vraag: Request) -> Response:
        """Change the own password."""
        sessie, vorm = who_is_in(vraag), await vraag.form()
        try:
            self.own_form(sessie, vorm)
            await asyncio.to_thread(
                self.deur.change_password,
                sessie,
                *(text(vorm, naam) for naam in ("oud", "nieuw", "herhaald")),
                vandaan(vraag).client,
                self.klok(),
            )
        except Geweigerd as fout:
            return self._mine(vraag, fout=str(fout), open="wachtwoord")
        return RedirectResponse("/mijn-aanmelding?gelukt=gewijzigd", 303)

    async def second_step(self, vraag: Request) -> Response:
        """Begin a (new) second step; the password is asked again, as the browser may have been left open."""
        sessie, vorm = who_is_in(vraag), await vraag.form()
        try:
            self.own_form(sessie, vorm)
            await asyncio.to_thread(
                self.deur.confirm, sessie.persoon, text(vorm, "oud"), vandaan(vraag).client, self.klok()
            )
        except Geweigerd as fout:
            return self._mine(vraag, fout=str(fout), open="tweede_stap")
        geheim = self._tweede_stap[sessie.hash] = totp.new_secret()
        return self.ask_enrolment(sessie.persoon, geheim, sessie.hash, "/mijn-aanmelding/inschrijven")

    async def enrol_later(self, vraag: Request) -> Response:
        """Finish a second step that was begun by who is signed in."""
        sessie, vorm = who_is_in(vraag), await vraag.form()
        geheim = self._tweede_stap.get(sessie.hash, "")
        try:
            self.own_form(sessie, vorm)
            if not geheim:
                raise Geweigerd(TE_LANG, soort="invoer")
        except Geweigerd as fout:
            return self._mine(vraag, fout=str(fout), open="tweede_stap")
        try:
            codes = await asyncio.to_thread(self.deur.enrol, sessie.persoon, geheim, text(vorm, "code"), self.klok())
        except Geweigerd as fout:
            return self.ask_enrolment(
                sessie.persoon, geheim, sessie.hash, "/mijn-aanmelding/inschrijven", fout=str(fout)
            )
        del self._tweede_stap[sessie.hash]
        self.deur.sessies.proven(sessie.hash)
        self.deur.sessies.end_all(sessie.persoon, behalve=sessie.hash)
        return self.page("codes.html", "Uw herstelcodes", codes=codes, naar="/mijn-aanmelding")

    async def end_other(self, vraag: Request) -> Response:
        """End one of the own sessions."""
        sessie, vorm = who_is_in(vraag), await vraag.form()
        ander = text(vorm, "sessie")
        try:
            self.own_form(sessie, vorm)
        except Geweigerd as fout:
            return self._mine(vraag, fout=str(fout))
        self.deur.end_other(sessie, ander, self.klok())
        return RedirectResponse("/mijn-aanmelding?gelukt=einde", 303)

    async def sign_out(self, vraag: Request) -> Response:
        """Sign out here: in every tab of this browser."""
        return await self._sign_out(vraag, "afgemeld")

    async def sign_out_everywhere(self, vraag: Request) -> Response:
        """Sign out in every browser."""
        return await self._sign_out(vraag, "overal")

    async def _sign_out(self, vraag: Request, gelukt: str) -> Response:
        sessie = who_is_in(vraag)
        try:
            self.own_form(sessie, await vraag.form())
        except Geweigerd as fout:
            return self._mine(vraag, fout=str(fout))
        self.deur.end(sessie, overal=gelukt == "overal")
        self._tweede_stap.pop(sessie.hash, None)
        return with_cookie(RedirectResponse(f"/aanmelden?gelukt={gelukt}", 303), vraag, "")

    def _mine(self, vraag: Request, *, fout: str = "", gelukt: str = "", open: str = "") -> Response:
        sessie = who_is_in(vraag)
        wie, account = self.deur.who(sessie.persoon), self.deur.accounts.of(sessie.persoon)
        if wie is None or account is None:
            self.deur.sessies.end(sessie.hash)
            return with_cookie(RedirectResponse("/aanmelden", 303), vraag, "")
        eigen = self.deur.sessies.of(sessie.persoon, self.klok())
        return self.page(
            "mijn.html",
            "Mijn aanmelding",
            403 if fout else 200,
            fout=fout,
            gelukt=gelukt,
            open=open,
            breed=True,
            wie=wie,
            aanmeldnaam=account.aanmeldnaam,
            sessies=[{**asdict(een), "hier": een.hash == sessie.hash} for een in eigen],
            tweede_stap=bool(account.totp),
            codes=self.deur.codes.left(sessie.persoon),
            merk=self.mark(sessie.hash),
        )
