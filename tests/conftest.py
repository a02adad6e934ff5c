"""What every test may use: an empty register in a folder of its own, and the fixed cast."""

from __future__ import annotations

import atexit
import faulthandler
import gc
import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from duckdb import DuckDBPyConnection
from playwright.sync_api import Browser
from streamlit.testing.v1 import AppTest

from klachten import afscherming, geheugen, organisatie, scherm
from klachten.datamap import DATABASE
from klachten.opening import open_register
from klachten.organisatie import Gebruiker
from klachten.register import Register, database, indexen, omzetten
from klachten.register.database import Database
from klachten.scherm.dossier.handelen import DEEL
from klachten.scherm.intake.formulier import JA
from klachten.scherm.overnemen import werk
from klachten.toegang.wachtwoord import Wachtwoorden
from klachten.versleuteling.sleutelbestand import BESTAND
from klachten.voorbeeld import record
from klachten.voorbeeld.rolverdeling import cast
from tests import browserproef, eenmaal, geheugenmap, herinnerproef, paginas, postproef, versleutelproef, zuinig
from tests.browserproef import BREED, Getuige, Scherm
from tests.herinnerproef import Verhaal
from tests.lijsten import ONTVANGEN, VANDAAG, Lijst
from tests.paginas import Opent, open_los, widget, zonder_venster
from tests.registerproef import open_at
from tests.termijnproef import proef

TRAAG = (
    "test_toegankelijk_in_chromium.py", "test_herstel.py", "test_verhaal_in_chromium.py", "test_dossier.py",
    "test_invoer_in_chromium.py", "test_telling.py", "test_motor.py", "test_rapport.py", "test_breken_in_chromium.py",
    "test_kleine_aantallen.py", "test_aanmelden_in_chromium.py", "test_voorbeeld.py", "test_post_in_chromium.py",
    "test_werkboek.py", "test_verspringen_in_chromium.py", "test_bewaard.py", "test_kanarie_in_chromium.py",
    "test_matrix.py", "test_koppelingen_in_chromium.py", "test_pagina_tellingen.py", "test_in_gebruik_in_chromium.py",
    "test_pagina_jaarbeeld.py", "test_meet_paginas.py", "test_terugkijken.py", "test_vergadering_in_chromium.py",
    "test_dagrijen.py", "test_overnemen_in_chromium.py", "test_pagina_dossier_doen.py", "test_aanval.py",
    "test_zoeken.py", "test_https.py", "test_klachtenlijst.py", "test_controle.py", "test_schade.py", "test_standen.py",
    "test_pagina_klachten.py", "test_werkvoorraad.py", "test_momentopname.py", "test_register.py",
    "test_overname_maand.py", "test_reservekopie.py", "test_herinneren_eens.py", "test_notebooks.py", "test_meer.py",
    "test_huis.py", "test_overname_afgebroken.py", "test_uitvoer.py", "test_correctie.py", "test_rijvolgorde.py",
    "test_excelknop.py", "test_pagina_overnemen.py", "test_post_uit.py", "test_evalueren.py", "test_betrouwbaarheid.py",
    "test_evaluatie.py", "test_bundels.py", "test_eenduidig.py", "test_brieven.py", "test_formulier.py",
)  # fmt: skip
"""What takes seven seconds of CPU or more, the longest first, so that no worker begins one when the others are done.

What waits for a browser or for Java stands among what does not: a worker that waits leaves its core to another.
"""


