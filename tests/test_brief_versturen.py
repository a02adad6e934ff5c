"""A letter goes out: one act records it, its step and the exact file; it goes to nobody whom the dossier has not."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import docx
import pytest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.brieven import BRIEVEN
from klachten.gebeurtenissen import Vastlegging
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, RedenNodig
from klachten.handelingen import brief as handeling
from klachten.handelingen.briefvragen import from_text, to_text
from klachten.opening import open_register
from klachten.organisatie import Gebruiker
from klachten.post import uit
from klachten.register import Register
from klachten.scherm.dossier import stuk
from tests import firmaproef, postproef
from tests.briefproef import DAG, MEDE, TOEGEWEZEN, ZOE, gelezen, maak, speel
from tests.test_brieven import BESLIST
from tests.verhalen import Verhaal

BRIEF = "ontvangstbevestiging"
OP = date(2026, 1, 8)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, nieuwe_map: Path) -> Iterator[Register]:
    """One register for all tests here, each with klachten of its own: opening it takes longer than most tests."""
    with open_register(shutil.copytree(nieuwe_map, tmp_path_factory.mktemp("brieven") / "register")) as register:
        yield register


@pytest.fixture
def eigen(tmp_path: Path, nieuwe_map: Path) -> Iterator[Register]:
    """A register of one test alone, with an organisation that sends mail."""
    with open_register(shutil.copytree(nieuwe_map, tmp_path / "register")) as register:
        firmaproef.record(register, DAG)
        yield register


def wie(id: str = "anna") -> Gebruiker:
    gevonden = organisatie.gebruiker(id)
    assert gevonden is not None
    return gevonden


def verstuur(register: Register, nummer: str, bestand: bytes, brief: str = BRIEF, **anders: Any) -> tuple[int, ...]:
    """Record that a letter was sent, with what is said otherwise than usual."""
    hoe: dict[str, Any] = {
        "naam": "Brief.docx", "wijze": "brief", "op": OP, "vandaag": OP, "antwoorden": {}, **anders,
    }  # fmt: skip
    return handeling.verstuurd(register, hoe.pop("door", wie()), nummer, brief=brief, bestand=bestand, **hoe).nrs


def zet_klaar(register: Register, nummer: str, bestand: bytes, brief: str = BRIEF, **anders: Any) -> tuple[int, ...]:
    hoe: dict[str, Any] = {
        "naam": "Brief.docx", "aan": "zoe@thuis.example", "onderwerp": "Uw klacht", "inhoud": "In de bijlage.",
        "vandaag": OP, "antwoorden": {}, **anders,
    }  # fmt: skip
    return handeling.klaarzetten(register, hoe.pop("door", wie()), nummer, brief=brief, bestand=bestand, **hoe).nrs


def stukken(verhaal: Verhaal) -> list[g.DocumentToegevoegd]:
    return verhaal.dossier().van(g.DocumentToegevoegd)


def bewerkt(inhoud: bytes, van: str, naar: str) -> bytes:
    """Return a letter in which somebody typed something else in Word."""
    document = docx.Document(io.BytesIO(inhoud))
    cellen = [cel for tabel in document.tables for rij in tabel.rows for cel in rij.cells]
    houders = [document, *cellen, *(d for v in document.sections for d in (v.header, v.first_page_header))]
    for alinea in (a for houder in houders for a in houder.paragraphs):
        if van in alinea.text:
            nieuw = alinea.text.replace(van, naar)
            for run in alinea.runs:
                run.text = ""
            alinea.runs[0].text = nieuw
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def test_stap_05_sending_the_letter_records_the_step_and_the_exact_file_in_one_act(register: Register):
    verhaal = speel(register, TOEGEWEZEN)
    nummer = verhaal.nummers["klacht"]
    inhoud = bewerkt(maak(register, nummer, BRIEF)[0].docx, "Wij vinden het goed", "Fijn")
    stap, document = verstuur(
        register, nummer, inhoud, wijze="uitgereikt", naam="Bevestiging.docx", op=date(2026, 1, 7)
    )
    assert verhaal.dossier().stap_op(5) == date(2026, 1, 7)
    feit = verhaal.dossier().laatste(g.OntvangstBevestigd)
    assert (feit.wijze, feit.behandelaar) == ("uitgereikt", "anna")
    (bewaard,) = stukken(verhaal)
    assert (bewaard.richting, bewaard.soort_document, bewaard.van_dag) == ("uit", "brief", date(2026, 1, 7))
    assert (bewaard.naam, bewaard.aan) == ("Bevestiging.docx", f"{ZOE} (op papier uitgereikt)")
    assert bewaard.document == hashlib.sha256(inhoud).hexdigest()
    assert stuk.haal(register, nummer, document, wie()) == ("Bevestiging.docx", inhoud)
    # In one group: line 1 of 2 and line 2 of 2.
    assert document == stap + 1
    # Sent again it is refused, as recording the step again would be.
    with pytest.raises(Geweigerd, match="Stap 5 is al vastgelegd op 7 januari 2026"):
        verstuur(register, nummer, inhoud)


def test_a_late_letter_asks_why_and_then_records_both_or_neither(register: Register):
    verhaal = speel(register, TOEGEWEZEN)
    nummer, laat = verhaal.nummers["klacht"], date(2026, 1, 21)
    inhoud, voor = maak(register, nummer, BRIEF)[0].docx, register.stand()
    with pytest.raises(RedenNodig):
        verstuur(register, nummer, inhoud, op=laat, vandaag=laat)
    assert register.stand() == voor
    verstuur(register, nummer, inhoud, op=laat, vandaag=laat, reden="Het adres was onbekend")
    assert verhaal.dossier().laatste(g.OntvangstBevestigd).waarom_afwijkend == "Het adres was onbekend"
    assert len(stukken(verhaal)) == 1


# What was typed in Word, and why the letter may not go.
BEWERKT: list[tuple[str, str, str]] = [
    ("@", "uw klacht", "noemt het klachtnummer @ niet"),
    ("Anna de Wit", "Een collega", "noemt de behandelaar niet, Anna de Wit"),
    ("Geachte", "Net als Piet Pietersen, geachte", "noemt Piet Pietersen, en dat is een andere indiener"),
    ("Geachte", "Net als mevrouw Pietersen, geachte", "noemt Piet Pietersen"),
    ("Geachte", "Net als PIET  PIETERSEN, geachte", "noemt Piet Pietersen"),
]


@pytest.mark.parametrize(("van", "naar", "zin"), BEWERKT)
def test_what_somebody_typed_in_word_is_read_before_it_goes(register: Register, van: str, naar: str, zin: str):
    verhaal = speel(register, TOEGEWEZEN, MEDE)
    nummer = verhaal.nummers["klacht"]
    van, zin = van.replace("@", nummer), zin.replace("@", nummer)
    inhoud, voor = bewerkt(maak(register, nummer, BRIEF)[0].docx, van, naar), register.stand()
    for doe in (verstuur, zet_klaar):
        with pytest.raises(OngeldigeInvoer, match=zin):
            doe(register, nummer, inhoud)
    assert register.stand() == voor


def test_who_carries_out_a_measure_does_not_read_whose_klacht_it_is(register: Register):
    verhaal = speel(register, TOEGEWEZEN, *BESLIST)
    nummer, keuze = verhaal.nummers["klacht"], {"maatregel": 1}
    inhoud = maak(register, nummer, "maatregel", op=date(2026, 1, 14), **keuze)[0].docx
    met_naam = bewerkt(inhoud, "U voert de maatregel", f"{ZOE} klaagde. U voert de maatregel")
    hoe: dict[str, Any] = {
        "brief": "maatregel",
        "op": date(2026, 1, 14),
        "vandaag": date(2026, 1, 14),
        "antwoorden": keuze,
    }
    with pytest.raises(OngeldigeInvoer, match="hoeft dat niet te weten"):
        verstuur(register, nummer, met_naam, **hoe)
    verstuur(register, nummer, inhoud, **hoe, reden="De indiener hoort het morgen")
    assert verhaal.dossier().maatregelen[1].geinformeerd_op == date(2026, 1, 14)
    assert stukken(verhaal)[-1].aan == f"{organisatie.naam('dirk')} (brief)"


def test_every_indiener_gets_the_letter_and_the_step_is_recorded_once(register: Register):
    verhaal = speel(register, TOEGEWEZEN, MEDE)
    nummer = verhaal.nummers["klacht"]
    for aan, feiten in (("indiener", 2), ("mede_indiener.2", 1)):
        inhoud = maak(register, nummer, BRIEF, aan=aan)[0].docx
        assert len(verstuur(register, nummer, inhoud, antwoorden={"aan": aan})) == feiten
    assert [feit.aan for feit in stukken(verhaal)] == [f"{ZOE} (brief)", "Piet Pietersen (brief)"]
    assert len(verhaal.dossier().van(g.OntvangstBevestigd)) == 1


# Who sends it when to whom, and why that is refused.
GEWEIGERD: list[tuple[dict[str, Any], str]] = [
    ({"door": "eva"}, "u bent betrokken"),
    ({"door": "gijs"}, "dit doet de behandelaar"),
    ({"op": date(2026, 1, 4)}, "ligt vóór de ontvangst"),
    ({"op": date(2026, 1, 9)}, "in de toekomst"),
    ({"wijze": "duif"}, "staat niet in de lijst"),
    ({"naam": "a\nb"}, "moet op één regel"),
    ({"naam": ""}, "vul dit in"),
    ({"brief": "liefdesbrief"}, "is er niet"),
    ({"brief": "oordeel", "antwoorden": {"oordeel_tekst": "x"}}, "nog geen oordeel ontvangen"),
    ({"brief": "geschil_bericht"}, "geen geschil voorgelegd"),
    ({"antwoorden": {"aan": "dirk"}}, "kies iemand uit dit dossier"),
    ({"bestand": b"niets"}, "geen Word-bestand"),
]


def test_what_is_not_right_is_refused_and_leaves_nothing(register: Register):
    nummer = speel(register, TOEGEWEZEN).nummers["klacht"]
    inhoud, voor = maak(register, nummer, BRIEF)[0].docx, register.stand()
    for anders, zin in GEWEIGERD:
        hoe = {**anders, **({"door": wie(anders["door"])} if "door" in anders else {})}
        with pytest.raises(Geweigerd, match=zin):
            verstuur(register, nummer, hoe.pop("bestand", inhoud), **hoe)
    assert register.stand() == voor
    assert register.dossiers.documents(nummer) == []


def test_an_invitation_to_be_heard_is_recorded_as_what_it_is(register: Register):
    verhaal = speel(register, TOEGEWEZEN, {**BESLIST[0]})
    nummer = verhaal.nummers["klacht"]
    gesprek = {"gesprek_op": date(2026, 1, 23), "gesprek_tijd": "10.00 uur", "gesprek_plaats": "Weert"}
    for brief, erbij in (
        ("uitnodiging_indiener", {}),
        ("uitnodiging_medewerker", {"medewerker": "eva", "bericht": "x"}),
    ):
        antwoorden = {**gesprek, **erbij}
        inhoud = maak(register, nummer, brief, op=OP, **antwoorden)[0].docx
        verstuur(register, nummer, inhoud, brief, antwoorden=antwoorden)
    gevraagd = verhaal.dossier().laatste(g.InformatieGevraagd)
    assert (gevraagd.bij, gevraagd.vraag) == (
        "indiener", "Uitgenodigd voor een gesprek op 23 januari 2026, 10.00 uur: Weert",
    )  # fmt: skip
    assert [feit.medewerker for feit in verhaal.dossier().van(g.MedewerkerIngelicht)] == ["eva"]


def test_a_dispute_goes_to_somebody_outside_and_the_indiener_hears_of_it(register: Register):
    gemeld = {"op": OP, "wie": "anna", "doet": "stap_15_melden_meningsverschil", "toelichting": "Niet geluisterd."}
    overleg = {"op": OP, "wie": "anna", "doet": "stap_15_voeren_overleg", "toelichting": "Geen oplossing."}
    verhaal = speel(register, TOEGEWEZEN, BESLIST[0], gemeld, overleg)
    nummer = verhaal.nummers["klacht"]
    antwoorden = {"onafhankelijk_persoon": "Mr. Bosman, oud-rechter", "standpunt": "Niet geluisterd."}
    inhoud = maak(register, nummer, "geschil", "carla", op=OP, **antwoorden)[0].docx
    verstuur(register, nummer, inhoud, "geschil", antwoorden=antwoorden, door=wie("carla"))
    assert verhaal.dossier().geschil == "voorgelegd"
    bericht = maak(register, nummer, "geschil_bericht", op=OP)[0].docx
    assert len(verstuur(register, nummer, bericht, "geschil_bericht")) == 1
    assert [feit.aan for feit in stukken(verhaal)] == ["Mr. Bosman, oud-rechter (brief)", f"{ZOE} (brief)"]


def test_stap_17_the_letter_of_a_verbeteractie_goes_to_who_carries_it_out(register: Register):
    jaar: list[dict[str, Any]] = [
        {"op": date(2026, 1, 8), "wie": "carla", "doet": "stap_16_evalueren_klachten", "jaar": 2025,
         "directieleden": ["carla"], "conclusies": "Rustig jaar."},
        {"op": date(2026, 1, 8), "wie": "carla", "doet": "stap_16_bepalen_verbeteractie", "in": "evaluatie",
         "omschrijving": "Maak een werkwijze.", "actienemer": "dirk", "uiterlijk_op": date(2026, 6, 1)},
    ]  # fmt: skip
    nummer, keuze = speel(register, *jaar).nummers["evaluatie"], {"verbeteractie": 1}
    brief, aan = maak(register, nummer, "verbeteractie", "carla", op=OP, **keuze)
    assert (aan.id, aan.e_mail) == ("dirk", organisatie.huidige().mensen["dirk"].naamdelen.e_mail)
    for deel in ("over 2025", "Maak een werkwijze.", "1 juni 2026", "Directie"):
        assert deel in gelezen(brief.docx), deel
    for door in ("anna", "eva"):
        with pytest.raises(Geweigerd, match="dit doet de directie"):
            verstuur(register, nummer, brief.docx, "verbeteractie", antwoorden=keuze, door=wie(door))
    verstuur(register, nummer, brief.docx, "verbeteractie", antwoorden=keuze, door=wie("carla"))
    soorten = [v.feit.soort for v in register.vastleggingen(nummer)]
    assert soorten[-2:] == ["VerbeteractieMeegedeeld", "DocumentToegevoegd"]


# --- by e-mail -------------------------------------------------------------------------------------------------------


def gaat_uit(register: Register, nummer: str, nr: int, op: date) -> str:
    """Do what the outbox does when the server accepts a message."""
    bericht: Vastlegging = next(v for v in register.vastleggingen(nummer) if v.nr == nr)
    with register.schrijven() as boeking:
        boeking.leg_vast(
            nummer, g.BerichtVerzonden(gebeurd_op=op, bericht=nr, poging=1), door="anna", rol="coordinator"
        )
        return handeling.verstuurd_per_mail(register, boeking, bericht, op=op, vandaag=op)


def test_a_letter_by_mail_waits_and_is_recorded_when_the_server_has_it(register: Register):
    verhaal = speel(register, TOEGEWEZEN)
    nummer = verhaal.nummers["klacht"]
    inhoud = maak(register, nummer, BRIEF)[0].docx
    (nr,) = zet_klaar(register, nummer, inhoud, pdf=b"%PDF-1.7 de brief", naam="Brief.pdf")
    feit = verhaal.dossier().laatste(g.BerichtKlaargezet)
    assert (feit.handeling, feit.aan, feit.brief) == (BRIEVEN[BRIEF].handeling, "zoe@thuis.example", BRIEF)
    assert register.document(nummer, feit.document) == b"%PDF-1.7 de brief"
    assert verhaal.dossier().stap_op(5) is None
    with pytest.raises(Geweigerd, match=f"staat al klaar om te versturen aan zoe@thuis.example \\(bericht {nr}\\)"):
        zet_klaar(register, nummer, inhoud)
    assert gaat_uit(register, nummer, nr, date(2026, 1, 9)) == ""
    assert verhaal.dossier().stap_op(5) == date(2026, 1, 9)
    assert verhaal.dossier().laatste(g.OntvangstBevestigd).wijze == "e-mail"
    (bewaard,) = stukken(verhaal)
    assert (bewaard.document, bewaard.aan, bewaard.naam) == (feit.document, "zoe@thuis.example (e-mail)", "Brief.pdf")


def test_a_letter_goes_out_over_a_real_server_with_the_exact_file_and_its_step(eigen: Register):
    verhaal = speel(eigen, TOEGEWEZEN)
    nummer, nu = verhaal.nummers["klacht"], datetime.now(UTC) + timedelta(minutes=1)
    inhoud = maak(eigen, nummer, BRIEF)[0].docx
    with postproef.mailserver() as (bus, waar):
        uit.send_due(eigen, postproef.settings(waar), nu)
        (nr,) = zet_klaar(eigen, nummer, inhoud, naam=f"Ontvangstbevestiging {nummer}.docx")
        ronde = uit.send_due(eigen, postproef.settings(waar), nu)
    assert ronde.verzonden == 1
    (bericht,), (bijlage,) = bus.berichten, bus.berichten[0].iter_attachments()
    assert bijlage.get_content_type() == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert (bericht["To"], bericht["Subject"]) == ("zoe@thuis.example", "Uw klacht")
    assert bijlage.get_filename() == f"Ontvangstbevestiging {nummer}.docx"
    assert bijlage.get_payload(decode=True) == inhoud
    assert verhaal.dossier().stap_op(5) == nu.astimezone(ZoneInfo("Europe/Amsterdam")).date()
    soorten = [v.feit.soort for v in eigen.vastleggingen(nummer) if v.nr >= nr]
    assert soorten == [
        "BerichtKlaargezet", "VerzendingBegonnen", "BerichtVerzonden", "OntvangstBevestigd", "DocumentToegevoegd",
    ]  # fmt: skip


def test_a_letter_that_the_server_took_too_late_is_late_with_the_reason_that_it_waited(register: Register):
    verhaal = speel(register, TOEGEWEZEN)
    nummer = verhaal.nummers["klacht"]
    (nr,) = zet_klaar(register, nummer, maak(register, nummer, BRIEF)[0].docx)
    assert gaat_uit(register, nummer, nr, date(2026, 1, 21)) == ""
    waarom = verhaal.dossier().laatste(g.OntvangstBevestigd).waarom_afwijkend
    assert waarom == "Klaargezet op 8 januari 2026; de mailserver nam de brief aan op 21 januari 2026."


def test_a_step_that_cannot_be_recorded_any_more_is_said_and_the_file_is_kept(register: Register):
    verhaal = speel(register, TOEGEWEZEN)
    nummer = verhaal.nummers["klacht"]
    (nr,) = zet_klaar(register, nummer, maak(register, nummer, BRIEF)[0].docx)
    verhaal.gebeurt({"op": OP, "wie": "anna", "doet": "stap_05_bevestigen_ontvangst", "wijze": "brief"})
    assert "Stap 5 is al vastgelegd" in gaat_uit(register, nummer, nr, date(2026, 1, 9))
    assert len(stukken(verhaal)) == 1
    assert len(verhaal.dossier().van(g.OntvangstBevestigd)) == 1


# Addresses that are not those of who gets the letter, or that are none.
ADRESSEN = [
    "piet@thuis.example", "anna@voorbeeld.nl", "zoe@thuis.example.kwaad.example", "zoe@thuis.example, x@kwaad.example",
    "zoe@thuis.example\nBcc: x@kwaad.example", "Zoe <zoe@thuis.example>", "zoe", "",
]  # fmt: skip


def test_mail_goes_to_the_address_that_the_dossier_has_and_to_no_other(register: Register):
    nummer = speel(register, TOEGEWEZEN, MEDE).nummers["klacht"]
    inhoud, voor = maak(register, nummer, BRIEF)[0].docx, register.stand()
    for adres in ADRESSEN:
        with pytest.raises(OngeldigeInvoer, match="hoort niet bij"):
            zet_klaar(register, nummer, inhoud, aan=adres)
    for onderwerp in ("a\nBcc: x@kwaad.example", "a\r\nb", "", "a\x00b"):
        with pytest.raises(OngeldigeInvoer):
            zet_klaar(register, nummer, inhoud, onderwerp=onderwerp)
    assert register.stand() == voor
    assert len(zet_klaar(register, nummer, inhoud, aan=" ZOE@thuis.example ")) == 1


def test_who_has_no_address_of_mail_gets_none(register: Register):
    nummer = speel(register, TOEGEWEZEN, indiener_contact="Lindelaan 3, Ergens").nummers["klacht"]
    with pytest.raises(OngeldigeInvoer, match="staat geen e-mailadres in het dossier"):
        zet_klaar(register, nummer, maak(register, nummer, BRIEF)[0].docx)


VOORGELEGD = {"onafhankelijk_persoon": "Mr. Bosman, oud-rechter", "standpunt": "Niet geluisterd."}


def in_geschil(register: Register) -> Verhaal:
    gemeld = {"op": OP, "wie": "anna", "doet": "stap_15_melden_meningsverschil", "toelichting": "Niet geluisterd."}
    overleg = {"op": OP, "wie": "anna", "doet": "stap_15_voeren_overleg", "toelichting": "Geen oplossing."}
    return speel(register, TOEGEWEZEN, BESLIST[0], gemeld, overleg)


def test_stap_15_a_dispute_is_mailed_to_the_address_that_was_given_of_the_independent_person(register: Register):
    verhaal, door = in_geschil(register), wie("carla")
    nummer, bosman = verhaal.nummers["klacht"], "bosman@rechter.example"
    antwoorden = VOORGELEGD | {"contact": f"Kerkplein 1, 1234 AB Ergens, {bosman}"}
    brief, aan = maak(register, nummer, "geschil", "carla", op=OP, **antwoorden)
    assert (aan.e_mail, "Kerkplein 1" in gelezen(brief.docx)) == (bosman, True)
    hoe: dict[str, Any] = {"antwoorden": antwoorden, "door": door}
    for adres in ("ander@rechter.example", "zoe@thuis.example"):
        with pytest.raises(OngeldigeInvoer, match=f"hoort niet bij Mr. Bosman.*In het dossier staat {bosman}"):
            zet_klaar(register, nummer, brief.docx, "geschil", aan=adres, **hoe)
    (nr,) = zet_klaar(register, nummer, brief.docx, "geschil", aan=bosman, **hoe)
    assert gaat_uit(register, nummer, nr, OP) == ""
    feit = verhaal.dossier().laatste(g.GeschilVoorgelegd)
    assert (feit.contact, verhaal.dossier().geschil) == (antwoorden["contact"], "voorgelegd")


def test_stap_15_without_an_address_or_with_one_of_somebody_inside_nothing_is_mailed(eigen: Register):
    firmaproef.doe(
        eigen, "wijzigen_persoon", vandaag=DAG, dossier="bas", vanaf=DAG, e_mail="bas@firma.example", reden="Nieuw"
    )
    register, verhaal, door = eigen, in_geschil(eigen), wie("carla")
    nummer, voor = verhaal.nummers["klacht"], register.stand()
    inhoud = maak(register, nummer, "geschil", "carla", op=OP, **VOORGELEGD)[0].docx
    for contact, aan, zin in (
        ("", "bosman@rechter.example", "Van Mr. Bosman, oud-rechter .* staat geen e-mailadres in het dossier"),
        ("Kerkplein 1", "bosman@rechter.example", "staat geen e-mailadres in het dossier"),
        ("Bas@firma.example", "Bas@firma.example", "die bij de organisatie werkt"),
        ("zoe@thuis.example", "zoe@thuis.example", "indiener.* van deze klacht"),
    ):
        antwoorden = VOORGELEGD | {"contact": contact}
        with pytest.raises(OngeldigeInvoer, match=zin):
            zet_klaar(register, nummer, inhoud, "geschil", aan=aan, antwoorden=antwoorden, door=door)
    assert register.stand() == voor
    doet = HANDELINGEN["stap_15_voorleggen_geschil"]
    doet(register, door, nummer, vandaag=OP, op=OP, onafhankelijk_persoon="Mr. Bosman")
    assert verhaal.dossier().laatste(g.GeschilVoorgelegd).contact == "", "by hand it needs none"


def test_what_the_step_would_refuse_is_not_put_ready(register: Register):
    nummer = speel(register, TOEGEWEZEN).nummers["klacht"]
    inhoud, laat = maak(register, nummer, BRIEF)[0].docx, date(2026, 1, 21)
    with pytest.raises(RedenNodig):
        zet_klaar(register, nummer, inhoud, vandaag=laat)
    (nr,) = zet_klaar(register, nummer, inhoud, vandaag=laat, reden="Het was druk")
    assert gaat_uit(register, nummer, nr, laat) == ""
    feit = next(v.feit for v in register.vastleggingen(nummer) if isinstance(v.feit, g.OntvangstBevestigd))
    assert feit.waarom_afwijkend == "Het was druk"


def test_answers_come_back_as_they_were():
    antwoorden = {"op": DAG, "tekst": 'Zoë ] { "', "nr": 3, "ja": True, "leeg": None, "keuzes": ("a", "b")}
    assert from_text(to_text(antwoorden)) == antwoorden | {"keuzes": ["a", "b"]}
    assert from_text("") == {}


def test_every_letter_is_sent_by_a_handeling_that_the_table_knows():
    zonder = [brief.id for brief in BRIEVEN.values() if brief.handeling not in HANDELINGEN]
    assert zonder == ["geschil_bericht"]
