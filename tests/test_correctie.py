"""A correction is held against every rule of a new fact, and takes its deviations and reasons along."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten.handelingen import Geweigerd, OngeldigeInvoer, RedenNodig, dossier_van
from klachten.opening import open_register
from klachten.register import Register
from tests.lijsten import ONTVANGEN, Lijst


@pytest.fixture
def lijst(register: Register) -> Lijst:
    """A register in which it is long after everything, so that terms have ended."""
    return Lijst(register, vandaag=date(2026, 6, 1))


@pytest.fixture(scope="module")
def gesloten(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[tuple[Lijst, str]]:
    """A klacht that went through every step, shared by the corrections that are refused and change nothing."""
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("gesloten") / "register")) as register:
        lijst = Lijst(register, vandaag=date(2026, 6, 1))
        yield lijst, lijst.tot(14)


def dag(nr: int) -> date:
    return ONTVANGEN + timedelta(nr)


def nr_van(lijst: Lijst, nummer: str, soort: type[g.Gebeurtenis]) -> int:
    return next(v.corrigeert or v.nr for v in dossier_van(lijst.register, nummer).geldig if isinstance(v.feit, soort))


def feit(lijst: Lijst, nummer: str, soort: type[g.Gebeurtenis]) -> Any:
    return dossier_van(lijst.register, nummer).laatste(soort)


def corrigeer(lijst: Lijst, nummer: str, soort: type[g.Gebeurtenis], wie: str = "anna", **wat: Any) -> None:
    lijst.doe("corrigeren_feit", wie, nummer, nr=nr_van(lijst, nummer, soort), **wat)


# --- deviations are worked out anew ----------------------------------------------------------------------------------


def test_a_corrected_acknowledgement_that_is_on_time_loses_its_deviation(lijst: Lijst) -> None:
    nummer = lijst.tot(4)
    lijst.doe("stap_05_bevestigen_ontvangst", "anna", nummer, op=20, wijze="brief", reden="Ziekte")
    assert feit(lijst, nummer, g.OntvangstBevestigd).afwijkingen == ("te_laat:bevestiging",)
    corrigeer(lijst, nummer, g.OntvangstBevestigd, gebeurd_op=dag(14), reden="Poststempel")
    nu = feit(lijst, nummer, g.OntvangstBevestigd)
    assert (nu.afwijkingen, nu.reden, nu.waarom_afwijkend) == ((), "Poststempel", "")


def test_a_correction_that_makes_it_late_asks_why(lijst: Lijst) -> None:
    nummer = lijst.tot(5)
    with pytest.raises(RedenNodig, match="1 dag te laat"):
        corrigeer(lijst, nummer, g.OntvangstBevestigd, gebeurd_op=dag(15), reden="Tikfout", reden_afwijking="")
    corrigeer(lijst, nummer, g.OntvangstBevestigd, gebeurd_op=dag(15), reden="Tikfout", reden_afwijking="Griep")
    nu = feit(lijst, nummer, g.OntvangstBevestigd)
    assert (nu.afwijkingen, nu.reden, nu.reden_afwijking) == (("te_laat:bevestiging",), "Tikfout", "Griep")
    # Corrected once more it is late for the same reason, which nobody has to give again.
    corrigeer(lijst, nummer, g.OntvangstBevestigd, waarden={"wijze": "e-mail"}, reden="Mail", reden_afwijking="")
    nu = feit(lijst, nummer, g.OntvangstBevestigd)
    assert (nu.afwijkingen, nu.reden, nu.waarom_afwijkend) == (("te_laat:bevestiging",), "Mail", "Griep")


def test_one_reason_may_say_both(lijst: Lijst) -> None:
    nummer = lijst.tot(5)
    corrigeer(lijst, nummer, g.OntvangstBevestigd, gebeurd_op=dag(15), reden="Brief bleef liggen")
    nu = feit(lijst, nummer, g.OntvangstBevestigd)
    assert (nu.afwijkingen, nu.waarom_afwijkend) == (("te_laat:bevestiging",), "Brief bleef liggen")


@pytest.mark.parametrize(
    ("soort", "naar", "zin"),
    [
        (g.KlachtOnderzocht, 2, "ligt vóór stap 5"),
        (g.KlachtOnderzocht, 9, "Stap 8 is al eerder gedaan dan stap 6."),
        (g.MaatregelBepaald, 10, "Stap 9 is al eerder gedaan dan stap 8."),
        (g.ActienemerGeinformeerd, 12, "Stap 11 is al eerder gedaan dan stap 10."),
        (g.KlachtAfgesloten, 16, "Stap 14 is al eerder gedaan dan stap 13."),
        (g.AfsluitingMeegedeeld, 12, "ligt vóór stap 13"),
        (g.MaatregelUitgevoerd, 43, "1 dag te laat"),
    ],
)
def test_a_correction_of_a_day_asks_why_it_leaves_the_order(lijst: Lijst, soort: Any, naar: int, zin: str) -> None:
    nummer = lijst.tot(11 if soort is g.MaatregelUitgevoerd else 14)
    with pytest.raises(RedenNodig, match=zin):
        corrigeer(lijst, nummer, soort, gebeurd_op=dag(naar), reden="Tikfout", reden_afwijking="")
    corrigeer(lijst, nummer, soort, gebeurd_op=dag(naar), reden="Tikfout", reden_afwijking="Zo was het")
    nu = feit(lijst, nummer, soort)
    assert nu.afwijkingen
    assert (nu.gebeurd_op, nu.reden, nu.reden_afwijking) == (dag(naar), "Tikfout", "Zo was het")


def test_a_correction_within_the_order_asks_nothing(lijst: Lijst) -> None:
    nummer = lijst.tot(14)
    # The same day as the step before, the same day as the step after, and other texts.
    corrigeer(lijst, nummer, g.KlachtOnderzocht, gebeurd_op=dag(5), reden="Tikfout", reden_afwijking="")
    corrigeer(lijst, nummer, g.KlachtOnderzocht, gebeurd_op=dag(8), reden="Tikfout", reden_afwijking="")
    corrigeer(lijst, nummer, g.KlachtAfgesloten, waarden={"toelichting": "Klaar"}, reden="Volledig", reden_afwijking="")
    assert [v.feit.afwijkingen for v in dossier_van(lijst.register, nummer).geldig if v.feit.afwijkingen] == []


def test_after_a_reopening_the_earlier_round_is_held_against_itself(lijst: Lijst) -> None:
    nummer = lijst.tot(14)
    lijst.doe("stap_15_heropenen_klacht", "anna", nummer, op=20, grond="nieuwe_feiten")
    lijst.doe("stap_06_onderzoeken_klacht", "anna", nummer, op=21, bevindingen="x")
    corrigeer(lijst, nummer, g.AfsluitingMeegedeeld, gebeurd_op=dag(25), reden="Tikfout", reden_afwijking="")
    assert feit(lijst, nummer, g.AfsluitingMeegedeeld).gebeurd_op == dag(25)


# --- another receipt: every term runs otherwise ----------------------------------------------------------------------


def test_an_earlier_receipt_makes_the_acknowledgement_late_and_asks_why(lijst: Lijst) -> None:
    nummer = lijst.tot(14)
    met = {"gebeurd_op": dag(-12), "reden": "De brief lag er al"}
    with pytest.raises(RedenNodig) as fout:
        corrigeer(lijst, nummer, g.KlachtOntvangen, reden_afwijking="", **met)
    laat = "Stap 5, op 7 februari 2026: Dit is 3 dagen te laat: de termijn 'Ontvangstbevestiging' liep tot en met"
    na = "Stap 8, op 10 februari 2026: 16 maart 2026 ligt na de termijn 'Maatregelen uitgevoerd', die loopt tot en met"
    assert fout.value.waarschuwingen == (f"{laat} 4 februari 2026.", f"{na} 4 maart 2026 (stap 11).")
    # Only asked: the register stands as it stood.
    assert _row(lijst, nummer) == (dag(0), 0)
    corrigeer(lijst, nummer, g.KlachtOntvangen, reden_afwijking="Verkeerd bezorgd", **met)
    laat = feit(lijst, nummer, g.OntvangstBevestigd)
    assert (laat.afwijkingen, laat.reden_afwijking) == (("te_laat:bevestiging",), "Verkeerd bezorgd")
    assert laat.reden == "Volgt uit de correctie van feit 1: De brief lag er al"
    assert feit(lijst, nummer, g.KlachtOntvangen).afwijkingen == ()
    assert feit(lijst, nummer, g.MaatregelUitgevoerd).afwijkingen == ()


def test_a_later_receipt_takes_the_deviation_of_the_acknowledgement_away(lijst: Lijst) -> None:
    nummer = lijst.intake(op=0)
    lijst.doe("corrigeren_feit", "anna", nummer, nr=nr_van(lijst, nummer, g.KlachtGeregistreerd), gebeurd_op=dag(9))
    lijst.doe("corrigeren_feit", "anna", nummer, nr=nr_van(lijst, nummer, g.CoordinatorGeinformeerd), gebeurd_op=dag(9))
    lijst.doe("stap_04_toewijzen_behandelaar", "anna", nummer, op=10, behandelaar="anna")
    lijst.doe("stap_05_bevestigen_ontvangst", "anna", nummer, op=20, wijze="brief", reden="Ziekte")
    assert feit(lijst, nummer, g.OntvangstBevestigd).waarom_afwijkend == "Ziekte"
    aantal = lijst.register.stand().aantal
    corrigeer(lijst, nummer, g.KlachtOntvangen, gebeurd_op=dag(3), reden="Poststempel", reden_afwijking="")
    assert lijst.register.stand().aantal == aantal + 1, "late it stays, so nothing else is recorded anew"
    nog = feit(lijst, nummer, g.OntvangstBevestigd)
    assert (nog.afwijkingen, nog.waarom_afwijkend) == (("te_laat:bevestiging",), "Ziekte")
    corrigeer(lijst, nummer, g.KlachtOntvangen, gebeurd_op=dag(6), reden="Poststempel")
    nu = feit(lijst, nummer, g.OntvangstBevestigd)
    assert (nu.afwijkingen, nu.reden_afwijking) == ((), "")
    assert _row(lijst, nummer) == (dag(6), 0)


def _row(lijst: Lijst, nummer: str) -> tuple[Any, ...]:
    with lijst.register.cursor() as cursor:
        (rij,) = cursor.execute(
            "SELECT ontvangen_op, afwijkingen FROM klacht WHERE klachtnummer = ?", [nummer]
        ).fetchall()
    return rij


def test_the_last_maatregel_is_late_by_an_earlier_receipt(lijst: Lijst) -> None:
    nummer = lijst.tot(10)
    lijst.doe("stap_11_uitvoeren_maatregel", "dirk", nummer, op=42, maatregel=1)
    assert feit(lijst, nummer, g.MaatregelUitgevoerd).afwijkingen == ()
    corrigeer(lijst, nummer, g.KlachtOntvangen, gebeurd_op=dag(-1), reden="Een dag eerder")
    assert feit(lijst, nummer, g.MaatregelUitgevoerd).afwijkingen == ("te_laat:maatregelen",)


# --- what a new fact refuses, a correction refuses -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("soort", "wat", "zin"),
    [
        (g.KlachtAfgesloten, {"gebeurd_op": dag(10)}, "De laatste maatregel is pas uitgevoerd op"),
        (g.MaatregelUitgevoerd, {"gebeurd_op": dag(14)}, "De klacht kan niet afgesloten zijn op"),
        (g.MaatregelUitgevoerd, {"gebeurd_op": dag(7)}, "Maatregel 1 is pas bepaald op"),
        (
            g.MaatregelUitgevoerd,
            {"waarden": {"behandelaar_geinformeerd_op": dag(10)}},
            "De behandelaar hoort het pas als de maatregel is uitgevoerd",
        ),
        (g.MaatregelBepaald, {"waarden": {"uiterlijk_op": dag(7)}}, "De uiterste datum ligt vóór"),
        (
            g.MaatregelBepaald,
            {"waarden": {"overlegd_met": "buiten"}},
            "zijn niet betrokken: overleg binnen de directie",
        ),
        (g.MaatregelBepaald, {"waarden": {"overlegd_met": "anna"}}, "hoort niet bij de directie"),
        (g.MaatregelBepaald, {"waarden": {"actienemer": "hanna"}}, "heeft niet de rol actienemer of directie"),
        (g.BehandelaarToegewezen, {"waarden": {"behandelaar": "gijs"}}, "heeft niet de rol behandelaar"),
        (g.BehandelaarToegewezen, {"waarden": {"behandelaar": "eva"}}, "heeft niet de rol behandelaar"),
        (g.KlachtOntvangen, {"gebeurd_op": dag(3)}, "ligt vóór de ontvangst van de klacht"),
        (g.OntvangstBevestigd, {"gebeurd_op": dag(-1)}, "ligt vóór de ontvangst van de klacht"),
        (g.OntvangstBevestigd, {"gebeurd_op": date(2026, 6, 2)}, "ligt in de toekomst"),
        (g.KlachtOntvangen, {"waarden": {"betrokkenen": ("anna",)}}, "kan daarom niet de behandelaar zijn"),
        (g.KlachtOntvangen, {"waarden": {"betrokkenen": ("carla",)}}, "overleg met een directielid"),
    ],
)
def test_a_correction_is_refused_as_the_new_fact_would_be(
    gesloten: tuple[Lijst, str], soort: Any, wat: Any, zin: str
) -> None:
    lijst, nummer = gesloten
    voor = lijst.register.stand()
    with pytest.raises(Geweigerd, match=zin):
        corrigeer(lijst, nummer, soort, **wat)
    assert lijst.register.stand() == voor


def test_nobody_becomes_involved_at_receipt_by_a_correction_after_acting_in_the_klacht(lijst: Lijst) -> None:
    nummer = lijst.intake()
    lijst.doe("stap_04_toewijzen_behandelaar", "carla", nummer, behandelaar="bas")
    with pytest.raises(Geweigerd, match="Carla Verhoeven is betrokken bij deze klacht en mag niet toewijzen"):
        corrigeer(lijst, nummer, g.KlachtOntvangen, waarden={"betrokkenen": ("carla",)})
    lijst.doe("stap_03_koppelen_klacht", "frank", nummer, met=lijst.intake())
    with pytest.raises(Geweigerd, match="Frank Maes heeft daarna stap 3 vastgelegd, en dat kan een betrokkene niet"):
        corrigeer(lijst, nummer, g.KlachtOntvangen, waarden={"betrokkenen": ("frank",)})
    corrigeer(lijst, nummer, g.KlachtOntvangen, waarden={"betrokkenen": ("eva",)})
    assert dossier_van(lijst.register, nummer).betrokkenen == {"eva"}


def test_an_assigner_and_a_consulted_directielid_found_later_are_refused_through_a_correction(lijst: Lijst) -> None:
    nummer = lijst.tot(6, behandelaar="bas")
    lijst.doe("stap_04_toevoegen_betrokkene", "bas", nummer, op=7, betrokkene="carla")
    lijst.doe("stap_08_afzien_van_maatregelen", "bas", nummer, op=8, motivering="x", overlegd_met="frank")
    with pytest.raises(OngeldigeInvoer, match="Stap 8: Carla Verhoeven is betrokken bij deze klacht"):
        corrigeer(lijst, nummer, g.GeenMaatregelenNodig, "bas", waarden={"overlegd_met": "carla"})


def test_what_later_facts_stand_on_cannot_be_taken_back(lijst: Lijst) -> None:
    nummer = lijst.tot(14)
    lijst.doe("stap_15_melden_meningsverschil", "anna", nummer, op=16, toelichting="x")
    lijst.doe("stap_15_voeren_overleg", "anna", nummer, op=17, toelichting="x")
    lijst.doe("stap_15_voorleggen_geschil", "carla", nummer, op=18, onafhankelijk_persoon="prof. Uit")
    for soort, zin in (
        (g.MeningsverschilGemeld, "nog geen meningsverschil gemeld"),
        (g.MaatregelBepaald, "Maatregel 1 bestaat niet"),
        (g.BehandelaarToegewezen, "er is er dan geen toegewezen"),
    ):
        with pytest.raises(Geweigerd, match=zin):
            lijst.doe("herroepen_feit", "anna", nummer, nr=nr_van(lijst, nummer, soort))
    with pytest.raises(Geweigerd, match="Zet eerst dat recht"):
        corrigeer(lijst, nummer, g.OverlegGevoerd, waarden={"opgelost": True})
    lijst.doe("herroepen_feit", "anna", nummer, nr=nr_van(lijst, nummer, g.GeschilVoorgelegd))
    assert dossier_van(lijst.register, nummer).geschil == "overleg mislukt"


def test_what_was_taken_back_before_anything_followed_is_gone(lijst: Lijst) -> None:
    nummer = lijst.tot(4)
    lijst.doe("herroepen_feit", "anna", nummer, nr=nr_van(lijst, nummer, g.BehandelaarToegewezen))
    assert dossier_van(lijst.register, nummer).behandelaar is None


# --- signalen and trajecten -------------------------------------------------------------------------------------------


def test_a_signaal_is_as_its_corrections_say(lijst: Lijst) -> None:
    signaal = lijst.signaal(op=5)
    with pytest.raises(OngeldigeInvoer, match="ligt vóór het signaal van"):
        lijst.doe("stap_01_afdoen_signaal", "gijs", signaal, op=3, toelichting="x")
    corrigeer(lijst, signaal, g.SignaalOntvangen, gebeurd_op=dag(2), reden="Dag eerder")
    lijst.doe("stap_01_afdoen_signaal", "gijs", signaal, op=3, toelichting="Uitgelegd")
    with pytest.raises(OngeldigeInvoer, match="de dag waarop S2026-0001 begint"):
        corrigeer(lijst, signaal, g.SignaalAfgedaan, gebeurd_op=dag(1), reden="Tikfout")
    corrigeer(lijst, signaal, g.SignaalAfgedaan, gebeurd_op=dag(4), reden="Tikfout")
    assert feit(lijst, signaal, g.SignaalAfgedaan).gebeurd_op == dag(4)


def test_a_signaal_of_which_the_settling_was_taken_back_is_open_again(lijst: Lijst) -> None:
    signaal = lijst.signaal()
    lijst.doe("stap_01_afdoen_signaal", "gijs", signaal, op=1, toelichting="Vergissing")
    with pytest.raises(Geweigerd, match="is al afgedaan"):
        lijst.intake(op=2, signaal=signaal)
    lijst.doe("herroepen_feit", "anna", signaal, nr=nr_van(lijst, signaal, g.SignaalAfgedaan))
    nummer = lijst.intake(op=2, signaal=signaal)
    with pytest.raises(Geweigerd, match=f"is al op schrift gesteld als {nummer}"):
        lijst.doe("stap_01_afdoen_signaal", "gijs", signaal, op=3, toelichting="x")


def test_trajecten_that_were_taken_back_can_be_entered_again(lijst: Lijst) -> None:
    def vul_in(aantal: int) -> None:
        lijst.doe("stap_16_vaststellen_trajecten", "carla", jaar=2025, vestiging="weert", aantal=aantal)

    vul_in(50)
    lijst.doe("herroepen_feit", "carla", "T2025", nr=nr_van(lijst, "T2025", g.TrajectenVastgesteld))
    vul_in(60)
    vul_in(61)
    geldig = [v.feit.aantal for v in dossier_van(lijst.register, "T2025").geldig]
    assert geldig == [61]


# --- what a correction makes of other facts ---------------------------------------------------------------------------


def herroep(lijst: Lijst, nummer: str, soort: type[g.Gebeurtenis], wie: str = "anna", **wat: Any) -> None:
    lijst.doe("herroepen_feit", wie, nummer, nr=nr_van(lijst, nummer, soort), **wat)


def verlengd(lijst: Lijst) -> str:
    """A klacht of the Awb that was closed on day 52, within the term that was extended to day 69."""
    nummer = lijst.intake(reglement="awb9")
    lijst.doe("stap_04_toewijzen_behandelaar", "anna", nummer, behandelaar="anna")
    lijst.doe("stap_05_bevestigen_ontvangst", "anna", nummer, op=2, wijze="brief")
    lijst.doe("stap_06_onderzoeken_klacht", "anna", nummer, op=8, bevindingen="x")
    lijst.doe("verlengen_termijn", "anna", nummer, op=40, uiterlijk_op=dag(69), toelichting="x")
    lijst.doe("stap_08_afzien_van_maatregelen", "anna", nummer, op=50, motivering="x", overlegd_met="carla")
    lijst.doe("stap_09_informeren_indiener", "anna", nummer, op=51, wijze="brief")
    lijst.doe("stap_13_afsluiten_klacht", "anna", nummer, op=52)
    assert feit(lijst, nummer, g.KlachtAfgesloten).afwijkingen == ()
    return nummer


def test_without_its_extension_the_closing_is_late_and_asks_why(lijst: Lijst) -> None:
    nummer = verlengd(lijst)
    voor = lijst.register.stand()
    with pytest.raises(RedenNodig) as fout:
        herroep(lijst, nummer, g.TermijnVerlengd, reden="Nooit verstuurd", reden_afwijking="")
    (zin,) = fout.value.waarschuwingen
    assert zin.startswith("Stap 13, op 26 maart 2026: Dit is 10 dagen te laat: de termijn")
    with pytest.raises(RedenNodig, match="Stap 13, op 26 maart 2026: Dit is 2 dagen te laat"):
        corrigeer(lijst, nummer, g.TermijnVerlengd, waarden={"uiterlijk_op": dag(50)}, reden="x", reden_afwijking="")
    # Only asked: the terms are as they were.
    assert lijst.register.stand() == voor
    assert _afdoening(lijst, nummer) == ("op tijd", dag(69))
    herroep(lijst, nummer, g.TermijnVerlengd, reden="Nooit verstuurd", reden_afwijking="Te druk")
    nu = feit(lijst, nummer, g.KlachtAfgesloten)
    assert (len(nu.afwijkingen), nu.reden_afwijking) == (1, "Te druk")
    assert nu.reden.startswith("Volgt uit het herroepen van feit ")
    assert _afdoening(lijst, nummer) == ("te laat", dag(42))


def _afdoening(lijst: Lijst, nummer: str) -> Any:
    """How the term stands that an extension moved."""
    with lijst.register.cursor() as cursor:
        (rij,) = cursor.execute(
            "SELECT status, uiterlijk_op FROM termijnen(?) WHERE klachtnummer = ? AND verlengbaar_tot IS NOT NULL",
            [lijst.vandaag, nummer],
        ).fetchall()
    return rij


def test_another_agreed_day_takes_a_late_execution_along(lijst: Lijst) -> None:
    nummer = lijst.tot(8)
    lijst.doe("stap_09_informeren_indiener", "anna", nummer, op=9, wijze="brief")
    lijst.doe("stap_10_informeren_actienemer", "anna", nummer, op=9, maatregel=1)
    lijst.doe("stap_11_uitvoeren_maatregel", "dirk", nummer, op=43, maatregel=1, reden="Griep")
    assert feit(lijst, nummer, g.MaatregelUitgevoerd).afwijkingen == ("maatregel_te_laat", "te_laat:maatregelen")
    corrigeer(lijst, nummer, g.MaatregelBepaald, waarden={"uiterlijk_op": dag(44)}, reden="Tikfout")
    nu = feit(lijst, nummer, g.MaatregelUitgevoerd)
    assert (nu.afwijkingen, nu.waarom_afwijkend) == (("te_laat:maatregelen",), "Griep")
    assert nu.reden == f"Volgt uit de correctie van feit {nr_van(lijst, nummer, g.MaatregelBepaald)}: Tikfout"
    with pytest.raises(RedenNodig, match="Maatregel 1 moest uiterlijk 12 maart 2026 uitgevoerd zijn"):
        corrigeer(
            lijst, nummer, g.MaatregelBepaald, waarden={"uiterlijk_op": dag(38)}, reden="Toch", reden_afwijking=""
        )


def test_a_step_that_is_taken_back_leaves_what_came_after_it_out_of_order(lijst: Lijst) -> None:
    nummer = lijst.tot(8)
    with pytest.raises(RedenNodig, match="Stap 8, op 10 februari 2026: Stap 8 komt na stap 6"):
        herroep(lijst, nummer, g.KlachtOnderzocht, reden="Verkeerd dossier", reden_afwijking="")
    herroep(lijst, nummer, g.KlachtOnderzocht, reden="Verkeerd dossier", reden_afwijking="Spoed")
    nu = feit(lijst, nummer, g.MaatregelBepaald)
    assert (nu.afwijkingen, nu.reden_afwijking) == (("volgorde",), "Spoed")


def test_who_was_told_and_heard_stays_involved(lijst: Lijst) -> None:
    nummer = lijst.intake(betrokkenen=("eva", "gijs"))
    lijst.doe("stap_04_toewijzen_behandelaar", "anna", nummer, behandelaar="anna")
    lijst.doe("stap_06_inlichten_medewerker", "anna", nummer, op=3, medewerker="eva")
    with pytest.raises(Geweigerd) as fout:
        corrigeer(lijst, nummer, g.KlachtOntvangen, waarden={"betrokkenen": ("gijs",)})
    zin = "Stap 6: Eva Bakker is niet betrokken bij deze klacht (stap 4)."
    assert str(fout.value) == f"Op 5 februari 2026 is vastgelegd wat dan niet meer kan. {zin} Zet eerst dat recht."
    herroep(lijst, nummer, g.MedewerkerIngelicht)
    corrigeer(lijst, nummer, g.KlachtOntvangen, waarden={"betrokkenen": ("gijs",)})
    assert dossier_van(lijst.register, nummer).betrokkenen == {"gijs"}


def test_an_impossible_order_is_refused_before_anything_is_recorded(lijst: Lijst) -> None:
    nummer = lijst.tot(14)
    voor = lijst.register.stand()
    with pytest.raises(Geweigerd, match="maar pas afgesloten op 15 februari 2026"):
        lijst.doe("stap_15_heropenen_klacht", "anna", nummer, op=3, grond="nieuwe_feiten")
    assert lijst.register.stand() == voor
    # Nobody is asked why it deviates before it is refused.
    lijst.doe("stap_15_heropenen_klacht", "anna", nummer, op=20, grond="nieuwe_feiten")
    with pytest.raises(Geweigerd, match="maar pas heropend op 22 februari 2026"):
        lijst.doe("stap_13_afsluiten_klacht", "anna", nummer, op=19, reden=" ")


# --- evaluations ------------------------------------------------------------------------------------------------------


def test_an_evaluation_keeps_its_verbeteractie_and_its_own_period(lijst: Lijst) -> None:
    evaluatie = lijst.evaluatie()
    lijst.verbeteractie(evaluatie)
    lijst.doe("stap_17_informeren_actienemer", "frank", evaluatie, op=7, verbeteractie=1)
    lijst.doe("stap_18_uitvoeren_verbeteractie", "gijs", evaluatie, op=10, verbeteractie=1)
    with pytest.raises(Geweigerd, match=f"Verbeteractie 1 van {evaluatie} bestaat niet. Zet eerst dat recht."):
        herroep(lijst, evaluatie, g.VerbeteractieBepaald, "frank")
    met = {"waarden": {"uiterlijk_op": dag(9)}, "reden": "Tikfout"}
    with pytest.raises(RedenNodig, match="Verbeteractie 1 moest uiterlijk 11 februari 2026 uitgevoerd zijn"):
        corrigeer(lijst, evaluatie, g.VerbeteractieBepaald, "frank", reden_afwijking="", **met)
    corrigeer(lijst, evaluatie, g.VerbeteractieBepaald, "frank", reden_afwijking="Ziek", **met)
    nu = feit(lijst, evaluatie, g.VerbeteractieUitgevoerd)
    assert (nu.afwijkingen, nu.reden_afwijking) == (("verbeteractie_te_laat",), "Ziek")

    half = {"waarden": {"tot": date(2025, 6, 30)}}
    ander = lijst.evaluatie(tot=date(2025, 6, 30))
    with pytest.raises(Geweigerd, match=rf"is al geëvalueerd \({ander}\)"):
        corrigeer(lijst, evaluatie, g.EvaluatieGehouden, "frank", **half)
    lijst.doe("stap_16_heropenen_evaluatie", "frank", ander, op=20, directieleden=("frank",), conclusies="Ook mailen.")
    with pytest.raises(Geweigerd, match=f"zijn er meer versies. De periode van {ander} kan dan niet meer anders."):
        corrigeer(lijst, ander, g.EvaluatieGehouden, "frank", waarden={"tot": date(2025, 3, 31)})
    # What is not the period can still be put right, and a period that is free can be had.
    corrigeer(lijst, ander, g.EvaluatieGehouden, "frank", waarden={"conclusies": "Bellen."})
    corrigeer(lijst, evaluatie, g.EvaluatieGehouden, "frank", waarden={"tot": date(2025, 9, 30)})
    assert feit(lijst, evaluatie, g.EvaluatieGehouden).tot == date(2025, 9, 30)
