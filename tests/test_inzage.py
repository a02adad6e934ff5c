"""The answer to who asks what is kept: all that is about that person, nothing of others, for nobody who is involved."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten import inzage, organisatie, scherm
from klachten.gebeurtenissen import SOORTEN, VAN_ONSZELF, Gebeurtenis, is_tekst
from klachten.handelingen import Geweigerd
from klachten.opening import open_register
from klachten.register import Register
from klachten.scherm import kijklog, uitgifte
from klachten.scherm.beheer.inzage import WOORDEN, _Medewerker
from klachten.zoekvorm import woorden
from tests import kanarie
from tests.firmaproef import doe
from tests.lijsten import ONTVANGEN, VANDAAG
from tests.paginas import open_los, zinnen

NAAM = "Zoë Łubbers"
CONTACT = "zoe@thuis.example, 06 1234 5678"
# Who else there is: a colleague as people type them, a second indiener, a gemachtigde, people of outside.
ANDEREN = (
    "Eva Bakker", "E. bakker", "BAKKER", "Bas Janssen", "bas", "Carla Verhoeven", "Kwetternaam Tweepoot",
    "Mr. Fluitekruid", "Roodstaart", "kwetternaam@elders.example", "06-98765432",
)  # fmt: skip
WEG = {
    "eva", "bakker", "bas", "janssen", "anna", "carla", "verhoeven", "dirk", "smeets", "frank", "maes", "gijs",
    "peters", "kwetternaam", "tweepoot", "fluitekruid", "roodstaart", "98765432", "geheimstraat", "vinkenoog",
}  # fmt: skip
"""Words of others: none of them may stand anywhere in the zip."""
ZELF = {"omschrijving": "betrokkenen_buiten", "buiten": "Roodstaart uit het dorp, en Vinkenoog"}
NIET_VAN_DE_KLACHT = ("klachten.gebeurtenissen.verbetering", "klachten.gebeurtenissen.wissen")
"""Rooms of facts about evaluations, and about erasing: after those there is nothing left to give."""


def text(soort: str, veld: str) -> str:
    """Return a text with a word that stands nowhere else, with names of others and with what a page may not run."""
    merk = "eigen" + hashlib.sha256(f"{soort}.{veld}".encode()).hexdigest()[:10]
    return f"{merk} {' en '.join(ANDEREN)} {kanarie.gif(len(soort) + len(veld))}"


def _fact(klasse: type[Gebeurtenis], **anders: Any) -> Gebeurtenis:
    """Return a fact of a kind with a text in every field that is one."""
    waarden: dict[str, Any] = {"gebeurd_op": ONTVANGEN + timedelta(3)}
    for veld in fields(klasse):
        if is_tekst(veld):
            waarden[veld.name] = text(klasse.__name__, veld.name)
        elif veld.default is MISSING and veld.name not in waarden:
            soort = str(veld.type)
            waarden[veld.name] = (
                date(2026, 3, 1) if "date" in soort else True if "bool" in soort else 1 if "int" in soort
                else ("eva",) if "tuple" in soort else "coulant" if veld.name == "reglement" else "bas"
            )  # fmt: skip
    return klasse(**{**waarden, **anders})


def _received(naam: str, contact: str = "", **anders: Any) -> g.KlachtOntvangen:
    vast = {
        "gebeurd_op": ONTVANGEN, "reglement": "coulant", "reglement_versie": date(2000, 1, 1), "kanaal": "brief",
        "indiener_soort": "klant", "vestiging": "weert", "categorie": "afspraken", "ontvanger": "gijs",
        "betrokkenen": ("eva",), "indiener_naam": naam, "indiener_contact": contact,
    }  # fmt: skip
    return _fact(g.KlachtOntvangen, **{**vast, **anders})  # type: ignore[return-value]


# Every kind of a klacht that somebody can say something in.
SOORTEN_MET_TEKST = [
    klasse
    for klasse in SOORTEN.values()
    if klasse.__name__ not in VAN_ONSZELF
    and klasse.__module__ not in NIET_VAN_DE_KLACHT
    and klasse not in (g.KlachtOntvangen, g.SignaalOntvangen, g.SignaalAfgedaan, g.KlachtVervallen, g.FeitHerroepen)
    and any(is_tekst(veld) for veld in fields(klasse))
]
NAMEN_VAN_ANDEREN = {
    g.IndienerToegevoegd: {"naam": "Kwetternaam Tweepoot", "contact": "Geheimstraat 7, kwetternaam@elders.example"},
    g.GemachtigdeAangewezen: {"naam": "Mr. Fluitekruid", "contact": "06 9876 5432"},
    g.AnonimiteitVastgelegd: {"naam": NAAM, "contact": CONTACT, "onbekend": False},
    g.BuitenstaanderAangewezen: {"persoon": "Mr. Fluitekruid", "vastlegger": "gijs"},
    g.BerichtKlaargezet: {"aan": "kwetternaam@elders.example"},
    g.GeschilVoorgelegd: {
        "onafhankelijk_persoon": "Mr. Fluitekruid",
        "namens": "Mr. Fluitekruid",
        "contact": "fluitekruid@recht.example",
    },
}


@pytest.fixture(scope="module")
def gevuld(ingericht: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A klacht of Zoë with every text there is, one in which Anna is involved, and one of somebody else."""
    with open_register(shutil.copytree(ingericht, tmp_path_factory.mktemp("inzage") / "register")) as register:
        _fill(register)
        yield register


