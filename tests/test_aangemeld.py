"""Signed in: the own sign-in, what an invitation or a reset gives, what a beheerder does, and who leaves."""

from __future__ import annotations

import re
from datetime import date

import pyotp
import pytest

from klachten.kijklog import SOORTEN
from klachten.toegang import aanmelden, beheren, uitnodigen
from klachten.toegang.accounts import NaamBezet
from klachten.toegang.sessies import STIL
from tests.aanmeldproef import ANDER, BINNEN, KOEK, Proef, proef, sign_in, told
from tests.echte_app import WACHTWOORD, aanmeldnaam
from tests.poortproef import Browser

# The register with accounts.
__all__ = ["proef"]

# Invitations


def test_an_invitation_is_taken_up(proef: Proef):
    code = proef.deur.uitnodigingen.make("eva", uitnodigen.NIEUW, "iris", proef.klok())
    browser = proef.browser()
    for _ in range(2):  # a mail program opened it before
        assert "Dag Eva Bakker." in browser.ga(f"/uitnodiging/{code}").tekst
    for nieuw, herhaald, reden in (
        ("kort", "kort", "Een wachtwoord heeft ten minste 12 tekens."),
        ("evabakkercoulant", "evabakkercoulant", "Dit wachtwoord is makkelijk te raden"),
        (ANDER, ANDER + "!", "De twee wachtwoorden zijn niet gelijk."),
    ):
        assert told(browser.stuur(f"/uitnodiging/{code}", nieuw=nieuw, herhaald=herhaald)).startswith(reden)
    antwoord = browser.stuur(f"/uitnodiging/{code}", nieuw=ANDER, herhaald=ANDER)
    assert "Uw wachtwoord is ingesteld. Meld u er nu mee aan." in antwoord.tekst
    assert KOEK not in browser.koeken
    assert sign_in(proef.browser(), "eva", ANDER).tekst == BINNEN
    assert told(sign_in(proef.browser(), "eva")) == aanmelden.KLOPT_NIET
    oud = browser.ga(f"/uitnodiging/{code}")
    assert (oud.status, aanmelden.LINK_WERKT_NIET in oud.tekst) == (404, True)


def test_a_link_that_works_no_more_says_nothing_about_whom_it_was_for(proef: Proef):
    verlopen = proef.deur.uitnodigingen.make("eva", uitnodigen.NIEUW, "iris", proef.klok() - uitnodigen.GELDIG)
    weg = proef.deur.uitnodigingen.make("gijs", uitnodigen.NIEUW, "iris", proef.klok())
    proef.personen.weg.add("gijs")
    teksten = {proef.browser().ga(f"/uitnodiging/{code}").tekst for code in (verlopen, weg, "onzin", "x" * 300)}
    assert len(teksten) == 1
    assert "Eva" not in teksten.pop()


def test_a_reset_ends_what_was_open_and_is_told(proef: Proef):
    open_was = proef.binnen("bas")
    code = proef.deur.uitnodigingen.make("bas", uitnodigen.HERSTEL, "iris", proef.klok())
    assert open_was.ga("/").tekst == BINNEN  # asking for one ends nothing
    browser = proef.browser()
    browser.ga(f"/uitnodiging/{code}")
    browser.stuur(f"/uitnodiging/{code}", nieuw=ANDER, herhaald=ANDER)
    assert "<h1>Aanmelden</h1>" in open_was.ga("/").tekst
    antwoord = sign_in(proef.browser(), "bas", ANDER, naar="/klachten")
    assert "Uw wachtwoord is hersteld door Iris Kuipers." in antwoord.tekst
    assert 'href="/klachten"' in antwoord.tekst
    assert sign_in(proef.browser(), "bas", ANDER).tekst == BINNEN  # said once


# The own sign-in


