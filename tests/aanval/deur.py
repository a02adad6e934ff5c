"""The attacks on the door: only where people sign in, so not in the example."""

from __future__ import annotations

import dataclasses
import re
import statistics
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from websockets.exceptions import WebSocketException

from klachten.scherm.paginas import PAGINAS
from tests.aanval.doel import GEHEIM, Antwoord, Doel
from tests.aanval.proeven import Uitkomst, proef, tekst, titels, vraag
from tests.firmaproef import WACHTWOORD

_VORM = {"Content-Type": "application/x-www-form-urlencoded"}


def stuur(doel: Doel, pad: str, velden: dict[str, str], **koppen: str) -> Antwoord:
    """Send a form from a page of the app itself."""
    return doel.vraag(pad, "POST", urlencode(velden).encode(), {"Origin": doel.origin, **_VORM, **koppen})


@proef("zonder aanmelden", eigen=True)
def zonder_aanmelden(doel: Doel) -> Iterator[Uitkomst]:
    """Who did not sign in gets the door, at every address and over the line."""
    buiten = dataclasses.replace(doel, sessie="", sessies={})
    for pad in ("/", *(f"/{pagina.naam}" for pagina in PAGINAS), f"/dossier?nummer={doel.klacht}"):
        antwoord = buiten.vraag(pad)
        yield f"{pad} ({antwoord.status})", antwoord.status == 303 and antwoord.koppen["location"].startswith("/aanm")
    for pad in ("/static/index.js", "/bestand/x", "/component/x/y", "/manifest.json", "/mijn-aanmelding", "/_stcore/x"):
        status = buiten.vraag(pad).status
        yield f"{pad} ({status})", status in (401, 404)
    for pad in ("/mijn-aanmelding/wachtwoord", "/afmelden", "/afmelden/overal", "/mijn-aanmelding/blijf"):
        status = stuur(buiten, pad, {}).status
        yield f"POST {pad} ({status})", status == 401
    try:
        gekregen = buiten.pagina(vraag("dossier", nummer=doel.klacht))
    except WebSocketException:
        gekregen = []
    yield "een lijn geeft geen pagina", not titels(gekregen) and GEHEIM not in tekst(gekregen)
    for pad in ("/eerste", "/eerste/beheerder"):
        yield f"{pad} is dicht", buiten.vraag(pad, koppen={"Accept": "*/*"}).status == 404


@proef("een cookie die er geen is", eigen=True)
def cookies(doel: Doel) -> Iterator[Uitkomst]:
    """Nothing but the very cookie that was given lets anybody in, and none that was there before signing in."""
    naam, _, waarde = doel.sessie.partition("=")
    for wat, koek in (
        ("leeg", f"{naam}="), ("een letter anders", f"{naam}={waarde[:-1]}{'A' if waarde[-1] != 'A' else 'B'}"),
        ("korter", f"{naam}={waarde[:-1]}"), ("langer", f"{naam}={waarde}x"), ("een andere naam", f"klachten={waarde}"),
        ("die van https", f"__Host-klachten={waarde}"), ("van voor het aanmelden", f"{naam}_voor={waarde}"),
        ("een lijst", f"{naam}=[]"), ("SQL", f"{naam}=' OR 1=1 --"), ("10 kB", f"{naam}={'a' * 10_000}"),
    ):  # fmt: skip
        yield wat, doel.vraag("/bestand/x", koppen={"Cookie": koek}).status in (0, 400, 401, 431)
    vast = dataclasses.replace(doel, sessie=f"{naam}=" + "x" * 43, sessies={})
    koek = vast.meld_aan("bas")
    yield "een cookie die er al was, wordt het niet", bool(koek) and koek != vast.sessie


@proef("een formulier van een ander", eigen=True)
def formulieren(doel: Doel) -> Iterator[Uitkomst]:
    """A form counts only with the mark of its own session and from a page of this app."""
    merk = doel.merk("/mijn-aanmelding")
    ander = dataclasses.replace(doel, sessie=doel.sessies["dirk"])
    nieuw = "zeven groene kikkers op zolder"
    wachtwoord = {"oud": WACHTWOORD, "nieuw": nieuw, "herhaald": nieuw}
    for wat, antwoord in (
        ("zonder merk", stuur(doel, "/mijn-aanmelding/wachtwoord", wachtwoord)),
        ("met het merk van een ander", stuur(ander, "/mijn-aanmelding/wachtwoord", {**wachtwoord, "merk": merk})),
        ("van een andere site", stuur(doel, "/afmelden", {"merk": merk}, Origin="https://kwaad.example")),
        ("van een andere poort", stuur(doel, "/afmelden", {"merk": merk}, Origin="http://localhost:9999")),
        ("zonder herkomst", doel.vraag("/afmelden", "POST", urlencode({"merk": merk}).encode(), _VORM)),
    ):
        yield f"{wat} ({antwoord.status})", antwoord.status == 403
    # Another one's session by its hash, from an own form.
    stuur(doel, "/mijn-aanmelding/afmelden", {"merk": merk, "sessie": ander.merk_van_sessie})
    yield "andermans sessie beëindigen", ander.vraag("/mijn-aanmelding").status == 200
    yield "de eigen sessie is er nog", doel.vraag("/mijn-aanmelding").status == 200


@proef("raden wie er is", eigen=True)
def raden(doel: Doel) -> Iterator[Uitkomst]:
    """A name that exists and one that does not get the same words after the same time; guessing on gets slow."""
    buiten = dataclasses.replace(doel, sessie="", sessies={})
    duur: dict[str, list[float]] = {"eva@voorbeeld.nl": [], "niemand@voorbeeld.nl": []}
    gezegd: set[str] = set()
    for _ in range(3):
        for naam in duur:
            begin = time.monotonic()
            antwoord = buiten.probeer(naam, "een verkeerd wachtwoord")
            duur[naam].append(time.monotonic() - begin)
            zin = re.search(rb'role="alert">(.*?)</p>', antwoord.inhoud)
            gezegd.add(zin[1].decode() if zin else "")
    yield f"dezelfde woorden: {gezegd}", gezegd == {"Deze combinatie klopt niet."}
    bestaat, niet = (statistics.median(gemeten) for gemeten in duur.values())
    yield f"even lang ({bestaat * 1000:.0f} en {niet * 1000:.0f} ms)", max(bestaat, niet) < 3 * min(bestaat, niet)
    antwoorden = [buiten.probeer("eva@voorbeeld.nl", f"poging {nr}") for nr in range(12)]
    yield "na veel pogingen moet men wachten", b"Er is te vaak" in antwoorden[-1].inhoud
    for code in ("", "x" * 43, "../../aanmelden", "%00"):
        status = buiten.vraag(f"/uitnodiging/{code}").status
        yield f"uitnodiging {code[:10]!r} ({status})", status in (303, 400, 404)
    yield "een aanbieder die er niet is", buiten.vraag("/oidc/start").status == 404
    yield "terug van nergens", buiten.vraag("/oidc/terug?code=x&state=y").status == 303
