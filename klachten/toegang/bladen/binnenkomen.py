"""The way in: name and password, the second step, an invitation."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from klachten.toegang import aanmelden, totp, uitnodigen
from klachten.toegang.aanmelden import Geweigerd
from klachten.toegang.bladen.blad import GEBLEKEN, TE_LANG, Blad, moment, signed_in, text, vandaan, with_cookie
from klachten.toegang.sessies import waarmee
from klachten.toegang.staat import is_here
from klachten.toegang.voorsessies import CODE, INSCHRIJVEN, Voorsessie


class Binnenkomen(Blad):
    """The pages for who is not signed in yet."""

    async def sign_in(self, vraag: Request) -> Response:
        """Ask for a name and a password."""
        naar, sessie, voor = self._wanted(vraag), signed_in(vraag), self.pre(vraag)
        if vraag.method != "POST":
            if sessie:
                return RedirectResponse(naar, 303)
            if self.eerste and self.eerste.is_open() and is_here(vandaan(vraag)):
                return RedirectResponse("/eerste", 303)
            gelukt = GEBLEKEN.get(vraag.query_params.get("gelukt", ""), "")
            return self._ask_password(vraag, voor, naar, gelukt=gelukt)
        vorm = await vraag.form()
        if voor is None or not self.fits(voor.hash, vorm):
            return self._ask_password(vraag, None, naar, fout=TE_LANG)
        naam = text(vorm, "naam")
        try:
            persoon, wacht_op = await asyncio.to_thread(
                self.deur.check_password, naam, text(vorm, "wachtwoord"), vandaan(vraag).client, self.klok()
            )
        except Geweigerd as fout:
            return self._ask_password(vraag, voor, naar, fout=str(fout), naam=naam)
        if sessie:
            self.deur.end(sessie)
        self.voor.end(voor)
        return await self.go_on(vraag, persoon, wacht_op, naar)

    async def go_on(self, vraag: Request, persoon: str, wacht_op: str, naar: str, *, elders: bool = False) -> Response:
        """Let somebody in who has proved who they are, or ask what is still asked."""
        if not wacht_op:
            return await self._let_in(vraag, persoon, naar, elders=elders)
        geheim = totp.new_secret() if wacht_op == INSCHRIJVEN else ""
        koek, _ = self.voor.begin(self.klok(), naar, persoon=persoon, wacht_op=wacht_op, geheim=geheim, elders=elders)
        return with_cookie(RedirectResponse(f"/aanmelden/{wacht_op}", 303), vraag, koek, voor=True)

    async def code(self, vraag: Request) -> Response:
        """Ask for the code of the second step."""
        voor = self.pre(vraag)
        if voor is None or voor.wacht_op != CODE:
            return RedirectResponse("/aanmelden", 303)
        if vraag.method != "POST":
            return self.page("code.html", "Tweede stap", merk=self.mark(voor.hash))
        vorm = await vraag.form()
        try:
            if not self.fits(voor.hash, vorm):
                raise Geweigerd(TE_LANG, soort="invoer")
            await asyncio.to_thread(
                self.deur.check_code, voor.persoon, text(vorm, "code"), vandaan(vraag).client, self.klok()
            )
        except Geweigerd as fout:
            return self.page("code.html", "Tweede stap", 403, merk=self.mark(voor.hash), fout=str(fout))
        self.voor.end(voor)
        return await self._let_in(vraag, voor.persoon, voor.naar, elders=voor.elders)

    async def enrol(self, vraag: Request) -> Response:
        """Let somebody whose role asks for a second step make one before anything else."""
        voor = self.pre(vraag)
        if voor is None or voor.wacht_op != INSCHRIJVEN:
            return RedirectResponse("/aanmelden", 303)
        if vraag.method != "POST":
            return self.ask_enrolment(voor.persoon, voor.geheim, voor.hash, "/aanmelden/inschrijven", verplicht=True)
        vorm = await vraag.form()
        try:
            if not self.fits(voor.hash, vorm):
                raise Geweigerd(TE_LANG, soort="invoer")
            codes = await asyncio.to_thread(self.deur.enrol, voor.persoon, voor.geheim, text(vorm, "code"), self.klok())
        except Geweigerd as fout:
            return self.ask_enrolment(
                voor.persoon, voor.geheim, voor.hash, "/aanmelden/inschrijven", verplicht=True, fout=str(fout)
            )
        self.voor.end(voor)
        return await self._let_in(vraag, voor.persoon, voor.naar, codes, elders=voor.elders)

    async def invitation(self, vraag: Request) -> Response:
        """Let somebody with an invitation choose a password. Looking at it uses nothing up."""
        code, nu = vraag.path_params["code"], self.klok()
        uitnodiging = self.deur.uitnodigingen.look(code, nu)
        wie = uitnodiging and self.deur.who(uitnodiging.persoon)
        account = uitnodiging and self.deur.accounts.of(uitnodiging.persoon)
        if not uitnodiging or not wie or not account:
            return self.say("Uitnodiging", aanmelden.LINK_WERKT_NIET, "/aanmelden", "Naar aanmelden", status=404)
        voor, koek = self.pre(vraag), ""
        fout = ""
        if vraag.method == "POST":
            vorm = await vraag.form()
            try:
                if voor is None or not self.fits(voor.hash, vorm):
                    raise Geweigerd(TE_LANG, soort="invoer")
                await asyncio.to_thread(self.deur.accept, code, text(vorm, "nieuw"), text(vorm, "herhaald"), nu)
            except Geweigerd as reden:
                fout = str(reden)
            else:
                return RedirectResponse("/aanmelden?gelukt=ingesteld", 303)
        if voor is None:
            koek, voor = self.voor.begin(nu, "/")
        antwoord = self.page(
            "uitnodiging.html",
            "Wachtwoord kiezen",
            403 if fout else 200,
            fout=fout,
            wie=wie.naam,
            aanmeldnaam=account.aanmeldnaam,
            herstel=uitnodiging.soort == uitnodigen.HERSTEL,
            elders=self.elders(),
            wachtwoord=self.deur.regels().wachtwoord,
            code=code,
            merk=self.mark(voor.hash),
        )
        return with_cookie(antwoord, vraag, koek, voor=True) if koek else antwoord

    def elders(self) -> str:
        """Return the name of the provider where people may sign in as well; empty without one."""
        return ""

    def _wanted(self, vraag: Request) -> str:
        """Return where to after signing in; a page whose session ended while it was open is where it was."""
        waar = vandaan(vraag).origin
        verwijzer = vraag.headers.get("referer", "")
        open_pagina = verwijzer.removeprefix(waar) if verwijzer.startswith(f"{waar}/") else "/"
        return self.destination(vraag.query_params.get("naar", open_pagina))

    def _ask_password(
        self, vraag: Request, voor: Voorsessie | None, naar: str, *, fout: str = "", gelukt: str = "", naam: str = ""
    ) -> Response:
        koek = ""
        if voor is None or voor.wacht_op:
            koek, voor = self.voor.begin(self.klok(), naar)
        antwoord = self.page(
            "aanmelden.html",
            "Aanmelden",
            403 if fout else 200,
            fout=fout,
            gelukt=gelukt,
            naar=naar,
            naam=naam,
            elders=self.elders(),
            wachtwoord=self.deur.regels().wachtwoord,
            merk=self.mark(voor.hash),
        )
        return with_cookie(antwoord, vraag, koek, voor=True) if koek else antwoord

    async def _let_in(
        self, vraag: Request, persoon: str, naar: str, codes: list[str] | None = None, *, elders: bool
    ) -> Response:
        """Begin the session; first say what the person has to know, then go where they wanted to go."""
        wat = waarmee(vraag.headers.get("user-agent", ""))
        koek, _ = await asyncio.to_thread(self.deur.begin, persoon, self.klok(), wat, elders=elders)
        account = self.deur.accounts.of(persoon)
        if codes is not None:
            antwoord = self.page("codes.html", "Uw herstelcodes", codes=codes, naar=naar)
        elif account and account.hersteld_op:
            door = self.deur.who(account.hersteld_door or "")
            wie = door.naam if door else "een beheerder"
            zin = (
                f"Uw wachtwoord is hersteld door {wie}. Op {moment(account.hersteld_op)} is een nieuw gekozen. "
                "Was u dat niet zelf, wijzig uw wachtwoord dan nu en waarschuw uw organisatie."
            )
            self.deur.accounts.seen(persoon)
            antwoord = self.say("Uw wachtwoord is hersteld", zin, naar, "Verder")
        else:
            antwoord = RedirectResponse(naar, 303)
        return with_cookie(with_cookie(antwoord, vraag, koek), vraag, "", voor=True)
