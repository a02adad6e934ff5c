"""Back-ups as stories: what is copied comes back the same, also while people write; and the erased stay erased."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest

from klachten import __main__ as ingang
from klachten import gebeurtenissen as g
from klachten.concepten import Concepten, new_id
from klachten.datamap import VERLIES
from klachten.kijklog import Kijkketen, note_file
from klachten.opening import open_register
from klachten.postvak import Postvak
from klachten.register import Register, controle
from klachten.reservekopie import bronnen, gewist, instellingen, maken, sleutel, stand
from klachten.reservekopie.fouten import Afgebroken, Onbereikbaar, OngeldigeKopie, ReservekopieFout
from klachten.reservekopie.instellingen import Instellingen
from klachten.reservekopie.maken import HAND, KLOK, Gemaakt, make
from klachten.reservekopie.plek import DEEL, Plek
from klachten.reservekopie.terugzetten import restore
from klachten.toegang.opslag import Opslag
from klachten.voorbeeld import record
from tests import opslagproef
from tests.kopieproef import documents, figures, while_writing
from tests.paginas import VANDAAG, doe, klacht
from tests.registerproef import fouten

NU = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
GEHEIM = sleutel.new_key()
DAG = timedelta(days=1)


@pytest.fixture(scope="module")
def huis(ingericht: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A register with a klacht, a document, a log of looking, an unsent form, and accounts; nobody changes it."""
    map = shutil.copytree(ingericht, tmp_path_factory.mktemp("reservekopie") / "register")
    with open_register(map) as register:
        nummer = klacht(register, "stap_05_bevestigen_ontvangst")
        doe(register, "stap_03_toevoegen_document", "anna", nummer, op=VANDAAG, naam="brief.txt", bestand=b"Beste,")
        note_file(map, "excel_klachten", lambda: NU)
        (map / "concepten").mkdir()
        (map / "concepten" / "anna.json").write_text('{"x": 1}', encoding="utf-8")
        Postvak(map).save(b"From: a@b.example", {"zin": "x"}, NU, wie="anna", id="0" * 16)
        opslag = Opslag(map / "toegang")
        with opslag.write() as db:
            for wie in ("iris", "bas"):
                db.execute("INSERT INTO account (persoon, aanmeldnaam, gemaakt) VALUES (?, ?, 0)", (wie, wie))
            db.execute("INSERT INTO sessie VALUES ('h', 'iris', 0, 0, 1, 'x', 'wachtwoord')")
        yield register
        opslag.close()


@pytest.fixture
def hoe(tmp_path: Path) -> Instellingen:
    """Copies go to a folder of this test, encrypted."""
    (tmp_path / "kopieen").mkdir()
    return Instellingen(naar=str(tmp_path / "kopieen"), ontvanger=GEHEIM.ontvanger)


