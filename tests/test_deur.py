"""Which register asks to sign in: what it is, is a fact, and no way of starting or opening changes that."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import mapsoort, scherm
from klachten.handelingen import HANDELINGEN, Geweigerd
from klachten.handelingen.organisatie import eerste
from klachten.mapsoort import Soort
from klachten.opdrachten import start
from klachten.opening import open_register
from klachten.organisatie import OVERNAME
from klachten.organisatie.herinneringen import standard
from klachten.register import Register
from klachten.scherm import deur, kijker, kijklog
from klachten.scherm.beheer import aanmelding
from klachten.scherm.beheer import inrichten as inrichtscherm
from klachten.scherm.paginas import pagina
from klachten.toegang import beheren, instellingen, routes
from klachten.toegang.aanmelden import Geweigerd as NietIngelaten
from klachten.toegang.bladen import Bladen
from klachten.toegang.eerste import Gegevens
from klachten.toegang.poort import NIET_VOOR_ROL, Poort
from klachten.toegang.staat import Staat
from klachten.voorbeeld import inrichting
from tests import firmaproef
from tests.poortproef import Huis, vraag
from tests.registerproef import leg_klacht_vast, ontvangst
from tests.schermproef import VENSTER, open_pagina, tekst

DAG = date(2026, 11, 29)
WIE = Gegevens("Proef en Zonen", "Bea", "de", "Beheerder", "bea@firma.example")


def begin(register: Register) -> None:
    eerste.begin(register, **vars(WIE), op=DAG)


def example(register: Register) -> None:
    inrichting.record(register, op=DAG)


def take_over(register: Register) -> None:
    with register.schrijven() as boeking:
        boeking.leg_vast(
            boeking.nieuw_nummer("K", 2026),
            ontvangst(herkomst="overgenomen"),
            door=OVERNAME,
            rol="beheerder",
        )


# what is in the folder, whether it was started with --eigen, and whether people sign in
SOORTEN: dict[str, tuple[Callable[[Register], object], bool, bool]] = {
    "empty": (lambda register: None, False, False),
    "empty, begun as one's own": (lambda register: None, True, True),
    "the example": (example, False, False),
    "the example, asked to be one's own": (example, True, False),
    "of a firm": (begin, False, True),
    "of a firm, asked so": (begin, True, True),
    "klachten of before there were organisations, asked to be one's own": (leg_klacht_vast, True, False),
    "klachten that were taken over": (take_over, False, False),
    "klachten that were taken over, asked to be one's own": (take_over, True, True),
}


@pytest.mark.parametrize("wat", SOORTEN)
def test_what_a_register_is_decides_who_comes_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wat: str):
    vul, eigen, aanmelden = SOORTEN[wat]
    monkeypatch.delenv(instellingen.SOORT, raising=False)
    if eigen:
        monkeypatch.setenv(instellingen.SOORT, instellingen.EIGEN)
    with open_register(tmp_path) as register:
        vul(register)
    staat = Staat()
    with open_register(tmp_path) as register:
        deur.close_for(staat, register)
        assert staat.voorbeeld is not aanmelden
        assert (tmp_path / "toegang").exists() is aanmelden
    assert (mapsoort.find(tmp_path) is Soort.EIGEN) is (vul is begin)


def test_the_first_beheerder_is_recorded_once_with_the_organisation(tmp_path: Path):
    with open_register(tmp_path) as register:
        begin(register)
        assert [v.feit.soort for v in register.vastleggingen("P2026-0001")] == ["PersoonToegevoegd", "RolGegeven"]
        with pytest.raises(Geweigerd, match="al in gebruik"):
            begin(register)
        assert register.stand().aantal == 3 + len(standard(date(2026, 1, 1)))


def test_nobody_begins_where_klachten_are(tmp_path: Path):
    with open_register(tmp_path) as register:
        leg_klacht_vast(register)
        with pytest.raises(Geweigerd, match="al in gebruik"):
            begin(register)


def test_a_start_that_broke_off_offers_the_same_beheerder(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The organisation is there and the account is not: nobody can sign in, so the code is shown again."""
    staat = Staat()
    with open_register(tmp_path) as register:
        begin(register)
        deur.close_for(staat, register)
        assert "vul deze code in" in capsys.readouterr().out
        bladen = staat.bladen
        assert isinstance(bladen, Bladen)
        assert bladen.eerste
        gevonden = bladen.eerste.inrichting.beheerder()
        assert gevonden
        assert gevonden.naam == "Bea de Beheerder"
        bladen.eerste.make(WIE, "paarse fiets onder de brug", "paarse fiets onder de brug", 0.0)
        assert register.stand().aantal == 3 + len(standard(date(2026, 1, 1)))
        assert beheren.may_sign_in(bladen.deur, "P2026-0001")
        assert not staat.eerste_open()


