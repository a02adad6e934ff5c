"""The ASGI application: one process, one register, one port of this machine."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from klachten import afscherming, scherm
from klachten.datamap import data_map
from klachten.register import Register
from klachten.register.fouten import RegisterFout
from klachten.scherm import deur, kijker, kijklog, lijn, momentopname, opwarmen, volgen
from klachten.scherm.adressen import Adressen, nothing
from klachten.scherm.nederlands import Nederlands
from klachten.scherm.paginas import PAGINAS
from klachten.scherm.storing import storing
from klachten.scherm.uitgifte import Uitgifte
from klachten.toegang import instellingen, routes
from klachten.toegang.poort import Poort
from klachten.toegang.staat import Staat

afscherming.close_to_others()
# Of which kind the register is, is known when it is open; until then the gate lets in this machine alone.
STAAT = Staat(instellingen=instellingen.of_register(data_map()))


def close_the_door(register: Register) -> None:
    """A register of a firm is seen by whoever signs in, also when it is opened later than at the start."""
    deur.close_for(STAAT, register)


@asynccontextmanager
async def levensloop(app: st.App) -> AsyncIterator[None]:
    """Open the register before the first visitor comes, and close it after the last one has gone."""
    kijker.look_through(STAAT)
    scherm.bij_openen.append(close_the_door)
    lijn.send_at_once(asyncio.get_running_loop())
    # DuckDB opens the register while Python imports the pages.
    opening = asyncio.create_task(asyncio.to_thread(opwarmen.open_register))
    opwarmen.import_pages()
    try:
        await opening
    except RegisterFout as fout:
        # The app stays up: every page says what is wrong, and tries again.
        print(f"Het register gaat niet open: {fout}", file=sys.stderr)
    opwarmen.freeze()
    stop = asyncio.Event()
    bijhouden = asyncio.create_task(momentopname.keep_up(stop))
    accounts = asyncio.create_task(volgen.keep_up(STAAT, stop))
    verder = asyncio.create_task(asyncio.to_thread(opwarmen.go_on))
    try:
        instellingen.check(STAAT.instellingen, voorbeeld=STAAT.voorbeeld, luister=st.get_option("server.address"))
        yield
    finally:
        stop.set()
        await bijhouden
        await accounts
        await verder
        scherm.bij_openen.remove(close_the_door)
        kijklog.close()
        if register := scherm.gebruik(None):
            register.close()


app = st.App(
    Path(__file__).parent / "klachten" / "scherm" / "venster.py",
    middleware=[
        Middleware(Poort, staat=STAAT, routes=routes.load(pagina.naam for pagina in PAGINAS), elders=Adressen(nothing)),
        Middleware(Uitgifte),
        Middleware(Adressen),
        Middleware(Nederlands, erbij=kijker.warning),
    ],
    lifespan=levensloop,
    on_script_error=storing,
)
