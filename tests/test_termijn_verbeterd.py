"""A correction by which a term runs otherwise: it begins at the step that was put right, or it can no longer be missed.

Each row is a klacht, what is corrected in it, and of which other fact the deviations change.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.handelingen import HANDELINGEN, Geweigerd, RedenNodig, dossier_van
from klachten.opening import open_register
from tests.lijsten import MAATREGEL, Lijst
from tests.test_correctie import corrigeer, dag, feit, nr_van

# handeling, day, input; a reason stands with each, so that what is late is recorded.
Stap = tuple[str, int, dict[str, Any]]
LAAT, OP_TIJD = ("te_laat:resultaat",), ()


@pytest.fixture(scope="module")
def lijst(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[Lijst]:
    """A register with a reglement that wants the result 14 days after the investigation, and 14 within 7 days of 13."""
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("termijn") / "register")) as register:
        coulant = register.reglementen["coulant"]
        bevestiging = next(t for t in coulant.termijnen if t.id == "bevestiging")
        erbij = (
            replace(bevestiging, id="resultaat", naam="Resultaat", stap=9, vanaf="stap_06", einde=(9,)),
            replace(
                bevestiging,
                id="melding",
                naam="Melding",
                stap=14,
                vanaf="stap_13",
                einde=(14,),
                waarde=7,
                eenheid="dagen",
            ),
        )
        register.add_reglement(replace(coulant, id="proef", termijnen=(*coulant.termijnen, *erbij)))
        yield Lijst(register, vandaag=date(2026, 6, 1))


def brief(stap: str, op: int) -> Stap:
    return (stap, op, {"wijze": "brief"})


def onbekend(op: int, *, bereikbaar: bool = False) -> Stap:
    return ("stap_03_vastleggen_anonimiteit", op, {"onbekend": True, "bereikbaar": bereikbaar})


def onderzocht(op: int, resultaat: int) -> list[Stap]:
    return [
        brief("stap_05_bevestigen_ontvangst", 2),
        ("stap_06_onderzoeken_klacht", op, {"bevindingen": "x"}),
        ("stap_08_bepalen_maatregel", 7, MAATREGEL),
        brief("stap_09_informeren_indiener", resultaat),
    ]


def bevestigd(*eerder: Stap, op: int) -> list[Stap]:
    return [*eerder, brief("stap_05_bevestigen_ontvangst", op)]


def afgesloten(op: int, gemeld: int) -> list[Stap]:
    return [
        brief("stap_05_bevestigen_ontvangst", 2),
        ("stap_06_onderzoeken_klacht", 5, {"bevindingen": "x"}),
        ("stap_08_afzien_van_maatregelen", 6, {"motivering": "x", "overlegd_met": "carla"}),
        brief("stap_09_informeren_indiener", 7),
        ("stap_13_afsluiten_klacht", op, {}),
        brief("stap_14_informeren_indiener_afsluiting", gemeld),
    ]


TE_LAAT = "Dit is {} te laat: de termijn '{}' liep tot en met {}."
BEVESTIGING = ("te_laat:bevestiging",)
Ander = type[g.Gebeurtenis]

# the klacht, what is corrected, the day to put it on, the other fact, its deviations before and after,
# and what is asked
GEVALLEN: dict[str, tuple[list[Stap], Ander, int, Ander, tuple[str, ...], tuple[str, ...], str]] = {
    "the term begins earlier": (
        onderzocht(6, 20), g.KlachtOnderzocht, 5, g.ResultaatMeegedeeld, OP_TIJD, LAAT,
        f"Stap 9, op 22 februari 2026: {TE_LAAT.format('1 dag', 'Resultaat', '21 februari 2026')}",
    ),
    "the term begins later": (
        onderzocht(5, 20), g.KlachtOnderzocht, 6, g.ResultaatMeegedeeld, LAAT, OP_TIJD, "",
    ),
    "the term begins at a day that stays in time": (
        onderzocht(6, 19), g.KlachtOnderzocht, 5, g.ResultaatMeegedeeld, OP_TIJD, OP_TIJD, "",
    ),
    "late it was and late it stays": (
        onderzocht(4, 20), g.KlachtOnderzocht, 5, g.ResultaatMeegedeeld, LAAT, LAAT, "",
    ),
    "a term that begins with the closing": (
        afgesloten(12, 19), g.KlachtAfgesloten, 11, g.AfsluitingMeegedeeld, OP_TIJD, ("te_laat:melding",),
        f"Stap 14, op 21 februari 2026: {TE_LAAT.format('1 dag', 'Melding', '20 februari 2026')}",
    ),
    "nobody to write to on the last day, it turns out": (
        bevestigd(onbekend(5), onbekend(12, bereikbaar=True), op=21), g.AnonimiteitVastgelegd, 20, g.OntvangstBevestigd,
        BEVESTIGING, OP_TIJD, "",
    ),
    "somebody to write to on the last day, it turns out": (
        bevestigd(onbekend(5), onbekend(20, bereikbaar=True), op=21), g.AnonimiteitVastgelegd, 12, g.OntvangstBevestigd,
        OP_TIJD, BEVESTIGING,
        f"Stap 5, op 23 februari 2026: {TE_LAAT.format('7 dagen', 'Ontvangstbevestiging', '16 februari 2026')}",
    ),
    "a gemachtigde came after the last day, it turns out": (
        bevestigd(onbekend(5), ("stap_03_aanwijzen_gemachtigde", 10, {"naam": "Mr. Voor"}), op=21),
        g.GemachtigdeAangewezen, 16, g.OntvangstBevestigd, BEVESTIGING, OP_TIJD, "",
    ),
}  # fmt: skip


def klacht(lijst: Lijst, stappen: list[Stap], reglement: str = "proef") -> str:
    nummer = lijst.intake(reglement=reglement)
    lijst.doe("stap_04_toewijzen_behandelaar", "anna", nummer, behandelaar="anna")
    for naam, op, invoer in stappen:
        lijst.doe(naam, "anna", nummer, op=op, **invoer)
    return nummer


def laatste_nr(lijst: Lijst, nummer: str, soort: Ander) -> int:
    geldig = dossier_van(lijst.register, nummer).geldig
    return [v.corrigeert or v.nr for v in geldig if isinstance(v.feit, soort)][-1]


def gevraagd(lijst: Lijst, naam: str, nummer: str, **invoer: Any) -> list[str]:
    """What a correction asks a reason for, when nobody gives one."""
    with pytest.raises(RedenNodig) as fout:
        lijst.doe(naam, "anna", nummer, reden_afwijking="", **invoer)
    return list(fout.value.waarschuwingen)


@pytest.mark.parametrize("wat", GEVALLEN)
def test_a_correction_by_which_a_term_runs_otherwise(lijst: Lijst, wat: str) -> None:
    stappen, soort, naar, ander, voor, na, zin = GEVALLEN[wat]
    nummer = klacht(lijst, stappen)
    assert feit(lijst, nummer, ander).afwijkingen == voor
    invoer = {"nr": laatste_nr(lijst, nummer, soort), "gebeurd_op": dag(naar), "reden": "Tikfout"}
    if zin:
        assert gevraagd(lijst, "corrigeren_feit", nummer, **invoer) == [zin]
    lijst.doe("corrigeren_feit", "anna", nummer, reden_afwijking="Druk" if zin else "", **invoer)
    nu = feit(lijst, nummer, ander)
    assert (nu.afwijkingen, nu.waarom_afwijkend if zin else "") == (na, "Druk" if zin else "")


def test_a_term_that_begins_at_a_step_that_is_taken_back_cannot_be_missed(lijst: Lijst) -> None:
    nummer = klacht(lijst, onderzocht(5, 20))
    terug = {"nr": laatste_nr(lijst, nummer, g.KlachtOnderzocht), "op": 30, "reden": "Ander dossier"}
    # What is asked is that step 8 has no investigation before it any more, nothing of a term.
    (zin,) = gevraagd(lijst, "herroepen_feit", nummer, **terug)
    assert zin.endswith("Stap 8 komt na stap 6, en die is nog niet vastgelegd.")
    lijst.doe("herroepen_feit", "anna", nummer, reden_afwijking="Spoed", **terug)
    assert feit(lijst, nummer, g.ResultaatMeegedeeld).afwijkingen == OP_TIJD


def test_an_indiener_who_was_not_unknown_at_all_was_told_too_late(lijst: Lijst) -> None:
    nummer = klacht(lijst, bevestigd(onbekend(5), onbekend(20, bereikbaar=True), op=21))
    terug = {"nr": nr_van(lijst, nummer, g.AnonimiteitVastgelegd), "op": 30, "reden": "Ander dossier"}
    (zin,) = gevraagd(lijst, "herroepen_feit", nummer, **terug)
    assert zin.startswith("Stap 5, op 23 februari 2026: Dit is 7 dagen te laat")


def test_the_corrected_letter_itself_is_held_against_who_could_be_written_to_then(lijst: Lijst) -> None:
    """On day 10 it was on time; on day 20 it could not have been: on the last day there was nobody to write to."""
    nummer = klacht(lijst, bevestigd(op=10))
    for naam, op, invoer in (onbekend(12), onbekend(16, bereikbaar=True)):
        lijst.doe(naam, "anna", nummer, op=op, **invoer)
    corrigeer(lijst, nummer, g.OntvangstBevestigd, gebeurd_op=dag(20), reden="Poststempel", reden_afwijking="")
    assert feit(lijst, nummer, g.OntvangstBevestigd).afwijkingen == OP_TIJD


def met_termijn(lijst: Lijst, reglement: str, **anders: Any) -> str:
    """A reglement in which a term begins at another step than the receipt."""
    coulant = lijst.register.reglementen["coulant"]
    termijnen = (*(t for t in coulant.termijnen if 11 not in t.einde), replace(coulant.termijnen[-1], **anders))
    lijst.register.add_reglement(replace(coulant, id=reglement, termijnen=termijnen))
    return reglement


@pytest.mark.parametrize(("van", "naar", "codes"), [(7, 8, ()), (8, 7, ("maatregel_na_termijn",))])
def test_a_corrected_decision_is_held_against_the_term_that_begins_with_it(
    lijst: Lijst, van: int, naar: int, codes: tuple[str, ...]
) -> None:
    """The maatregel is to be carried out on day 22: within 14 days of day 8, and not of day 7."""
    reglement = met_termijn(lijst, f"vanaf_8_{van}", id="uitvoering", vanaf="stap_08", waarde=14, eenheid="dagen")
    stappen = onderzocht(5, 20)[:2]
    nummer = klacht(
        lijst, [*stappen, ("stap_08_bepalen_maatregel", van, MAATREGEL | {"uiterlijk_op": dag(22)})], reglement
    )
    corrigeer(lijst, nummer, g.MaatregelBepaald, gebeurd_op=dag(naar), reden="Tikfout")
    assert feit(lijst, nummer, g.MaatregelBepaald).afwijkingen == codes


BUITEN_AFSPRAAK = ("maatregel_te_laat", "volgorde")
ANDERS = MAATREGEL | {"uiterlijk_op": dag(30)}
# the klacht, what is recorded last although it happened before, the other fact, its deviations before and after,
# and what is asked about it
NIEUW: dict[str, tuple[list[Stap], Stap, Ander, tuple[str, ...], tuple[str, ...], str]] = {
    "the term of what was done turns out to have begun": (
        [*onderzocht(5, 20)[:1], ("stap_08_bepalen_maatregel", 7, MAATREGEL), onderzocht(5, 20)[3]],
        ("stap_06_onderzoeken_klacht", 5, {"bevindingen": "x"}), g.ResultaatMeegedeeld, OP_TIJD, LAAT,
        f"Stap 9, op 22 februari 2026: {TE_LAAT.format('1 dag', 'Resultaat', '21 februari 2026')}",
    ),
    "it has begun, and was in time": (
        [*onderzocht(5, 19)[:1], ("stap_08_bepalen_maatregel", 7, MAATREGEL), onderzocht(5, 19)[3]],
        ("stap_06_onderzoeken_klacht", 5, {"bevindingen": "x"}), g.ResultaatMeegedeeld, OP_TIJD, OP_TIJD, "",
    ),
    "there was somebody to write to again before the last day": (
        [*bevestigd(op=21), onbekend(5)], onbekend(12, bereikbaar=True), g.OntvangstBevestigd, OP_TIJD, BEVESTIGING,
        f"Stap 5, op 23 februari 2026: {TE_LAAT.format('7 dagen', 'Ontvangstbevestiging', '16 februari 2026')}",
    ),
    "there was nobody to write to on the last day": (
        bevestigd(op=21), onbekend(12), g.OntvangstBevestigd, BEVESTIGING, OP_TIJD, "",
    ),
    "what was still to be carried out is not needed": (
        [
            *onderzocht(5, 20)[:3],
            ("stap_08_bepalen_maatregel", 7, ANDERS | {"omschrijving": "Nog een."}),
            ("stap_11_uitvoeren_maatregel", 50, {"maatregel": 1, "toelichting": "x"}),
        ],
        (
            "stap_08_laten_vervallen_maatregel", 51,
            {"maatregel": 2, "overlegd_met": "carla"},
        ),
        g.MaatregelUitgevoerd, BUITEN_AFSPRAAK, (*BUITEN_AFSPRAAK, "te_laat:maatregelen"),
        f"Stap 11, op 24 maart 2026: {TE_LAAT.format('8 dagen', 'Maatregelen uitgevoerd', '16 maart 2026')}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wat", NIEUW)
def test_a_new_fact_asks_why_what_it_makes_late_is_late(lijst: Lijst, wat: str) -> None:
    stappen, (naam, op, invoer), ander, eerst, daarna, zin = NIEUW[wat]
    nummer = klacht(lijst, stappen)
    assert feit(lijst, nummer, ander).afwijkingen == eerst
    anna = organisatie.gebruiker("anna")
    assert anna is not None
    try:
        zonder = {
            "vandaag": lijst.vandaag,
            "op": dag(op),
            "reden": "Vergeten." if HANDELINGEN[naam].reden_verplicht else "",
        }
        HANDELINGEN[naam](lijst.register, anna, nummer, reden_afwijking="", **zonder, **invoer)
        gezegd: list[str] = []
    except RedenNodig as fout:
        gezegd = [w for w in fout.waarschuwingen if w.startswith("Stap") and " 2026: " in w]
        lijst.doe(naam, "anna", nummer, op=op, reden="Pas later gehoord.", **invoer)
    assert gezegd == ([zin] if zin else [])
    nu = feit(lijst, nummer, ander)
    assert nu.afwijkingen == daarna
    if zin:
        assert nu.waarom_afwijkend == "Pas later gehoord."
        assert nu.reden.startswith("Volgt uit feit ")


def test_the_step_at_which_an_extended_term_begins_is_not_taken_back(lijst: Lijst) -> None:
    verlenging = next(t.verlenging for t in lijst.register.reglementen["awb9"].termijnen if t.verlenging)
    reglement = met_termijn(lijst, "vanaf_5", id="afdoening", vanaf="stap_05", einde=(13,), verlenging=verlenging)
    langer = {"uiterlijk_op": dag(60), "toelichting": "x"}
    nummer = klacht(lijst, [], reglement)
    with pytest.raises(Geweigerd, match="is nog niet begonnen; er valt niets te verlengen"):
        lijst.doe("verlengen_termijn", "anna", nummer, op=3, **langer)
    lijst.doe("stap_05_bevestigen_ontvangst", "anna", nummer, op=2, wijze="brief")
    lijst.doe("verlengen_termijn", "anna", nummer, op=3, **langer)
    with pytest.raises(Geweigerd, match="Op 5 februari 2026 is vastgelegd wat dan niet meer kan"):
        lijst.doe("herroepen_feit", "anna", nummer, nr=nr_van(lijst, nummer, g.OntvangstBevestigd), op=4)


def test_what_would_be_is_seen_by_who_asks_alone(lijst: Lijst) -> None:
    """One fact put right, one taken back: this cursor sees it, another one and the register afterwards do not."""
    nummer = klacht(lijst, onderzocht(6, 20))
    geldig = [
        replace(v, feit=replace(v.feit, gebeurd_op=dag(3))) if isinstance(v.feit, g.KlachtOnderzocht) else v
        for v in dossier_van(lijst.register, nummer).geldig
        if not isinstance(v.feit, g.ResultaatMeegedeeld)
    ]
    vraag = "SELECT stap_06_op, stap_09_op FROM klacht WHERE klachtnummer = ?"
    voor = lijst.register.stand()
    with lijst.register.as_if(nummer, geldig) as straks, lijst.register.cursor() as nu:
        assert straks.execute(vraag, [nummer]).fetchall() == [(dag(3), None)]
        assert nu.execute(vraag, [nummer]).fetchall() == [(dag(6), dag(20))]
    with lijst.register.cursor() as nu:
        assert nu.execute(vraag, [nummer]).fetchall() == [(dag(6), dag(20))]
    assert lijst.register.stand() == voor
