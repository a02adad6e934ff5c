"""The organisation that stands in a register: read before anything is furnished, and followed when it changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie, scherm
from klachten.gebeurtenissen import Gebeurtenis
from klachten.opening import open_register
from klachten.organisatie import Gebruiker
from klachten.register import Register
from klachten.register.afleiding import Afleiding
from klachten.voorbeeld import bring_over, with_names
from klachten.voorbeeld.inrichting import ZIN
from klachten.voorbeeld.rolverdeling import ROLVERDELING

DAG = date(2026, 1, 1)
LATER = DAG + timedelta(days=30)
VRIJ = date(2026, 6, 3)
INGERICHT = g.OrganisatieIngericht(gebeurd_op=DAG, naam="Brug")


def leg_vast(register: Register, *feiten: Gebeurtenis, nummer: str = g.NUMMER) -> str:
    with register.schrijven() as boeking:
        waar = nummer or boeking.nieuw_nummer("P", 2026)
        for feit in feiten:
            boeking.leg_vast(waar, feit, door="iris", rol="beheerder")
    return waar


def keuze(id: str, naam: str) -> g.KeuzeToegevoegd:
    return g.KeuzeToegevoegd(gebeurd_op=DAG, lijst="vestigingen", id=id, vanaf=DAG, naam=naam)


def rol(rol: str) -> g.RolGegeven:
    return g.RolGegeven(gebeurd_op=DAG, rol=rol, vanaf=DAG)


@pytest.fixture(scope="module")
def brug(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Path:
    """The folder of a register with an organisation of one person, who is coordinator, and one vestiging."""
    map = shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("brug") / "register")
    with open_register(map) as register:
        leg_vast(register, INGERICHT, keuze("kade", "Kade"))
        zoe = g.PersoonToegevoegd(gebeurd_op=DAG, persoon="P2026-0001", vanaf=DAG, voornaam="Zoë", achternaam="Qadir")
        leg_vast(register, zoe, rol("coordinator"), nummer="")
    return map


@pytest.fixture
def open_brug(brug: Path, tmp_path: Path) -> Iterator[Register]:
    with open_register(shutil.copytree(brug, tmp_path / "brug")) as register:
        yield register


def _vestigingen(register: Register) -> list[str]:
    return [keuze.naam for keuze in register.reglementen["coulant"].vestigingen]


def test_in_a_register_without_an_organisation_nobody_is_known(register: Register, monkeypatch: pytest.MonkeyPatch):
    assert not register.organisatie.ingericht
    assert organisatie.iedereen() == ROLVERDELING, "of conftest.py"
    monkeypatch.setattr(organisatie, "_open", {})
    assert organisatie.iedereen() == ()
    assert (organisatie.naam("anna"), organisatie.gebruiker("anna")) == ("anna", None)
    with with_names(register):
        assert organisatie.naam("anna") == "Anna de Wit"
        assert "Weert" in _vestigingen(register)
    assert organisatie.naam("anna") == "anna"
    assert _vestigingen(register) == []


def test_the_organisation_is_there_when_the_register_opens_and_gone_when_it_closes(brug: Path, tmp_path: Path):
    map = shutil.copytree(brug, tmp_path / "register")
    with open_register(map) as register:
        assert [wie.naam for wie in organisatie.met_rol("coordinator", op=LATER)] == ["Zoë Qadir"]
        assert organisatie.gebruiker("anna") is None
        assert organisatie.huidige() is register.organisatie
        assert _vestigingen(register) == ["Kade"]
        assert register.reglementen["coulant"].organisatie == "Brug"
    assert organisatie.gebruiker("anna") is not None


@pytest.mark.parametrize("weg", ["klachten.duckdb", ""])
def test_it_is_the_same_when_the_database_has_to_be_made_again(brug: Path, tmp_path: Path, weg: str):
    map = shutil.copytree(brug, tmp_path / "register")
    with open_register(map) as register:
        toen = register.organisatie
    if weg:
        (map / weg).unlink()
    with open_register(map, herbouw=not weg) as register:
        assert register.organisatie == toen
        assert register.organisatie.mensen["P2026-0001"].naam == "Zoë Qadir"
        assert _vestigingen(register) == ["Kade"]


def test_facts_that_are_only_in_the_journal_count_too(open_brug: Register, monkeypatch: pytest.MonkeyPatch):
    """As after a crash between journal and database: the database is opened anew and catches up."""
    monkeypatch.setattr(open_brug._db, "append", lambda *_: 1 / 0)
    leg_vast(open_brug, keuze("plein", "Plein"))
    assert _vestigingen(open_brug) == ["Kade", "Plein"]
    assert "opnieuw geopend" in open_brug.meldingen[-1]


def test_what_changes_holds_at_once_and_for_every_reader(open_brug: Register):
    versie = open_brug.versie
    hernoemd = g.KeuzeHernoemd(gebeurd_op=LATER, lijst="vestigingen", id="kade", vanaf=LATER, naam="Oude Kade")
    leg_vast(open_brug, hernoemd)
    assert _vestigingen(open_brug) == ["Oude Kade"]
    assert open_brug.changed_since(versie) is None, "every task can be of somebody else"
    leg_vast(open_brug, rol("directie"), nummer="P2026-0001")
    assert [wie.id for wie in organisatie.met_rol("directie")] == ["P2026-0001"]


def test_what_nobody_recorded_changes_nothing(open_brug: Register):
    with pytest.raises(AttributeError):
        leg_vast(open_brug, keuze("plein", "Plein"), cast(Gebeurtenis, "geen feit"))
    assert _vestigingen(open_brug) == ["Kade"]


def test_only_a_categorie_that_is_merged_asks_for_what_was_derived(
    open_brug: Register, monkeypatch: pytest.MonkeyPatch
):
    keren: list[int] = []
    monkeypatch.setattr(Afleiding, "derive_all", lambda _: keren.append(1))
    categorie = {"gebeurd_op": LATER, "lijst": "categorieen", "id": "overig", "vanaf": LATER}
    vrij = g.DagenGelijkgesteld(gebeurd_op=LATER, besluit="b", dagen=(VRIJ,), bekend_tot=VRIJ, naam="Brugdag")
    leg_vast(open_brug, g.KeuzeHernoemd(**categorie, naam="Anders"), keuze("plein", "Plein"), vrij)
    assert keren == []
    with open_brug.cursor() as cursor:
        assert cursor.execute("SELECT werkdag FROM dag WHERE dag = ?", [VRIJ]).fetchall() == [(False,)]
    eerste = open_brug.reglementen["coulant"].categorieen[0].id
    leg_vast(open_brug, g.KeuzeSamengevoegd(**categorie, opvolger=eerste))
    assert keren == [1]
    with open_brug.cursor() as cursor:
        assert ("coulant", "overig", eerste) in cursor.execute("FROM categorie_nu").fetchall()


def test_an_older_register_gets_the_organisation_that_it_worked_with(
    register: Register, anna: Gebruiker, monkeypatch: pytest.MonkeyPatch
):
    """Once, and so that nobody sees a difference; a register without facts is left for the first start."""
    assert not bring_over(register)
    feit = g.SignaalOntvangen(gebeurd_op=DAG, kanaal="telefoon", vestiging="weert", ontvanger="anna")
    with register.schrijven() as boeking:
        boeking.leg_vast(boeking.nieuw_nummer("S", 2026), feit, door="anna", rol="coordinator")
    eerder, mensen, lijsten = register.map, organisatie.iedereen(DAG), _names(register)
    register.close()
    monkeypatch.setenv("KLACHTEN_DATA", str(eerder))
    vorig = scherm.gebruik(None)
    try:
        nu = scherm.register()
        assert nu.organisatie.ingericht
        assert nu.organisatie.voorbeeld
        assert (organisatie.iedereen(DAG), _names(nu)) == (mensen, lijsten)
        assert organisatie.gebruiker("anna", DAG) == anna
        assert nu.meldingen == [ZIN]
        assert {v.rol for v in nu.vastleggingen(g.NUMMER)} == {"overbrenging"}
        stand = nu.stand()
        assert not bring_over(nu)
        assert nu.stand() == stand
        nu.close()
    finally:
        scherm.gebruik(vorig)


def _names(register: Register) -> dict[str, list[tuple[str, str]]]:
    return {
        f"{reglement.id}.{lijst}": [(keuze.id, keuze.naam) for keuze in reglement.keuzes(lijst)]
        for reglement in register.reglementen.values()
        for lijst in organisatie.EIGEN_LIJSTEN
    } | {"boekjaar": [(reglement.id, str(reglement.boekjaren)) for reglement in register.reglementen.values()]}


def test_of_two_open_registers_the_last_one_is_asked(open_brug: Register, register: Register):
    assert organisatie.huidige() is open_brug.organisatie
    leg_vast(register, INGERICHT, keuze("dok", "Dok"))
    assert organisatie.huidige() is register.organisatie
    register.close()
    assert organisatie.huidige() is open_brug.organisatie
