"""The database takes a file in while its journal is written: all of it or nothing, and as if it was read back."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import duckdb
import pytest

from klachten import zoekvorm
from klachten.opening import open_register
from klachten.overname import overnemen
from klachten.overname.achtergrond import Gestopt
from klachten.overname.bezig import Bezig, Fase
from klachten.register import Register, Stroom, porties
from klachten.register.afleiding import Afleiding, origins, source
from klachten.register.controle import controleer
from klachten.register.dossiermap import Dossiermap
from klachten.register.teksten import Teksten
from tests.overnameproef import maak, plan, rijen, veel
from tests.registerproef import leg_klacht_vast, ontvangst

assert veel  # a fixture: a file that is written in six portions


def ernst(register: Register) -> set[str]:
    return {bevinding.ernst for bevinding in controleer(register)}


def woorden(register: Register) -> list[tuple[object, ...]]:
    return rijen(register, "SELECT woord FROM woord ORDER BY woord")


def test_what_is_taken_in_is_what_stands_in_the_lines(register: Register, tmp_path: Path):
    kop = (Path(__file__).parent / "overname/klachten.csv").read_text(encoding="utf-8").splitlines()[0]
    csv = "".join(f"{id},8/{i + 1}/2013,9/10/2013,Web,Lening,Verhaal,\n" for i, id in enumerate(["7", "a\\\\b", "8é/"]))
    bestand = maak(tmp_path, "klachten", csv=f"{kop}\n{csv}")
    overnemen.record(register, plan(bestand, bestand.with_suffix(".toml"), register))
    assert rijen(register, "SELECT gegevens ->> 'bron_id' FROM gebeurtenis WHERE soort = 'KlachtOntvangen'") == [
        ("7",), ("a\\b",), ("8é/",),
    ]  # fmt: skip
    # DuckDB writes this escape otherwise than Python does: such lines are taken apart by it.
    feit = ontvangst(bron_id="a\x1fb", omschrijving="é")
    stroom = Stroom(
        klachten=lambda: iter([("K2026-0001", [feit])]), nummers=["K2026-0001"], feiten=1, door="overname", rol="x"
    )
    with register.schrijven() as boeking:
        boeking.stream(stroom)
    assert ernst(register) == {"goed"}
    kolommen = (
        "nr, klachtnummer, stap, soort, gebeurd_op, vastgelegd_op, door, rol, corrigeert, gegevens, teksten, deel"
    )
    alles = f"SELECT {kolommen}, vorig, zegel FROM gebeurtenis ORDER BY nr"
    toen = rijen(register, alles)
    map = register.map
    register.close()
    (map / "klachten.duckdb").unlink()
    with open_register(map) as weer:  # from the journal
        assert rijen(weer, alles) == toen


def test_what_was_stopped_leaves_no_words_for_the_next_one(register: Register, veel: Path):
    uitkomst = plan(veel, veel.with_suffix(".toml"), register)

    def stop(hoeveel: int) -> None:
        if hoeveel == 20:
            raise Gestopt

    with pytest.raises(Gestopt):
        overnemen.record(register, uitkomst, each=stop)
    assert (register.stand().aantal, rijen(register, "SELECT count(*) FROM tekst")) == (0, [(0,)])
    ander = veel.with_name("ander.csv")
    regels = veel.read_text(encoding="utf-8").replace("Lening,Verhaal", "Lening,Relaas").splitlines(keepends=True)
    ander.write_text("".join([regels[0], regels[30]]), encoding="utf-8")
    overnemen.record(register, plan(ander, veel.with_suffix(".toml"), register))
    assert woorden(register) == [("29",), ("lening",), ("relaas",)]
    assert rijen(register, "SELECT count(*) FROM zoekwoord") == [(3,)]
    assert ernst(register) == {"goed"}


def test_who_stops_it_is_no_fault_of_the_database(register: Register, veel: Path):
    uitkomst = plan(veel, veel.with_suffix(".toml"), register)
    gezien: list[int] = []

    def stop(hoeveel: int) -> None:
        gezien.append(hoeveel)
        if len(gezien) == 2:
            raise Gestopt

    with pytest.raises(Gestopt):
        overnemen.record(register, uitkomst, stop)
    assert len(gezien) == 2
    for tabel in ("gebeurtenis", "tekst", "zoekwoord", "klacht_stand"):
        assert rijen(register, f"SELECT count(*) FROM {tabel}") == [(0,)], tabel
    assert (register.stand().aantal, register.meldingen) == (0, [])
    gezien.clear()
    assert len(overnemen.record(register, uitkomst, gezien.append)) == 40
    assert sum(gezien) == register.stand().aantal
    assert ernst(register) == {"goed"}


@pytest.mark.parametrize("waar", ["teksten", "alles wat volgt"])
def test_a_database_that_refuses_stops_no_facts(register: Register, veel: Path, monkeypatch, waar: str):
    uitkomst = plan(veel, veel.with_suffix(".toml"), register)
    add, keer = Teksten.add, iter(range(100))

    def weiger(self, rijen):
        if next(keer) == 3:
            raise duckdb.OutOfMemoryException("vol")
        add(self, rijen)

    if waar == "teksten":
        monkeypatch.setattr(Teksten, "add", weiger)
    else:
        monkeypatch.setattr(Teksten, "write", lambda self: self._con.execute("SELECT error('vol')"))
        monkeypatch.setattr(register._herstel, "reopen", _restored(monkeypatch, register._herstel.reopen))
    nummers = overnemen.record(register, uitkomst)
    assert len(nummers) == 40
    assert [melding for melding in register.meldingen if "opnieuw geopend" in melding]
    assert rijen(register, "SELECT count(*) FROM klacht") == [(40,)]
    assert rijen(register, "SELECT count(DISTINCT klachtnummer) FROM zoekwoord") == [(40,)]
    assert ernst(register) == {"goed"}


def _restored(monkeypatch: pytest.MonkeyPatch, reopen):
    def eerst(*wat):
        monkeypatch.undo()
        return reopen(*wat)

    return eerst


def test_a_disk_that_is_full_takes_the_facts_out_of_the_database_too(register: Register, veel: Path, monkeypatch):
    uitkomst = plan(veel, veel.with_suffix(".toml"), register)
    write, keer = Dossiermap.write_together, iter(range(100))

    def stuk(self, teksten):
        if next(keer) == 4:
            raise OSError(28, "No space left on device")
        write(self, teksten)

    monkeypatch.setattr(Dossiermap, "write_together", stuk)
    with pytest.raises(Exception, match="Maak ruimte"):
        overnemen.record(register, uitkomst)
    monkeypatch.undo()
    for tabel in ("gebeurtenis", "tekst", "zoekwoord", "woord", "klacht_stand"):
        assert rijen(register, f"SELECT count(*) FROM {tabel} WHERE true") == [(0,)], tabel


def test_on_the_page_it_can_be_stopped_until_the_last_klacht_is_written(register: Register, veel: Path):
    bezig = Bezig(register, plan(veel, veel.with_suffix(".toml"), register))
    gezien: list[tuple[Fase, float]] = []
    each = bezig._each

    def kijk(hoeveel: int) -> None:
        each(hoeveel)
        gezien.append((bezig.fase, bezig.deel))

    bezig._each = kijk  # type: ignore[method-assign]
    bezig.start()
    bezig.wait(60)
    assert bezig.fase is Fase.KLAAR
    assert [fase for fase, _ in gezien] == [Fase.SCHRIJVEN] * 40 + [Fase.VERWERKEN]
    delen = [deel for _, deel in gezien]
    assert delen == sorted(delen)
    assert (delen[0], delen[-1]) == (0.0, 0.8)


def test_a_table_in_portions_is_the_table_at_once_in_the_same_order(register: Register, veel: Path, monkeypatch):
    overnemen.record(register, plan(veel, veel.with_suffix(".toml"), register))
    alles = "SELECT * FROM klacht_stand ORDER BY rowid"
    toen = rijen(register, alles)
    assert len(toen) > 60
    monkeypatch.setattr(porties, "PORTIE", 9)
    con = register._database.con  # type: ignore[union-attr]
    assert len(porties.bounds(con)) == 4
    Afleiding(con).derive_all()
    assert rijen(register, alles) == toen
    con.begin()
    Afleiding(con).derive_all()
    con.rollback()
    assert rijen(register, alles) == toen


def test_the_words_of_plain_text_are_those_found_letter_by_letter():
    toeval = random.Random(1)
    letters = [chr(code) for code in range(128)]
    for keer in range(3_000):
        tekst = "".join(toeval.choice(letters if keer % 2 else "ab_ .0Z\n\x1c\x1f") for _ in range(70)) + "z" * (
            keer % 65
        )
        # The accent makes it go the long way; it is a word of its own.
        assert zoekvorm.woorden(tekst) == zoekvorm.woorden(f"{tekst} ø") - {"o"} | {"o"} & zoekvorm.woorden(tekst), (
            tekst
        )


def test_portions_are_taken_over_by_one_thread_as_with_more_duckdb_leaves_them_out(register: Register, monkeypatch):
    con, gezien = register._db.con, []
    echt = porties._one_transaction
    threads = "SELECT current_setting('threads')"
    con.execute("SET threads = 2")
    monkeypatch.setattr(porties, "_one_transaction", lambda c: gezien.append(c.execute(threads).fetchall()) or echt(c))
    monkeypatch.setattr(porties, "bounds", lambda _: ["K2026-0001"])
    leg_klacht_vast(register)
    register._db.afleiding.derive_all()
    assert (gezien, con.execute(threads).fetchall()) == ([[(1,)]], [(2,)])


class _Verliest:
    """A connection of which one INSERT of a portion leaves its rows out and says how many it took: none."""

    def __init__(self, con: duckdb.DuckDBPyConnection, welke: str) -> None:
        self._con = con
        self._welke = welke

    def __getattr__(self, naam: str) -> Any:
        return getattr(self._con, naam)

    def execute(self, vraag: str, *rest: Any) -> Any:
        if vraag.startswith(f"INSERT INTO {self._welke} ") and "deel_klacht_stand WHERE" in vraag:
            vraag = f"{vraag} AND false"
        return self._con.execute(vraag, *rest)


@pytest.mark.parametrize("welke", ["klacht_stand", "deel_klacht_stand_straks"])
def test_rows_of_a_portion_that_do_not_come_in_are_not_passed_over(
    register: Register, veel: Path, monkeypatch, welke: str
):
    overnemen.record(register, plan(veel, veel.with_suffix(".toml"), register))
    monkeypatch.setattr(porties, "PORTIE", 9)
    with pytest.raises(duckdb.Error, match="dat zijn niet alle"):
        Afleiding(_Verliest(register._db.con, welke)).derive_all()  # type: ignore[arg-type]


def test_rows_that_a_version_made_otherwise_in_portions_are_made_anew_at_opening():
    assert source(porties) in origins()[1]
