"""A signaal and the klacht that it became are held against each other, whichever of the two is corrected (step 1)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from klachten import gebeurtenissen as g
from klachten.handelingen import Geweigerd
from klachten.handelingen.signaal import check_corrected_signaal
from klachten.opening import open_register
from tests.lijsten import VANDAAG, Lijst
from tests.test_correctie import corrigeer, dag, feit, herroep, nr_van

# The signaal is of day 2 and the klacht of day 5: 4 and 7 February.
SIGNAAL, KLACHT = 2, 5
VOOR_SIGNAAL = "3 februari 2026 ligt vóór het signaal van 4 februari 2026 (stap 1)."
NA_KLACHT = (
    "Klacht {klacht} is uit dit signaal voortgekomen en is al ontvangen op 7 februari 2026 (stap 1): het signaal kan "
    "niet van later zijn."
)
EIGEN_DAG = (
    "Op deze dag is klacht {klacht} ontvangen. Corrigeer de ontvangst van die klacht (stap 1); dan verandert deze dag "
    "mee."
)
STAAT_ER_NOG = (
    "Klacht {klacht} is uit dit signaal voortgekomen en staat er nog. Was die klacht een vergissing, laat haar dan "
    "eerst vervallen (stap 3)."
)


@pytest.fixture(scope="module")
def lijst(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[Lijst]:
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("signaal") / "register")) as register:
        yield Lijst(register, vandaag=VANDAAG)


def paar(lijst: Lijst) -> tuple[str, str]:
    """A signaal and the klacht that it became."""
    signaal = lijst.signaal(op=SIGNAAL)
    return signaal, lijst.intake(op=KLACHT, signaal=signaal)


# In which dossier, which fact, the day it is put on (None: taken back), and what is said ("" allowed).
GEVALLEN: list[tuple[str, type[g.Gebeurtenis], int | None, str]] = [
    ("klacht", g.KlachtOntvangen, 1, VOOR_SIGNAAL),
    ("klacht", g.KlachtOntvangen, 2, ""),
    ("signaal", g.SignaalOntvangen, 6, NA_KLACHT),
    ("signaal", g.SignaalOntvangen, 5, ""),
    ("signaal", g.SignaalOntvangen, 0, ""),
    ("signaal", g.SignaalOpSchriftGesteld, 4, EIGEN_DAG),
    ("signaal", g.SignaalOpSchriftGesteld, None, STAAT_ER_NOG),
]


@pytest.mark.parametrize(("waar", "soort", "naar", "zin"), GEVALLEN)
def test_the_signaal_came_first(
    lijst: Lijst, waar: str, soort: type[g.Gebeurtenis], naar: int | None, zin: str
) -> None:
    signaal, klacht = paar(lijst)
    nummer = {"signaal": signaal, "klacht": klacht}[waar]
    voor = lijst.register.stand()

    def doe() -> None:
        if naar is None:
            herroep(lijst, nummer, soort)
        else:
            corrigeer(lijst, nummer, soort, gebeurd_op=dag(naar))

    if zin:
        with pytest.raises(Geweigerd) as fout:
            doe()
        assert str(fout.value) == zin.format(klacht=klacht)
        assert lijst.register.stand() == voor
    else:
        doe()
        assert feit(lijst, nummer, soort).gebeurd_op == dag(naar or 0)
    # Whatever was corrected: the signaal was written down on the day that the klacht came in.
    ontvangen = feit(lijst, klacht, g.KlachtOntvangen).gebeurd_op
    assert feit(lijst, signaal, g.SignaalOpSchriftGesteld).gebeurd_op == ontvangen


def test_a_signaal_is_not_moved_to_another_klacht(lijst: Lijst) -> None:
    signaal, _ = paar(lijst)
    ander = lijst.intake(op=KLACHT)
    with pytest.raises(Geweigerd, match="Dit kan niet gecorrigeerd worden: klachtnummer"):
        corrigeer(lijst, signaal, g.SignaalOpSchriftGesteld, waarden={"klachtnummer": ander})


def test_what_is_no_day_leaves_the_signaal_alone(lijst: Lijst) -> None:
    signaal, klacht = paar(lijst)
    voor = len(lijst.register.vastleggingen(signaal))
    corrigeer(lijst, klacht, g.KlachtOntvangen, waarden={"traject": "Ander traject"})
    assert len(lijst.register.vastleggingen(signaal)) == voor


@pytest.mark.parametrize(
    "was",
    [
        g.SignaalOntvangen(gebeurd_op=dag(8), kanaal="telefoon", vestiging="weert", ontvanger="gijs"),
        g.SignaalOpSchriftGesteld(gebeurd_op=dag(8), klachtnummer="K2026-0001"),
    ],
)
def test_a_day_that_stays_as_it_was_is_not_asked_about(was: g.Gebeurtenis) -> None:
    """What was recorded before this was held against each other stays, and its texts can be put right."""
    check_corrected_signaal(cast(Any, None), was, replace(was, reden="Tikfout"))


def test_a_later_day_of_receipt_moves_in_the_signaal_too(lijst: Lijst) -> None:
    signaal, klacht = paar(lijst)
    for soort in (g.CoordinatorGeinformeerd, g.KlachtGeregistreerd, g.KlachtOntvangen):
        corrigeer(lijst, klacht, soort, gebeurd_op=dag(KLACHT + 1))
    assert feit(lijst, signaal, g.SignaalOpSchriftGesteld).gebeurd_op == dag(KLACHT + 1)


def test_a_klacht_that_is_vervallen_gives_its_signaal_back(lijst: Lijst) -> None:
    """And stays vervallen: the signaal may have become another klacht since."""
    signaal, klacht = paar(lijst)
    vervallen = {"grond": "vergissing", "dubbel_van": ""}
    lijst.doe("stap_03_laten_vervallen", "anna", klacht, op=6, **vervallen)
    herroep(lijst, klacht, g.KlachtVervallen)
    lijst.doe("stap_03_laten_vervallen", "anna", klacht, op=6, **vervallen)
    herroep(lijst, signaal, g.SignaalOpSchriftGesteld)
    assert (signaal, "open") in status(lijst)
    with pytest.raises(Geweigerd) as fout:
        herroep(lijst, klacht, g.KlachtVervallen)
    opnieuw = "Leg de klacht opnieuw vast (stap 1)."
    assert str(fout.value) == f"Signaal {signaal} is niet meer op schrift gesteld als deze klacht. {opnieuw}"
    assert nr_van(lijst, lijst.intake(op=KLACHT, signaal=signaal), g.KlachtOntvangen)
    with pytest.raises(Geweigerd, match="is niet meer op schrift gesteld als deze klacht"):
        herroep(lijst, klacht, g.KlachtVervallen)


def status(lijst: Lijst) -> set[tuple[str, str]]:
    with lijst.register.cursor() as cursor:
        rijen = cursor.execute("SELECT klachtnummer, status FROM signaal_stand WHERE tot = DATE '9999-12-31'")
        return {(rij[0], rij[1]) for rij in rijen.fetchall()}
