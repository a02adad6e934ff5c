"""How long what is kept, as a reglement says it: read strictly, with a default, and told apart in words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from klachten import reglement
from klachten.kijklog import BEWAREN
from klachten.register.vaste_rijen import keep_rows
from klachten.reglement import MAP, OngeldigReglement, keur, lees, verschillen, with_version
from klachten.reglement.bewaren import SOORTEN, STANDAARD, VAST

COULANT = (MAP / "coulant.toml").read_text(encoding="utf-8")
ZONDER = COULANT.partition("\n# --- bewaren: hoe lang")[0]
EEN = '\n[[bewaartermijnen]]\nsoort = "klacht"\nduur = 3\neenheid = "jaren"\nvanaf = "einde"\ngrond = "Afspraak."\n'


def gelezen(tekst: str) -> reglement.Reglement:
    return lees(tekst.encode(), "eigen.toml")


@pytest.mark.parametrize("boek", reglement.load_all().values(), ids=lambda boek: boek.id)
def test_every_reglement_of_the_program_says_all_of_it_with_a_ground_and_where_it_is_silent(boek: reglement.Reglement):
    assert [t.soort for t in boek.bewaartermijnen] == list(SOORTEN)
    assert all(t.grond.startswith("AVG artikel") and t.keuze for t in boek.bewaartermijnen)
    keur((MAP / boek.bestand).read_bytes(), "eigen.toml")


def test_a_reglement_that_was_kept_before_there_were_terms_has_the_stated_default():
    assert gelezen(ZONDER).bewaartermijnen == STANDAARD
    met = gelezen(ZONDER + EEN).bewaartermijnen
    assert met[0].in_woorden() == "3 jaar"
    assert met[1:] == STANDAARD[1:]


def test_the_log_of_looking_is_kept_as_long_as_it_really_is():
    assert VAST["kijklog"] == (BEWAREN, "maanden")


FOUTEN = [
    ('soort = "klacht"', 'soort = "brief"', "bewaartermijnen.brief.soort: wat wordt bewaard 'brief' is onbekend"),
    ("duur = 3", "duur = 0", "bewaartermijnen.klacht.duur: het getal moet groter dan nul zijn"),
    ("duur = 3", "duur = 30", "30 jaren is langer dan twintig jaar; klopt het getal?"),
    ('eenheid = "jaren"', 'eenheid = "eeuwen"', "eenheid 'eeuwen' is onbekend; mogelijk zijn: dagen, weken"),
    ('vanaf = "einde"', 'vanaf = "vertrek"', "beginmoment 'vertrek' is onbekend; mogelijk zijn: einde"),
    ('grond = "Afspraak."\n', "", "bewaartermijnen.klacht.grond: deze sleutel ontbreekt"),
    ("duur = 3\n", 'duur = 3\nwaarom = "x"\n', "bewaartermijnen.klacht.waarom: deze sleutel is onbekend"),
    (
        'soort = "klacht"\nduur = 3\neenheid = "jaren"\nvanaf = "einde"',
        'soort = "concept"\nduur = 3\neenheid = "jaren"\nvanaf = "bewaard"',
        "een concept bewaart u dagen of weken, geen jaren",
    ),
    (
        'soort = "klacht"\nduur = 3\neenheid = "jaren"\nvanaf = "einde"',
        'soort = "kijklog"\nduur = 3\neenheid = "jaren"\nvanaf = "maand"',
        "het kijklog wordt altijd 24 maanden bewaard",
    ),
]


@pytest.mark.parametrize(("oud", "nieuw", "zin"), FOUTEN)
def test_a_mistake_is_a_sentence_with_its_key(oud: str, nieuw: str, zin: str):
    with pytest.raises(OngeldigReglement, match=re.escape(zin)):
        keur((ZONDER + EEN.replace(oud, nieuw)).encode(), "eigen.toml")


def test_one_thing_twice_is_refused():
    with pytest.raises(OngeldigReglement, match="'klacht' staat er twee keer"):
        gelezen(ZONDER + EEN + EEN)


def test_what_another_version_changes_is_said_and_holds_from_its_day_for_what_is_there_too():
    oud, nieuw, vanaf = gelezen(COULANT), gelezen(ZONDER + EEN), date(2027, 1, 1)
    gezegd = [(v.veld, v.zin) for v in verschillen(oud, nieuw, vanaf) if v.veld.startswith("bewaar")]
    assert gezegd[0] == ("bewaartermijnen.klacht.duur", "Was 2 jaar, wordt 3 jaar, ook voor wat er al is.")
    assert {veld for veld, _ in gezegd} >= {"bewaartermijnen.klacht.grond", "bewaartermijnen.klacht.keuze"}
    samen = with_version(oud, nieuw, vanaf)
    assert samen.op(date(2026, 12, 31)).bewaartermijnen[0].duur == 2
    assert samen.op(vanaf).bewaartermijnen[0].duur == 3
    rijen = [rij[2:5] for rij in keep_rows(samen) if rij[1] == "klacht"]
    assert rijen == [(date.min, date(2026, 12, 31), 2), (vanaf, date(9999, 12, 31), 3)]
    anders = tuple(replace(t, vanaf="ontvangen") if t.soort == "signaal" else t for t in oud.bewaartermijnen)
    zinnen = [v.zin for v in verschillen(oud, replace(oud, bewaartermijnen=anders), vanaf)]
    assert zinnen == ["Telde vanaf de dag waarop het is afgedaan, telt vanaf de dag waarop het binnenkwam."]
