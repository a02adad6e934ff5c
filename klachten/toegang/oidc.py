"""Signing in with an account that the organisation has elsewhere (OpenID Connect): code flow with PKCE.

The provider says only who somebody is there. Who that is here was linked once, with an invitation; in which roles
stands in the organisation.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from klachten.toegang.instellingen import Aanbieder
from klachten.toegang.verbinding import EIGEN_MACHINE

# Signed by a key that only the provider has; "none" and those with a shared secret are not here.
_ALGORITMEN = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
_SPELING = 60
_WACHT = 10.0
_ONTDEKKING = "/.well-known/openid-configuration"


class OidcMislukt(Exception):
    """The provider did not answer, or what it answered cannot be trusted; the text is for the log."""


@dataclass(frozen=True)
class Vraag:
    """What is kept while somebody is at the provider: each of them is random and works once."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identiteit:
    """Who somebody is at the provider, and whether they gave a second step there."""

    iss: str
    sub: str
    tweede_stap: bool


class Oidc:
    """One provider. Its methods wait for the network: call them in a thread."""

    def __init__(self, aanbieder: Aanbieder) -> None:
        self.aanbieder = aanbieder
        self._gevonden: dict[str, Any] = {}
        self._sleutels: KeySet | None = None

    def begin(self, terug: str) -> tuple[str, Vraag]:
        """Return where the browser must go, and what to keep; `terug` is the address it comes back to."""
        vraag = Vraag(*(secrets.token_urlsafe(48) for _ in range(3)))
        with self._client(terug) as client:
            adres, _ = client.create_authorization_url(
                self._discovered()["authorization_endpoint"],
                state=vraag.state,
                code_verifier=vraag.verifier,
                nonce=vraag.nonce,
            )
        return str(adres), vraag

    def finish(self, code: str, state: str, vraag: Vraag, terug: str, nu: float) -> Identiteit:
        """Return who came back with this code; OidcMislukt when anything about it does not fit."""
        if not code or not secrets.compare_digest(state.encode(), vraag.state.encode()):
            raise OidcMislukt("state past niet")
        try:
            with self._client(terug) as client:
                antwoord = client.fetch_token(
                    self._discovered()["token_endpoint"], code=code, code_verifier=vraag.verifier, timeout=_WACHT
                )
        except (AuthlibBaseError, requests.RequestException, ValueError) as fout:
            raise OidcMislukt(f"geen token: {type(fout).__name__}") from fout
        return self._identity(str(antwoord.get("id_token", "")), vraag, nu)

    def _identity(self, token: str, vraag: Vraag, nu: float) -> Identiteit:
        beweringen = self._decoded(token)
        eigen = self.aanbieder
        regels = jwt.JWTClaimsRegistry(
            now=int(nu),
            leeway=_SPELING,
            iss={"essential": True, "value": eigen.issuer},
            aud={"essential": True, "value": eigen.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": vraag.nonce},
        )
        try:
            regels.validate(beweringen)
        except JoseError as fout:
            raise OidcMislukt(f"token past niet: {fout}") from fout
        meer = isinstance(beweringen["aud"], list) and len(beweringen["aud"]) > 1
        if (meer or "azp" in beweringen) and beweringen.get("azp") != eigen.client_id:
            raise OidcMislukt("token is voor een ander")
        wijzen = beweringen.get("amr", [])
        tweede_stap = eigen.vertrouwt_tweede_stap and isinstance(wijzen, list) and "mfa" in wijzen
        return Identiteit(eigen.issuer, str(beweringen["sub"]), tweede_stap)

    def _decoded(self, token: str) -> dict[str, Any]:
        # A provider changes its keys now and then: a token by a key that is unknown asks for them once more.
        for nieuw in (False, True):
            try:
                gelezen: dict[str, Any] = jwt.decode(token, self._keys(nieuw=nieuw), algorithms=_ALGORITMEN).claims
            except (JoseError, ValueError) as fout:
                if nieuw:
                    raise OidcMislukt(f"token is niet van de aanbieder: {type(fout).__name__}") from fout
            else:
                return gelezen
        raise AssertionError

    def _keys(self, *, nieuw: bool) -> KeySet:
        if self._sleutels is None or nieuw:
            self._sleutels = KeySet.import_key_set(_get(self._discovered()["jwks_uri"]))
        return self._sleutels

    def _discovered(self) -> dict[str, Any]:
        if not self._gevonden:
            gevonden = _get(self.aanbieder.issuer.removesuffix("/") + _ONTDEKKING)
            # Whoever answers in its place would name itself.
            if gevonden.get("issuer") != self.aanbieder.issuer:
                raise OidcMislukt("de aanbieder noemt zich anders")
            self._gevonden = gevonden
        return self._gevonden

    def _client(self, terug: str) -> OAuth2Session:
        return OAuth2Session(
            self.aanbieder.client_id,
            self.aanbieder.geheim,
            scope="openid",
            redirect_uri=terug,
            code_challenge_method="S256",
        )


def _get(adres: str) -> dict[str, Any]:
    delen = urlsplit(adres)
    if delen.scheme != "https" and delen.hostname not in EIGEN_MACHINE:
        raise OidcMislukt("het adres van de aanbieder is niet versleuteld")
    try:
        antwoord = requests.get(adres, timeout=_WACHT, allow_redirects=False)
        antwoord.raise_for_status()
        gelezen = antwoord.json()
    except (requests.RequestException, ValueError) as fout:
        raise OidcMislukt(f"de aanbieder antwoordt niet: {type(fout).__name__}") from fout
    if not isinstance(gelezen, dict):
        raise OidcMislukt("de aanbieder antwoordt iets anders")
    return gelezen
