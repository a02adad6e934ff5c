"""Somebody leaves or is away: all that was still to be done goes over in one go, or nothing of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.analyse.werk.beheer import open_werk
from klachten.analyse.werk.werkvoorraad import werkvoorraad
from klachten.dossier.klacht import Dossier
from klachten.handelingen import HANDELINGEN, Geweigerd, RedenNodig, dossier_van
from klachten.handelingen.overdragen import Deel, NietAlles, Opdracht, look, overdragen_werk, successors
from klachten.register import Register
from klachten.scherm.beheer import overdragen as scherm_overdragen
from klachten.scherm.dossier.handelen import DEEL
from tests.lijsten import VANDAAG, VESTIGINGEN, Lijst, afwezig
from tests.paginas import Opent, kies, leg_vast, vul, zinnen

EEN = timedelta(1)


def werk_van(register: Register, wie: str, lezer: str = "") -> list[Deel]:
    with register.cursor() as cursor:
        return [Deel(w.klachtnummer, w.wat, w.onderdeel) for w in open_werk(cursor, wie, lezer)]


def opdracht(register: Register, van: str, aan: str, *delen: Deel, **anders: str) -> Opdracht:
    """Hand over everything to one, but for what is said apart (by klachtnummer)."""
    alle = delen or tuple(deel for deel in werk_van(register, van) if deel.wat != "signaal")
    return Opdracht(
        van=van, op=VANDAAG, grond="uit_dienst", reden="Uit dienst.",
        aan={deel: anders.get(deel.klachtnummer, aan) for deel in alle},
    )  # fmt: skip


def als(wie: str) -> organisatie.Gebruiker:
    gebruiker = organisatie.gebruiker(wie, VANDAAG)
    assert gebruiker is not None
    return gebruiker


def draag_over(register: Register, wie: str, wat: Opdracht) -> Any:
    return overdragen_werk(register, als(wie), wat, vandaag=VANDAAG)


@pytest.fixture
def bas_gaat(register: Register) -> dict[str, str]:
    """What is on the name of Bas: a klacht assigned, one told to the indiener, a maatregel, and one that is closed."""
    lijst = Lijst(register)
    nummers = {"toegewezen": lijst.tot(4, behandelaar="bas"), "bevestigd": lijst.tot(5, behandelaar="bas")}
    nummers["gesloten"] = lijst.tot(13, behandelaar="bas")
    nummers["maatregel"] = lijst.tot(6)
    bepaald = {"omschrijving": "Bellen", "actienemer": "bas", "uiterlijk_op": VANDAAG + EEN, "overlegd_met": "carla"}
    lijst.doe("stap_08_bepalen_maatregel", "anna", nummers["maatregel"], op=7, **bepaald)
    lijst.doe("stap_10_informeren_actienemer", "anna", nummers["maatregel"], op=8, maatregel=1)
    return nummers


def _dossier(register: Register, nummer: str) -> Dossier:
    dossier = dossier_van(register, nummer)
    assert isinstance(dossier, Dossier)
    return dossier


# --- the story -------------------------------------------------------------------------------------------------------


def test_all_goes_over_in_one_group_with_the_facts_of_each_step(register: Register, bas_gaat: dict[str, str]):
    eerder = register.stand().aantal
    uitslag = draag_over(register, "anna", opdracht(register, "bas", "dirk"))
    assert werk_van(register, "bas") == []
    assert {deel.klachtnummer for deel in werk_van(register, "dirk")} >= set(bas_gaat.values())
    assert register.stand().aantal == eerder + 4 == eerder + len(uitslag.nrs)
    laatste = [register.vastleggingen(nummer)[-1] for nummer in bas_gaat.values()]
    assert [v.feit.soort for v in laatste] == ["BehandelaarVervangen"] * 3 + ["MaatregelGewijzigd"]
    assert {(v.door, v.rol, v.feit.reden) for v in laatste} == {("anna", "coordinator", "Uit dienst.")}
    assert (laatste[0].feit.vorige, laatste[0].feit.grond) == ("bas", "uit_dienst")
    # One group: it is one line of the journal after the other, whole or absent.
    regels = [r for pad in (register.map / "journaal").iterdir() for r in pad.read_text("utf-8").splitlines() if r][-4:]
    assert [json.loads(regel)["deel"] == [nr, 4] for nr, regel in enumerate(regels, start=1)] == [True] * 4
    # What was done keeps the name.
    (toegewezen,) = _dossier(register, bas_gaat["toegewezen"]).van(g.BehandelaarToegewezen)
    assert toegewezen.behandelaar == "bas"


def test_what_the_reglement_asks_afterwards_becomes_a_task(register: Register, bas_gaat: dict[str, str]):
    uitslag = draag_over(register, "anna", opdracht(register, "bas", "dirk"))
    assert uitslag.vertellen == [bas_gaat["bevestigd"]]
    assert uitslag.informeren == [Deel(bas_gaat["maatregel"], "maatregel", 1)]
    with register.cursor() as cursor:
        taken = {(t.klachtnummer, t.wat, t.wie) for t in werkvoorraad(cursor, VANDAAG, VESTIGINGEN)}
    assert (bas_gaat["bevestigd"], "Indiener vertellen wie de behandelaar nu is", "dirk") in taken
    assert (bas_gaat["maatregel"], "Actienemer informeren over maatregel 1", "anna") in taken
    assert (bas_gaat["gesloten"], "Indiener informeren over de afsluiting", "dirk") in taken
    (vervangen,) = _dossier(register, bas_gaat["bevestigd"]).van(g.BehandelaarVervangen)
    assert vervangen.afwijkingen == ("indiener_niet_geinformeerd",)


def test_looking_says_what_recording_will_say_and_records_nothing(register: Register, bas_gaat: dict[str, str]):
    stand, wat = register.stand(), opdracht(register, "bas", "dirk")
    gezien = look(register, als("anna"), wat, vandaag=VANDAAG)
    assert register.stand() == stand
    gedaan = draag_over(register, "anna", wat)
    assert (gezien.vertellen, gezien.informeren, gezien.nrs) == (gedaan.vertellen, gedaan.informeren, gedaan.nrs)


def test_where_the_successor_is_involved_another_is_asked_and_nothing_is_half_done(
    register: Register, bas_gaat: dict[str, str]
):
    betrokken = Lijst(register).tot(4, behandelaar="bas", betrokkenen=("dirk",))
    stand = register.stand()
    with pytest.raises(NietAlles, match="Er is nog niets overgedragen") as fout:
        draag_over(register, "anna", opdracht(register, "bas", "dirk"))
    assert set(fout.value.delen) == {Deel(betrokken, "klacht")}
    assert "Dirk Smeets is betrokken bij deze klacht" in str(fout.value)
    assert register.stand() == stand
    draag_over(register, "anna", opdracht(register, "bas", "dirk", **{betrokken: "anna"}))
    assert werk_van(register, "bas") == []
    assert _dossier(register, betrokken).behandelaar == "anna"


@pytest.mark.parametrize(
    ("aan", "zin"),
    [
        ("eva", "heeft niet de rol behandelaar"),
        ("bas", "al de behandelaar"),
        ("", "Kies wie dit overneemt"),
        ("x", "'x' is geen medewerker"),
    ],
)
def test_whom_it_cannot_go_to(register: Register, aan: str, zin: str):
    Lijst(register).tot(4, behandelaar="bas")
    with pytest.raises(NietAlles, match=zin):
        draag_over(register, "anna", opdracht(register, "bas", aan))


@pytest.mark.parametrize(
    ("wie", "mag"), [("anna", True), ("carla", True), ("dirk", False), ("iris", False), ("eva", False)]
)
def test_who_may_hand_over_is_who_may_do_each_part(register: Register, wie: str, mag: bool):
    nummer = Lijst(register).tot(4, behandelaar="bas")
    stand = register.stand()
    if mag:
        draag_over(register, wie, opdracht(register, "bas", "anna"))
        assert _dossier(register, nummer).behandelaar == "anna"
    else:
        with pytest.raises(NietAlles, match="kan niet door"):
            draag_over(register, wie, opdracht(register, "bas", "anna"))
        assert register.stand() == stand


def test_of_a_klacht_in_which_the_user_is_involved_another_hands_over(register: Register):
    lijst = Lijst(register)
    nummer = lijst.tot(4, behandelaar="bas")
    lijst.doe("stap_04_toevoegen_betrokkene", "carla", nummer, betrokkene="anna")
    assert werk_van(register, "bas", "anna") == []
    with pytest.raises(NietAlles, match="u bent betrokken"):
        draag_over(register, "anna", opdracht(register, "bas", "dirk", Deel(nummer, "klacht")))
    draag_over(register, "carla", opdracht(register, "bas", "dirk", Deel(nummer, "klacht")))


def test_a_verbeteractie_is_for_the_directie(register: Register):
    lijst = Lijst(register)
    nummer = lijst.evaluatie()
    lijst.verbeteractie(nummer)
    (deel,) = werk_van(register, "gijs")
    assert deel == Deel(nummer, "verbeteractie", 1)
    with pytest.raises(NietAlles, match="kan niet door Anna"):
        draag_over(register, "anna", opdracht(register, "gijs", "dirk"))
    uitslag = draag_over(register, "frank", opdracht(register, "gijs", "dirk"))
    assert uitslag.informeren == [deel]
    assert werk_van(register, "dirk") == [deel]
    lijst.doe("stap_18_uitvoeren_verbeteractie", "dirk", nummer, op=8, verbeteractie=1, toelichting="Gedaan.")
    with pytest.raises(NietAlles, match="niet meer van Dirk Smeets: het is intussen gedaan"):
        draag_over(register, "frank", opdracht(register, "dirk", "gijs", deel))


def test_what_was_done_or_handed_over_meanwhile_is_said(register: Register, bas_gaat: dict[str, str]):
    wat = opdracht(register, "bas", "dirk")
    draag_over(register, "anna", opdracht(register, "bas", "anna", Deel(bas_gaat["toegewezen"], "klacht")))
    stand = register.stand()
    with pytest.raises(NietAlles, match="niet meer van Bas Janssen") as fout:
        draag_over(register, "anna", wat)
    assert set(fout.value.delen) == {Deel(bas_gaat["toegewezen"], "klacht")}
    assert register.stand() == stand
    with pytest.raises(Geweigerd, match="niets om over te dragen"):
        draag_over(register, "anna", Opdracht(van="bas", op=VANDAAG, grond="afwezig", reden="x", aan={}))


def test_who_leaves_is_no_successor_and_roles_are_those_of_the_day():
    assert "bas" not in {wie.id for wie in successors("bas", VANDAAG)}
    assert {wie.id for wie in successors("bas", VANDAAG, "klacht")} == {"anna", "dirk"}
    assert "carla" in {wie.id for wie in successors("bas", VANDAAG, "maatregel")}


# --- leaving ---------------------------------------------------------------------------------------------------------


def vertrekt(firma: Register, id: str, laatste_dag: Any, reden: str = "") -> None:
    nummer = organisatie.huidige().mensen[id].nummer
    HANDELINGEN["vertrekken_persoon"](
        firma, als("iris"), nummer, vandaag=VANDAAG, reden=reden, laatste_dag=laatste_dag, overgedragen_aan=()
    )


def geef(firma: Register, id: str, rol: str, vanaf: Any, tot: Any = None) -> None:
    nummer = organisatie.huidige().mensen[id].nummer
    HANDELINGEN["geven_rol"](firma, als("iris"), nummer, vandaag=VANDAAG, rol=rol, vanaf=vanaf, tot=tot)


def test_leaving_with_work_asks_why_and_handed_over_it_does_not(firma: Register):
    Lijst(firma).tot(4, behandelaar="bas")
    with pytest.raises(RedenNodig, match="Er staat nog werk op naam van Bas Janssen"):
        vertrekt(firma, "bas", VANDAAG)
    draag_over(firma, "anna", opdracht(firma, "bas", "dirk"))
    vertrekt(firma, "bas", VANDAAG)
    assert "bas" not in {wie.id for wie in organisatie.met_rol("behandelaar", op=VANDAAG + EEN)}


def test_after_the_last_day_the_work_can_still_be_handed_over(firma: Register):
    nummer = Lijst(firma).tot(4, behandelaar="bas")
    vertrekt(firma, "bas", VANDAAG - EEN, reden="Plotseling vertrokken.")
    draag_over(firma, "anna", opdracht(firma, "bas", "dirk"))
    assert _dossier(firma, nummer).behandelaar == "dirk"


@pytest.mark.parametrize(("rol", "wie"), [("coordinator", "anna"), ("beheerder", "iris")])
def test_a_successor_whose_role_ends_later_is_none(firma: Register, rol: str, wie: str):
    """Who has the role for a while only keeps the last one from leaving, and so does a role that begins too late."""
    straks, later = VANDAAG + 30 * EEN, VANDAAG + 60 * EEN
    geef(firma, "bas", rol, VANDAAG, later)
    with pytest.raises(Geweigerd, match="niemand met de rol"):
        vertrekt(firma, wie, straks)
    geef(firma, "dirk", rol, later + 2 * EEN)
    with pytest.raises(Geweigerd, match="niemand met de rol"):
        vertrekt(firma, wie, straks)
    geef(firma, "dirk", rol, later + EEN)
    vertrekt(firma, wie, straks)
    assert firma.organisatie.zonder(rol, VANDAAG) is None


def test_the_last_of_directie_stays_and_two_do_not_leave_one_after_the_other(firma: Register):
    vertrekt(firma, "carla", VANDAAG + EEN)
    with pytest.raises(Geweigerd, match="niemand met de rol directie"):
        vertrekt(firma, "frank", VANDAAG + 90 * EEN)


def test_days_that_are_over_without_somebody_ask_why(firma: Register):
    geef(firma, "dirk", "coordinator", VANDAAG)
    with pytest.raises(RedenNodig, match="Dan was er vanaf 20 februari 2026 niemand met de rol coördinator"):
        vertrekt(firma, "anna", VANDAAG - 6 * EEN)
    geef(firma, "dirk", "coordinator", VANDAAG - 5 * EEN)
    vertrekt(firma, "anna", VANDAAG - 6 * EEN)


# --- on the screen ---------------------------------------------------------------------------------------------------


def test_bas_leaves_on_the_page_of_persons(firma: Register, opent: Opent):
    lijst = Lijst(firma)
    nummer, betrokken = lijst.tot(5, behandelaar="bas"), lijst.tot(4, behandelaar="bas", betrokkenen=("dirk",))
    # A beheerder sees what there is and cannot hand it over.
    assert "Aan wie (voor alles)" not in [vak.label for vak in opent("personen", "iris", persoon="bas").selectbox]
    proef = opent("personen", "anna", persoon="bas")
    stand = firma.stand()
    proef.selectbox(key="overdragen.bas.voor.alles.kies").set_value("dirk").run()
    assert not proef.exception
    gezegd = zinnen(proef)
    assert "Dirk Smeets is betrokken bij deze klacht" in gezegd
    assert "kies voor 1 onderdeel een ander" in gezegd
    assert proef.button(key="overdragen.knop").disabled
    proef.selectbox(key=f"overdragen.bas.{betrokken}.klacht.0.kies").set_value("anna").run()
    gezegd = zinnen(proef)
    assert "In 2 klachten wordt de behandelaar vervangen (stap 4)" in gezegd
    assert "in 1 klacht de indiener vertellen wie de behandelaar nu is" in gezegd
    assert firma.stand() == stand
    vul(proef, reden="Bas gaat met pensioen.")
    proef.button(key="overdragen.knop").click().run()
    assert not proef.exception
    assert [zin.value for zin in proef.success] == ["2 onderdelen zijn overgedragen van Bas Janssen (2 feiten)."]
    assert (_dossier(firma, nummer).behandelaar, _dossier(firma, betrokken).behandelaar) == ("dirk", "anna")
    (feit,) = _dossier(firma, nummer).van(g.BehandelaarVervangen)
    assert feit.reden == "Bas gaat met pensioen."
    assert "Er staat niets open op naam van deze persoon" in zinnen(proef)
    leg_vast(kies(opent("personen", persoon="bas"), personen_in_doen="vertrekken_persoon"), laatste_dag=VANDAAG)
    proef = opent("dossier", "anna", nummer=nummer)
    proef.session_state[DEEL] = "geschiedenis"
    proef.run()
    assert "Bas Janssen" in zinnen(proef)


def test_what_would_come_of_it_is_looked_at_once_for_what_is_chosen(
    firma: Register, opent: Opent, monkeypatch: pytest.MonkeyPatch
):
    """Looking holds the writer lock; whoever chooses otherwise or records something has it look again."""
    lijst = Lijst(firma)
    nummer = lijst.tot(4, behandelaar="bas")
    gekeken: list[str] = []

    def kijk(*alles: Any, **anders: Any) -> Any:
        gekeken.append(alles[2].reden)
        return look(*alles, **anders)

    monkeypatch.setattr(scherm_overdragen.overdragen, "look", kijk)
    proef = opent("personen", "carla", persoon="bas")
    proef.selectbox(key="overdragen.bas.voor.alles.kies").set_value("dirk").run()
    proef.run()
    proef.run()
    assert gekeken == ["Het werk van Bas Janssen is overgedragen."]
    vul(proef, reden="Bas is ziek.")
    proef.run()
    assert gekeken[1:] == ["Bas is ziek."]
    lijst.doe("stap_04_toevoegen_betrokkene", "carla", nummer, betrokkene="dirk")
    proef.run()
    assert len(gekeken) == 3
    assert "Dirk Smeets is betrokken bij deze klacht" in zinnen(proef)


def test_a_double_click_hands_over_once(firma: Register, opent: Opent, monkeypatch: pytest.MonkeyPatch):
    Lijst(firma).tot(4, behandelaar="bas")
    echt = scherm_overdragen._record
    monkeypatch.setattr(scherm_overdragen, "_record", lambda *alles: (echt(*alles), echt(*alles)))
    proef = opent("personen", "carla", persoon="bas")
    proef.selectbox(key="overdragen.bas.voor.alles.kies").set_value("dirk").run()
    stand = firma.stand().aantal
    proef.button(key="overdragen.knop").click().run()
    assert firma.stand().aantal == stand + 1
    assert len(proef.success) == 1


def test_it_is_also_for_who_does_not_leave(firma: Register, opent: Opent):
    Lijst(firma).tot(4, behandelaar="bas")
    leg_vast(opent("afwezigheid", "bas"), van=VANDAAG, tot=VANDAAG + 40 * EEN)
    proef = opent("personen", "anna", persoon="bas")
    proef.selectbox(key="overdragen.bas.voor.alles.kies").set_value("dirk").run()
    assert proef.selectbox(key="overdragen.bas.grond").value == "afwezig"
    proef.button(key="overdragen.knop").click().run()
    assert "1 onderdeel is overgedragen van Bas Janssen" in zinnen(proef)
    with afwezig("dirk", VANDAAG, VANDAAG):
        proef = opent("personen", "anna", persoon="anna")
    assert not proef.exception
