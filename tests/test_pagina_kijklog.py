"""What the pages tell the log of looking, and page Kijklog: who looked where, and to whom that is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie, scherm
from klachten.kijklog import Regel
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm import kijklog
from klachten.scherm.beheer.kijklog import ZONDER
from klachten.scherm.dossier.aankomst import DEEL
from tests import matrixproef as proef
from tests.matrixproef import ANDER, MENSEN, VANDAAG, Klacht
from tests.schermproef import VENSTER, ga_naar, tekst


class Huis(NamedTuple):
    """A register in which somebody of every role is involved in one klacht and reads others."""

    register: Register
    klachten: dict[tuple[str, str], Klacht]

    def regels(self) -> list[Regel]:
        """Every line of the log, in order."""
        log = kijklog.van(self.register)
        log.flush()
        assert log.keten.keur().gebreken == ()
        return [een.regel for maand in log.keten.maanden() for een in log.keten.regels(maand)]


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Huis]:
    with open_register(tmp_path_factory.mktemp("kijklog") / "r") as register, organisatie.met(ANDER, *MENSEN.values()):
        yield Huis(register, proef.vul(register))


@pytest.fixture
def huis(gevuld: Huis, monkeypatch: pytest.MonkeyPatch) -> Iterator[Huis]:
    """The same register with an empty log."""
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    vorig = scherm.gebruik(gevuld.register)
    kijklog.close()
    kijklog._laatste.clear()
    for pad in (gevuld.register.map / "kijklog").glob("*"):
        pad.unlink()
    yield gevuld
    scherm.gebruik(vorig)


def begin(wie: str) -> AppTest:
    app = AppTest.from_file(VENSTER, default_timeout=30)
    app.query_params["als"] = MENSEN[wie].id
    app.session_state["gebruiker"] = MENSEN[wie].id
    return app


def to(app: AppTest, naam: str, **vraag: str) -> AppTest:
    return ga_naar(app, naam, app.session_state["gebruiker"], **vraag)


def open_kijklog(wie: str) -> AppTest:
    return to(begin(wie), "kijklog")


def short(regels: list[Regel]) -> list[tuple[str, str, str, str, bool]]:
    return [(r.wie, r.wat, r.waar, r.nummer, r.geweigerd) for r in regels]


# What is logged


def test_an_opening_is_one_line_however_often_the_page_runs(huis: Huis):
    een, ander = huis.klachten["directie", "geen"].nummer, huis.klachten["directie", "actienemer"].nummer
    app = to(begin("directie"), "dossier", nummer=een)
    app.run()
    app.session_state[DEEL] = "klacht"
    app.run()
    to(app, "dossier", nummer=ander)
    to(app, "dossier", nummer=een)
    to(app, "jaarbeeld", periode="2025").run()
    wie = MENSEN["directie"].id
    assert short(huis.regels()) == [
        (wie, "geopend", "dossier", een, False),
        (wie, "geopend", "dossier", ander, False),
        (wie, "geopend", "dossier", een, False),
        (wie, "geopend", "jaarbeeld", "", False),
    ]


def test_signalen_that_a_page_lets_be_read_are_a_line_each_at_every_opening(huis: Huis):
    een = signaal(huis.register)
    app = to(begin("directie"), "intake").run()
    ander = signaal(huis.register)
    app.run()
    to(to(app, "klachten"), "intake").run()
    to(begin("medewerker"), "intake")
    wie, mag_niet = MENSEN["directie"].id, MENSEN["medewerker"].id
    assert short(huis.regels()) == [
        (wie, "geopend", "intake", "", False),
        (wie, "geopend", "intake", een, False),
        (wie, "geopend", "intake", ander, False),
        (wie, "geopend", "klachten", "", False),
        (wie, "geopend", "intake", "", False),
        (wie, "geopend", "intake", een, False),
        (wie, "geopend", "intake", ander, False),
        (mag_niet, "geopend", "intake", "", False),
    ]


def signaal(register: Register) -> str:
    with register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("S", VANDAAG.year)
        feit = g.SignaalOntvangen(gebeurd_op=VANDAAG, kanaal="telefoon", vestiging="weert", ontvanger=ANDER.id)
        boeking.leg_vast(nummer, feit, door=ANDER.id, rol="coordinator")
    return nummer


def test_what_was_refused_is_logged_as_refused(huis: Huis):
    betrokken = huis.klachten["directie", "betrokken"].nummer
    to(begin("analist"), "klachten")
    to(begin("directie"), "dossier", nummer=betrokken)
    app = to(begin("directie"), "klachten")
    app.text_input(key="klachten.naar").set_value(betrokken).run()
    assert short(huis.regels()) == [
        (MENSEN["analist"].id, "geopend", "klachten", "", True),
        (MENSEN["directie"].id, "geopend", "dossier", betrokken, True),
        (MENSEN["directie"].id, "geopend", "klachten", "", False),
        (MENSEN["directie"].id, "geopend", "dossier", betrokken, True),
    ]


def test_of_a_search_only_how_much_was_found_is_kept(huis: Huis):
    klacht = huis.klachten["directie", "geen"]
    app = to(begin("directie"), "klachten")
    zoek = app.text_input(key="klachten.zoek")
    zoek.set_value(klacht.naam).run()
    app.run()
    zoek.set_value("Jansen-die-er-niet-is").run()
    zoek.set_value("").run()
    gezocht = [(r.wat, r.waar, r.aantal) for r in huis.regels()]
    assert gezocht == [("geopend", "klachten", None), ("gezocht", "klachten", 1), ("gezocht", "klachten", 0)]
    inhoud = b"".join(pad.read_bytes() for pad in (huis.register.map / "kijklog").glob("*"))
    assert klacht.naam.encode() not in inhoud
    assert b"Jansen" not in inhoud


def test_what_is_typed_for_a_number_and_is_none_is_not_kept(huis: Huis):
    to(begin("directie"), "dossier", nummer="Jan Jansen")
    assert short(huis.regels()) == [(MENSEN["directie"].id, "geopend", "dossier", "", True)]
    assert b"JANSEN" not in (huis.register.map / "kijklog").joinpath(next(iter(_files(huis)))).read_bytes().upper()


def _files(huis: Huis) -> list[str]:
    return [pad.name for pad in (huis.register.map / "kijklog").glob("20*.jsonl")]


def test_a_log_that_cannot_be_written_fails_no_page_and_says_so_on_its_own(huis: Huis):
    map = huis.register.map / "kijklog"
    map.rmdir() if map.is_dir() else None
    map.write_text("in the way")
    try:
        app = open_kijklog("auditor")
        app.run()
        (fout,) = [een.value for een in app.error]
        assert fout.startswith("Het kijklog kan niet worden bijgehouden")
    finally:
        map.unlink()
    assert len(huis.regels()) == 1


# Who reads it


def rows(app: AppTest) -> list[list[str]]:
    return [] if not app.table else app.table[0].value.values.tolist()


@pytest.mark.parametrize("wie", ["directie", "auditor"])
def test_who_reads_it_sees_who_looked_where_and_when(huis: Huis, wie: str):
    klacht = huis.klachten["coordinator", "geen"]
    to(begin("coordinator"), "dossier", nummer=klacht.nummer)
    app = open_kijklog(wie)
    (rij,) = rows(app)
    assert (rij[1], rij[2], rij[3]) == ("Persoon coordinator", "Geopend", "Dossier")
    assert rij[4].startswith(f"[{klacht.nummer}](dossier?nummer={klacht.nummer}")
    assert "De keten is heel" in tekst(app)
    assert ZONDER in tekst(app)


@pytest.mark.parametrize("wie", ["directie", "auditor"])
def test_somebody_involved_sees_nothing_of_the_looking_into_that_klacht(huis: Huis, wie: str):
    """Nor that it was tried: a number that is not there looks the same as one of a klacht in which one is involved."""
    betrokken, vrij = huis.klachten[wie, "betrokken"].nummer, huis.klachten[wie, "geen"].nummer
    log = kijklog.van(huis.register)
    for nummer in (betrokken, vrij):
        log.note("geopend", ANDER.id, waar="dossier", nummer=nummer)
        log.note("gedownload", ANDER.id, waar="stuk", nummer=nummer)
    for nummer in (betrokken, "K2026-9999"):
        log.note("geopend", MENSEN[wie].id, waar="dossier", nummer=nummer, geweigerd=True)
    app = open_kijklog(wie)
    assert betrokken.encode() not in proef.gezonden(app)
    rijen = [rij[1:] for rij in rows(app)]
    assert [rij[1:4] for rij in rijen[2:]] == [
        ["Meegenomen als bestand", "Stuk uit een klachtdossier", rijen[2][3]],
        ["Geopend", "Dossier", rijen[3][3]],
    ]
    assert rijen[0] == rijen[1]
    assert rijen[0][1:4] == ["Geopend (geweigerd)", "Dossier", ""]
    app.text_input(key="kijklog.nummer").set_value(betrokken).run()
    assert rows(app) == []


@pytest.mark.parametrize("wie", ["directie", "auditor"])
def test_somebody_involved_sees_nothing_of_the_looking_into_the_signaal_that_klacht_was(huis: Huis, wie: str):
    """And who tries a number of a signaal is told the same of one that is closed and of one that is not there."""
    dicht, vrij, nog_open = signaal(huis.register), signaal(huis.register), signaal(huis.register)
    with huis.register.schrijven() as boeking:
        for nummer, plaats in ((dicht, "betrokken"), (vrij, "geen")):
            feit = g.SignaalOpSchriftGesteld(gebeurd_op=VANDAAG, klachtnummer=huis.klachten[wie, plaats].nummer)
            boeking.leg_vast(nummer, feit, door=ANDER.id, rol="coordinator")
    log = kijklog.van(huis.register)
    for nummer in (dicht, vrij, nog_open):
        log.note("geopend", ANDER.id, waar="intake", nummer=nummer)
    for nummer in (dicht, "S2026-9999"):
        log.note("geopend", MENSEN[wie].id, waar="dossier", nummer=nummer, geweigerd=True)
    app = open_kijklog(wie)
    assert dicht.encode() not in proef.gezonden(app)
    assert [rij[4].replace("\\", "") for rij in rows(app)] == ["", "", nog_open, vrij]
    app.text_input(key="kijklog.nummer").set_value(dicht).run()
    assert rows(app) == []


def test_it_can_be_narrowed_to_a_person_a_kind_and_a_number(huis: Huis):
    een, ander = huis.klachten["directie", "geen"].nummer, huis.klachten["directie", "actienemer"].nummer
    log = kijklog.van(huis.register)
    log.note("geopend", MENSEN["coordinator"].id, waar="dossier", nummer=een)
    log.note("geopend", ANDER.id, waar="dossier", nummer=ander)
    log.note("aanmelden_mislukt", "onbekend")
    app = open_kijklog("directie")
    assert [rij[1] for rij in rows(app)] == ["Onbekend", "Persoon ander", "Persoon coordinator"]
    assert "Geweigerd" not in app.selectbox(key="kijklog.wat").options, "what there is nothing of cannot be chosen"
    log.note("geopend", MENSEN["analist"].id, waar="dossier", nummer=een, geweigerd=True)
    app.run()
    app.selectbox(key="kijklog.wat").set_value("geweigerd").run()
    # Who was refused it followed no link, and neither does its reader.
    assert [(rij[1], rij[4].replace("\\", "")) for rij in rows(app)] == [("Persoon analist", een)]
    app.selectbox(key="kijklog.wat").set_value("").run()
    app.selectbox(key="kijklog.wie").set_value(ANDER.id).run()
    assert [rij[1] for rij in rows(app)] == ["Persoon ander"]
    app.selectbox(key="kijklog.wie").set_value("").run()
    app.selectbox(key="kijklog.wat").set_value("aanmelden_mislukt").run()
    assert [rij[1] for rij in rows(app)] == ["Onbekend"]
    app.selectbox(key="kijklog.wat").set_value("").run()
    app.text_input(key="kijklog.nummer").set_value(een.lower()).run()
    assert [rij[1] for rij in rows(app)] == ["Persoon analist", "Persoon coordinator"]


def test_a_log_that_is_not_whole_says_so_and_shows_the_rest(huis: Huis):
    kijklog.van(huis.register).note("geopend", ANDER.id, waar="klachten")
    kijklog.van(huis.register).note("geopend", ANDER.id, waar="termijnen")
    kijklog.van(huis.register).flush()
    pad = huis.register.map / "kijklog" / _files(huis)[0]
    pad.write_text(pad.read_text(encoding="utf-8").replace("klachten", "proces"), encoding="utf-8")
    app = open_kijklog("auditor")
    assert "Het kijklog is niet heel." in app.error[0].value
    assert "is veranderd: zijn zegel klopt niet" in tekst(app)
    assert [(rij[3], rij[4]) for rij in rows(app)] == [("Termijnen", ""), ("Proces", "deze regel is veranderd")]


def test_lines_that_were_lost_are_told_above_the_list(huis: Huis):
    kijklog.van(huis.register).note("regels_verloren", "register", aantal=3)
    app = open_kijklog("directie")
    assert "gingen regels verloren (minstens 3)" in app.warning[-1].value
    assert "De keten is heel" not in tekst(app)
    assert [(rij[1], rij[4]) for rij in rows(app)] == [("Het register zelf", "3 regels")]


def test_months_that_wait_for_the_clock_are_told_above_the_list(huis: Huis):
    """As a clock that jumped ahead leaves them: nothing has gone, and one knows what to look at."""
    log, klok = kijklog.van(huis.register), iter([datetime(2026, 3, 2, tzinfo=UTC), datetime(2029, 3, 2, tzinfo=UTC)])
    log._klok = lambda: next(klok)
    for _ in range(2):
        log.note("geopend", ANDER.id, waar="klachten")
        log.flush()
    log._klok = lambda: datetime(2029, 3, 2, tzinfo=UTC)
    app = open_kijklog("directie")
    assert "(tot en met maart 2026) staat er nog" in app.warning[-1].value
    assert log.keten.maanden() == ["2026-03", "2029-03"]
