"""A database that lags behind, was tampered with or stopped half-way is brought up to the journal."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from klachten.register import Register, RegisterAlleenLezen, RegisterBezet
from klachten.register.controle import controleer
from tests import zuinig
from tests.registerproef import fouten, leg_klacht_vast, leg_stap_vast, open_at


def test_a_database_that_was_tampered_with_is_rebuilt(tmp_path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        with register.cursor() as cursor:
            cursor.execute("DROP TRIGGER geen_verwijdering ON gebeurtenis")
            cursor.execute("DELETE FROM gebeurtenis WHERE nr = 1")
    with open_at(tmp_path) as register:
        assert "opnieuw opgebouwd" in register.meldingen[0]
        assert register.stand().aantal == 2
    assert fouten(controleer(tmp_path)) == []


def test_a_wrong_zegel_at_the_head_of_the_database_means_a_rebuild(tmp_path):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        with register.cursor() as cursor:
            cursor.execute("DROP TRIGGER geen_wijziging ON gebeurtenis")
            cursor.execute("UPDATE gebeurtenis SET zegel = repeat('a', 64) WHERE nr = 2")
            cursor.execute("UPDATE stand SET zegel = repeat('a', 64)")
    with open_at(tmp_path) as register:
        assert "ander zegel" in register.meldingen[0]
        assert register.stand().zegel == register.vastleggingen("K2026-0001")[1].zegel


def test_a_database_that_lags_behind_is_brought_up_without_a_word(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
    oud = (tmp_path / "klachten.duckdb").read_bytes()
    with open_at(tmp_path) as register:
        leg_stap_vast(register, nummer, reden="Later.")
        ander = leg_klacht_vast(register)
    (tmp_path / "klachten.duckdb").write_bytes(oud)
    assert any("loopt 3 feiten achter" in bevinding.zin for bevinding in controleer(tmp_path))
    with open_at(tmp_path) as register:
        assert register.meldingen == []
        assert register.vastleggingen(nummer)[2].feit.reden == "Later."
        assert len(register.vastleggingen(ander)) == 2
    assert fouten(controleer(tmp_path)) == []


@pytest.mark.parametrize("einde", ["goed", "gestopt", "halverwege", "weigert eenmaal"])
def test_what_follows_from_many_groups_is_made_at_the_end_or_else_at_opening(tmp_path, monkeypatch, einde):
    monkeypatch.setattr(zuinig, "EEN_DRAAD", "RESET threads")  # as in the app
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        ruim = limits(register)
        with register.derived_at_end(300):
            assert limits(register) == ("286.1 MiB", 1)
            nummers = [leg_klacht_vast(register) for _ in range(3)]
            leg_stap_vast(register, nummers[0])
            assert stands(register) == [("K2026-0001",)]
            if einde == "gestopt":
                monkeypatch.setattr(type(register._database), "catch_up", lambda self: None)
            elif einde == "halverwege":
                monkeypatch.setattr(type(register._database), "catch_up", half_way)
            elif einde == "weigert eenmaal":
                afleiding = register._database.afleiding
                monkeypatch.setattr(afleiding, "derive_all", lambda: afleiding._con.execute("SELECT error('vol')"))
        assert len(stands(register)) == {"gestopt": 1, "halverwege": 0}.get(einde, 4)
        assert [melding[:13] for melding in register.meldingen] == ["Bij feit 9 is"] * (einde == "weigert eenmaal")
        if einde in ("goed", "weigert eenmaal"):
            assert limits(register) == ruim
        if einde in ("gestopt", "halverwege"):
            assert [een.ernst for een in controleer(register) if een.ernst != "goed"] == ["let op"]
        else:
            leg_stap_vast(register, nummers[1])
    monkeypatch.undo()
    with open_at(tmp_path) as register:
        assert len(stands(register)) == 4
        assert fouten(controleer(register)) == []


def limits(register: Register) -> tuple[str, int]:
    """How much memory and how many threads the database may use."""
    with register.cursor() as cursor:
        return cursor.execute("SELECT current_setting('memory_limit'), current_setting('threads')").fetchall()[0]


def test_what_a_stopped_program_left_on_disk_for_want_of_memory_is_taken_away(tmp_path):
    open_at(tmp_path).close()
    rest = tmp_path / "klachten.duckdb.tmp" / "duckdb_temp_storage_DEFAULT-0.tmp"
    rest.parent.mkdir()
    rest.write_bytes(b"Jansen")
    with open_at(tmp_path) as register:
        assert not rest.parent.exists()
        with pytest.raises(RegisterBezet):
            rest_of_another_process(tmp_path, rest)
        assert rest.exists()
        assert register.meldingen == []


def rest_of_another_process(map: Any, rest: Any) -> None:
    """A second opening while the register is in use, of whose database the file may be."""
    rest.parent.mkdir()
    rest.write_bytes(b"in gebruik")
    open_at(map)


def half_way(database: Any) -> None:
    """Stop where the rows of a table are away and not yet made again: each table is a transaction of its own."""
    database.con.execute("DELETE FROM klacht_stand")


def stands(register: Register) -> list[tuple[str]]:
    with register.cursor() as cursor:
        return cursor.execute("SELECT DISTINCT klachtnummer FROM klacht_stand").fetchall()


def test_a_database_that_cannot_be_repaired_while_running_is_rebuilt_at_the_next_start(tmp_path, monkeypatch):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
        echt = type(register._database).append

        def append(self, *args, **kwargs):
            monkeypatch.undo()
            self.con.execute("DROP TABLE klacht_stand")  # whatever the cause: this connection cannot do it
            return echt(self, *args, **kwargs)

        monkeypatch.setattr(type(register._database), "append", append)
        with pytest.raises(RegisterAlleenLezen, match="Uw vastlegging is bewaard"):
            leg_stap_vast(register, nummer, reden="Bewaard.")
    with open_at(tmp_path) as register:
        assert [v.feit.reden for v in register.vastleggingen(nummer)] == ["", "", "Bewaard."]


def test_a_transaction_that_fails_once_is_replayed_and_told(tmp_path, monkeypatch):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
        afleiding = type(register._database.afleiding)

        def derive(self, nummers, nieuw=None, **_):
            monkeypatch.undo()
            self._con.execute("SELECT error('geheugen vol')")

        monkeypatch.setattr(afleiding, "derive", derive)
        nr = leg_stap_vast(register, nummer, reden="Bewaard.")
        assert nr == 3
        assert register.vastleggingen(nummer)[2].feit.reden == "Bewaard."
        leg_stap_vast(register, nummer)
        assert leg_klacht_vast(register) == "K2026-0002"
        assert [melding[:13] for melding in register.meldingen] == ["Bij feit 3 is"]
        assert fouten(controleer(register)) == []


def test_derived_rows_that_stand_in_the_way_of_a_replay_mean_a_rebuild(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
    oud = (tmp_path / "klachten.duckdb").read_bytes()
    with open_at(tmp_path) as register:
        ander = leg_klacht_vast(register)
    (tmp_path / "klachten.duckdb").write_bytes(oud)
    with duckdb.connect(str(tmp_path / "klachten.duckdb")) as con:
        con.execute("INSERT INTO tekst VALUES (3, 'K2026-0001', 'omschrijving', 'in de weg')")
    with open_at(tmp_path) as register:
        assert "opnieuw opgebouwd" in register.meldingen[0]
        assert [len(register.vastleggingen(n)) for n in (nummer, ander)] == [2, 2]
    assert fouten(controleer(tmp_path)) == []
