"""The rules of signing in as facts, and accounts that follow the people of the register: at once, and for who is in."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from klachten import gebeurtenissen as g
from klachten.scherm import deur, kijker, volgen
from klachten.toegang import beheren
from klachten.toegang.aanmelden import Geweigerd
from klachten.toegang.bladen import Bladen
from klachten.toegang.instellingen import Aanbieder
from klachten.toegang.opslag import Opslag
from klachten.toegang.regels import ELDERS, Regels
from klachten.toegang.sessies import HOOGSTENS, STIL, Sessies
from klachten.toegang.staat import Staat
from tests import firmaproef
from tests.schermproef import open_pagina, tekst

DAG, EEN = date(2026, 11, 29), timedelta(days=1)
BEA, COEN = "P2026-0001", "P2026-0002"
AANBIEDER = Aanbieder("Werkaccount", "https://aanbieder.example", "klachten", "geheim")


@pytest.fixture
def firma(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    with firmaproef.looked_at(tmp_path, monkeypatch, DAG) as firma:
        yield firma


@pytest.fixture
def elders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The same, with a provider in the settings."""
    with firmaproef.looked_at(tmp_path, monkeypatch, DAG, AANBIEDER) as firma:
        yield firma


def stel(firma: SimpleNamespace, **anders: object) -> None:
    nu = {"tweede_factor_rollen": ("beheerder",), "stil_minuten": 30, "hoogstens_uren": 10}
    firma.doe("stellen_aanmeldregels", g.NUMMER, **{"vanaf": firma.nu.dag, **nu, **anders})


def in_as(firma: SimpleNamespace, hash: str) -> str:
    wie = firma.staat.kijkers.gebruiker(hash, firma.staat.klok(), firma.nu.dag)
    return wie.id if wie else ""


# The rules


def test_without_a_decision_there_are_rules_and_a_decision_holds_from_its_day(firma: SimpleNamespace):
    assert firma.deur.regels() == Regels(frozenset({"beheerder", "directie"}), STIL, HOOGSTENS)
    stel(firma, vanaf=DAG + EEN, tweede_factor_rollen=("auditor",), stil_minuten=15, hoogstens_uren=4)
    assert firma.deur.regels() == Regels()
    firma.nu.dag += EEN
    assert firma.deur.regels() == Regels(frozenset({"auditor"}), 900.0, 4 * 3600.0, True, True)


def test_a_shorter_session_is_shorter_for_who_is_in(firma: SimpleNamespace):
    hash = firma.als(COEN)
    firma.deur.sessies.touch(hash, nu := firma.staat.klok())
    assert firma.deur.sessies.until(hash, nu) == pytest.approx(nu + STIL, abs=5)
    stel(firma, stil_minuten=5)
    assert firma.deur.sessies.until(hash, nu) == pytest.approx(nu + 300, abs=5)
    stel(firma, stil_minuten=480, hoogstens_uren=1)
    assert firma.deur.sessies.until(hash, nu) == pytest.approx(nu + 3600, abs=5)


def test_who_has_to_have_a_second_step_is_out_at_once_without(firma: SimpleNamespace):
    _, zonder = firma.deur.sessies.begin(COEN, firma.staat.klok())
    _, met = firma.deur.sessies.begin(COEN, firma.staat.klok(), tweede_factor=True)
    assert (in_as(firma, zonder.hash), in_as(firma, met.hash)) == (COEN, COEN)
    stel(firma, tweede_factor_rollen=("beheerder", "auditor"))
    assert (in_as(firma, zonder.hash), in_as(firma, met.hash)) == ("", COEN)
    # The open page of who only looks at it ends too, and who made the step in between stays.
    geeindigd: list[str] = []
    firma.deur.sessies.bij_einde = geeindigd.append
    volgen.follow(firma.deur, firma.register, firma.staat.klok())
    assert geeindigd == [zonder.hash]
    _, alsnog = firma.deur.sessies.begin(COEN, firma.staat.klok())
    firma.deur.sessies.proven(alsnog.hash)
    assert in_as(firma, alsnog.hash) == COEN


def test_a_role_that_asks_for_a_second_step_asks_it_of_who_is_in(firma: SimpleNamespace):
    _, zonder = firma.deur.sessies.begin(COEN, firma.staat.klok())
    firma.doe("beeindigen_rol", COEN, rol="auditor", laatste_dag=DAG - EEN)
    assert in_as(firma, zonder.hash) == COEN
    firma.doe("geven_rol", COEN, rol="directie", vanaf=DAG)
    assert in_as(firma, zonder.hash) == ""


