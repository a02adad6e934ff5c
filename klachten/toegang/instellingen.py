"""Where the register can be reached: `instellingen.toml` in the folder `toegang/`, and what is safe of it."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

MAP = "toegang"
"""The folder of a register for how people sign in."""
EIGEN = "KLACHTEN_EIGEN"
"""Set to anything by the command `start --eigen`: an empty register becomes that of a firm."""
GEHEIM = "KLACHTEN_OIDC_GEHEIM"
EIGEN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})


class OngeldigeInstelling(Exception):
    """A setting is unknown, or has a value that cannot be used."""


class OnveiligAdres(Exception):
    """The app would be reachable from other machines in a way that is not safe."""


@dataclass(frozen=True)
class Aanbieder:
    """Where people have an account already (OpenID Connect), and what this register is called there.

    `vertrouwt_tweede_stap`: a second step that was given there counts here.
    """

    naam: str
    issuer: str
    client_id: str
    geheim: str = field(repr=False)
    vertrouwt_tweede_stap: bool = False


@dataclass(frozen=True)
class Instellingen:
    """Where the app listens, under which address people know it, and which proxies may speak for them."""

    luister: str = "127.0.0.1"
    adres: str = ""
    proxies: tuple[str, ...] = ()
    sleutel: str = ""
    certificaat: str = ""
    oidc: Aanbieder | None = None

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which the app answers, in small letters."""
        return frozenset({urlsplit(self.adres).hostname or ""}) if self.adres else EIGEN_MACHINE


def of_register(map: Path) -> Instellingen:
    """Read the settings of a register, as `load` does."""
    return load(map / MAP / "instellingen.toml")


def load(pad: Path) -> Instellingen:
    """Read the settings; without a file those of this machine. OngeldigeInstelling says what is wrong, and where."""
    if not pad.exists():
        return Instellingen()
    try:
        gelezen = tomllib.loads(pad.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fout:
        raise OngeldigeInstelling(f"{pad.name} is niet te lezen: {fout}") from fout
    tls = gelezen.pop("tls", {})
    if not isinstance(tls, dict):
        raise OngeldigeInstelling(f"{pad.name}: tls is een blok met sleutel en certificaat.")
    waarden = {**gelezen, **tls}
    oidc = waarden.pop("oidc", None)
    bekend = {veld.name for veld in fields(Instellingen)}
    if onbekend := sorted(set(waarden) - bekend):
        raise OngeldigeInstelling(f"{pad.name}: {', '.join(onbekend)} is geen instelling.")
    proxies = waarden.pop("proxies", [])
    if not isinstance(proxies, list) or not all(map(_is_ip, proxies)):
        raise OngeldigeInstelling(f"{pad.name}: proxies is een lijst van IP-adressen.")
    if fout := [naam for naam, waarde in waarden.items() if not isinstance(waarde, str)]:
        raise OngeldigeInstelling(f"{pad.name}: {', '.join(fout)} is een tekst tussen aanhalingstekens.")
    adres = waarden.get("adres", "")
    if adres and not _is_origin(adres):
        raise OngeldigeInstelling(f"{pad.name}: adres is https, :// en een naam, zonder iets erachter.")
    return Instellingen(**waarden, proxies=tuple(proxies), oidc=_aanbieder(pad, oidc))


def _aanbieder(pad: Path, gelezen: object) -> Aanbieder | None:
    if gelezen is None:
        return None
    waarden = {"geheim": os.environ.get(GEHEIM, ""), **gelezen} if isinstance(gelezen, dict) else {}
    soorten = {veld.name: bool if veld.name == "vertrouwt_tweede_stap" else str for veld in fields(Aanbieder)}
    goed = all(isinstance(waarde, soorten.get(naam, ())) and waarde != "" for naam, waarde in waarden.items())
    if not goed or not {"naam", "issuer", "client_id", "geheim"} <= waarden.keys():
        raise OngeldigeInstelling(f"{pad.name}: oidc vraagt naam, issuer, client_id en geheim (of {GEHEIM}).")
    delen = urlsplit(waarden["issuer"])
    if delen.scheme != "https" and not (delen.scheme == "http" and delen.hostname in EIGEN_MACHINE):
        raise OngeldigeInstelling(f"{pad.name}: de issuer van oidc begint met https.")
    return Aanbieder(**waarden)


def check(instellingen: Instellingen, *, voorbeeld: bool, luister: str | None) -> None:
    """Refuse (OnveiligAdres) to let other machines in without an account, or over a line that others can read.

    `luister` is where the server really listens; None or empty is everywhere.
    """
    alleen_hier = (luister or "").strip("[]").lower() in EIGEN_MACHINE
    if alleen_hier and _is_own(instellingen.adres):
        return
    waar = instellingen.adres if alleen_hier else luister or "alle adressen"
    if voorbeeld:
        raise OnveiligAdres(
            f"De voorbeeldmodus werkt alleen op deze computer, maar de app zou luisteren op {waar}. "
            "Zet server.address op 127.0.0.1: zonder accounts kan iedereen die de app bereikt alles zien en vastleggen."
        )
    if not instellingen.adres.startswith("https:") or not (instellingen.proxies or instellingen.certificaat):
        raise OnveiligAdres(
            f"De app zou te bereiken zijn op {waar}. Dat mag alleen met een adres dat met https begint, en met een "
            "eigen certificaat (tls) of een proxy die het versleutelen doet: anders zijn wachtwoorden te lezen op het "
            "netwerk. Zet die in instellingen.toml."
        )


def _is_own(adres: str) -> bool:
    return not adres or urlsplit(adres).hostname in EIGEN_MACHINE


def _is_ip(tekst: object) -> bool:
    try:
        ipaddress.ip_address(str(tekst))
    except ValueError:
        return False
    return True


def _is_origin(adres: str) -> bool:
    try:
        delen = urlsplit(adres)
        return (
            delen.scheme in {"http", "https"} and bool(delen.hostname) and adres == f"{delen.scheme}://{delen.netloc}"
        )
    except ValueError:
        return False
