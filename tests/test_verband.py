"""Kinds of fact that are tied to an earlier one: asked and answered, told and decided, named and acted for, and so on.

Each row says what comes of it when the later one is recorded on a day before the earlier one, when either is corrected
so, and when the earlier one is taken back. Asked of facts alone: nothing is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen import Geweigerd, Zaak
from klachten.handelingen.correctie import handeling_van
from klachten.handelingen.handeling import step_of
from klachten.handelingen.opnieuw import check_anew, check_later, consequences, corrected, origin
from klachten.handelingen.tegenstrijdig import nieuwe_tegenstrijdigheden
from klachten.handelingen.volgorde import waarschuwingen
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.taal import datum
from tests.feitenproef import dag, echt, register
from tests.standenproef import STANDEN, ontvangst, op, vastgelegd
from tests.voorbeeldfirma import COULANT

# The register of feitenproef, in which nothing is recorded.
__all__ = ["register"]

# The earlier fact is of day 20 and the later one of day 22.
EERDER, LATER = 20, 22
NIET_MEER = "Op {op} is vastgelegd wat dan niet meer kan. %s Zet eerst dat recht."


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


E, L = op(EERDER), op(LATER)
EVA = [ontvangst("eva"), *STANDEN["oz"][1:]]
GIJS = [ontvangst("gijs"), *STANDEN["oz"][1:]]
DIRECTIE_BETROKKEN = [ontvangst("carla", "frank"), *STANDEN["re"][1:]]
GEMELD = [*STANDEN["af"], g.MeningsverschilGemeld(**op(11))]
OVERLEGD = [*GEMELD, g.OverlegGevoerd(**op(12), opgelost=False)]
VOORGELEGD = [*OVERLEGD, g.GeschilVoorgelegd(**op(13))]
HEROPEND = [*STANDEN["af"], g.KlachtHeropend(**op(12), grond="oordeel")]
EVALUATIE: list[Gebeurtenis] = [g.EvaluatieGehouden(**op(3), jaar=2025, directieleden=("carla",))]
ACTIE = g.VerbeteractieBepaald(**E, verbeteractie=1, actienemer="gijs", uiterlijk_op=dag(60))
BEPAALD = [*EVALUATIE, replace(ACTIE, **op(5))]
MAATREGEL = g.MaatregelBepaald(**E, maatregel=1, actienemer="gijs", uiterlijk_op=dag(40), overlegd_met="frank")

VRAAG_LATER = "Vraag het pas als de klacht is beëindigd (stap 14)."
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


def opgebouwd(feiten: list[Gebeurtenis]) -> Feiten:
    """The dossier of these facts: of a klacht, or of an evaluation."""
    nummer, soort = ("E2026-0001", EvaluatieDossier) if feiten[0] in EVALUATIE else ("K2026-0001", Dossier)
    return soort(nummer, [replace(v, door="anna") for v in vastgelegd(nummer, echt(feiten))])


def zaak_van(register: Register, boeking: Any, feiten: Feiten, reglement: Reglement = COULANT) -> Zaak:
    anna = organisatie.gebruiker("anna")
    assert anna is not None
    return Zaak(register, boeking, feiten, feiten.klachtnummer, anna, "coordinator", dag(100), reglement, "Tikfout")


def nieuw(register: Register, feiten: list[Gebeurtenis], feit: Gebeurtenis) -> str:
    """What is said when a fact is recorded."""
    voor, na = opgebouwd(feiten), opgebouwd([*feiten, feit])
    handeling = handeling_van(feit)
    assert handeling is not None
    invoer = {v.naam: feit.gebeurd_op if v.naam == "op" else getattr(feit, v.naam) for v in handeling.velden}
    with register.schrijven() as boeking:
        zaak = zaak_van(register, boeking, voor)
        try:
            handeling.lichaam(zaak, **invoer)
        except Geweigerd as fout:
            return str(fout)
    zinnen = [w.zin for w in zaak.waarschuwingen]
    if isinstance(voor, Dossier) and isinstance(na, Dossier):
        fouten = nieuwe_tegenstrijdigheden(voor, na)
        if fouten:
            return " ".join(fouten)
        stap = step_of(feit)
        zinnen += (
            [w.zin for w in waarschuwingen(voor, stap, feit.gebeurd_op, getattr(feit, "maatregel", None))]
            if stap
            else []
        )
    return " ".join(zinnen)


def verbeterd(
    register: Register, feiten: list[Gebeurtenis], plaats: int, beter: Gebeurtenis, reglement: Reglement = COULANT
) -> str:
    """What is said when the fact at a place is put right or taken back."""
    dossier = opgebouwd(feiten)
    oud: Vastlegging = dossier.geldig[plaats]
    with register.schrijven() as boeking:
        zaak = zaak_van(register, boeking, dossier, reglement)
        zaak.corrigeert = origin(oud)
        try:
            if isinstance(beter, g.FeitHerroepen):
                check_later(dossier, corrected(dossier, oud, beter), origin(oud), COULANT, handeling_van)
                zinnen = []
            else:
                zinnen = [w.zin for w in check_anew(zaak, oud, beter, handeling_van)]
            gevolgen = list(consequences(zaak, oud, beter, handeling_van))
        except Geweigerd as fout:
            return str(fout)
    return " ".join([*zinnen, *(w.zin for gevolg in gevolgen for w in gevolg.nieuw)])


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


def test_an_old_fault_keeps_nobody_from_recording_what_happened() -> None:
    """In a register from before a rule was made a klacht may break it; only what comes on top of that is refused."""
    oud = opgebouwd([*STANDEN["af"], g.KlachtHeropend(**op(3), grond="oordeel")])
    later = opgebouwd([*STANDEN["af"], g.KlachtHeropend(**op(3), grond="oordeel"), g.KlachtIngetrokken(**op(2))])
    assert len(nieuwe_tegenstrijdigheden(None, oud)) == 1
    assert nieuwe_tegenstrijdigheden(oud, oud) == []
    assert [zin[:43] for zin in nieuwe_tegenstrijdigheden(oud, later)] == [
        "De klacht is ingetrokken op 7 januari 2026,"
    ]


def test_another_receipt_is_held_against_what_was_said_of_it_later(register: Register) -> None:
    gebeurd = g.GegevensAangevuld(**op(3), gebeurtenis_van=dag(0))
    later = "5 januari 2026 ligt na de ontvangst van de klacht op 3 januari 2026 (stap 1)."
    eerst = STANDEN["re"][0]
    gezegd = verbeterd(register, [*STANDEN["re"], gebeurd], 0, replace(echt([eerst])[0], **op(-2)))
    assert gezegd == NIET_MEER.format(op="8 januari 2026") % later


def test_a_second_maatregel_is_not_overtaken_by_what_was_told_of_the_first(register: Register) -> None:
    tweede = replace(MAATREGEL, maatregel=2)
    feiten = [*STANDEN["ma"], tweede, g.ActienemerGeinformeerd(**L, maatregel=1)]
    plaats = len(STANDEN["ma"])
    assert verbeterd(register, feiten, plaats, replace(echt([tweede])[0], **op(LATER + 1))) == ""


@pytest.mark.parametrize(("verteld", "zin"), [(19, ""), (20, ""), (21, "Stap 11 is al eerder gedaan dan stap 10.")])
def test_an_actienemer_who_is_recorded_as_told_after_the_execution(register: Register, verteld: int, zin: str) -> None:
    """Of the own maatregel only: when another one was carried out says nothing of it."""
    tweede = [replace(MAATREGEL, **op(5), maatregel=2), g.MaatregelUitgevoerd(**op(6), maatregel=2)]
    begin = [*STANDEN["ma"], *echt(tweede), g.MaatregelUitgevoerd(**op(20), maatregel=1)]
    told = g.ActienemerGeinformeerd(**op(verteld), maatregel=1)
    assert nieuw(register, begin, told) == zin
    # And so when it is put right.
    samen = [*begin, replace(told, **op(18))]
    assert verbeterd(register, samen, len(begin), told) == zin


def test_an_own_finding_keeps_its_aspect(register: Register) -> None:
    per_aspect = replace(COULANT, bevinding_per_aspect=True)
    feiten = [*STANDEN["oz"], g.BevindingVastgesteld(**op(4), aspect="afspraken", bevinding="gegrond")]
    eerst = echt(STANDEN["on"])[0]
    gezegd = verbeterd(register, feiten, 0, replace(eerst, categorie="privacy"), per_aspect)
    later = "De klacht gaat hier niet over. Kies de categorie of een aspect van de klacht."
    assert gezegd == NIET_MEER.format(op="9 januari 2026") % later
    anders = replace(eerst, categorie="privacy", aspecten=("afspraken",))
    assert verbeterd(register, feiten, 0, anders, per_aspect) == ""


def test_each_answer_has_its_own_question(register: Register) -> None:
    def vraag(nr: int) -> Gebeurtenis:
        return g.InformatieGevraagd(**op(nr), bij="indiener")

    def antwoord(nr: int) -> Gebeurtenis:
        return g.InformatieOntvangen(**op(nr), van="indiener")

    begin = [*STANDEN["to"], vraag(10), vraag(20)]
    assert nieuw(register, begin, antwoord(12)) == ""
    assert nieuw(register, [*begin, antwoord(22)], antwoord(12)) == ""
    te_vroeg = "Deze informatie is pas gevraagd op 25 januari 2026 (stap 6)."
    assert nieuw(register, [*begin, antwoord(12)], antwoord(19)) == te_vroeg
    assert nieuw(register, [*begin, antwoord(12)], antwoord(20)) == ""


@pytest.mark.parametrize(("op_dag", "mag"), [(8, False), (9, True), (12, True), (13, False), (14, False), (15, True)])
def test_satisfaction_is_asked_on_a_day_on_which_the_klacht_was_ended(
    register: Register, op_dag: int, mag: bool
) -> None:
    rond = [*HEROPEND, g.GeenMaatregelenNodig(**op(13), overlegd_met="frank"), g.KlachtAfgesloten(**op(15))]
    gezegd = nieuw(register, rond, g.TevredenheidGevraagd(**op(op_dag), wijze="brief"))
    assert gezegd == ("" if mag else f"Op {datum(dag(op_dag))} liep de klacht nog. {VRAAG_LATER}")


def test_who_becomes_involved_at_receipt_may_have_been_added_later_as_well(register: Register) -> None:
    feiten = [*STANDEN["re"], g.BetrokkeneToegevoegd(**op(3), betrokkene="eva")]
    assert verbeterd(register, feiten, 0, replace(echt(STANDEN["re"][:1])[0], betrokkenen=("eva",))) == ""
