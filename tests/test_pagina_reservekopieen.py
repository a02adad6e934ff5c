"""Page Reservekopieën: how the back-up is, for a beheerder with a button and a key; and the clock that makes them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from klachten import gebeurtenissen as g
from klachten.datamap import VERSLEUTELING
from klachten.klok import question
from klachten.register import Register
from klachten.reservekopie import gewist, instellingen, maken, sleutel, stand
from klachten.reservekopie.plek import Kopie
from klachten.scherm import kijklog, klok, reservekopie
from klachten.scherm.beheer.reservekopie import SLEUTEL, size
from klachten.scherm.reservekopie import Bijhouder, keep_up, next_moment
from klachten.versleuteling.sleutelbestand import path_of
from tests.lijsten import VANDAAG
from tests.paginas import Opent
from tests.schermproef import tekst

NU = datetime(2026, 11, 29, 11, 0, tzinfo=UTC)
GEHEIM = sleutel.new_key()
GOED = Kopie("klachten-1.tar.gz.age", 2_345_678, "x", 1234, "z", "r", NU.isoformat(), "klok", True)


@pytest.fixture(autouse=True)
def _klok(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one moment on the page, and nobody asked for a copy before."""
    monkeypatch.setattr("klachten.scherm.beheer.reservekopie._now", lambda: NU + timedelta(hours=1))
    monkeypatch.setattr(reservekopie, "bijhouder", Bijhouder(eerst=0))


@pytest.fixture
def plek(firma: Register, tmp_path: Path) -> Path:
    """Copies of the register go to a folder, encrypted."""
    (tmp_path / "kopieen").mkdir()
    schrijf(firma, f'naar = "{(tmp_path / "kopieen").as_posix()}"\nontvanger = "{GEHEIM.ontvanger}"')
    return tmp_path / "kopieen"


def schrijf(register: Register, blok: str) -> None:
    pad = instellingen.file_of(register.map)
    pad.parent.mkdir(exist_ok=True)
    pad.write_text(f"[reservekopie]\n{blok}\n", encoding="utf-8")


def knoppen(proef: AppTest) -> list[str]:
    return [knop.label for knop in proef.button]


def rood(proef: AppTest) -> list[str]:
    return [deel.value for deel in proef.error]


@pytest.mark.usefixtures("plek")
def test_it_says_when_the_last_good_one_was_made_where_how_large_and_when_it_was_tried(firma: Register, opent: Opent):
    stand.keep(firma.map, stand.Stand(GOED, "/mnt/kopieen", NU, "", NU - timedelta(days=3), 17))
    proef = opent("reservekopieen")
    assert rood(proef) == []
    assert "De laatste goede reservekopie is van 29 november 2026 om 12.00 uur." in tekst(proef)
    rijen = dict(zip(*(proef.table[0].value[naam] for naam in ("Wat", "Stand")), strict=True))
    assert rijen["Waar"] == "/mnt/kopieen, klachten-1.tar.gz.age"
    assert rijen["Hoe groot"] == "2,3 MB, 1.234 feiten"
    assert rijen["Laatst in zijn geheel beproefd"] == "26 november 2026 om 12.00 uur"
    assert (rijen["Kopieën die er zijn"], rijen["Volgende"]) == ("17", "30 november 2026 om 02.30 uur")
    assert [size(n) for n in (0, 999_999, 1_000_000)] == ["1 kB", "1000 kB", "1,0 MB"]


@pytest.mark.usefixtures("plek")
def test_it_is_red_when_the_last_good_one_is_older_than_two_days_and_says_why(firma: Register, opent: Opent):
    oud = replace(GOED, gemaakt_op=(NU - timedelta(days=3)).isoformat())
    stand.keep(firma.map, stand.Stand(oud, "/mnt/kopieen", NU, "De schijf *K* is weg.", NU, 2))
    proef = opent("reservekopieen")
    assert rood(proef) == ["De laatste goede reservekopie is 3 dagen oud."]
    assert "De laatste poging lukte niet. De schijf \\*K\\* is weg." in tekst(proef)


