"""What belongs to one organisation comes from its facts: no reglement gives it, and a file that still does, opens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie, reglement
from klachten.handelingen import OngeldigeInvoer
from klachten.handelingen.organisatie.reglementen import judge
from klachten.opening import open_register, reglementen_map
from klachten.register import Register
from klachten.reglement import VAN_DE_FIRMA
from klachten.voorbeeld import VESTIGINGEN, cast, record, with_names
from tests.lijsten import VANDAAG
from tests.overnameproef import neem_over
from tests.paginas import Opent, zinnen
from tests.reglementproef import INGANG, MET_FIRMA, add, klacht, last_days
from tests.test_pagina_reglementversies import send

DAG = date(2026, 1, 1)
SIGNAAL = g.SignaalOntvangen(gebeurd_op=DAG, kanaal="telefoon", vestiging="weert", ontvanger="anna")
DRIE = MET_FIRMA.replace(b"waarde = 2", b"waarde = 3", 1)
NIEUW = DRIE.replace(b'id = "coulant"', b'id = "eigen"', 1)
WAARSCHUWING = "Het bestand noemt ook de naam van een organisatie, vestigingen, opdrachtgevers en soorten traject."


@pytest.fixture
def niemand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is given by conftest.py, as in the app."""
    monkeypatch.setattr(organisatie, "_open", {})


@pytest.fixture
def ouder(nieuwe_map: Path, tmp_path: Path) -> Path:
    """The folder of a register of before there were facts of the organisation: it has only the ids."""
    map = shutil.copytree(nieuwe_map, tmp_path / "ouder")
    with open_register(map) as register, register.schrijven() as boeking:
        boeking.leg_vast(boeking.nieuw_nummer("S", 2026), SIGNAAL, door="anna", rol="coordinator")
    return map


def lists(register: Register, id: str = "coulant") -> dict[str, list[str]]:
    return {lijst: [k.naam for k in register.reglementen[id].keuzes(lijst)] for lijst in VAN_DE_FIRMA}


@pytest.mark.parametrize("id", ["coulant", "awb9"])
def test_a_reglement_that_comes_along_says_nothing_of_one_organisation(id: str):
    boek = reglement.load(id)
    assert (boek.organisatie, *(boek.keuzes(lijst) for lijst in VAN_DE_FIRMA)) == ("", (), (), ())


def test_the_example_has_its_firm_by_the_same_facts_as_everybody(firma: Register):
    feiten = [v.feit for v in firma.vastleggingen(g.NUMMER)]
    erbij = {(f.lijst, f.id): f.naam for f in feiten if isinstance(f, g.KeuzeToegevoegd)}
    assert {id: naam for (lijst, id), naam in erbij.items() if lijst == "vestigingen"} == VESTIGINGEN
    assert {lijst for lijst, _ in erbij} == set(VAN_DE_FIRMA)
    assert sum(map(len, lists(firma).values())) == len(erbij) == 15
    assert {boek.organisatie for boek in firma.reglementen.values()} == {"Coulant Reïntegratie"}


@pytest.mark.usefixtures("niemand")
def test_an_older_register_opens_with_ids_and_is_read_with_the_names_it_was_made_with(ouder: Path):
    with open_register(ouder) as register:
        naam_van, stand = lambda: register.reglementen["coulant"].naam_van("vestigingen", "weert"), register.stand()
        assert (naam_van(), set(map(tuple, lists(register).values()))) == ("weert", {()})
        with with_names(register):
            assert (naam_van(), register.reglementen["awb9"].organisatie) == ("Weert", "Coulant Reïntegratie")
            assert lists(register)["opdrachtgevers"][0] == "UWV"
        assert (naam_van(), register.reglementen["coulant"].organisatie) == ("weert", "")
        assert register.stand() == stand, "reading writes nothing"
        record(register, op=DAG)
        assert naam_van() == "Weert"


