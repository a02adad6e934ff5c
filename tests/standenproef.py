"""The states of a dossier, each told by its facts, and the people who each have one role, for the tests of the rules.

What who may in which of them stands in rechten.csv (test_rechten).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.organisatie import Gebruiker

TABEL = Path(__file__).parent / "rechten.csv"
D0 = date(2026, 1, 5)
# People with one role each, so that a cell is about that role; d2 is the other directielid, p a former behandelaar.
MENSEN = {
    "C": Gebruiker("c", "Cor", frozenset({"coordinator"})),
    "B": Gebruiker("b", "Ben", frozenset({"behandelaar"})),
    "D": Gebruiker("d", "Dia", frozenset({"directie"})),
    "A": Gebruiker("a", "Aad", frozenset({"actienemer"})),
    "M": Gebruiker("m", "Mia", frozenset({"medewerker"})),
    "X": Gebruiker("x", "Xan", frozenset({"beheerder"})),
    "N": Gebruiker("n", "Noa", frozenset({"analist"})),
    "U": Gebruiker("u", "Ute", frozenset({"auditor"})),
}
ANDEREN = (
    Gebruiker("d2", "Dop", frozenset({"directie"})),
    Gebruiker("p", "Pim", frozenset({"behandelaar"})),
    Gebruiker("o", "Ori", frozenset({"medewerker"})),
)


@pytest.fixture(autouse=True)
def mensen() -> Iterator[None]:
    with organisatie.met(*MENSEN.values(), *ANDEREN):
        yield


def op(dag: int) -> dict[str, date]:
    return {"gebeurd_op": D0 + timedelta(dag)}


def ontvangst(*betrokkenen: str, herkomst: str = "register") -> Gebeurtenis:
    return g.KlachtOntvangen(
        **op(0),
        reglement="coulant",
        reglement_versie=date(2000, 1, 1),
        kanaal="brief",
        indiener_soort="klant",
        vestiging="weert",
        categorie="afspraken",
        ontvanger="o",
        betrokkenen=betrokkenen,
        herkomst=herkomst,
    )


def _standen() -> dict[str, list[Gebeurtenis]]:
    """The states of a dossier, each told by its facts."""
    twee = g.CoordinatorGeinformeerd(**op(0), geinformeerde="c")
    on = [ontvangst()]
    re = [*on, twee, g.KlachtGeregistreerd(**op(0))]
    toegewezen = g.BehandelaarToegewezen(**op(1), behandelaar="b", toegewezen_door="c")
    bevestigd = g.OntvangstBevestigd(**op(2), wijze="brief", behandelaar="b")
    to = [*re, toegewezen]
    vv = [
        *re,
        g.BehandelaarToegewezen(**op(1), behandelaar="p", toegewezen_door="c"),
        g.OntvangstBevestigd(**op(2), wijze="brief", behandelaar="p"),
        g.BehandelaarVervangen(**op(3), behandelaar="b", vorige="p", toegewezen_door="c", grond="afwezig"),
    ]
    oz = [*to, bevestigd, g.InformatieGevraagd(**op(3), bij="indiener"), g.KlachtOnderzocht(**op(4))]
    antwoord = g.InformatieOntvangen(**op(4), van="indiener")
    bepaald = g.MaatregelBepaald(
        **op(5), maatregel=1, actienemer="a", uiterlijk_op=D0 + timedelta(40), overlegd_met="d2"
    )
    ma = [*oz, antwoord, bepaald, g.ResultaatMeegedeeld(**op(6), wijze="brief")]
    ui = [*ma, g.ActienemerGeinformeerd(**op(7), maatregel=1), g.MaatregelUitgevoerd(**op(8), maatregel=1)]
    af = [*ui, g.KlachtAfgesloten(**op(9))]
    ge = [*af, g.AfsluitingMeegedeeld(**op(10), wijze="brief"), g.MeningsverschilGemeld(**op(11))]
    vo = [*ge, g.OverlegGevoerd(**op(12), opgelost=False), g.GeschilVoorgelegd(**op(13))]
    he = [*vo, g.OordeelOntvangen(**op(14), oordeel="gegrond"), g.KlachtHeropend(**op(14), grond="oordeel")]

    def buiten(vastlegger: str = "") -> Gebeurtenis:
        return g.BuitenstaanderAangewezen(**op(1), vastlegger=vastlegger, persoon="Mr. Buiten", reden="Allen betrokken")

    namens = g.BehandelaarToegewezen(**op(1), behandelaar="b", toegewezen_door="buiten", namens="Mr. Buiten")
    einde = [namens, bevestigd, g.KlachtOnderzocht(**op(4)), g.GeenMaatregelenNodig(**op(5), overlegd_met="buiten")]
    einde += [g.KlachtAfgesloten(**op(9)), g.MeningsverschilGemeld(**op(11))]
    directie, ook_coordinator = ontvangst("d", "d2"), ontvangst("c", "d", "d2")
    return {
        "on": on,
        "re": re,
        "to": to,
        "vv": vv,
        "oz": oz,
        "ma": ma,
        "ui": ui,
        "af": af,
        "nb": [*oz, antwoord, g.NietInBehandelingGenomen(**op(5), grond="geen_klacht", wijze="brief")],
        "in": [*ma, g.KlachtIngetrokken(**op(7))],
        "ve": [*re, g.KlachtVervallen(**op(1), grond="vergissing")],
        "ge": ge,
        "vo": vo,
        "he": he,
        # All of directie is involved: nobody named yet, the coordinator too, then somebody outside is named for each.
        "bd": [directie, twee],
        "bc": [ook_coordinator, twee],
        "bn": [directie, twee, buiten()],
        "bm": [ook_coordinator, twee, buiten("m")],
        "bg": [directie, twee, buiten(), *einde],
        "bh": [ook_coordinator, twee, buiten("m"), *einde],
        "ov": [ontvangst(herkomst="overgenomen")],
    }


STANDEN = _standen()


def dossier(feiten: list[Gebeurtenis], betrokken: str = "") -> Dossier:
    if betrokken:
        feiten = [*feiten, g.BetrokkeneToegevoegd(**op(9), betrokkene=betrokken)]
    return Dossier("K2026-0001", vastgelegd("K2026-0001", feiten))


def vastgelegd(nummer: str, feiten: list[Gebeurtenis]) -> list[Vastlegging]:
    toen = datetime(2026, 1, 5, tzinfo=UTC)
    return [
        Vastlegging(nr=nr, klachtnummer=nummer, vastgelegd_op=toen, door="c", rol="coordinator", feit=feit)
        for nr, feit in enumerate(feiten, start=1)
    ]


def rows() -> Iterator[tuple[str, str, str]]:
    with TABEL.open(encoding="utf-8", newline="") as bestand:
        for rij in csv.DictReader(bestand, delimiter=";"):
            handeling = rij.pop("handeling")
            for stand, wie in rij.items():
                yield handeling, stand, wie.replace("-", "")
