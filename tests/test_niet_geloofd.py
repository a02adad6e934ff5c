"""What a browser sends is not believed: a value that was not offered, another klacht, a page that is not for the user.

Sent over the line as a tab of a browser sends it, past everything that the page draws.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.util import calc_hash

from klachten import gebeurtenissen as g
from klachten.opening import open_register
from klachten.organisatie import gebruiker
from klachten.post.uit import APP
from klachten.scherm.dossier.kiezer import NIET_VOOR_U
from klachten.scherm.meting.bezoeker import Bezoeker
from klachten.scherm.meting.gestart import GestarteApp
from klachten.scherm.paginas import PAGINAS, pagina
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst
from tests.vork import DAARVOOR

GEHEIM = "aktetas"
VANZELF = [
    soort.__name__
    for soort in (g.HerinneringGestuurd, g.HerinneringsrondeGedaan, g.BerichtKlaargezet, g.BerichtIngetrokken)
]
"""What the app records of its reminders, with nobody asking."""
NIET_UW_ROL = "Deze pagina is niet voor uw rol"


class Tab(Bezoeker):
    """A tab that keeps everything it gets, and may say anything."""

    def _complete(self, pagina: str, antwoord: ForwardMsg, titels: list[str]) -> bool:
        self.gekregen += antwoord.SerializeToString()
        soort = antwoord.WhichOneof("type")
        if soort == "delta" and antwoord.delta.WhichOneof("type") == "new_element":
            element = antwoord.delta.new_element
            veld = getattr(element, element.WhichOneof("type"))
            if hasattr(veld, "id"):
                self._velden[veld.id] = element
        return soort == "script_finished" and antwoord.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    async def zeg(self, naam: str = "", hash: str = "", velden: list[WidgetState] | None = None, **query: str) -> str:
        """Ask a page by name or by hash, with these fields filled in; return all that came as text."""
        vraag = BackMsg()
        vraag.rerun_script.page_name = naam
        vraag.rerun_script.page_script_hash = hash
        vraag.rerun_script.query_string = urlencode({**query, **self._wie})
        vraag.rerun_script.widget_states.widgets.extend(velden or [])
        self.gekregen, self._velden = b"", {}
        async with asyncio.timeout(60):
            await self._lijn.send(vraag.SerializeToString())
            async for pakje in self._lijn:
                if self._complete(naam, ForwardMsg.FromString(pakje), []):
                    break
        return self.gekregen.decode("utf-8", "replace")

    def veld(self, naam: str) -> str:
        """Return the id of the field of a form on the page that came last."""
        (id,) = [id for id in self._velden if "#" in id and id.rpartition(".")[2] == naam]
        return id


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[GestarteApp, Path, dict[str, str]]]:
    """The started app, with a klacht to assign, and one that is hidden from Anna."""
    map = tmp_path_factory.mktemp("niet_geloofd") / "register"
    with open_register(map) as register, pytest.MonkeyPatch.context() as patch:
        lijst = Lijst(register)
        nummers = {
            "toe_te_wijzen": lijst.intake(betrokkenen=("eva",)),
            "lopend": lijst.tot(10, behandelaar="bas"),
            "geheim": lijst.tot(
                10, behandelaar="bas", betrokkenen=("dirk",), ontvanger="frank", omschrijving=f"De {GEHEIM} is weg"
            ),
        }
        lijst.doe("stap_04_toevoegen_betrokkene", "carla", nummers["geheim"], op=12, betrokkene="anna")
        register.close()
        patch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
        patch.setattr("klachten.scherm.meting.gestart.subprocess", DAARVOOR)
        with GestarteApp(map) as gestart:
            yield gestart, map, nummers


def doe(app: GestarteApp, als: str, hoe: Callable[[Tab], Any]) -> Any:
    async def bezoek() -> Any:
        async with Tab(app.poort, als) as tab:
            return await hoe(tab)

    return asyncio.run(bezoek())


def feiten(map: Path) -> list[bytes]:
    """Return what anybody recorded so far: the app, once it is up, reminds people by itself."""
    regels = b"".join(pad.read_bytes() for pad in sorted((map / "journaal").glob("*.jsonl"))).splitlines()
    return [regel for regel in regels if not _by_itself(json.loads(regel))]


def _by_itself(feit: dict[str, Any]) -> bool:
    return feit["door"] == APP and feit["soort"] in VANZELF


def test_of_what_is_recorded_only_the_reminders_of_the_app_are_not_counted(tmp_path: Path):
    """A forged form that is recorded in another name, or in none, is seen too."""
    (tmp_path / "journaal").mkdir()
    wie = [(door, soort) for door in ("anna", "bas", "", APP) for soort in ("BehandelaarToegewezen", *VANZELF)]
    regels = [json.dumps({"door": door, "soort": soort}) for door, soort in wie]
    (tmp_path / "journaal" / "1.jsonl").write_text("\n".join(regels) + "\n", encoding="utf-8")
    assert len(feiten(tmp_path)) == len(regels) - len(VANZELF)


async def wijs_toe(tab: Tab, nummer: str, keuze: str) -> str:
    """Send the form that assigns a behandelaar, with whatever stands for one."""
    vraag = {"nummer": nummer, "doen": "stap_04_toewijzen_behandelaar"}
    assert "Bas Janssen" in await tab.zeg("dossier", **vraag)
    op = WidgetState(id=tab.veld("op"))
    op.string_array_value.data.append(f"{ONTVANGEN:%Y/%m/%d}")
    knop = WidgetState(id=tab.veld("knop"), trigger_value=True)
    gekozen = WidgetState(id=tab.veld("behandelaar"), string_value=keuze)
    return await tab.zeg("dossier", velden=[op, gekozen, knop], **vraag)


# Eva is involved, Gijs is no behandelaar, hanna has no part in it, and two are nobody. Anna may: without her
# this would hold for a form that never records.
@pytest.mark.parametrize(
    "keuze", ["eva", "Eva Bakker", "gijs", "Gijs Peters", "hanna", "zorro", "<b>bas</b>", "Anna de Wit"]
)
def test_a_choice_that_was_not_offered_records_nothing(app, keuze: str):
    gestart, map, nummers = app
    voor = feiten(map)
    gezien = doe(gestart, "anna", lambda tab: wijs_toe(tab, nummers["toe_te_wijzen"], keuze))
    mag = keuze == "Anna de Wit"
    assert ("Vastgelegd bij" in gezien) == mag
    assert "Toch vastleggen" not in gezien, "it is refused, and does not wait for a reason"
    assert len(feiten(map)) == len(voor) + mag


@pytest.mark.parametrize("als", ["anna", "dirk", "eva", "gijs", "hanna", "iris"])
def test_a_klacht_that_is_not_for_the_user_is_not_there_whoever_asks(app, als: str):
    gestart, _, nummers = app
    geheim = nummers["geheim"]

    async def vraag(tab: Tab) -> tuple[str, str]:
        return await tab.zeg("dossier", nummer=geheim), await tab.zeg("dossier", nummer="K2026-0999")

    wel, niet = doe(gestart, als, vraag)
    assert (NIET_VOOR_U in wel) == (NIET_VOOR_U in niet) == (als not in ("hanna", "iris"))
    assert GEHEIM not in wel
    assert "Jansen" not in wel


def test_fields_of_one_form_sent_with_another_klacht_record_nothing(app):
    """The number stands in the address, and the keys of the fields in what is sent: both are somebody else's word."""
    gestart, map, nummers = app
    voor = feiten(map)

    async def stuur(tab: Tab) -> str:
        vraag = {"nummer": nummers["lopend"], "doen": "stap_04_vervangen_behandelaar"}
        await tab.zeg("dossier", **vraag)
        velden = [
            WidgetState(id=id.replace(nummers["lopend"], nummers["geheim"]), trigger_value=True)
            for id in tab._velden
            if id.endswith(".knop")
        ]
        return await tab.zeg("dossier", velden=velden, **{**vraag, "nummer": nummers["geheim"]})

    gezien = doe(gestart, "anna", stuur)
    assert NIET_VOOR_U in gezien
    assert GEHEIM not in gezien
    assert feiten(map) == voor