# Nobody is known to the package without a register that says so: this is whom the tests play with, until a register
# with an organisation of its own is opened. Not in a fixture: lists of cases are made when modules are read.
organisatie.zet("tests", cast())
# As the app and every command do: without it what a test says of a register would depend on what ran before it.
afscherming.close_to_others()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let the folders of this run, and of all its workers, be in memory, unless it was said where they come."""
    if config.option.basetemp is None and "PYTEST_DEBUG_TEMPROOT" not in os.environ:
        config.option.basetemp = geheugenmap.place()
    # The workers are started after this, and so with the allocator that the app has.
    geheugen.choose(os.environ)
    # Whoever stops a run that does not end is told where each of its processes stood.
    faulthandler.register(signal.SIGTERM, file=os.dup(2), chain=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """What is in memory goes at the very end; after a failure it stays to be looked at, until the next run."""
    plek = session.config.option.basetemp
    if exitstatus == 0 and plek and Path(plek).match(f"{geheugenmap.GEHEUGEN}/{geheugenmap.NAAM}*"):
        atexit.register(shutil.rmtree, plek, ignore_errors=True)


def pytest_xdist_auto_num_workers() -> int:
    """Two workers more than there are cores: some tests wait for a browser, LibreOffice or a process they killed."""
    return (os.cpu_count() or 1) + 2


class _Elders(pytest.Package):
    """The tests, of which each worker begins to read elsewhere: what one has compiled the others need not."""

    def collect(self) -> list[Any]:
        alle = list(super().collect())
        wie = getattr(self.config, "workerinput", {"workerid": "gw0", "workercount": 1})
        vanaf = len(alle) * int(wie["workerid"].removeprefix("gw")) // wie["workercount"]
        return alle[vanaf:] + alle[:vanaf]


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """All modules begin in this folder."""
    return _Elders.from_parent(parent, path=path) if path == Path(__file__).parent else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slow files, wherever it was begun to read; the order within a file stays."""
    items.sort(key=lambda item: (TRAAG.index(naam) if (naam := item.path.name) in TRAAG else len(TRAAG), naam))


def pytest_collection() -> None:
    """Nothing that is imported becomes garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Set apart what was imported and collected: Streamlit walks every object that lives after each run of a page.

    After each run all is walked anyway; in between less often than Python does by itself.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(7_000, 20, 20)
    gc.enable()


def pytest_unconfigure() -> None:
    """Let it go again at the end, in which extensions count what they think was left behind."""
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def _libraries_take_less_time() -> Iterator[None]:
    with zuinig.zuinig():
        yield


@pytest.fixture
def echte_kosten(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password takes the time and the memory that it takes in the app."""
    monkeypatch.setattr(Wachtwoorden.__init__, "__kwdefaults__", zuinig.KOSTEN)


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    eenmaal.begin(tmp_path_factory)


@pytest.fixture(scope="session")
def nieuwe_map(_shared: None) -> Path:
    """The folder of a register that was opened once and closed: what a firm has before its first klacht."""
    return eenmaal.made("nieuw", lambda map: open_register(map).close())


@pytest.fixture(scope="session", autouse=True)
def _a_new_database_begins_as_a_copy(nieuwe_map: Path) -> Iterator[None]:
    """Tables, macros and calendar take 0.2 s of each new database: made once; what one asks otherwise is made then.

    It is read by one thread (`zuinig.EEN_DRAAD`).
    """
    leeg, echt, migraties = (nieuwe_map / DATABASE).read_bytes(), Database.__init__, database.migrations

    def begin(self: Database, pad: Path, *rest: Any) -> None:
        nieuw = pad.is_absolute() and not any(een.exists() for een in (pad, pad.with_name(f"{pad.name}.wal")))
        if nieuw and os.access(pad.parent, os.W_OK) and database.migrations is migraties:
            pad.write_bytes(leeg)
        echt(self, pad, *rest)
        self.con.execute(zuinig.EEN_DRAAD)

    with pytest.MonkeyPatch.context() as plek:
        plek.setattr(Database, "__init__", begin)
        yield


@contextmanager
def _thrown_away(map: Path) -> Iterator[Register]:
    """Open a register that nobody opens again: it is not put in order for the next time, which costs 15 ms.

    Nor is it read through for damage, a third of what opening takes: it is the copy of a file that just was.
    """
    with pytest.MonkeyPatch.context() as even:
        even.setattr(indexen, "filled", lambda con, tabellen: [])
        for wat in (indexen.read_tables, indexen.check):
            even.setattr(indexen, wat.__name__, lambda con, tabellen: None)
        register = open_register(map)
    with register:
        yield register
        with suppress(duckdb.Error):  # a test may have broken it
            if register._database is not None:
                register._database.con.execute("PRAGMA disable_checkpoint_on_shutdown")


@pytest.fixture(scope="session")
def ingericht(nieuwe_map: Path) -> Path:
    """The folder of a register with the organisation of the example, and no klacht."""

    def make(map: Path) -> None:
        with open_register(shutil.copytree(nieuwe_map, map)) as register:
            record(register, op=ONTVANGEN)

    return eenmaal.made("ingericht", make)


