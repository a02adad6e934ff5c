"""Where the register can be reached: `instellingen.toml` in the folder `toegang/`, and what is safe of it."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from klachten.anker.plaatsen import OngeldigePlaats, Plaatsen
from klachten.toegang.mailserver import Mailserver
from klachten.toegang.postbus import Postbus
from klachten.toegang.verbinding import EIGEN_MACHINE, OngeldigeVerbinding

MAP = "toegang"
"""The folder of a register for how people sign in."""
BESTAND = "instellingen.toml"
KOPIE = "reservekopie"
"""The block in it about the back-up, which is read elsewhere."""
SOORT, EIGEN, VOORBEELD = "KLACHTEN_SOORT", "eigen", "voorbeeld"
"""What a register becomes in which nobody recorded anything yet, said by the command `start`."""
GEHEIM = "KLACHTEN_OIDC_GEHEIM"
HOOGSTENS = 2**16
"""So many addresses a network of proxies may have: more is no proxy, but everybody."""


class OngeldigeInstelling(Exception):
    """A setting is unknown, or has a value that cannot be used."""

    soort = "instelling_klopt_niet"


class OnveiligAdres(Exception):
    """The app would be reachable from other machines in a way that is not safe."""

    soort = "onveilig_adres"


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
    """Where the app listens, under which addresses people know it, and which proxies may speak for them.

    `adres` is the one that stands in links, `ook` are others; `proxies` are addresses and networks, `sleutel` and
    `certificaat` files.
    """

    luister: str = "127.0.0.1"
    adres: str = ""
    proxies: tuple[str, ...] = ()
    sleutel: str = ""
    certificaat: str = ""
    oidc: Aanbieder | None = None
    smtp: Mailserver | None = None
    imap: Postbus | None = None
    ook: tuple[str, ...] = ()
    anker: Plaatsen = field(default_factory=Plaatsen)

    @property
    def adressen(self) -> tuple[str, ...]:
        """The addresses at which other machines may come in, each as an origin."""
        return tuple(adres for adres in (self.adres, *self.ook) if adres)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names under which the app answers, in small letters; this machine always may."""
        eigen = sorted(f"[{naam}]" if ":" in naam else naam for naam in EIGEN_MACHINE)
        return (*dict.fromkeys(urlsplit(adres).hostname or "" for adres in self.adressen), *eigen)

    @cached_property
    def _netten(self) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
        return tuple(ipaddress.ip_network(proxy) for proxy in self.proxies)

    def vertrouwt(self, adres: str) -> bool:
        """Tell whether what comes from this address comes from a proxy; ValueError when it is no address."""
        ip = ipaddress.ip_address(adres)
        # A server that listens on both writes an IPv4 address as one of IPv6.
        ip = getattr(ip, "ipv4_mapped", None) or ip
        return any(ip in net for net in self._netten)


def wants_own() -> bool:
    """Tell whether a register in which nobody recorded anything yet becomes that of a firm."""
    return os.environ.get(SOORT) == EIGEN


def wants_example() -> bool:
    """Tell whether it was said to become an example."""
    return os.environ.get(SOORT) == VOORBEELD


def of_register(map: Path) -> Instellingen:
    """Read the settings of a register, as `load` does."""
    return load(map / MAP / BESTAND)


