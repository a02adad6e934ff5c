"""The help pages: every step is explained and leads to its page, every role finds its questions."""

from __future__ import annotations

import re

import pytest

from klachten import organisatie, rechten, reglement, scherm, toegang
from klachten.opening import open_register
from klachten.rechten.woorden import in_woorden
from klachten.scherm import rechten as rechtenbeeld
from klachten.scherm import uitleg
from klachten.scherm.hulp import vragen as handleiding
from klachten.scherm.paginas import PAGINAS, pagina
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.schermproef import open_pagina, tekst

COULANT = reglement.load("coulant")
WOORDEN = "Wat de woorden betekenen"


@pytest.fixture(scope="module", autouse=True)
def in_een_leeg_register(tmp_path_factory):
    with open_register(tmp_path_factory.mktemp("hulp") / "register") as register:
        vorig = scherm.gebruik(register)
        yield
        scherm.gebruik(vorig)


def labels(proef) -> list[str]:
    return [link.proto.label for link in proef.get("page_link")]


def test_the_reglement_explains_all_18_steps_in_order():
    proef = open_pagina("reglement")
    assert not proef.exception
    koppen = [kop.value for kop in proef.subheader]
    assert koppen == [rf"{stap.nr}\. {stap.naam}" for stap in COULANT.stappen]
    for stap in COULANT.stappen:
        assert stap.uitleg in tekst(proef)


@pytest.mark.parametrize("wie", ["anna", "bas", "carla"])
def test_every_step_leads_to_its_page_and_says_who_records_there(wie: str):
    persoon = toegang.huidige_gebruiker(wie)
    verwacht = [
        f"Stap {stap.nr} vastleggen" if persoon.heeft(*stap.rollen) else f"Naar {pagina(stap.pagina).titel}"
        for stap in COULANT.stappen
    ]
    assert labels(open_pagina("reglement", als=wie)) == [*verwacht, WOORDEN]


def test_who_may_not_record_gets_no_link_that_would_be_refused():
    assert labels(open_pagina("reglement", als="hanna")) == [WOORDEN]


def test_the_terms_are_those_of_the_reglement():
    gezegd = tekst(open_pagina("reglement"))
    for zin in ("2 weken na ontvangst", "4 weken na ontvangst", "6 weken na ontvangst"):
        assert zin in gezegd
    assert "Verlengen of opschorten kan niet" in gezegd
    assert "schuift niet op" in gezegd


def test_another_reglement_explains_itself_too():
    awb = reglement.load("awb9")
    zinnen = [uitleg.termijn_zin(termijn) for termijn in awb.termijnen]
    assert any("Verlengen kan met 4 weken, met schriftelijk bericht" in zin for zin in zinnen)
    assert "eerstvolgende werkdag" in uitleg.tel_zin(awb, awb.termijnen)


def test_the_readings_that_were_chosen_are_named():
    gekozen = [stap.keuze for stap in COULANT.stappen if stap.keuze]
    assert gekozen
    gezegd = tekst(open_pagina("reglement"))
    assert [keuze for keuze in gekozen if keuze not in gezegd] == []


def test_the_groups_hold_every_step_once():
    assert [nr for nummers in uitleg.GROEPEN.values() for nr in nummers] == list(range(1, 19))


@pytest.mark.parametrize("wie", [persoon.id for persoon in ROLVERDELING])
def test_everybody_finds_questions_of_their_own(wie: str):
    proef = open_pagina("handleiding", als=wie)
    assert not proef.exception
    eigen = handleiding.taken_voor(*toegang.huidige_gebruiker(wie).rollen)
    assert [vak.label for vak in proef.expander] == [taak.vraag for taak in eigen]
    assert eigen


@pytest.mark.parametrize("rol", organisatie.ROLLEN)
def test_the_manual_can_be_read_for_another_role(rol: str):
    proef = open_pagina("handleiding", als="anna")
    proef.selectbox(key="handleiding_rol").select(rol).run()
    assert not proef.exception
    assert [vak.label for vak in proef.expander] == [taak.vraag for taak in handleiding.taken_voor(rol)]


def test_every_answer_leads_to_a_page_that_the_asker_may_open():
    namen = {deel.naam for deel in PAGINAS}
    for taak in handleiding.taken():
        assert taak.pagina in namen
        for persoon in ROLVERDELING:
            if persoon.heeft(*taak.rollen):
                assert pagina(taak.pagina).toegankelijk_voor(persoon), f"{taak.vraag}: {persoon.id}"


def test_the_manual_tells_the_keys():
    gezegd = tekst(open_pagina("handleiding"))
    for toets, betekenis in handleiding.toetsen():
        assert f"`{toets}`: {betekenis}" in gezegd


@pytest.mark.parametrize("rol", ["", *organisatie.ROLLEN])
def test_the_page_of_rights_shows_the_table_that_decides(rol: str):
    proef = open_pagina("rechten")
    if rol:
        proef.selectbox(key="rechten_rol").select(rol).run()
    assert not proef.exception
    gezegd = tekst(proef)
    for rij in rechten.RIJEN:
        stap = re.match(r"stap_(\d\d)", rij.naam)
        zin = in_woorden(rij, COULANT.stap(int(stap[1])).rollen if stap else ())
        kop = f"**{rechtenbeeld.naam(rij)}**"
        # An address that asks for no role names none.
        heeft = not rol or (rij.soort == "route" and rij.iedereen)
        heeft = heeft or organisatie.ROLLEN[rol].lower() in zin.partition("Wie bij een klacht")[0].lower()
        assert (f"{kop}  \n  {zin}" in gezegd) == heeft, (rij.soort, rij.naam)
