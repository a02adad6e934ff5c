"""What a version changes, in words; and every mistake in a file that somebody brings along, with line and key."""

# ruff: noqa: E501 (a table of mistakes and sentences reads better on one line)
from __future__ import annotations

import re
import time
import tomllib
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klachten import reglement
from klachten.register.vaste_rijen import term_rows
from klachten.reglement import GROOTSTE, OngeldigReglement, Reglement, keur, keur_versie, verschillen, with_version
from tests.reglementproef import DRIE_WEKEN, INGANG, OOK_COORDINATOR, TEKST, changed

COULANT = reglement.load("coulant")
EEN = timedelta(days=1)
RAUW = tomllib.loads(TEKST)


def write(gegevens: dict[str, Any]) -> bytes:
    """Write a reglement as TOML: what stands by itself first, then each table."""

    def value(waarde: Any) -> str:
        if isinstance(waarde, bool):
            return str(waarde).lower()
        if isinstance(waarde, str):
            return '"' + waarde.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if isinstance(waarde, list):
            return f"[{', '.join(map(value, waarde))}]"
        if isinstance(waarde, dict):
            return "{" + ", ".join(f"{k} = {value(v)}" for k, v in waarde.items()) + "}"
        return str(waarde)

    los = [
        f"{k} = {value(v)}" for k, v in gegevens.items() if not (isinstance(v, list) and v and isinstance(v[0], dict))
    ]
    tabellen = [
        f"[[{k}]]\n" + "\n".join(f"{naam} = {value(v)}" for naam, v in deel.items())
        for k, delen in gegevens.items()
        if isinstance(delen, list) and delen and isinstance(delen[0], dict)
        for deel in delen
    ]
    return "\n".join([*los, *tabellen]).encode()


# Each edit: where it is, as the difference names it, and what it does to the file as data.
TERMIJNEN = {t["id"]: i for i, t in enumerate(RAUW["termijnen"])}
EDITS: dict[str, Any] = {
    "naam": lambda d: d.update(naam="Anders"),
    "verschuift_bij_vrije_dag": lambda d: d.update(verschuift_bij_vrije_dag=True),
    "bevinding_per_aspect": lambda d: d.update(bevinding_per_aspect=True),
    "boekjaar_begint_in_maand": lambda d: d.update(boekjaar_begint_in_maand=9),
}
for _id, _i in TERMIJNEN.items():
    EDITS |= {
        f"termijnen.{_id}.waarde": lambda d, i=_i: d["termijnen"][i].update(waarde=9),
        f"termijnen.{_id}.eenheid": lambda d, i=_i: d["termijnen"][i].update(eenheid="maanden"),
        f"termijnen.{_id}.naam": lambda d, i=_i: d["termijnen"][i].update(naam="Heet anders"),
        f"termijnen.{_id}.keuze": lambda d, i=_i: d["termijnen"][i].update(keuze="Anders gelezen."),
        f"termijnen.{_id}.vanaf": lambda d, i=_i: d["termijnen"][i].update(vanaf="stap_02"),
        f"termijnen.{_id}.verlenging": lambda d, i=_i: d["termijnen"][i].update(
            verlenging={
                "waarde": 2,
                "eenheid": "weken",
                "schriftelijk": True,
                "keer": 1,
                "met_instemming_daarna": False,
            }
        ),
    }
for _nr in range(1, 19):
    EDITS |= {
        f"stappen.{_nr}.{veld}": lambda d, n=_nr, v=veld: d["stappen"][n - 1].update({v: f"Nieuwe {v}."})
        for veld in ("naam", "korte_naam", "uitleg", "keuze", "in_brief")
    }
    EDITS[f"stappen.{_nr}.brief"] = lambda d, n=_nr: d["stappen"][n - 1].update(brief=not d["stappen"][n - 1]["brief"])
    EDITS[f"stappen.{_nr}.rollen"] = lambda d, n=_nr: d["stappen"][n - 1].update(rollen=["analist"])
for _lijst in ("uitkomsten", "oordelen", "wijzen", "gronden_vervanging"):
    _laatste = RAUW[_lijst][-1]["id"]
    EDITS[f"{_lijst}.erbij"] = lambda d, k=_lijst: d[k].append({"id": "erbij", "naam": "Erbij"})
    EDITS[f"{_lijst}.{_laatste}.naam"] = lambda d, k=_lijst, x=_laatste: next(
        deel for deel in d[k] if deel["id"] == x
    ).update(naam="Heet anders")
    EDITS[f"{_lijst}.{RAUW[_lijst][0]['id']}"] = lambda d, k=_lijst: d[k].pop(0)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(sorted(EDITS)), min_size=1, max_size=8))
