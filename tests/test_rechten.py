"""The table of rights, walked cell by cell: role x involved or not x handeling x state of the dossier.

What must come out stands in rechten.csv, written by hand. A cell names who may: C coordinator, B behandelaar of this
klacht, D directie, A actienemer of its maatregel, M medewerker, X beheerder, N analist, U auditor; a small letter is
the same person when involved in the klacht. The columns are the states of STANDEN.
"""

from __future__ import annotations

from datetime import timedelta

from klachten import gebeurtenissen as g
from klachten.dossier.evaluatie import EvaluatieDossier, mag_evaluatie
from klachten.dossier.lezen import Leesrecht, leesrecht, mag_lezen
from klachten.dossier.mag import mag
from klachten.dossier.rechten import NAMENS, rollen_voor
from klachten.handelingen import HANDELINGEN
from klachten.scherm.hulp import waarom
from tests.standenproef import ANDEREN, D0, MENSEN, STANDEN, dossier, mensen, ontvangst, op, rows, vastgelegd
from tests.voorbeeldfirma import COULANT

# Those people are the cast, here too.
__all__ = ["mensen"]


def test_the_table_is_walked_cell_by_cell():
    anders, cellen, soorten = [], 0, set()
    for handeling, stand, verwacht in rows():
        for letter, wie in MENSEN.items():
            for teken, betrokken in ((letter, ""), (letter.lower(), wie.id)):
                cellen += 1
                weigering = mag(dossier(STANDEN[stand], betrokken), handeling, wie, COULANT)
                mag_het = weigering is None
                soorten |= {weigering.soort} if weigering else set()
                if mag_het != (teken in verwacht):
                    anders.append(f"{handeling} in {stand} door {teken}: {'mag' if mag_het else 'mag niet'}")
    assert anders == []
    # 51 handelingen x 21 states x 8 roles x involved or not.
    assert cellen == 17_136
    # Every refusal is of a kind that the help explains.
    assert len(soorten) > 20
    assert soorten <= set(waarom.alle())


def test_the_table_holds_every_handeling_of_a_klacht_and_every_state():
    van_een_klacht = {h.naam for h in HANDELINGEN.values() if h.reeks == "K" and not h.nieuw}
    assert {handeling for handeling, _, _ in rows()} == van_een_klacht
    assert {stand for _, stand, _ in rows()} == set(STANDEN)
    assert van_een_klacht > NAMENS


def test_being_involved_leaves_three_things():
    """Of all cells only these are open to somebody involved."""
    klein = {(handeling, wie) for handeling, _, wie in rows() if wie != wie.upper()}
    assert klein == {("stap_02_informeren_coordinator", "CcDdM"), ("stap_11_uitvoeren_maatregel", "BAa")}


# What starts a dossier of its own, and what is done with an evaluation: nobody is involved there.
NIEUW = {
    "stap_01_ontvangen_signaal": "CDM",
    "stap_01_indienen_klacht": "CDM",
    "stap_01_afdoen_signaal": "CDM",
    "stap_16_evalueren_klachten": "D",
    "stap_16_vaststellen_trajecten": "CD",
}
# Columns: nothing decided yet; a verbeteractie of A, not told; told; carried out.
EVALUATIE = {
    "stap_16_heropenen_evaluatie": ("D", "D", "D", "D"),
    "stap_16_bepalen_verbeteractie": ("D", "D", "D", "D"),
    "stap_16_wijzigen_verbeteractie": ("", "D", "D", ""),
    "stap_16_laten_vervallen_verbeteractie": ("", "D", "D", ""),
    "stap_17_informeren_actienemer": ("", "D", "", ""),
    "stap_18_uitvoeren_verbeteractie": ("", "DA", "DA", ""),
    "stap_18_waarnemen_verandering": ("", "", "", "CD"),
    "corrigeren_feit": ("D", "D", "D", "D"),
    "herroepen_feit": ("D", "D", "D", "D"),
}


def test_what_starts_a_dossier_is_open_to_these_roles():
    gevonden = {}
    for naam in NIEUW:
        handeling = HANDELINGEN[naam]
        gevonden[naam] = "".join(
            sorted(letter for letter, wie in MENSEN.items() if handeling.toets(None, wie, COULANT)[1] is None)
        )
    assert gevonden == NIEUW
    assert {h.naam for h in HANDELINGEN.values() if h.nieuw and h.reeks not in "OP"} <= set(NIEUW)


