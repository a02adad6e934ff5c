"""Erasing in a sealed register: from texts, pieces, drafts and the file that takes the place of the database."""

from __future__ import annotations

from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.concepten import Concepten
from klachten.opening import rehearse
from klachten.postvak import Postvak
from klachten.register import Register, omzetten, wissen
from klachten.register.controle import check_made, controleer
from tests.registerproef import DAG, NU, fouten, leg_klacht_vast, leg_stap_vast, open_at
from tests.versleutelproef import KANARIE, leesbaar


def wis(register: Register, nummer: str) -> None:
    with register.schrijven() as boeking:
        boeking.leg_vast(nummer, g.DossierGewist(gebeurd_op=DAG, grond="verzoek"), door="carla", rol="directie")


def teksten(register: Register, nummer: str) -> list[tuple[str]]:
    with register.cursor() as cursor:
        sql = "SELECT tekst FROM tekst WHERE klachtnummer = ? ORDER BY nr, veld"
        return cursor.execute(sql, [nummer]).fetchall()


@pytest.fixture
def dicht(dicht: Path) -> Path:
    """The folder of a sealed register, with a klacht and a form that are about Zwaluwnaam."""
    with open_at(dicht) as register:
        assert leg_klacht_vast(register, indiener_naam="Zwaluwnaam", omschrijving="Zwaluwtekst") == "K2026-0004"
        concepten = Concepten(dicht, "bas", register.dossiers.sleutels)
        concepten.save("1", "a", {"indiener_naam": "Zwaluwnaam"}, NU)
        concepten.save("2", "a", {"indiener_naam": "Blijver"}, NU)
        vak = Postvak(dicht, register.dossiers.sleutels)
        for nr, tekst in enumerate(("Zwaluwnaam in de mail", f"{KANARIE} in een andere")):
            vak.save(tekst.encode(), {"naam": "mail.eml"}, NU, id=str(nr) * 16)
    return dicht


def test_what_is_erased_is_gone_everywhere_and_the_rest_is_there_and_sealed(dicht: Path):
    with open_at(dicht) as register:
        blijft = teksten(register, "K2026-0002")
        wis(register, "K2026-0004")
        assert register.meldingen == []
        assert (teksten(register, "K2026-0004"), teksten(register, "K2026-0002")) == ([], blijft)
        assert list(register.dossiers.lines("K2026-0004")) == []
        leg_stap_vast(register, "K2026-0002", f"{KANARIE} van daarna")
        over = Concepten(dicht, "bas", register.dossiers.sleutels).all()
        assert [een.id for een in over] == ["2"]
        vak = Postvak(dicht, register.dossiers.sleutels)
        assert [(een.id, vak.original(een.id).decode()) for een in vak.proposals()] == [
            ("1" * 16, f"{KANARIE} in een andere")
        ]
    assert not (dicht / wissen.NIEUW).exists()
    assert leesbaar(dicht) == []
    with open_at(dicht) as register:
        assert register.meldingen == []
        assert teksten(register, "K2026-0004") == []
        assert (f"{KANARIE} van daarna",) in teksten(register, "K2026-0002")
        with register.cursor() as cursor:
            assert cursor.execute("SELECT count(*) FROM zoekwoord WHERE woord LIKE 'zwaluw%'").fetchall() == [(0,)]
    assert fouten(controleer(dicht)) == []


def test_a_reader_that_goes_on_for_too_long_does_not_stop_it(dicht: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(wissen, "LEZEN", 0.05)
    with open_at(dicht) as register:
        with register.cursor() as lezer:
            lezer.execute("SELECT tekst FROM tekst")
            wis(register, "K2026-0004")
        assert teksten(register, "K2026-0004") == []
        assert len(teksten(register, "K2026-0002")) == 3
        leg_stap_vast(register, "K2026-0002", "gaat door")
        assert len(teksten(register, "K2026-0002")) == 4
    with open_at(dicht) as register:
        assert teksten(register, "K2026-0004") == []
    assert fouten(controleer(dicht)) == []


def test_what_is_closed_for_good_can_be_erased_as_well(dicht: Path, kluis: Path):
    (pad,) = kluis.rglob("*.sleutel")
    pad.unlink()
    omzetten.give_up_key(dicht)
    with open_at(dicht) as register:
        assert len(list(register.dossiers.closed("K2026-0004"))) > 1
        wis(register, "K2026-0004")
        assert list(register.dossiers.lines("K2026-0004")) == []
        assert list(register.dossiers.closed("K2026-0002"))


def test_a_try_of_an_upgrade_is_sealed_too(dicht: Path, tmp_path: Path):
    proef = tmp_path / "proef"
    proef.mkdir()
    with rehearse(dicht, proef) as (database, meldingen):
        assert meldingen == []
        assert fouten(check_made(dicht, database.con)) == []
        assert database.con.execute("SELECT count(*) FROM tekst").fetchall() > [(3,)]
    assert leesbaar(proef) == []