def test_one_sees_where_one_is_signed_in_and_ends_it_there(proef: Proef):
    hier, daar = proef.binnen(), proef.binnen()
    daar.user_agent = "x"
    proef.klok.nu += 60
    pagina = hier.ga("/mijn-aanmelding").tekst
    assert pagina.count("Firefox op Windows</strong>") == 2
    assert pagina.count("(hier)") == 1
    ander = re.findall(r'name="sessie" value="([0-9a-f]{64})"', pagina)
    assert len(ander) == 1
    assert "Die plek is afgemeld." in hier.stuur("/mijn-aanmelding/afmelden", sessie=ander[0]).tekst
    assert "<h1>Aanmelden</h1>" in daar.ga("/").tekst
    assert hier.ga("/").tekst == BINNEN


def test_nobody_ends_the_session_of_somebody_else(proef: Proef):
    bas, dirk = proef.binnen("bas"), proef.binnen("dirk")
    vreemd = proef.deur.sessies.of("dirk", proef.klok())[0].hash
    bas.ga("/mijn-aanmelding")
    bas.stuur("/mijn-aanmelding/afmelden", sessie=vreemd)
    assert dirk.ga("/").tekst == BINNEN


@pytest.mark.parametrize(("pad", "elders"), [("/afmelden", BINNEN), ("/afmelden/overal", None)])
def test_signing_out_here_or_everywhere(proef: Proef, pad: str, elders: str | None):
    hier, daar = proef.binnen(), proef.binnen()
    gestolen = Browser(proef.poort, koeken=dict(hier.koeken))
    hier.ga("/mijn-aanmelding")
    antwoord = hier.stuur(pad)
    assert "afgemeld." in antwoord.tekst
    assert hier.koeken[KOEK] == ""
    assert "<h1>Aanmelden</h1>" in gestolen.ga("/").tekst
    assert (daar.ga("/").tekst == BINNEN) is (elders == BINNEN)


@pytest.mark.parametrize(
    "pad",
    [
        "/afmelden",
        "/afmelden/overal",
        "/mijn-aanmelding/wachtwoord",
        "/mijn-aanmelding/tweede-stap",
        "/mijn-aanmelding/afmelden",
        "/mijn-aanmelding/inschrijven",
    ],
)
def test_another_site_signs_nobody_out_and_changes_nothing(proef: Proef, pad: str):
    browser, dirk = proef.binnen("bas"), proef.binnen("dirk")
    dirk.ga("/mijn-aanmelding")
    vreemd = re.findall(r'name="merk" value="([0-9a-f]{64})"', dirk.pagina.tekst)[0]  # type: ignore[union-attr]
    for merk in ("", vreemd):
        antwoord = browser.stuur(pad, merk=merk, oud=WACHTWOORD, nieuw=ANDER, herhaald=ANDER)
        assert told(antwoord).startswith("Deze pagina stond te lang open.")
    assert browser.ga("/").tekst == BINNEN
    assert sign_in(proef.browser(), "bas").tekst == BINNEN


def test_the_own_password_is_changed(proef: Proef):
    hier, daar = proef.binnen(), proef.binnen()
    hier.ga("/mijn-aanmelding")
    fout = hier.stuur("/mijn-aanmelding/wachtwoord", oud=ANDER, nieuw=ANDER, herhaald=ANDER)
    assert told(fout) == "Uw huidige wachtwoord klopt niet."
    assert "<details open>" in fout.tekst
    zwak = hier.stuur("/mijn-aanmelding/wachtwoord", oud=WACHTWOORD, nieuw="basjanssen2026", herhaald="basjanssen2026")
    assert told(zwak).startswith("Dit wachtwoord is makkelijk te raden")
    goed = hier.stuur("/mijn-aanmelding/wachtwoord", oud=WACHTWOORD, nieuw=ANDER, herhaald=ANDER)
    assert "Uw wachtwoord is gewijzigd." in goed.tekst
    assert "<h1>Aanmelden</h1>" in daar.ga("/").tekst
    assert sign_in(proef.browser(), "bas", ANDER).tekst == BINNEN