@pytest.mark.parametrize(
    ("blok", "zin"),
    [
        ('naar = "kopieen"', "vanaf het begin van de schijf"),
        ('naar = "/mnt/kopieen"', "Er is nog geen herstelsleutel"),
    ],
)
def test_what_is_wrong_with_the_settings_is_on_the_page_and_there_is_no_button(
    firma: Register, opent: Opent, blok: str, zin: str
):
    schrijf(firma, blok)
    proef = opent("reservekopieen")
    assert zin in rood(proef)[0]
    assert "Er is van dit register nog geen goede reservekopie." in rood(proef)
    assert "Nu maken" not in knoppen(proef)


def test_of_an_example_no_copy_is_missed(opent: Opent):
    proef = opent("reservekopieen")
    assert rood(proef) == []
    assert "Dit is een voorbeeld" in tekst(proef)


@pytest.mark.usefixtures("kluis")
@pytest.mark.parametrize("dicht", [True, False])
def test_of_copies_that_are_not_encrypted_it_says_whether_the_key_of_the_texts_is_in_them(
    firma: Register, opent: Opent, tmp_path: Path, dicht: bool
):
    schrijf(firma, f'naar = "{tmp_path.as_posix()}"\nonversleuteld = true')
    stand.keep(firma.map, stand.Stand(replace(GOED, versleuteld=False), tmp_path.as_posix(), NU, "", NU, 1))
    if dicht:
        (firma.map / VERSLEUTELING).write_text('{"register": "firma7", "sleutel": "s", "naar": ""}', encoding="utf-8")
    proef = opent("reservekopieen")
    gezien, tabel = tekst(proef).replace("\\", ""), str(list(proef.table[0].value["Stand"]))
    assert ("de sleutel daarvan zit er niet bij. Die staat in" in gezien) is dicht
    assert (path_of("firma7", firma.map).name in gezien) is dicht
    assert ("wie bij die plek kan, leest alles" in tabel) is not dicht
    assert "Kopieën worden versleuteld" not in gezien


@pytest.mark.usefixtures("plek")
def test_an_auditor_reads_it_and_can_press_nothing(opent: Opent):
    proef = opent("reservekopieen", "joris")
    assert "Er is van dit register nog geen goede reservekopie." in rood(proef)
    assert knoppen(proef) == []


@pytest.mark.usefixtures("plek")
def test_a_key_is_shown_once_and_used_when_part_of_it_was_typed_back(firma: Register, opent: Opent):
    proef = opent("reservekopieen")
    proef.button(key="reservekopieen.maak").click().run()
    geheim = proef.session_state[SLEUTEL].geheim
    assert proef.code[0].value == geheim
    assert "Bewaar ook de vorige" in tekst(proef)
    proef.text_input[0].set_value("zomaar wat").run()
    proef.button(key="reservekopieen.zet").click().run()
    assert "Dat zijn niet de laatste 8 tekens" in rood(proef)[-1]
    assert instellingen.of_register(firma.map).ontvanger == GEHEIM.ontvanger
    proef.text_input[0].set_value(geheim[-8:].lower()).run()
    proef.button(key="reservekopieen.zet").click().run()
    assert "De sleutel is in gebruik" in tekst(proef)
    assert not proef.code
    assert SLEUTEL not in proef.session_state
    nu = instellingen.of_register(firma.map).ontvanger
    assert nu != GEHEIM.ontvanger
    assert nu in tekst(proef)
    log = kijklog.van(firma)
    log.flush()
    regels = [een.regel for maand in log.keten.maanden() for een in log.keten.regels(maand)]
    assert [(r.wie, r.wat) for r in regels if r.wat == "herstelsleutel_gemaakt"] == [("iris", "herstelsleutel_gemaakt")]
    assert all(geheim not in pad.read_text("utf-8", "replace") for pad in firma.map.rglob("*") if pad.is_file())


def run_loop(van: Bijhouder, tot: object, seconden: float = 30) -> None:
    async def run() -> None:
        stop = asyncio.Event()
        lus = asyncio.create_task(keep_up(stop, van, kijk=0.02))
        async with asyncio.timeout(seconden):
            while not tot():  # type: ignore[operator]
                await asyncio.sleep(0.02)
        stop.set()
        await lus

    asyncio.run(run())


