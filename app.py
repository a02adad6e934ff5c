"""The ASGI application: one process, one register, one port of this machine."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from klachten import afscherming, scherm
from klachten.datamap import data_map
from klachten.register import Register
from klachten.register.fouten import RegisterFout
from klachten.scherm import (
    agenda,
    anker,
    bewaken,
    bijwerken,
    deur,
    kijker,
    kijklog,
    lijn,
    logboek,
    momentopname,
    opwarmen,
    pols,
    post,
    reservekopie,
    ruimte,
    toegankelijk,
    uitvoeren,
    volgen,
    voorladen,
)
from klachten.scherm.adressen import Adressen, nothing
from klachten.scherm.intake import opruimen
from klachten.scherm.nederlands import Nederlands
from klachten.scherm.paginas import PAGINAS
from klachten.scherm.storing import storing
from klachten.scherm.uitgifte import Uitgifte
from klachten.toegang import instellingen, routes
from klachten.toegang.poort import Poort
from klachten.toegang.staat import Staat

afscherming.close_to_others()
# First, so that nothing is told in another form; again when the server has set up its own.
logboek.begin()
_log = logging.getLogger("klachten")
# Of which kind the register is, is known when it is open; until then the gate lets in this machine alone.
STAAT = Staat(instellingen=instellingen.of_register(data_map()))
ROUTES = routes.load(pagina.naam for pagina in PAGINAS)


def close_the_door(register: Register) -> None:
    """A register of a firm is seen by whoever signs in, also when it is opened later than at the start."""
    deur.close_for(STAAT, register)


@asynccontextmanager
async def levensloop(app: st.App) -> AsyncIterator[None]:
    """Open the register before the first visitor comes, and close it after the last one has gone."""
    logboek.begin()
    logboek.event("gestart")
    kijker.look_through(STAAT)
    scherm.bij_openen += [close_the_door, opruimen.ruim_op, bijwerken.bijwerker.follow]
    lijn.send_at_once(asyncio.get_running_loop())
    # DuckDB opens the register while Python imports the pages.
    opening = asyncio.create_task(asyncio.to_thread(opwarmen.open_register))
    opwarmen.import_pages()
    try:
        await opening
    except RegisterFout as fout:
        # The app stays up: every page says what is wrong, and tries again.
        _log.error("Het register gaat niet open: %s", fout, extra={"soort": "openen"}, exc_info=fout)
    opwarmen.freeze()
    stop = asyncio.Event()
    lopend = [
        momentopname.keep_up(stop),
        bijwerken.keep_up(stop),
        ruimte.keep_up(stop),
        bewaken.keep_up(stop),
        pols.keep_up(stop),
        reservekopie.keep_up(stop),
        uitvoeren.keep_up(stop),
        volgen.keep_up(STAAT, stop),
        post.keep_up(stop),
        anker.keep_up(STAAT.instellingen.anker, stop),
        asyncio.to_thread(opwarmen.go_on),
    ]
    taken = [asyncio.create_task(loop) for loop in lopend]
    try:
        instellingen.check(STAAT.instellingen, voorbeeld=STAAT.voorbeeld, luister=st.get_option("server.address"))
        yield
    except instellingen.OnveiligAdres as fout:
        _log.critical("%s", fout)
        raise
    finally:
        stop.set()
        for fout in await asyncio.gather(*taken, return_exceptions=True):
            if fout is not None:  # the register is closed whatever went wrong beside it
                _log.error("Werk op de achtergrond hield op.", extra={"soort": "achtergrond"}, exc_info=fout)
        for doe in (close_the_door, bijwerken.bijwerker.follow):
            scherm.bij_openen.remove(doe)
        kijklog.close()
        if register := scherm.gebruik(None):
            register.close()
        logboek.event("gestopt")


app = st.App(
    Path(__file__).parent / "klachten" / "scherm" / "venster.py",
    middleware=[
        Middleware(logboek.Meeschrijver, routes=ROUTES),
        Middleware(Poort, staat=STAAT, routes=ROUTES, elders=Adressen(nothing)),
        Middleware(Uitgifte),
        Middleware(agenda.Agendafront),
        Middleware(Adressen),
        Middleware(Nederlands, erbij=lambda: toegankelijk.erbij() + voorladen.erbij() + kijker.warning()),
    ],
    lifespan=levensloop,
    on_script_error=storing,
)