def load(pad: Path) -> Instellingen:
    """Read the settings; without a file those of this machine. OngeldigeInstelling says what is wrong, and where."""
    if not pad.exists():
        return Instellingen()
    try:
        gelezen = tomllib.loads(pad.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fout:
        raise OngeldigeInstelling(f"{pad.name} is niet te lezen: {fout}") from fout
    gelezen.pop(KOPIE, None)
    tls = gelezen.pop("tls", {})
    if not isinstance(tls, dict):
        raise OngeldigeInstelling(f"{pad.name}: tls is een blok met sleutel en certificaat.")
    waarden = {**gelezen, **tls}
    oidc, smtp, imap = (waarden.pop(naam, None) for naam in ("oidc", "smtp", "imap"))
    try:
        anker = Plaatsen.read(waarden.pop("anker", None), pad.parent)
        mail, postbus = Mailserver.read(smtp, pad.parent), Postbus.read(imap, pad.parent)
    except (OngeldigePlaats, OngeldigeVerbinding) as fout:
        raise OngeldigeInstelling(f"{pad.name}: {fout}") from fout
    bekend = {veld.name for veld in fields(Instellingen)}
    if onbekend := sorted(set(waarden) - bekend):
        raise OngeldigeInstelling(f"{pad.name}: {', '.join(onbekend)} is geen instelling.")
    proxies, ook = waarden.pop("proxies", []), waarden.pop("ook", [])
    if not isinstance(proxies, list) or not all(map(_is_proxy, proxies)):
        raise OngeldigeInstelling(
            f"{pad.name}: proxies is een lijst van IP-adressen, of van kleine netwerken zoals 172.18.0.0/16."
        )
    if not isinstance(ook, list) or not all(isinstance(adres, str) and _is_origin(adres) for adres in ook):
        raise OngeldigeInstelling(f"{pad.name}: ook is een lijst van adressen, elk met https, :// en een naam.")
    if fout := [naam for naam, waarde in waarden.items() if not isinstance(waarde, str)]:
        raise OngeldigeInstelling(f"{pad.name}: {', '.join(fout)} is een tekst tussen aanhalingstekens.")
    adres = waarden.get("adres", "")
    if adres and not _is_origin(adres):
        raise OngeldigeInstelling(f"{pad.name}: adres is https, :// en een naam, zonder iets erachter.")
    if not _is_ip(luister := waarden.get("luister", "127.0.0.1")) and luister != "localhost":
        raise OngeldigeInstelling(f"{pad.name}: luister is een IP-adres van deze computer; 0.0.0.0 is elk adres.")
    # A path in the settings is told from where the settings are.
    waarden |= {naam: str(pad.parent / waarden[naam]) for naam in ("sleutel", "certificaat") if waarden.get(naam)}
    if adres:
        waarden["adres"] = _origin(adres)
    return Instellingen(
        **waarden,
        proxies=tuple(proxies),
        ook=tuple(map(_origin, ook)),
        oidc=_aanbieder(pad, oidc),
        smtp=mail,
        imap=postbus,
        anker=anker,
    )


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
    elders = next((adres for adres in instellingen.adressen if not _is_own(adres)), "")
    waar = luister or "alle adressen"
    if voorbeeld and not alleen_hier:
        raise OnveiligAdres(
            f"De voorbeeldmodus werkt alleen op deze computer, maar de app zou luisteren op {waar}. "
            "Zet server.address op 127.0.0.1: zonder accounts kan iedereen die de app bereikt alles zien en vastleggen."
        )
    if voorbeeld and (elders or instellingen.proxies or instellingen.certificaat):
        raise OnveiligAdres(
            "De voorbeeldmodus werkt alleen op deze computer: zonder accounts kan iedereen die de app bereikt alles "
            f"zien en vastleggen. Haal adres, proxies en tls weg uit {BESTAND}, of begin een eigen register."
        )
    if bool(instellingen.sleutel) != bool(instellingen.certificaat):
        raise OnveiligAdres(f"Een certificaat gaat samen met een sleutel. Noem in {BESTAND} bij tls allebei.")
    if instellingen.certificaat and not instellingen.adres.startswith("https:"):
        raise OnveiligAdres(
            f"Bij een certificaat hoort het adres waarop mensen het register openen. Zet in {BESTAND} adres op https, "
            ":// en de naam die in het certificaat staat."
        )
    if instellingen.proxies and not instellingen.adres.startswith("https:"):
        raise OnveiligAdres(
            f"Bij een proxy hoort het adres waarop mensen het register openen. Zet in {BESTAND} adres op https, :// en "
            "die naam."
        )
    if alleen_hier and not elders:
        return
    if (
        not (instellingen.proxies or instellingen.certificaat)
        or not all(_is_own(adres) or adres.startswith("https:") for adres in instellingen.adressen)
        or not elders
    ):
        raise OnveiligAdres(
            f"De app zou te bereiken zijn op {elders or waar}. Dat mag alleen met een adres dat met https begint, en "
            "met een eigen certificaat (tls) of een proxy die het versleutelen doet: anders zijn wachtwoorden te lezen "
            f"op het netwerk. Zet die in {BESTAND}."
        )


def _is_own(adres: str) -> bool:
    return not adres or urlsplit(adres).hostname in EIGEN_MACHINE


def _is_ip(tekst: object) -> bool:
    try:
        ipaddress.ip_address(str(tekst))
    except ValueError:
        return False
    return True


def _is_proxy(tekst: object) -> bool:
    try:
        net = ipaddress.ip_network(str(tekst))
    except ValueError:
        return False
    return net.num_addresses <= (HOOGSTENS if net.version == 4 else 2**64)


def _origin(adres: str) -> str:
    """An address as a browser writes it: small letters, and not the port that goes without saying."""
    delen = urlsplit(adres.lower())
    return adres.lower().removesuffix(":443" if delen.scheme == "https" else ":80")


def _is_origin(adres: str) -> bool:
    try:
        delen = urlsplit(adres)
        return (
            delen.scheme in {"http", "https"} and bool(delen.hostname) and adres == f"{delen.scheme}://{delen.netloc}"
        )
    except ValueError:
        return False
