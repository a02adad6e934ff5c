"""The Excel button of every page: it hands out what this user may see, and makes nothing before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest

from klachten import scherm
from klachten.analyse.excel import excel
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm import excelknop, uitvoer
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.evaluatieproef import VANDAAG, map_met
from tests.schermproef import open_pagina, tekst
from tests.test_excel import heropend
from tests.test_werkboek import alle_teksten, tabel

Makers = dict[str, Callable[[], bytes] | None]


@pytest.fixture(scope="module")
def gevuld() -> Iterator[Register]:
    """The example register; these tests only read it."""
    with open_register(map_met(None)) as register:
        yield register


@pytest.fixture
def makers(gevuld: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[Makers]:
    """What the pages offered, by key; drawing the button itself goes on as always."""
    gevangen: Makers = {}
    echt = excelknop.toon

    def toon(naam: str, maak: Callable[[], bytes] | None, *, key: str, **anders: Any) -> None:
        gevangen[key] = maak
        echt(naam, maak, key=key, **anders)

    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    monkeypatch.setattr(excelknop, "toon", toon)
    vorig = scherm.gebruik(gevuld)
    yield gevangen
    scherm.gebruik(vorig)


def boek_van(makers: Makers, key: str) -> openpyxl.Workbook:
    maak = makers[key]
    assert maak is not None
    return heropend(maak())


@pytest.mark.parametrize(
    ("pagina", "key", "bladen"),
    [
        ("werkvoorraad", "werkvoorraad.excel", ["Werkvoorraad"]),
        ("klachten", "klachten.excel", ["Klachten"]),
        ("escalatie", "escalatie.excel", ["Termijnen", "Ingrijpen"]),
        ("verbeteracties", "verbeteracties.excel", ["Verbeteracties"]),
        ("termijnen", "termijnen_excel", ["Per jaar", "Over de termijn", "Wachten op indiener"]),
        ("signalen", "signalen.excel", ["Inhoud", "Intensiteit", "Per maand", "Tussentijden"]),
        (
            "opvolging",
            "opvolging.excel",
            ["Inhoud", "Meningsverschillen", "Maatregelen", "Verbeteracties", "Verandering", "Oordelen"],
        ),
    ],
)
def test_elke_pagina_geeft_haar_eigen_bladen_en_de_herkomst(
    makers: Makers, pagina: str, key: str, bladen: list[str]
) -> None:
    proef = open_pagina(pagina, als="anna")
    assert not proef.exception
    assert "Excel-bestand" in {knop.proto.label for knop in proef.get("link_button")}
    boek = boek_van(makers, key)
    assert boek.sheetnames == [*bladen, "Herkomst", "SQL"]
    for rij in tabel(boek, "Herkomst"):
        assert rij["Zegel"] == scherm.register().stand().zegel
        assert rij["Peildatum"].date() == VANDAAG
        assert rij["Filter"]
        assert rij["SQL"]


def test_een_filter_en_wat_er_is_gezocht_gaan_mee(makers: Makers) -> None:
    proef = open_pagina("klachten", als="anna", status="afgesloten", vestiging="weert")
    proef.text_input(key="klachten.zoek").set_value("K2025").run()
    boek = boek_van(makers, "klachten.excel")
    rijen = tabel(boek, "Klachten")
    assert rijen
    assert {(rij["Status"], rij["Vestiging"], str(rij["Klachtnummer"])[:5]) for rij in rijen} == {
        ("afgesloten", "Weert", "K2025")
    }
    filter = tabel(boek, "Herkomst")[0]["Filter"]
    assert filter == (
        "alleen klachten van vestiging Weert, afgesloten, zoals het op 22 november 2026 stond; herkomst: eigen "
        "register; gezocht op 'K2025'"
    )


def test_het_bestand_van_de_werkvoorraad_is_van_wat_er_gekozen_is(makers: Makers) -> None:
    proef = open_pagina("werkvoorraad", als="anna")
    alle = tabel(boek_van(makers, "werkvoorraad.excel"), "Werkvoorraad")
    proef.selectbox(key="werkvoorraad.termijn").set_value("te_laat").run()
    boek = boek_van(makers, "werkvoorraad.excel")
    te_laat = tabel(boek, "Werkvoorraad")
    assert 0 < len(te_laat) < len(alle)
    assert te_laat == [rij for rij in alle if rij["Dagen over"] is not None and rij["Dagen over"] < 0]
    assert tabel(boek, "Herkomst")[0]["Filter"] == "taken voor deze gebruiker, te laat"


def test_het_bestand_van_de_lijst_is_van_de_dag_en_de_periode_die_het_scherm_toont(makers: Makers) -> None:
    proef = open_pagina("klachten", als="anna", periode="2025-K4", op="einde", dag="2025-12-01")
    assert not proef.exception
    boek = boek_van(makers, "klachten.excel")
    rijen = tabel(boek, "Klachten")
    assert f"{len(rijen)} klachten" in tekst(proef)
    assert rijen
    # None of them was closed after that day, and none is told as it became later.
    assert {rij["Status"] for rij in rijen} <= {"afgesloten", "niet in behandeling", "ingetrokken", "vervallen"}
    herkomst = tabel(boek, "Herkomst")[0]
    assert herkomst["Peildatum"].date() == date(2025, 12, 1)
    assert herkomst["Filter"].startswith(
        "beëindigd in het vierde kwartaal van 2025, zoals het op 1 december 2025 stond"
    )


def test_een_actienemer_krijgt_alleen_eigen_verbeteracties_en_klachten(makers: Makers) -> None:
    open_pagina("verbeteracties", als="gijs")
    assert {rij["Actienemer"] for rij in tabel(boek_van(makers, "verbeteracties.excel"), "Verbeteracties")} == {
        "Gijs Peters"
    }
    makers.clear()
    proef = open_pagina("klachten", als="gijs")
    assert "klachten.excel" not in makers
    assert "Toon ook de klachten waarvan u een deel ziet" in [vraag.label for vraag in proef.toggle]
    open_pagina("klachten", als="bas")
    van_bas = tabel(boek_van(makers, "klachten.excel"), "Klachten")
    open_pagina("klachten", als="anna")
    assert 0 < len(van_bas) < len(tabel(boek_van(makers, "klachten.excel"), "Klachten"))


@pytest.mark.parametrize("pagina", [*uitvoer.PAGINAS, "termijnen"])
def test_de_analist_krijgt_cijfers_zonder_namen_en_zonder_kleine_aantallen(makers: Makers, pagina: str) -> None:
    open_pagina(pagina, als="hanna")
    boek = boek_van(makers, f"{pagina}.excel")
    inhoud = alle_teksten(boek)
    assert "verborgen" in inhoud.lower()
    assert not any(persoon.naam in inhoud for persoon in ROLVERDELING)
    assert "K2025-" not in inhoud
    for blad in boek.sheetnames:
        for rij in tabel(boek, blad):
            klein = [
                w for kop, w in rij.items() if kop.startswith(("Klachten", "Op tijd", "Te laat")) and isinstance(w, int)
            ]
            assert not [w for w in klein if 0 < w < 5], (blad, rij)


def test_de_wachttijd_staat_in_excel_totaal_en_netto_zoals_op_de_pagina(makers: Makers) -> None:
    proef = open_pagina("termijnen", als="anna", periode="2025")
    rijen = tabel(boek_van(makers, "termijnen_excel"), "Wachten op indiener")
    assert [rij["Tot"] for rij in rijen] == ["bevestiging", "afsluiting"]
    for rij, tot in zip(rijen, ("tot de bevestiging", "tot de afsluiting"), strict=True):
        (zin,) = [deel for deel in tekst(proef).splitlines() if f"Op de indiener gewacht, {tot}" in deel]
        assert rij["Klachten"] > 0
        if rij["Gewacht op de indiener"]:
            assert f"samen {rij['Dagen gewacht']} dag" in zin
            assert f"totaal binnen {rij['Helft binnen, totaal (dagen)']} dagen" in zin
            assert f"netto binnen {rij['Helft binnen, netto (dagen)']} dagen" in zin
    assert any(rij["Dagen gewacht"] for rij in rijen)


def test_een_lijst_die_te_lang_is_krijgt_een_zin_in_plaats_van_een_knop(monkeypatch: pytest.MonkeyPatch) -> None:
    gezegd: list[str] = []
    monkeypatch.setattr(excelknop.st, "markdown", gezegd.append)
    excelknop.toon("lang", lambda: b"", key="lang", rijen=excel.MEESTE_RIJEN + 1)
    assert gezegd == [excel.TE_VEEL]