def test_passwords_go_only_when_a_beheerder_can_come_in_without(elders: SimpleNamespace):
    elders.deur.accounts.set_password(BEA, elders.deur.wachtwoorden.hash("paarse fiets onder de brug"))
    stel(elders, wachtwoord=False, oidc=True)
    assert elders.deur.regels().wachtwoord, "nobody could come in to put it right"
    elders.deur.accounts.link(BEA, AANBIEDER.issuer, "bea")
    assert not elders.deur.regels().wachtwoord
    with pytest.raises(Geweigerd, match="het account van uw werk"):
        elders.deur.check_password("bea@firma.example", "paarse fiets onder de brug", "127.0.0.1", 0.0)
    code = elders.deur.uitnodigingen.make(COEN, "nieuw", BEA, elders.staat.klok())
    with pytest.raises(Geweigerd, match="het account van uw werk"):
        elders.deur.accept(code, "paarse fiets onder de brug", "paarse fiets onder de brug", elders.staat.klok())
    beheren.block(elders.deur, BEA, BEA, 0.0)
    assert elders.deur.regels().wachtwoord
    beheren.unblock(elders.deur, BEA, BEA)
    elders.deur.regels.elders = False
    assert elders.deur.regels().wachtwoord, "the provider is gone from the settings"


def test_who_came_in_by_what_is_off_now_is_out(elders: SimpleNamespace):
    elders.deur.accounts.link(BEA, AANBIEDER.issuer, "bea")
    _, door = elders.deur.sessies.begin(COEN, elders.staat.klok())
    _, langs = elders.deur.sessies.begin(COEN, elders.staat.klok(), hoe=ELDERS)
    stel(elders, wachtwoord=False, oidc=True)
    assert (in_as(elders, door.hash), in_as(elders, langs.hash)) == ("", COEN)
    stel(elders, wachtwoord=True, oidc=False)
    # Bea has no password, so the account of elsewhere stays on.
    assert (in_as(elders, door.hash), in_as(elders, langs.hash)) == (COEN, COEN)
    elders.deur.accounts.set_password(BEA, "hash")
    assert (in_as(elders, door.hash), in_as(elders, langs.hash)) == (COEN, "")


def test_how_somebody_came_in_is_kept_over_a_restart_and_in_an_older_folder(tmp_path: Path):
    opslag = Opslag(tmp_path / "toegang")
    koek, _ = Sessies(opslag).begin(COEN, 0.0, hoe=ELDERS)
    assert Sessies(opslag).read(koek, 1.0).hoe == ELDERS  # type: ignore[union-attr]
    opslag.close()
    db = sqlite3.connect(tmp_path / "toegang" / "toegang.sqlite")
    db.execute("ALTER TABLE sessie DROP COLUMN hoe")
    db.commit()
    db.close()
    opslag = Opslag(tmp_path / "toegang")
    assert Sessies(opslag).read(koek, 1.0).hoe == "wachtwoord"  # type: ignore[union-attr]
    opslag.close()


# The form


def form(firma: SimpleNamespace):
    app = open_pagina("organisatie")
    return app.selectbox(key="organisatie.doen").set_value("stellen_aanmeldregels").run()


def test_the_form_says_what_holds_and_whom_it_touches(firma: SimpleNamespace):
    firma.als(BEA)
    app = form(firma)
    gezegd = tekst(app)
    assert "Een tweede stap is verplicht voor: directie en beheerder." in gezegd
    assert "Wie 30 minuten niets doet, wordt afgemeld; iedereen na 10 uur." in gezegd
    assert "Zonder tweede stap zijn nu: beheerder 1 van 1 en auditor 1 van 1." in gezegd
    assert "Er is nu 1 persoon aangemeld, u ook." in gezegd
    velden = {(deel.key or "").rpartition(".")[2] for soort in ("checkbox", "number_input") for deel in app.get(soort)}
    assert {"stil_minuten", "hoogstens_uren"} <= velden
    assert not {"wachtwoord", "oidc"} & velden, "without a provider there is nothing to choose"
    (minuten,) = [deel for deel in app.number_input if (deel.key or "").endswith(".stil_minuten")]
    assert minuten.value == 30
    minuten.set_value(10)
    (knop,) = [knop for knop in app.button if (knop.key or "").endswith(".knop")]
    app = knop.click().run()
    assert firma.deur.regels() == Regels(stil=600.0, elders=True)
    assert "afgemeld na 10 minuten zonder werk" in tekst(app)


def test_what_would_lock_the_last_beheerder_out_cannot_be_chosen(elders: SimpleNamespace):
    elders.als(BEA)
    elders.deur.accounts.set_password(BEA, "hash")

    def keuzes() -> set[str]:
        return {(vak.key or "").rpartition(".")[2] for vak in form(elders).checkbox}

    assert keuzes() == {"oidc"}
    elders.deur.accounts.link(BEA, AANBIEDER.issuer, "bea")
    assert keuzes() == {"oidc", "wachtwoord"}
    elders.deur.accounts.set_password(BEA, "")
    assert keuzes() == {"wachtwoord"}


# Accounts follow people


def test_another_address_is_another_name_to_sign_in_with(firma: SimpleNamespace):
    firma.deur.accounts.make(COEN, "coen@firma.example", 0.0)
    firma.doe("wijzigen_persoon", COEN, vanaf=DAG, e_mail="c.proef@firma.example")
    firma.als(BEA)
    gezegd = tekst(open_pagina("personen", persoon=COEN)).replace("\u2060", "")
    assert "Meldt zich aan als **c.proef@firma.example**" in gezegd
    assert firma.deur.accounts.named("coen@firma.example") is None
    assert firma.deur.accounts.named("C.Proef@firma.example").persoon == COEN