def test_the_difference_names_exactly_what_was_edited(velden: set[str]):
    anders = tomllib.loads(TEKST)
    # What takes the first of a list away comes last, so that the others still stand where they stood.
    for veld in sorted(velden, key=lambda veld: (veld.count(".") == 1 and not veld.endswith("erbij"), veld)):
        EDITS[veld](anders)
    nieuw = keur(write(anders), "bestand")
    gevonden = verschillen(COULANT, nieuw, INGANG)
    assert {v.veld for v in gevonden} == velden
    assert all(v.zin.strip() and v.deel for v in gevonden)
    assert verschillen(nieuw, nieuw, INGANG) == ()


@settings(max_examples=40, deadline=None)
@given(
    waarden=st.lists(st.integers(1, 50), min_size=1, max_size=4),
    tussen=st.lists(st.integers(1, 400), min_size=4, max_size=4),
    dag=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_on_every_day_each_term_holds_once_and_as_the_last_version_before_it_says(
    waarden: list[int], tussen: list[int], dag: date
):
    boek, begin, zo = COULANT, date(2022, 1, 1), {date.min: 2}
    for waarde, dagen in zip(waarden, tussen, strict=False):
        begin += dagen * EEN
        boek = with_version(boek, keur(changed(("waarde = 2", f"waarde = {waarde}")), "bestand"), begin)
        zo[begin] = waarde
    for op in (dag, *(van + n * EEN for van in zo if van != date.min for n in (-1, 0, 1))):
        versie, nu = boek.versie_op(op), zo[max(van for van in zo if van <= op)]
        assert sorted(t.id for t in boek.termijnen_van(versie)) == sorted(TERMIJNEN)
        assert boek.termijn("bevestiging", versie).waarde == nu
        # In the table of the database a version lies within one row of each term.
        rijen = [rij for rij in term_rows(boek) if rij[1] == "bevestiging"]
        assert [rij[4] for rij in rijen if rij[9] <= op <= (rij[10] or date.max)] == [nu]


def test_a_version_that_moves_off_free_days_does_so_for_its_own_klachten_only():
    nieuw = keur(changed(("verschuift_bij_vrije_dag = false", "verschuift_bij_vrije_dag = true")), "bestand")
    boek = with_version(COULANT, nieuw, INGANG)
    assert {(rij[9], rij[12]) for rij in term_rows(boek)} == {(date(2000, 1, 1), False), (INGANG, True)}
    assert [boek.op(dag).verschuift_bij_vrije_dag for dag in (INGANG - EEN, INGANG)] == [False, True]


def test_a_version_says_all_that_holds_at_once():
    """What `op` takes of a version, and what says by itself from when it holds, is together all there is."""
    from klachten.reglement.reglement import KEUZELIJSTEN, PER_UITGAVE

    eigen = {"id", "soort", "bestand", "tekst", "vanaf", "uitgaven", "onleesbaar"}
    van_de_organisatie = {"organisatie", "boekjaren"}
    gedateerd = {"termijnen", "streeftermijnen", *KEUZELIJSTEN}
    alle = {veld.name for veld in fields(Reglement)}
    assert alle == eigen | van_de_organisatie | gedateerd | set(PER_UITGAVE)


ZINNEN = [
    (DRIE_WEKEN, "Was 2 weken, wordt 3 weken."),
    (changed(OOK_COORDINATOR), "Wie de stap doet: erbij coördinator."),
    (
        changed(('[[oordelen]]\nid = "geen_oordeel"\nnaam = "Geen oordeel"\n', "")),
        "'Geen oordeel' vervalt: wie die keuze heeft, houdt haar; kiezen kan niet meer.",
    ),
    (changed(("brief = true", "brief = false")), "Dit hoeft niet meer schriftelijk."),
    (
        changed(("verschuift_bij_vrije_dag = false", "verschuift_bij_vrije_dag = true")),
        "Een termijn die in het weekend of op een feestdag eindigt, schuift voortaan door naar de volgende werkdag.",
    ),
    (changed(("einde = [7]", "einde = [7, 13]")), "Eindigde met stap 7, eindigt met stap 7 of stap 13."),
    (
        changed(('naam = "Gegrond"', 'naam = "Terecht"')),
        "'Gegrond' gaat 'Terecht' heten, ook bij klachten van vroeger.",
    ),
]


@pytest.mark.parametrize(("bestand", "zin"), ZINNEN, ids=[zin for _, zin in ZINNEN])
def test_a_difference_is_a_sentence(bestand: bytes, zin: str):
    assert [v.zin for v in verschillen(COULANT, keur(bestand, "bestand"), INGANG)] == [zin]


# --- mistakes --------------------------------------------------------------------------------------------------------

B = TEKST.encode()
FOUTEN: list[tuple[str, bytes, str]] = [
    ("leeg", b" \n", "bestand: dit bestand is leeg."),
    ("te groot", B + b"#" * GROOTSTE, "bestand: dit bestand is groter dan 1 MB; dat is geen reglement."),
    ("geen UTF-8", B.replace("ë".encode(), b"\xeb", 1), "bestand, regel 201: dit bestand is niet in UTF-8 opgeslagen."),
    ("UTF-16", TEKST.encode("utf-16"), "bestand, regel 1: dit bestand is niet in UTF-8 opgeslagen."),
    (
        "geen TOML",
        changed(('id = "coulant"', "id = coulant")),
        "bestand, regel 4, kolom 6: dit is geen geldige TOML (Invalid value (at line 4, column 6)).",
    ),
    (
        "onbekende sleutel",
        changed(("waarde = 2", "warde = 2")),
        "bestand, regel 19, sleutel termijnen.bevestiging.warde: deze sleutel is onbekend. Bedoelt u 'waarde'?",
    ),
    (
        "ontbrekende stap",
        changed(("nr = 12", "nr = 11")),
        "bestand, regel 160, sleutel stappen[12].nr: stap 11 staat er twee keer.",
    ),
    (
        "kring",
        changed(('vanaf = "ontvangen"', 'vanaf = "stap_05"')),
        "bestand, regel 21, sleutel termijnen.bevestiging.vanaf: de termijn begint met stap 5 en eindigt met stap 5: zo draait zij in een kring. Kies een begin dat vóór het einde komt.",
    ),
    (
        "terug",
        changed(('vanaf = "ontvangen"', 'vanaf = "stap_09"')),
        "bestand, regel 21, sleutel termijnen.bevestiging.vanaf: de termijn begint met stap 9 en eindigt met stap 5: zo draait zij in een kring. Kies een begin dat vóór het einde komt.",
    ),
    (
        "min",
        changed(("waarde = 2", "waarde = -2")),
        "bestand, regel 19, sleutel termijnen.bevestiging.waarde: het getal moet groter dan nul zijn, hier staat -2.",
    ),
    (
        "nul",
        changed(("waarde = 2", "waarde = 0")),
        "bestand, regel 19, sleutel termijnen.bevestiging.waarde: het getal moet groter dan nul zijn, hier staat 0.",
    ),
    (
        "half",
        changed(("waarde = 2", "waarde = 2.5")),
        "bestand, regel 19, sleutel termijnen.bevestiging.waarde: hier hoort een geheel getal te staan, geen 2.5.",
    ),
    (
        "eeuwig",
        changed(("waarde = 2", "waarde = 5000")),
        "bestand, regel 19, sleutel termijnen.bevestiging.waarde: 5000 weken is langer dan vijf jaar; klopt het getal?",
    ),
    (
        "geen datum",
        changed(("2000-01-01", "2000-02-30")),
        "bestand, regel 25, kolom 16: dit is geen geldige TOML (Invalid date or datetime (at line 25, column 16)).",
    ),
    (
        "datum als tekst",
        changed(("2000-01-01", '"2000-01-01"')),
        "bestand, regel 25, sleutel termijnen.bevestiging.geldig_vanaf: hier hoort een datum zonder aanhalingstekens te staan, zoals 2026-01-31, geen '2000-01-01'.",
    ),
    (
        "jaar 9999",
        changed(("2000-01-01", "9999-12-31")),
        "bestand, regel 25, sleutel termijnen.bevestiging.geldig_vanaf: 31-12-9999 ligt te ver weg; klopt het jaar?",
    ),
    (
        "onbekende rol",
        changed(('rollen = ["behandelaar"]', 'rollen = ["baas"]')),
        "bestand, regel 95, sleutel stappen.5.rollen: rol 'baas' is onbekend; mogelijk zijn: coordinator, behandelaar, directie, actienemer, medewerker, analist, beheerder.",
    ),
    (
        "overname",
        changed(('soort = "volledig"', 'soort = "overname"')),
        "bestand, regel 7, sleutel soort: een reglement voor nieuwe klachten is volledig, met alle 18 stappen.",
    ),
    (
        "onzichtbaar",
        changed(('naam = "Privacy"', 'naam = "Pri\\u0000vacy"')),
        "bestand, regel 249, sleutel categorieen.privacy.naam: er staat een teken in dat niet te zien is. Typ de tekst over.",
    ),
    (
        "rechts naar links",
        changed(('naam = "Privacy"', 'naam = "Pri\\u202evacy"')),
        "bestand, regel 249, sleutel categorieen.privacy.naam: er staat een teken in dat niet te zien is. Typ de tekst over.",
    ),
    (
        "lange naam",
        changed(('naam = "Privacy"', f'naam = "{"P" * 200}"')),
        "bestand, regel 249, sleutel categorieen.privacy.naam: dit is langer dan 150 tekens.",
    ),
    ("haken", b"a = " + b"[" * 100_000, "bestand: er staat een getal of een lijst in die niet te lezen is."),
    ("cijfers", b"a = " + b"9" * 5_000, "bestand: er staat een getal of een lijst in die niet te lezen is."),
    ("punten", b"a" + b".a" * 100_000 + b" = 1", "bestand, regel 1: op deze regel staan te veel punten om te lezen."),
]


@pytest.mark.parametrize(("bestand", "zin"), [rest for _, *rest in FOUTEN], ids=[naam for naam, *_ in FOUTEN])
def test_a_mistake_is_a_sentence_with_its_line(bestand: bytes, zin: str):
    begin = time.process_time()
    with pytest.raises(OngeldigReglement) as fout:
        keur(bestand, "bestand")
    assert str(fout.value) == zin
    # A bomb costs no more than a file that is right.
    assert time.process_time() - begin < 3
    # The line that is named is the one where the key stands.
    if gezegd := re.match(r"bestand, regel (\d+), sleutel ([\w.\[\]]+):", zin):
        regel = bestand.decode().split("\n")[int(gezegd[1]) - 1]
        assert regel.startswith(gezegd[2].rpartition(".")[2].partition("[")[0])


LATER_FOUT = [
    (
        "later",
        changed(("geldig_vanaf = 2000-01-01", "geldig_vanaf = 2027-01-01")),
        "regel 25, sleutel termijnen.bevestiging.geldig_vanaf: deze termijn begint op 1 januari 2027, na 9 maart 2026",
    ),
    (
        "houdt op",
        changed(("geldig_vanaf = 2000-01-01", "geldig_vanaf = 2000-01-01\ngeldig_tot = 2027-01-01")),
        "regel 26, sleutel termijnen.bevestiging.geldig_tot: deze termijn houdt op, op 1 januari 2027",
    ),
    (
        "andere stap",
        changed(("stap = 5", "stap = 9"), ("einde = [5]", "einde = [9]")),
        "regel 18, sleutel termijnen.bevestiging.stap: deze termijn hoort bij stap 5. Bij een andere stap",
    ),
    (
        "andere naam",
        changed(('naam = "Privacy"', 'naam = "AVG"')),
        "regel 249, sleutel categorieen.privacy.naam: dit heet nu 'Privacy'. Een andere naam geeft u op de pagina Lijsten",
    ),
    (
        "andere eerste dag",
        changed(('naam = "Gegrond"', 'naam = "Gegrond"\ngeldig_vanaf = 2020-01-01')),
        "sleutel oordelen.gegrond.geldig_vanaf: deze keuze is er al; laat haar eerste dag",
    ),
    (
        "terug in de tijd",
        changed(('naam = "Gegrond"', 'naam = "Gegrond"\ngeldig_tot = 2020-01-01')),
        "sleutel oordelen.gegrond.geldig_tot: dit is vóór 9 maart 2026",
    ),
    (
        "geen termijn",
        changed(("geldig_vanaf = 2000-01-01", "geldig_vanaf = 2000-01-01\ngeldig_tot = 2020-01-01"))
        .replace(b"geldig_vanaf = 2000-01-01\n\n", b"geldig_vanaf = 2000-01-01\ngeldig_tot = 2020-01-01\n\n")
        .replace(b"geldig_vanaf = 2000-01-01\nkeuze", b"geldig_vanaf = 2000-01-01\ngeldig_tot = 2020-01-01\nkeuze"),
        "sleutel termijnen: op 9 maart 2026 geldt geen enkele termijn.",
    ),
]


@pytest.mark.parametrize(("bestand", "zin"), [rest for _, *rest in LATER_FOUT], ids=[naam for naam, *_ in LATER_FOUT])
def test_a_file_that_is_right_may_be_no_next_version(bestand: bytes, zin: str):
    with pytest.raises(OngeldigReglement, match=re.escape(zin)):
        keur_versie(keur(bestand, "bestand"), COULANT, INGANG, frozenset({"categorieen"}))


def test_what_ended_before_may_stay_in_the_file():
    """Who begins with a file in which a term has its history keeps that."""
    oud = TEKST.replace("geldig_vanaf = 2000-01-01", "geldig_vanaf = 2000-01-01\ngeldig_tot = 2010-12-31", 1)
    nieuw = keur(
        (
            oud
            + "\n"
            + TEKST[TEKST.index("[[termijnen]]") : TEKST.index('[[termijnen]]\nid = "niet')]
            .replace("2000-01-01", "2011-01-01")
            .replace("waarde = 2", "waarde = 4")
        ).encode(),
        "bestand",
    )
    keur_versie(nieuw, COULANT, INGANG, frozenset())
    boek = with_version(COULANT, nieuw, INGANG)
    assert boek.termijn("bevestiging", boek.versie_op(INGANG)).waarde == 4
    assert boek.termijn("bevestiging", boek.versie_op(date(2005, 1, 1))).waarde == 2
