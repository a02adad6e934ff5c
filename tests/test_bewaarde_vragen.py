"""A question of the Verkenner is saved under a name, comes back for the year that is chosen, and on the Jaarbeeld."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook

from klachten import gebeurtenissen as g
from klachten import organisatie, scherm
from klachten.analyse.verkenner.verkenning import Verkenning
from klachten.gebeurtenissen.organisatie import NUMMER
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm import aanbod
from klachten.scherm.aanbod import Maker
from tests.evaluatieproef import VANDAAG, map_met
from tests.schermproef import open_pagina, tekst

VRAAG = "maat=op_tijd.bevestiging&splits=vestiging"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    map = tmp_path_factory.mktemp("bewaard") / "register"
    shutil.copytree(map_met(7), map)
    with open_register(map) as register:
        vorig = scherm.gebruik(register)
        yield register
        scherm.gebruik(vorig)


@pytest.fixture(autouse=True)
def op_deze_dag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())


def doe(register: Register, handeling: str, wie: str, /, **invoer: object) -> None:
    gebruiker = register.organisatie.gebruiker(wie)
    assert gebruiker is not None
    HANDELINGEN[handeling](register, gebruiker, NUMMER, vandaag=VANDAAG, **invoer)


def test_the_story_of_a_saved_question(register: Register) -> None:
    """Saved by the analist, called otherwise and put on the Jaarbeeld by directie, taken away by the coordinator."""
    doe(register, "bewaren_vraag", "hanna", vraag=VRAAG, naam="Op tijd per vestiging", op_jaarbeeld=False)
    doe(register, "bewaren_vraag", "anna", vraag="maat=ontvangen&splits=kanaal&reeks=jaar", naam="Kanalen")
    eerste, tweede = register.organisatie.bewaarde_vragen()
    assert (eerste.naam, eerste.vraag, tweede.naam) == ("Op tijd per vestiging", VRAAG, "Kanalen")

    proef = open_pagina("verkenner", als="carla", periode="2025")
    assert "Bewaarde vragen (2)" in [deel.label for deel in proef.expander]
    assert "splits=vestiging&periode=2025" in tekst(proef)

    doe(
        register, "bewaren_vraag", "carla", id=eerste.id, vraag=VRAAG, naam="Bevestiging per vestiging",
        op_jaarbeeld=True,
    )  # fmt: skip
    doe(register, "weghalen_vraag", "anna", id=tweede.id)
    assert [feit.naam for feit in register.organisatie.bewaarde_vragen()] == ["Bevestiging per vestiging"]

    # What a later version does not know any more does not break a page.
    doe(register, "bewaren_vraag", "anna", vraag="maat=van_later", naam="Van later", op_jaarbeeld=True)
    beeld = open_pagina("jaarbeeld", als="carla", periode="2025", deel="cijfers")
    assert not beeld.exception
    gezegd = tekst(beeld)
    for zin in ("Bevestiging per vestiging", "Op tijd (ontvangstbevestiging), 2025:", "kan niet meer worden gesteld"):
        assert zin in gezegd
    beeld = open_pagina("verkenner", als="carla", **{**Verkenning.lees(VRAAG).adres, "periode": "2024"})
    assert "Op tijd (ontvangstbevestiging), 2024:" in tekst(beeld)
    assert "Van later: Deze vraag kan niet meer worden gesteld" in tekst(beeld)
    # The text of a name is in the dossier, not in the journal.
    with register.cursor() as cursor:
        (gegevens,) = cursor.execute(
            "SELECT string_agg(CAST(gegevens AS VARCHAR), ' ') FROM gebeurtenis WHERE soort LIKE 'Vraag%'"
        ).fetchall()[0]
    assert "Kanalen" not in gegevens
    assert "maat=ontvangen" in gegevens


@pytest.mark.parametrize(
    ("invoer", "zin"),
    [
        ({"vraag": "DROP TABLE klacht", "naam": "a"}, "Dit is geen vraag van de Verkenner"),
        ({"vraag": "maat=ontvangen&periode=2025", "naam": "a"}, "Dit is geen vraag van de Verkenner"),
        ({"vraag": "maat=ontvangen&wie=J. Jansen", "naam": "a"}, "Dit is geen vraag van de Verkenner"),
        ({"vraag": VRAAG, "naam": ""}, "Naam: vul dit in."),
        ({"vraag": VRAAG, "naam": "x" * 81}, "korter dan 80 tekens"),
        ({"vraag": VRAAG, "naam": "a", "id": "vraag_99"}, "is er niet meer"),
    ],
)
def test_what_is_no_question_is_not_saved(register: Register, invoer: dict[str, str], zin: str) -> None:
    voor = register.organisatie.bewaarde_vragen()
    with pytest.raises(OngeldigeInvoer, match=zin):
        doe(register, "bewaren_vraag", "anna", **invoer)
    assert register.organisatie.bewaarde_vragen() == voor


def test_two_questions_have_two_names_and_a_behandelaar_saves_none(register: Register) -> None:
    doe(register, "bewaren_vraag", "anna", vraag=VRAAG, naam="Een naam")
    with pytest.raises(OngeldigeInvoer, match="Er is al een bewaarde vraag 'een naam'"):
        doe(register, "bewaren_vraag", "carla", vraag="maat=ontvangen", naam="een naam")
    with pytest.raises(Geweigerd):
        doe(register, "bewaren_vraag", "bas", vraag=VRAAG, naam="Van Bas")
    with pytest.raises(OngeldigeInvoer, match="is er niet meer"):
        doe(register, "weghalen_vraag", "anna", id="vraag_99")


def test_it_is_saved_on_the_page_where_it_is_asked(register: Register) -> None:
    proef = open_pagina("verkenner", als="hanna", maat="deel_open", periode="2025")
    veld = next(deel for deel in proef.text_input if (deel.key or "").endswith(".naam") and "nieuw" in (deel.key or ""))
    veld.set_value("Nog open")
    next(deel for deel in proef.button if deel.label == "Bewaren").click().run()
    assert not proef.exception
    feit = register.organisatie.bewaarde_vragen()[-1]
    assert isinstance(feit, g.VraagBewaard)
    assert (feit.naam, feit.vraag) == ("Nog open", "maat=deel_open")
    assert organisatie.huidige().bewaarde_vragen()[-1] == feit


def test_saving_says_where_the_question_stands_now(register: Register) -> None:
    """It was silent: the question stood at the bottom of a view of another page."""
    for op_jaarbeeld in (False, True):
        proef = open_pagina("verkenner", als="carla", periode="2025", maat="deel_heropend")
        naam = next(veld for veld in proef.text_input if (veld.key or "").endswith(".naam") and ".nieuw" in veld.key)
        naam.set_value(f"Heropend {op_jaarbeeld}")
        if op_jaarbeeld:
            next(v for v in proef.checkbox if (v.key or "").endswith(".op_jaarbeeld") and ".nieuw" in v.key).check()
        next(knop for knop in proef.button if knop.label == "Bewaren").click().run()
        assert not proef.exception
        (gezegd,) = [str(deel.value) for deel in proef.success if "Bewaard als" in str(deel.value)]
        assert f"**Heropend {op_jaarbeeld}**" in gezegd
        assert ("[Jaarbeeld](" in gezegd) == op_jaarbeeld
        # About another question it would be untrue.
        proef.selectbox(key="verkenner.maat").select("deel_open").run()
        assert not [deel for deel in proef.success if "Bewaard als" in str(deel.value)]
    for feit in register.organisatie.bewaarde_vragen():
        if feit.naam.startswith("Heropend"):
            doe(register, "weghalen_vraag", "carla", id=feit.id)


def test_the_file_of_the_jaarbeeld_has_the_questions_that_stand_on_it(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    vragen = {"Per kanaal": "maat=ontvangen&splits=kanaal", "Per behandelaar": "maat=ontvangen&splits=behandelaar"}
    for naam, vraag in vragen.items():
        doe(register, "bewaren_vraag", "carla", vraag=vraag, naam=naam, op_jaarbeeld=True)
    doe(register, "bewaren_vraag", "carla", vraag="maat=open", naam="Niet op het Jaarbeeld")
    gemaakt: dict[str, Maker] = {}
    monkeypatch.setattr(aanbod, "knop", lambda label, naam, mime, maker, **rest: gemaakt.update({naam: maker}))
    for wie, mag in (("carla", {"Per kanaal", "Per behandelaar"}), ("anna", {"Per kanaal"})):
        gemaakt.clear()
        pagina = open_pagina("jaarbeeld", als=wie, periode="2025", deel="cijfers")
        (maker,) = [maker for naam, maker in gemaakt.items() if naam.startswith("jaarbeeld-")]
        boek = load_workbook(BytesIO(bytes(maker())))
        eigen = {blad.partition(". ")[2]: blad for blad in boek.sheetnames if blad.partition(". ")[2] in vragen}
        assert set(eigen) == mag
        assert not [blad for blad in boek.sheetnames if "Niet op" in blad]
        zinnen = [rij[0] for rij in boek[eigen["Per kanaal"]].iter_rows(max_row=4, values_only=True)]
        assert any(str(zin) in tekst(pagina) for zin in zinnen if zin and "2025:" in str(zin))
        for blad in ("Inhoud", "Herkomst"):
            genoemd = {rij[0] for rij in boek[blad].iter_rows(values_only=True)}
            assert set(eigen.values()) <= genoemd
