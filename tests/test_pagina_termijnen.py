"""The page Termijnen: what it says, for whom, and that every choice changes what is counted."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from klachten import scherm
from klachten.gebeurtenissen import (
    BehandelaarToegewezen,
    KlachtGeregistreerd,
    KlachtOntvangen,
    MaatregelBepaald,
    MaatregelUitgevoerd,
    OntvangstBevestigd,
    TermijnOvergenomen,
)
from klachten.register import Register
from klachten.scherm.paginas import PROJECT
from tests.schermproef import open_pagina, tekst

VANDAAG = date(2026, 11, 22)
# Received, acknowledged after so many days (None: never), maatregel carried out after so many days.
KLACHTEN = [
    (date(2025, 3, 3), 14, 42),
    (date(2025, 3, 10), 15, 43),
    (date(2025, 12, 29), 14, 40),
    (date(2026, 1, 5), 3, 30),
    (date(2026, 2, 2), None, 50),
]


@pytest.fixture
def gevuld(register: Register) -> Register:
    """The register with five klachten of its own."""
    with register.schrijven() as boeking:
        for ontvangen_op, bevestigd, uitgevoerd in KLACHTEN:
            nummer = boeking.nieuw_nummer("K", ontvangen_op.year)
            feiten = [
                ontvangen(ontvangen_op),
                KlachtGeregistreerd(gebeurd_op=ontvangen_op),
                BehandelaarToegewezen(gebeurd_op=ontvangen_op, behandelaar="bas", toegewezen_door="anna"),
                MaatregelBepaald(
                    gebeurd_op=ontvangen_op + timedelta(days=20),
                    maatregel=1,
                    actienemer="gijs",
                    uiterlijk_op=ontvangen_op + timedelta(days=42),
                    overlegd_met="carla",
                ),
                MaatregelUitgevoerd(gebeurd_op=ontvangen_op + timedelta(days=uitgevoerd), maatregel=1),
            ]
            if bevestigd is not None:
                op = ontvangen_op + timedelta(days=bevestigd)
                feiten.append(OntvangstBevestigd(gebeurd_op=op, wijze="brief", behandelaar="bas"))
            for feit in feiten:
                boeking.leg_vast(nummer, feit, door="anna", rol="coordinator")
    return register


def ontvangen(op: date, **anders: str) -> KlachtOntvangen:
    return KlachtOntvangen(
        gebeurd_op=op,
        reglement_versie=date(2000, 1, 1),
        kanaal="brief",
        indiener_soort="klant",
        vestiging="weert",
        categorie="bejegening",
        ontvanger="eva",
        **{"reglement": "coulant", **anders},
    )


@pytest.fixture(autouse=True)
def in_dit_register(register: Register, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    vorig = scherm.gebruik(register)
    yield
    scherm.gebruik(vorig)


def test_een_leeg_register_helpt_verder() -> None:
    proef = open_pagina("termijnen", als="carla")
    assert not proef.exception
    assert "Het register is nog leeg" in tekst(proef)


def test_de_pagina_zegt_per_termijn_wat_de_cijfers_betekenen(gevuld: Register) -> None:
    proef = open_pagina("termijnen", als="carla")
    assert not proef.exception
    gezegd = tekst(proef)
    assert (
        "Ontvangen in 2026, tot 22 november 2026: van de 2 klachten waarvan de termijn voorbij is, was er 1 op tijd."
    ) in gezegd
    koppen = [kop.value for kop in proef.header]
    assert koppen == [
        "Ontvangstbevestiging (stap 5)",
        "Bericht niet in behandeling (stap 7)",
        "Maatregelen uitgevoerd (stap 11)",
        "Wie of wat verschilt in 2025?",
        "Hoe lang wacht een indiener in 2025?",
        "Over de termijn",
    ]
    jaren = proef.dataframe[0].value
    assert list(jaren["Periode"]) == ["2026", "2025", "Alle jaren"]
    assert list(jaren["Op tijd van termijn voorbij"]) == ["1 van 2", "2 van 3", "3 van 5"]


def test_het_cohort_verandert_het_jaar_waarin_een_klacht_telt(gevuld: Register) -> None:
    proef = open_pagina("termijnen", als="carla")
    proef.selectbox(key="evaluatiefilter.per").select("termijn").run()
    assert not proef.exception
    # The klacht of 29 December 2025 was due in 2026.
    assert list(proef.dataframe[0].value["Op tijd van termijn voorbij"]) == ["2 van 3", "1 van 2", "3 van 5"]
    assert "Laatste dag in 2026, tot 22 november 2026:" in tekst(proef)


def test_een_eerdere_peildatum_kent_niet_wat_later_gebeurde(gevuld: Register) -> None:
    proef = open_pagina("termijnen", als="carla")
    proef.date_input(key="evaluatiefilter.peildatum").set_value(date(2025, 3, 20)).run()
    assert not proef.exception
    assert list(proef.dataframe[0].value["Periode"]) == ["2025"]
    # The first is answered, the second's last day is still to come.
    assert list(proef.dataframe[0].value["Op tijd van termijn voorbij"]) == ["1 van 1"]
    assert "Geen enkele klacht ging over een termijn." in tekst(proef)


def test_een_peildatum_voor_de_eerste_klacht_en_een_lege_peildatum(gevuld: Register) -> None:
    proef = open_pagina("termijnen", als="carla")
    proef.date_input(key="evaluatiefilter.peildatum").set_value(date(2020, 1, 1)).run()
    assert not proef.exception
    assert "Op deze peildatum was er nog geen klacht" in tekst(proef)
    proef.date_input(key="evaluatiefilter.peildatum").set_value(None).run()
    assert not proef.exception
    assert "Ontvangstbevestiging (stap 5)" in tekst(proef)


def test_de_lijst_noemt_de_klachten_en_alleen_de_directie_ziet_namen(gevuld: Register) -> None:
    lijst = open_pagina("termijnen", als="carla").dataframe[-1].value
    nummers = ["K2026-0002", "K2026-0002", "K2025-0002", "K2025-0002"]
    assert list(lijst["Klachtnummer"]) == [f"dossier?nummer={nummer}&als=carla" for nummer in nummers]
    assert lijst["Status"][0] == "te laat, nog open"
    assert lijst["Status"][1] == "te laat, gedaan op di 24 mrt 2026"
    assert set(lijst["Behandelaar"]) == {"Bas Janssen"}
    for wie in ("anna", "bas"):
        assert "Behandelaar" not in open_pagina("termijnen", als=wie).dataframe[-1].value
    # A behandelaar sees own klachten there, an analist no single one.
    assert len(open_pagina("termijnen", als="bas").dataframe[-1].value) == 4
    assert "Geen enkele klacht ging over een termijn." in tekst(open_pagina("termijnen", als="dirk"))
    analist = open_pagina("termijnen", als="hanna")
    assert [d for d in analist.dataframe if "Klachtnummer" in d.value] == []


def test_overgenomen_klachten_zijn_een_eigen_keuze(gevuld: Register) -> None:
    with gevuld.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("K", 2026)
        for feit in (
            ontvangen(date(2026, 1, 5), reglement="awb9", herkomst="overgenomen", bron="log", bron_id="1"),
            TermijnOvergenomen(
                gebeurd_op=date(2026, 1, 5), termijn="afhandeling", uiterlijk_op=date(2026, 1, 9), grond="log"
            ),
        ):
            boeking.leg_vast(nummer, feit, door="iris", rol="beheerder")
    proef = open_pagina("termijnen", als="carla")
    keuze = proef.selectbox(key="evaluatiefilter.set")
    assert keuze.options == [
        "Klachtenreglement Coulant Reïntegratie",
        "Overgenomen: Klachtbehandeling volgens de Awb, hoofdstuk 9",
    ]
    assert proef.dataframe[0].value["Op tijd van termijn voorbij"][0] == "1 van 2"
    keuze.select_index(1).run()
    assert not proef.exception
    assert "Het laatste feit is van 5 januari 2026" in tekst(proef)
    assert "Afhandeling (stap 13)" in [kop.value for kop in proef.header]
    assert nummer in proef.dataframe[-1].value["Klachtnummer"].iloc[0]


def test_een_nieuw_feit_staat_meteen_in_de_cijfers(gevuld: Register) -> None:
    proef = open_pagina("termijnen", als="carla")
    assert proef.dataframe[0].value["Te laat, nog open"][0] == 1
    with gevuld.schrijven() as boeking:
        feit = OntvangstBevestigd(gebeurd_op=date(2026, 3, 2), wijze="brief", behandelaar="bas")
        boeking.leg_vast("K2026-0002", feit, door="anna", rol="behandelaar")
    proef.run()
    assert proef.dataframe[0].value["Te laat, nog open"][0] == 0
    assert proef.dataframe[0].value["Te laat"][0] == 1


def test_door_de_lijst_kan_worden_gebladerd(gevuld: Register) -> None:
    with gevuld.schrijven() as boeking:
        for dag in range(1, 29):
            nummer = boeking.nieuw_nummer("K", 2026)
            boeking.leg_vast(nummer, ontvangen(date(2026, 2, dag)), door="anna", rol="coordinator")
    proef = open_pagina("termijnen", als="carla")
    assert "1 tot en met 25 van" in tekst(proef)
    proef.session_state["termijnen_blad"] = 2
    proef.run()
    assert not proef.exception
    assert "26 tot en met 50 van" in tekst(proef)


def test_het_excelbestand_is_er_voor_wie_het_vraagt(gevuld: Register) -> None:
    proef = open_pagina("termijnen", als="carla")
    (knop,) = proef.get("link_button")
    assert knop.proto.label == "Excel-bestand"


def test_per_vestiging_en_per_maatregel(gevuld: Register) -> None:
    proef = open_pagina("termijnen", als="carla")
    assert "Per maatregel geteld, in 2025: 2 van de 3 maatregelen uitgevoerd" in tekst(proef)
    per = next(deel.value for deel in proef.dataframe if "Vestiging" in deel.value and "Aandeel" in deel.value)
    assert list(per["Op tijd van termijn voorbij"]) == ["2 van 3"]
    proef.selectbox(key="termijnen_termijn").select("maatregelen").run()
    assert not proef.exception
    proef.selectbox(key="termijnen_per").select("behandelaar").run()
    assert not proef.exception
    per = next(deel.value for deel in proef.dataframe if "Behandelaar" in deel.value and "Aandeel" in deel.value)
    assert list(per["Behandelaar"]) == ["Bas Janssen"]


def test_een_behandelaar_vergelijkt_geen_behandelaars(gevuld: Register) -> None:
    assert "behandelaar" not in open_pagina("termijnen", als="bas").selectbox(key="termijnen_per").options


def test_een_fijnere_keuze_verandert_de_reeks(gevuld: Register) -> None:
    proef = open_pagina("termijnen", als="carla", vestiging="weert")
    assert not proef.exception
    assert list(proef.dataframe[0].value["Periode"]) == ["2026", "2025", "Alle jaren"]
    proef = open_pagina("termijnen", als="carla", kanaal="brief", categorie="bejegening")
    assert list(proef.dataframe[0].value["Op tijd van termijn voorbij"]) == ["1 van 2", "2 van 3", "3 van 5"]


@pytest.mark.parametrize("wie", ["eva", "gijs", "iris"])
def test_wie_hier_niets_te_zoeken_heeft_leest_een_weigering(gevuld: Register, wie: str) -> None:
    proef = open_pagina("termijnen", als=wie)
    assert not proef.exception
    assert not proef.dataframe
    assert proef.error


def test_de_pagina_schrijft_niets_en_blijft_dun() -> None:
    bron = Path(PROJECT / "pages" / "evaluatie" / "termijnen.py").read_text(encoding="utf-8")
    assert len(bron.splitlines()) <= 80
    assert "handelingen" not in bron
