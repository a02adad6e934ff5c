"""Erasing by two people: gone from every place, and every figure as it was."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from klachten import gebeurtenissen as g
from klachten import jaarverslag, voorbeeld
from klachten.analyse.werk.indienernamen import read_indieners
from klachten.gebeurtenissen import GEWIST
from klachten.handelingen import Geweigerd, dossier_van
from klachten.opening import open_register
from klachten.register import Register
from klachten.register.controle import controleer
from tests import wisproef as proef
from tests.wisproef import VANDAAG, Oud, doe, gevonden, oude_klacht, standen, stel_voor, wis

JAREN = (2023, 2025)


class Gewist(NamedTuple):
    """A register before and after erasing: where the words stood, what was counted, what is in it."""

    map: Path
    heel: Oud
    deel: Oud
    weg: list[str]
    blijft: list[str]
    voor: dict[str, list[str]]
    na: dict[str, list[str]]
    cijfers: tuple[Any, Any]
    bevroren: tuple[Any, Any]
    standen: tuple[Any, Any]
    meldingen: list[str]


def _counted(register: Register) -> list[str]:
    return [proef.zonder_herkomst(jaarverslag.tel(register, jaar, VANDAAG)) for jaar in JAREN]


@pytest.fixture(scope="module")
def gewist(tmp_path_factory: pytest.TempPathFactory) -> Gewist:
    """The example, with two klachten of long ago: one is erased whole, of the other the indiener on request."""
    map = tmp_path_factory.mktemp("wissen") / "register"
    voorbeeld.make(map, vandaag=VANDAAG, aantal=10)
    with open_register(map) as register:
        heel, deel = oude_klacht(register, "een"), oude_klacht(register, "twee")
        proef.evalueer(register)
        proef.concept(map, heel.woorden["indiener"])
        proef.concept(map, "Iemand anders", "a2")
    shutil.copy(map / "klachten.duckdb", map / "klachten.duckdb.beschadigd-20260101T000000")
    weg = [*heel.woorden.values(), *(deel.woorden[wie] for wie in ("indiener", "contact")), "kwartelnaam"]
    blijft = [deel.woorden[wie] for wie in ("gemachtigde", "mede", "bevinding", "stuk", "inhoud")]
    voor = gevonden(map, weg)
    with open_register(map) as register:
        eerst = _counted(register), proef.bevroren(register), standen(register)
        wis(register, heel.nummer)
        teksten = {(v.nr, veld): t for v in register.vastleggingen(deel.nummer) for veld, t in v.feit.teksten().items()}
        # The name of the indiener stands in the description and in the signaal as well.
        ook = tuple(g.place(*plek) for plek, t in teksten.items() if plek[1] == "omschrijving")
        wis(register, deel.nummer, grond="verzoek", wie="indiener", ook=ook)
        wis(register, deel.signaal, grond="verzoek", wie="indiener", ook=())
        dan = _counted(register), proef.bevroren(register), standen(register)
        meldingen = list(register.meldingen)
    return Gewist(
        map,
        heel,
        deel,
        weg,
        blijft,
        voor,
        gevonden(map, weg),
        *zip(eerst, dan, strict=True),
        meldingen,  # type: ignore[arg-type]
    )


def test_what_is_erased_can_be_read_nowhere_byte_for_byte(gewist: Gewist):
    print(f"\nGewist: {len(gewist.weg)} woorden, in hoeveel bestanden gevonden\n{proef.regels(gewist.voor, gewist.na)}")
    assert {plek for plek, waar in gewist.voor.items() if waar} == {
        "Concepten", "Opzijgezette databases", "Database", "Dossiers",
    }  # fmt: skip
    assert proef.plat(gewist.na.values()) == []
    assert gewist.meldingen == []


def test_whose_name_is_gone_is_shown_so_whichever_way_it_is_asked(gewist: Gewist):
    with open_register(gewist.map) as register, register.cursor() as cursor:
        nummers = [nummer for (nummer,) in cursor.execute("SELECT klachtnummer FROM klacht_stand").fetchall()]
        vraag = dict(cursor.execute("SELECT klachtnummer, indiener FROM klachtindiener(?)", [nummers]).fetchall())
        assert read_indieners(cursor, nummers) == vraag
    assert (vraag[gewist.heel.nummer], vraag[gewist.deel.nummer]) == ("(gewist)", "(gewist)")


def test_what_is_about_others_stays(gewist: Gewist):
    waar = gevonden(gewist.map, gewist.blijft)
    assert waar["Dossiers"]
    assert waar["Database"]
    for woord in gewist.blijft:
        assert gevonden(gewist.map, [woord])["Dossiers"], woord
    assert gevonden(gewist.map, ["Iemand anders"])["Concepten"]


def test_every_figure_and_every_frozen_evaluation_is_the_same_to_the_byte(gewist: Gewist):
    for wat in (gewist.cijfers, gewist.bevroren, gewist.standen):
        assert wat[0] == wat[1]
    assert len(gewist.bevroren[0]) == 1
    assert len(gewist.standen[0]) > 50


def test_the_dossier_keeps_its_steps_and_days_and_says_of_each_text_that_it_was_erased(gewist: Gewist):
    with open_register(gewist.map) as register:
        heel, deel = (dossier_van(register, nummer) for nummer in (gewist.heel.nummer, gewist.deel.nummer))
        eerder = [v for v in heel.vastleggingen if v.nr < heel.vastleggingen[-1].nr]
        assert {t for v in eerder for t in v.feit.teksten().values()} == {GEWIST}
        assert (heel.status, heel.stap_op(13)) == ("afgesloten", date(2023, 5, 25))
        assert heel.gewist == g.DossierGewist(gebeurd_op=VANDAAG, grond="bewaartermijn", voorstel=heel.gewist.voorstel)
        assert deel.ontvangst.indiener_naam == deel.ontvangst.omschrijving == GEWIST
        assert [f.naam for f in deel.van(g.GemachtigdeAangewezen)] == [gewist.deel.woorden["gemachtigde"]]
        signaal = dossier_van(register, gewist.heel.signaal)
        assert signaal.gewist is not None
        assert register.dossiers.documents(gewist.heel.nummer) == []


def test_the_check_finds_it_in_order_and_making_it_again_revives_nothing(gewist: Gewist, tmp_path: Path):
    assert [een.zin for een in controleer(gewist.map) if een.ernst != "goed"] == []
    map = shutil.copytree(gewist.map, tmp_path / "kopie", ignore=shutil.ignore_patterns("klachten.*"))
    with open_register(map, herbouw=True) as register:
        assert not any("ontbreken" in zin for zin in register.meldingen)
        assert standen(register) == gewist.standen[0]
    assert proef.plat(gevonden(map, gewist.weg).values()) == []
    assert [een.zin for een in controleer(map) if een.ernst != "goed"] == []


def test_a_dossier_that_was_erased_takes_nothing_more(gewist: Gewist):
    with open_register(gewist.map) as register, pytest.raises(Geweigerd, match="is op 6 maart 2026 gewist"):
        stel_voor(register, gewist.heel.nummer)
    with open_register(gewist.map) as register, pytest.raises(Geweigerd, match="daar kan niets meer bij"):
        doe(register, "anna", "stap_15_melden_meningsverschil", gewist.heel.nummer, op=VANDAAG)
