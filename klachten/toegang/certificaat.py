"""The own certificate of the register: whether a server can use it, and what browsers will say of it."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from klachten.taal import datum
from klachten.toegang.instellingen import BESTAND, Instellingen, OngeldigeInstelling

_OP_TIJD = timedelta(days=21)


def check(instellingen: Instellingen, nu: float) -> list[str]:
    """Return sentences about a certificate that browsers will not take, now or soon; `nu` is in seconds since 1970.

    OngeldigeInstelling when a server cannot start with it at all. Without a certificate there is nothing to say.
    """
    if not instellingen.certificaat:
        return []
    for wat, naam in (("Het certificaat", instellingen.certificaat), ("De sleutel", instellingen.sleutel)):
        if not Path(naam).is_file():
            raise OngeldigeInstelling(f"{wat} {naam} is er niet. Kijk wat er in {BESTAND} bij tls staat.")
    try:
        # Without an answer to give, a key behind a password would be asked for at a console where nobody is.
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
            instellingen.certificaat, instellingen.sleutel, password=lambda: ""
        )
    except OSError as fout:
        raise OngeldigeInstelling(
            f"Het certificaat {instellingen.certificaat} en de sleutel {instellingen.sleutel} zijn niet te gebruiken: "
            "het zijn twee PEM-bestanden die bij elkaar horen, en op de sleutel zit geen wachtwoord."
        ) from fout
    return _warnings(instellingen, datetime.fromtimestamp(nu, UTC))


def _warnings(instellingen: Instellingen, nu: datetime) -> list[str]:
    from cryptography import x509  # 0.1 s, and nearly every register does without

    eigen = x509.load_pem_x509_certificate(Path(instellingen.certificaat).read_bytes())
    zinnen = []
    einde = eigen.not_valid_after_utc
    if einde < nu:
        zinnen.append(f"Het certificaat is verlopen op {datum(einde.date())}: browsers houden mensen tegen.")
    elif einde < nu + _OP_TIJD:
        zinnen.append(f"Het certificaat verloopt op {datum(einde.date())}. Zet er op tijd een nieuw voor neer.")
    try:
        namen = eigen.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        bekend = {*namen.get_values_for_type(x509.DNSName), *map(str, namen.get_values_for_type(x509.IPAddress))}
    except x509.ExtensionNotFound:
        bekend = set()
    for adres in instellingen.adressen:
        host = urlsplit(adres).hostname or ""
        if host not in bekend and f"*.{host.partition('.')[2]}" not in bekend:
            zinnen.append(f"De naam {host} staat niet in het certificaat: browsers houden mensen tegen.")
    return zinnen