@pytest.fixture
def register(tmp_path: Path, nieuwe_map: Path) -> Iterator[Register]:
    """An empty register; the real journal, dossiers and DuckDB file in a folder of this test."""
    with _thrown_away(shutil.copytree(nieuwe_map, tmp_path / "register")) as register:
        yield register


@pytest.fixture
def kluis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with settings of the user, where the keys of a sealed register come."""
    monkeypatch.delenv(BESTAND, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "instellingen"))
    return tmp_path / "instellingen"


@pytest.fixture(scope="session")
def postfirma(_shared: None) -> Path:
    """The folder of a firm with klachten about which it sends e-mail; to be copied."""
    return eenmaal.made("post", postproef.firm)


@pytest.fixture(scope="session")
def herinnerfirma(nieuwe_map: Path) -> Path:
    """The folder of a firm whose people are reminded, without a klacht; to be copied."""
    return eenmaal.made("herinneren", lambda map: herinnerproef.firm(shutil.copytree(nieuwe_map, map)))


@pytest.fixture
def verhaal(herinnerfirma: Path, tmp_path: Path) -> Iterator[Verhaal]:
    """That firm in a register of this test alone, as a story."""
    with herinnerproef.story(shutil.copytree(herinnerfirma, tmp_path / "register")) as verhaal:
        yield verhaal


@pytest.fixture(scope="session")
def _vol(_shared: None) -> Path:
    return eenmaal.made("vol", versleutelproef.vul)


@pytest.fixture
def vol(tmp_path: Path, kluis: Path, _vol: Path) -> Path:
    """The folder of a register full of canaries, that is not sealed yet."""
    return shutil.copytree(_vol, tmp_path / "register")


@pytest.fixture(scope="session")
def eerder(tmp_path_factory: pytest.TempPathFactory, _vol: Path) -> tuple[object, ...]:
    """What it answers before it is sealed."""
    return versleutelproef.alles(shutil.copytree(_vol, tmp_path_factory.mktemp("eerder") / "register"))


@pytest.fixture(scope="session")
def _dicht(_vol: Path) -> Path:
    """The same register, sealed and opened once since, with beside it the folder where its key is."""

    def make(plek: Path) -> None:
        with pytest.MonkeyPatch.context() as even:
            even.delenv(BESTAND, raising=False)
            even.setenv("XDG_CONFIG_HOME", str(plek / "instellingen"))
            map = shutil.copytree(_vol, plek / "register")
            omzetten.seal(map)
            open_at(map).close()

    return eenmaal.made("dicht", make)


@pytest.fixture
def dicht(tmp_path: Path, kluis: Path, _dicht: Path) -> Path:
    """The folder of that register full of canaries after it was sealed; its key is in `kluis`."""
    shutil.copytree(_dicht / "instellingen", kluis)
    return shutil.copytree(_dicht / "register", tmp_path / "register")


def _cast(id: str) -> Gebruiker:
    persoon = organisatie.gebruiker(id)
    assert persoon is not None
    return persoon


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium, for the tests of one file."""
    with browserproef.chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def getuige(map: Path, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Getuige]:
    """The app on the register in `map` of a file, on its VANDAAG if it has one; in no window went anything wrong."""
    with browserproef.app(map, getattr(request.module, "VANDAAG", paginas.VANDAAG)) as poort:
        getuige = Getuige(poort)
        yield getuige
        getuige.klaagt_niet()


@pytest.fixture(scope="module")
def venster(browser: Browser, getuige: Getuige) -> Iterator[Scherm]:
    """One window for the tests of a file: a new one compiles all of Streamlit anew, which takes three times as long."""
    page = browser.new_page(viewport=BREED, locale="nl-NL")
    yield Scherm(page, getuige)
    page.close()


@pytest.fixture(name="scherm")
def _scherm(venster: Scherm, getuige: Getuige) -> Iterator[Scherm]:
    """That window, in which nothing is left of the test before, also of one that failed; nothing went wrong in it."""
    getuige.buitenshuis.clear()
    getuige.klachten.clear()
    yield venster
    try:
        getuige.klaagt_niet()
    finally:
        venster.leeg()


@pytest.fixture
def anna() -> Gebruiker:
    """The coordinator."""
    return _cast("anna")