def test_an_evaluation_is_walked_cell_by_cell():
    actie = g.VerbeteractieBepaald(**op(20), verbeteractie=1, actienemer="a", uiterlijk_op=D0 + timedelta(60))
    leeg = [g.EvaluatieGehouden(**op(19), jaar=2025, directieleden=("d",))]
    verteld = [*leeg, actie, g.VerbeteractieMeegedeeld(**op(21), verbeteractie=1)]
    standen = [leeg, [*leeg, actie], verteld, [*verteld, g.VerbeteractieUitgevoerd(**op(22), verbeteractie=1)]]
    gevonden, cellen = {}, 0
    for naam in EVALUATIE:
        rij = []
        for feiten in standen:
            evaluatie = EvaluatieDossier("E2026-0001", vastgelegd("E2026-0001", feiten))
            rollen = rollen_voor(naam, COULANT, "E")
            mogen = [letter for letter, wie in MENSEN.items() if mag_evaluatie(evaluatie, naam, wie, rollen) is None]
            cellen += len(MENSEN)
            rij.append("".join(sorted(mogen, key="CBDA".find)))
        gevonden[naam] = tuple(rij)
    assert gevonden == EVALUATIE
    assert cellen == 288


# Who reads the dossier: the leading people, an auditor, the behandelaar, until there is one the ontvanger, and the
# recorder of the outside person. A small letter reads a part: an own maatregel, or that it came in.
LEZEN = {"on": "CDUO", "re": "CDUO", "ma": "CBDaUo", "af": "CBDaUo", "bd": "CUO", "bm": "MUO", "bh": "BMUo"}


def test_who_may_read_the_dossier():
    gevonden = {}
    for stand in LEZEN:
        lezers = {**MENSEN, "O": ANDEREN[2]}
        recht = {letter: leesrecht(dossier(STANDEN[stand]), wie) for letter, wie in lezers.items()}
        gevonden[stand] = "".join(
            letter if hoe is Leesrecht.HEEL else letter.lower() for letter, hoe in recht.items() if hoe
        )
        for letter, wie in lezers.items():
            assert not leesrecht(dossier(STANDEN[stand], wie.id), wie), f"{letter} is involved"
            weigering = mag_lezen(dossier(STANDEN[stand], wie.id), wie)
            assert weigering == "Klacht K2026-0001 staat niet in het register, of is niet voor u."
    assert gevonden == LEZEN


def test_a_refusal_names_the_step_and_what_helps():
    b = dossier(STANDEN["bh"])
    assert mag(dossier(STANDEN["bd"]), "stap_15_voorleggen_geschil", MENSEN["C"], COULANT) == (
        "Stap 15: de indiener heeft nog geen meningsverschil gemeld. Leg dat eerst vast."
    )
    assert mag(b, "stap_15_voorleggen_geschil", MENSEN["D"], COULANT) == (
        "Stap 15 kan niet door u: u bent betrokken bij klacht K2026-0001. Iemand anders doet dit."
    )
    zonder = [feit for feit in STANDEN["bh"] if not isinstance(feit, g.BuitenstaanderAangewezen)]
    for wie, begin in (("D", "Stap 15 kan niet door u: u bent betrokken bij klacht K2026-0001."), ("M", "Stap 15 kan")):
        zin = mag(dossier(zonder), "stap_15_voorleggen_geschil", MENSEN[wie], COULANT) or ""
        assert zin.startswith(begin)
        assert zin.endswith("Elk directielid is betrokken: wijs eerst iemand van buiten aan (stap 4).")
    assert mag(dossier(STANDEN["re"]), "stap_04_aanwijzen_buitenstaander", MENSEN["C"], COULANT) == (
        "Stap 4: Dia en Dop zijn niet betrokken bij deze klacht, dus de directie kan dit zelf. Iemand van buiten is "
        "niet nodig."
    )
    assert "Stap 4: Dop is niet betrokken" in (
        mag(dossier(STANDEN["re"], "d"), "stap_04_aanwijzen_buitenstaander", MENSEN["C"], COULANT) or ""
    )


def test_the_escape_ends_when_somebody_of_directie_turns_out_not_to_be_involved():
    """Taken back, the involvement of d2 makes directie able to act again, and nobody acts on an outsider's behalf."""
    feiten = STANDEN["bh"]
    assert mag(dossier(feiten), "stap_15_voorleggen_geschil", MENSEN["M"], COULANT) is None
    vrij = [ontvangst("c", "d"), *feiten[1:]]
    assert "Stap 15 kan niet door Mia" in (mag(dossier(vrij), "stap_15_voorleggen_geschil", MENSEN["M"], COULANT) or "")
    assert mag(dossier(vrij), "stap_15_voorleggen_geschil", ANDEREN[0], COULANT) is None
