"""A sealed register: the same answers, nothing readable in its folder, and what happens with keys."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from klachten.concepten import Concepten
from klachten.register import RegisterFout, omzetten
from klachten.register.controle import controleer
from klachten.register.dossiermap import Dossiermap
from klachten.versleuteling import STAND, load_keys, read_stand
from klachten.versleuteling.sleutelbestand import BESTAND, Sleutelbestand, path_of
from tests.registerproef import DAG, NU, fouten, leg_klacht_vast, leg_stap_vast, open_at
from tests.versleutelproef import KANARIE, STUK, alles, inhoud, leesbaar, stuk

pytestmark = pytest.mark.usefixtures("kluis")


# --- the same, and unreadable ----------------------------------------------------------------------------------------


def test_a_register_that_is_sealed_answers_the_same_and_nothing_in_its_folder_can_be_read(vol: Path):
    eerder, journaal = alles(vol), inhoud(vol / "journaal")
    assert len(leesbaar(vol)) == 8, "three dossiers, a document, a concept, a mail and its gegevens, the database"
    gedaan, pad = omzetten.seal(vol)
    assert gedaan == 3
    assert leesbaar(vol) == []
    assert alles(vol) == eerder
    assert inhoud(vol / "journaal") == journaal, "the chain knows of the plain text, and is the same"
    assert fouten(controleer(vol)) == []
    assert leesbaar(vol) == []
    assert pad.stat().st_mode & 0o077 == 0
    assert not pad.is_relative_to(vol)


def test_what_is_recorded_in_a_sealed_register_can_nowhere_be_read_while_it_is_open_or_after_a_kill(dicht: Path):
    with open_at(dicht) as register:
        nummer = leg_klacht_vast(register, omschrijving=f"{KANARIE} in de WAL", indiener_naam=KANARIE)
        stuk(register, nummer, STUK)
        leg_stap_vast(register, nummer, f"{KANARIE} vloog weg")
        sleutels = register.dossiers.sleutels
        Concepten(dicht, "anna", sleutels).save("2", "a", {"omschrijving": KANARIE}, NU)
        assert Concepten(dicht, "anna", sleutels).get("1").waarden == {"omschrijving": KANARIE}
        assert (dicht / "klachten.duckdb.wal").stat().st_size > 1000
        assert leesbaar(dicht) == [], "the database, its WAL, the dossiers and the concept, all as they are on the disk"
        with register.cursor() as cursor:
            assert cursor.execute("SELECT count(*) FROM tekst WHERE tekst LIKE '%WAL%'").fetchall() == [(1,)]
            assert cursor.execute("SELECT current_setting('temp_directory')").fetchall() == [("",)]
        gekild = shutil.copytree(dicht, dicht.parent / "gekild", ignore=shutil.ignore_patterns("*.lock"))
        eerder = fouten(controleer(register))
    assert eerder == []
    assert leesbaar(dicht) == []
    assert alles(gekild) == alles(dicht)


def test_what_does_not_fit_in_memory_is_refused_and_not_put_on_the_disk(dicht: Path):
    with open_at(dicht) as register, register.cursor() as cursor:
        cursor.execute("SET memory_limit = '40MB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            cursor.execute(
                "SELECT string_agg(t, '' ORDER BY t DESC) FROM (SELECT tekst || range || repeat('x', 400) AS t "
                "FROM tekst, range(200000))"
            ).fetchall()
        assert leesbaar(dicht) == []
        assert not (dicht / "klachten.duckdb.tmp").exists()
        cursor.execute("RESET memory_limit")
        assert leg_klacht_vast(register)


def test_a_database_that_is_made_again_and_one_that_lags_behind_are_sealed_too(dicht: Path, eerder):
    (dicht / "klachten.duckdb").unlink()
    assert alles(dicht) == eerder
    kopie = shutil.copy(dicht / "klachten.duckdb", dicht.parent / "vorige.duckdb")
    with open_at(dicht) as register:
        leg_klacht_vast(register, omschrijving=f"{KANARIE} van later")
    nu = alles(dicht)
    shutil.copy(kopie, dicht / "klachten.duckdb")
    assert alles(dicht) == nu
    assert fouten(controleer(dicht)) == []
    assert leesbaar(dicht) == []


def test_a_readable_database_that_is_put_back_into_a_sealed_register_does_not_stay(vol: Path):
    oud = shutil.copy(vol / "klachten.duckdb", vol.parent / "oud.duckdb")
    omzetten.seal(vol)
    eerder = alles(vol)
    shutil.copy(oud, vol / "klachten.duckdb")
    assert alles(vol) == eerder
    assert leesbaar(vol) == []


def test_a_group_that_the_database_refuses_is_kept_in_the_dossier_and_taken_up_sealed(dicht: Path, monkeypatch):
    with open_at(dicht) as register:
        echt = type(register._db.teksten).write

        def weigert(self: object) -> None:
            monkeypatch.setattr(type(register._db.teksten), "write", echt)
            raise duckdb.Error("schijf vol")

        monkeypatch.setattr(type(register._db.teksten), "write", weigert)
        nummer = leg_klacht_vast(register, omschrijving=f"{KANARIE} toch bewaard")
        assert "Er is niets verloren" in register.meldingen[-1]
        assert register.vastleggingen(nummer)[0].feit.omschrijving == f"{KANARIE} toch bewaard"
        assert fouten(controleer(register)) == []
    assert leesbaar(dicht) == []


def test_texts_that_are_erased_do_not_come_back_from_a_sealed_piece(dicht: Path):
    with open_at(dicht) as register:
        leg_stap_vast(register, "K2026-0001", "blijft")
        register._db.erase_texts("K2026-0001", 2)
        assert register.dossiers.erase("K2026-0001", lambda tekst: tekst.nr < 2)
        assert not register.dossiers.erase("K2026-0001", lambda tekst: tekst.nr < 2)
    with open_at(dicht) as register, register.cursor() as cursor:
        rijen = cursor.execute("SELECT tekst FROM tekst WHERE klachtnummer = 'K2026-0001'").fetchall()
        woorden = cursor.execute("SELECT woord FROM zoekwoord WHERE klachtnummer = 'K2026-0001'").fetchall()
        assert (rijen, woorden) == ([("blijft",)], [("blijft",)])
        assert [tekst.tekst for tekst in register.dossiers.texts("K2026-0001")] == ["blijft"]
        assert cursor.execute("SELECT count(*) FROM woord WHERE woord = 'kanarievogel0'").fetchall() == [(0,)]


def test_other_rules_for_words_make_them_anew_in_the_pieces_as_well(dicht: Path, eerder):
    with open_at(dicht) as register:
        register._db.con.execute("UPDATE inrichting SET waarde = 'anders' WHERE naam = 'zoekwoorden'")
    assert alles(dicht) == eerder
    assert alles(dicht) == eerder
    assert fouten(controleer(dicht)) == []


# --- bound to their place --------------------------------------------------------------------------------------------


def regels(map: Path, nummer: str) -> list[dict]:
    pad = map / "dossiers" / nummer / "teksten.jsonl"
    return [json.loads(regel) for regel in pad.read_text(encoding="utf-8").splitlines()]


def schrijf(map: Path, nummer: str, nieuw: list[dict]) -> None:
    pad = map / "dossiers" / nummer / "teksten.jsonl"
    pad.write_text("".join(json.dumps(regel) + "\n" for regel in nieuw), encoding="utf-8")


def test_a_sealed_text_opens_in_its_own_place_alone(dicht: Path):
    een, ander = regels(dicht, "K2026-0001"), regels(dicht, "K2026-0002")
    een[0]["vak"], een[1]["vak"] = een[1]["vak"], een[0]["vak"]
    ander[0]["vak"] = regels(dicht, "K2026-0003")[0]["vak"]
    schrijf(dicht, "K2026-0001", een)
    schrijf(dicht, "K2026-0002", ander)
    gezegd = fouten(controleer(dicht))
    assert sum("K2026-0001 ontbreekt" in zin for zin in gezegd) == 2
    assert sum("K2026-0002 ontbreekt" in zin for zin in gezegd) == 1


def test_a_sealed_document_that_is_changed_or_of_another_dossier_does_not_open(dicht: Path):
    (pad,) = (dicht / "dossiers" / "K2026-0002" / "documenten").iterdir()
    heel = pad.read_bytes()
    pad.write_bytes(heel[:-1] + bytes([heel[-1] ^ 1]))
    assert any("is veranderd sinds het is vastgelegd" in zin for zin in fouten(controleer(dicht)))
    elders = dicht / "dossiers" / "K2026-0001" / "documenten"
    elders.mkdir()
    (elders / pad.name).write_bytes(heel)
    with pytest.raises(ValueError, match="is veranderd"):
        Dossiermap(dicht / "dossiers", load_keys(dicht)).document("K2026-0001", pad.name)


def test_the_same_text_twice_is_sealed_differently_and_its_salt_is_not_readable(vol: Path):
    zouten = [bytes.fromhex(regel["zout"]) for regel in regels(vol, "K2026-0001")]
    omzetten.seal(vol)
    vakken = [regel["vak"] for nummer in ("K2026-0001", "K2026-0002") for regel in regels(vol, nummer)]
    assert len(set(vakken)) == len(vakken)
    assert all(regel.keys() == {"nr", "veld", "vak"} for regel in regels(vol, "K2026-0001"))
    assert leesbaar(vol, *zouten, *(zout.hex().encode() for zout in zouten)) == []


# --- keys ------------------------------------------------------------------------------------------------------------


def key_of(map: Path) -> Path:
    return path_of(read_stand(map).register, map)


def andere_sleutel(map: Path) -> None:
    stand = read_stand(map)
    Sleutelbestand.new(stand.register).write(path_of(stand.register, map))


def ander_register(map: Path) -> None:
    Sleutelbestand.new("0123456789abcdef").write(path_of(read_stand(map).register, map))


def kapot(map: Path) -> None:
    path_of(read_stand(map).register, map).write_bytes(b"{half")


@pytest.mark.parametrize(
    ("doe", "zin"),
    [
        (andere_sleutel, "waarmee dit register is versleuteld, staat niet in"),
        (ander_register, "is van een ander register"),
        (kapot, "staat geen sleutel van klachten, of het bestand is beschadigd"),
    ],
)
def test_with_a_wrong_key_the_register_stays_closed_and_nothing_is_written(dicht: Path, doe, zin: str):
    doe(dicht)
    eerder = inhoud(dicht)
    with pytest.raises(RegisterFout, match=zin):
        open_at(dicht)
    assert any(zin in gezegd for gezegd in fouten(controleer(dicht)))
    assert inhoud(dicht) == eerder


def test_without_its_key_the_register_opens_with_figures_and_without_texts_and_with_it_all_is_there(
    dicht: Path, eerder
):
    pad = key_of(dicht)
    bestanden = inhoud(dicht)
    elders = pad.rename(pad.with_name("elders"))
    with open_at(dicht) as register:
        assert "De sleutel van dit register ontbreekt" in register.meldingen[0]
        assert len(register.meldingen) == 1
        with register.cursor() as cursor:
            assert cursor.execute("SELECT count(*), min(ontvangen_op) FROM klacht").fetchall() == [(3, DAG)]
        feiten = register.vastleggingen("K2026-0002")
        assert [v.zegel for v in feiten] == [v.zegel for v in eerder[0][1]]
        assert feiten[0].feit.omschrijving == ""
        assert len(list(register.dossiers.closed("K2026-0002"))) == 3
        with pytest.raises(ValueError, match="blijft dicht"):
            register.document("K2026-0002", hashlib.sha256(STUK).hexdigest())
        with pytest.raises(RegisterFout, match="Er kan niets worden vastgelegd"):
            leg_klacht_vast(register)
    assert any("3 dossiers: K2026-0001" in zin for zin in fouten(controleer(dicht)))
    assert inhoud(dicht) == bestanden
    elders.rename(pad)
    assert alles(dicht) == eerder


def test_who_goes_on_without_the_lost_key_loses_the_texts_of_before_and_no_other(dicht: Path, eerder):
    pad = key_of(dicht)
    cijfers = eerder[3]
    with pytest.raises(RegisterFout, match="De sleutel is er nog"):
        omzetten.give_up_key(dicht)
    oud = Sleutelbestand.from_bytes(pad.read_bytes(), pad)
    pad.unlink()
    for doe in (omzetten.seal, omzetten.unseal, omzetten.renew_key):
        with pytest.raises(RegisterFout, match=r"versleuteld|ontbreekt"):
            doe(dicht)
    assert omzetten.give_up_key(dicht) == (3, pad)
    with open_at(dicht) as register:
        assert any("Van 3 dossiers blijven teksten dicht" in zin for zin in register.meldingen)
        assert register.stand() == cijfers
        nummer = leg_klacht_vast(register, omschrijving=f"{KANARIE} van daarna")
        leg_stap_vast(register, "K2026-0001", "ook van daarna")
    with open_at(dicht) as register:
        assert register.meldingen == []
        assert register.vastleggingen(nummer)[0].feit.omschrijving == f"{KANARIE} van daarna"
        eerste, *_, laatste = register.vastleggingen("K2026-0001")
        assert (eerste.feit.omschrijving, laatste.feit.reden) == ("", "ook van daarna")
    with pytest.raises(RegisterFout, match="ontbreekt de sleutel"):
        omzetten.unseal(dicht)
    # The old key is found after all: put beside the new one it opens everything.
    nieuw = Sleutelbestand.from_bytes(pad.read_bytes(), pad)
    nieuw.sleutels.bij_id.update(oud.sleutels.bij_id)
    nieuw.write(pad)
    with open_at(dicht, herbouw=True) as register:
        assert register.vastleggingen("K2026-0001")[0].feit.omschrijving == f"De {KANARIE}0 kwam niet."
        assert fouten(controleer(register)) == []


def test_a_new_key_takes_over_everything_and_the_old_one_stays_for_back_ups(dicht: Path, eerder):
    pad = key_of(dicht)
    kopie = shutil.copytree(dicht, dicht.parent / "reservekopie")
    oud = read_stand(dicht).sleutel
    assert omzetten.renew_key(dicht) == (3, pad)
    assert read_stand(dicht).sleutel != oud
    assert alles(dicht) == eerder
    assert leesbaar(dicht, bytes.fromhex(oud)) == []
    assert leesbaar(dicht) == []
    assert alles(kopie) == eerder


def test_a_key_may_not_come_in_the_folder_of_the_register(vol: Path, monkeypatch: pytest.MonkeyPatch):
    eerder = inhoud(vol)
    for plek in (vol / "sleutel", vol / "toegang" / ".." / "dossiers" / "sleutel"):
        monkeypatch.setenv(BESTAND, str(plek))
        with pytest.raises(RegisterFout, match="wie de map heeft, heeft dan ook de sleutel"):
            omzetten.seal(vol)
    assert inhoud(vol) == eerder


def test_a_file_with_keys_of_another_register_is_not_written_over(vol: Path, monkeypatch, tmp_path: Path):
    monkeypatch.setenv(BESTAND, str(tmp_path / "sleutel"))
    omzetten.seal(vol)
    ander = tmp_path / "ander"
    open_at(ander).close()
    eerder = (tmp_path / "sleutel").read_bytes()
    with pytest.raises(RegisterFout, match="is van een ander register"):
        omzetten.seal(ander)
    assert read_stand(ander) is None
    assert (tmp_path / "sleutel").read_bytes() == eerder


def test_a_sealed_register_that_lost_what_says_so_is_not_written_in_readably(dicht: Path, eerder, monkeypatch):
    pad = key_of(dicht)
    (dicht / STAND).unlink()
    for _ in range(2):
        with pytest.raises(RegisterFout, match=r"versleuteling\.json ontbreekt"):
            open_at(dicht)
    (dicht / "klachten.duckdb").unlink()
    with pytest.raises(RegisterFout, match=r"versleuteling\.json ontbreekt"):
        open_at(dicht)
    with pytest.raises(RegisterFout, match="staan al versleutelde teksten"):
        omzetten.seal(dicht)
    monkeypatch.setenv(BESTAND, str(pad))
    omzetten.seal(dicht)
    assert alles(dicht, herbouw=True) == eerder