@pytest.fixture
def bas() -> Gebruiker:
    """A behandelaar."""
    return _cast("bas")


@pytest.fixture
def carla() -> Gebruiker:
    """A member of directie."""
    return _cast("carla")


@pytest.fixture
def dirk() -> Gebruiker:
    """Uninvolved: must be allowed."""
    return _cast("dirk")


@pytest.fixture
def eva() -> Gebruiker:
    """Involved: must be refused."""
    return _cast("eva")


@pytest.fixture
def frank() -> Gebruiker:
    """The other member of directie."""
    return _cast("frank")


@pytest.fixture
def gijs() -> Gebruiker:
    """An actienemer."""
    return _cast("gijs")


@pytest.fixture
def iris() -> Gebruiker:
    """The beheerder."""
    return _cast("iris")


@pytest.fixture(scope="module")
def leeg() -> Iterator[DuckDBPyConnection]:
    """A database with the real tables and every question on it, and no klacht in it."""
    con = proef()
    yield con
    con.close()


@pytest.fixture(scope="module")
def paar() -> Iterator[tuple[DuckDBPyConnection, DuckDBPyConnection]]:
    """A register, and one that is cut at a day."""
    heel, geknipt = proef(), proef()
    yield heel, geknipt
    heel.close()
    geknipt.close()


@pytest.fixture
def con(leeg: DuckDBPyConnection) -> Iterator[DuckDBPyConnection]:
    """The same for one test: what it puts in is gone afterwards."""
    leeg.begin()
    yield leeg
    leeg.rollback()


@contextmanager
def _looked_at(register: Register, monkeypatch: pytest.MonkeyPatch, op: date = VANDAAG) -> Iterator[Register]:
    monkeypatch.setenv("KLACHTEN_VANDAAG", op.isoformat())
    vorig = scherm.gebruik(register)
    yield register
    scherm.gebruik(vorig)


@pytest.fixture
def in_dit_register(register: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pages show this register, on the day of tests/lijsten.py."""
    with _looked_at(register, monkeypatch):
        yield


@pytest.fixture
def los_in_dit_register(register: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages without their window show this register, on the day of tests/paginas.py."""
    zonder_venster(monkeypatch)
    with _looked_at(register, monkeypatch, paginas.VANDAAG):
        yield


@pytest.fixture
def firma(ingericht: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A register with the organisation of the example and no klacht, in which the pages look on that day."""
    with (
        _thrown_away(shutil.copytree(ingericht, tmp_path / "register")) as register,
        _looked_at(register, monkeypatch),
    ):
        yield register


@pytest.fixture
def eigen(postfirma: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """The firm that sends e-mail in a register of this test alone, which pages without their window show."""
    zonder_venster(monkeypatch)
    with (
        open_register(shutil.copytree(postfirma, tmp_path / "register")) as register,
        _looked_at(register, monkeypatch),
    ):
        yield register


@pytest.fixture
def getoond(gevuld: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """Pages without their window show the register that the test module filled; what a test adds is of its own."""
    zonder_venster(monkeypatch)
    with _looked_at(gevuld, monkeypatch):
        yield gevuld


@pytest.fixture
def lijst(register: Register) -> Lijst:
    """This register, filled in a few words."""
    return Lijst(register)


@pytest.fixture
def los(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Opent:
    """Open the page that the test module names in PAGINA, as somebody of the cast, with the query it is called with."""
    zonder_venster(monkeypatch)
    return lambda als="", **adres: open_los(request.module.PAGINA, als or request.module.ALS, **adres)


@pytest.fixture
def opent(firma: Register, monkeypatch: pytest.MonkeyPatch) -> Opent:
    """Open a page on that register as somebody; a dossier at its klacht, an intake after its first question."""
    zonder_venster(monkeypatch)
    # However busy the machine is: what comes of the choices of an import is waited for.
    monkeypatch.setattr(werk, "EVEN", 600.0)

    def opent(naam: str, als: str = "iris", **adres: str) -> AppTest:
        proef = open_los(naam, als, {DEEL: "klacht"} if naam == "dossier" else None, **adres)
        if naam == "intake":
            widget(proef, "op_schrift").set_value(JA).run()
            assert not proef.exception
        return proef

    return opent
