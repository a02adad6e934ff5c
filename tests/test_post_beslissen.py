"""What a person decides about a message, page Post, the lines in the dossier, and what `gezond` says of it all."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.gezond import berichten as gezond
from klachten.gezond.blik import Blik
from klachten.handelingen import HANDELINGEN, Geweigerd
from klachten.opening import open_register
from klachten.organisatie import Gebruiker
from klachten.post import uit
from klachten.post.uit import brief, handelen, meelopen
from klachten.post.uit.handelen import AANGEKOMEN, INTREKKEN, STAP, TERUG, VRIJGEVEN
from klachten.register import Register
from klachten.scherm import post as lus
from klachten.scherm.beheer.post import per_part
from klachten.scherm.dossier.handelen import DEEL
from klachten.toegang.instellingen import Instellingen, OngeldigeInstelling, load
from klachten.toegang.mailserver import Mailserver
from tests import postproef
from tests.lijsten import VANDAAG
from tests.paginas import open_los
from tests.schermproef import tekst

DAG, NUMMER, ANDER = postproef.DAG, "K2026-0001", "K2026-0002"
KLAAR = {"waarvoor": "melding", "aan": "jan@post.example", "onderwerp": "Over uw klacht", "inhoud": "Beste Jan, ACHT"}
GANG = {
    "wacht": [],
    "mislukt": ["VerzendingBegonnen", "VerzendingMislukt"],
    "onzeker": ["VerzendingBegonnen"],
    "verzonden": ["VerzendingBegonnen", "BerichtVerzonden"],
    "teruggekomen": ["VerzendingBegonnen", "BerichtVerzonden", "BerichtTeruggekomen"],
    "ingetrokken": ["BerichtIngetrokken"],
}  # fmt: skip
"""Which facts leave a message how."""


@pytest.fixture(scope="module")
def firma(postfirma: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with open_register(shutil.copytree(postfirma, tmp_path_factory.mktemp("firma") / "register")) as register:
        yield register


def message(register: Register, toestand: str = "wacht", nummer: str = NUMMER, **anders: str) -> int:
    """Make a message that stands as asked; returns its number."""
    rest = {
        "VerzendingMislukt": {"blijvend": True, "code": 550, "melding": "550 onbekende ontvanger"},
        "BerichtTeruggekomen": {"melding": "Postbus vol"},
    }
    with register.schrijven() as boeking:
        wie = {"door": "anna", "rol": "coordinator"}
        nr = boeking.leg_vast(nummer, g.BerichtKlaargezet(gebeurd_op=DAG, **{**KLAAR, **anders}), **wie)
        for soort in GANG[toestand]:
            velden = {"gebeurd_op": DAG, "bericht": nr, **rest.get(soort, {})}
            if soort not in ("BerichtIngetrokken", "BerichtTeruggekomen"):
                velden["poging"] = 1
            boeking.leg_vast(nummer, g.SOORTEN[soort](**velden), **wie)
    return nr


def of(register: Register, nr: int) -> uit.Bericht:
    bericht = uit.een(register, nr)
    assert bericht is not None
    return bericht


def who(id: str) -> Gebruiker:
    wie = organisatie.gebruiker(id, VANDAAG)
    assert wie is not None
    return wie


def do(register: Register, naam: str, nr: int, wie: str = "anna") -> str:
    """Do it and return how the message stands after, or the refusal."""
    invoer = {"toelichting": "Postbus vol"} if naam == TERUG else {}
    try:
        handelen.do(register, who(wie), naam, nr, vandaag=VANDAAG, reden="Gebeld.", **invoer)
    except Geweigerd as fout:
        return f"nee: {fout}"
    return of(register, nr).toestand


DAARNA = [
    # wacht, mislukt, onzeker, verzonden, teruggekomen, ingetrokken
    (VRIJGEVEN, ["wacht", "wacht", "wacht", "nee", "wacht", "nee"]),
    (INTREKKEN, ["ingetrokken", "ingetrokken", "ingetrokken", "nee", "ingetrokken", "nee"]),
    (AANGEKOMEN, ["nee", "nee", "verzonden", "nee", "verzonden", "nee"]),
    (TERUG, ["nee", "nee", "teruggekomen", "teruggekomen", "nee", "nee"]),
    (STAP, ["nee", "nee", "nee", "nee", "nee", "nee"]),
]


@pytest.mark.parametrize(("naam", "daarna"), DAARNA, ids=[naam for naam, _ in DAARNA])
def test_what_can_be_decided_about_a_message(firma: Register, naam: str, daarna: list[str]):
    for toestand, verwacht in zip(GANG, daarna, strict=True):
        nr = message(firma, toestand)
        aangeboden = naam in handelen.acts(of(firma, nr), VANDAAG)
        uitkomst = do(firma, naam, nr)
        assert uitkomst.partition(":")[0] == verwacht, (toestand, uitkomst)
        # What is offered can be done; a message that waits for the first time need not be released.
        assert aangeboden == (verwacht != "nee") or (naam, toestand) == (VRIJGEVEN, "wacht")


@pytest.mark.parametrize("wie", ["eva", "dirk", "iris", "gijs"])
def test_who_is_involved_or_has_no_right_decides_nothing(firma: Register, wie: str):
    nr = message(firma, "onzeker")
    assert do(firma, AANGEKOMEN, nr, wie).startswith("nee")
    assert of(firma, nr).toestand == "onzeker"


def test_a_letter_that_turns_out_to_have_arrived_brings_its_step(firma: Register, monkeypatch: pytest.MonkeyPatch):
    gehad: list[int] = []

    def bij(register: Register, boeking, klaar: g.Vastlegging, *, op, vandaag) -> str:
        gehad.append(klaar.nr)
        assert (op, vandaag) == (DAG, VANDAAG), "it was sent when that began, whenever somebody finds out"
        return waarom

    monkeypatch.setattr(brief, "record_sent", bij)
    for waarom in ("", "Stap 5 is al vastgelegd."):
        nr = message(firma, "onzeker", waarvoor="brief", handeling="stap_05_bevestigen_ontvangst")
        assert do(firma, AANGEKOMEN, nr) == "verzonden"
        assert gehad[-1] == nr
        assert of(firma, nr).zonder_stap == bool(waarom)
        assert waarom in of(firma, nr).waarom_zonder_stap
    assert do(firma, STAP, nr) == "verzonden"
    assert not of(firma, nr).vraagt
    assert STAP not in handelen.acts(of(firma, nr), VANDAAG)
    # Sent again after it came back, it does not bring its step again.
    do(firma, TERUG, nr)
    assert (do(firma, AANGEKOMEN, nr), len(gehad)) == ("verzonden", 2)


def test_what_is_recorded_of_a_message_is_never_put_right_or_taken_back(firma: Register):
    nr = message(firma, "verzonden")
    for v in firma.vastleggingen(NUMMER):
        if v.nr >= nr:
            with pytest.raises(Geweigerd, match="gaat over e-mail"):
                HANDELINGEN["herroepen_feit"](
                    firma, who("anna"), NUMMER, vandaag=VANDAAG, nr=v.nr, op=VANDAAG, reden="x"
                )


def test_a_message_for_a_person_makes_no_other_organisation(firma: Register):
    toen, nummer = firma.organisatie, firma.organisatie.mensen["bas"].nummer
    uit.queue(firma, nummer, waarvoor="overzicht", aan="bas@post.example", onderwerp="Uw taken", inhoud="x", op=DAG)
    assert firma.organisatie is toen


def test_it_is_the_same_after_opening_anew_and_in_a_database_made_again(eigen: Register):
    for toestand in GANG:
        message(eigen, toestand)
    nummer = eigen.organisatie.mensen["bas"].nummer
    uit.queue(eigen, nummer, waarvoor="overzicht", aan="bas@post.example", onderwerp="Uw taken", inhoud="x", op=DAG)
    voor = uit.stand(eigen)
    eigen.close()
    for herbouw in (False, True):
        with open_register(eigen.map, herbouw=herbouw) as opnieuw:
            assert uit.stand(opnieuw) == voor


# --- the page --------------------------------------------------------------------------------------------------------


def test_page_post_shows_what_is_to_be_done_to_who_may_know_of_it(eigen: Register):
    nr, wacht = message(eigen, "mislukt"), message(eigen, nummer=ANDER, inhoud="Beste Piet, NEGEN")
    message(eigen, "verzonden")
    proef = open_los("post", "anna")
    assert not proef.exception
    zien = tekst(proef) + "".join(str(deel.value) for deel in proef.text)
    assert "In het voorbeeld" not in zien
    assert "E-mail is niet ingesteld" in zien
    assert "550 onbekende ontvanger" in zien
    assert "ACHT" not in zien, "what it says is shown when somebody asks"
    proef.button(key=f"post.open.{nr}/bekijk").click().run()
    assert "ACHT" in "".join(str(deel.value) for deel in proef.text)
    proef.button(key=f"post.open.{nr}/{VRIJGEVEN}").click().run()
    _press(proef, "Opnieuw versturen")
    assert of(eigen, nr).toestand == "wacht"
    assert {naam: [een.nr for een in rijen] for naam, rijen in per_part(eigen, who("anna")).items()}["Wacht"] == [
        nr,
        wacht,
    ]


def _press(proef: AppTest, label: str) -> None:
    """Press the button of the form."""
    next(knop for knop in proef.button if knop.label == label and knop.form_id).click().run()
    assert not proef.exception


def test_who_is_involved_sees_nothing_of_a_message_on_page_post(eigen: Register):
    message(eigen, "mislukt")
    betrokken = Gebruiker("eva", "Eva", frozenset({"coordinator", "directie"}), "weert", VANDAAG)
    assert not any(per_part(eigen, betrokken).values())
    vrij = replace(betrokken, id="anna")
    assert sum(map(len, per_part(eigen, vrij).values())) == 1


def test_what_somebody_is_told_of_klachten_is_read_by_that_one_alone(eigen: Register):
    nummer = eigen.organisatie.mensen["anna"].nummer
    nr = uit.queue(
        eigen, nummer, waarvoor="overzicht", aan="a@post.example", onderwerp="Taken", inhoud="GEHEIM", op=DAG
    )
    for wie in ("anna", "carla"):
        proef = open_los("post", wie)
        sleutel = f"post.open.{nr}/bekijk"
        assert (sleutel in [knop.key for knop in proef.button]) == (wie == "anna"), wie


def test_what_is_sent_to_somebody_is_no_history_of_that_person(eigen: Register):
    nummer = eigen.organisatie.mensen["bas"].nummer
    uit.queue(eigen, nummer, waarvoor="overzicht", aan="b@post.example", onderwerp="GEHEIM", inhoud="GEHEIM", op=DAG)
    proef = open_los("personen", "iris", persoon="bas")
    assert not proef.exception
    zien = tekst(proef) + "".join(str(deel.value) for deel in proef.text)
    assert eigen.organisatie.mensen["bas"].naam in zien
    assert "GEHEIM" not in zien


def test_the_dossier_has_a_line_for_each_message_and_warns_of_what_came_back(eigen: Register):
    message(eigen, "teruggekomen"), message(eigen, "wacht")
    proef = open_los("dossier", "anna", {DEEL: "klacht"}, nummer=NUMMER)
    assert not proef.exception
    zien = tekst(proef)
    assert "teruggekomen" in zien
    assert ":material/schedule_send: wacht" in zien
    assert any("wie het moest lezen, heeft het niet gekregen" in str(fout.value) for fout in proef.error)


# --- while the app runs ----------------------------------------------------------------------------------------------


def test_the_loop_sends_what_is_due_and_gezond_says_how_it_stands(eigen: Register, monkeypatch: pytest.MonkeyPatch):
    def judged(over: timedelta = timedelta(0)) -> tuple[str, str]:
        uitslag = gezond.waiting(Blik(eigen.map, datetime.now(UTC) + over))
        return uitslag.ernst, uitslag.zin

    assert judged() == ("n.v.t.", "Er is nog geen e-mail klaargezet.")
    (eigen.map / "toegang").mkdir(exist_ok=True)
    toml = eigen.map / "toegang" / "instellingen.toml"
    with postproef.mailserver() as (bus, server):
        toml.write_text(
            f'[smtp]\nhost = "127.0.0.1"\npoort = {server.poort}\nbeveiliging = "geen"\n'
            f'afzender = "{server.afzender}"\n'
        )
        nr = message(eigen)

        async def until(klaar: Callable[[], object]) -> None:
            for _ in range(200):
                if klaar():
                    return
                await asyncio.sleep(0.02)

        async def run() -> None:
            stop = asyncio.Event()
            taak = asyncio.create_task(lus.keep_up(stop, eerst=0.01, rust=60, mee=0.02))
            await until(lambda: (stand := meelopen.read(eigen.map)) and not stand.wacht and bus.berichten)
            # What is put ready between two rounds does not wait for the next one.
            await asyncio.to_thread(message, eigen)
            await until(lambda: len(bus.berichten) > 1)
            stop.set()
            await taak

        asyncio.run(run())
        assert [mail["Subject"] for mail in bus.berichten] == ["Over uw klacht"] * 2
    assert of(eigen, nr).toestand == "verzonden"
    assert judged() == ("goed", "Er wacht geen e-mail.")
    message(eigen), message(eigen, "onzeker"), message(eigen, "teruggekomen")
    meelopen.keep(eigen, datetime.now(UTC), "")
    assert judged()[0] == "let op"
    assert "1 bericht wacht" in judged()[1]
    assert "1 is misschien aangekomen en 1 kwam terug" in judged()[1]
    assert judged(timedelta(hours=2))[0] == "let op"
    assert judged(timedelta(days=2)) == ("fout", judged(timedelta(days=2))[1])
    assert "het oudste 2 dagen" in judged(timedelta(days=2))[1]


SMTP = [
    ("", {"host": "mail.firma.example", "poort": 587, "beveiliging": "starttls"}),
    ('beveiliging = "tls"', {"poort": 465}),
    ('gebruiker = "a"\nwachtwoord = "b"', {"gebruiker": "a", "wachtwoord": "b"}),
    ('gebruiker = "a"', "KLACHTEN_SMTP_WACHTWOORD"),
    ('gebruiker = "a"\nwachtwoord = "b"\nbeveiliging = "geen"', "leesbaar over het netwerk"),
    ('afzender = "Firma <a@b.example>"', "afzender van smtp is één e-mailadres"),
    ('antwoord_aan = "a@b.example, c@d.example"', "antwoord_aan van smtp is één e-mailadres"),
    ('vertrouwt = "weg.pem"', "weg.pem"),
    ('afzender = ""', "smtp vraagt host"),
    ("verzonnen = 1", "smtp vraagt host"),
]


@pytest.mark.parametrize(("regels", "uitkomst"), SMTP)
def test_the_settings_of_a_mail_server(tmp_path: Path, regels: str, uitkomst: dict[str, object] | str):
    toml = tmp_path / "instellingen.toml"
    toml.write_text(f'[smtp]\nhost = "mail.firma.example"\n{regels}\n', encoding="utf-8")
    if isinstance(uitkomst, str):
        with pytest.raises(OngeldigeInstelling, match=uitkomst):
            load(toml)
        return
    server = load(toml).smtp
    assert server is not None
    assert {naam: getattr(server, naam) for naam in uitkomst} == uitkomst
    assert "b" not in repr(Mailserver("h", wachtwoord="b")).replace("beveiliging", "").replace("gebruiker", "")
    assert Instellingen(smtp=server).smtp is server