def opent(naam: str, wie: str) -> AppTest:
    """Open the page as somebody, with a name typed."""
    proef = open_los("inzage", wie)
    proef.text_input(key="inzage.naam").set_value(naam).run()
    assert not proef.exception
    return proef


def _fill(register: Register) -> None:
    with register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("K", 2026)
        feiten = [_received(NAAM, CONTACT, vertegenwoordiger="Mr. Fluitekruid", betrokkenen_buiten=ZELF["buiten"])]
        for klasse in SOORTEN_MET_TEKST:
            eigen = {"namens": "Mr. Fluitekruid"} if "namens" in {veld.name for veld in fields(klasse)} else {}
            feiten.append(_fact(klasse, **{**eigen, **NAMEN_VAN_ANDEREN.get(klasse, {})}))
        for feit in feiten:
            document = b"\x89brief van Zoe" if isinstance(feit, g.DocumentToegevoegd) else None
            if document:
                feit = g.DocumentToegevoegd(
                    gebeurd_op=ONTVANGEN, document=hashlib.sha256(document).hexdigest(), naam="=../Brief Bakker.pdf"
                )
            boeking.leg_vast(nummer, feit, door="bas", rol="behandelaar", document=document)
        for naam, betrokken in ((NAAM, ("anna",)), ("Kwetternaam Tweepoot", ())):
            ander = boeking.nieuw_nummer("K", 2026)
            boeking.leg_vast(ander, _received(naam, betrokkenen=betrokken), door="carla", rol="directie")


def pressed(proef: AppTest, label: str = "Inzage als zip", als: str = "anna") -> zipfile.ZipFile:
    """Fetch the file that a page offers at its own address, as its user, in parts."""
    adres = next(knop.proto.url for knop in proef.get("link_button") if knop.proto.label == label)
    gegeven = uitgifte.give(adres, "", als)
    assert gegeven is not None
    assert isinstance(gegeven.inhoud, Iterator)
    delen = list(gegeven.inhoud)
    assert len(delen) > 2
    assert all(delen)
    return zipfile.ZipFile(io.BytesIO(b"".join(delen)))


def everything(zip: zipfile.ZipFile) -> str:
    """Return every name and every byte that is in it, as text."""
    assert zip.testzip() is None
    return "\n".join([*zip.namelist(), *(zip.read(naam).decode("utf-8", "replace") for naam in zip.namelist())])