@pytest.fixture
def zonder_proef(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that is about something else makes no register of each copy: that takes half a second."""
    monkeypatch.setattr(maken.proef, "prove", lambda *_, **__: [])


@pytest.fixture
def eigen(ingericht: Path, tmp_path: Path) -> Iterator[Register]:
    """A register of this test."""
    with open_register(shutil.copytree(ingericht, tmp_path / "register")) as register:
        yield register


def kopieer(register: Register, hoe: Instellingen, nu: datetime = NU, *, volledig: bool = False) -> Gemaakt:
    return make(register, hoe, nu=nu, soort=KLOK, volledig=volledig, apart=False)


def pad_van(hoe: Instellingen, gemaakt: Gemaakt) -> str:
    return f"{hoe.naar}/{gemaakt.kopie.naam}"


def wis(register: Register, nummer: str) -> None:
    with register.schrijven() as boeking:
        boeking.leg_vast(nummer, g.PersoonGewist(gebeurd_op=VANDAAG, grond="verzoek"), door="iris", rol="beheerder")


def nummer_van(register: Register, id: str) -> str:
    return register.organisatie.mensen[id].nummer


def test_a_copy_comes_back_the_same_with_everything_that_is_not_made_again(
    huis: Register, hoe: Instellingen, tmp_path: Path
):
    gemaakt = kopieer(huis, hoe, volledig=True)
    assert gemaakt.kopie.goed
    assert stand.of_register(huis.map) == gemaakt.stand
    assert (gemaakt.stand.goed_op, gemaakt.stand.volledig_op, gemaakt.stand.naar) == (NU, NU, hoe.naar)
    inhoud = Path(pad_van(hoe, gemaakt)).read_bytes()
    assert b"Beste" not in inhoud
    assert inhoud.startswith(b"age-encryption.org/v1")
    naar = tmp_path / "terug"
    terug = restore(pad_van(hoe, gemaakt), naar, geheim=GEHEIM.geheim)
    assert (terug.aantal, terug.zegel, terug.gewist) == (huis.stand().aantal, huis.stand().zegel, ())
    assert fouten(controle.controleer(naar)) == []
    for map in ("journaal", "concepten", "postvak", "kijklog"):
        for pad in (huis.map / map).iterdir():
            assert (naar / map / pad.name).read_bytes() == pad.read_bytes(), pad
    assert (naar / "toegang" / "sleutel").read_bytes() == (huis.map / "toegang" / "sleutel").read_bytes()
    with closing(sqlite3.connect(naar / "toegang" / "toegang.sqlite")) as db:
        # An account comes back, a session that may have been ended since does not.
        assert db.execute("SELECT persoon FROM account ORDER BY persoon").fetchall() == [("bas",), ("iris",)]
        assert db.execute("SELECT count(*) FROM sessie").fetchall() == [(0,)]
    assert {pad.name for pad in naar.iterdir()} == {
        "journaal", "dossiers", "concepten", "postvak", "kijklog", "toegang", "klachten.duckdb", "klachten.lock",
        "zegel.json",
    }  # fmt: skip
    assert Kijkketen(naar).keur().regels == 1
    with open_register(naar) as nu:
        assert nu.meldingen == []
        assert figures(nu) == figures(huis)
        assert documents(nu) == documents(huis)


def test_a_copy_opens_without_this_program_and_what_was_unpacked_by_hand_is_a_register(
    huis: Register, hoe: Instellingen, tmp_path: Path
):
    gemaakt = kopieer(huis, hoe)
    met_de_hand = tmp_path / "kopie.tar.gz"
    pyrage.decrypt_file(pad_van(hoe, gemaakt), str(met_de_hand), [pyrage.x25519.Identity.from_str(GEHEIM.geheim)])
    with tarfile.open(met_de_hand) as tar:
        tar.extractall(tmp_path / "hand", filter="data")
    assert (tmp_path / "hand" / "manifest.json").is_file()
    with open_register(tmp_path / "hand") as hand:
        assert figures(hand) == figures(huis)


def test_a_copy_taken_while_twenty_write_has_the_figures_of_its_own_fact(tmp_path: Path, ingericht: Path):
    shutil.copytree(ingericht, tmp_path / "register")
    uitslag = while_writing(tmp_path)
    assert uitslag.vooraf <= uitslag.nr < uitslag.achteraf


@pytest.mark.usefixtures("zonder_proef")
def test_who_was_erased_after_a_copy_does_not_come_back_with_it(eigen: Register, hoe: Instellingen, tmp_path: Path):
    opslag = Opslag(eigen.map / "toegang")
    with opslag.write() as db:
        db.execute("INSERT INTO account (persoon, aanmeldnaam, gemaakt) VALUES ('gijs', 'gijs@firma', 0)")
    opslag.close()
    for wie in ("anna", "gijs"):
        Concepten(eigen.map, wie).save(new_id(), "venster", {"omschrijving": "Iets anders"}, datetime.now(UTC))
    eerder = kopieer(eigen, hoe)
    assert Path(hoe.naar, gewist.BESTAND).read_bytes() == b""
    nummer, naam = nummer_van(eigen, "gijs"), eigen.organisatie.naam("gijs")
    wis(eigen, nummer)
    maken.publish_erased(eigen, hoe)
    assert naam not in Path(hoe.naar, gewist.BESTAND).read_text(encoding="utf-8")
    naar = tmp_path / "terug"
    terug = restore(pad_van(hoe, eerder), naar, geheim=GEHEIM.geheim)
    assert [een.klachtnummer for een in terug.gewist] == [nummer]
    assert terug.aantal == eerder.kopie.nr + 1
    assert fouten(controle.controleer(naar)) == []
    assert not list(eigen.dossiers.texts(nummer))
    assert naam.encode() not in b"".join(pad.read_bytes() for pad in naar.rglob("*") if pad.is_file())
    with closing(sqlite3.connect(naar / "toegang" / "toegang.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM account").fetchall() == [(0,)]
    assert [pad.name for pad in (naar / "concepten").iterdir()] == ["anna.json"]
    # A later copy has that fact itself, and names who it was.
    later = kopieer(eigen, hoe, NU + DAG)
    (tmp_path / "later").mkdir()
    with Plek(hoe.naar).reading(later.kopie.naam) as bestand:
        uit = maken.unpack(bestand, tmp_path / "later", later.kopie.bytes, GEHEIM.geheim)
    assert uit.gewist == {nummer: later.kopie.nr}
    assert naam.encode() not in b"".join(pad.read_bytes() for pad in (tmp_path / "later").rglob("*.jsonl"))


def test_somebody_else_with_the_same_number_in_another_history_is_not_erased(eigen: Register):
    wis(eigen, nummer_van(eigen, "gijs"))
    [echt] = gewist.of_register(eigen)
    elders = replace(echt, nr=echt.nr + 1, zegel="1" * 64)
    assert gewist.apply(eigen, [echt, replace(elders, eerste_zegel="0" * 64)]) == []
    assert gewist.apply(eigen, [elders]) == [elders]


@pytest.mark.usefixtures("zonder_proef")
def test_without_the_list_of_the_erased_nothing_is_put_back_unless_that_is_said(
    huis: Register, hoe: Instellingen, tmp_path: Path
):
    kopie = pad_van(hoe, kopieer(huis, hoe))
    lijst = Path(hoe.naar, gewist.BESTAND).rename(tmp_path / "elders.jsonl")
    with pytest.raises(ReservekopieFout, match=r"Naast de kopie ligt geen gewist\.jsonl"):
        restore(kopie, tmp_path / "terug", geheim=GEHEIM.geheim)
    lijst.write_text("{half\n", encoding="utf-8")
    with pytest.raises(OngeldigeKopie, match=r"Regel 1 van .*elders\.jsonl is niet te lezen"):
        restore(kopie, tmp_path / "terug", geheim=GEHEIM.geheim, lijst=lijst)
    assert not (tmp_path / "terug").exists()


@pytest.mark.usefixtures("zonder_proef")
def test_a_copy_during_which_somebody_is_erased_is_made_again(
    eigen: Register, hoe: Instellingen, monkeypatch: pytest.MonkeyPatch
):
    nummer, echt, keren = nummer_van(eigen, "gijs"), maken.archief.write, []

    def write(*args: object) -> None:
        if not keren:
            wis(eigen, nummer)
        keren.append(1)
        echt(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(maken.archief, "write", write)
    gemaakt = kopieer(eigen, hoe)
    assert (len(keren), gemaakt.kopie.goed, gemaakt.kopie.nr) == (2, True, eigen.stand().aantal)
    assert [pad.name for pad in Path(hoe.naar).iterdir() if pad.name.endswith(DEEL)] == []


@pytest.mark.usefixtures("zonder_proef")
def test_of_a_register_that_lacks_something_a_copy_is_made_which_is_not_a_good_one(eigen: Register, hoe: Instellingen):
    nummer = klacht(eigen)
    doe(eigen, "stap_03_toevoegen_document", "anna", nummer, op=VANDAAG, naam="brief.txt", bestand=b"Beste,")
    goed = kopieer(eigen, hoe)
    [sha256] = eigen.dossiers.documents(nummer)
    (eigen.dossiers.folder(nummer) / "documenten" / sha256).unlink()
    slecht = kopieer(eigen, hoe, NU + DAG)
    assert slecht.kopie.gebreken == (f"Document {sha256[:12]} van {nummer} ontbreekt in het register.",)
    assert slecht.stand.goed == goed.kopie
    assert (slecht.stand.geprobeerd_op, slecht.stand.is_old(NU + 3 * DAG)) == (NU + DAG, True)
    assert (slecht.stand.mislukt, stand.of_register(eigen.map)) == (False, slecht.stand)
    assert "niet heel" in slecht.stand.fout
    # However old the good one is, this one does not take its place.
    later = kopieer(eigen, replace(hoe, dagelijks=1, wekelijks=0, jaarlijks=0, hoogstens_dagen=7), NU + 60 * DAG)
    assert goed.kopie.naam not in later.weg


def test_a_copy_of_a_register_that_lacks_something_comes_back_and_what_the_copy_itself_lost_does_not(
    eigen: Register, hoe: Instellingen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    hoe, nummer = replace(hoe, ontvanger="", onversleuteld=True), klacht(eigen)
    doe(eigen, "stap_03_toevoegen_document", "anna", nummer, op=VANDAAG, naam="brief.txt", bestand=b"Beste,")
    [sha256] = eigen.dossiers.documents(nummer)
    (eigen.dossiers.folder(nummer) / "documenten" / sha256).unlink()
    teksten = eigen.dossiers.folder(nummer) / "teksten.jsonl"
    teksten.write_bytes(teksten.read_bytes().splitlines(keepends=True)[-1])
    pad = Path(pad_van(hoe, kopieer(eigen, hoe)))
    assert ingang.main(["terugzetten", str(pad), "--naar", str(tmp_path / "terug")]) == 0
    gezegd = capsys.readouterr().out
    assert "Wat bij het maken van de kopie al ontbrak, ontbreekt nog:" in gezegd
    assert f"- Document {sha256[:12]} van {nummer} ontbreekt." in gezegd
    assert f"- Tekst 'omschrijving' bij feit {eigen.vastleggingen(nummer)[0].nr} in het dossier" in gezegd
    # Of another lack the note beside it says nothing; and without that note it is not known what was lacking before.
    briefje = Path(f"{pad}.json")
    briefje.write_text(briefje.read_text(encoding="utf-8").replace(f"Document {sha256[:12]}", "Document 0"), "utf-8")
    for _ in range(2):
        with pytest.raises(OngeldigeKopie, match=f"Document {sha256[:12]} van {nummer} ontbreekt"):
            restore(str(pad), tmp_path / "nieuw")
        briefje.unlink(missing_ok=True)
    assert not (tmp_path / "nieuw").exists()


@pytest.mark.parametrize("blijft", [0, -2])
def test_after_a_loss_that_was_accepted_copies_are_good_and_come_back(
    eigen: Register, hoe: Instellingen, tmp_path: Path, blijft: int
):
    klacht(eigen)
    map, [pad] = eigen.map, eigen.journaal.bestanden()
    eigen.close()
    pad.write_bytes(b"".join(pad.read_bytes().splitlines(keepends=True)[:blijft]))
    (map / "klachten.duckdb").unlink()
    with open_register(map, herbouw=True, ondanks="De schijf was stuk.") as register:
        if not blijft:
            record(register, op=VANDAAG)
        klacht(register)
        gemaakt = kopieer(register, hoe)
        assert gemaakt.kopie.gebreken == ()
        terug = restore(pad_van(hoe, gemaakt), tmp_path / "terug", geheim=GEHEIM.geheim)
        assert (terug.aantal, terug.zegel) == (register.stand().aantal, register.stand().zegel)
    assert fouten(controle.controleer(tmp_path / "terug")) == []
    assert (tmp_path / "terug" / "journaal" / VERLIES).read_bytes() == (map / "journaal" / VERLIES).read_bytes()


def test_damage_in_the_register_itself_is_told_with_its_line_and_an_account_file_that_is_none(
    eigen: Register, hoe: Instellingen
):
    [pad] = eigen.journaal.bestanden()
    heel = pad.read_bytes()
    regels = heel.splitlines(keepends=True)
    pad.write_bytes(b"".join([*regels[:4], b"x" * (len(regels[4]) - 1) + b"\n", *regels[5:]]))
    slecht = kopieer(eigen, hoe)
    assert "Regel 5 van journaal" in slecht.kopie.gebreken[0].replace("\\", "/")
    assert slecht.stand.goed is None
    pad.write_bytes(heel)
    (eigen.map / "toegang").mkdir()
    (eigen.map / "toegang" / "toegang.sqlite").write_bytes(b"geen database" * 100)
    with pytest.raises(ReservekopieFout, match="geen reservekopie gemaakt: file is not a database"):
        kopieer(eigen, hoe, NU + DAG)
    assert "not a database" in stand.of_register(eigen.map).fout


@pytest.mark.usefixtures("zonder_proef")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_on_this_computer_reads_a_copy_its_note_or_the_list_of_the_erased(
    huis: Register, hoe: Instellingen
):
    rechten, masker = Path(hoe.naar).stat().st_mode, os.umask(0o022)
    try:
        gemaakt = kopieer(huis, hoe)
    finally:
        os.umask(masker)
    namen = {gemaakt.kopie.naam, f"{gemaakt.kopie.naam}.json", gewist.BESTAND}
    assert {pad.name: pad.stat().st_mode & 0o777 for pad in Path(hoe.naar).iterdir()} == dict.fromkeys(namen, 0o600)
    assert Path(hoe.naar).stat().st_mode == rechten


@pytest.mark.usefixtures("zonder_proef")
def test_an_empty_register_a_place_that_is_not_there_and_a_register_without_a_key_are_told_of(
    register: Register, huis: Register, hoe: Instellingen, tmp_path: Path
):
    with pytest.raises(ReservekopieFout, match="nog niets vastgelegd"):
        kopieer(register, hoe)
    weg = replace(hoe, naar=str(tmp_path / "los"))
    with pytest.raises(Onbereikbaar, match=r"bestaat niet.*aangesloten"):
        kopieer(huis, weg)
    assert not (tmp_path / "los").exists()
    assert "aangesloten" in stand.of_register(huis.map).fout
    with pytest.raises(ReservekopieFout, match="zonder wordt er geen reservekopie gemaakt"):
        kopieer(huis, replace(hoe, ontvanger=""))
    with pytest.raises(ReservekopieFout, match="geen plek"):
        kopieer(huis, Instellingen())
    assert kopieer(huis, hoe).stand.fout == ""


@pytest.mark.usefixtures("zonder_proef")
@pytest.mark.parametrize("soort", opslagproef.SOORTEN)
def test_a_copy_goes_to_storage_elsewhere_and_half_an_upload_never_counts(
    huis: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, soort: str
):
    opslagproef.empty()
    hoe = Instellingen(naar=f"{soort}://firma/kopieen", ontvanger=GEHEIM.ontvanger)
    assert Plek(hoe.naar).copies("") == []
    gemaakt = kopieer(huis, hoe)
    plek = Plek(hoe.naar)
    assert plek.copies(gemaakt.kopie.register) == [gemaakt.kopie]
    with plek.reading(gemaakt.kopie.naam) as bestand:
        (tmp_path / "uit").mkdir()
        uit = maken.unpack(bestand, tmp_path / "uit", gemaakt.kopie.bytes, GEHEIM.geheim)
    assert (uit.nr, uit.zegel) == (huis.stand().aantal, huis.stand().zegel)
    # The line breaks when part of it is there: it does not count, and the next attempt removes what was left.
    with monkeypatch.context() as breekt:
        breekt.setattr(Plek, "accept", lambda *_: (_ for _ in ()).throw(Onbereikbaar("weg")))
        with pytest.raises(Onbereikbaar):
            kopieer(huis, hoe, NU + DAG)
    assert plek.copies(gemaakt.kopie.register) == [gemaakt.kopie]
    assert len(plek.leftovers(gemaakt.kopie.register)) == 1
    assert stand.of_register(huis.map).fout == "weg"
    later = kopieer(huis, hoe, NU + 2 * DAG)
    assert plek.leftovers(gemaakt.kopie.register) == []
    assert [kopie.naam for kopie in plek.copies(gemaakt.kopie.register)] == [later.kopie.naam, gemaakt.kopie.naam]
    # What lies there is another file than was written.
    with monkeypatch.context() as anders:
        anders.setattr(maken.archief, "sha256_of", lambda _: (3, "x"))
        with pytest.raises(OngeldigeKopie, match="niet wat er is geschreven"):
            kopieer(huis, hoe, NU + 3 * DAG)
    assert len(plek.copies(gemaakt.kopie.register)) == 2
    with pytest.raises(Onbereikbaar, match=r"ontbreekt een onderdeel|niet te bereiken"):
        Plek("s3://firma/kopieen")


def test_the_app_that_stops_breaks_a_copy_off_and_leaves_nothing_of_it(huis: Register, hoe: Instellingen):
    with pytest.raises(Afgebroken):
        make(huis, hoe, nu=NU, soort=HAND, apart=False, stop=lambda: True)
    assert [pad.name for pad in Path(hoe.naar).iterdir()] == [gewist.BESTAND]
    assert [pad.name for pad in (huis.map / stand.MAP).iterdir()] == [stand.BESTAND]


def test_in_the_app_a_copy_is_tried_in_a_process_of_its_own(huis: Register, hoe: Instellingen):
    (huis.map / stand.MAP / "proef-blijft").mkdir(parents=True, exist_ok=True)
    gemaakt = make(huis, hoe, nu=NU, soort=HAND, volledig=True)
    assert (gemaakt.kopie.goed, gemaakt.kopie.volledig, gemaakt.kopie.soort) == (True, True, HAND)
    assert not (huis.map / stand.MAP / "proef-blijft").exists()


def test_the_commands_make_a_key_a_copy_and_put_it_back(
    eigen: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    map, kopieen = eigen.map, tmp_path / "elders"
    eigen.close()
    kopieen.mkdir()
    instellingen.file_of(map).parent.mkdir()
    instellingen.file_of(map).write_text(f'[reservekopie]\nnaar = "{kopieen.as_posix()}"\n', encoding="utf-8")

    def draai(*argv: str) -> tuple[int, str]:
        code = ingang.main(argv)
        gezegd = capsys.readouterr()
        return code, gezegd.out + gezegd.err

    code, gezegd = draai("reservekopie", "--map", str(map))
    assert (code, "Er is nog geen herstelsleutel" in gezegd) == (2, True)
    monkeypatch.setattr("builtins.input", lambda _: "verkeerd")
    assert "Er is niets veranderd" in draai("reservekopie", "--map", str(map), "--sleutel")[1]
    monkeypatch.setattr(sleutel, "new_key", lambda: GEHEIM)
    monkeypatch.setattr("builtins.input", lambda _: GEHEIM.geheim[-8:].lower())
    code, gezegd = draai("reservekopie", "--map", str(map), "--sleutel")
    assert (code, GEHEIM.geheim in gezegd) == (0, True)
    assert GEHEIM.geheim not in instellingen.file_of(map).read_text(encoding="utf-8")
    code, gezegd = draai("reservekopie", "--map", str(map))
    assert code == 0, gezegd
    assert "alles daarvan is gecontroleerd" in gezegd
    [kopie] = kopieen.glob("*.age")
    (tmp_path / "sleutel.txt").write_text(f"# opgeschreven\n{GEHEIM.geheim.lower()}\n", encoding="utf-8")
    naar = ("terugzetten", str(kopie), "--naar", str(tmp_path / "terug"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    code, gezegd = draai(*naar)
    assert (code, "Deze kopie is versleuteld" in gezegd) == (2, True)
    code, gezegd = draai(*naar, "--sleutel", str(tmp_path / "sleutel.txt"))
    assert (code, "Teruggezet in" in gezegd) == (0, True), gezegd
    code, gezegd = draai(*naar, "--sleutel", str(tmp_path / "sleutel.txt"))
    assert (code, "is niet leeg" in gezegd) == (2, True)


def test_of_a_journal_that_grew_meanwhile_no_later_line_is_noted(tmp_path: Path):
    pad, genoteerd = tmp_path / "2026.jsonl", list[bytes]()
    pad.write_bytes(b"een\ntwee\ndrie\n")
    assert b"".join(bronnen._lines(pad, len(b"een\ntwee\n"), genoteerd.append)) == b"een\ntwee\n"
    assert genoteerd == [b"een\n", b"twee\n"]
