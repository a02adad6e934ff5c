"""What was mailed to whoever asks what is kept: it goes along, with its file when a person read it, without others."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from klachten import gebeurtenissen as g
from klachten import inzage, organisatie
from klachten.inzage import Antwoord
from klachten.inzage.medewerker import OVERZICHT_GEHAD
from klachten.opening import open_register
from klachten.post import uit
from klachten.register import Register
from klachten.scherm.beheer.inzage import WOORDEN
from klachten.zoekvorm import woorden
from tests import firmaproef
from tests.lijsten import ONTVANGEN, VANDAAG
from tests.paginas import open_los
from tests.registerproef import ontvangst

K, VAN_CARLA = "K2026-0001", "K2026-0002"
EVA, NAMENS, ZOE = "eva.bakker@firma.example", "kievit@recht.example", "zoe@thuis.example"
BRIEF = b"%PDF-1.7 aan de gemachtigde"
DAG = {"gebeurd_op": ONTVANGEN + timedelta(2)}


def bericht(aan: str, inhoud: str, **anders: Any) -> g.BerichtKlaargezet:
    vast = {"waarvoor": "brief", "onderwerp": f"Over {inhoud.split()[0]}", "naam": "brief.pdf", "antwoorden": "{}"}
    return g.BerichtKlaargezet(**DAG, **{**vast, "aan": aan, "inhoud": inhoud, **anders})


@pytest.fixture(scope="module")
def gevuld(ingericht: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A klacht of Zoë with a gemachtigde, in which Eva is involved, and one in which Carla is: mails about both."""
    with open_register(shutil.copytree(ingericht, tmp_path_factory.mktemp("inzage") / "r")) as register:
        firmaproef.doe(register, "wijzigen_persoon", dossier="eva", vanaf=VANDAAG, e_mail=EVA, reden="Nieuw")
        with register.schrijven() as boeking:
            leg = {"door": "anna", "rol": "coordinator"}
            for betrokken in ("eva", "carla"):
                nummer = boeking.nieuw_nummer("K", 2026)
                feit = ontvangst(**DAG, indiener_naam="Zoë Lubbers", indiener_contact=ZOE, betrokkenen=(betrokken,))
                boeking.leg_vast(nummer, feit, **leg)
            gemachtigde = g.GemachtigdeAangewezen(**DAG, naam="Mr. Kievit", contact=NAMENS)
            boeking.leg_vast(K, gemachtigde, **leg)
            sha256 = hashlib.sha256(BRIEF).hexdigest()
            namens = bericht(NAMENS, "Roerdomp: Zoë Lubbers is gehoord door Eva Bakker.", document=sha256)
            nr = boeking.leg_vast(K, namens, **leg, document=BRIEF)
            mislukt = g.VerzendingMislukt(**DAG, bericht=nr, poging=1, code=550, melding=f"550 vol {NAMENS}")
            boeking.leg_vast(K, mislukt, **leg)
            boeking.leg_vast(K, bericht(ZOE, "Ooievaar voor Zoë zelf."), **leg)
            eva = bericht(EVA.upper(), "Lepelaar: Zoë Lubbers en Mr. Kievit komen, met Bas Janssen.", document=sha256)
            boeking.leg_vast(K, eva, **leg)
            boeking.leg_vast(VAN_CARLA, bericht(EVA, "Aalscholver over wat Carla deed."), **leg)
        nummer = register.organisatie.mensen["eva"].nummer
        for waarvoor, vogel in (("uitnodiging", "Purperreiger"), ("overzicht", "Zilverreiger")):
            inhoud = f"{vogel}: {K} van Lubbers wacht, zegt Bas Janssen."
            uit.queue(register, nummer, waarvoor=waarvoor, aan=EVA, onderwerp="Taken", inhoud=inhoud, op=VANDAAG)
        yield register


def asked(register: Register, door: str) -> Antwoord:
    wie = organisatie.gebruiker(door, VANDAAG)
    assert wie is not None
    return inzage.of_medewerker(register, register.organisatie.mensen["eva"], wie, WOORDEN, op=VANDAAG)


def read(antwoord: Antwoord) -> str:
    return "\n".join(f"{deel.wat} {regel.waarde}" for deel in antwoord.delen for regel in deel.regels)


def test_a_colleague_gets_own_overviews_and_what_was_mailed_about_klachten_without_the_others(getoond: Register):
    gelezen = read(asked(getoond, "carla"))
    for eigen in ("Purperreiger", "Lepelaar", EVA.upper(), "Taken", OVERZICHT_GEHAD):
        assert eigen in gelezen, eigen
    assert not {"lubbers", "zoe", "kievit", "bas", "janssen", "0001"} & woorden(gelezen)
    for niet in ("Roerdomp", "Ooievaar", "Zilverreiger"):
        assert niet not in gelezen, f"{niet} was for another, or is an overview of tasks"
    stuk = next(deel for deel in asked(getoond, "carla").delen if deel.wat == "Stuk: brief.pdf")
    assert stuk.waarom_niet.startswith("Niet nagekeken")


def test_of_a_klacht_in_which_whoever_answers_is_involved_nothing_goes_along(getoond: Register):
    assert "Aalscholver" not in read(asked(getoond, "carla"))
    assert "Aalscholver" in read(asked(getoond, "anna"))


def test_a_gemachtigde_gets_what_was_mailed_to_him_and_its_file_when_it_was_read(getoond: Register):
    proef = open_los("inzage", "anna")
    proef.text_input(key="inzage.naam").set_value("kievit").run()
    vakken = {vak.key: vak for vak in proef.checkbox}
    assert [naam for naam in vakken if K in naam] == [f"inzage.is.{K}.gemachtigde of vertegenwoordiger"]
    proef = vakken[f"inzage.is.{K}.gemachtigde of vertegenwoordiger"].check().run()
    assert not proef.exception
    mogen = [vak.key for vak in proef.checkbox if vak.key.startswith(f"inzage.mag.{K}")]
    assert len(mogen) == 1, "the same file, that of the letter that waits, is offered once"
    wie = organisatie.gebruiker("anna", VANDAAG)
    assert wie is not None
    gekozen = [een for een in inzage.candidates(getoond, "kievit", wie, VANDAAG) if een.nummer == K]
    nr = int(mogen[0].rpartition(".")[2])
    for nagekeken in ([], [(K, nr)]):
        antwoord = inzage.of_dossiers(getoond, "kievit", gekozen, wie, WOORDEN, op=VANDAAG, nagekeken=nagekeken)
        assert [deel.stuk is not None for deel in antwoord.delen if deel.wat == "Stuk: brief.pdf"] == [bool(nagekeken)]
    gelezen = read(antwoord)
    for eigen in ("Roerdomp", NAMENS, "550 vol"):
        assert eigen in gelezen, eigen
    assert not {"lubbers", "zoe", "bakker", "ooievaar"} & woorden(gelezen)