def test_one_may_take_a_second_step_oneself(proef: Proef):
    browser, elders = proef.binnen(), proef.binnen()
    browser.ga("/mijn-aanmelding")
    assert told(browser.stuur("/mijn-aanmelding/tweede-stap", oud=ANDER)) == "Uw huidige wachtwoord klopt niet."
    pagina = browser.stuur("/mijn-aanmelding/tweede-stap", oud=WACHTWOORD).tekst
    geheim = re.findall(r"<code>([A-Z2-7 ]+)</code>", pagina)[0].replace(" ", "")
    assert told(browser.stuur("/mijn-aanmelding/inschrijven", code="000000")).startswith("Deze code klopt niet.")
    assert "Uw herstelcodes" in browser.stuur("/mijn-aanmelding/inschrijven", code=proef.code(pyotp.TOTP(geheim))).tekst
    assert "nog 10 herstelcodes" in browser.ga("/mijn-aanmelding").tekst
    assert "<h1>Aanmelden</h1>" in elders.ga("/").tekst
    assert "<h1>Tweede stap</h1>" in sign_in(proef.browser()).tekst
    # The secret is not waiting for a second use.
    assert told(browser.stuur("/mijn-aanmelding/inschrijven", code="000000")).startswith(
        "Deze pagina stond te lang open."
    )


def test_who_leaves_is_out(proef: Proef):
    browser = proef.binnen()
    sessie = proef.deur.sessies.of("bas", proef.klok())[0]
    kijkers = proef.poort.staat.kijkers
    assert kijkers
    assert kijkers.gebruiker(sessie.hash, proef.klok(), date(2026, 3, 2)).naam == "Bas Janssen"
    proef.personen.weg.add("bas")
    assert kijkers.gebruiker(sessie.hash, proef.klok(), date(2026, 3, 2)) is None
    # Not only the pages: nothing that is behind the gate, and the session ends with it.
    assert browser.ga("/bestand/x.png").status == 401
    assert proef.deur.sessies.of("bas", proef.klok()) == []


def test_a_page_sees_nobody_after_the_session(proef: Proef):
    proef.binnen()
    hash, kijkers = proef.deur.sessies.of("bas", proef.klok())[0].hash, proef.poort.staat.kijkers
    assert kijkers
    assert kijkers.gebruiker(hash, proef.klok() + STIL - 1, date(2026, 3, 2))
    assert kijkers.gebruiker(hash, proef.klok() + STIL, date(2026, 3, 2)) is None
    assert kijkers.gebruiker("", proef.klok(), date(2026, 3, 2)) is None


# What a beheerder does


def test_an_account_from_invitation_to_the_end(proef: Proef):
    proef.deur.opslag.forget("eva")
    deur, nu = proef.deur, proef.klok()
    assert (beheren.look(deur, "eva", nu), beheren.may_sign_in(deur, "eva")) == (beheren.Accountstand(), False)
    code = beheren.invite(deur, "eva", aanmeldnaam("eva"), "iris", nu)
    assert beheren.look(deur, "eva", nu).stand == beheren.UITGENODIGD
    assert not beheren.may_sign_in(deur, "eva")
    with pytest.raises(NaamBezet):
        beheren.invite(deur, "gijs", aanmeldnaam("eva"), "iris", nu)
    browser = proef.browser()
    browser.ga(f"/uitnodiging/{code}")
    browser.stuur(f"/uitnodiging/{code}", nieuw=ANDER, herhaald=ANDER)
    sign_in(browser, "eva", ANDER)
    stand = beheren.look(deur, "eva", nu)
    assert stand == beheren.Accountstand(beheren.ACTIEF, aanmeldnaam("eva"), sessies=1, laatst_gezien=nu)
    assert beheren.may_sign_in(deur, "eva")
    beheren.block(deur, "eva", "iris", nu)
    assert "<h1>Aanmelden</h1>" in browser.ga("/").tekst
    assert beheren.look(deur, "eva", nu).stand == beheren.GEBLOKKEERD
    assert not beheren.may_sign_in(deur, "eva")
    beheren.unblock(deur, "eva", "iris")
    assert sign_in(proef.browser(), "eva", ANDER).tekst == BINNEN
    beheren.forget(deur, "eva")
    assert beheren.look(deur, "eva", nu) == beheren.Accountstand()
    assert told(sign_in(proef.browser(), "eva", ANDER)) == aanmelden.KLOPT_NIET