def test_the_button_has_one_made_and_the_page_says_that_it_is_busy(
    firma: Register, plek: Path, opent: Opent, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(maken.proef, "prove_apart", lambda *_, **__: [])
    van = reservekopie.bijhouder
    van.eerst = 3600
    proef = opent("reservekopieen")
    proef.button(key="reservekopieen.nu").click().run()
    assert "De reservekopie wordt gemaakt en beproefd." in tekst(proef)
    assert "Nu maken" not in knoppen(proef)
    run_loop(van, lambda: stand.of_register(firma.map).goed)
    goed = stand.of_register(firma.map).goed
    assert goed is not None
    assert (goed.soort, goed.nr) == (maken.HAND, firma.stand().aantal)
    assert [pad.name for pad in plek.glob("*.age")] == [goed.naam]
    assert "Nu maken" in knoppen(proef.run())


def test_the_clock_makes_one_tries_again_after_a_fault_and_lists_who_was_erased(
    firma: Register, plek: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(maken.proef, "prove_apart", lambda *_, **__: [])
    monkeypatch.setattr(reservekopie, "GEWIST", 0)
    van, weg = Bijhouder(eerst=0), plek.with_name("weg")
    plek.rename(weg)
    van.look(NU)
    assert "bestaat niet" in stand.of_register(firma.map).fout
    weg.rename(plek)
    van.look(NU + timedelta(minutes=14))
    assert stand.of_register(firma.map).goed is None
    van.look(NU + timedelta(minutes=15))
    hoe = stand.of_register(firma.map)
    assert (hoe.fout, hoe.goed_op) == ("", NU + timedelta(minutes=15))
    gelezen = instellingen.of_register(firma.map)
    volgende = next_moment(hoe, gelezen, NU)
    assert volgende == datetime(2026, 11, 30, 1, 30, tzinfo=UTC)
    nummer = firma.organisatie.mensen["gijs"].nummer
    with firma.schrijven() as boeking:
        boeking.leg_vast(nummer, g.PersoonGewist(gebeurd_op=VANDAAG, grond="verzoek"), door="iris", rol="beheerder")
    van.look(NU + timedelta(minutes=16))
    assert nummer in (plek / gewist.BESTAND).read_text(encoding="utf-8")
    van.look(volgende - timedelta(seconds=1))
    assert stand.of_register(firma.map) == hoe
    van.look(volgende)
    assert stand.of_register(firma.map).goed_op == volgende


def test_a_copy_that_lacks_what_the_register_lacks_is_made_again_at_the_usual_time_and_not_at_once():
    slecht = stand.Stand(None, "", NU, "De kopie is gemaakt, maar niet heel.", gemaakt_op=NU)
    morgen = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)
    assert next_moment(slecht, instellingen.Instellingen(), NU) == morgen
    later = replace(slecht, geprobeerd_op=NU + timedelta(hours=1), fout="De schijf is weg.")
    assert next_moment(later, instellingen.Instellingen(), NU) == NU + timedelta(hours=1, minutes=15)


def test_nothing_is_made_while_the_clock_is_in_question(firma: Register, plek: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(maken.proef, "prove_apart", lambda *_, **__: [])
    van, straks = Bijhouder(eerst=0), NU + timedelta(days=400)
    van.ask()
    with monkeypatch.context() as verzet:  # this is an example, of which the clock is never asked about
        verzet.setattr(klok.Klokwacht, "vraag", lambda _: question(straks, NU))
        van.look(straks)
    assert not (firma.map / stand.MAP).exists()
    assert (van.gevraagd, list(plek.iterdir())) == (True, [])
    van.look(NU)
    assert stand.of_register(firma.map).goed_op == NU


def test_without_a_place_or_in_the_first_minute_the_clock_makes_none(firma: Register, plek: Path):
    Bijhouder().look(NU)
    assert not list(plek.glob("*.age"))
    schrijf(firma, 'om = "02:30"')
    Bijhouder(eerst=0).look(NU)
    schrijf(firma, "onzin = 3")
    Bijhouder(eerst=0).look(NU)
    assert not (firma.map / stand.MAP).exists()


def test_the_app_that_stops_does_not_wait_for_a_copy(firma: Register, plek: Path):
    van = Bijhouder(eerst=0)
    van.ask()
    run_loop(van, lambda: van.bezig_sinds, 10)
    assert stand.of_register(firma.map).goed is None
    assert "afgebroken" in stand.of_register(firma.map).fout
    assert not list(plek.glob("*.age"))
