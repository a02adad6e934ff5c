"""What the forms of Beheer say they touch: every form has it, and its numbers are those of what is recorded."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import scherm
from klachten.dossier.klacht import Dossier
from klachten.handelingen import HANDELINGEN, dossier_van
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm.beheer import afwezigheid, brieven, lijsten, organisatie, personen, reglementen
from tests.lijsten import VANDAAG, Lijst
from tests.paginas import open_los, zonder_venster

ELDERS = {"inrichten_organisatie", "bewaren_vraag", "weghalen_vraag"}
"""Only at the first start, and in the Verkenner (tests/test_bewaarde_vragen.py)."""
ZEGT = {
    "wijzigen_organisatie": "De nieuwe naam staat voortaan op het scherm en in nieuwe bestanden.",
    "wijzigen_vestiging": "Alleen het adres wijzigt. Aan klachten verandert niets.",
    "stellen_boekjaar": "Het jaar waarin het wisselt, duurt korter of langer dan twaalf maanden.",
    "gelijkstellen_dagen": "geen enkele lopende termijn verandert",
    "stellen_huisstijl": "Wat al is gemaakt of verstuurd, verandert niet.",
    "stellen_streeftermijn": "Raakt alleen klachten die later binnenkomen.",
    "stellen_herinneringsregel": "aan hoeveel taken dit vandaag en deze week zou herinneren",
    "beeindigen_herinneringsregel": "Na de laatste dag staat deze herinnering nergens meer.",
    "stellen_aanmeldregels": "In het voorbeeld meldt niemand zich aan: hier gebeurt er niets mee.",
    "wijzigen_persoon": "Een nieuwe naam staat voortaan overal, ook bij wat deze persoon vroeger deed.",
    "geven_rol": "Wat een rol mag, staat op de pagina Rechten.",
    "beeindigen_rol": "Dat werk blijft op naam van Bas Janssen tot het is overgedragen",
    "melden_afwezigheid": "De vervanger ziet de taken dan in de eigen Werkvoorraad",
    "vertrekken_persoon": "Na de laatste dag kan niemand Bas Janssen meer kiezen, en mag Bas Janssen niets meer.",
    "toevoegen_persoon": "Iemand kan pas iets doen met een rol",
}


@pytest.fixture(scope="module")
def gevuld(tmp_path_factory: pytest.TempPathFactory, ingericht: Path) -> Iterator[Register]:
    """A register with six running klachten and one that was closed, four of bas."""
    with open_register(shutil.copytree(ingericht, tmp_path_factory.mktemp("voor") / "register")) as register:
        lijst = Lijst(register)
        for nr in range(6):
            lijst.tot(4, behandelaar="bas" if nr < 4 else "anna", vestiging="weert", categorie="afspraken")
        lijst.tot(14, vestiging="weert", categorie="overig")
        vorig = scherm.gebruik(register)
        yield register
        scherm.gebruik(vorig)


@pytest.fixture
def toont(gevuld: Register, monkeypatch: pytest.MonkeyPatch):
    """Open the form of a handeling on its page and return what stands before the button."""
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    zonder_venster(monkeypatch)

    def toont(naam: str, doen: str, **adres: str) -> AppTest:
        proef = open_los(naam, "iris", **adres)
        if doen != personen.NIEUW:
            proef.selectbox(key=f"{naam}.doen").set_value(doen).run()
        assert not proef.exception
        return proef

    return toont


def _said(proef: AppTest) -> str:
    return "\n".join(zin.value for zin in proef.info).replace("*", "")


def _counted(register: Register) -> Counter[tuple[str, str]]:
    """How many klachten there are, all and running, by vestiging, categorie and behandelaar: from their dossiers."""
    uit: Counter[tuple[str, str]] = Counter()
    for nummer in register.dossiers.numbers():
        if nummer.startswith("K"):
            dossier = dossier_van(register, nummer)
            assert isinstance(dossier, Dossier)
            loopt = dossier.laatste(g.KlachtAfgesloten) is None
            for waarde in (
                "alles",
                dossier.ontvangst.vestiging,
                dossier.ontvangst.categorie,
                dossier.behandelaar or "",
            ):
                uit[waarde, "alle"] += 1
                uit[waarde, "lopend"] += loopt
    return uit


def test_every_handeling_of_the_organisation_has_a_form_somewhere():
    met_vorm = {*organisatie.DOEN, *lijsten.DOEN, *personen.DOEN, personen.NIEUW}
    met_vorm |= {reglementen.TOEVOEGEN, reglementen.KIEZEN, brieven.TOEVOEGEN, brieven.BEEINDIGEN}
    alle = {naam for naam, handeling in HANDELINGEN.items() if handeling.reeks in ("O", "P")}
    assert alle - met_vorm == ELDERS


@pytest.mark.parametrize("doen", [*organisatie.DOEN, *personen.DOEN, personen.NIEUW])
def test_every_form_says_what_it_touches(gevuld: Register, toont, doen: str):
    naam, adres = ("organisatie", {}) if doen in organisatie.DOEN else ("personen", {"persoon": "bas"})
    if doen in afwezigheid.OVER_EEN:
        return  # offered where there is an absence: test_pagina_beheer.py
    proef = toont(naam, doen, **({} if doen == personen.NIEUW else adres))
    if doen == "beeindigen_streeftermijn":
        assert not [k for k in proef.button if (k.key or "").endswith(".knop")], "there is none to end"
        return
    assert ZEGT[doen] in _said(proef)
    geteld = _counted(gevuld)
    if doen == "stellen_streeftermijn":
        assert f"Nu lopen er {geteld['alles', 'lopend']} klachten" in _said(proef)
    if doen in ("beeindigen_rol", "vertrekken_persoon", "melden_afwezigheid"):
        assert f"Bas Janssen heeft nu {geteld['bas', 'lopend']} klachten als behandelaar" in _said(proef)


@pytest.mark.parametrize(
    ("lijst", "id", "zin"),
    [
        ("vestigingen", "weert", "Weert staat bij {alle} klachten sinds 2026, waarvan {lopend} lopend"),
        ("categorieen", "afspraken", "staat bij {alle} klachten sinds 2026, waarvan {lopend} lopend"),
        ("vestigingen", "utrecht", "Utrecht staat bij geen klachten"),
    ],
)
@pytest.mark.parametrize("doen", ["hernoemen_keuze", "beeindigen_keuze", "samenvoegen_keuze"])
def test_the_numbers_of_a_choice_are_those_of_the_register(
    gevuld: Register, toont, lijst: str, id: str, zin: str, doen: str
):
    proef = toont("lijsten", doen, lijst=lijst)
    proef.selectbox(key=f"lijsten.id.{lijst}").set_value(id).run()
    if doen == "samenvoegen_keuze":
        ander = {"vestigingen": "eindhoven", "categorieen": "privacy"}[lijst]
        proef.selectbox(key=f"lijsten.opvolger.{lijst}").set_value(ander).run()
    geteld = _counted(gevuld)
    assert zin.format(alle=geteld[id, "alle"], lopend=geteld[id, "lopend"]) in _said(proef)
    if doen == "beeindigen_keuze" and lijst == "vestigingen":
        mensen = sum(wie.vestiging == id for wie in gevuld.organisatie.iedereen(VANDAAG))
        assert f"Op deze vestiging werken nu {mensen} " in _said(proef)