@pytest.mark.parametrize(
    ("vul", "gevraagd", "zin"),
    [(example, "--eigen", "staat een voorbeeldregister"), (begin, "--voorbeeld", "staat een eigen register")],
)
def test_the_folder_of_one_kind_does_not_become_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], vul, gevraagd: str, zin: str
):
    with open_register(tmp_path) as register:
        vul(register)
    monkeypatch.setenv("KLACHTEN_DATA", str(tmp_path))
    parser = start.Ontleder()
    start.add_arguments(parser)
    assert start.run(parser.parse_args([gevraagd, "--poort", "8799"])) == 2
    assert zin in capsys.readouterr().err


@pytest.mark.parametrize(("antwoorden", "eigen"), [(["1"], False), (["2"], True), (["", "drie", " 2 "], True)])
def test_the_console_asks_what_an_empty_folder_becomes(
    monkeypatch: pytest.MonkeyPatch, antwoorden: list[str], eigen: bool
):
    rij = iter(antwoorden)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda vraag: next(rij))
    assert start.ask_for_own("Hier is niets.") is eigen
    assert list(rij) == []


# --- what is still to be done ----------------------------------------------------------------------------------------


def test_what_a_new_register_still_needs_is_whole_on_the_start_page_and_one_line_elsewhere(firma: SimpleNamespace):
    firma.als("P2026-0001")
    kop, stap = "**Nog 5 te doen voor de eerste klacht**", "1. Voeg uw vestigingen toe; één is genoeg."
    werkvoorraad, elders = open_pagina("werkvoorraad"), open_pagina("personen")
    for app in (werkvoorraad, elders):
        assert stap in tekst(app)
    assert kop in tekst(werkvoorraad)
    assert kop not in [deel.label for deel in werkvoorraad.expander]
    (dicht,) = [deel for deel in elders.expander if deel.label == kop]
    assert not dicht.proto.expanded
    assert stap in [zin.value for zin in dicht.markdown]


def test_what_is_added_before_the_first_klacht_begins_with_the_year(firma: SimpleNamespace, monkeypatch) -> None:
    """Else a klacht of last week could not be recorded: nobody worked here yet, and no vestiging was there."""
    firma.als("P2026-0001")
    assert firma.register.organisatie.mensen["P2026-0001"].werkt(date(DAG.year, 1, 1))

    def first_days() -> list[date]:
        velden = [veld for naam in ("personen", "lijsten") for veld in open_pagina(naam).date_input]
        return [veld.value for veld in velden if veld.label in ("Werkt hier vanaf", "Vanaf")]

    assert first_days() == [date(DAG.year, 1, 1)] * 2
    monkeypatch.setattr(inrichtscherm, "has_klachten", lambda: True)
    assert first_days() == [DAG] * 2