@pytest.mark.usefixtures("niemand")
def test_a_register_with_nothing_but_an_import_is_not_of_the_firm_of_the_example(nieuwe_map: Path, tmp_path: Path):
    with open_register(shutil.copytree(nieuwe_map, tmp_path / "overname")) as register:
        neem_over(register, "klachten")
        with with_names(register) as wie:
            assert (wie.mensen, register.reglementen["coulant"].organisatie) == ({}, "")


@pytest.fixture
def bewaard(ouder: Path) -> Iterator[Register]:
    """An older register that kept a reglement of its own, with lists in it."""
    reglementen_map(ouder).mkdir()
    (reglementen_map(ouder) / "coulant.toml").write_bytes(MET_FIRMA)
    with open_register(ouder) as register:
        yield register


def test_a_file_that_a_register_kept_gives_its_names_until_the_organisation_has_its_own(bewaard: Register):
    assert lists(bewaard)["vestigingen"] == ["Weert aan de Maas", "Dok"]
    with with_names(bewaard):
        assert bewaard.reglementen["coulant"].organisatie == "Andere firma"
        assert lists(bewaard)["trajectsoorten"] == ["Eerste spoor"]
    record(bewaard, op=DAG)
    assert lists(bewaard)["vestigingen"] == list(VESTIGINGEN.values())
    assert bewaard.reglementen["coulant"].organisatie == cast().gegevens().naam


def test_what_one_organisation_has_is_not_laid_over_an_import(firma: Register):
    log = (reglement.MAP.parent / "overname" / "voorbeelden" / "coselog.reglement.toml").read_bytes()
    overname = reglement.lees(log, "coselog.reglement.toml")
    assert organisatie.completed(overname, cast()) == overname
    assert organisatie.effectief(overname, firma.organisatie) == overname


def test_a_version_of_before_that_names_them_still_holds_and_they_do_not_count(firma: Register):
    add(firma, DRIE)
    assert firma.inrichting.uit_bestanden["coulant"].naam_van("vestigingen", "dok") == "Dok"
    assert lists(firma)["vestigingen"] == list(VESTIGINGEN.values())
    nummer = klacht(firma, INGANG)
    assert last_days(firma, nummer)["bevestiging"] == INGANG + timedelta(weeks=3)
    map = firma.map
    firma.close()
    with open_register(map) as opnieuw:
        assert opnieuw.inrichting.gebreken == []
        assert lists(opnieuw)["vestigingen"] == list(VESTIGINGEN.values())
        assert last_days(opnieuw, nummer)["bevestiging"] == INGANG + timedelta(weeks=3)


@pytest.mark.parametrize(("bestand", "id"), [(DRIE, "coulant"), (NIEUW, "eigen")])
def test_who_brings_a_file_with_them_along_is_told_that_they_do_not_count(
    firma: Register, opent: Opent, bestand: bytes, id: str
):
    proef = send(opent("reglementversies"), bestand)
    assert WAARSCHUWING in " ".join(str(deel.value) for deel in proef.warning)
    assert "Weert aan de Maas" not in zinnen(proef)
    assert judge(firma, bestand, INGANG).van_de_firma == ("organisatie", *VAN_DE_FIRMA)
    add(firma, bestand)
    assert lists(firma, id)["vestigingen"] == list(VESTIGINGEN.values())


def test_a_file_without_them_gets_no_warning(firma: Register, opent: Opent):
    kaal = (reglement.MAP / "coulant.toml").read_bytes().replace(b"waarde = 2", b"waarde = 3", 1)
    assert judge(firma, kaal, VANDAAG + timedelta(days=1)).van_de_firma == ()
    assert [deel.value for deel in send(opent("reglementversies"), kaal).warning] == []


def test_what_does_not_count_must_still_be_written_well(firma: Register):
    with pytest.raises(OngeldigeInvoer, match=r"sleutel vestigingen\[1\]\.id: deze sleutel ontbreekt"):
        add(firma, DRIE.replace(b'[[vestigingen]]\nid = "weert"\n', b"[[vestigingen]]\n", 1))
