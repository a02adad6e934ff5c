"""The one table of rights: it names exactly what there is, it is read strictly, and nobody asks for roles beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klachten import rechten, reglement
from klachten.dossier.rechten import rollen_voor
from klachten.handelingen import HANDELINGEN
from klachten.organisatie import ROLLEN, Gebruiker
from klachten.rechten import BETROKKEN, CELLEN, INZAGE, RIJEN, OngeldigeRechten, controleer, laad, mag
from klachten.rechten.woorden import in_woorden
from klachten.scherm.paginas import PAGINAS
from klachten.scherm.uitvoer import UITVOER
from klachten.toegang import routes
from klachten.voorbeeld.rolverdeling import ROLVERDELING

PROJECT = Path(__file__).resolve().parents[1]
KOP = f"soort;naam;{';'.join(ROLLEN)};betrokken;wat\n"
STREEPJES = ";".join("-" * len(ROLLEN))
BESTAAT = {
    "handeling": set(HANDELINGEN),
    "pagina": {pagina.naam for pagina in PAGINAS},
    "uitvoer": set(UITVOER),
    "inzage": set(INZAGE),
    "route": {route.pad for route in routes.load().rijen},
}
# Where roles may be asked for by name: who handles a klacht, and what is made of the table itself.
HEEFT_MAG = (
    "klachten/rechten/",
    "klachten/dossier/",
    "klachten/handelingen/",
    "klachten/organisatie/",
    "klachten/voorbeeld/",
)


def wie(*rollen: str) -> Gebruiker:
    return Gebruiker("w", "Wim", frozenset(rollen))


@pytest.mark.parametrize("soort", CELLEN)
def test_the_table_names_exactly_what_there_is(soort: str):
    controleer(soort, BESTAAT[soort])
    naam = min(BESTAAT[soort])
    with pytest.raises(OngeldigeRechten, match=f"{soort} verzonnen staat niet in rechten.csv"):
        controleer(soort, BESTAAT[soort] | {"verzonnen"})
    with pytest.raises(OngeldigeRechten, match=f"{soort} {naam} bestaat niet, maar staat in rechten.csv"):
        controleer(soort, BESTAAT[soort] - {naam})


def test_every_sort_of_row_is_one_that_is_checked():
    assert {rij.soort for rij in RIJEN} == set(BESTAAT)


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("soort;naam\n", "de kop is niet"),
        (f"{KOP}pagina;klachten;{STREEPJES};-\n", r"regel 2: 11 cellen in plaats van 12"),
        (f"{KOP}pagina;klachten;misschien{STREEPJES[1:]};-;\n", "regel 2: pagina kent 'misschien' niet"),
        (f"{KOP}pagina;klachten;stap{STREEPJES[1:]};-;\n", "regel 2: pagina kent 'stap' niet"),
        (f"{KOP}deur;voordeur;{STREEPJES};-;\n", "regel 2: deur kent '-' niet"),
        (f"{KOP}pagina;klachten;{STREEPJES};soms;\n", "regel 2: pagina kent 'soms' niet"),
        (f"{KOP}" + f"pagina;klachten;{STREEPJES};-;\n" * 2, "regel 3: pagina klachten staat er twee keer"),
    ],
)
def test_a_table_that_is_not_right_is_refused(tekst: str, zin: str):
    with pytest.raises(OngeldigeRechten, match=zin):
        laad(tekst)


def test_what_is_not_in_the_table_nobody_may():
    with pytest.raises(KeyError):
        mag("pagina", "geheim", wie(*ROLLEN))
    assert not any(mag(rij.soort, rij.naam, wie()).mag for rij in RIJEN)
    assert not any(mag(rij.soort, rij.naam, wie("portier")).mag for rij in RIJEN)


def test_somebody_with_more_roles_has_what_each_of_them_gives():
    analist, behandelaar = mag("pagina", "termijnen", wie("analist")), mag("pagina", "termijnen", wie("behandelaar"))
    beide = mag("pagina", "termijnen", wie("analist", "behandelaar"))
    assert (analist.rijen, behandelaar.rijen, beide.rijen) == (False, True, True)
    assert beide.cellen == {"cijfers", "eigen"}
    assert mag("inzage", "klacht", wie("actienemer", "auditor")).alles


def test_an_auditor_reads_all_and_changes_nothing():
    assert {rij.cellen["auditor"] for rij in RIJEN if rij.soort == "handeling"} == {"-"}
    assert mag("inzage", "klacht", wie("auditor")).alles
    assert not mag("pagina", "intake", wie("auditor")).mag


def met_cel(soort: str, naam: str) -> set[str]:
    return set(rechten.rij(soort, naam).rollen)


STUKKEN = ("stuk", "signaalstuk", "evaluatiestuk")
"""What goes out at the address of documents."""


def test_an_address_of_files_is_open_to_exactly_the_roles_that_take_such_files_along():
    andere = set().union(*(met_cel("uitvoer", naam) for naam in UITVOER if naam not in STUKKEN))
    assert met_cel("route", "/stuk/*") == met_cel("uitvoer", "stuk")
    assert all(met_cel("uitvoer", naam) <= met_cel("uitvoer", "stuk") for naam in STUKKEN)
    assert met_cel("route", "/bestand/*") == andere
    assert rechten.rij("route", "/stuk/*").cellen == rechten.rij("uitvoer", "stuk").cellen


def test_a_file_can_be_sent_by_exactly_the_roles_that_record_one():
    coulant = reglement.load("coulant")
    met_bestand = [h for h in HANDELINGEN.values() if any(veld.soort == "bestand" for veld in h.velden)]
    assert met_bestand
    wie_mag = set().union(*(rollen_voor(h.naam, coulant, h.reeks) for h in met_bestand))
    # Who may hand in a klacht sends the mail in which it came.
    wie_mag |= set(rollen_voor("stap_01_indienen_klacht", coulant, "K"))
    assert met_cel("route", "/_stcore/upload_file/*") == wie_mag


def test_a_route_that_asks_for_no_role_says_so_for_every_role_or_stops_the_start():
    regel = ";".join(["open", *["ja"] * (len(ROLLEN) - 1)])
    (rij,) = laad(f"{KOP}route;/x;{regel};ja;x\n")
    with pytest.raises(OngeldigeRechten, match="route /x zegt niet voor elke rol hetzelfde"):
        assert rij.buiten


@pytest.mark.parametrize("rol", ["analist", "beheerder"])
def test_who_is_no_reader_of_klachten_has_no_rows_anywhere(rol: str):
    zonder_klachten = {
        "hulp", "reglement", "reglementversies", "handleiding", "afwezigheid", "rechten",
        "personen", "organisatie", "lijsten",
        "aanmeldingen", "bescherming", "toestand", "reservekopieen", "klok", "privacy", "privacyverklaring",
        "verwerkingsregister", "brieven", "sjabloon", "overnemen",
        # It is made on the computer of the register; nothing of it goes through the browser.
        "uitvoer", "uitvoer_alles",
    }  # fmt: skip
    assert [
        (rij.soort, rij.naam)
        for rij in RIJEN
        if rij.soort not in ("handeling", "route")
        and rij.naam not in zonder_klachten
        and mag(rij.soort, rij.naam, wie(rol)).rijen
    ] == []


def test_every_cell_can_be_said():
    zinnen = {in_woorden(rij, tuple(ROLLEN)) for rij in RIJEN}
    assert all(zin.endswith(".") and "stap" not in zin for zin in zinnen)
    assert {rij.betrokken for rij in RIJEN} == BETROKKEN
    assert in_woorden(rechten.rij("pagina", "klachten")) == (
        "Coördinator en directie: alles. Behandelaar en medewerker: alleen eigen klachten. Actienemer: alleen eigen "
        "maatregelen. Auditor: alles lezen, niets vastleggen. Wie bij een klacht betrokken is: niets van die klacht."
    )
    assert in_woorden(rechten.rij("handeling", "stap_11_uitvoeren_maatregel"), ("behandelaar", "actienemer")) == (
        "Behandelaar: bij eigen klachten. Actienemer: bij een eigen maatregel. Wie bij een klacht betrokken is: alleen "
        "een eigen maatregel, zonder de klacht zelf."
    )


def test_nobody_asks_for_a_role_by_name_where_the_table_says_it():
    bestanden = [PROJECT / "app.py", *(PROJECT / "pages").rglob("*.py"), *(PROJECT / "klachten").rglob("*.py")]
    gevonden = [
        kort
        for pad in bestanden
        if not (kort := pad.relative_to(PROJECT).as_posix()).startswith(HEEFT_MAG)
        and re.search(r"\.heeft\(", pad.read_text(encoding="utf-8"))
    ]
    assert gevonden == []


def test_the_example_has_somebody_of_every_role_and_of_the_reading_ones_with_that_role_alone():
    alleen = {next(iter(persoon.rollen)) for persoon in ROLVERDELING if len(persoon.rollen) == 1}
    assert {"directie", "analist", "beheerder", "auditor"} <= alleen
