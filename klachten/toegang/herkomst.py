"""Where a request came to, and from whom: the scheme, host and port that the browser used, and its address."""

from __future__ import annotations

import ipaddress
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from klachten.toegang.instellingen import Instellingen

_VEILIG = {"ws": "http", "wss": "https"}
_GEWOON = {"http": 80, "https": 443}
_VAN_PROXY = frozenset({"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip", "forwarded"})


@dataclass(frozen=True)
class Herkomst:
    """As the browser sees this app; `client` is the address of the browser's machine."""

    scheme: str
    host: str
    poort: int
    client: str

    @property
    def origin(self) -> str:
        """The origin of every page of this app, as a browser writes it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if _GEWOON[self.scheme] == self.poort else f":{self.poort}")

    @property
    def versleuteld(self) -> bool:
        """Whether the browser speaks https."""
        return self.scheme == "https"

    @property
    def eigen_machine(self) -> bool:
        """Whether the caller is on this machine."""
        return _ip(self.client).is_loopback


def find(scope: MutableMapping[str, Any], instellingen: Instellingen) -> Herkomst | None:
    """Return where an ASGI request came to and from; None when it does not say, or says it twice.

    What a proxy tells about the caller is believed only of a proxy in the settings.
    """
    koppen = [(naam.decode("latin-1"), waarde.decode("latin-1")) for naam, waarde in scope.get("headers", ())]
    hosts = [waarde for naam, waarde in koppen if naam == "host"]
    client = scope.get("client")
    if len(hosts) != 1 or not client or (gelezen := _split(hosts[0])) is None:
        return None
    adres, scheme = client[0], scope.get("scheme", "http")
    doorgegeven = ",".join(waarde for naam, waarde in koppen if naam == "x-forwarded-for")
    try:
        # uvicorn believes any proxy on this machine unless told not to (start), and then leaves no port: it was not a
        # connection.
        gelezen_al = bool(doorgegeven) and client[1] == 0
        if gelezen_al and not any(instellingen.vertrouwt(hier) for hier in ("127.0.0.1", "::1")):
            return None
        if instellingen.vertrouwt(adres):
            keten = [_without_port(deel) for deel in doorgegeven.split(",") if deel.strip()]
            adres = next((deel for deel in reversed(keten) if not instellingen.vertrouwt(deel)), adres)
            if _ip(adres).is_loopback and not _ip(client[0]).is_loopback:
                # Nobody elsewhere speaks for this machine itself.
                return None
            hoe = [waarde.strip() for naam, waarde in koppen if naam == "x-forwarded-proto"]
            # Said twice it may be the browser that said it first.
            scheme = hoe[0] if len(hoe) == 1 else "" if hoe else scheme
        elif _ip(adres).is_loopback and any(naam in _VAN_PROXY for naam, _ in koppen):
            # A proxy of this machine that nobody named: what it passes on would seem to come from here.
            return None
        adres = str(_ip(adres))
    except ValueError:
        return None
    scheme = _VEILIG.get(scheme, scheme)
    if scheme not in _GEWOON:
        return None
    host, poort = gelezen
    return Herkomst(scheme, host, poort or _GEWOON[scheme], adres)


def _split(host: str) -> tuple[str, int | None] | None:
    try:
        delen = urlsplit(f"//{host}")
        poort = delen.port
    except ValueError:
        return None
    if not delen.hostname or delen.netloc != host or "@" in host or delen.path or delen.query or delen.fragment:
        return None
    return delen.hostname, poort


def _without_port(deel: str) -> str:
    """An address in the chain: IIS writes a port behind it."""
    deel = deel.strip()
    if deel.startswith("["):
        return deel[1:].partition("]")[0]
    return deel.partition(":")[0] if deel.count(":") == 1 else deel


def _ip(adres: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    ip = ipaddress.ip_address(adres)
    return getattr(ip, "ipv4_mapped", None) or ip