def test_the_first_klacht_is_the_last_step_for_who_may_record_it_and_then_all_is_done(firma: SimpleNamespace):
    mensen = {"beheerder": "P2026-0001", "auditor": "P2026-0002"}
    for rol in ("coordinator", "behandelaar", "medewerker", "directie"):
        firma.doe("toevoegen_persoon", vanaf=DAG, voornaam=rol, achternaam="Proef", e_mail=f"{rol}@firma.example")
        mensen[rol] = f"P2026-{len(mensen) + 1:04d}"
        if rol != "directie":
            firma.doe("geven_rol", mensen[rol], rol=rol, vanaf=DAG)

    def said(wie: str, pagina: str = "werkvoorraad") -> str:
        firma.als(mensen[wie])
        app = open_pagina(pagina)
        assert not app.exception
        return "\n".join([tekst(app), *(deel.label for deel in app.expander)])

    laatste, nog = "Leg de eerste klacht vast.", "nog aan het inrichten"
    # Nobody of directie, no vestiging and no reglement: three, and the klacht for who may record one.
    assert "Nog 3 te doen voor de eerste klacht" in said("beheerder")
    assert laatste not in said("beheerder")
    assert "Nog 3 te doen voor de eerste klacht" in (van_coordinator := said("coordinator"))
    assert f"4. {laatste}" in van_coordinator
    assert nog in (van_medewerker := said("medewerker"))
    assert laatste not in van_medewerker
    firma.doe("geven_rol", mensen["directie"], rol="directie", vanaf=DAG)
    firma.doe("toevoegen_keuze", g.NUMMER, lijst="vestigingen", naam="Weert", vanaf=DAG)
    firma.doe("kiezen_reglement", g.NUMMER, reglement="coulant", vanaf=DAG, akkoord_door=mensen["directie"])
    # By the reglement: who is no more than behandelaar records no klacht.
    for wie in mensen:
        gezegd, ziet = said(wie), wie in {"coordinator", "medewerker", "directie"}
        assert (gezegd.count(f"1. {laatste}"), gezegd.count("Alles staat klaar")) == (ziet, ziet), wie
        assert "te doen voor de eerste" not in gezegd
        assert nog not in gezegd
    assert "Alles staat klaar" in said("coordinator", "personen")
    assert "Alles staat klaar" not in said("coordinator", "intake")
    assert "Hier komen de klachten te staan" in said("coordinator", "klachten")
    leg_klacht_vast(firma.register)
    assert laatste not in said("coordinator")
    assert "Hier komen de klachten te staan" not in said("coordinator", "klachten")


# --- how somebody signs in, on the page of that person ---------------------------------------------------------------


