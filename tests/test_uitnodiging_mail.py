"""An invitation by e-mail: whoever has it can choose a password, and its secret stands nowhere but in the mail."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from klachten import taal
from klachten.post import uit
from klachten.post.uit.uitnodiging import CODE, is_safe
from klachten.scherm import post as lus
from klachten.scherm import uitnodigen
from klachten.toegang import beheren, instellingen
from klachten.toegang.mailserver import Mailserver
from klachten.toegang.uitnodigen import GELDIG
from tests import firmaproef, httpsproef, postproef
from tests.schermproef import open_pagina, tekst

DAG = date(2026, 11, 29)
BEA, COEN = "P2026-0001", "P2026-0002"
LINK = re.compile(r"https://klachten\.example/uitnodiging/([\w-]+)")


@pytest.fixture
def firma(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    with firmaproef.looked_at(tmp_path / "register", monkeypatch, DAG) as firma:
        firma.als(BEA)
        yield firma


@pytest.fixture
def bus(firma: SimpleNamespace, tmp_path: Path) -> Iterator[postproef.Postbus]:
    """A mail server with STARTTLS, which the settings name, for a register that others reach over https."""
    with postproef.mailserver(certificaat=httpsproef.certificate(tmp_path / "c", "mail.example")) as (bus, server):
        settings(firma, server)
        yield bus


def settings(firma: SimpleNamespace, server: Mailserver, adres: str = "https://klachten.example") -> None:
    toml = (
        f'adres = "{adres}"\n[smtp]\nhost = "{server.host}"\npoort = {server.poort}\nafzender = "{server.afzender}"\n'
    )
    toml += f'vertrouwt = "{server.vertrouwt}"\n' if server.vertrouwt else 'beveiliging = "geen"\n'
    (firma.register.map / "toegang" / instellingen.BESTAND).write_text(toml, encoding="utf-8")


def buttons(app: AppTest) -> list[str]:
    return [knop.label for knop in app.button if (knop.key or "").startswith("aanmelding.")]


def press(naam: str) -> AppTest:
    app = open_pagina("personen", persoon=COEN)
    app.button(key=f"aanmelding.{naam}").click().run()
    assert not app.exception
    return app


def code_in(bus: postproef.Postbus, nr: int = -1) -> str:
    gevonden = LINK.search(bus.berichten[nr].get_content())
    assert gevonden
    return gevonden[1]


def stand(firma: SimpleNamespace) -> tuple[str, str]:
    bericht = uit.van_dossier(firma.register, COEN)[0]
    return bericht.toestand, bericht.melding


def send(firma: SimpleNamespace, over: timedelta = timedelta(0)) -> None:
    gelezen = instellingen.of_register(firma.register.map)
    nu = datetime.now(UTC) + over
    uit.send_due(firma.register, gelezen, nu, codes=uitnodigen.codes(firma.register))


def holding(map: Path, wat: str) -> list[str]:
    return [pad.name for pad in map.rglob("*") if pad.is_file() and wat.encode() in pad.read_bytes()]


def test_the_secret_is_in_the_mail_alone_and_opens_the_account(firma, bus, caplog, capfd):
    app = press("mailen")
    assert not app.code, "no link is shown: it is not made yet"
    assert "gaat binnen een paar minuten per e-mail naar coen@firma.example" in tekst(app).replace("\u2060", "")
    assert ":material/schedule_send: wacht" in tekst(app)
    lus.look(firma.register, asyncio.Event())
    assert bus.versleuteld == [True]
    code, mail = code_in(bus), bus.berichten[0]
    assert (mail["To"], mail["Auto-Submitted"]) == ("coen@firma.example", "auto-generated")
    assert CODE not in mail.get_content()
    gevonden = firma.deur.uitnodigingen.look(code, time.time())
    assert (gevonden.persoon, gevonden.soort, gevonden.gemaakt_door) == (COEN, "nieuw", BEA)
    bericht = uit.van_dossier(firma.register, COEN)[0]
    assert (bericht.toestand, CODE in bericht.inhoud) == ("verzonden", True)
    assert code not in caplog.text + "".join(capfd.readouterr())
    assert holding(firma.register.map, code) == []
    assert firma.deur.uitnodigingen.use(code, time.time())


def test_each_attempt_has_a_link_of_its_own_and_only_the_last_one_works(firma, bus):
    bus.antwoorden["DATA"] = "450 straks"
    press("mailen")
    send(firma)
    assert stand(firma)[0] == "wacht"
    bus.antwoorden.clear()
    send(firma, timedelta(minutes=6))
    eerste = code_in(bus)
    press("mailen")
    send(firma, timedelta(minutes=7))
    geldig = [firma.deur.uitnodigingen.look(code, time.time()) is not None for code in (eerste, code_in(bus))]
    assert (len(bus.berichten), geldig) == (2, [False, True])


def test_no_attempt_lets_the_link_work_longer_than_the_mail_says(firma, bus):
    bus.antwoorden["DATA"] = "450 straks"
    press("mailen")
    tot = firma.deur.uitnodigingen.until(COEN)
    send(firma)
    bus.antwoorden.clear()
    send(firma, timedelta(minutes=6))
    assert firma.deur.uitnodigingen.look(code_in(bus), tot - 1).verloopt == tot
    assert firma.deur.uitnodigingen.look(code_in(bus), tot + 1) is None
    zin = f"De link werkt één keer, tot {taal.moment(datetime.fromtimestamp(tot, UTC))}:"
    assert zin in bus.berichten[0].get_content()


def test_what_is_no_invitation_any_more_does_not_go(firma, bus):
    def refused(weg: Callable[[], object], terug: Callable[[], object] = lambda: None) -> None:
        press("mailen")
        weg()
        send(firma)
        toestand, melding = stand(firma)
        assert (bus.berichten, toestand) == ([], "mislukt")
        assert "opnieuw uit" in melding
        terug()

    deur, nu = firma.deur, time.time()

    def weeks_later() -> None:
        with deur.opslag.write() as db:
            db.execute("UPDATE uitnodiging SET verloopt = verloopt - ?", (GELDIG + 60,))

    refused(lambda: deur.uitnodigingen.use(deur.uitnodigingen.renew(COEN, nu), nu))
    refused(weeks_later)
    refused(lambda: beheren.block(deur, COEN, BEA, nu), lambda: beheren.unblock(deur, COEN, BEA))
    refused(lambda: firma.doe("wijzigen_persoon", COEN, vanaf=DAG, e_mail="nieuw@firma.example"))
    refused(lambda: deur.opslag.forget(COEN))


def test_a_second_one_is_not_put_ready_while_one_waits(firma, bus):
    press("mailen")
    assert "staat al een uitnodiging" in tekst(press("mailen"))
    assert "werkt een link die u eerder gaf niet meer" in tekst(press("uitnodigen"))
    assert len(uit.van_dossier(firma.register, COEN)) == 1


def test_another_password_can_be_mailed_and_another_second_step_cannot(firma, bus):
    firma.deur.accounts.make(COEN, "coen@firma.example", 0.0)
    firma.deur.accounts.set_password(COEN, "hash")
    firma.deur.accounts.set_totp(COEN, "geheim")
    assert buttons(open_pagina("personen", persoon=COEN)) == [
        "Nieuw wachtwoord laten kiezen", "Nieuw wachtwoord per e-mail", "Ook de tweede stap opnieuw", "Blokkeren",
    ]  # fmt: skip
    press("herstelmail")
    send(firma)
    assert "laat Bea de Beheerder u met deze link een nieuw wachtwoord kiezen" in bus.berichten[0].get_content()
    assert firma.deur.uitnodigingen.look(code_in(bus), time.time()).soort == "herstel"


def test_it_is_offered_only_when_nobody_can_read_it_on_the_way(firma):
    assert buttons(open_pagina("personen", persoon=COEN)) == ["Uitnodigen"], "no mail server is set"
    hier = Mailserver("127.0.0.1", 25, afzender="a@firma.example")
    for server, adres, goed in (
        (hier, "https://klachten.example", True),
        (hier, "", False),
        (hier, "http://localhost:8501", False),
        (Mailserver("mail.example", 25, "geen"), "https://klachten.example", False),
        (Mailserver("mail.example", 25), "https://klachten.example", True),
        (None, "https://klachten.example", False),
    ):
        assert is_safe(server, adres) is goed, (server, adres)
    settings(firma, hier, "http://localhost:8501")
    assert buttons(open_pagina("personen", persoon=COEN)) == ["Uitnodigen"]
    settings(firma, hier)
    assert buttons(open_pagina("personen", persoon=COEN)) == ["Uitnodigen", "Uitnodigen per e-mail"]


def test_without_the_app_an_invitation_waits_for_the_app(firma, bus):
    """The command taken sends what waits, and cannot make the secret of an invitation."""
    press("mailen")
    uit.send_due(firma.register, instellingen.of_register(firma.register.map), datetime.now(UTC))
    assert stand(firma) == ("wacht", "")
