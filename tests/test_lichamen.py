"""What a handeling makes of its input in the states of standenproef: the fact, what asks a reason, and what is refused.

Of facts alone: nothing is recorded, so fast enough to be mutated against. The stories of tests/dossiers record.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen import (
    HANDELINGEN,
    Geweigerd,
    OngeldigeInvoer,
    Zaak,
    dossier_van,
    reglement_van,
    uitvoering,
    zaak,
)
from klachten.handelingen import (
    ontvangst as ontvangst_2,
)
from klachten.handelingen.handeling import step_of
from klachten.handelingen.reglement import versie_op
from klachten.handelingen.termijn import LopendeTermijn, ended_by
from klachten.handelingen.veld import BUITEN
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.taal import datum
from klachten.voorbeeld.rolverdeling import ROLVERDELING
from tests.feitenproef import dag, klacht, register
from tests.standenproef import STANDEN, ontvangst, op, vastgelegd
from tests.voorbeeldfirma import COULANT

# The register of feitenproef, in which nothing is recorded.
__all__ = ["register"]

VANDAAG = dag(30)
ANNA, DIRECTIE, NAMENS = ("anna", "coordinator"), ("carla", "directie"), ("anna", "namens directie")
Feitenlijst = list[Gebeurtenis]


class Klaar(Exception):
    """Leaves the boeking, so that nothing is recorded."""


def doe(
    register: Register,
    naam: str,
    feiten: Feiten | None,
    wie: tuple[str, str],
    invoer: dict[str, Any],
    reglement: Reglement = COULANT,
    corrigeert: int | None = None,
) -> Any:
    """Return the facts, the warnings and the zaak; or the refusal."""
    gebruiker = organisatie.gebruiker(wie[0])
    assert gebruiker is not None
    uit: Any = None
    with contextlib.suppress(Klaar), register.schrijven() as boeking:
        nummer = feiten.klachtnummer if feiten else ""
        zaak = Zaak(register, boeking, feiten, nummer, gebruiker, wie[1], VANDAAG, reglement)
        zaak.corrigeert = corrigeert
        tekst = ("tekst", "regel", "keuze", "termijn")
        leeg = {veld.naam: "" if veld.soort in tekst else None for veld in HANDELINGEN[naam].velden}
        try:
            gemaakt = HANDELINGEN[naam].lichaam(zaak, **{**leeg, **invoer})
        except Geweigerd as fout:
            uit = str(fout)
        else:
            lijst = [gemaakt] if isinstance(gemaakt, Gebeurtenis) else list(gemaakt)
            uit = (lijst, [w.zin for w in zaak.waarschuwingen], zaak)
        raise Klaar
    return uit


def zeg(register: Register, naam: str, feiten: Feiten | None, wie: tuple[str, str], invoer: dict[str, Any]) -> Any:
    """The refusal, or the list of what asks a reason."""
    uit = doe(register, naam, feiten, wie, invoer)
    return uit if isinstance(uit, str) else uit[1]


# --- steps 2 to 15 ---------------------------------------------------------------------------------------------------

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
ACHT, WIJZIG, WEG = "stap_08_bepalen_maatregel", "stap_08_wijzigen_maatregel", "stap_08_laten_vervallen_maatregel"
NA_OORDEEL = ("stap_15_meedelen_oordeel", "stap_15_opvolgen_oordeel")
TIEN, ELF, DERTIEN = "stap_10_informeren_actienemer", "stap_11_uitvoeren_maatregel", "stap_13_afsluiten_klacht"


def m(op_dag: int, maatregel: int = 1, **anders: Any) -> dict[str, Any]:
    return {"op": dag(op_dag), "maatregel": maatregel, **anders}


def wijzig(op_dag: int, actienemer: str = "", tot: int | None = None, overlegd_met: str = "", **anders: Any) -> Any:
    uiterlijk = None if tot is None else dag(tot)
    return m(op_dag, actienemer=actienemer, uiterlijk_op=uiterlijk, overlegd_met=overlegd_met, **anders)


def acht(overlegd_met: str, tot: int = 40, op_dag: int = 6) -> dict[str, Any]:
    return {"op": dag(op_dag), "actienemer": "gijs", "uiterlijk_op": dag(tot), "overlegd_met": overlegd_met}


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

# --- what practice adds ----------------------------------------------------------------------------------------------

GEMACHTIGD = [*STANDEN["re"], g.GemachtigdeAangewezen(**op(1), naam="mr. Uit", contact="")]
GESTOPT = [*GEMACHTIGD, g.GemachtigdeAangewezen(**op(2), naam="", contact="", gestopt=True)]
GEGEVEN, GEWEIGERD = (
    [*STANDEN["re"], g.ToestemmingVastgelegd(**op(1), toestemming=toestemming)]
    for toestemming in ("gegeven", "geweigerd")
)
GEVRAAGD = [*STANDEN["af"], g.TevredenheidGevraagd(**op(12), wijze="brief")]
WEER_GEVRAAGD = [*GEVRAAGD, g.TevredenheidGevraagd(**op(14), wijze="brief")]
OVER_EVA = [ontvangst("eva"), *STANDEN["oz"][1:]]
GEEN_NAAM = "Laat de naam leeg als de indiener onbekend wil blijven."
WELKE_NAAM = "Vul de naam in waarmee de indiener bekend is geworden."
VINK_AAN = "Er staat een adres bij: vink aan dat de indiener bereikbaar is."
HAAL_WEG = "Er staat wel een gemachtigde bij. Haal die weg, of zet dit vinkje uit."
DAG_ERBIJ = "Er staat wel een dag bij. Haal die weg, of zet dit vinkje uit."
GEEN_TERMIJN = "Deze termijn stond op 14 januari 2026 niet open. Er staat geen termijn meer open."


def wie_is(onbekend: bool, bereikbaar: bool, naam: str = "", contact: str = "") -> dict[str, Any]:
    return {"op": dag(1), "onbekend": onbekend, "bereikbaar": bereikbaar, "naam": naam, "contact": contact}


PRAKTIJK: list[tuple[str, Feitenlijst, dict[str, Any], str]] = [
    *(
        ("stap_03_vastleggen_anonimiteit", STANDEN["re"], wie_is(*invoer), zin)
        for invoer, zin in [
            ((True, False), ""),
            ((True, True), ""),
            ((True, True, "", "Dorp 1"), ""),
            ((True, True, "J. Jansen"), GEEN_NAAM),
            ((True, False, "", "Dorp 1"), VINK_AAN),
            ((False, False), WELKE_NAAM),
            ((False, False, "J. Jansen"), ""),
            ((False, True, "J. Jansen"), ""),
            ((False, False, "J. Jansen", "Dorp 1"), VINK_AAN),
        ]
    ),
    *(
        ("stap_03_aanwijzen_gemachtigde", feiten, {"op": dag(3), "naam": naam, "contact": contact, "gestopt": weg}, zin)
        for feiten, naam, contact, weg, zin in [
            (STANDEN["re"], "mr. Uit", "", False, ""),
            (STANDEN["re"], "mr. Uit", "uit@post.example", False, ""),
            (STANDEN["re"], "", "", True, "Stap 3: er is geen gemachtigde vastgelegd."),
            (GESTOPT, "", "", True, "Stap 3: er is geen gemachtigde vastgelegd."),
            (GEMACHTIGD, "mr. Anders", "", False, ""),
            (GEMACHTIGD, "", "", True, ""),
            (GEMACHTIGD, "mr. Uit", "", True, HAAL_WEG),
            (GEMACHTIGD, "", "uit@post.example", True, HAAL_WEG),
        ]
    ),
    *(
        ("stap_03_vastleggen_toestemming", feiten, {"op": dag(3), "toestemming": toestemming}, zin)
        for feiten, toestemming, zin in [
            (STANDEN["re"], "gegeven", ""),
            (STANDEN["re"], "geweigerd", ""),
            (STANDEN["re"], "ingetrokken", "Er is nog geen toestemming gegeven die kan worden ingetrokken."),
            (GEWEIGERD, "ingetrokken", "Er is nog geen toestemming gegeven die kan worden ingetrokken."),
            (GEGEVEN, "ingetrokken", ""),
        ]
    ),
    *(
        ("stap_14_ontvangen_tevredenheid", feiten, {"op": dag(op_dag), "tevredenheid": "tevreden"}, zin)
        for feiten in (GEVRAAGD, WEER_GEVRAAGD)
        for op_dag, zin in [(12, ""), (11, "Het is pas gevraagd op 17 januari 2026."), (20, "")]
    ),
    *(
        (naam, OVER_EVA, {"op": dag(9), "medewerker": wie, "verslag": "x"}, zin)
        for naam, stap in [
            ("stap_06_inlichten_medewerker", 6),
            ("stap_06_horen_medewerker", 6),
            ("stap_09_informeren_medewerker", 9),
        ]
        for wie, zin in [
            ("eva", ""),
            ("gijs", f"Stap {stap}: Gijs Peters is niet betrokken bij deze klacht (stap 4)."),
        ]
    ),
    *(
        (
            "stap_06_horen_medewerker",
            OVER_EVA,
            {"op": dag(9), "medewerker": "eva", "verslag": verslag, "zag_af": af},
            zin,
        )
        for verslag, af, zin in [
            ("", False, "Vul in wat er is gezegd, of vink aan dat de medewerker dit niet wilde."),
            ("", True, ""),
            ("Liever schriftelijk.", True, ""),
        ]
    ),
    *(
        (
            "stap_03_aanvullen_gegevens",
            STANDEN["re"],
            {
                "op": dag(9),
                "gebeurtenis_van": None if van is None else dag(van),
                "gebeurtenis_tot": None if tot is None else dag(tot),
                "gebeurtenis_onbekend": onbekend,
            },
            zin,
        )
        for van, tot, onbekend, zin in [
            (0, None, False, ""),
            (1, None, False, "6 januari 2026 ligt na de ontvangst van de klacht op 5 januari 2026 (stap 1)."),
            (-3, -3, False, ""),
            # It went on after the klacht came in.
            (-3, 4, False, ""),
            (-3, -4, False, "1 januari 2026 ligt vóór 2 januari 2026, de eerste dag."),
            (None, -4, False, "Vul ook de eerste dag in, of alleen die."),
            (None, None, False, "Vul ten minste een van de gegevens in; de rest blijft zoals het is."),
            (None, None, True, ""),
            (-3, None, True, DAG_ERBIJ),
            (None, -3, True, DAG_ERBIJ),
        ]
    ),
    ("sturen_tussenbericht", STANDEN["to"], {"op": dag(9), "termijn": "bevestiging"}, GEEN_TERMIJN),
    ("toelichten_vertraging", STANDEN["to"], {"op": dag(9), "termijn": "bevestiging"}, GEEN_TERMIJN),
]


@pytest.mark.parametrize(("naam", "feiten", "invoer", "zin"), PRAKTIJK)
def test_what_a_handeling_of_practice_says(
    register: Register, naam: str, feiten: Feitenlijst, invoer: dict[str, Any], zin: str
) -> None:
    velden = {veld.naam for veld in HANDELINGEN[naam].velden}
    ingevuld = {veld: waarde for veld, waarde in invoer.items() if veld in velden}
    assert zeg(register, naam, klacht(feiten), ANNA, ingevuld) == (zin or [])


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


@pytest.mark.parametrize(("tot", "te_laat"), [(41, False), (42, False), (43, True)])
def test_a_maatregel_may_last_until_the_last_day_of_its_term(
    register: Register, monkeypatch: pytest.MonkeyPatch, tot: int, te_laat: bool
) -> None:
    lopend = {
        id: LopendeTermijn(id, naam, dag(tot_en_met), None)
        for id, naam, tot_en_met in [("maatregelen", "Maatregelen", 42), ("bevestiging", "Bevestiging", 14)]
    }
    monkeypatch.setattr(zaak, "termijnen_van", lambda *_: lopend)
    zin = f"{datum(dag(tot))} ligt na de termijn 'Maatregelen', die loopt tot en met 16 februari 2026 (stap 11)."
    verwacht = [zin] if te_laat else []
    assert zeg(register, ACHT, klacht(STANDEN["oz"]), ANNA, acht("carla", tot=tot)) == verwacht
    gewijzigd = wijzig(7, tot=tot, overlegd_met="carla")
    assert zeg(register, WIJZIG, klacht(STANDEN["ma"]), ANNA, gewijzigd) == verwacht


VERSTREKEN = "De termijn 'Afhandeling' was al verstreken op 16 februari 2026; verlengen kan niet meer."
LOOPT_AL = "De termijn loopt nu al tot en met 16 februari 2026."
TOT_16_MAART = "Verlengen kan tot en met 16 maart 2026."
STEMT_IN = "De termijn 'Afhandeling' is al verlengd. Verder uitstel kan alleen als de indiener schriftelijk instemt."
# A term up to day 42 that was extended so often already, of so many times that it may, and after that with consent or
# not; on which day and up to which one, with consent or not; and what is said.
VERLENGEN: list[tuple[int, int, bool, int, int, bool, str]] = [
    (0, 1, True, 42, 43, False, ""),
    (0, 1, True, 43, 50, False, VERSTREKEN),
    (0, 1, True, 30, 42, False, LOOPT_AL),
    (0, 1, True, 30, 41, True, LOOPT_AL),
    (0, 1, True, 30, 70, False, ""),
    (0, 1, True, 30, 71, False, TOT_16_MAART),
    (0, 1, True, 30, 71, True, TOT_16_MAART),
    (1, 1, True, 30, 60, False, STEMT_IN),
    (1, 1, True, 30, 90, True, ""),
    (2, 1, True, 30, 90, True, ""),
    (1, 1, False, 30, 60, True, "De termijn 'Afhandeling' is al verlengd; dat kan 1 keer."),
    (1, 2, False, 30, 70, False, ""),
    (1, 2, False, 30, 71, False, TOT_16_MAART),
    (2, 2, False, 30, 60, False, "De termijn 'Afhandeling' is al verlengd; dat kan 2 keer."),
]


@pytest.mark.parametrize(("eerder", "keer", "daarna", "op_dag", "tot", "instemming", "zin"), VERLENGEN)
def test_how_far_and_how_often_a_term_is_extended(
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    eerder: int,
    keer: int,
    daarna: bool,
    op_dag: int,
    tot: int,
    instemming: bool,
    zin: str,
) -> None:
    def zeg(corrigeert: int | None = None, verlengbaar: int | None = 70) -> Any:
        lopend = LopendeTermijn(termijn.id, "Afhandeling", dag(42), dag(verlengbaar) if verlengbaar else None)
        for stand in ("termijnen_van", "termijnen_bij"):
            monkeypatch.setattr(uitvoering, stand, lambda *_: {termijn.id: lopend})
        uit = doe(register, "verlengen_termijn", klacht(feiten), ANNA, invoer, reglement, corrigeert)
        return uit if isinstance(uit, str) else [feit.termijn for feit in uit[0]]

    awb9 = register.reglementen["awb9"]
    verlenging = next(t.verlenging for t in awb9.termijnen if t.verlenging)
    anders = replace(verlenging, keer=keer, met_instemming_daarna=daarna)
    termijnen = [replace(t, verlenging=t.verlenging and anders) for t in awb9.termijnen]
    termijn = next(t for t in termijnen if t.verlenging)
    reglement = replace(awb9, termijnen=tuple(termijnen))
    al = [g.TermijnVerlengd(**op(9), termijn=termijn.id, uiterlijk_op=dag(42)) for _ in range(eerder)]
    # Those of other terms do not count, whatever they are called.
    ander = [g.TermijnVerlengd(**op(9), termijn=id, uiterlijk_op=dag(42)) for id in ("aanvang", "x")]
    feiten = [*STANDEN["to"], *al, *ander]
    invoer = {"op": dag(op_dag), "uiterlijk_op": dag(tot), "instemming_indiener": instemming}
    assert zeg() == (zin or [termijn.id])
    # Put right, it is held against the term before it; and no last day is no limit.
    assert zeg(corrigeert=9) == (zin or [termijn.id])
    assert zeg(verlengbaar=None) == ([termijn.id] if zin in ("", TOT_16_MAART) else zin)


@pytest.mark.parametrize(
    ("wie", "gehoord", "verwerkt", "feiten"),
    [
        (ANNA, None, None, [("KlachtOntvangen", 5)]),
        (ANNA, None, 7, [("KlachtOntvangen", 5)]),
        (ANNA, 5, None, [("KlachtOntvangen", 5), ("CoordinatorGeinformeerd", 5), ("KlachtGeregistreerd", 30)]),
        (ANNA, 6, 7, [("KlachtOntvangen", 5), ("CoordinatorGeinformeerd", 6), ("KlachtGeregistreerd", 7)]),
        (("gijs", "medewerker"), 6, 7, [("KlachtOntvangen", 5), ("CoordinatorGeinformeerd", 6)]),
        (ANNA, 4, 7, "Stap 2 kan niet vóór de ontvangst op 10 januari 2026 (stap 1)."),
    ],
)
def test_what_an_intake_makes(
    register: Register, wie: tuple[str, str], gehoord: int | None, verwerkt: int | None, feiten: Any
) -> None:
    invoer = {
        "op": dag(5),
        "coordinator_op": None if gehoord is None else dag(gehoord),
        "verwerkt_op": None if verwerkt is None else dag(verwerkt),
        **dict.fromkeys(("ontvanger", "signaal"), ""),
        "feiten_vermeld": True,
    }
    uit = doe(register, "stap_01_indienen_klacht", None, wie, invoer)
    if isinstance(uit, str):
        assert uit == feiten
        return
    assert [(type(feit).__name__, (feit.gebeurd_op - dag(0)).days) for feit in uit[0]] == feiten
    assert uit[2].klachtnummer == "K2026-0001"
    assert (uit[0][0].reglement, uit[0][0].reglement_versie) == ("coulant", COULANT.versie_op(dag(5)))
    assert [feit.geinformeerde for feit in uit[0] if isinstance(feit, g.CoordinatorGeinformeerd)] in ([], ["anna"])


def test_of_more_coordinators_the_first_hears_of_an_intake_by_somebody_else(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    ook = replace(ROLVERDELING[-1], rollen=frozenset({"coordinator"}))
    monkeypatch.setattr(organisatie, "_open", {0: organisatie.of_users((*ROLVERDELING, ook))})
    invoer = {"op": dag(5), "coordinator_op": dag(5), "verwerkt_op": None, "ontvanger": "", "signaal": ""}
    (_, gehoord), _, _ = doe(register, "stap_01_indienen_klacht", None, ("gijs", "medewerker"), invoer)
    assert gehoord.geinformeerde == "anna"


def test_without_a_coordinator_or_a_signaal_an_intake_cannot_name_them(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoer = {"op": dag(5), "coordinator_op": None, "verwerkt_op": None, "ontvanger": "", "signaal": "S2026-0009"}
    gijs, zonder = ("gijs", "medewerker"), {**invoer, "signaal": "", "coordinator_op": dag(5)}
    weigering = "S2026-0009 is geen signaal in het register."
    assert doe(register, "stap_01_indienen_klacht", None, gijs, invoer) == weigering
    anderen = tuple(persoon for persoon in ROLVERDELING if not persoon.heeft("coordinator"))
    monkeypatch.setattr(organisatie, "_open", {0: organisatie.of_users(anderen)})
    assert doe(register, "stap_01_indienen_klacht", None, gijs, zonder) == (
        "Stap 2: er is geen coördinator in het register. Vraag de beheerder er een aan te wijzen."
    )


# --- what they have in common ----------------------------------------------------------------------------------------


def test_a_handeling_that_starts_a_dossier_names_the_step_and_who_does_it() -> None:
    def toets(naam: str, wie: str, feiten: Feiten | None = None) -> tuple[str, str | None]:
        gebruiker = organisatie.gebruiker(wie)
        assert gebruiker is not None
        return HANDELINGEN[naam].toets(feiten, gebruiker, COULANT)

    zin = "Stap 1 kan niet door Hanna Vos: dit doet de medewerker, coördinator of directie."
    assert toets("stap_01_indienen_klacht", "hanna") == ("", zin)
    assert toets("stap_01_indienen_klacht", "anna") == ("medewerker", None)
    trajecten = Feiten(
        "T2026", vastgelegd("T2026", [g.TrajectenVastgesteld(**op(9), jaar=2026, vestiging="x", aantal=1)])
    )
    zin = "Dit kan niet door Bas Janssen: dit doet de coördinator of directie."
    assert toets("corrigeren_feit", "bas", trajecten) == ("", zin)
    assert toets("corrigeren_feit", "anna", trajecten) == ("coordinator", None)
    zin = "Stap 17 kan niet door Gijs Peters: dit doet de directie."
    assert toets("stap_17_informeren_actienemer", "gijs", evaluatie(BEPAALD)) == ("", zin)
    assert toets("stap_17_informeren_actienemer", "carla", evaluatie(BEPAALD)) == ("directie", None)
    zin = "Dit kan niet door Anna de Wit: dit doet de directie."
    assert toets("corrigeren_feit", "anna", evaluatie(BEPAALD)) == ("", zin)
    assert toets("stap_05_bevestigen_ontvangst", "anna", klacht(STANDEN["to"])) == ("behandelaar", None)
    assert toets("stap_05_bevestigen_ontvangst", "gijs", klacht(STANDEN["to"]))[0] == ""


def test_what_is_not_there_is_said(register: Register) -> None:
    with pytest.raises(Geweigerd, match="K2026-0009 staat niet in het register"):
        dossier_van(register, "K2026-0009")
    with pytest.raises(OngeldigeInvoer, match="Reglement 'x' is er niet; kies uit awb9 of coulant"):
        reglement_van(register, None, "x", op=VANDAAG)
    for id, wordt in ((None, "coulant"), ("", "coulant"), ("awb9", "awb9")):
        assert reglement_van(register, None, id, op=VANDAAG).id == wordt
    with pytest.raises(OngeldigeInvoer) as fout:
        versie_op(COULANT, dag(0).replace(year=1999))
    assert list(fout.value.velden) == ["op"]


@pytest.mark.parametrize(
    ("herkomst", "op_dag", "zin"),
    [
        ("register", 1, "Categorie: 'vreemd' staat niet in de lijst"),
        ("register", 0, ""),
        ("overgenomen", 1, ""),
        ("overgenomen", 0, ""),
    ],
)
def test_another_day_asks_for_the_choices_anew_but_not_of_what_was_taken_over(
    register: Register, herkomst: str, op_dag: int, zin: str
) -> None:
    dossier = klacht([replace(ontvangst(herkomst=herkomst), categorie="vreemd")])
    uit = doe(
        register, "corrigeren_feit", dossier, ANNA,
        {"nr": 1, "gebeurd_op": dag(op_dag), "waarden": {"traject": "Ander"}},
    )  # fmt: skip
    if zin:
        assert uit.startswith(zin)
        return
    (feit,), _, _ = uit
    assert (feit.gebeurd_op, feit.traject, feit.categorie) == (dag(op_dag), "Ander", "vreemd")


# The terms that a step ends: of the first round of Coulant, and of a later one under both.
EINDE = [
    ("oz", "coulant", {5: {"bevestiging"}, 7: {"niet_in_behandeling"}, 11: {"maatregelen"}}),
    ("he", "coulant", {5: {"bevestiging"}}),
    ("oz", "awb9", {7: {"niet_in_behandeling", "afhandeling"}, 13: {"afhandeling"}}),
    ("he", "awb9", {}),
    ("ge", "elke stap", {nr: {f"stap{nr}"} for nr in range(5, 15)}),
    ("he", "elke stap", {nr: {f"stap{nr}"} for nr in (5, 6, 8, 9, 10, 12)}),
]
_TERM = COULANT.termijnen[0]
ELKE_STAP = replace(
    COULANT, termijnen=tuple(replace(_TERM, id=f"stap{nr}", stap=nr, einde=(nr,)) for nr in range(5, 15))
)


@pytest.mark.parametrize(("stand", "id", "eindigt"), EINDE)
def test_which_terms_a_step_ends(register: Register, stand: str, id: str, eindigt: dict[int, set[str]]) -> None:
    reglement = register.reglementen.get(id, ELKE_STAP)
    gevonden = {stap: ended_by(reglement, klacht(STANDEN[stand]), stap) for stap in range(1, 19)}
    assert {stap: ids for stap, ids in gevonden.items() if ids} == eindigt


def test_which_step_a_fact_marks_as_done() -> None:
    stappen = [step_of(feit) for feit in STANDEN["he"]]
    assert stappen == [1, 2, 3, 4, 5, None, 6, None, 8, 9, 10, 11, 13, 14, None, None, 15, None, None]
    andere = [*STANDEN["nb"][-1:], *STANDEN["in"][-1:], g.VoortgangBewaakt(**op(1))]
    assert [step_of(feit) for feit in andere] == [7, None, 12]


# --- steps 16 to 18 --------------------------------------------------------------------------------------------------

ACTIE = g.VerbeteractieBepaald(
    **op(20), verbeteractie=1, actienemer="gijs", uiterlijk_op=dag(25), omschrijving="x", categorie=""
)
LEEG = [g.EvaluatieGehouden(**op(19), jaar=2025, directieleden=("carla",))]
BEPAALD = [*LEEG, ACTIE]
VERTELD = [*BEPAALD, g.VerbeteractieMeegedeeld(**op(21), verbeteractie=1)]
GEDAAN = [*VERTELD, g.VerbeteractieUitgevoerd(**op(22), verbeteractie=1)]
WEGGEVALLEN = [*BEPAALD, g.VerbeteractieVervallen(**op(22), verbeteractie=1)]
VOOR = "23 januari 2026 ligt vóór de evaluatie van 24 januari 2026 (stap 16)."
NIET_OPEN = "Verbeteractie 1 van E2026-0001 is al uitgevoerd of vervallen."
TE_VROEG = "De uiterste datum ligt vóór 25 januari 2026, de dag waarop hij is bepaald."
ZO_AL = "Verbeteractie 1 is al zo; vul in wat er verandert."
PAS_16 = "Verbeteractie 1 is pas bepaald op 25 januari 2026 (stap 16)."
BESTAAT_NIET = "Verbeteractie 2 van E2026-0001 bestaat niet."
BEPAAL, WIJZIG_16 = "stap_16_bepalen_verbeteractie", "stap_16_wijzigen_verbeteractie"
ZEVENTIEN, ACHTTIEN, GEZIEN = (
    "stap_17_informeren_actienemer", "stap_18_uitvoeren_verbeteractie", "stap_18_waarnemen_verandering",
)  # fmt: skip
ACTIENEMER = "Stap 18: verbeteractie 1 is van Gijs Peters, niet van u."


def v(op_dag: int, nr: int = 1, **anders: Any) -> dict[str, Any]:
    return {"op": dag(op_dag), "verbeteractie": nr, **anders}


def bepaal(op_dag: int, tot: int) -> dict[str, Any]:
    return {"op": dag(op_dag), "actienemer": "gijs", "uiterlijk_op": dag(tot)}


def wijzig_16(op_dag: int, actienemer: str = "", tot: int | None = None, omschrijving: str = "", nr: int = 1) -> Any:
    return v(
        op_dag, nr, actienemer=actienemer, uiterlijk_op=None if tot is None else dag(tot), omschrijving=omschrijving
    )


EVALUATIE: list[tuple[str, Feitenlijst, tuple[str, str], dict[str, Any], list[str] | str]] = [
    (BEPAAL, LEEG, DIRECTIE, bepaal(19, 19), []),
    (BEPAAL, LEEG, DIRECTIE, bepaal(18, 19), VOOR),
    (BEPAAL, LEEG, DIRECTIE, bepaal(20, 19), TE_VROEG),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21), ZO_AL),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, "gijs", 25, "x"), ZO_AL),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, "dirk"), []),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, omschrijving="y"), []),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, tot=20), []),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, tot=19), "De verbeteractie is pas bepaald op 25 januari 2026."),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(20, "dirk"), []),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(19, "dirk"), PAS_16),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(18, "dirk"), VOOR),
    (WIJZIG_16, BEPAALD, DIRECTIE, wijzig_16(21, "dirk", nr=2), BESTAAT_NIET),
    (WIJZIG_16, GEDAAN, DIRECTIE, wijzig_16(23, "dirk"), NIET_OPEN),
    ("stap_16_laten_vervallen_verbeteractie", BEPAALD, DIRECTIE, v(20), []),
    ("stap_16_laten_vervallen_verbeteractie", WEGGEVALLEN, DIRECTIE, v(23), NIET_OPEN),
    (ZEVENTIEN, BEPAALD, DIRECTIE, v(20), []),
    (ZEVENTIEN, VERTELD, DIRECTIE, v(22), "Stap 17 is al gedaan: Gijs Peters is op 26 januari 2026 geïnformeerd."),
    (ACHTTIEN, VERTELD, ("gijs", "actienemer"), v(25), []),
    (ACHTTIEN, VERTELD, ("dirk", "actienemer"), v(25), ACTIENEMER),
    (ACHTTIEN, VERTELD, ("iris", "actienemer"), v(25), ACTIENEMER),
    (ACHTTIEN, VERTELD, DIRECTIE, v(25), []),
    (ACHTTIEN, VERTELD, ANNA, v(25), []),
    (ACHTTIEN, BEPAALD, DIRECTIE, v(25), ["Gijs Peters is nog niet geïnformeerd (stap 17)."]),
    (
        ACHTTIEN, VERTELD, DIRECTIE, v(26),
        ["Verbeteractie 1 moest uiterlijk 30 januari 2026 uitgevoerd zijn (stap 18)."],
    ),
    (GEZIEN, GEDAAN, DIRECTIE, v(22), []),
    (GEZIEN, GEDAAN, DIRECTIE, v(21), "De verbeteractie is pas uitgevoerd op 27 januari 2026 (stap 18)."),
    (GEZIEN, GEDAAN, DIRECTIE, v(23, 2), "Verbeteractie 2 is nog niet uitgevoerd (stap 18)."),
    (GEZIEN, VERTELD, DIRECTIE, v(23), "Verbeteractie 1 is nog niet uitgevoerd (stap 18)."),
]  # fmt: skip


def evaluatie(feiten: Feitenlijst) -> EvaluatieDossier:
    return EvaluatieDossier("E2026-0001", vastgelegd("E2026-0001", feiten))


@pytest.mark.parametrize(("naam", "feiten", "wie", "invoer", "verwacht"), EVALUATIE)
def test_what_a_handeling_of_an_evaluation_says(
    register: Register, naam: str, feiten: Feitenlijst, wie: tuple[str, str], invoer: Any, verwacht: list[str] | str
) -> None:
    assert zeg(register, naam, evaluatie(feiten), wie, invoer) == verwacht


def test_what_a_handeling_of_an_evaluation_makes(register: Register) -> None:
    for feiten, nr in ((LEEG, 1), (BEPAALD, 2)):
        (feit,), _, _ = doe(register, BEPAAL, evaluatie(feiten), DIRECTIE, bepaal(21, 30))
        assert feit.verbeteractie == nr
    leeg = {"actienemer": "", "uiterlijk_op": None, "omschrijving": ""}
    # What comes before it in the alphabet or in time, and what comes after.
    waarden = {"actienemer": ("dirk", "iris"), "omschrijving": ("a", "y"), "uiterlijk_op": (dag(24), dag(26))}
    for anders in ({naam: waarde} for naam, twee in waarden.items() for waarde in twee):
        for zelfde in ({}, {"actienemer": "gijs"}, {"uiterlijk_op": dag(25)}, {"omschrijving": "x"}):
            (feit,), _, _ = doe(
                register, WIJZIG_16, evaluatie(BEPAALD), DIRECTIE, v(21, **{**leeg, **zelfde, **anders})
            )
            assert feit == g.VerbeteractieGewijzigd(gebeurd_op=dag(21), verbeteractie=1, **{**leeg, **anders})


@pytest.mark.parametrize(("jaar", "mag"), [(1989, False), (1990, True), (2025, True), (2026, True), (2027, False)])
def test_of_which_year_the_trajecten_are_counted(register: Register, jaar: int, mag: bool) -> None:
    uit = doe(
        register, "stap_16_vaststellen_trajecten", None, DIRECTIE,
        {"op": dag(9), "jaar": jaar, "vestiging": "weert", "aantal": 3},
    )  # fmt: skip
    if not mag:
        assert uit == "Kies een jaar tot en met 2026 (stap 16)."
        return
    assert uit[0] == [g.TrajectenVastgesteld(gebeurd_op=dag(9), jaar=jaar, vestiging="weert", aantal=3)]
    assert (uit[2].klachtnummer, uit[2].corrigeert) == (f"T{jaar}", None)


# A part of a year, the day, and the last day of that part while it is not over.
DELEN = [
    ("", date(2026, 1, 15), None),
    ("k1", date(2026, 1, 15), "Het eerste kwartaal van 2026 loopt tot en met 31 maart 2026."),
    ("k1", date(2026, 3, 30), "Het eerste kwartaal van 2026 loopt tot en met 31 maart 2026."),
    ("k1", date(2026, 3, 31), None),
    ("k4", date(2026, 3, 31), "Het vierde kwartaal van 2026 loopt tot en met 31 december 2026."),
    ("m02", date(2026, 2, 27), "Februari 2026 loopt tot en met 28 februari 2026."),
    ("m02", date(2026, 2, 28), None),
    ("m12", date(2026, 11, 30), "December 2026 loopt tot en met 31 december 2026."),
]


@pytest.mark.parametrize(("deel", "op", "zin"), DELEN)
def test_trajecten_of_a_part_are_counted_when_it_is_over(
    register: Register, deel: str, op: date, zin: str | None
) -> None:
    invoer = {"op": op, "jaar": 2026, "vestiging": "weert", "aantal": 3, "deel": deel}
    uit = doe(register, "stap_16_vaststellen_trajecten", None, DIRECTIE, invoer)
    if zin:
        assert uit == f"{zin} Vul dit in als die periode voorbij is (stap 16)."
    else:
        assert uit[0] == [g.TrajectenVastgesteld(gebeurd_op=op, jaar=2026, deel=deel, vestiging="weert", aantal=3)]
