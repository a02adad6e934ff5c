"""Where a request comes from and to, and which settings let others than this machine in."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from klachten.toegang import herkomst, instellingen
from klachten.toegang.instellingen import Instellingen, OngeldigeInstelling, OnveiligAdres

# Where from


def vraag(
    host: str | None = "klachten.example", client: Any = ("192.0.2.7", 5000), scheme: str = "http", **koppen: str
):
    eigen = [] if host is None else [(b"host", host.encode())]
    anders = [(naam.replace("_", "-").encode(), waarde.encode()) for naam, waarde in koppen.items()]
    return {"type": "http", "scheme": scheme, "client": client, "headers": [*eigen, *anders]}


PROXY = Instellingen(adres="https://klachten.example", proxies=("10.0.0.1", "10.0.0.2"))
NET = Instellingen(adres="https://klachten.example", proxies=("172.18.0.0/16",))
EIGEN_PROXY = Instellingen(adres="https://klachten.example", proxies=("127.0.0.1",))
VIA = ("10.0.0.1", 6000)


@pytest.mark.parametrize(
    ("scope", "instelling", "origin", "client"),
    [
        (vraag(), Instellingen(), "http://klachten.example", "192.0.2.7"),
        (vraag("LOCALHOST:8501"), Instellingen(), "http://localhost:8501", "192.0.2.7"),
        (vraag("[::1]:8501", ("::1", 1)), Instellingen(), "http://[::1]:8501", "::1"),
        (vraag(scheme="wss"), Instellingen(), "https://klachten.example", "192.0.2.7"),
        (vraag("klachten.example:443", scheme="https"), Instellingen(), "https://klachten.example", "192.0.2.7"),
        (vraag(client=("::ffff:192.0.2.7", 1)), Instellingen(), "http://klachten.example", "192.0.2.7"),
        # A stranger may say what it likes; a proxy of ours is believed.
        (vraag(x_forwarded_for="127.0.0.1", x_forwarded_proto="https"), PROXY, "http://klachten.example", "192.0.2.7"),
        (
            vraag(client=VIA, x_forwarded_for="9.9.9.9", x_forwarded_proto="https"),
            PROXY,
            "https://klachten.example",
            "9.9.9.9",
        ),
        (
            vraag(client=VIA, x_forwarded_for="127.0.0.1, 9.9.9.9, 10.0.0.2"),
            PROXY,
            "http://klachten.example",
            "9.9.9.9",
        ),
        (vraag(client=VIA), PROXY, "http://klachten.example", "10.0.0.1"),
        # IIS writes the port of the browser behind its address; a network of proxies; one that says nothing of https.
        (
            vraag(client=VIA, x_forwarded_for="9.9.9.9:51234", x_forwarded_proto="https"),
            PROXY,
            "https://klachten.example",
            "9.9.9.9",
        ),
        (vraag(client=VIA, x_forwarded_for="[2001:db8::7]:9"), PROXY, "http://klachten.example", "2001:db8::7"),
        (vraag(client=("::ffff:172.18.0.4", 9), x_forwarded_for="9.9.9.9"), NET, "http://klachten.example", "9.9.9.9"),
        # What uvicorn has read already: no port.
        (
            vraag(client=("9.9.9.9", 0), scheme="https", x_forwarded_for="9.9.9.9"),
            EIGEN_PROXY,
            "https://klachten.example",
            "9.9.9.9",
        ),
    ],
)
def test_where_a_request_came_to_and_from(scope: Any, instelling: Instellingen, origin: str, client: str):
    gevonden = herkomst.find(scope, instelling)
    assert gevonden
    assert (gevonden.origin, gevonden.client) == (origin, client)
    assert gevonden.versleuteld is origin.startswith("https")


@pytest.mark.parametrize(
    "scope",
    [
        vraag(None),
        vraag(""),
        {**vraag(), "headers": [(b"host", b"a.example"), (b"host", b"b.example")]},
        vraag("klachten.example:99999"),
        vraag("klachten.example/pad"),
        vraag("iemand@klachten.example"),
        vraag("klachten.example?x"),
        vraag(client=None),
        vraag(client=("testclient", 5000)),
        vraag(scheme="gopher"),
        vraag(client=("9.9.9.9", 0), x_forwarded_for="9.9.9.9"),
        {**vraag(client=VIA, x_forwarded_for="onzin")},
        # A whole network may be trusted: nobody in it is this machine.
        vraag(client=VIA, x_forwarded_for="127.0.0.1"),
        # Of this machine, but not in the settings: it would make everybody one who is here.
        vraag(client=("127.0.0.1", 9), x_forwarded_for="9.9.9.9"),
        vraag(client=("127.0.0.1", 9), x_forwarded_proto="https"),
        vraag(client=("::1", 9), forwarded="for=9.9.9.9"),
        vraag(client=VIA, x_forwarded_proto="gopher"),
        {
            **vraag(client=VIA),
            "headers": [(b"host", b"a.example"), *[(b"x-forwarded-proto", b"https"), (b"x-forwarded-proto", b"http")]],
        },
    ],
)
def test_a_request_that_does_not_say_where_it_comes_from_is_none(scope: Any):
    assert herkomst.find(scope, Instellingen(proxies=("10.0.0.1",))) is None


def test_this_machine_is_known_by_its_address():
    for client, eigen in (
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.1", False),
    ):
        assert herkomst.find(vraag(client=(client, 1)), Instellingen()).eigen_machine is eigen  # type: ignore[union-attr]


# Settings


@pytest.mark.parametrize(
    ("inhoud", "wordt"),
    [
        (None, Instellingen()),
        ("", Instellingen()),
        (
            (
                'luister = "0.0.0.0"\nadres = "https://klachten.example"\nproxies = ["10.0.0.1"]\n'
                '[tls]\nsleutel = "s"\ncertificaat = "c"'
            ),
            Instellingen("0.0.0.0", "https://klachten.example", ("10.0.0.1",), "s", "c"),
        ),
    ],
)
def test_settings_are_read(tmp_path: Path, inhoud: str | None, wordt: Instellingen):
    pad = tmp_path / "instellingen.toml"
    if inhoud is not None:
        pad.write_text(inhoud, encoding="utf-8")
    gelezen = instellingen.load(pad)
    # Files are named from where the settings are.
    kort = {naam: getattr(gelezen, naam).removeprefix(f"{tmp_path}{os.sep}") for naam in ("sleutel", "certificaat")}
    assert replace(gelezen, **kort) == wordt


@pytest.mark.parametrize(
    "inhoud",
    [
        "geen toml",
        'luistert = "x"',
        "luister = 3",
        'proxies = "10.0.0.1"',
        'proxies = ["proxy.example"]',
        'adres = "klachten.example"',
        'adres = "https://klachten.example/app"',
        "tls = 3",
    ],
)
def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path, inhoud: str):
    pad = tmp_path / "instellingen.toml"
    pad.write_text(inhoud, encoding="utf-8")
    with pytest.raises(OngeldigeInstelling, match=r"^instellingen\.toml"):
        instellingen.load(pad)


HTTPS = "https://klachten.example"


@pytest.mark.parametrize(
    ("instelling", "voorbeeld", "luister", "mag"),
    [
        (Instellingen(), True, "127.0.0.1", True),
        (Instellingen(), True, "[::1]", True),
        (Instellingen(), True, "0.0.0.0", False),
        (Instellingen(), True, None, False),
        (Instellingen(adres=HTTPS, proxies=("127.0.0.1",)), True, "127.0.0.1", False),
        (Instellingen(), False, "127.0.0.1", True),
        (Instellingen(adres="http://localhost:8501"), False, "127.0.0.1", True),
        (Instellingen(adres="http://klachten.example"), False, "127.0.0.1", False),
        (Instellingen(adres=HTTPS, proxies=("127.0.0.1",)), False, "127.0.0.1", True),
        (Instellingen(adres=HTTPS), False, "127.0.0.1", False),
        (Instellingen(), False, "0.0.0.0", False),
        (Instellingen(adres=HTTPS), False, "0.0.0.0", False),
        (Instellingen(adres=HTTPS, proxies=("10.0.0.1",)), False, "0.0.0.0", True),
        (Instellingen(adres=HTTPS, certificaat="c", sleutel="s"), False, "", True),
        (Instellingen(adres=HTTPS, certificaat="c"), False, "", False),
        (Instellingen(adres="https://localhost:8501", certificaat="c", sleutel="s"), False, "127.0.0.1", True),
        (Instellingen(adres="https://localhost:8501", certificaat="c", sleutel="s"), True, "127.0.0.1", False),
        (Instellingen(adres=HTTPS, ook=("http://b.example",), proxies=("10.0.0.1",)), False, "127.0.0.1", False),
        (Instellingen(adres=HTTPS, ook=("https://b.example",), proxies=("10.0.0.1",)), False, "127.0.0.1", True),
    ],
)
def test_others_come_in_only_with_an_account_and_over_https(
    instelling: Instellingen, voorbeeld: bool, luister: str | None, mag: bool
):
    if mag:
        instellingen.check(instelling, voorbeeld=voorbeeld, luister=luister)
        return
    with pytest.raises(OnveiligAdres):
        instellingen.check(instelling, voorbeeld=voorbeeld, luister=luister)
