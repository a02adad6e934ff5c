"""The journal: sealed lines, groups that are whole or absent, torn tails, damage that is never repaired silently."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from klachten.register.journaal import BEGIN, Journaal, JournaalBeschadigd, Kop, seal

NU = datetime(2026, 1, 5, 10, 11, 12, tzinfo=UTC)


def regel(nr: int, vorig: str, deel: tuple[int, int] = (1, 1), **gegevens: object) -> tuple[str, str]:
    """A line as the register makes it."""
    return seal(
        {
            "nr": nr,
            "deel": list(deel),
            "klachtnummer": "K2026-0001",
            "stap": 3,
            "soort": "KlachtGeregistreerd",
            "gebeurd_op": "2026-01-05",
            "vastgelegd_op": "2026-01-05T10:11:12.000000Z",
            "door": "anna",
            "rol": "coordinator",
            "corrigeert": None,
            "gegevens": gegevens,
            "teksten": {},
            "vorig": vorig,
        }
    )


def append(journaal: Journaal, kop: Kop, aantal: int = 1, jaar: int = 2026, **gegevens: object) -> Kop:
    """Append one group of `aantal` facts."""
    regels, zegel = [], kop.zegel
    for i in range(1, aantal + 1):
        tekst, zegel = regel(kop.nr + i, zegel, (i, aantal), **gegevens)
        regels.append(tekst)
    return journaal.append(regels, jaar, kop.nr + aantal)


@pytest.fixture
def journaal(tmp_path: Path) -> Journaal:
    return Journaal(tmp_path)


@pytest.fixture
def vijf(journaal: Journaal) -> tuple[Journaal, Kop]:
    """A journal of two single facts and a group of three."""
    kop = append(journaal, append(journaal, Kop()))
    return journaal, append(journaal, kop, 3)


def test_a_line_is_canonical_json_and_its_zegel_is_the_hash_of_the_line_without_it():
    tekst, zegel = regel(1, BEGIN, naam="Zoë – ☂ \u2028")
    inhoud = json.loads(tekst)
    assert inhoud.pop("zegel") == zegel
    canoniek = json.dumps(inhoud, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(canoniek.encode("utf-8")).hexdigest() == zegel
    assert "\n" not in tekst


def test_what_was_appended_is_read_back_and_verifies(vijf):
    journaal, kop = vijf
    assert journaal.verify().kop == kop
    assert [json.loads(regel)["nr"] for regel in journaal.regels(Kop(), kop)] == [1, 2, 3, 4, 5]
    assert journaal.has(kop)


def test_verification_can_start_at_a_head(vijf):
    journaal, kop = vijf
    later = append(journaal, kop)
    assert journaal.verify(kop).kop == later
    assert [json.loads(regel)["nr"] for regel in journaal.regels(kop, later)] == [6]


def test_a_line_may_hold_any_character_without_breaking_the_file(journaal):
    kop = append(journaal, Kop(), naam="a\nb\r\nc\u2028d\x00e😀")
    kop = append(journaal, kop)
    assert journaal.verify().kop == kop
    inhoud = journaal.bestanden()[0].read_bytes()
    assert inhoud.count(b"\n") == 2
    assert b"\r" not in inhoud


def test_each_year_has_its_file_and_the_chain_runs_on(journaal):
    oud = append(journaal, Kop(), jaar=2025)
    nieuw = append(journaal, oud, jaar=2026)
    assert [pad.name for pad in journaal.bestanden()] == ["2025.jsonl", "2026.jsonl"]
    assert journaal.verify().kop == nieuw
    assert journaal.verify(oud).kop == nieuw
    assert [json.loads(regel)["nr"] for regel in journaal.regels(oud, nieuw)] == [2]


def test_a_clock_set_back_does_not_put_a_fact_into_an_older_file(journaal):
    kop = append(journaal, Kop(), jaar=2026)
    kop = append(journaal, kop, jaar=2020)
    assert [pad.name for pad in journaal.bestanden()] == ["2026.jsonl"]
    assert journaal.verify().kop == kop


def test_other_files_in_the_folder_are_not_the_journal(vijf):
    journaal, kop = vijf
    (journaal.map / "2026 kopie.jsonl").write_text("kopie\n", encoding="utf-8")
    (journaal.map / "2026.jsonl.afgeknipt-1").write_text("stuk", encoding="utf-8")
    assert journaal.verify().kop == kop


@pytest.mark.parametrize("over", [1, 20, 200, 380])
def test_a_torn_last_line_hangs_behind_the_last_whole_group(vijf, over):
    journaal, kop = vijf
    append(journaal, kop)
    journaal.close()
    pad = journaal.bestanden()[0]
    pad.write_bytes(pad.read_bytes()[: kop.einde + over])
    keuring = journaal.verify()
    assert keuring.kop == kop
    assert keuring.staart is not None
    assert keuring.staart.begin == kop.einde
    opzij = journaal.cut(keuring.staart, NU)
    assert len(opzij.read_bytes()) == over
    assert journaal.verify().kop == kop
    assert journaal.verify().staart is None


@pytest.mark.parametrize("heel", [1, 2])
@pytest.mark.parametrize("over", [0, 30])
def test_an_incomplete_group_is_cut_off_whole(vijf, heel, over):
    journaal, _ = vijf
    journaal.close()
    pad = journaal.bestanden()[0]
    regels = pad.read_bytes().splitlines(keepends=True)
    pad.write_bytes(b"".join(regels[: 2 + heel]) + regels[2 + heel][:over])
    keuring = journaal.verify()
    assert keuring.kop.nr == 2
    assert keuring.staart is not None
    journaal.cut(keuring.staart, NU)
    assert pad.read_bytes() == b"".join(regels[:2])


def test_an_incomplete_group_in_a_new_year_leaves_an_empty_file(journaal):
    kop = append(journaal, Kop(), jaar=2025)
    append(journaal, kop, 3, jaar=2026)
    journaal.close()
    pad = journaal.map / "2026.jsonl"
    pad.write_bytes(pad.read_bytes()[:-5])
    keuring = journaal.verify()
    assert (keuring.kop, keuring.staart.begin) == (kop, 0)
    journaal.cut(keuring.staart, NU)
    assert append(journaal, kop, jaar=2026).nr == 2


def test_blocks_of_zeros_after_a_power_cut_are_a_torn_tail(vijf):
    journaal, kop = vijf
    journaal.close()
    pad = journaal.bestanden()[0]
    pad.write_bytes(pad.read_bytes() + b"\0" * 4096)
    keuring = journaal.verify()
    assert keuring.kop == kop
    assert keuring.staart.begin == kop.einde


def test_a_last_line_that_only_lacks_its_newline_is_whole(vijf):
    journaal, kop = vijf
    journaal.close()
    pad = journaal.bestanden()[0]
    heel = pad.read_bytes()
    pad.write_bytes(heel[:-1])
    keuring = journaal.verify()
    assert keuring.zonder_regeleinde
    assert keuring.kop == kop
    journaal.end_line(keuring.kop)
    assert pad.read_bytes() == heel


def _change(regels: list[bytes]) -> None:
    regels[1] = regels[1].replace(b"anna", b"bas!")


def _drop(regels: list[bytes]) -> None:
    del regels[1]


def _swap(regels: list[bytes]) -> None:
    regels[0], regels[1] = regels[1], regels[0]


def _repeat(regels: list[bytes]) -> None:
    regels.insert(1, regels[0])


def _blank(regels: list[bytes]) -> None:
    regels.insert(1, b"\n")


def _windows(regels: list[bytes]) -> None:
    regels[1] = regels[1].replace(b"\n", b"\r\n")


def _zero(regels: list[bytes]) -> None:
    regels[1] = b"\0" * (len(regels[1]) - 1) + b"\n"


def _reseal(regels: list[bytes]) -> None:
    """A line changed by someone who knows how: it is whole by itself, the next one gives it away."""
    inhoud = json.loads(regels[1])
    inhoud.pop("zegel")
    regels[1] = seal(inhoud | {"door": "bas"})[0].encode() + b"\n"


def _break_group(regels: list[bytes]) -> None:
    """A third of a group, sealed by someone who knows how."""
    vorig = json.loads(regels[1])["zegel"]
    tekst, zegel = regel(3, vorig, (1, 3))
    ander, _ = regel(4, zegel, (1, 1))
    regels[2:] = [tekst.encode() + b"\n", ander.encode() + b"\n"]


@pytest.mark.parametrize(
    ("schade", "regelnr"),
    [
        (_change, 2), (_drop, 2), (_swap, 1), (_repeat, 2), (_blank, 2), (_windows, 2), (_zero, 2), (_break_group, 4),
        (_reseal, 3),
    ],
)  # fmt: skip
def test_damage_in_the_middle_is_named_by_file_and_line_and_nothing_is_changed(vijf, schade, regelnr):
    journaal, _ = vijf
    journaal.close()
    pad = journaal.bestanden()[0]
    regels = pad.read_bytes().splitlines(keepends=True)
    schade(regels)
    pad.write_bytes(b"".join(regels))
    with pytest.raises(JournaalBeschadigd, match=rf"^Regel {regelnr} van .*2026\.jsonl") as fout:
        journaal.verify()
    assert fout.value.kop.nr == regelnr - 1
    assert pad.read_bytes() == b"".join(regels)


def test_a_changed_last_line_is_damage_and_not_a_torn_tail(vijf):
    journaal, _ = vijf
    journaal.close()
    pad = journaal.bestanden()[0]
    inhoud = pad.read_bytes()
    pad.write_bytes(inhoud[:-300] + inhoud[-300:].replace(b"coordinator", b"behandelaar"))
    assert pad.read_bytes() != inhoud
    with pytest.raises(JournaalBeschadigd, match=r"^Regel 5 "):
        journaal.verify()


def test_a_torn_line_at_the_end_of_an_older_year_is_damage(journaal):
    kop = append(journaal, Kop(), jaar=2025)
    append(journaal, append(journaal, kop, jaar=2025), jaar=2026)
    journaal.close()
    pad = journaal.map / "2025.jsonl"
    pad.write_bytes(pad.read_bytes()[:-20])
    with pytest.raises(JournaalBeschadigd, match=r"2025\.jsonl"):
        journaal.verify()


def test_an_unfinished_group_in_an_older_year_is_damage(journaal):
    """Its lines are whole, and the next year goes on where they end: nobody ever confirmed that group."""
    kop = append(journaal, Kop(), jaar=2025)
    half, _ = regel(kop.nr + 1, kop.zegel, (1, 2))
    kop = journaal.append([half], 2025, kop.nr + 1)
    append(journaal, kop, jaar=2026)
    journaal.close()
    with pytest.raises(JournaalBeschadigd, match=r"2025\.jsonl"):
        journaal.verify()


def test_a_missing_year_is_damage_at_the_first_line_of_the_next(journaal):
    append(journaal, append(journaal, Kop(), jaar=2025), jaar=2026)
    journaal.close()
    (journaal.map / "2025.jsonl").unlink()
    with pytest.raises(
        JournaalBeschadigd, match=r"^Regel 1 van .*2026\.jsonl sluit niet aan op feit 0 \(hier staat feit 2\)"
    ):
        journaal.verify()


def test_a_head_is_not_there_when_the_file_is_shorter_or_another_fact_stands_in_its_place(vijf):
    journaal, kop = vijf
    assert journaal.has(Kop())
    assert not journaal.has(Kop(kop.nr, "f" * 64, kop.bestand, kop.begin, kop.einde))
    assert not journaal.has(Kop(kop.nr, kop.zegel, "2031.jsonl", kop.begin, kop.einde))
    assert not journaal.has(Kop(kop.nr, kop.zegel, kop.bestand, kop.begin + 1, kop.einde + 1))


def test_a_journal_in_use_is_verified_up_to_the_head_asked_for(vijf):
    journaal, kop = vijf
    later = append(journaal, kop)
    pad = journaal.bestanden()[0]
    with pad.open("ab") as bestand:
        bestand.write(b'{"half')
    assert journaal.verify(tot=kop).kop == kop
    assert journaal.verify(tot=later).kop == later
    assert journaal.verify(tot=later).staart is None
