"""A provider of accounts on this machine, for tests: as those of large firms, and with every fault one can have."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests import eindig
from tests.echte_app import CLIENT, GEHEIM
from tests.test_app import vrije_poort


@dataclass
class Provider:
    """`wie` is who is signed in there; `anders` is merged into the token, and `fout` names another fault."""

    klok: Callable[[], float]
    wie: str = "noor-van-elders"
    host: str = "localhost"
    anders: dict[str, Any] = field(default_factory=dict)
    fout: str = ""
    uitgegeven: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.poort = vrije_poort()
        self.issuer = f"http://{self.host}:{self.poort}"
        self.sleutel, self.vreemd = self._key("een"), self._key("een")
        self._codes: dict[str, dict[str, str]] = {}
        app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.discovery),
                Route("/aanmelden", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/sleutels", self.keys),
            ]
        )
        self._server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=self.poort, log_level="error"))

    @staticmethod
    def _key(kid: str) -> RSAKey:
        return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})

    def start(self) -> None:
        self._draad = threading.Thread(target=self._server.run, daemon=True)
        self._draad.start()
        eindig.until(lambda: self._server.started, "the server of the firm did not start")

    def stop(self) -> None:
        self._server.should_exit = True
        self._draad.join(10)

    def new_key(self) -> None:
        """Sign with another key from now on."""
        self.sleutel = self._key("twee")

    def discovery(self, vraag: Request) -> Response:
        noemt = "http://localhost:1" if self.fout == "noemt zich anders" else self.issuer
        adressen = {"authorization_endpoint": "aanmelden", "token_endpoint": "token", "jwks_uri": "sleutels"}
        return JSONResponse({"issuer": noemt, **{naam: f"{self.issuer}/{pad}" for naam, pad in adressen.items()}})

    def authorize(self, vraag: Request) -> Response:
        gevraagd = dict(vraag.query_params)
        assert gevraagd["code_challenge_method"] == "S256"
        assert gevraagd["scope"] == "openid"
        code = secrets.token_hex()
        self._codes[code] = gevraagd
        terug = urlencode({"code": code, "state": gevraagd["state"]})
        return RedirectResponse(f"{gevraagd['redirect_uri']}?{terug}", 302)

    async def token(self, vraag: Request) -> Response:
        vorm = await vraag.form()
        gevraagd = self._codes.pop(str(vorm["code"]), None)
        klant = base64.b64decode(vraag.headers["authorization"].removeprefix("Basic ")).decode()
        bewijs = _encoded(hashlib.sha256(str(vorm["code_verifier"]).encode()).digest())
        if gevraagd is None or klant != f"{CLIENT}:{GEHEIM}" or bewijs != gevraagd["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        nu = int(self.klok())
        beweringen = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.wie,
            "exp": nu + 300,
            "iat": nu,
            "nonce": gevraagd["nonce"],
            "email": "iris@coulant.example",
            **self.anders,
        }
        beweringen = {naam: waarde for naam, waarde in beweringen.items() if waarde is not None}
        self.uitgegeven.append(self._signed(beweringen))
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self.uitgegeven[-1]})

    def _signed(self, beweringen: dict[str, Any]) -> str:
        if self.fout == "geen handtekening":
            return f"{_part({'alg': 'none', 'kid': 'een'})}.{_part(beweringen)}."
        if self.fout in {"gedeeld geheim", "publieke sleutel als geheim"}:
            geheim = GEHEIM.encode() if self.fout == "gedeeld geheim" else self.sleutel.as_pem(private=False)
            deel = f"{_part({'alg': 'HS256', 'kid': 'een'})}.{_part(beweringen)}"
            return f"{deel}.{_encoded(hmac.digest(geheim, deel.encode(), 'sha256'))}"
        if self.fout == "geen token":
            return ""
        if self.fout == "veranderd":
            kop, inhoud, teken = jwt.encode({"alg": "RS256", "kid": "een"}, beweringen, self.sleutel).split(".")
            return ".".join([kop, inhoud[:-4] + "AAAA", teken])
        sleutel = self.vreemd if self.fout == "vreemde sleutel" else self.sleutel
        return jwt.encode({"alg": "RS256", "kid": sleutel.kid}, beweringen, sleutel)

    def keys(self, vraag: Request) -> Response:
        return JSONResponse({"keys": [self.sleutel.as_dict(private=False)]})


def _part(inhoud: dict[str, Any]) -> str:
    return _encoded(json.dumps(inhoud).encode())


def _encoded(inhoud: bytes) -> str:
    return base64.urlsafe_b64encode(inhoud).rstrip(b"=").decode()
