"""What a handeling of steps 2 to 15 makes of its input in the states of standenproef."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import ontvangst as ontvangst_2
from klachten.handelingen.veld import BUITEN
from klachten.register import Register
from tests.feitenproef import dag, klacht, register
from tests.lichaamproef import ACHT, ANNA, DIRECTIE, NAMENS, WIJZIG, Feitenlijst, acht, doe, m, wijzig, zeg
from tests.standenproef import STANDEN, ontvangst, op

# The register of feitenproef, in which nothing is recorded.
__all__ = ["register"]

AFWEZIG = [STANDEN["on"][0], g.CoordinatorGeinformeerd(**op(0), geinformeerde="d", coordinator_afwezig=True)]
C_BETROKKEN = [ontvangst("anna"), *STANDEN["re"][1:]]
A_BETROKKEN = [ontvangst("anna"), *STANDEN["oz"][1:]]
D2_BETROKKEN = [ontvangst("frank"), *STANDEN["oz"][1:]]
ALLEN = [ontvangst("carla", "frank"), *STANDEN["oz"][1:]]
ALLEN_MET_BUITEN = [*ALLEN, g.BuitenstaanderAangewezen(**op(1), persoon="Mr. Buiten")]
C_EN_D = [ontvangst("anna", "carla", "frank"), *STANDEN["re"][1:]]
BEVESTIGD = [*STANDEN["to"], g.OntvangstBevestigd(**op(2), wijze="brief", behandelaar="b")]
VAN_DIRK = [*STANDEN["re"], g.BehandelaarToegewezen(**op(1), behandelaar="p", toegewezen_door="c")]
VERVALLEN = [*STANDEN["ma"], g.MaatregelVervallen(**op(7), maatregel=1, overlegd_met="d2")]
OVERLEGD = STANDEN["vo"][:-1]
HEROPEND = [*STANDEN["af"], g.KlachtHeropend(**op(12), grond="oordeel")]

WAAROM = "De coördinator handelt de klacht af, tenzij die betrokken is (stap 4). Waarom nu iemand anders?"
KAN = "De coördinator is niet betrokken en niet afwezig; dan handelt de coördinator de klacht af (stap 4)."
EIGEN = "Carla Verhoeven en Frank Maes zijn niet betrokken: overleg binnen de directie (stap 8)."
DAN_DIRECTEUR = "Is de coördinator afwezig, informeer dan de directeur (stap 2)."
NIET_DIRECTEUR = ontvangst_2.NIET_AFWEZIG
ZELF = "U bent betrokken bij deze klacht: leg alleen vast dat u het zelf hebt gehoord (stap 2)."
FRANK = "Stap 8: Frank Maes is betrokken bij deze klacht; overleg met een directielid dat er niet bij betrokken is."
NIEMAND = (
    "Elk directielid is betrokken; ons advies is overleg met iemand van buiten, en nog niemand is aangewezen (stap 4)."
)
PAS = "Maatregel 1 is pas bepaald op 10 januari 2026 (stap 8)."
AL_ZO = "Maatregel 1 is al zo; vul in wat er verandert (stap 8)."
KIES = "De coördinator kan dit niet vastleggen: kies een collega die niet betrokken is (stap 4)."
BETROKKEN = (
    "Stap 4: Anna de Wit is betrokken bij deze klacht en kan daarom niet de behandelaar zijn. Kies iemand die er "
    "niet bij betrokken is."
)
PAS_UITGEVOERD = "De laatste maatregel is pas uitgevoerd op 13 januari 2026 (stap 11)."
LEGT_VAST = "De coördinator is niet betrokken en legt dit vast (stap 4)."

TWEE, DRIE, VIER = "stap_02_informeren_coordinator", "stap_03_laten_vervallen", "stap_04_toewijzen_behandelaar"
VERVANGEN, BUITEN_4 = "stap_04_vervangen_behandelaar", "stap_04_aanwijzen_buitenstaander"

WEG = "stap_08_laten_vervallen_maatregel"
NA_OORDEEL = ("stap_15_meedelen_oordeel", "stap_15_opvolgen_oordeel")
TIEN, ELF, DERTIEN = "stap_10_informeren_actienemer", "stap_11_uitvoeren_maatregel", "stap_13_afsluiten_klacht"


def elf(op_dag: int, verteld: int | None = None, maatregel: int = 1) -> dict[str, Any]:
    return m(op_dag, maatregel, behandelaar_geinformeerd_op=None if verteld is None else dag(verteld))


def vervang(behandelaar: str, verteld: int | None = None) -> dict[str, Any]:
    geinformeerd = None if verteld is None else dag(verteld)
    return {"op": dag(9), "behandelaar": behandelaar, "grond": "x", "indiener_geinformeerd_op": geinformeerd}


def twee(wie: str, *, afwezig: bool = False) -> dict[str, Any]:
    return {"op": dag(1), "geinformeerde": wie, "coordinator_afwezig": afwezig}


def voorleggen(verwacht: int) -> dict[str, Any]:
    return {"op": dag(12), "onafhankelijk_persoon": "Mr. Uit", "verwacht_op": dag(verwacht)}


def buiten(persoon: str, vastlegger: str = "") -> dict[str, Any]:
    return {"op": dag(1), "persoon": persoon, "vastlegger": vastlegger}


# A handeling on these facts by somebody in a role: what asks a reason, or the refusal.
ZEGT: list[tuple[str, Feitenlijst, tuple[str, str], dict[str, Any], list[str] | str]] = [
    (TWEE, STANDEN["on"], ANNA, twee("anna"), []),
    (TWEE, STANDEN["on"], ANNA, twee("carla"), NIET_DIRECTEUR),
    (TWEE, STANDEN["on"], ANNA, twee("anna", afwezig=True), DAN_DIRECTEUR),
    (TWEE, STANDEN["on"], ANNA, twee("carla", afwezig=True), []),
    (TWEE, [ontvangst("anna")], ANNA, twee("anna"), []),
    (TWEE, [ontvangst("anna")], ANNA, twee("carla", afwezig=True), ZELF),
    (TWEE, [ontvangst("gijs")], ("gijs", "medewerker"), twee("anna"), []),
    (TWEE, [ontvangst("eva")], ("eva", "medewerker"), twee("anna"), ZELF),
    # Of the grounds, also those of another reglement, only "dubbel" asks for the klacht that stays.
    (DRIE, STANDEN["re"], ANNA, {"op": dag(1), "grond": "andere"}, []),
    (DRIE, STANDEN["re"], ANNA, {"op": dag(1), "grond": "vergissing", "dubbel_van": ""}, []),
    (
        DRIE, STANDEN["re"], ANNA, {"op": dag(1), "grond": "dubbel", "dubbel_van": ""},
        "Noem de klacht die blijft: van een dubbele blijft er één (stap 3).",
    ),
    *(
        (
            DRIE, STANDEN["re"], ANNA, {"op": dag(1), "grond": grond, "dubbel_van": ander},
            "Noem het nummer van de andere klacht, bijvoorbeeld K2026-0007.",
        )
        for ander in ("K2026-0001", "S2026-0001") for grond in ("dubbel", "vergissing")
    ),
    (
        "stap_03_koppelen_klacht", STANDEN["re"], ANNA, {"op": dag(1), "met": "K2026-0001"},
        "Een klacht kan niet aan zichzelf gekoppeld worden.",
    ),
    (
        "stap_03_koppelen_klacht", STANDEN["re"], ANNA, {"op": dag(1), "met": "S2026-0001"},
        "'S2026-0001' is geen klachtnummer; een klachtnummer ziet eruit als K2026-0007.",
    ),
    ("stap_04_toevoegen_betrokkene", STANDEN["re"], ANNA, {"op": dag(1), "betrokkene": "eva"}, []),
    (
        "stap_04_toevoegen_betrokkene", [ontvangst("eva")], ANNA, {"op": dag(1), "betrokkene": "eva"},
        "Stap 4: Eva Bakker staat al bij de betrokkenen.",
    ),
    (VIER, STANDEN["re"], ANNA, {"op": dag(1), "behandelaar": "anna"}, []),
    (VIER, STANDEN["re"], ANNA, {"op": dag(1), "behandelaar": "bas"}, [WAAROM]),
    (VIER, STANDEN["re"], DIRECTIE, {"op": dag(1), "behandelaar": "anna"}, [KAN]),
    (VIER, STANDEN["re"], DIRECTIE, {"op": dag(1), "behandelaar": "bas"}, [KAN]),
    (VIER, C_BETROKKEN, DIRECTIE, {"op": dag(1), "behandelaar": "bas"}, []),
    (
        VIER, C_BETROKKEN, DIRECTIE, {"op": dag(1), "behandelaar": "anna"},
        BETROKKEN,
    ),
    (VIER, AFWEZIG, DIRECTIE, {"op": dag(1), "behandelaar": "bas"}, []),
    (VIER, AFWEZIG, ANNA, {"op": dag(1), "behandelaar": "bas"}, []),
    (VERVANGEN, STANDEN["to"], ANNA, vervang("dirk"), []),
    (VERVANGEN, STANDEN["oz"], ANNA, vervang("dirk"), ["De indiener kent nog de vorige behandelaar (stap 5)."]),
    (VERVANGEN, STANDEN["oz"], ANNA, vervang("dirk", 9), []),
    (VERVANGEN, BEVESTIGD, ANNA, vervang("dirk"), ["De indiener kent nog de vorige behandelaar (stap 5)."]),
    (VERVANGEN, VAN_DIRK, ANNA, vervang("bas"), []),
    (VERVANGEN, VAN_DIRK, ANNA, vervang("dirk"), "Dirk Smeets is al de behandelaar van deze klacht (stap 4)."),
    (VERVANGEN, STANDEN["oz"], ANNA, vervang("anna", 9), "Anna de Wit is al de behandelaar van deze klacht (stap 4)."),
    (BUITEN_4, ALLEN, ANNA, buiten("Mr. Uit"), []),
    (BUITEN_4, ALLEN, ANNA, buiten("Mr. Uit", "anna"), []),
    (BUITEN_4, ALLEN, ANNA, buiten("Mr. Uit", "hanna"), LEGT_VAST),
    (BUITEN_4, C_EN_D, ANNA, buiten("Mr. Uit"), KIES),
    (BUITEN_4, C_EN_D, ANNA, buiten("Mr. Uit", "hanna"), []),
    (
        BUITEN_4, C_EN_D, ANNA, buiten("Mr. Uit", "anna"),
        "Stap 4: Anna de Wit is betrokken bij deze klacht. Kies iemand die dat niet is.",
    ),
    *(
        (
            BUITEN_4, ALLEN, ANNA, buiten(naam),
            f"{wie} werkt bij de organisatie. Noem iemand van buiten, die onafhankelijk is.",
        )
        for wie, namen in (("Anna de Wit", ("ANNA", "anna de wit", "Mw. Anna de  Wit, coördinator")),
                           ("Iris Kuipers", ("dr. Iris Kuipers",)))
        for naam in namen
    ),
    *((BUITEN_4, ALLEN, ANNA, buiten(naam), []) for naam in ("Hanna de Witte", "Anna de Witte", "Mr. Iris", "de Wit")),
    (
        BUITEN_4, ALLEN, ANNA, buiten("mr. B. Janssen"),
        [
            "'mr. B. Janssen' lijkt op Bas Janssen, die bij de organisatie werkt. Is het iemand anders, zeg dan wie."
        ],
    ),
    (ACHT, STANDEN["oz"], ANNA, acht("carla"), []),
    (ACHT, STANDEN["oz"], ANNA, acht("carla", tot=6), []),
    (
        ACHT, STANDEN["oz"], ANNA, acht("carla", tot=5),
        "De uiterste datum ligt vóór 11 januari 2026, de dag waarop hij is bepaald.",
    ),
    (ACHT, STANDEN["oz"], ANNA, acht(BUITEN), EIGEN),
    (ACHT, D2_BETROKKEN, ANNA, acht(BUITEN), EIGEN.replace(" en Frank Maes zijn", " is")),
    (ACHT, D2_BETROKKEN, ANNA, acht("frank"), FRANK),
    (ACHT, D2_BETROKKEN, ANNA, acht("carla"), []),
    # Whoever is involved, also with a name before "buiten" in the alphabet.
    (ACHT, A_BETROKKEN, ANNA, acht("anna"), FRANK.replace("Frank Maes", "Anna de Wit")),
    (ACHT, ALLEN, ANNA, acht(BUITEN), [NIEMAND]),
    (ACHT, ALLEN_MET_BUITEN, ANNA, acht(BUITEN), []),
    (
        "stap_08_afzien_van_maatregelen", D2_BETROKKEN, ANNA, {"op": dag(6), "overlegd_met": "frank"}, FRANK,
    ),
    (WIJZIG, STANDEN["ma"], ANNA, wijzig(7), AL_ZO),
    (WIJZIG, STANDEN["ma"], ANNA, wijzig(7, "gijs", 40, "carla"), AL_ZO),
    (WIJZIG, STANDEN["ma"], ANNA, wijzig(7, "dirk"), []),
    (WIJZIG, STANDEN["ma"], ANNA, wijzig(7, omschrijving="Bellen"), []),
    (WIJZIG, STANDEN["ma"], ANNA, wijzig(7, tot=41, overlegd_met="carla"), []),
    (WIJZIG, STANDEN["ma"], ANNA, wijzig(5, "dirk"), []),
    (WIJZIG, STANDEN["ma"], ANNA, wijzig(4, "dirk"), PAS),
    (
        WIJZIG, STANDEN["ma"], ANNA, wijzig(7, tot=41),
        "Vul in met wie van de directie is overlegd: een andere datum vraagt dat ook (stap 8).",
    ),
    (WIJZIG, STANDEN["ma"], ANNA, wijzig(7, "dirk", overlegd_met=BUITEN), EIGEN),
    (WIJZIG, STANDEN["ma"], ANNA, wijzig(7, tot=5, overlegd_met="carla"), []),
    (
        WIJZIG, STANDEN["ma"], ANNA, wijzig(7, tot=4, overlegd_met="carla"),
        "De maatregel is pas bepaald op 10 januari 2026 (stap 8).",
    ),
    (WEG, STANDEN["ma"], ANNA, m(5, overlegd_met="carla"), []),
    (WEG, STANDEN["ma"], ANNA, m(4, overlegd_met="carla"), PAS),
    (WEG, STANDEN["ma"], ANNA, m(7, overlegd_met=""), []),
    (WEG, STANDEN["ma"], ANNA, m(7, overlegd_met=BUITEN), EIGEN),
    (WEG, STANDEN["ma"], ANNA, m(7, 2, overlegd_met="carla"), "Maatregel 2 van klacht K2026-0001 bestaat niet."),
    (
        WEG, STANDEN["ui"], ANNA, m(9, overlegd_met="carla"),
        "Maatregel 1 van klacht K2026-0001 is al uitgevoerd of vervallen.",
    ),
    (TIEN, STANDEN["ma"], ANNA, m(5), []),
    (TIEN, STANDEN["ma"], ANNA, m(4), ["Maatregel 1 is pas bepaald op 10 januari 2026 (stap 8)."]),
    (TIEN, STANDEN["ma"], ANNA, m(6, 2), "Maatregel 2 bestaat niet of is vervallen (stap 10)."),
    (TIEN, VERVALLEN, ANNA, m(8), "Maatregel 1 bestaat niet of is vervallen (stap 10)."),
    (TIEN, STANDEN["ui"], ANNA, m(8), "Stap 10 is al gedaan: Gijs Peters is op 12 januari 2026 geïnformeerd."),
    (ELF, STANDEN["ma"], ("gijs", "actienemer"), elf(5), []),
    (ELF, STANDEN["ma"], ("dirk", "actienemer"), elf(5), "Stap 11: maatregel 1 is van Gijs Peters, niet van u."),
    (ELF, STANDEN["ma"], ("eva", "actienemer"), elf(5), "Stap 11: maatregel 1 is van Gijs Peters, niet van u."),
    (ELF, STANDEN["ma"], ("iris", "actienemer"), elf(5), "Stap 11: maatregel 1 is van Gijs Peters, niet van u."),
    (ELF, STANDEN["ma"], ("dirk", "behandelaar"), elf(5), []),
    (ELF, STANDEN["ma"], ("iris", "namens directie"), elf(5), []),
    (ELF, STANDEN["ma"], ANNA, elf(4), PAS),
    (ELF, STANDEN["ma"], ANNA, elf(8, 8), []),
    (ELF, STANDEN["ma"], ANNA, elf(8, 9), []),
    (ELF, STANDEN["ma"], ANNA, elf(8, 7), "De behandelaar hoort het pas als de maatregel is uitgevoerd (stap 11)."),
    (ELF, STANDEN["ma"], ANNA, elf(40), []),
    (
        ELF, STANDEN["ma"], ANNA, elf(41),
        ["Maatregel 1 moest uiterlijk 14 februari 2026 uitgevoerd zijn (stap 11)."],
    ),
    (DERTIEN, STANDEN["ui"], ANNA, {"op": dag(8)}, []),
    (DERTIEN, STANDEN["ui"], ANNA, {"op": dag(7)}, PAS_UITGEVOERD),
    (DERTIEN, STANDEN["oz"], ANNA, {"op": dag(0)}, []),
    (
        DERTIEN, HEROPEND, ANNA, {"op": dag(13)},
        ["Sinds de heropening op 17 januari 2026 is nog niets besloten (stap 8)."],
    ),
    (DERTIEN, [*HEROPEND, g.GeenMaatregelenNodig(**op(13), overlegd_met="d2")], ANNA, {"op": dag(13)}, []),
    (
        "stap_15_voorleggen_geschil", STANDEN["ge"], DIRECTIE, {"op": dag(12), "onafhankelijk_persoon": "Mr. Uit"},
        ["Eerst is onderling overleg bedoeld, en dat is nog niet vastgelegd (stap 15)."],
    ),
    (
        "stap_15_voorleggen_geschil", OVERLEGD, DIRECTIE, {"op": dag(12), "onafhankelijk_persoon": "Mr. Uit"}, [],
    ),
    (
        "stap_15_voorleggen_geschil", STANDEN["ge"], DIRECTIE, {"op": dag(12), "onafhankelijk_persoon": "bas"},
        "Bas Janssen werkt bij de organisatie. Noem iemand van buiten, die onafhankelijk is.",
    ),
    *((naam, STANDEN["he"], DIRECTIE, {"op": dag(14)}, []) for naam in NA_OORDEEL),
    *(
        (naam, STANDEN["he"], DIRECTIE, {"op": dag(13)}, "Het oordeel kwam pas op 19 januari 2026 (stap 15).")
        for naam in NA_OORDEEL
    ),
    ("stap_15_voorleggen_geschil", OVERLEGD, DIRECTIE, voorleggen(12), []),
    (
        "stap_15_voorleggen_geschil", OVERLEGD, DIRECTIE, voorleggen(11),
        "16 januari 2026 ligt vóór 17 januari 2026, de dag van het voorleggen.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("naam", "feiten", "wie", "invoer", "verwacht"), ZEGT)
def test_what_a_handeling_says(
    register: Register, naam: str, feiten: Feitenlijst, wie: tuple[str, str], invoer: Any, verwacht: list[str] | str
) -> None:
    assert zeg(register, naam, klacht(feiten), wie, invoer) == verwacht


def test_what_a_handeling_makes(register: Register) -> None:
    def maakt(naam: str, stand: Feitenlijst, wie: tuple[str, str] = ANNA, **invoer: Any) -> list[Gebeurtenis]:
        uit = doe(register, naam, klacht(stand), wie, {"op": dag(9), **invoer})
        assert not isinstance(uit, str), uit
        return uit[0]

    toen = {"gebeurd_op": dag(9)}
    for wie, door, namens in ((ANNA, "anna", ""), (DIRECTIE, "carla", ""), (NAMENS, BUITEN, "Mr. Buiten")):
        assert maakt(VIER, ALLEN_MET_BUITEN, wie, behandelaar="bas") == [
            g.BehandelaarToegewezen(**toen, behandelaar="bas", toegewezen_door=door, namens=namens)
        ]
        assert maakt(VERVANGEN, ALLEN_MET_BUITEN, wie, **vervang("bas", 8)) == [
            g.BehandelaarVervangen(
                **toen,
                behandelaar="bas",
                vorige="anna",
                toegewezen_door=door,
                namens=namens,
                grond="x",
                indiener_geinformeerd_op=dag(8),
            )
        ]
        assert maakt("stap_03_verwerken_klacht", ALLEN_MET_BUITEN, wie) == [
            g.KlachtGeregistreerd(**toen, namens=namens)
        ]
        assert maakt("stap_15_voorleggen_geschil", ALLEN_MET_BUITEN, wie, onafhankelijk_persoon="Mr. Uit") == [
            g.GeschilVoorgelegd(**toen, onafhankelijk_persoon="Mr. Uit", namens=namens)
        ]
        assert maakt("stap_15_opvolgen_oordeel", ALLEN_MET_BUITEN, wie, opvolging="deels", toelichting="x") == [
            g.OordeelOpgevolgd(**toen, opvolging="deels", toelichting="x", namens=namens)
        ]
        assert maakt("stap_15_heropenen_klacht", ALLEN_MET_BUITEN, wie, grond="x") == [
            g.KlachtHeropend(**toen, grond="x", namens=namens)
        ]
        assert maakt("stap_03_laten_vervallen", ALLEN_MET_BUITEN, wie, grond="vergissing", dubbel_van="") == [
            g.KlachtVervallen(**toen, grond="vergissing", namens=namens)
        ]
    assert maakt("stap_04_meedelen_behandelaar", STANDEN["vv"], wijze="brief") == [
        g.BehandelaarMeegedeeld(**toen, wijze="brief", behandelaar="anna")
    ]
    assert maakt("stap_05_bevestigen_ontvangst", STANDEN["to"], wijze="brief") == [
        g.OntvangstBevestigd(**toen, wijze="brief", behandelaar="anna")
    ]
    for stand, nr in (("oz", 1), ("ma", 2)):
        (feit,) = maakt(ACHT, STANDEN[stand], **acht("carla", op_dag=9))
        assert feit == g.MaatregelBepaald(
            **toen, maatregel=nr, actienemer="gijs", uiterlijk_op=dag(40), overlegd_met="carla"
        )
    leeg = {"actienemer": "", "uiterlijk_op": None, "omschrijving": "", "overlegd_met": ""}
    for anders in ({"actienemer": "dirk"}, {"omschrijving": "y"}, {"uiterlijk_op": dag(41), "overlegd_met": "carla"}):
        for zelfde in ({}, {"actienemer": "gijs"}, {"uiterlijk_op": dag(40)}, {"omschrijving": ""}):
            (feit,) = maakt(WIJZIG, STANDEN["ma"], maatregel=1, **{**leeg, **zelfde, **anders})
            assert feit == g.MaatregelGewijzigd(**toen, maatregel=1, **{**leeg, **anders})
    # What is as it was is not kept, whichever comes first in the alphabet.
    met_m = [replace(f, omschrijving="m") if isinstance(f, g.MaatregelBepaald) else f for f in STANDEN["ma"]]
    for anders in ({"omschrijving": "a"}, {"omschrijving": "z"}, {"actienemer": "dirk"}, {"actienemer": "iris"}):
        zelfde = {"actienemer": "gijs", "uiterlijk_op": dag(40), "omschrijving": "m", "overlegd_met": ""}
        (feit,) = maakt(WIJZIG, met_m, maatregel=1, **{**zelfde, **anders})
        assert feit == g.MaatregelGewijzigd(**toen, maatregel=1, **{**leeg, **anders})
    for stand, nodig, soorten in (
        ("vo", True, [g.OordeelOntvangen, g.KlachtHeropend]),
        ("vo", False, [g.OordeelOntvangen]),
        ("ma", True, [g.OordeelOntvangen]),
    ):
        oordeel = {"op": dag(13), "oordeel": "gegrond", "heropening_nodig": nodig}
        gemaakt = maakt("stap_15_ontvangen_oordeel", STANDEN[stand], **oordeel)
        assert [type(feit) for feit in gemaakt] == soorten
    uit = doe(register, "stap_03_toevoegen_document", klacht(STANDEN["re"]), ANNA, {"op": dag(9), "bestand": b"x"})
    assert uit[0] == [g.DocumentToegevoegd(**toen, document=hashlib.sha256(b"x").hexdigest(), naam="")]
    assert uit[2].document == b"x"
