"""Kinds of fact that are tied to an earlier one: asked and answered, told and decided, named and acted for, and so on.

Each row says what comes of it when the later one is recorded on a day before the earlier one, when either is corrected
so, and when the earlier one is taken back. Asked of facts alone: nothing is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.tegenstrijdig import nieuwe_tegenstrijdigheden
from klachten.register import Register
from klachten.taal import datum
from tests.feitenproef import dag, echt, register
from tests.standenproef import STANDEN, ontvangst, op
from tests.verbandproef import (
    EERDER,
    EVALUATIE,
    LATER,
    MAATREGEL,
    NIET_MEER,
    VRAAG_LATER,
    E,
    L,
    nieuw,
    opgebouwd,
    verbeterd,
)

# The register of feitenproef, in which nothing is recorded.
__all__ = ["register"]


@dataclass(frozen=True)
class Band:
    """A row: the facts before, the earlier fact and the later one, and what is said; {op} and {pas} are their days.

    `ervoor`: the later one, new or corrected, before the earlier one. `verzet`: the earlier one corrected to after the
    later one. `weg`: the earlier one taken back. `steeds`: of the later one on any day. Empty: allowed without a word.
    """

    begin: list[Gebeurtenis]
    eerder: Gebeurtenis
    later: Gebeurtenis
    ervoor: str
    verzet: str
    weg: str
    steeds: str = ""


def refused(
    begin: list[Gebeurtenis], eerder: Gebeurtenis, later: Gebeurtenis, zin: str, weg: str, steeds: str = ""
) -> Band:
    """A tie of which the rule stands in the body of the later fact."""
    return Band(begin, eerder, later, zin, NIET_MEER % zin, NIET_MEER % weg, steeds)


def contradicts(
    begin: list[Gebeurtenis], eerder: Gebeurtenis, later: Gebeurtenis, zin: str, weg: str, steeds: str = ""
) -> Band:
    """A tie of which the rule stands in what can never be true together."""
    return Band(begin, eerder, later, zin, zin, weg, steeds)


EVA = [ontvangst("eva"), *STANDEN["oz"][1:]]
GIJS = [ontvangst("gijs"), *STANDEN["oz"][1:]]
DIRECTIE_BETROKKEN = [ontvangst("carla", "frank"), *STANDEN["re"][1:]]
GEMELD = [*STANDEN["af"], g.MeningsverschilGemeld(**op(11))]
OVERLEGD = [*GEMELD, g.OverlegGevoerd(**op(12), opgelost=False)]
VOORGELEGD = [*OVERLEGD, g.GeschilVoorgelegd(**op(13))]

ACTIE = g.VerbeteractieBepaald(**E, verbeteractie=1, actienemer="gijs", uiterlijk_op=dag(60))
BEPAALD = [*EVALUATIE, replace(ACTIE, **op(5))]

PAS_GEMELD = "De indiener heeft het meningsverschil pas gemeld op {pas} (stap 15)."
MELD_EERST = "Stap 15: de indiener heeft nog geen meningsverschil gemeld. Leg dat eerst vast."
PAS_OORDEEL = "Het oordeel kwam pas op {pas} (stap 15)."
GEEN_OORDEEL = "Stap 15: er is nog geen oordeel ontvangen."
PAS_BEPAALD = "Maatregel 1 is pas bepaald op {pas} (stap 8)."
NA_9 = "Stap 10 komt na stap 9, en die is nog niet vastgelegd."
GEEN_MAATREGEL = "Maatregel 1 bestaat niet (stap 8), maar er staan wel feiten over vast."
PAS_BEPAALD_16 = "Verbeteractie 1 is pas bepaald op {pas} (stap 16)."
GEEN_ACTIE = "Verbeteractie 1 van E2026-0001 bestaat niet."
OVERLEG_EERST = "Eerst is onderling overleg bedoeld, en dat was pas op {pas} (stap 15)."
GEEN_OVERLEG = "Eerst is onderling overleg bedoeld, en dat is nog niet vastgelegd (stap 15)."
ANDERS_15 = "Stap 15, op {op}: "
NIET_GEEINDIGD = (
    "Stap 15: heropenen kan alleen als de klacht is afgesloten, is ingetrokken of niet in behandeling is genomen."
)
NIET_HEROPEND = "maar pas heropend op {pas} (stap 15): dat kan niet."
HEROPEN = "Heropen de klacht eerst, met een reden (stap 15)."
NAMENS = "Stap 4 is op {op} gedaan namens iemand van buiten, maar die is"

BANDEN: dict[str, Band] = {
    # --- asked and answered ---
    "information": refused(
        STANDEN["to"],
        g.InformatieGevraagd(**E, bij="indiener"),
        g.InformatieOntvangen(**L, van="indiener"),
        "Deze informatie is pas gevraagd op {pas} (stap 6).",
        "Stap 6: er staat geen vraag om informatie open.",
    ),
    "satisfaction": refused(
        STANDEN["af"],
        g.TevredenheidGevraagd(**E, wijze="brief"),
        g.TevredenheidGegeven(**L, tevredenheid="tevreden"),
        "Het is pas gevraagd op {pas}.",
        "Stap 14: er staat geen vraag naar de tevredenheid open.",
    ),
    "satisfaction is asked once it ended": refused(
        STANDEN["ma"],
        g.KlachtIngetrokken(**E),
        g.TevredenheidGevraagd(**L, wijze="brief"),
        f"Op {{op}} liep de klacht nog. {VRAAG_LATER}",
        "Stap 14: vraag pas hoe tevreden de indiener is als de klacht is beëindigd.",
    ),
    # --- told and decided ---
    "the outcome is told to the medewerker": refused(
        EVA,
        g.GeenMaatregelenNodig(**E, overlegd_met="carla"),
        g.UitkomstMeegedeeld(**L, medewerker="eva"),
        "Er is pas besloten op {pas}: eerder is er niets te vertellen.",
        "Stap 9: er is nog niets besloten om te vertellen (stap 7 of 8).",
    ),
    "an oordeel is told": refused(
        VOORGELEGD,
        g.OordeelOntvangen(**E, oordeel="gegrond"),
        g.OordeelMeegedeeld(**L, wijze="brief"),
        PAS_OORDEEL,
        GEEN_OORDEEL,
    ),
    "an oordeel is followed": refused(
        VOORGELEGD,
        g.OordeelOntvangen(**E, oordeel="gegrond"),
        g.OordeelOpgevolgd(**L, opvolging="geheel"),
        PAS_OORDEEL,
        GEEN_OORDEEL,
    ),
    # --- a medewerker is told and heard because of being involved, whenever that turned out ---
    "an involved medewerker is told": Band(
        GIJS,
        g.BetrokkeneToegevoegd(**E, betrokkene="eva"),
        g.MedewerkerIngelicht(**L, medewerker="eva"),
        "",
        "",
        NIET_MEER % "Stap 6: Eva Bakker is niet betrokken bij deze klacht (stap 4).",
    ),
    "an involved medewerker is heard": Band(
        GIJS,
        g.BetrokkeneToegevoegd(**E, betrokkene="eva"),
        g.MedewerkerGehoord(**L, medewerker="eva", zag_af=True),
        "",
        "",
        NIET_MEER % "Stap 6: Eva Bakker is niet betrokken bij deze klacht (stap 4).",
    ),
    # --- submitted and judged ---
    "consultation after the report": refused(
        STANDEN["af"],
        g.MeningsverschilGemeld(**E),
        g.OverlegGevoerd(**L, opgelost=False),
        PAS_GEMELD,
        MELD_EERST,
    ),
    "submission after the report": refused(
        STANDEN["af"],
        g.MeningsverschilGemeld(**E),
        g.GeschilVoorgelegd(**L),
        PAS_GEMELD,
        MELD_EERST,
        steeds=GEEN_OVERLEG,
    ),
    "submission after the consultation": Band(
        GEMELD,
        g.OverlegGevoerd(**E, opgelost=False),
        g.GeschilVoorgelegd(**L),
        OVERLEG_EERST,
        ANDERS_15 + OVERLEG_EERST,
        ANDERS_15 + GEEN_OVERLEG,
    ),
    "an oordeel after the submission": refused(
        OVERLEGD,
        g.GeschilVoorgelegd(**E),
        g.OordeelOntvangen(**L, oordeel="gegrond"),
        "Het geschil is pas voorgelegd op {pas} (stap 15).",
        "Stap 15: het geschil is nog niet aan een onafhankelijk persoon voorgelegd.",
    ),
    # --- ended and reopened ---
    "reopened after the closing": contradicts(
        STANDEN["ui"],
        g.KlachtAfgesloten(**E),
        g.KlachtHeropend(**L, grond="nieuwe_feiten"),
        "De klacht is heropend op {op} (stap 15), maar pas afgesloten op {pas} (stap 13): dat kan niet.",
        NIET_MEER % NIET_GEEINDIGD,
    ),
    "reopened after the withdrawal": contradicts(
        STANDEN["ma"],
        g.KlachtIngetrokken(**E),
        g.KlachtHeropend(**L, grond="nieuwe_feiten"),
        "De klacht is heropend op {op} (stap 15), maar pas ingetrokken op {pas}: dat kan niet.",
        NIET_MEER % NIET_GEEINDIGD,
    ),
    "closed after the reopening": contradicts(
        STANDEN["af"],
        g.KlachtHeropend(**E, grond="nieuwe_feiten"),
        g.KlachtAfgesloten(**L),
        f"De klacht is afgesloten op {{op}} (stap 13), {NIET_HEROPEND}",
        NIET_MEER % f"Stap 13 kan niet meer: de klacht is afgesloten. {HEROPEN}",
        steeds="Sinds de heropening op {pas} is nog niets besloten (stap 8).",
    ),
    "not taken into handling after the reopening": contradicts(
        STANDEN["nb"],
        g.KlachtHeropend(**E, grond="nieuwe_feiten"),
        g.NietInBehandelingGenomen(**L, grond="geen_klacht", wijze="brief"),
        f"De klacht is niet in behandeling genomen op {{op}} (stap 7), {NIET_HEROPEND}",
        NIET_MEER % "Stap 7 is al vastgelegd op 10 januari 2026. Klopt dat niet, corrigeer dan het feit.",
    ),
    "withdrawn after the reopening": contradicts(
        STANDEN["af"],
        g.KlachtHeropend(**E, grond="nieuwe_feiten"),
        g.KlachtIngetrokken(**L),
        f"De klacht is ingetrokken op {{op}}, {NIET_HEROPEND}",
        NIET_MEER % "Intrekken kan niet meer: de klacht is afgesloten.",
    ),
    # --- named, and acted for ---
    "assigned on behalf of who was named": contradicts(
        DIRECTIE_BETROKKEN,
        g.BuitenstaanderAangewezen(**E, persoon="Mr. Buiten"),
        g.BehandelaarToegewezen(**L, behandelaar="anna", toegewezen_door="buiten", namens="Mr. Buiten"),
        NAMENS + " pas aangewezen op {pas} (stap 4).",
        NAMENS + " dan niet aangewezen (stap 4).",
    ),
    "replaced after the assignment": refused(
        STANDEN["re"],
        g.BehandelaarToegewezen(**E, behandelaar="anna", toegewezen_door="anna"),
        g.BehandelaarVervangen(**L, behandelaar="bas", vorige="anna", toegewezen_door="anna", grond="afwezig"),
        "De vorige behandelaar is pas toegewezen op {pas} (stap 4).",
        "Stap 4: er is nog geen behandelaar om te vervangen.",
    ),
    "a gemachtigde stops": refused(
        STANDEN["to"],
        g.GemachtigdeAangewezen(**E, naam="Mr. Voor"),
        g.GemachtigdeAangewezen(**L, gestopt=True),
        "De gemachtigde is pas aangewezen op {pas} (stap 3).",
        "Stap 3: er is geen gemachtigde vastgelegd.",
    ),
    "consent is withdrawn": refused(
        STANDEN["to"],
        g.ToestemmingVastgelegd(**E, toestemming="gegeven"),
        g.ToestemmingVastgelegd(**L, toestemming="ingetrokken"),
        "De toestemming is pas gegeven op {pas} (stap 3).",
        "Er is nog geen toestemming gegeven die kan worden ingetrokken.",
    ),
    # --- decided and acted ---
    "a maatregel is changed": Band(
        STANDEN["oz"],
        MAATREGEL,
        g.MaatregelGewijzigd(**L, maatregel=1, omschrijving="Bellen"),
        PAS_BEPAALD,
        NIET_MEER % PAS_BEPAALD,
        GEEN_MAATREGEL,
    ),
    "a maatregel is cancelled": Band(
        STANDEN["oz"],
        MAATREGEL,
        g.MaatregelVervallen(**L, maatregel=1, overlegd_met="frank"),
        PAS_BEPAALD,
        NIET_MEER % PAS_BEPAALD,
        GEEN_MAATREGEL,
    ),
    "a maatregel is told": Band(
        STANDEN["oz"],
        MAATREGEL,
        g.ActienemerGeinformeerd(**L, maatregel=1),
        f"{PAS_BEPAALD} {NA_9} {{op}} ligt vóór stap 8 ({{pas}}).",
        "Stap 10 is al eerder gedaan dan stap 8.",
        GEEN_MAATREGEL,
        steeds=NA_9,
    ),
    "a second maatregel is told": Band(
        STANDEN["ma"],
        replace(MAATREGEL, maatregel=2),
        g.ActienemerGeinformeerd(**L, maatregel=2),
        PAS_BEPAALD.replace("1", "2", 1),
        "Stap 10 is al eerder gedaan dan stap 8.",
        GEEN_MAATREGEL.replace("1", "2", 1),
    ),
    "a maatregel is carried out": Band(
        STANDEN["oz"],
        MAATREGEL,
        g.MaatregelUitgevoerd(**L, maatregel=1),
        PAS_BEPAALD,
        "Maatregel 1 kan niet uitgevoerd zijn op {op} (stap 11): hij is pas bepaald op {pas} (stap 8).",
        GEEN_MAATREGEL,
        steeds="Stap 11 komt na stap 10, en die is nog niet vastgelegd.",
    ),
    "a maatregel is carried out once told": Band(
        STANDEN["ma"],
        g.ActienemerGeinformeerd(**E, maatregel=1),
        g.MaatregelUitgevoerd(**L, maatregel=1),
        "Gijs Peters is pas geïnformeerd op {pas} (stap 10).",
        "Stap 11 is al eerder gedaan dan stap 10.",
        "Stap 11, op {op}: Stap 11 komt na stap 10, en die is nog niet vastgelegd.",
    ),
    # --- evaluated and acted ---
    "a verbeteractie is changed": refused(
        EVALUATIE, ACTIE, g.VerbeteractieGewijzigd(**L, verbeteractie=1, omschrijving="x"), PAS_BEPAALD_16, GEEN_ACTIE
    ),
    "a verbeteractie is cancelled": refused(
        EVALUATIE, ACTIE, g.VerbeteractieVervallen(**L, verbeteractie=1), PAS_BEPAALD_16, GEEN_ACTIE
    ),
    "a verbeteractie is told": refused(
        EVALUATIE, ACTIE, g.VerbeteractieMeegedeeld(**L, verbeteractie=1), PAS_BEPAALD_16, GEEN_ACTIE
    ),
    "a verbeteractie is carried out": refused(
        EVALUATIE,
        ACTIE,
        g.VerbeteractieUitgevoerd(**L, verbeteractie=1),
        PAS_BEPAALD_16,
        GEEN_ACTIE,
        steeds="Gijs Peters is nog niet geïnformeerd (stap 17).",
    ),
    "a verbeteractie is carried out once told": Band(
        BEPAALD,
        g.VerbeteractieMeegedeeld(**E, verbeteractie=1),
        g.VerbeteractieUitgevoerd(**L, verbeteractie=1),
        "Gijs Peters is pas geïnformeerd op {pas} (stap 17).",
        "Stap 18, op {op}: Gijs Peters is pas geïnformeerd op {pas} (stap 17).",
        "Stap 18, op {op}: Gijs Peters is nog niet geïnformeerd (stap 17).",
    ),
    "a change is seen once it is carried out": refused(
        [*BEPAALD, g.VerbeteractieMeegedeeld(**op(6), verbeteractie=1)],
        g.VerbeteractieUitgevoerd(**E, verbeteractie=1),
        g.VeranderingWaargenomen(**L, verbeteractie=1, verandering="afname", toelichting="x"),
        "De verbeteractie is pas uitgevoerd op {pas} (stap 18).",
        "Verbeteractie 1 is nog niet uitgevoerd (stap 18).",
    ),
}


@pytest.mark.parametrize("wat", BANDEN)
def test_a_fact_that_is_tied_to_an_earlier_one(register: Register, wat: str) -> None:
    band = BANDEN[wat]
    eerder, later = echt([band.eerder, band.later])
    samen, plaats = [*band.begin, eerder, later], len(band.begin)

    def zin(sjabloon: str, op_dag: int, pas: int) -> str:
        return sjabloon.format(op=datum(dag(op_dag)), pas=datum(dag(pas)))

    ervoor, steeds = zin(band.ervoor, EERDER - 1, EERDER), zin(band.steeds, EERDER, EERDER)
    assert nieuw(register, [*band.begin, eerder], replace(later, **op(EERDER - 1))) == ervoor
    assert verbeterd(register, samen, plaats + 1, replace(later, **op(EERDER - 1))) == ervoor
    assert verbeterd(register, samen, plaats, replace(eerder, **op(LATER + 1))) == zin(band.verzet, LATER, LATER + 1)
    assert verbeterd(register, samen, plaats, g.FeitHerroepen(**op(30))) == zin(band.weg, LATER, EERDER)
    # On the very day nothing is the matter, whichever is moved there.
    assert nieuw(register, [*band.begin, eerder], replace(later, **op(EERDER))) == steeds
    assert verbeterd(register, samen, plaats + 1, replace(later, **op(EERDER))) == steeds
    assert verbeterd(register, samen, plaats, replace(eerder, **op(LATER))) == ""


@pytest.mark.parametrize("wat", [wat for wat, band in BANDEN.items() if band.begin[0] not in EVALUATIE])
def test_what_was_done_elsewhere_was_done_in_whatever_order(register: Register, wat: str) -> None:
    band = BANDEN[wat]
    eerst = replace(band.begin[0], herkomst="overgenomen")
    eerder, later = echt([band.eerder, band.later])
    samen, plaats = [eerst, *band.begin[1:], eerder, later], len(band.begin)
    assert verbeterd(register, samen, plaats + 1, replace(later, **op(EERDER - 1))) == ""
    assert verbeterd(register, samen, plaats, replace(eerder, **op(LATER + 1))) == ""
    assert verbeterd(register, samen, plaats, g.FeitHerroepen(**op(30))) == ""


def test_nobody_has_to_be_named_for_what_was_done_elsewhere() -> None:
    namens = BANDEN["assigned on behalf of who was named"]
    for herkomst, fouten in (("register", 1), ("overgenomen", 0)):
        feiten = [replace(namens.begin[0], herkomst=herkomst), *namens.begin[1:], namens.later]
        assert len(nieuwe_tegenstrijdigheden(None, opgebouwd(feiten))) == fouten
