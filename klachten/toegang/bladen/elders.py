"""Signing in with an account of elsewhere: to the provider, and back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from klachten.toegang.aanmelden import Geweigerd
from klachten.toegang.bladen.binnenkomen import Binnenkomen
from klachten.toegang.bladen.blad import vandaan, with_cookie

if TYPE_CHECKING:
    from klachten.toegang.oidc import Oidc

_NIET_GELUKT = "Aanmelden met {naam} is niet gelukt. Probeer het opnieuw; blijft het misgaan, vraag dan uw beheerder."


class Elders(Binnenkomen):
    """The two addresses for it. It begins with a link: a form may not lead to another address (form-action)."""

    oidc: Oidc | None = None

    def elders(self) -> str:
        """Return the name of the provider."""
        return self.oidc.aanbieder.naam if self.oidc and self.deur.regels().elders else ""

    async def to_provider(self, vraag: Request) -> Response:
        """Send the browser to the provider; with an invitation, to link that account to the person invited."""
        if self.oidc is None or not self.elders():
            return self.say("Deze pagina is er niet", "Meld u aan met uw wachtwoord.", "/aanmelden", "Aanmelden", 404)
        from klachten.toegang.oidc import OidcMislukt

        naar = self.destination(vraag.query_params.get("naar", ""))
        try:
            adres, bewaard = await asyncio.to_thread(self.oidc.begin, _back(vraag))
        except OidcMislukt:
            return await self._failed(vraag, naar)
        uitnodiging = vraag.query_params.get("uitnodiging", "")
        koek, _ = self.voor.begin(self.klok(), naar, oidc=bewaard, uitnodiging=uitnodiging)
        return with_cookie(RedirectResponse(adres, 303), vraag, koek, voor=True)

    async def from_provider(self, vraag: Request) -> Response:
        """Take in who comes back, and go on as after a password."""
        voor = self.pre(vraag)
        if self.oidc is None or voor is None or voor.oidc is None:
            return RedirectResponse("/aanmelden", 303)
        from klachten.toegang.oidc import OidcMislukt

        # It works once, whatever comes of it.
        self.voor.end(voor)
        code, state, nu = vraag.query_params.get("code", ""), vraag.query_params.get("state", ""), self.klok()
        try:
            wie = await asyncio.to_thread(self.oidc.finish, code, state, voor.oidc, _back(vraag), nu)
        except OidcMislukt:
            return await self._failed(vraag, voor.naar)
        try:
            persoon, wacht_op = await asyncio.to_thread(
                self.deur.check_identity, wie, voor.uitnodiging, vandaan(vraag).client, nu
            )
        except Geweigerd as fout:
            return self.say("Aanmelden", str(fout), "/aanmelden", "Naar aanmelden", 403)
        return await self.go_on(vraag, persoon, wacht_op, voor.naar, elders=True)

    async def _failed(self, vraag: Request, naar: str) -> Response:
        assert self.oidc
        await asyncio.to_thread(self.deur.failed_elsewhere, vandaan(vraag).client, self.klok())
        zin = _NIET_GELUKT.format(naam=self.oidc.aanbieder.naam)
        return self.say("Aanmelden", zin, "/aanmelden", "Opnieuw proberen", 502)


def _back(vraag: Request) -> str:
    return f"{vandaan(vraag).origin}/oidc/terug"
