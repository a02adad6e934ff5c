"""What a database is furnished with, and that what changed of it comes into force: definitions, terms, calendar."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from klachten.gebeurtenissen import SignaalOntvangen
from klachten.register import Register, RegisterFout, RegisterNieuwer, afleiding, database
from tests.registerproef import DAG, leg_klacht_vast, open_at


def test_a_migration_is_applied_once_and_a_new_one_on_top(tmp_path, monkeypatch):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
    bekend = database.migrations()
    erbij = [*bekend, (900, "900_proef.sql", "CREATE TABLE proef (x INTEGER); INSERT INTO proef VALUES (1);")]
    monkeypatch.setattr(database, "migrations", lambda: erbij)
    for _ in range(2):
        with open_at(tmp_path) as register, register.cursor() as cursor:
            assert cursor.execute("SELECT count(*) FROM proef").fetchall() == [(1,)]
            assert register.stand().aantal == 2
            assert register.meldingen == []


def test_a_migration_that_fails_half_way_leaves_nothing_of_it(tmp_path, monkeypatch):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
    kapot = [*database.migrations(), (900, "900_proef.sql", "CREATE TABLE proef (x INTEGER); SELECT error('mis');")]
    with monkeypatch.context() as patch:
        patch.setattr(database, "migrations", lambda: kapot)
        with pytest.raises(RegisterFout):
            open_at(tmp_path)
    with open_at(tmp_path) as register, register.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'proef'").fetchall() == [(0,)]
        assert register.stand().aantal == 2


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        nieuwer = [*database.migrations(), (900, "900_later.sql", "CREATE TABLE later (x INTEGER)")]
        patch.setattr(database, "migrations", lambda: nieuwer)
        with open_at(tmp_path) as register:
            leg_klacht_vast(register)
    with pytest.raises(RegisterNieuwer, match="nieuwere versie van klachten"):
        open_at(tmp_path)
    assert not list(tmp_path.glob("*beschadigd*"))


def test_a_changed_definition_derives_everything_anew(tmp_path, monkeypatch):
    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
    echt = afleiding.definitions()
    anders = echt | {
        "klacht_stand_uit_feiten": echt["klacht_stand_uit_feiten"].replace("ELSE 'ontvangen'", "ELSE 'nieuw'")
    }
    assert anders != echt
    monkeypatch.setattr(afleiding, "definitions", lambda: anders)
    with open_at(tmp_path) as register, register.cursor() as cursor:
        assert cursor.execute("SELECT status FROM klacht").fetchall() == [("nieuw",)]


def test_a_step_after_a_changed_definition_follows_it_where_it_is_not_folded(tmp_path, monkeypatch):
    echt = afleiding.definitions()
    anders = echt | {
        "signaal_stand_uit_feiten": echt["signaal_stand_uit_feiten"].replace("ELSE 'open'", "ELSE 'nieuw'")
    }
    assert anders != echt
    monkeypatch.setattr(afleiding, "definitions", lambda: anders)
    with open_at(tmp_path) as register, register.cursor() as cursor:
        with register.schrijven() as boeking:
            feit = SignaalOntvangen(
                gebeurd_op=DAG, kanaal="telefoon", vestiging="weert", ontvanger="anna", omschrijving="Geen antwoord."
            )
            boeking.leg_vast(boeking.nieuw_nummer("S", 2026), feit, door="anna", rol="coordinator")
        assert cursor.execute("SELECT status FROM signaal_stand").fetchall() == [("nieuw",)]


def test_a_changed_fold_derives_everything_anew(tmp_path, monkeypatch):
    """What an older version folded wrongly is put right at the next opening, and not only when its klacht changes."""
    echt = afleiding.source

    def status(register: Register) -> str:
        with register.cursor() as cursor:
            return cursor.execute("SELECT status FROM klacht").fetchall()[0][0]

    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        register._db.con.execute("UPDATE klacht_stand SET status = 'fout gevouwen'")
    with open_at(tmp_path) as register:
        assert status(register) == "fout gevouwen"
    for module in ("standen", "maatregelstand"):
        monkeypatch.setattr(
            afleiding, "source", lambda wat, module=module: echt(wat) + wat.__name__.endswith(f".{module}") * "# beter"
        )
        with open_at(tmp_path) as register:
            assert status(register) == "ontvangen"
            register._db.con.execute("UPDATE klacht_stand SET status = 'fout gevouwen'")


def test_a_calendar_with_a_kenmerk_is_gone_through_only_when_that_changed(tmp_path):
    kerst = date(2026, 12, 25)
    gelopen = []

    class Dagen:
        def __init__(self, kenmerk: str, naam: str) -> None:
            self.kenmerk, self.naam = kenmerk, naam

        def __iter__(self):
            gelopen.append(self.naam)
            return iter([(kerst, False, date(2026, 12, 28), self.naam)])

    for kenmerk, naam, verwacht in (("1", "Kerst", "Kerst"), ("1", "niet gelezen", "Kerst"), ("2", "Anders", "Anders")):
        with open_at(tmp_path, kalender_dagen=Dagen(kenmerk, naam)) as register, register.cursor() as cursor:
            assert cursor.execute("SELECT naam FROM dag").fetchall() == [(verwacht,)]
    assert gelopen == ["Kerst", "Anders"]


def test_terms_and_calendar_are_filled_and_follow_a_change(tmp_path):
    def reglement(waarde: int) -> SimpleNamespace:
        verlenging = SimpleNamespace(waarde=4, eenheid="weken")
        termijn = SimpleNamespace(
            id="afhandeling", naam="Afhandeling", stap=13, waarde=waarde, eenheid="weken", vanaf="ontvangen",
            einde=(13, 7), geldt="altijd", geldig_vanaf=date(2015, 1, 1), geldig_tot=None,
            bij_kenmerk={"commissie": 10}, verlenging=verlenging,
        )  # fmt: skip
        boek = SimpleNamespace(
            id="awb9", soort="overname", verschuift_bij_vrije_dag=True, termijnen=(termijn,),
            streeftermijnen=(termijn,), hernoemde_categorieen=list, uitgaven=(), bewaartermijnen=(),
        )  # fmt: skip
        boek.op = lambda dag: boek
        return boek

    kerst = date(2026, 12, 25)
    dagen = [(kerst - timedelta(1), True, kerst - timedelta(1), None), (kerst, False, date(2026, 12, 28), "Kerst")]
    for waarde in (6, 7):
        with open_at(tmp_path, reglementen={"awb9": reglement(waarde)}, kalender_dagen=dagen) as register:
            with register.cursor() as cursor:
                termijnen = cursor.execute("SELECT waarde, kenmerk, einde, verlenging_waarde FROM termijn").fetchall()
                assert termijnen == [(waarde, None, [13, 7], 4), (10, "commissie", [13, 7], 4)]
                eigen = cursor.execute("SELECT termijn, waarde, kenmerk, einde FROM streeftermijn").fetchall()
                assert eigen == [("afhandeling", waarde, None, [13, 7]), ("afhandeling", 10, "commissie", [13, 7])]
                assert cursor.execute("SELECT werkdag, naam, werkdagnr FROM dag ORDER BY dag").fetchall() == [
                    (True, None, 1),
                    (False, "Kerst", 1),
                ]
            assert register.meldingen == []
