"""Page Bewaren: the yearly list, proposing and erasing by two people, one person on request; what others then see."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten import reglement, scherm
from klachten.concepten import Concepten
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm.beheer import wissen
from klachten.scherm.dossier.handelen import DEEL
from klachten.scherm.intake import opruimen
from klachten.tijdzone import NEDERLAND
from klachten.voorbeeld import record
from tests.paginas import Opent, open_los, verstuur, vul, zinnen, zonder_venster
from tests.wisproef import VANDAAG, Oud, oude_klacht, stel_voor


@pytest.fixture
def oud(ingericht: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Register, Oud]]:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    zonder_venster(monkeypatch)
    with open_register(shutil.copytree(ingericht, tmp_path / "r")) as register:
        vorig = scherm.gebruik(register)
        yield register, oude_klacht(register, "s")
        scherm.gebruik(vorig)


@pytest.fixture
def open_als() -> Opent:
    return lambda naam, als="anna", **adres: open_los(
        naam, als, {DEEL: "klacht"} if naam == "dossier" else None, **adres
    )


def test_the_coordinator_proposes_the_list_and_directie_erases_it(oud: tuple[Register, Oud], open_als: Opent):
    _, klacht = oud
    taken = zinnen(open_als("werkvoorraad", "carla"))
    assert "Bewaren en wissen: 1 dossier is langer bewaard dan de termijn" in taken
    assert "Eens per jaar" in taken
    proef = open_als("bewaren")
    assert klacht.nummer in str(proef.table[0].value)
    [knop] = [k for k in proef.button if k.label == "Voorstellen"]
    knop.click().run()
    assert "Voorgesteld om te wissen: 1 dossier." in zinnen(proef)
    assert [k.label for k in open_als("bewaren").button if k.label in ("Wissen", "Voorstellen")] == []
    proef = open_als("bewaren", "carla")
    assert f"{klacht.nummer}: Anna" in zinnen(proef).replace("**", "")

    def press() -> None:
        [knop] = [k for k in proef.button if k.label == "Wissen"]
        knop.click().run()
        assert not proef.exception

    proef.multiselect(key="wissen.welke").set_value([klacht.nummer])
    press()
    assert "Er is nog niets gewist" in zinnen(proef)
    proef.multiselect(key="wissen.welke").set_value([klacht.nummer])
    proef.checkbox(key="wissen.weet").check()
    press()
    assert "Gewist: 1 dossier." in zinnen(proef)
    assert "Niets is over de termijn" in zinnen(proef)
    # What others see of it.
    gezegd = zinnen(open_als("dossier", nummer=klacht.nummer))
    assert "(gewist)" in gezegd
    assert "De teksten en stukken van dit dossier zijn op **6 maart 2026** gewist" in gezegd
    assert "Grond: de bewaartermijn is voorbij; voorgesteld door" in gezegd
    assert "(gewist)" in "".join(str(deel.value) for deel in [*open_als("klachten").table, *open_als("klachten").text])
    for naam in ("klachten", "werkvoorraad", "escalatie"):
        pagina = open_als(naam, "carla", zoek=klacht.woorden["indiener"])
        assert "Zwaluw" not in zinnen(pagina).replace(klacht.woorden["indiener"], "", 1), naam
    assert "Bewaren en wissen" not in zinnen(open_als("werkvoorraad", "carla"))


def test_more_than_can_be_shown_come_in_turn_and_the_page_says_so(
    oud: tuple[Register, Oud], open_als: Opent, monkeypatch: pytest.MonkeyPatch
):
    register, klacht = oud
    nummers = {klacht.nummer, *(oude_klacht(register, merk).nummer for merk in "tuv")}
    # Of one that is not for who looks there is no place lost in what is shown.
    oude_klacht(register, "w", betrokkenen=("anna",))
    monkeypatch.setattr(wissen, "HOOGSTENS", 2)
    gezien: list[str] = []
    for over in (4, 2):
        proef = open_als("bewaren")
        gekozen = proef.multiselect(key="wissen.voor").value
        gezien += gekozen
        assert len(gekozen) == 2
        assert (f"U ziet hier 2 van de {over}" in zinnen(proef)) == (over > 2)
        [knop] = [k for k in proef.button if k.label == "Voorstellen"]
        knop.click().run()
        assert "Voorgesteld om te wissen: 2 dossiers." in zinnen(proef)
    assert set(gezien) == nummers
    assert "Welke stelt u voor?" not in [keuze.label for keuze in open_als("bewaren").multiselect]
    proef = open_als("bewaren", "carla")
    assert set(proef.multiselect(key="wissen.welke").options) < nummers
    assert "U ziet hier 2 van de 5" not in zinnen(proef)
    assert "U ziet hier 2 van de 4" in zinnen(proef)


def test_one_person_on_request_with_the_texts_in_which_the_name_stands(oud: tuple[Register, Oud], open_als: Opent):
    _, klacht = oud
    proef = open_als("bewaren")
    proef.text_input(key="wissen.nummer").set_value(klacht.nummer.lower()).run()
    plek = f"wissen.{klacht.nummer}"
    proef.selectbox(key=f"{plek}.wie").set_value("indiener").run()
    ook = proef.multiselect(key=f"{plek}.indiener.ook")
    assert [optie.split(":")[0].partition(", ")[2] for optie in ook.options] == [
        "klacht ontvangen, waar gaat het over",
        "stuk",
    ]
    assert len(ook.value) == 1
    vul(proef, grond="verzoek")
    [reden] = [veld for veld in proef.text_area if (veld.key or "").endswith(".reden")]
    reden.set_value("De indiener vraagt het.")
    [knop] = [k for k in proef.button if k.label == "Voorstellen" and (k.key or "").endswith(".knop")]
    knop.click().run()
    assert not proef.exception
    proef = open_als("bewaren", "carla")
    proef.text_input(key="wissen.nummer").set_value(klacht.nummer).run()
    assert "Voorgesteld om Indiener: Zwaluwnaams de Vries te wissen" in zinnen(proef).replace("**", "")
    verstuur(proef, "Wissen")
    assert not proef.exception
    gezegd = zinnen(open_als("dossier", nummer=klacht.nummer))
    assert "Zwaluw" not in gezegd
    assert klacht.woorden["gemachtigde"] in gezegd


def test_an_auditor_looks_and_does_nothing(oud: tuple[Register, Oud], open_als: Opent):
    register, klacht = oud
    stel_voor(register, klacht.nummer)
    auditor = next(p.id for p in register.organisatie.mensen.values() if "auditor" in p.rollen_op(VANDAAG))
    proef = open_als("bewaren", auditor)
    assert klacht.nummer in str(proef.table[0].value)
    assert [k.label for k in proef.button if k.label in ("Wissen", "Voorstellen")] == []
    assert "Hoe lang iets bewaard blijft" in "".join(kop.value for kop in proef.header)


def test_a_number_that_is_not_there_and_one_that_is_not_for_the_user_say_the_same(
    oud: tuple[Register, Oud], open_als: Opent
):
    register, _ = oud
    dicht = oude_klacht(register, "t", betrokkenen=("carla",)).nummer
    gezegd = []
    for nummer in ("K2099-0001", dicht, "E2026-0001", "x"):
        proef = open_als("bewaren", "carla")
        proef.text_input(key="wissen.nummer").set_value(nummer).run()
        assert not proef.exception
        gezegd.append([f.value for f in proef.error][-1].replace(nummer.upper(), "NR"))
    assert len(set(gezegd)) == 1
    assert dicht not in "".join(str(tabel.value) for tabel in open_als("bewaren", "carla").table)
    # There is one coordinator, and when that one is involved somebody of directie proposes.
    dicht = oude_klacht(register, "u", betrokkenen=("anna",)).nummer
    proef = open_als("bewaren")
    assert dicht not in "".join(str(tabel.value) for tabel in proef.table)
    proef.text_input(key="wissen.nummer").set_value(dicht).run()
    assert "is niet voor u" in zinnen(proef)


def test_a_form_that_was_not_sent_goes_after_its_term_and_a_newer_one_stays(oud: tuple[Register, Oud], open_als: Opent):
    register, _ = oud
    nu = datetime.now(NEDERLAND)
    concepten = Concepten(register.map, "anna")
    for id, dagen in (("oud", 31), ("nieuw", 29)):
        concepten.save(id, "w", {"indiener_naam": id}, nu - timedelta(days=dagen))
    assert not open_als("bewaren").exception
    assert [een.id for een in concepten.all()] == ["nieuw"]
    assert opruimen.ruim_op(register) == 0


def test_the_register_opens_and_tidies_up_when_the_file_of_its_own_reglement_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    toml = (reglement.MAP / "coulant.toml").read_text(encoding="utf-8")
    toml = toml.replace('id = "coulant"', 'id = "eigen"', 1).encode()
    sha256 = hashlib.sha256(toml).hexdigest()
    with open_register(tmp_path / "r") as register:
        record(register, op=VANDAAG)
        op = {"gebeurd_op": VANDAAG, "reglement": "eigen"}
        with register.schrijven() as boeking:
            feit = g.ReglementVersieToegevoegd(**op, document=sha256, geldig_vanaf=VANDAAG)
            boeking.leg_vast("O0001", feit, door="anna", rol="beheerder", document=toml)
            boeking.leg_vast("O0001", g.ReglementGekozen(**op, vanaf=VANDAAG), door="anna", rol="beheerder")
        stuk = register.dossiers.folder("O0001") / "documenten" / sha256
    stuk.unlink()
    concepten = Concepten(tmp_path / "r", "anna")
    concepten.save("oud", "w", {}, datetime.now(NEDERLAND) - timedelta(days=31))
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    with open_register(tmp_path / "r") as register:
        assert register.inrichting.gebreken
        assert opruimen.ruim_op(register) == 1


def test_who_is_involved_sees_nothing_of_the_signaal_that_the_klacht_was(oud: tuple[Register, Oud], open_als: Opent):
    dicht = oude_klacht(oud[0], "z", betrokkenen=("anna",)).signaal
    for wie, ziet in (("anna", False), ("carla", True)):
        proef = open_als("bewaren", wie)
        proef.text_input(key="wissen.nummer").set_value(dicht).run()
        assert not proef.exception
        assert ("of is niet voor u" in zinnen(proef)) == (not ziet)
        assert any(str(keuze.key).startswith(f"wissen.{dicht}") for keuze in proef.selectbox) == ziet, wie


def test_a_name_in_a_text_of_an_evaluation(oud: tuple[Register, Oud], open_als: Opent):
    register, _ = oud
    feit = g.EvaluatieGehouden(
        gebeurd_op=VANDAAG, jaar=2023, directieleden=("carla",), conclusies="Koolmeesnaam was ontevreden"
    )
    with register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("E", VANDAAG.year)
        nr = boeking.leg_vast(nummer, feit, door="carla", rol="directie")
    proef, plek = open_als("bewaren"), f"wissen.{nummer}"
    proef.text_input(key="wissen.nummer").set_value(nummer).run()
    assert proef.selectbox(key=f"{plek}.wie").options == ["Teksten die u kiest"]
    ook = proef.multiselect(key=f"{plek}.teksten.ook")
    assert (ook.value, len(ook.options)) == ([], 1)
    gevraagd = {"grond": "verzoek", "wie": "teksten", "ook": (f"{nr}.conclusies",), "reden": "Op verzoek"}
    stel_voor(register, nummer, **gevraagd)
    proef = open_als("bewaren", "carla")
    proef.text_input(key="wissen.nummer").set_value(nummer).run()
    assert "Koolmeesnaam was ontevreden" in zinnen(proef)
    assert "Wissen kan niet worden teruggedraaid." in zinnen(proef)
    proef = open_als("bewaren")
    for geen in ("E2099-0001", "E", "Erik"):
        proef.text_input(key="wissen.nummer").set_value(geen).run()
        assert "staat niet in het register, of is niet voor u" in zinnen(proef)
