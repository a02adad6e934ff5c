"""An empty register says what a page will show and leads each role to what it can do first; no such an empty year."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest

from klachten import organisatie, scherm
from klachten.dossier.rechten import may_begin
from klachten.organisatie import Gebruiker
from klachten.scherm import leeg, venster
from klachten.scherm.paginas import PAGINAS, pagina
from tests.paginas import klacht, open_los, zinnen

pytestmark = pytest.mark.usefixtures("los_in_dit_register")

# Role, who of the cast has it, and what the first thing is: the page it leads to and a word of the sentence.
ROLLEN = [
    ("coordinator", "anna", "intake", "Daarna wijst u toe"),
    ("behandelaar", "bas", "intake", "Wat u wordt toegewezen"),
    ("directie", "carla", "verbeteracties", "hoeveel dat er zijn"),
    ("actienemer", "eva", "intake", "Een maatregel die u moet uitvoeren"),
    ("analist", "hanna", "reglement", "over die stappen en termijnen"),
    ("beheerder", "iris", "personen", "met de juiste rollen"),
]
# Page by page: somebody who may open it, the beginning of what will be here, and where that person is led first.
PAGINA = [
    ("werkvoorraad", "anna", "Hier komt te staan wat er te doen is", "intake"),
    ("werkvoorraad", "eva", "Hier komt te staan wat er te doen is", "intake"),
    ("werkvoorraad", "hanna", "De analist behandelt geen klachten", "reglement"),
    ("werkvoorraad", "iris", "De beheerder behandelt geen klachten", "personen"),
    ("klachten", "bas", "Hier komen de klachten te staan", "intake"),
    ("dossier", "anna", "Hier opent u straks een klacht", "intake"),
    ("escalatie", "carla", "Hier komt te staan wat te laat is", "verbeteracties"),
    ("verbeteracties", "eva", "Hier komt te staan wat de directie na een evaluatie verbetert", "intake"),
    ("jaarbeeld", "carla", "Hier komt het jaar in één blik", "verbeteracties"),
    ("termijnen", "bas", "Hier komt per termijn", "intake"),
    ("categorieen", "hanna", "Hier komt te staan waarover klachten gaan", "reglement"),
    ("opvolging", "anna", "Hier komt te staan of gedaan is", "intake"),
    ("proces", "carla", "Hier komt te staan hoe klachten de stappen doorlopen", "verbeteracties"),
    ("signalen", "hanna", "Hier komt te staan of het aantal klachten", "reglement"),
    ("verkenner", "hanna", "Hier stelt u straks uw eigen vragen", "reglement"),
]
LINK = re.compile(r"^\[(.+)\]\((\w+) ", re.MULTILINE)


def als(id: str) -> Gebruiker:
    gevonden = organisatie.gebruiker(id)
    assert gevonden is not None
    return gevonden


@pytest.mark.parametrize(("rol", "wie", "naar", "woord"), ROLLEN)
def test_each_role_is_led_to_what_it_may_do(rol: str, wie: str, naar: str, woord: str):
    gebruiker = als(wie)
    eerste = leeg.eerst(gebruiker)
    assert eerste is leeg.EERST[rol]
    assert (eerste.pagina, woord in eerste.zin) == (naar, True)
    assert pagina(naar).toegankelijk_voor(gebruiker)
    assert naar != "intake" or may_begin("stap_01_indienen_klacht", gebruiker, scherm.reglement())


def test_a_role_that_may_do_nothing_of_it_gets_no_link(monkeypatch: pytest.MonkeyPatch):
    assert leeg.eerst(Gebruiker("x", "X", frozenset({"medewerker"}))) is leeg.EERST["medewerker"]
    assert leeg.eerst(Gebruiker("x", "X", frozenset({"betrokken"}))) is None
    # Of several roles the first that can do its own: without the right to record a klacht another one counts.
    monkeypatch.setattr(leeg.inrichten, "may_record", lambda wie: False)
    assert leeg.eerst(Gebruiker("x", "X", frozenset({"coordinator", "beheerder"}))) is leeg.EERST["beheerder"]
    assert leeg.eerst(als("eva")) is None


def test_every_page_that_would_be_empty_is_in_the_table():
    assert {naam for naam, *_ in PAGINA} == set(leeg.WAT)
    assert {deel.naam for deel in PAGINAS} >= set(leeg.WAT) | {een.pagina for een in leeg.EERST.values()}


@pytest.mark.parametrize(("naam", "wie", "begin", "naar"), PAGINA)
def test_an_empty_page_says_what_will_be_here_and_leads_on(naam: str, wie: str, begin: str, naar: str):
    gezegd = zinnen(open_los(naam, wie))
    assert begin in gezegd
    assert leeg.KOP in gezegd
    assert "verzonnen" not in gezegd
    links = set(LINK.findall(gezegd))
    eerste = leeg.eerst(als(wie), naam)
    assert eerste is not None
    assert (eerste.label, naar) in links
    # Nothing that this reader may not open is offered.
    assert all(pagina(doel).toegankelijk_voor(als(wie)) for _, doel in links)


def test_the_bar_says_that_a_register_is_invented_only_when_there_is_something_in_it(
    register, monkeypatch: pytest.MonkeyPatch
):
    gezegd: list[str] = []
    monkeypatch.setattr(venster, "st", SimpleNamespace(markdown=gezegd.append))
    venster.voorbeeldbalk()
    klacht(register)
    venster.voorbeeldbalk()
    leegte, vol = gezegd
    assert "nog leeg" in leegte
    assert "verzonnen" not in leegte
    assert "verzonnen" in vol


@pytest.mark.parametrize(("naam", "wie"), [("jaarbeeld", "carla"), ("categorieen", "hanna"), ("proces", "anna")])
def test_a_year_without_klachten_beside_years_with_is_another_sentence(register, naam: str, wie: str):
    ontvangen = date(2024, 3, 4)
    klacht(register, op=ontvangen, coordinator_op=ontvangen, verwerkt_op=ontvangen)
    gezegd = zinnen(open_los(naam, wie, periode="2025"))
    assert "In 2025 zijn er geen klachten" in gezegd
    assert "Wel in 2024. Kies hierboven een andere periode." in gezegd
    assert leeg.KOP not in gezegd
    if naam == "proces":
        assert "zijn er geen klachten" not in zinnen(open_los(naam, wie, periode="2024"))