@pytest.fixture
def firma(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    with firmaproef.looked_at(tmp_path, monkeypatch, DAG) as firma:
        yield firma


def knoppen(app: AppTest) -> list[str]:
    return [knop.label for knop in app.button if (knop.key or "").startswith("aanmelding.")]


def test_an_invitation_is_shown_once_and_opens_the_account(firma: SimpleNamespace):
    firma.als("P2026-0001")
    app = open_pagina("personen", persoon="P2026-0002")
    assert knoppen(app) == ["Uitnodigen"]
    app.button(key="aanmelding.uitnodigen").click().run()
    (link,) = [blok.value for blok in app.code]
    assert firma.deur.uitnodigingen.look(link.rpartition("/")[2], time.time()).persoon == "P2026-0002"
    assert knoppen(app) == ["Opnieuw uitnodigen", "Blokkeren"]
    assert not app.run().code
    app.button(key="aanmelding.blokkeren").click().run()
    assert beheren.look(firma.deur, "P2026-0002", 0.0).stand == beheren.GEBLOKKEERD
    app.button(key="aanmelding.vrij").click().run()
    assert beheren.look(firma.deur, "P2026-0002", 0.0).stand == beheren.UITGENODIGD


def test_what_happens_at_the_door_is_in_the_log_of_looking(firma: SimpleNamespace):
    """What a beheerder does to an account, a name that nobody has, and an address that is not for one's role."""
    firma.als("P2026-0001")
    app = open_pagina("personen", persoon="P2026-0002")
    app.button(key="aanmelding.uitnodigen").click().run()
    app.button(key="aanmelding.blokkeren").click().run()
    with pytest.raises(NietIngelaten):
        firma.deur.check_password("jan", "geheim", "127.0.0.1", 0.0)
    koek, sessie = firma.deur.sessies.begin("P2026-0001", firma.staat.klok(), tweede_factor=True)
    poort = Poort(Huis(), firma.staat, routes.load())
    assert vraag(poort, "/stuk/K2026-0001/3", cookie=f"klachten_8501={koek}").tekst == NIET_VOOR_ROL
    log = kijklog.van(firma.register)
    log.flush()
    regels = [een.regel for maand in log.keten.maanden() for een in log.keten.regels(maand)]
    assert [(r.wat, r.wie, r.over, r.waar, r.geweigerd) for r in regels] == [
        ("geopend", "P2026-0001", "P2026-0002", "personen", False),
        ("uitgenodigd", "P2026-0001", "P2026-0002", "", False),
        ("geblokkeerd", "P2026-0001", "P2026-0002", "", False),
        ("aanmelden_mislukt", "onbekend", "", "", False),
        ("geopend", "P2026-0001", "", "/stuk/*", True),
    ]
    assert regels[-1].sessie == sessie.hash[:8]


def test_nobody_resets_or_blocks_oneself_and_loses_the_link(firma: SimpleNamespace):
    firma.als("P2026-0001")
    app = open_pagina("personen", persoon="P2026-0001")
    assert knoppen(app) == []
    assert "Mijn aanmelding" in tekst(app)
    zelf = firma.register.organisatie.mensen["P2026-0001"]
    assert aanmelding._may(zelf) == ""


def test_who_may_not_sees_nothing_of_it(firma: SimpleNamespace):
    firma.als("P2026-0002")
    app = open_pagina("personen", persoon="P2026-0001")
    assert "Bea de Beheerder" in [kop.value for kop in app.header], "an auditor reads the page"
    assert knoppen(app) == []
    assert "Aanmelden" not in [kop.value for kop in app.header]


@pytest.mark.parametrize("waar", ["on the page", "at the next start"])
def test_who_is_erased_has_no_account_either(firma: SimpleNamespace, waar: str):
    firma.deur.accounts.make("P2026-0002", "coen@firma.example", 0.0)
    HANDELINGEN["vertrekken_persoon"](firma.register, firma.bea, "P2026-0002", **firma.doen, laatste_dag=DAG)
    later = firma.doen | {"vandaag": DAG + timedelta(1)}
    with firma.register.schrijven() as boeking:  # two people do it: tests/test_wissen_regels.py
        boeking.leg_vast(
            "P2026-0002", g.PersoonGewist(gebeurd_op=later["vandaag"], grond="verzoek"), door="x", rol="directie"
        )
    if waar == "on the page":
        firma.als("P2026-0001")
        open_pagina("personen", persoon="P2026-0002")
    else:
        deur.close_for(Staat(), firma.register)
    assert firma.deur.accounts.persons() == ["P2026-0001"]


@pytest.mark.parametrize("naam", ["werkvoorraad", "jaarbeeld", "reglement"])
def test_a_register_that_opens_late_shows_nothing_to_who_came_in_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, naam: str
):
    """The page that opens it began as one of the example, as nothing was known of it yet."""
    with open_register(tmp_path) as register:
        begin(register)
    monkeypatch.setenv("KLACHTEN_DATA", str(tmp_path))
    staat, vorig = Staat(), scherm.gebruik(None)
    kijker.look_through(staat)
    monkeypatch.setattr(scherm, "bij_openen", [lambda register: deur.close_for(staat, register)])
    monkeypatch.setattr(kijker, "hash", lambda: "")
    app = AppTest.from_file(VENSTER, default_timeout=30)
    if naam != "werkvoorraad":
        app.switch_page(os.path.relpath(pagina(naam).bestand, VENSTER.parent))
    app.query_params["als"] = "carla"
    app.run()
    assert "U bent niet meer aangemeld" in tekst(app)
    assert [titel.value for titel in app.title] == []
    kijker.look_through(None)
    geopend = scherm.gebruik(vorig)
    assert geopend
    geopend.close()
