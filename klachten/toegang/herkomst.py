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
        # uvicorn believes any proxy on this machine, and then leaves no port: it was not a connection.
        if doorgegeven and client[1] == 0 and not any(_ip(proxy).is_loopback for proxy in instellingen.proxies):
            return None
        if adres in instellingen.proxies:
            keten = [deel.strip() for deel in doorgegeven.split(",") if deel.strip()]
            adres = next((deel for deel in reversed(keten) if deel not in instellingen.proxies), adres)
            scheme = next((waarde for naam, waarde in koppen if naam == "x-forwarded-proto"), scheme)
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


def _ip(adres: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    ip = ipaddress.ip_address(adres)
    return getattr(ip, "ipv4_mapped", None) or ip
