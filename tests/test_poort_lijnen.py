"""Open lines: each belongs to one session, ends with it, and is not gone on with by somebody else."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from klachten.toegang.lijnen import Lijnen
from klachten.toegang.poort import AFGEMELD, Poort
from klachten.toegang.sessies import STIL
from tests.deurproef import Bericht, Proefpoort, echt, gate
from tests.poortproef import Klok, lijn, open_lijn, vraag

# The gate with accounts.
__all__ = ["echt"]


def browser(poort: Poort, **koppen: str) -> tuple[list[Bericht], asyncio.Queue[Bericht], asyncio.Task[None]]:
    """Open a line that stays open: what it got, what it may still send, and the task that ends with it."""
    gekregen: list[Bericht] = []
    komt: asyncio.Queue[Bericht] = asyncio.Queue()
    komt.put_nowait({"type": "websocket.connect"})
    return gekregen, komt, asyncio.ensure_future(lijn(poort, komt.get, gekregen, **koppen))


async def is_open(*lijnen: list[Bericht]) -> None:
    async with asyncio.timeout(5):
        while not all(lijnen):
            await asyncio.sleep(0.001)


VERTREK = [
    {"type": "websocket.send", "bytes": b"ga naar /aanmelden"},
    {"type": "websocket.close", "code": AFGEMELD, "reason": ""},
]


def test_signing_out_ends_every_open_page_at_once_and_nobody_elses(echt: Proefpoort):
    sessies: Any = echt.staat.zittingen
    bas, _ = sessies.begin("bas", echt.staat.klok())

    async def proef() -> None:
        anna = [browser(echt, cookie=echt.wie) for _ in range(3)]
        gekregen, komt, blijft = browser(echt, cookie=f"klachten_8501={bas}")
        await asyncio.sleep(0)
        for _, zegt, _ in (*anna, ("", komt, "")):
            zegt.put_nowait({"type": "websocket.receive", "bytes": b"klik"})
        await asyncio.sleep(0.02)
        # From a thread, as a form of the beheerder does.
        await asyncio.to_thread(sessies.end, echt.sessie.hash)
        await asyncio.wait_for(asyncio.gather(*(taak for *_, taak in anna)), 5)
        for eigen, *_ in anna:
            # What the app still had to say after that went nowhere.
            assert eigen[1:] == [{"type": "websocket.send", "bytes": b"pagina"}, *VERTREK]
        assert not blijft.done()
        komt.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(blijft, 5)
        assert gekregen[1]["bytes"] == b"pagina"

    asyncio.run(proef())


def test_a_page_that_was_left_open_ends_when_its_session_does(echt: Proefpoort):
    klok: Klok = echt.staat.klok  # type: ignore[assignment]

    async def proef() -> None:
        gekregen, komt, taak = browser(echt, cookie=echt.wie)
        await is_open(gekregen)
        klok.nu += STIL
        # What comes after the end is not passed on, and does not bring the session back.
        komt.put_nowait({"type": "websocket.receive", "bytes": b"klik"})
        await asyncio.wait_for(taak, 5)
        assert gekregen[1:] == VERTREK

    asyncio.run(proef())


def test_a_click_keeps_the_session_alive(echt: Proefpoort):
    klok: Klok = echt.staat.klok  # type: ignore[assignment]

    async def proef() -> None:
        gekregen, komt, taak = browser(echt, cookie=echt.wie)
        for _ in range(4):
            await asyncio.sleep(0.01)
            klok.nu += STIL - 60
            komt.put_nowait({"type": "websocket.receive", "bytes": b"klik"})
        await asyncio.sleep(0.01)
        komt.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(taak, 5)
        assert [bericht.get("bytes") for bericht in gekregen[1:-1]] == [b"pagina"] * 4

    asyncio.run(proef())


def test_an_open_page_without_a_session_is_told_where_to_go(echt: Proefpoort):
    assert open_lijn(echt, cookie="klachten_8501=oud") == [
        {"type": "websocket.accept", "subprotocol": "streamlit"},
        *VERTREK,
    ]
    assert echt.app.gezien == []


def test_a_line_can_be_closed_while_its_session_goes_on():
    """In the example too, where there is nowhere to send the browser."""
    poort = gate()
    koek = vraag(poort).koek

    async def proef() -> None:
        gekregen, _, taak = browser(poort, cookie=koek)
        await is_open(gekregen)
        poort.staat.lijnen.close(poort.staat.bezoeken.read(koek.partition("=")[2], 0).hash)  # type: ignore[union-attr]
        await asyncio.wait_for(taak, 5)
        assert gekregen[1:] == VERTREK[1:]

    asyncio.run(proef())
    assert vraag(poort, "/bestand/x", cookie=koek).status == 200


def test_one_session_does_not_open_lines_without_end():
    poort = gate(lijnen=Lijnen(per_sessie=2))
    koek = vraag(poort).koek

    async def proef() -> None:
        open_ = [browser(poort, cookie=koek) for _ in range(2)]
        await asyncio.sleep(0.01)
        derde = browser(poort, cookie=koek)
        await asyncio.wait_for(derde[2], 5)
        assert [bericht["type"] for bericht in derde[0]] == ["websocket.close"]
        for _, komt, taak in open_:
            komt.put_nowait({"type": "websocket.disconnect", "code": 1001})
            await asyncio.wait_for(taak, 5)
        weer = browser(poort, cookie=koek)
        await asyncio.sleep(0.01)
        assert weer[0][0]["type"] == "websocket.accept"
        weer[1].put_nowait({"type": "websocket.disconnect", "code": 1001})
        await weer[2]

    asyncio.run(proef())


@pytest.mark.parametrize(
    ("gevraagd", "doorgegeven"),
    [
        ("streamlit, xsrf, van-anna", "streamlit, xsrf, van-anna"),
        ("streamlit, xsrf, van-bas", "streamlit, xsrf"),
        ("streamlit, xsrf, onbekend", "streamlit, xsrf"),
        ("streamlit, , van-bas", "streamlit, "),
        ("streamlit, xsrf", "streamlit, xsrf"),
        ("streamlit", "streamlit"),
    ],
)
def test_nobody_goes_on_with_what_a_colleague_had_open(echt: Proefpoort, gevraagd: str, doorgegeven: str):
    """In one tab: one signs out, a colleague signs in, and the browser asks for the Streamlit session it had."""
    echt.staat.lijnen.belongs("van-anna", echt.sessie.hash)
    echt.staat.lijnen.belongs("van-bas", "b" * 64)
    echt.staat.lijnen.belongs("van-bas", echt.sessie.hash)
    open_lijn(echt, cookie=echt.wie, sec_websocket_protocol=gevraagd)
    koppen = dict(echt.app.gezien[0]["headers"])
    assert koppen[b"sec-websocket-protocol"].decode() == doorgegeven
