"""A time stamp of a third party (RFC 3161): asked for, and read again years later."""

from __future__ import annotations

import base64
import hashlib
import http.client
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

WACHT = 10.0
"""Seconds that an authority gets to answer."""
HOOGSTENS = 2**16
"""Bytes; an answer with its certificates is some 6,000."""


class GeenStempel(Exception):
    """There is none, or it is not about this; the text is the end of a Dutch sentence."""


def ask(adres: str, wat: bytes) -> str:
    """Let an authority stamp these bytes (only their SHA-256 goes to it); its answer in base64."""
    vraag = TimestampRequestBuilder(data=wat, hash_algorithm=HashAlgorithm.SHA256).build()
    verzoek = urllib.request.Request(
        adres, data=vraag.as_bytes(), headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(verzoek, timeout=WACHT) as bestand:
            antwoord = bestand.read(HOOGSTENS)
    except (urllib.error.URLError, http.client.HTTPException, OSError) as fout:
        waarom = " ".join(str(getattr(fout, "reason", fout)).split())  # what came in may have more lines
        raise GeenStempel(f"{adres} antwoordt niet ({waarom})") from fout
    token = _decode(antwoord, wat)
    if token.nonce != vraag.nonce:
        raise GeenStempel(f"{adres} antwoordt op een andere vraag")
    return base64.b64encode(antwoord).decode("ascii")


def moment(antwoord: bytes, wat: bytes, wortel: str = "") -> datetime:
    """The moment (UTC) that a stamp on these bytes names; with `wortel` only when it is signed under that root."""
    token = _decode(antwoord, wat)
    if wortel:
        try:
            roots = x509.load_pem_x509_certificates(Path(wortel).read_bytes())
            bouwer = VerifierBuilder()
            for root in roots:
                bouwer = bouwer.add_root_certificate(root)
            bouwer.build().verify_message(decode_timestamp_response(antwoord), wat)
        except (VerificationError, ValueError, OSError) as fout:
            raise GeenStempel(f"de tijdstempel is niet ondertekend onder {wortel} ({fout})") from fout
    return token.gen_time


def _decode(antwoord: bytes, wat: bytes):
    try:
        gelezen = decode_timestamp_response(antwoord)
        if PKIStatus(gelezen.status) not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
            raise GeenStempel("de tijdstempel is geweigerd")
        token = gelezen.tst_info
    except ValueError as fout:
        raise GeenStempel("het antwoord is geen tijdstempel") from fout
    if token.message_imprint.message != hashlib.sha256(wat).digest():
        raise GeenStempel("de tijdstempel gaat over iets anders")
    return token