def tick(proef: AppTest, einde: str) -> AppTest:
    """Tick the box whose key ends so."""
    box = next(vak for vak in proef.checkbox if vak.key.endswith(einde))
    proef = box.check().run()
    assert not proef.exception
    return proef


def test_the_zip_has_every_text_about_the_person_and_no_name_of_another(getoond: Register):
    proef = opent("lubbers", "anna")
    assert [vak.key for vak in proef.checkbox] == ["inzage.is.K2026-0001.indiener"], "not the one Anna is involved in"
    proef = tick(proef, "K2026-0001.indiener")
    zip = pressed(tick(proef, ".mag.K2026-0001." + str(_document(getoond))))
    alles = everything(zip)
    assert WEG & woorden(alles) == set()
    assert "K2026-0002" not in alles
    assert "K2026-0003" not in alles
    gegevens = zip.read("K2026-0001/gegevens.html").decode()
    inventaris = zip.read("inventaris.json").decode()
    for soort, veld in _own_texts():
        eigen = text(soort, veld).split()[0]
        assert eigen in gegevens, (soort, veld)
        assert eigen in inventaris, (soort, veld)
    assert NAAM in gegevens
    assert "06 1234 5678" in gegevens
    assert "[behandelaar]" in gegevens
    assert "[betrokken medewerker]" in gegevens
    assert "<script" not in gegevens + zip.read("inventaris.html").decode()


def _own_texts() -> Iterator[tuple[str, str]]:
    """Every text of the klacht that is not the name or the address of somebody else, or a name of a document."""
    van_anderen = {"indiener_naam", "indiener_contact", "vertegenwoordiger", "betrokkenen_buiten", "namens"}
    for klasse in (g.KlachtOntvangen, *SOORTEN_MET_TEKST):
        for veld in fields(klasse):
            gezet = van_anderen | NAMEN_VAN_ANDEREN.get(klasse, {}).keys()
            if is_tekst(veld) and veld.name not in gezet and klasse is not g.DocumentToegevoegd:
                yield klasse.__name__, veld.name


def _document(register: Register) -> int:
    return next(v.nr for v in register.vastleggingen("K2026-0001") if isinstance(v.feit, g.DocumentToegevoegd))


def test_a_document_goes_along_only_when_a_person_read_it_and_under_a_safe_name(getoond: Register):
    proef = opent("lubbers", "carla")
    proef = tick(proef, "K2026-0001.indiener")
    zonder = pressed(proef, als="carla")
    assert [naam for naam in zonder.namelist() if "stukken" in naam] == []
    lijst = json.loads(zonder.read("inventaris.json"))["onderdelen"]
    stuk = next(deel for deel in lijst if deel["wat"].startswith("Stuk:"))
    assert stuk["waarom_weggelaten"].startswith("Niet nagekeken")
    assert stuk["bestand"] is None
    met = pressed(tick(proef, f".mag.K2026-0001.{_document(getoond)}"), als="carla")
    (naam,) = [naam for naam in met.namelist() if "stukken" in naam]
    assert naam == "K2026-0001/stukken/01 _.._Brief _betrokken medewerker_.pdf"
    assert met.read(naam) == b"\x89brief van Zoe"
    assert not any(deel.startswith(("/", "..")) or "\\" in deel for deel in met.namelist())


