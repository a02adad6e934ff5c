"""A reglement with more terms than there is room for: the meeting shows those that were met least (step 16)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from klachten import jaarverslag, scherm, vergaderstukken
from klachten.analyse.rapport.onderdelen import GROTE, MEESTE, Onderdeel, _rest, onderdelen
from klachten.periode import Periode
from klachten.register import Register
from klachten.scherm import onderdelen as onderdelen_van_scherm
from tests.lijsten import Lijst
from tests.paginas import open_los, zinnen, zonder_venster
from tests.reglementproef import INGANG, add, changed

EINDE = date(2026, 12, 1)
DAGEN = {"een": 1, "vier": 4, "acht": 8}
"""The terms besides the three of the reglement, in days: also of the letter of step 5, so some are met less often."""


def een_termijn(naam: str, dagen: int) -> str:
    return (
        f'[[termijnen]]\nid = "{naam}"\nnaam = "Binnen {dagen} dagen"\nstap = 5\nwaarde = {dagen}\neenheid = "dagen"\n'
        'vanaf = "ontvangen"\neinde = [5]\ngeldt = "altijd"\ngeldig_vanaf = 2000-01-01\n\n'
    )


@pytest.fixture
def zes(firma: Register) -> Register:
    """A register with a reglement of six terms, and klachten confirmed after 1, 3, 5, 7, 9 and 20 days."""
    begin = "# --- de 18 stappen"
    add(firma, changed((begin, "".join(een_termijn(*een) for een in DAGEN.items()) + begin)))
    lijst = Lijst(firma, EINDE)
    for dagen in (1, 3, 5, 7, 9, 20):
        nummer = lijst.tot(4, op=INGANG)
        lijst.doe(
            "stap_05_bevestigen_ontvangst", "anna", nummer, op=INGANG.replace(day=INGANG.day + dagen), wijze="brief"
        )
    return firma


def voor(register: Register) -> vergaderstukken.Ervoor:
    periode = Periode.van_jaar(2026)
    return vergaderstukken.ervoor(register, periode, jaarverslag.tel(register, periode, EINDE), EINDE)


def op_tijd(cijfers: dict[str, Any]) -> Onderdeel:
    return next(deel for deel in onderdelen(cijfers, None) if deel.id == "op_tijd")


def test_what_was_met_least_comes_first_and_the_rest_is_named(zes: Register, monkeypatch: pytest.MonkeyPatch):
    """On paper, on the screen and in the minutes; what nobody knows yet comes last."""
    deel = op_tijd(voor(zes).cijfers)
    assert deel.cijfers == (
        ("1 van 6", "Binnen 1 dagen"),
        ("2 van 6", "Binnen 4 dagen"),
        ("4 van 6", "Binnen 8 dagen"),
        ("5 van 6", "Ontvangstbevestiging"),
    )
    assert deel.rest == (
        "Hier staan de 4 termijnen die het minst vaak zijn gehaald. De andere: Bericht niet in behandeling: nog geen "
        "gegevens; Maatregelen uitgevoerd: nog geen gegevens. Alle 6 staan naast elkaar op pagina Termijnen."
    )
    zonder_venster(monkeypatch)
    monkeypatch.setenv("KLACHTEN_VANDAAG", EINDE.isoformat())
    vorig = scherm.gebruik(zes)
    try:
        for wat in ({"deel": "agenda"}, {"deel": "vergadering", "onderdeel": "op_tijd"}):
            assert onderdelen_van_scherm.veilig(deel.rest) in zinnen(
                open_los("vergadering", "carla", jaar="2026", **wat)
            )
    finally:
        scherm.gebruik(vorig)
    blokken = vergaderstukken.agenda(voor(zes), EINDE)["blokken"]
    assert deel.rest in [blok.get("tekst") for blok in blokken]


# How many of ten klachten met each term, in the order of the reglement; what stands large, and what is named.
@pytest.mark.parametrize(
    ("gehaald", "groot", "rest"),
    [
        ((9, 8, 7, 6, 5, 4), "5432", "10"),
        ((4, 5, 6, 7, 8, 9), "0123", "45"),
        ((9, 1, 9, 1, 9, 1), "1350", "24"),
        ((5, 5, 5, 5, 5, 5), "0123", "45"),
        ((None, 9, 8, None, 10, 0), "5214", "03"),
        # As many as there is room for: in the order of the reglement.
        ((9, 8, 7, 6), "0123", ""),
        ((None, None), "01", ""),
    ],
)
def test_which_terms_stand_large(firma: Register, gehaald: tuple[int | None, ...], groot: str, rest: str):
    cijfers = dict(voor(firma).cijfers)
    regel: dict[str, Any] = {"totaal": 10, "tarief": {}, "stap": 5}
    cijfers["termijnen"] = [
        {
            **regel,
            "termijn": f"t{nr}",
            "termijn_naam": f"Termijn {nr}",
            "kop": {"n": 10 if x is not None else 0, "x": x or 0, "aandeel": None if x is None else x / 10},
        }
        for nr, x in enumerate(gehaald)
    ]
    alle = tuple(GROTE["op_tijd"](cijfers, None))
    assert [naam.split()[1] for _, naam in alle] == [*groot, *rest]
    gezegd = _rest("op_tijd", alle)
    assert [nr for nr in "0123456" if f"Termijn {nr}" in gezegd] == sorted(rest)
    assert len(alle[:MEESTE]) == len(groot)