@pytest.mark.parametrize("als", ["hanna", "iris", "gijs", "joris"])
def test_a_page_asked_for_by_its_hash_is_refused_like_one_by_its_name(app, als: str):
    gestart, _, _ = app
    wie = gebruiker(als)
    assert wie is not None
    dicht = [deel for deel in PAGINAS if not deel.toegankelijk_voor(wie)]

    async def vraag(tab: Tab) -> list[str]:
        await tab.zeg("")
        uit = []
        for deel in dicht:
            # As Streamlit makes the hash of a page: of its address; and of its file, which it used before.
            for wat in (deel.naam, str(deel.bestand)):
                uit += [await tab.zeg(hash=calc_hash(wat))]
            uit += [await tab.zeg(deel.naam)]
        return uit

    antwoorden = doe(gestart, als, vraag)
    assert len(antwoorden) == 3 * len(dicht) > 0
    for antwoord in antwoorden:
        # Refused, or the start page in its place.
        assert NIET_UW_ROL in antwoord or f"Welkom, {wie.naam}" in antwoord or "Werkvoorraad" in antwoord
        assert GEHEIM not in antwoord
        assert "Jansen" not in antwoord
    assert sum(NIET_UW_ROL in antwoord for antwoord in antwoorden) >= 2 * len(dicht)


def test_every_page_lies_behind_the_window():
    """A hash can only name what st.navigation was given, and the window asks the rights before it runs that."""
    assert {deel.bestand for deel in PAGINAS} == set((pagina("dossier").bestand.parents[1]).rglob("*.py"))