def test_every_dossier_in_the_zip_is_in_the_log_and_who_looked_is_told_by_role(getoond: Register):
    log = kijklog.van(getoond)
    log.note("geopend", "bas", waar="dossier", nummer="K2026-0001")
    log.note("geopend", "carla", waar="dossier", nummer="K2026-0003")
    proef = opent("Łubbers", "carla")
    for nummer in ("K2026-0001", "K2026-0002"):
        proef = tick(proef, f"{nummer}.indiener")
    gezien = json.loads(pressed(proef, als="carla").read("inventaris.json"))["bekeken"]
    assert "Behandelaar, actienemer en medewerker: 1 keer geopend." in gezien or any(
        "1 keer geopend" in z for z in gezien
    )
    log.flush()
    regels = [een.regel for maand in log.keten.maanden() for een in log.keten.regels(maand)]
    mee = [(r.wie, r.waar, r.nummer) for r in regels if r.wat == "gedownload"]
    assert set(mee) >= {("carla", "inzageverzoek", nummer) for nummer in ("K2026-0001", "K2026-0002", "")}
    assert "lubbers" not in "".join(map(repr, regels)).lower(), "never what was searched"


def _ander(register: Register, naam: str, **anders: Any) -> str:
    """Add a klacht of somebody else; return its number."""
    with register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("K", 2026)
        boeking.leg_vast(nummer, _received(naam, **anders), door="carla", rol="directie")
    return nummer


def test_what_was_ticked_is_not_handed_out_to_who_turned_out_to_be_involved(getoond: Register):
    nummer = _ander(getoond, "Karel Zwaluw")
    proef = tick(opent("zwaluw", "anna"), f"{nummer}.indiener")
    assert nummer in everything(pressed(proef))
    with getoond.schrijven() as boeking:
        later = g.BetrokkeneToegevoegd(gebeurd_op=VANDAAG, betrokkene="anna")
        boeking.leg_vast(nummer, later, door="carla", rol="directie")
    assert nummer not in everything(pressed(proef))


def test_a_signaal_is_found_and_not_for_who_is_involved_in_the_klacht_that_it_became(getoond: Register):
    with getoond.schrijven() as boeking:
        for vervolg in ((), ("anna",)):
            nummer = boeking.nieuw_nummer("S", 2026)
            gezegd = {"indiener_naam": "Wil Kievit", "indiener_contact": "", "ontvanger": "gijs", "vestiging": "weert"}
            boeking.leg_vast(
                nummer, _fact(g.SignaalOntvangen, **gezegd, kanaal="telefoon"), door="bas", rol="behandelaar"
            )
            if vervolg:
                klacht = boeking.nieuw_nummer("K", 2026)
                boeking.leg_vast(klacht, _received("Wil Kievit", betrokkenen=vervolg), door="carla", rol="directie")
                op_schrift = g.SignaalOpSchriftGesteld(gebeurd_op=VANDAAG, klachtnummer=klacht)
                boeking.leg_vast(nummer, op_schrift, door="carla", rol="directie")
    sleutels = {wie: [vak.key for vak in opent("kievit", wie).checkbox] for wie in ("anna", "carla")}
    assert sleutels["anna"] == ["inzage.is.S2026-0001.indiener"]
    assert len(sleutels["carla"]) == 3
    zip = pressed(tick(opent("kievit", "anna"), "S2026-0001.indiener"))
    assert text("SignaalOntvangen", "omschrijving").split()[0] in zip.read("S2026-0001/gegevens.html").decode()
    los = {"kwetternaam", "tweepoot", "fluitekruid", "roodstaart", "98765432"}
    assert WEG & woorden(everything(zip)) == los, "who is in no record of this dossier, a person has to point out"
    zip = pressed(tick(opent("kievit", "carla"), "S2026-0002.indiener"), als="carla")
    assert WEG & woorden(everything(zip)) == {"98765432"}, "who is in the klacht that it became is known"


def test_a_gemachtigde_gets_what_names_him_and_not_the_klacht_of_the_indiener(getoond: Register):
    proef = opent("Fluitekruid", "carla")
    proef = tick(proef, "K2026-0001.gemachtigde of vertegenwoordiger")
    zip = pressed(proef, als="carla")
    alles = everything(zip)
    assert "Fluitekruid" in alles
    assert not {"lubbers", "tweepoot", "bakker", "12345678"} & woorden(alles)
    delen = json.loads(zip.read("inventaris.json"))["onderdelen"]
    ontvangen = next(deel for deel in delen if deel["wat"] == "Klacht ontvangen")
    assert not any(regel["naam"] == "Categorie" for regel in ontvangen["gegevens"])


