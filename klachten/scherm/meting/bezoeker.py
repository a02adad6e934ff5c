"""A visitor of the started app: says over the WebSocket what a tab of a browser says, and waits as its user does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import websockets
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection

from klachten.scherm.meting import PaginaMislukt
from klachten.scherm.paginas import PAGINAS

ADRES = "127.0.0.1"
GEDULD = 600.0
Antwoord = str | bool | int


class Bezoeker:
    """One tab of a browser, with a session of its own in the app on this machine; use it with `async with`.

    It asks for no compression, as the app offers none, and keeps no messages from earlier pages: what it gets is
    what a tab gets that opens a page for the first time.
    """

    def __init__(self, poort: int, als: str = "", *, koek: str = "", verder: str = "") -> None:
        """`koek` is the cookie of who is signed in, where that is asked; in the example one is `als`, or the first.

        `verder` is the session of an earlier tab to go on with, as a browser asks whose line was cut.
        """
        self._poort, self._koek, self._verder = poort, koek, verder
        self._wie = {} if koek else {"als": als}
        self.sessie = ""
        self._lijn: ClientConnection | None = None
        self._velden: dict[str, Element] = {}
        self._gelukt = False

    async def __aenter__(self) -> Self:
        """Open the line, as the page in the browser does once its scripts have come."""
        self._lijn = await websockets.connect(
            f"ws://{ADRES}:{self._poort}/_stcore/stream",
            origin=f"http://{ADRES}:{self._poort}",  # type: ignore[arg-type]
            subprotocols=["streamlit", *(["geen", self._verder] if self._verder else [])],  # type: ignore[list-item]
            additional_headers={"Cookie": self._koek} if self._koek else None,
            compression=None,
            max_size=None,
            proxy=None,
        )
        return self

    async def __aexit__(self, soort: type | None, fout: BaseException | None, spoor: TracebackType | None) -> None:
        """Close the tab."""
        if self._lijn:
            await self._lijn.close()

    async def open(self, pagina: str, **query: str) -> float:
        """Go to a page (its name in PAGINAS) and return the seconds until it was complete.

        PaginaMislukt when it shows an error, or when it is another page.
        """
        return await self._run(pagina, {**query, **self._wie}, WidgetStates())

    async def fill_in(self, pagina: str, vorm: str, antwoorden: Mapping[str, Antwoord], **query: str) -> float:
        """Press the button of a form on the page that is open, with these answers; return the seconds it took.

        `vorm` stands in the key of the form (the name of its handeling). An answer is a text, yes or no, or the place
        of an option. PaginaMislukt when there is no such form or the app did not say that something was recorded.
        """
        duur = await self.choose(pagina, vorm, {**antwoorden, "knop": True}, **query)
        if not self._gelukt:
            raise PaginaMislukt(f"{pagina}: het formulier {vorm} is niet vastgelegd.")
        return duur

    async def choose(self, pagina: str, vorm: str, antwoorden: Mapping[str, Antwoord], **query: str) -> float:
        """Give answers in a form without sending it, as when what it asks depends on them; as fill_in."""
        velden = {
            id.rpartition(".")[2]: (id, element)
            for id, element in self._velden.items()
            if vorm in id.partition("#")[0] and "#" in id
        }
        if ontbreekt := antwoorden.keys() - velden.keys():
            raise PaginaMislukt(f"{pagina}: het formulier {vorm} heeft geen {', '.join(sorted(ontbreekt))}.")
        ingevuld = WidgetStates()
        ingevuld.widgets.extend(_state(id, element, antwoorden.get(naam)) for naam, (id, element) in velden.items())
        return await self._run(pagina, {**query, **self._wie}, ingevuld)

    async def _run(self, pagina: str, query: Mapping[str, str], ingevuld: WidgetStates) -> float:
        vraag = BackMsg()
        vraag.rerun_script.page_name = "" if pagina == PAGINAS[0].naam else pagina
        vraag.rerun_script.query_string = urlencode(query)
        vraag.rerun_script.widget_states.CopyFrom(ingevuld)
        self._velden, self._gelukt, titels = {}, False, []
        begin = time.perf_counter()
        try:
            async with asyncio.timeout(GEDULD):
                await self._lijn.send(vraag.SerializeToString())
                async for pakje in self._lijn:
                    if self._complete(pagina, ForwardMsg.FromString(pakje), titels):
                        break
        except TimeoutError:
            raise PaginaMislukt(f"{pagina}: de pagina was na {GEDULD:.0f} seconden nog niet klaar.") from None
        duur = time.perf_counter() - begin
        if not titels:
            raise PaginaMislukt(f"{pagina}: er kwam geen titel.")
        return duur

    def _complete(self, pagina: str, antwoord: ForwardMsg, titels: list[str]) -> bool:
        """Take in one message, and tell whether the page is complete with it."""
        soort = antwoord.WhichOneof("type")
        if soort == "new_session":
            self.sessie = antwoord.new_session.initialize.session_id
        if soort == "page_not_found":
            raise PaginaMislukt(f"{pagina}: die pagina bestaat niet.")
        if soort == "delta" and antwoord.delta.WhichOneof("type") == "new_element":
            self._look(pagina, antwoord.delta.new_element, titels)
        if soort != "script_finished" or antwoord.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if antwoord.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise PaginaMislukt(f"{pagina}: de pagina liep niet tot het eind.")
        return True

    def _look(self, pagina: str, element: Element, titels: list[str]) -> None:
        """Keep what a form needs, and stop at an error: its page is short and would look fast."""
        soort = element.WhichOneof("type")
        if soort == "exception":
            raise PaginaMislukt(f"{pagina}: {element.exception.message}")
        if soort == "alert":
            if element.alert.format == Alert.ERROR:
                raise PaginaMislukt(f"{pagina}: {element.alert.body}")
            self._gelukt |= element.alert.format == Alert.SUCCESS
        elif soort == "heading":
            titels.append(element.heading.body)
        elif hasattr(getattr(element, soort), "id"):
            self._velden[getattr(element, soort).id] = element


def _state(id: str, element: Element, antwoord: Antwoord | None) -> WidgetState:
    """What a tab sends of a field: the answer, or what it starts with; without that a day would be empty."""
    uit, soort = WidgetState(id=id), element.WhichOneof("type")
    veld = getattr(element, soort)
    if soort == "button":
        uit.trigger_value = bool(antwoord)
    elif soort == "date_input":
        uit.string_array_value.data.extend(veld.default)
    elif soort == "checkbox":
        uit.bool_value = veld.default if antwoord is None else bool(antwoord)
    elif soort in ("radio", "selectbox"):
        if antwoord is not None or veld.HasField("default"):
            uit.string_value = veld.options[veld.default if antwoord is None else int(antwoord)]
    elif antwoord is not None:
        uit.string_value = str(antwoord)
    return uit