@pytest.mark.parametrize("ook_de_stap", [False, True])
def test_a_reset_takes_the_password_away_and_the_second_step_only_when_asked(proef: Proef, ook_de_stap: bool):
    app = proef.totp("bas")
    codes = proef.deur.codes.make("bas")
    browser = proef.browser()
    sign_in(browser)
    browser.stuur("/aanmelden/code", code=codes[0])
    code = beheren.reset(proef.deur, "bas", "iris", proef.klok(), tweede_stap=ook_de_stap)
    assert "<h1>Aanmelden</h1>" in browser.ga("/").tekst
    assert told(sign_in(proef.browser())) == aanmelden.KLOPT_NIET
    browser.ga(f"/uitnodiging/{code}")
    browser.stuur(f"/uitnodiging/{code}", nieuw=ANDER, herhaald=ANDER)
    antwoord = sign_in(browser, "bas", ANDER)
    if not ook_de_stap:
        assert "<h1>Tweede stap</h1>" in antwoord.tekst
        antwoord = browser.stuur("/aanmelden/code", code=proef.code(app))
    assert "Uw wachtwoord is hersteld door Iris Kuipers." in antwoord.tekst
    assert beheren.look(proef.deur, "bas", proef.klok()).herstelcodes == (0 if ook_de_stap else 9)


def test_what_happens_at_the_door_is_heard(proef: Proef):
    """Without what was typed: in the field of the name people type passwords."""
    gehoord: list[tuple[str, str, str, str]] = []
    proef.deur.meld = lambda wat, persoon, sessie="", over="": gehoord.append((wat, persoon, sessie, over))
    browser, ander = proef.browser(), proef.browser()
    sign_in(browser, "niemand", "geheim")
    sign_in(browser, "bas", "geheim")
    sign_in(ander, "bas")
    elders = proef.deur.sessies.of("bas", proef.klok())[0].hash
    sign_in(browser, "bas")
    sessie = next(een.hash for een in proef.deur.sessies.of("bas", proef.klok()) if een.hash != elders)
    browser.ga("/mijn-aanmelding")
    browser.stuur("/mijn-aanmelding/afmelden", sessie=elders)
    browser.stuur("/mijn-aanmelding/wachtwoord", oud="iets anders", nieuw=ANDER, herhaald=ANDER)
    browser.stuur("/mijn-aanmelding/wachtwoord", oud=WACHTWOORD, nieuw=ANDER, herhaald=ANDER)
    browser.stuur("/afmelden")
    beheren.invite(proef.deur, "bas", aanmeldnaam("bas"), "iris", proef.klok())
    beheren.reset(proef.deur, "bas", "iris", proef.klok())
    beheren.block(proef.deur, "bas", "iris", proef.klok())
    beheren.unblock(proef.deur, "bas", "iris")
    assert gehoord == [
        ("aanmelden_mislukt", "onbekend", "", ""),
        ("aanmelden_mislukt", "bas", "", ""),
        ("aangemeld", "bas", elders, ""),
        ("aangemeld", "bas", sessie, ""),
        ("sessie_beeindigd", "bas", sessie, ""),
        ("aanmelden_mislukt", "bas", "", ""),
        ("wachtwoord_gewijzigd", "bas", sessie, ""),
        ("afgemeld", "bas", sessie, ""),
        ("uitgenodigd", "iris", "", "bas"),
        ("wachtwoord_hersteld", "iris", "", "bas"),
        ("geblokkeerd", "iris", "", "bas"),
        ("vrijgegeven", "iris", "", "bas"),
    ]
    assert {wat for wat, *_ in gehoord} <= set(SOORTEN)
