"""The table of rights, walked cell by cell: role x involved or not x handeling x state of the dossier.

What must come out stands in rechten.csv, written by hand. A cell names who may: C coordinator, B behandelaar of this
klacht, D directie, A actienemer of its maatregel, M medewerker, X beheerder, N analist, U auditor; a small letter is
the same person when involved in the klacht. The columns are the states of STANDEN.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.evaluatie import EvaluatieDossier, mag_evaluatie
from klachten.dossier.klacht import Dossier
from klachten.dossier.lezen import Leesrecht, leesrecht, mag_lezen
from klachten.dossier.mag import mag
from klachten.dossier.rechten import NAMENS, rollen_voor
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen import HANDELINGEN
from klachten.organisatie import Gebruiker
from klachten.scherm.hulp import waarom
from tests.voorbeeldfirma import COULANT

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
