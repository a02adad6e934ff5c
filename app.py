"""The ASGI application: one process, one register, one port of this machine."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from klachten import scherm, toegang
from klachten.register.fouten import RegisterFout
from klachten.scherm import lijn, momentopname, opwarmen
from klachten.scherm.adressen import Adressen
from klachten.scherm.nederlands import Nederlands
from klachten.scherm.storing import storing
from klachten.toegang.poort import Poort


@asynccontextmanager
async def levensloop(app: st.App) -> AsyncIterator[None]:
    """Open the register before the first visitor comes, and close it after the last one has gone."""
    toegang.controleer_adres(st.get_option("server.address"))
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
    verder = asyncio.create_task(asyncio.to_thread(opwarmen.go_on))
    try:
        yield
    finally:
        stop.set()
        await bijhouden
        await verder
        if register := scherm.gebruik(None):
            register.close()


app = st.App(
    Path(__file__).parent / "klachten" / "scherm" / "venster.py",
    middleware=[Middleware(Poort), Middleware(Adressen), Middleware(Nederlands)],
    lifespan=levensloop,
    on_script_error=storing,
)
