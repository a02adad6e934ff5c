"""What an import brought that was undone is in no list any more: it is found, asked for and erased all the same."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten import inzage, organisatie, scherm
from klachten.bewaring import Wie, bewaren
from klachten.dossier.personen import also_named
from klachten.handelingen import Geweigerd, OngeldigeInvoer, bewaard_van, dossier_van
from klachten.opening import open_register
from klachten.overname import grond, overnemen
from klachten.overname import kolommen as declaratie
from klachten.register import Register
from klachten.register.controle import controleer
from klachten.reservekopie import gewist
from klachten.scherm import belinhoud
from klachten.scherm.beheer.inzage import WOORDEN
from tests.maandproef import JANUARI, lees, neem_over, schrijf, standen, terug
from tests.paginas import open_los, verstuur, vul, zinnen, zonder_venster
from tests.wisproef import VANDAAG, doe, gevonden, lijst_van, plat, stel_voor, wie, wis

MET_NAAM = ('omschrijving = "verhaal"', 'indiener_naam = "verhaal"')
FEB = ("getrokken_op = 2025-01-31", "getrokken_op = 2025-02-28")
EEN = {"1": JANUARI["1"].replace("Te laat gebeld", "Roodborst Tapuitnaam")}
TWEE = {
    "1": JANUARI["1"].replace("Te laat gebeld", "Roodborst Wielewaalnaam"),
    "2": JANUARI["2"].replace("Geen antwoord", "Wulpnaam"),
}
WOORDEN_WEG = ["Roodborst", "Tapuitnaam", "Wielewaalnaam", "Wulpnaam"]
EERSTE, TWEEDE = "K2024-0001", "K2024-0002"


def twee_maanden(register: Register, map: Path) -> None:
    """Take over two files with names in them, and take both back."""
    neem_over(register, map, EEN, MET_NAAM)
    neem_over(register, map, TWEE, MET_NAAM, FEB)
    for volgnr in (2, 1):
        terug(register, volgnr)


def te_wissen(register: Register, op: date = VANDAAG) -> dict[str, str]:
    with register.cursor() as cursor:
        return {een.nummer: een.soort for een in bewaren(cursor, op, Wie.of(op)) if een.kan}


def test_undone_and_erased_the_bytes_are_nowhere_and_every_figure_stays(register: Register, tmp_path: Path):
    leeg = standen(register)
    twee_maanden(register, tmp_path / "bron")
    kopie = shutil.copytree(register.map, tmp_path / "kopie", ignore=shutil.ignore_patterns("klachten.*", "*.lock"))
    assert te_wissen(register, date(2025, 3, 1)) == {EERSTE: "teruggedraaid", TWEEDE: "teruggedraaid"}
    for nummer in (EERSTE, TWEEDE):
        wis(register, nummer)
    assert te_wissen(register) == {}
    assert standen(register) == leeg
    assert {een.ernst for een in controleer(register)} == {"goed"}
    lijst, map = gewist.of_register(register), register.map
    register.close()
    assert plat(gevonden(map, WOORDEN_WEG).values()) == []
    # An older copy that is put back loses them again, for all that stands in its dossiers.
    assert gevonden(kopie, WOORDEN_WEG)["Dossiers"]
    with open_register(kopie, herbouw=True) as oud:
        assert [een.klachtnummer for een in gewist.apply(oud, lijst)] == [EERSTE, TWEEDE]
    assert plat(gevonden(kopie, WOORDEN_WEG).values()) == []
    with open_register(map, herbouw=True) as weer:
        # Taken over once more the klacht is there again, under its number, and what was erased is not.
        neem_over(weer, tmp_path / "bron", TWEE, MET_NAAM, FEB)
        assert dossier_van(weer, EERSTE).ontvangst.indiener_naam == ""
        assert not lees(weer, tmp_path / "bron", TWEE, MET_NAAM, FEB).iets
    assert plat(gevonden(map, WOORDEN_WEG).values()) == []


def test_one_person_of_it_on_request(register: Register, tmp_path: Path):
    twee_maanden(register, tmp_path)
    wis(register, EERSTE, grond="verzoek", wie="indiener")
    assert bewaard_van(register, EERSTE).ontvangst.indiener_naam == g.GEWIST  # type: ignore[attr-defined]
    assert dossier_van_of_geen(register, EERSTE) is None
    map = register.map
    register.close()
    gevonden_nu = gevonden(map, WOORDEN_WEG)
    assert len(gevonden_nu["Dossiers"]) == 1, "the other one stays"
    assert plat(gevonden(map, WOORDEN_WEG[:3]).values()) == []


def dossier_van_of_geen(register: Register, nummer: str) -> object:
    try:
        return dossier_van(register, nummer)
    except Geweigerd:
        return None


def test_who_asks_is_found_in_every_version_and_answered(register: Register, tmp_path: Path):
    twee_maanden(register, tmp_path)
    for naam in ("Tapuitnaam", "Roodborst Wielewaalnaam", "wielewaalnaam"):
        [een] = inzage.candidates(register, naam, wie("anna"), VANDAAG)
        assert (een.nummer, een.rol) == (EERSTE, "indiener")
    assert inzage.candidates(register, "Wielewaal Tapuitnaam", wie("anna"), VANDAAG) == []
    assert inzage.candidates(register, "Tapuitnaam", wie("gijs"), VANDAAG) == []
    antwoord = inzage.of_dossiers(register, "Tapuitnaam", [een], wie("anna"), WOORDEN, op=VANDAAG)
    assert "dat is op 1 maart 2025 teruggedraaid: zij telt niet mee" in antwoord.zinnen[EERSTE][1]
    assert antwoord.zinnen[EERSTE][0].startswith(f"Klacht {EERSTE}, ontvangen op 2 december 2024.")
    waarden = [regel.waarde for deel in antwoord.delen for regel in deel.regels]
    assert {"Roodborst Tapuitnaam", "Roodborst Wielewaalnaam"} <= set(waarden)


def test_it_takes_two_people_who_are_not_involved_and_nothing_else_is_done_with_it(register: Register, tmp_path: Path):
    twee_maanden(register, tmp_path)
    betrokken = g.BetrokkeneToegevoegd(gebeurd_op=date(2025, 2, 1), betrokkene="carla")
    with register.schrijven() as boeking:
        nr = boeking.leg_vast(EERSTE, betrokken, door="anna", rol="coordinator")
        terug_genomen = g.FeitHerroepen(gebeurd_op=VANDAAG)
        boeking.leg_vast(EERSTE, terug_genomen, door="anna", rol="coordinator", corrigeert=nr)
    for naam, invoer in (
        ("corrigeren_feit", {"nr": 1, "gebeurd_op": VANDAAG, "waarden": None, "reden": "x"}),
        ("stap_02_informeren_coordinator", {"op": VANDAAG, "geinformeerde": "anna"}),
    ):
        with pytest.raises(Geweigerd, match="staat niet in het register, of is niet voor u"):
            doe(register, "anna", naam, EERSTE, **invoer)
    voorstel = stel_voor(register, EERSTE)
    with pytest.raises(Geweigerd, match=f"u bent betrokken bij klacht {EERSTE}"):
        doe(register, "carla", "uitvoeren_wissen", EERSTE, voorstel=voorstel)
    with pytest.raises(Geweigerd, match="dit doet de directie"):
        doe(register, "anna", "uitvoeren_wissen", EERSTE, voorstel=voorstel)
    assert inzage.readable_undone(register, [EERSTE, TWEEDE], wie("carla")) == {TWEEDE}
    for id, ziet in (("anna", {EERSTE, TWEEDE}), ("frank", {EERSTE, TWEEDE}), ("carla", {TWEEDE})):
        assert {een.nummer for een in lijst_van(register, id)} == ziet, id
    assert inzage.candidates(register, "Tapuitnaam", wie("carla"), VANDAAG) == []
    doe(register, "anna", "stellen_bewaarplicht", TWEEDE, tot=None, reden="Rechtszaak")
    with pytest.raises(Geweigerd, match="moet bewaard blijven"):
        stel_voor(register, TWEEDE)
    doe(register, "frank", "uitvoeren_wissen", EERSTE, voorstel=voorstel)
    assert te_wissen(register) == {}


def test_on_the_page_where_one_erases(firma: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    zonder_venster(monkeypatch)
    twee_maanden(firma, tmp_path)
    proef = open_los("bewaren", "anna")
    proef.text_input(key="wissen.nummer").set_value("wielewaalnaam").run()
    keuze = proef.selectbox(key="wissen.gevonden")
    assert keuze.options == [f"{EERSTE}: indiener Roodborst Tapuitnaam / Roodborst Wielewaalnaam"]
    keuze.set_value(EERSTE).run()
    assert "kwam uit een overname die op **1 maart 2025** is teruggedraaid" in zinnen(proef)
    proef.text_input(key="wissen.nummer").set_value("Kemphaan").run()
    assert "KEMPHAAN staat niet in het register, of is niet voor u" in zinnen(proef)
    proef = open_los("bewaren", "anna")
    [tabel] = [str(een.value.values) for een in proef.table if EERSTE in str(een.value)]
    assert "Klachten van een overname die is teruggedraaid" in tabel
    proef.text_input(key="wissen.nummer").set_value(EERSTE).run()
    assert proef.selectbox(key=f"wissen.{EERSTE}.wie").options == [
        "Het hele dossier", "Indiener: Roodborst Tapuitnaam / Roodborst Wielewaalnaam",
    ]  # fmt: skip
    vul(proef, grond="bewaartermijn")
    [reden] = [veld for veld in proef.text_area if (veld.key or "").endswith(".reden")]
    reden.set_value("Verkeerd bestand.")
    verstuur(proef, "Voorstellen")
    proef = open_los("bewaren", "anna")
    [knop] = [k for k in proef.button if k.label == "1 klacht voorstellen"]
    knop.click().run()
    assert not proef.exception
    assert "Voorgesteld om te wissen: 1 dossier." in zinnen(proef)
    carla = organisatie.gebruiker("carla", VANDAAG)
    assert carla is not None
    assert {(item.nummer, item.naar) for item in belinhoud.items(carla) if "wissen" in item.zin} == {
        (EERSTE, "bewaren"), (TWEEDE, "bewaren"),
    }  # fmt: skip
    proef = open_los("bewaren", "carla")
    proef.text_input(key="wissen.nummer").set_value(EERSTE).run()
    assert "kwam uit een overname die op **1 maart 2025** is teruggedraaid" in zinnen(proef)

    def press() -> None:
        [knop] = [k for k in proef.button if k.label == "2 klachten wissen"]
        knop.click().run()
        assert not proef.exception

    press()
    assert "Er is nog niets gewist" in zinnen(proef)
    proef.checkbox(key="wissen.terug.weet").check()
    press()
    assert "Gewist: 2 dossiers." in zinnen(proef)
    proef = open_los("bewaren", "anna")
    proef.text_input(key="wissen.nummer").set_value(EERSTE).run()
    assert "De teksten en stukken van dit dossier zijn op **6 maart 2026** gewist" in zinnen(proef)
    assert scherm.register().vastleggingen(EERSTE)[0].feit.teksten() == {"indiener_naam": g.GEWIST}


def test_the_name_of_the_file_and_the_reason_go_too_and_what_the_organisation_is_stays(
    firma: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bestand = schrijf(tmp_path, EEN, MET_NAAM).rename(tmp_path / "Fazantnaam.csv")
    kolommen = declaratie.load(tmp_path / "maand.toml")
    lezing = overnemen.read(bestand, kolommen, VANDAAG, register=firma)
    overnemen.record(firma, overnemen.plan(bestand, kolommen, lezing, firma))
    terug(firma, 1, "Het was het bestand van Snipnaam.")
    eigen, wissend = firma.organisatie, {"grond": "verzoek", "wie": g.TEKSTEN, "reden": "Op verzoek"}
    alle = {plek.tekst: g.place(plek.nr, plek.veld) for plek in also_named(bewaard_van(firma, g.NUMMER), g.TEKSTEN)}
    weg = [alle["Fazantnaam.csv"], alle["Het was het bestand van Snipnaam."]]
    naam = next(v for v in firma.vastleggingen(g.NUMMER) if isinstance(v.feit, g.OrganisatieIngericht))
    with pytest.raises(OngeldigeInvoer, match="Kies een of meer teksten of stukken die hier weg mogen"):
        stel_voor(firma, g.NUMMER, **wissend, ook=(*weg, g.place(naam.nr, "naam")))
    voorstel = stel_voor(firma, g.NUMMER, **wissend, ook=tuple(weg))
    monkeypatch.setenv("KLACHTEN_VANDAAG", VANDAAG.isoformat())
    zonder_venster(monkeypatch)
    proef = open_los("bewaren", "carla")
    proef.text_input(key="wissen.nummer").set_value(g.NUMMER).run()
    assert "Fazantnaam.csv" in zinnen(proef)
    assert [een.zin for een in controleer(firma) if een.ernst != "goed"] == []
    doe(firma, "carla", "uitvoeren_wissen", g.NUMMER, voorstel=voorstel)
    assert firma.organisatie.mensen == eigen.mensen
    assert [een.zin for een in controleer(firma) if een.ernst != "goed"] == []
    with firma.plain_cursor() as cursor:
        [een] = grond.overnames(cursor)
    assert een.sentence().endswith(
        "(naam niet bewaard), stand van 31 januari 2025: 1 nieuw - teruggedraaid op 1 maart 2025"
    )
    map = firma.map
    firma.close()
    assert plat(gevonden(map, ["Fazantnaam", "Snipnaam"]).values()) == []
