"""The log of the process: one form for everything that is told, and nothing about anybody in it."""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from streamlit import logger as van_streamlit

from klachten import logboek
from klachten.opdrachten import start
from klachten.scherm import logboek as scherm_logboek
from klachten.scherm import storing
from klachten.toegang import routes
from tests import eindig, logproef

NAAM = "Fatima Kanarie"


class Gehoord(io.StringIO):
    """What the log wrote, as lines that were read again."""

    def regels(self) -> list[dict[str, Any]]:
        gezegd = self.getvalue()
        assert NAAM not in gezegd
        return logproef.lines(f"(stoppen: Ctrl+C).\n{gezegd}")


@pytest.fixture
def gehoord(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gehoord]:
    """The log as the app sets it up, at its widest; afterwards all loggers are as they were."""
    monkeypatch.setenv(logboek.NIVEAU, "alles")
    bekend = logging.Logger.manager.loggerDict.values()
    loggers = [logging.getLogger(), *(each for each in bekend if isinstance(each, logging.Logger))]
    was = [(each, each.handlers[:], each.level, each.propagate) for each in loggers]
    haken = sys.excepthook, threading.excepthook, van_streamlit.setup_formatter
    stroom = Gehoord()
    try:
        monkeypatch.setattr(sys, "stderr", stroom)
        scherm_logboek.begin()
        yield stroom
    finally:
        logging.captureWarnings(False)
        sys.excepthook, threading.excepthook, van_streamlit.setup_formatter = haken
        for each, handlers, level, propagate in was:
            each.handlers[:], each.propagate = handlers, propagate
            each.setLevel(level)


def test_a_line_says_what_happened_and_how_long_it_took(gehoord: Gehoord):
    logboek.event("pagina", route="dossier", duur_ms=12, wie=logboek.number_of("fatima"))
    (regel,) = gehoord.regels()
    assert regel.pop("moment").endswith("Z")
    assert regel == {"niveau": "info", "soort": "pagina", "route": "dossier", "duur_ms": 12, "wie": regel["wie"]}
    assert logboek.number_of("fatima") == regel["wie"] != logboek.number_of("bas")
    assert logboek.number_of("") is None
    with pytest.raises(TypeError, match="naam"):
        logboek.event("pagina", naam=NAAM)


def _duckdb() -> None:
    duckdb.sql(f"SELECT CAST('{NAAM}' AS INTEGER)").fetchall()


def _int() -> None:
    int(NAAM)


def _chained() -> None:
    try:
        _int()
    except ValueError as fout:
        raise RuntimeError(f"kan {NAAM} niet lezen") from fout


def _group() -> None:
    raise ExceptionGroup(NAAM, [ValueError(NAAM), OSError(28, "No space left on device", f"/tmp/{NAAM}")])


@pytest.mark.parametrize(
    ("mis", "soorten"),
    [
        (_duckdb, ["ConversionException"]),
        (_int, ["ValueError"]),
        (_chained, ["RuntimeError", "ValueError"]),
        (_group, ["ExceptionGroup", "ValueError", "OSError"]),
    ],
)
def test_what_goes_wrong_is_told_by_its_kind_and_place_and_never_by_what_it_says(gehoord: Gehoord, mis, soorten):
    with pytest.raises(Exception) as gevangen:  # noqa: PT011 - whatever it is
        mis()
    zin = storing.sentence(gevangen.value)
    (regel,) = gehoord.regels()
    assert (regel["niveau"], regel["soort"]) == ("fout", "storing")
    assert regel["code"] in zin, "what the user reads is found in the log"
    assert [fout["soort"] for fout in regel["fouten"]] == soorten
    assert any(plek.startswith("tests/test_logboek.py:") for plek in regel["fouten"][0]["spoor"])
    assert [fout["reden"] for fout in regel["fouten"] if "reden" in fout] == (
        ["No space left on device"] if mis is _group else []
    )


