"""What is kept of accounts and invitations: for whom, how long, and what nobody finds on the disk."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from klachten.toegang import totp, uitnodigen
from klachten.toegang.accounts import Account, Accounts, NaamBezet
from klachten.toegang.opslag import Opslag
from klachten.toegang.rem import Rem
from klachten.toegang.sessies import Sessies
from klachten.toegang.sleutel import Sleutel, afdruk
from klachten.toegang.wachtwoord import Wachtwoorden
from tests.toegangproef import GOED, NU, opslag, snel

# The folder and the passwords of toegangproef.
__all__ = ["opslag", "snel"]


def test_a_secret_is_readable_only_here_and_only_for_its_owner(opslag: Opslag, tmp_path: Path):
    accounts = Accounts(opslag)
    for wie in ("anna", "bas"):
        accounts.make(wie, f"{wie}@coulant.example", NU)
    accounts.set_totp("anna", "JBSWY3DPEHPK3PXP")
    anna = accounts.of("anna")
    assert anna
    assert accounts.totp_secret(anna) == "JBSWY3DPEHPK3PXP"
    assert accounts.totp_secret(accounts.of("bas")) == ""  # type: ignore[arg-type]
    with pytest.raises(InvalidTag):
        accounts.totp_secret(Account("bas", "bas", totp=anna.totp))
    with pytest.raises(InvalidTag):
        Sleutel(b"x" * 32).decrypt(anna.totp or b"", "anna")


def test_a_sign_in_name_is_of_one_person(opslag: Opslag):
    accounts = Accounts(opslag)
    accounts.make("anna", "anna@coulant.example", NU)
    with pytest.raises(NaamBezet):
        accounts.make("bas", " ANNA@coulant.example ", NU)
    accounts.make("anna", "a.dewit@coulant.example", NU)
    assert accounts.named("anna@coulant.example") is None
    assert accounts.named("A.deWit@Coulant.example").persoon == "anna"  # type: ignore[union-attr]


def test_of_two_who_use_one_code_at_once_the_second_is_refused(opslag: Opslag):
    accounts = Accounts(opslag)
    accounts.make("anna", "anna", NU)
    assert [accounts.use_totp("anna", stap) for stap in (5, 5, 4, 6)] == [True, False, False, True]


def test_an_invitation_works_once_and_three_days(opslag: Opslag):
    uit = uitnodigen.Uitnodigingen(opslag)
    code = uit.make("anna", uitnodigen.NIEUW, "iris", NU)
    einde = NU + uitnodigen.GELDIG
    assert uit.look(code, NU) == uit.look(code, einde - 1) == uitnodigen.Uitnodiging("anna", "nieuw", "iris", einde)
    assert uit.look(code, einde) is None
    assert not uit.use(code, einde)
    assert uit.look("onzin", NU) is None
    assert not uit.use("onzin", NU)
    assert uit.use(code, einde - 1)
    assert not uit.use(code, einde - 1)
    assert uit.look(code, NU) is None
    eerste, tweede = (uit.make("anna", uitnodigen.HERSTEL, "iris", NU) for _ in range(2))
    assert uit.look(eerste, NU) is None
    assert uit.look(tweede, NU)


def test_forgetting_a_person_leaves_nothing_of_that_person_on_the_disk(opslag: Opslag, snel: Wachtwoorden):
    accounts, sessies = Accounts(opslag), Sessies(opslag)
    for wie in ("anna", "bas"):
        accounts.make(wie, f"{wie}.geheim@coulant.example", NU)
        accounts.set_password(wie, snel.hash(GOED))
        accounts.set_totp(wie, "JBSWY3DPEHPK3PXP")
        totp.Herstelcodes(opslag).make(wie)
        sessies.begin(wie, NU)
        uitnodigen.Uitnodigingen(opslag).make(wie, uitnodigen.NIEUW, "iris", NU)
    opslag.forget("anna")
    inhoud = b"".join(pad.read_bytes() for pad in opslag.map.iterdir())
    assert b"anna" not in inhoud
    assert b"bas.geheim" in inhoud


def test_what_proves_who_one_is_is_not_on_the_disk(opslag: Opslag, snel: Wachtwoorden):
    accounts, geheim = Accounts(opslag), totp.new_secret()
    accounts.make("anna", "anna@coulant.example", NU)
    accounts.set_password("anna", snel.hash(GOED))
    accounts.set_totp("anna", geheim)
    koek, sessie = Sessies(opslag).begin("anna", NU)
    code = uitnodigen.Uitnodigingen(opslag).make("anna", uitnodigen.NIEUW, "iris", NU)
    herstel = totp.Herstelcodes(opslag).make("anna")[0]
    Rem(opslag).wrong("anna@coulant.example", "192.0.2.77", NU)
    inhoud = b"".join(pad.read_bytes() for pad in opslag.map.iterdir())
    assert sessie.hash.encode() in inhoud
    assert sessie.hash == afdruk(koek)
    for verborgen in (GOED, geheim, koek, code, herstel, herstel.replace("-", ""), "192.0.2.77"):
        assert verborgen.encode() not in inhoud, verborgen


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_on_the_machine_reads_it(opslag: Opslag):
    assert opslag.map.stat().st_mode & 0o777 == 0o700
    assert {pad.name: pad.stat().st_mode & 0o077 for pad in opslag.map.iterdir()} == dict.fromkeys(
        ["sleutel", "toegang.sqlite", "toegang.sqlite-shm", "toegang.sqlite-wal"], 0
    )


def test_the_key_of_a_register_stays_the_same(tmp_path: Path):
    pad = tmp_path / "sleutel"
    assert Sleutel.read_or_make(pad).merk("x") == Sleutel.read_or_make(pad).merk("x")
    pad.write_bytes(b"te kort")
    with pytest.raises(ValueError, match="32 bytes"):
        Sleutel.read_or_make(pad)


def test_a_group_of_changes_is_whole_or_absent(opslag: Opslag):
    with pytest.raises(sqlite3.IntegrityError), opslag.write() as db:
        db.executemany("INSERT INTO poging VALUES (?, 1, 0, 0)", [("x",), ("x",)])
    assert opslag.rows("SELECT * FROM poging") == []
