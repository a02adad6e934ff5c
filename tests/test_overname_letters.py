"""Letters that are no longer what they were, and files that end where they should not: it is said."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from klachten.overname import letters
from klachten.overname.lezen import OnleesbaarBestand
from klachten.overname.vormen import nazicht, werkmap
from tests import overname_vormen as vormen
from tests.overname_vormen import objecten, schrijf_csv, xes
from tests.overnameproef import redenen


@pytest.mark.parametrize(
    ("tekst", "anders"),
    [
        ("Noël Ünlü", False),
        ("NoÃ«l", True),
        ("Å\x81ódÅº", False),  # a letter that is whole stands beside them
        ("Å\x81Ã³dÅº", True),
        ("â‚¬ 12,50", True),
        ("€ 12,50 à 3 %", False),
        ("ðŸ˜€", True),
        ("😀 ÃÂ", False),
        ("No\ufffdl", True),
        ("gewoon", False),
    ],
)
def test_letters_that_became_others_are_known_from_what_people_write(tekst: str, anders: bool):
    assert letters.damaged(["", tekst]) is anders


@pytest.mark.parametrize("soort", ["csv", "json"])
def test_a_file_with_letters_of_another_encoding_is_taken_over_and_says_so(tmp_path: Path, soort: str):
    pad = tmp_path / "log"
    vormen.SCHRIJVERS[soort](pad)
    uitkomst = vormen.plan(pad)
    assert not any("codering" in zin for zin in uitkomst.lezing.opmerkingen)
    pad.write_bytes(pad.read_bytes().replace("Eén".encode(), "EÃ©n".encode()))
    (gezegd,) = [zin for zin in vormen.plan(pad).lezing.opmerkingen if "codering" in zin]
    assert gezegd.startswith("In 1 rij (regel 1" if soort == "json" else "In 1 rij (regel 2")
    assert "EÃ©n" not in gezegd


def test_a_text_whose_last_line_does_not_end_says_so(tmp_path: Path):
    schrijf_csv(pad := tmp_path / "log")
    assert vormen.plan(pad).lezing.opmerkingen == []
    pad.write_bytes(pad.read_bytes()[:-4])  # what is left of the last cell is a cell as well
    uitkomst = vormen.plan(pad)
    (gezegd,) = uitkomst.lezing.opmerkingen
    assert gezegd.startswith("De laatste regel (5) heeft geen regeleinde. Zo eindigt ook een bestand dat is afgebroken")
    assert uitkomst.lezing.telling.verschil == 0


@pytest.mark.parametrize("veld", ["verhaal", "nummer", "bedrijf"])
def test_half_a_character_rejects_its_row_before_anything_is_recorded(tmp_path: Path, veld: str):
    """JSON can say one, and no dossier can hold it: recording such a text ended in an error, with nothing written."""
    alle = objecten()
    alle[1][veld] += "\udc80"
    (tmp_path / "log").write_text("".join(json.dumps(rij) + "\n" for rij in alle), encoding="utf-8")
    assert redenen(vormen.plan(tmp_path / "log")) == {
        2: "In dit object staat een half teken (een los surrogaat). Verbeter de tekst in de bron en haal haar opnieuw."
    }


def test_one_object_on_one_line_is_a_file_of_one_klacht(tmp_path: Path):
    pad = tmp_path / "log.jsonl"
    pad.write_text(json.dumps(objecten()[0]) + "\n", encoding="utf-8")
    assert len(vormen.plan(pad).nieuw) == 1
    pad.write_text(json.dumps({"klachten": objecten()}) + "\n", encoding="utf-8")
    assert len(vormen.plan(pad).nieuw) == 3


def test_a_value_without_end_in_a_process_log_is_refused_before_it_is_read_to_its_end(tmp_path: Path):
    """The parser begins such a value anew with every piece: 70 MB of it took two minutes."""
    lang = xes().replace("<trace>", f'<trace><string key="x" value="{"a" * 6 * 1024**2}"/>', 1)
    (tmp_path / "log").write_bytes(gzip.compress(lang.encode(), 1))
    with pytest.raises(OnleesbaarBestand, match=r"een waarde is langer dan 4 MB\. Zo lang is geen gegeven"):
        vormen.plan(tmp_path / "log")


def test_a_workbook_is_looked_over_once_as_long_as_it_stays_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    keren = []
    monkeypatch.setattr(werkmap, "inspect", lambda pad, soort: keren.append(pad) or nazicht.inspect(pad, soort))
    vormen.schrijf_xlsx(pad := tmp_path / "log")
    vormen.plan(pad)
    vormen.plan(pad)
    assert len(keren) == 1
    vormen.werkmap(pad, [vormen.KOP, vormen.RIJEN[0]])
    assert (len(vormen.plan(pad).nieuw), len(keren)) == (1, 2)


@pytest.mark.parametrize("soort", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("naam", ["log", "log.xlsx", "log.xls", "log.ods", "log.csv"])
def test_a_workbook_with_the_name_of_another_kind_is_read_as_what_it_is(tmp_path: Path, soort: str, naam: str):
    vormen.SCHRIJVERS[soort](tmp_path / naam)
    assert len(vormen.plan(tmp_path / naam).lezing.zaken) == 3


@pytest.mark.parametrize("getal", ["1e99999999999999999999", "-1E-99999999999999999999", "9" * 5000, "1e400"])
def test_a_number_past_all_measure_is_a_text_like_any_other(tmp_path: Path, getal: str):
    rauw = json.dumps([een | {"x": 7} for een in objecten()]).replace('"x": 7', f'"x": {getal}')
    (tmp_path / "log").write_text(rauw, encoding="utf-8")
    assert len(vormen.plan(tmp_path / "log").nieuw) == 3
