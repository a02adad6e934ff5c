"""What writes in two dossiers asks the rules of both: a link stands in the other klacht too, and goes from both."""

from __future__ import annotations

from datetime import date

import pytest

from klachten import gebeurtenissen as g
from klachten.handelingen import Geweigerd, dossier_van
from tests.lijsten import Lijst
from tests.test_correctie import dag

WIE = {"C": "anna", "B": "bas", "D": "carla"}
# How the other klacht is, and who may link one to it that Bas handles: C coordinator, B behandelaar here, D directie.
ANDER = {
    "nobody involved": "CD",
    "handled by the same": "CBD",
    "the coordinator involved": "D",
    "a directielid involved": "C",
    "the behandelaar of this one involved": "CD",
    "all of them involved": "",
    "ended": "CD",
    "vervallen": "",
}
BETROKKEN = {
    "the coordinator involved": ("anna",),
    "a directielid involved": ("carla",),
    "the behandelaar of this one involved": ("bas",),
    "all of them involved": ("anna", "carla", "frank"),
}


def tweede(lijst: Lijst, hoe: str) -> str:
    nummer = lijst.intake(betrokkenen=BETROKKEN.get(hoe, ()))
    if hoe == "handled by the same":
        lijst.doe("stap_04_toewijzen_behandelaar", "anna", nummer, behandelaar="bas")
    if hoe == "ended":
        lijst.doe("intrekken_klacht", "anna", nummer, wijze="brief")
    if hoe == "vervallen":
        lijst.doe("stap_03_laten_vervallen", "anna", nummer, grond="vergissing")
    return nummer


def links(lijst: Lijst, nummer: str) -> list[tuple[str, str, str, date]]:
    return [
        (v.feit.met, v.door, v.rol, v.feit.gebeurd_op)
        for v in dossier_van(lijst.register, nummer).geldig
        if isinstance(v.feit, g.KlachtGekoppeld)
    ]


def nr_van(lijst: Lijst, nummer: str) -> int:
    (nr,) = [
        v.corrigeert or v.nr
        for v in dossier_van(lijst.register, nummer).geldig
        if isinstance(v.feit, g.KlachtGekoppeld)
    ]
    return nr


def mag(lijst: Lijst, handeling: str, wie: str, nummer: str, **invoer: object) -> bool:
    """Do it; refused, nothing may be recorded, and the sentence names the other klacht."""
    voor = lijst.register.stand()
    try:
        lijst.doe(handeling, wie, nummer, **invoer)
    except Geweigerd as fout:
        zin = str(fout)
    else:
        return True
    # Of a klacht that is not for the user not even that it is there.
    assert zin.startswith(("Dit komt ook in het dossier van klacht K2026-", "Klacht K2026-"))
    assert zin.startswith("Dit") or zin.endswith("staat niet in het register, of is niet voor u.")
    assert lijst.register.stand() == voor
    return False


@pytest.mark.parametrize("hoe", ANDER)
def test_who_may_link_asks_the_rights_in_both(lijst: Lijst, hoe: str) -> None:
    ander = tweede(lijst, hoe)
    mogen = ""
    for letter, wie in WIE.items():
        nummer = lijst.intake()
        lijst.doe("stap_04_toewijzen_behandelaar", "anna", nummer, behandelaar="bas")
        if mag(lijst, "stap_03_koppelen_klacht", wie, nummer, met=ander):
            mogen += letter
            assert links(lijst, nummer)[0][:2] == (ander, wie)
            assert links(lijst, ander)[-1][:2] == (nummer, wie)
    assert mogen == ANDER[hoe]


@pytest.mark.parametrize(
    ("later", "mogen"), [("", "CD"), ("anna", "D"), ("carla", "C"), ("bas", "CD"), ("vervallen", "CD")]
)
def test_a_link_is_put_right_and_taken_back_in_both(lijst: Lijst, later: str, mogen: str) -> None:
    """From either side, by whoever may correct both; what happened to the other one since then counts."""
    for letter, wie in WIE.items():
        een, ander = lijst.intake(), lijst.intake(op=2)
        lijst.doe("stap_04_toewijzen_behandelaar", "anna", een, behandelaar="bas")
        lijst.doe("stap_03_koppelen_klacht", "frank", een, op=5, met=ander)
        if later == "vervallen":
            lijst.doe("stap_03_laten_vervallen", "frank", ander, op=6, grond="vergissing")
        elif later:
            lijst.doe("stap_04_toevoegen_betrokkene", "frank", ander, op=6, betrokkene=later)
        nr = nr_van(lijst, een)
        # Before the other one was received: there it is linked on the day of its receipt.
        kan = mag(lijst, "corrigeren_feit", wie, een, nr=nr, gebeurd_op=date(2026, 2, 3))
        assert kan is (letter in mogen)
        if kan:
            assert links(lijst, een) == [(ander, wie, links(lijst, een)[0][2], date(2026, 2, 3))]
            assert links(lijst, ander) == [(een, wie, links(lijst, ander)[0][2], date(2026, 2, 4))]
        van_ander = letter == "D"
        nummer = ander if van_ander else een
        if not (van_ander and later == "carla"):
            assert mag(lijst, "herroepen_feit", wie, nummer, nr=nr_van(lijst, nummer), op=7) is (letter in mogen)
        over = 0 if letter in mogen else 1
        assert (len(links(lijst, een)), len(links(lijst, ander))) == (over, over)
        if over == 0 and later != "vervallen":
            lijst.doe("stap_03_koppelen_klacht", "frank", een, op=8, met=ander)


def test_with_which_klacht_it_is_linked_is_no_correction_but_another_link(lijst: Lijst) -> None:
    een, ander, derde = lijst.intake(), lijst.intake(), lijst.intake()
    lijst.doe("stap_03_koppelen_klacht", "anna", een, met=ander)
    with pytest.raises(Geweigerd, match="Dit kan niet gecorrigeerd worden: met"):
        lijst.doe("corrigeren_feit", "anna", een, nr=nr_van(lijst, een), waarden={"met": derde})


def test_of_three_links_only_the_one_that_is_put_right_moves(lijst: Lijst) -> None:
    laag, een, midden, hoog = (lijst.intake() for _ in range(4))
    for ander in (laag, een, hoog):
        lijst.doe("stap_03_koppelen_klacht", "anna", midden, op=3, met=ander)
    (nr,) = [v.nr for v in lijst.register.vastleggingen(een) if isinstance(v.feit, g.KlachtGekoppeld)]
    lijst.doe("corrigeren_feit", "anna", een, nr=nr, gebeurd_op=dag(4), waarden={}, reden="Tikfout")
    dagen = {feit.met: feit.gebeurd_op for feit in dossier_van(lijst.register, midden).van(g.KlachtGekoppeld)}
    assert dagen == {laag: dag(3), een: dag(4), hoog: dag(3)}