def test_a_library_is_told_of_by_where_it_spoke_whatever_it_says(gehoord: Gehoord):
    for naam in ("streamlit.runtime.app_session", "uvicorn.error", "uvicorn.access", "een.nieuwe.bibliotheek"):
        logging.getLogger(naam).error('%s - "GET /dossier?nummer=K2026-0001&zoek=%s"', "127.0.0.1", NAAM)
        logging.getLogger(naam).warning(f"Zonder sjabloon: {NAAM}")  # noqa: G004
    # One that Streamlit makes only now.
    van_streamlit.get_logger("streamlit.pas_later").error("Uncaught %s", NAAM, exc_info=ValueError(NAAM))
    warnings.warn(NAAM, UserWarning, stacklevel=1)
    regels = gehoord.regels()
    assert len(regels) == 10
    assert {regel["bij"].rpartition(":")[0] for regel in regels[:9]} == {"tests/test_logboek.py"}
    assert not any("zin" in regel for regel in regels)
    assert regels[8]["fouten"][0]["soort"] == "ValueError"


def test_no_sentence_of_ours_takes_a_number_along(gehoord: Gehoord):
    logging.getLogger("klachten").error("In het dossier van %s en P2026-0003 ontbreken teksten.", "K2026-0001")
    assert gehoord.regels()[0]["zin"] == "In het dossier van (nummer) en (nummer) ontbreken teksten."


def test_what_nobody_caught_is_told_in_the_same_form(gehoord: Gehoord):
    draad = threading.Thread(target=_int)
    draad.start()
    eindig.ended(draad)
    try:
        _chained()
    except RuntimeError:
        sys.excepthook(*sys.exc_info())
    assert [(r["niveau"], r["fouten"][0]["soort"]) for r in gehoord.regels()] == [
        ("fout", "ValueError"),
        ("fout", "RuntimeError"),
    ]


@pytest.mark.parametrize(
    ("niveau", "hoort"),
    [
        ("", ["info", "let op", "fout", "let op", "fout"]),
        ("let-op", ["let op", "fout", "let op", "fout"]),
        ("FOUT", ["fout", "fout"]),
        ("alles", ["alles", "info", "let op", "fout"] * 2),
    ],
)
def test_how_much_is_told_is_a_setting(gehoord: Gehoord, monkeypatch: pytest.MonkeyPatch, niveau: str, hoort):
    monkeypatch.setenv(logboek.NIVEAU, niveau)
    monkeypatch.setattr(sys, "stderr", gehoord)
    scherm_logboek.begin()
    for naam in ("klachten", "uvicorn.error"):
        for hoe in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
            logging.getLogger(naam).log(hoe, "iets")
    assert [regel["niveau"] for regel in gehoord.regels()] == hoort


def test_a_level_that_is_none_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.setenv(logboek.NIVEAU, "veel")
    ontleder = start.Ontleder()
    start.add_arguments(ontleder)
    assert start.run(ontleder.parse_args([])) == 2
    assert capsys.readouterr().err == ("Fout: KLACHTEN_LOGNIVEAU is 'veel'; kies uit: fout, let op, info, alles.\n")


async def _answer(scope: Any, receive: Any, send: Any) -> None:
    scope["klachten"] = {"sessie": type("Sessie", (), {"persoon": NAAM, "hash": "0" * 64})()}
    await send({"type": "http.response.start", "status": 404 if "weg" in scope["path"] else 200, "headers": []})
    await send({"type": "http.response.body", "body": NAAM.encode()})


async def _asked(pad: str) -> None:
    scope = {"type": "http", "method": "GET", "path": pad, "query_string": f"zoek={NAAM}".encode(), "headers": []}

    async def hear(bericht: Any) -> None:
        pass

    meeschrijver = scherm_logboek.Meeschrijver(_answer, routes.load(["dossier"]))
    await meeschrijver(scope, hear, hear)


@pytest.mark.parametrize(
    ("pad", "route", "status", "niveau"),
    [
        ("/stuk/K2026-0001/3", "/stuk/*", 200, "info"),
        ("/dossier", "/dossier", 200, "info"),
        ("/Fatima Kanarie/weg", "geen", 404, "info"),
        ("/static/weg.js", "/static/*", 404, "info"),
        ("/static/er.js", "/static/*", 200, "alles"),
        ("/_stcore/health", "/_stcore/health", 200, "alles"),
    ],
)
def test_a_request_is_told_of_by_its_row_and_not_by_its_address(gehoord: Gehoord, pad, route, status, niveau):
    asyncio.run(_asked(pad))
    regel = next(regel for regel in gehoord.regels() if regel["soort"] == "verzoek")
    assert (regel["route"], regel["status"], regel["niveau"]) == (route, status, niveau)
    assert regel["wie"] == logboek.number_of(NAAM)