def test_a_colleague_gets_own_facts_and_of_klachten_only_counts(getoond: Register):
    afwezig = {"van": VANDAAG, "tot": VANDAAG + timedelta(2), "vervanger": "bas", "lang": False}
    doe(getoond, "melden_afwezigheid", "eva", dossier="eva", **afwezig, toelichting="Samen met Bas en Kwetter op reis")
    proef = _colleagues("carla")
    assert "carla" not in proef.selectbox(key="inzage.persoon").options
    proef.selectbox(key="inzage.persoon").set_value("eva").run()
    assert not proef.exception
    alles = everything(pressed(proef, als="carla"))
    assert "Eva Bakker" in alles or ("Bakker" in alles and "Eva" in alles)
    assert "op reis" in alles
    assert not (WEG - {"eva", "bakker"}) & woorden(alles)
    assert "lubbers" not in woorden(alles)
    assert re.search(r"In \d klachten bent u betrokken.", alles), re.findall(r"In \d+ klach[^.]*", alles)
    assert not re.search(r"K2026-\d", alles)


def test_an_erased_colleague_is_told_so_and_over_oneself_another_answers(getoond: Register):
    carla, hanna = organisatie.gebruiker("carla"), getoond.organisatie.mensen["hanna"]
    assert carla is not None
    with getoond.schrijven() as boeking:
        weg = g.PersoonVertrokken(gebeurd_op=VANDAAG, laatste_dag=VANDAAG)
        boeking.leg_vast(hanna.nummer, weg, door="iris", rol="beheerder")
        gewist = g.PersoonGewist(gebeurd_op=VANDAAG, grond="verzoek")
        boeking.leg_vast(hanna.nummer, gewist, door="iris", rol="beheerder")
    antwoord = inzage.of_medewerker(getoond, getoond.organisatie.mensen["hanna"], carla, WOORDEN, op=VANDAAG)
    assert any("gewist" in zin for zin in antwoord.zinnen[hanna.nummer])
    assert any("adres voor uw agenda" in zin and "wat er nieuw is" in zin for zin in antwoord.slot)
    assert "vos" not in woorden(repr(antwoord))
    assert "maakt een ander dit antwoord" in zinnen(_colleagues("anna"))


def _colleagues(wie: str) -> AppTest:
    proef = open_los("inzage", wie)
    return proef.segmented_control(key="inzage.soort").set_value("Een medewerker").run()


def test_a_name_that_is_too_short_or_unknown_is_said_so(getoond: Register):
    for naam in ("J.", "van der", "Onvindbaar"):
        proef = opent(naam, "anna")
        assert "Geen dossier gevonden" in zinnen(proef), naam
        assert not proef.get("link_button")


def test_more_names_can_be_left_out_and_a_shared_one_is_warned_for(getoond: Register):
    nummer = _ander(getoond, "Zus Bakker", omschrijving="De buurman Wulpendaal en Bakker zeiden niets.")
    proef = opent("zus bakker", "anna")
    proef = tick(proef, f"{nummer}.indiener")
    assert "Deze namen heeft ook een ander: bakker" in zinnen(proef)
    assert "wulpendaal" in woorden(everything(pressed(proef)))
    proef.text_area(key="inzage.weg").set_value("Wulpendaal\n").run()
    assert "wulpendaal" not in woorden(everything(pressed(proef)))


def test_an_answer_over_oneself_is_refused_also_when_the_file_is_made(
    getoond: Register, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(scherm, "gebruiker", lambda: organisatie.gebruiker("carla"))
    with pytest.raises(Geweigerd, match="maakt een ander"):
        _Medewerker(getoond.organisatie.mensen["carla"]).maker()()
