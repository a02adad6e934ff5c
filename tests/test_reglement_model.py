"""A new register begins with what comes along, with the neutral model and own terms, or with a file of its own."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten import reglement
from klachten.__main__ import main
from klachten.register import Register
from klachten.reglement import OngeldigReglement, keur
from klachten.reglement.model import VRAGEN, Antwoorden, in_words, read_length, write
from klachten.scherm.beheer import reglementen
from tests.lijsten import VANDAAG, Lijst
from tests.paginas import Opent, verstuur, vul, zinnen
from tests.reglementproef import add, choose, last_days

DE_BRUG = Antwoorden(
    'Regeling "De Brug"',
    {"bevestiging": (5, "werkdagen"), "maatregelen": (8, "weken"), "afhandeling": (3, "maanden")},
    werkdag=True,
    bevinding=True,
)
PAGINA = "reglementversies"


# --- the file --------------------------------------------------------------------------------------------------------


def test_the_model_has_the_steps_and_lists_and_only_the_terms_that_were_named():
    boek = keur(write(DE_BRUG), "brug.toml")
    assert (boek.id, boek.naam) == ("eigen", 'Regeling "De Brug"')
    assert [stap.nr for stap in boek.stappen] == list(range(1, 19))
    assert {t.id: (t.waarde, t.eenheid, t.stap, t.einde, t.geldt) for t in boek.termijnen} == {
        "bevestiging": (5, "werkdagen", 5, (5,), "altijd"),
        "maatregelen": (8, "weken", 11, (11,), "in_behandeling"),
        "afhandeling": (3, "maanden", 13, (7, 13), "altijd"),
    }
    assert (boek.verschuift_bij_vrije_dag, boek.bevinding_per_aspect) == (True, True)
    coulant = reglement.load("coulant")
    assert boek.rollen == coulant.rollen
    assert [k.id for k in boek.categorieen] == [k.id for k in coulant.categorieen]
    assert "oval" not in {k.id for k in boek.instanties}


def test_nothing_in_the_model_is_of_one_firm_or_names_a_term_that_nobody_chose():
    tekst = write(DE_BRUG).decode()
    assert not re.findall(r"coulant|oval|twee weken|vier weken|zes weken|dit reglement", tekst, re.IGNORECASE)
    # Its readings are of that text, and not of another.
    assert not any(stap.keuze for stap in keur(tekst.encode(), "x").stappen)


@pytest.mark.parametrize(
    ("antwoorden", "zin"),
    [
        (Antwoorden("Ons", {}), "sleutel termijnen: deze sleutel ontbreekt"),
        (Antwoorden("Ons", {"bevestiging": (300, "weken")}), "300 weken is langer dan vijf jaar"),
        (Antwoorden(" ", {"bevestiging": (2, "weken")}), "sleutel naam"),
    ],
)
def test_answers_that_make_no_reglement_are_refused(antwoorden: Antwoorden, zin: str):
    with pytest.raises(OngeldigReglement, match=zin):
        write(antwoorden)


@pytest.mark.parametrize("naam", ['Een "naam" \\ met tekens', "Naam\nop twee regels", "'''", "é # geen opmerking"])
def test_a_name_stays_a_name_whatever_stands_in_it(naam: str):
    assert keur(write(Antwoorden(naam, {"bevestiging": (2, "weken")})), "x").naam == " ".join(naam.split())


@pytest.mark.parametrize(
    ("tekst", "lengte"),
    [
        ("2 weken", (2, "weken")), ("1 week", (1, "weken")), (" 5 Werkdagen", (5, "werkdagen")), ("0 weken", None),
        ("gauw", None), ("2", None), ("2 jaar", None), ("-2 weken", None),
    ],
)  # fmt: skip
def test_a_length_is_read_as_one_writes_it(tekst: str, lengte: tuple[int, str] | None):
    assert read_length(tekst) == lengte


def test_what_a_reglement_asks_is_said_in_one_line():
    assert in_words(reglement.load("coulant")) == (
        "ontvangstbevestiging 2 weken; bericht niet in behandeling 4 weken; maatregelen uitgevoerd 6 weken; een "
        "termijn kan op een vrije dag eindigen."
    )


def test_a_klacht_under_the_model_has_its_terms_counted_by_hand(firma: Register):
    add(firma, write(DE_BRUG), date(2026, 1, 1))
    choose(firma, "eigen", date(2026, 1, 1))
    # Thursday 5 February: five working days on is Thursday the 12th, eight weeks Thursday 2 April, three months 5 May,
    # Liberation Day, so the day after.
    loopt = last_days(firma, Lijst(firma).intake(op=date(2026, 2, 5)), VANDAAG)
    assert loopt["bevestiging"] == date(2026, 2, 12)
    assert loopt["afhandeling"] == date(2026, 5, 6)


# --- the page --------------------------------------------------------------------------------------------------------


def test_a_new_register_is_told_what_there_is_and_begins_with_its_own_terms(
    firma: Register, opent: Opent, monkeypatch: pytest.MonkeyPatch
):
    # The pages of these tests are those of the example, where it was chosen.
    monkeypatch.setattr(reglementen, "chosen", lambda: bool(firma.organisatie.van(g.ReglementGekozen)))
    proef = opent(PAGINA)
    gezegd = zinnen(proef)
    assert "Waaruit u kiest:" in gezegd
    # Whose reglement it is has to be said: none is chosen by pressing a button.
    assert proef.selectbox(key="reglementversies.keuze.0").value is None
    for boek in ("coulant", "awb9"):
        assert f"**{reglement.load(boek).naam}**, zoals het is: {in_words(reglement.load(boek))}" in gezegd
    assert "Het model" in gezegd
    assert "Een eigen bestand" in gezegd
    proef.selectbox(key="reglementversies.doen").set_value("toevoegen_reglement").run()
    proef.button_group(key="reglementkeuze.waarmee.0").set_value("model").run()
    assert not proef.exception
    van_wie = firma.organisatie.gegevens().naam
    assert van_wie
    assert proef.text_input(key="reglementkeuze.naam").value == f"Klachtenreglement {van_wie}"
    # Nothing else is filled in for the organisation, and nothing goes before it is.
    assert "Vul nog in hoe lang, of zet uit: ontvangstbevestiging, bericht niet in behandeling, maatregelen" in zinnen(
        proef
    )
    voor = firma.stand()
    proef.text_input(key="reglementkeuze.naam").set_value("Regeling De Brug").run()
    proef.checkbox(key="reglementkeuze.niet_in_behandeling.aan").uncheck().run()
    proef.number_input(key="reglementkeuze.bevestiging.waarde").set_value(5).run()
    proef.selectbox(key="reglementkeuze.bevestiging.eenheid").set_value("werkdagen").run()
    proef.number_input(key="reglementkeuze.maatregelen.waarde").set_value(8).run()
    assert "Dit is een nieuw reglement, **Regeling De Brug** (id eigen), naast wat er al is." in zinnen(proef)
    assert firma.stand() == voor
    vul(proef, akkoord_door="carla")
    verstuur(proef)
    assert [zin.value for zin in proef.success], zinnen(proef)
    # What was sent is done with: it is not judged once more, against itself.
    assert "Kies een bestand." in zinnen(proef)
    assert "De laatste versie van dit reglement begint" not in zinnen(proef)
    # And then it is chosen, as any other.
    proef = opent(PAGINA)
    assert "**Regeling De Brug**, zoals het is: ontvangstbevestiging 5 werkdagen; maatregelen uitgevoerd 8" in zinnen(
        proef
    )
    assert proef.selectbox(key="reglementversies.keuze.0").value == "eigen"
    vul(proef, akkoord_door="carla")
    verstuur(proef, "Vastleggen")
    assert firma.organisatie.reglement(VANDAAG) == "eigen"
    assert "Waaruit u kiest:" not in zinnen(opent(PAGINA))
    assert "5 werkdagen na ontvangst" in zinnen(opent("reglement", "bas"))


def test_all_terms_off_is_no_reglement(firma: Register, opent: Opent):
    proef = opent(PAGINA)
    proef.selectbox(key="reglementversies.doen").set_value("toevoegen_reglement").run()
    proef.button_group(key="reglementkeuze.waarmee.0").set_value("model").run()
    for vraag in VRAGEN:
        proef.checkbox(key=f"reglementkeuze.{vraag.id}.aan").uncheck()
    proef.run()
    assert "Laat ten minste één termijn aan staan" in zinnen(proef)
    assert not [knop for knop in proef.button if (knop.key or "").endswith(".knop")]


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_says_what_there_is_makes_the_model_and_checks_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["inrichten"]) == 0
    gezegd = capsys.readouterr().out
    assert "Klachtenreglement Coulant Reïntegratie, zoals het is: ontvangstbevestiging 2 weken" in gezegd
    naar = tmp_path / "eigen.toml"
    maak = ["inrichten", "--model", "Ons reglement", "--naar", str(naar), "--werkdag"]
    assert main([*maak, "--bevestiging", "5 werkdagen", "--niet-in-behandeling", "3 weken"]) == 0
    assert (
        "ontvangstbevestiging 5 werkdagen; bericht niet in behandeling 3 weken; een termijn die"
        in capsys.readouterr().out
    )
    assert main(["inrichten", "--bestand", str(naar)]) == 0
    assert "eigen.toml is goed: Ons reglement (id eigen)" in capsys.readouterr().out
    inhoud = naar.read_bytes()
    for fout, zin in (
        ([*maak, "--bevestiging", "2 weken"], "is niet gemaakt: het is er al"),
        ([*maak, "--bevestiging", "gauw"], "Ontvangstbevestiging: 'gauw' is geen termijn"),
        (maak, "Noem ten minste één termijn"),
        (["inrichten", "--model", "Ons", "--bevestiging", "2 weken"], "Noem met --naar het bestand"),
        (["inrichten", "--bestand", str(tmp_path / "weg.toml")], "dit bestand is niet te lezen"),
    ):
        assert main(fout) == 2
        assert zin in capsys.readouterr().err
    assert naar.read_bytes() == inhoud
    naar.write_bytes(inhoud.replace(b"waarde = 5", b"waarde = -5"))
    assert main(["inrichten", "--bestand", str(naar)]) == 2
    assert "eigen.toml, regel 12, sleutel termijnen.bevestiging.waarde" in capsys.readouterr().err


def test_the_day_after_is_no_part_of_the_file():
    """A term holds in the file from long ago: which day it begins is said when it is recorded."""
    assert min(t.geldig_vanaf for t in keur(write(DE_BRUG), "x").termijnen) < VANDAAG - timedelta(days=3650)