def test_two_people_change_places_and_nobody_gets_the_name_of_another(firma: SimpleNamespace):
    namen = firma.deur.accounts
    namen.make(COEN, "coen@firma.example", 0.0)
    namen.rename({BEA: "coen@firma.example", COEN: "bea@firma.example"})
    assert (namen.of(BEA).aanmeldnaam, namen.of(COEN).aanmeldnaam) == ("coen@firma.example", "bea@firma.example")
    namen.rename({BEA: "bea@firma.example"})
    assert namen.of(BEA).aanmeldnaam == "coen@firma.example", "that is what Coen signs in with"
    namen.rename({BEA: "bea@firma.example", COEN: "Coen@firma.example"})
    assert (namen.of(BEA).aanmeldnaam, namen.of(COEN).aanmeldnaam) == ("bea@firma.example", "Coen@firma.example")
    namen.rename({BEA: "samen@firma.example", COEN: "Samen@firma.example"})
    assert (namen.of(BEA).aanmeldnaam, namen.of(COEN).aanmeldnaam) == ("samen@firma.example", "Coen@firma.example")


def test_who_leaves_has_an_account_up_to_and_including_the_last_day(firma: SimpleNamespace, tmp_path: Path):
    deur_ = firma.deur
    deur_.accounts.make(COEN, "coen@firma.example", 0.0)
    deur_.accounts.set_password(COEN, "$argon2id$geheim-van-coen")
    deur_.codes.make(COEN)
    hash = firma.als(COEN)
    firma.doe("vertrekken_persoon", COEN, laatste_dag=DAG)
    volgen.follow(deur_, firma.register, firma.staat.klok())
    assert (in_as(firma, hash), beheren.may_sign_in(deur_, COEN)) == (COEN, True)
    geeindigd: list[str] = []
    deur_.sessies.bij_einde = geeindigd.append
    firma.nu.dag += EEN
    assert in_as(firma, hash) == ""
    volgen.follow(deur_, firma.register, firma.staat.klok())
    assert geeindigd == [hash]
    assert deur_.accounts.persons() == [BEA]
    assert deur_.codes.left(COEN) == 0
    assert b"geheim-van-coen" not in b"".join(pad.read_bytes() for pad in (tmp_path / "toegang").iterdir())


def test_who_is_to_come_keeps_the_invitation(firma: SimpleNamespace):
    firma.doe("toevoegen_persoon", vanaf=DAG + 7 * EEN, voornaam="Daan", achternaam="Later", e_mail="d@firma.example")
    firma.deur.accounts.make("P2026-0003", "d@firma.example", 0.0)
    volgen.follow(firma.deur, firma.register, firma.staat.klok())
    assert firma.deur.accounts.persons() == [BEA, "P2026-0003"]


def test_the_app_follows_by_itself_at_a_fact_and_at_a_new_day(firma: SimpleNamespace, monkeypatch: pytest.MonkeyPatch):
    """Without anybody looking at a page; and a disk that refuses is said, and tried again."""
    monkeypatch.setattr(volgen, "EVEN", 0.01)
    monkeypatch.setattr(volgen, "LANG", 0.01)
    gevolgd: list[date] = []
    echt = volgen.follow

    def follow(*args: object) -> None:
        gevolgd.append(firma.nu.dag)
        if len(gevolgd) == 1:
            raise sqlite3.OperationalError("disk full")
        echt(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(volgen, "follow", follow)
    firma.deur.accounts.make(COEN, "coen@firma.example", 0.0)

    async def loop() -> None:
        stop = asyncio.Event()
        taak = asyncio.create_task(volgen.keep_up(firma.staat, stop))

        async def until(aantal: int) -> None:
            async with asyncio.timeout(20):
                while len(gevolgd) < aantal:
                    await asyncio.sleep(0.005)

        await until(2)
        # Nothing changes, and so there is nothing to follow: some ten looks later still not.
        await asyncio.sleep(0.1)
        assert len(gevolgd) == 2
        firma.doe("wijzigen_persoon", COEN, vanaf=DAG, e_mail="nieuw@firma.example")
        await until(3)
        firma.nu.dag += EEN
        await until(4)
        stop.set()
        await taak

    asyncio.run(loop())
    assert gevolgd == [DAG, DAG, DAG, DAG + EEN]
    assert firma.deur.accounts.of(COEN).aanmeldnaam == "nieuw@firma.example"
    assert kijker.door() is firma.deur


def test_a_folder_that_was_put_back_follows_before_anybody_signs_in(firma: SimpleNamespace):
    """The accounts of a back-up know people who have left since."""
    firma.deur.accounts.make(COEN, "coen@firma.example", 0.0)
    firma.doe("vertrekken_persoon", COEN, laatste_dag=DAG)
    firma.nu.dag += EEN
    assert firma.deur.accounts.persons() == [BEA, COEN]
    staat = Staat()
    deur.close_for(staat, firma.register)
    assert isinstance(staat.bladen, Bladen)
    assert staat.bladen.deur.accounts.persons() == [BEA]
    staat.bladen.deur.opslag.close()
