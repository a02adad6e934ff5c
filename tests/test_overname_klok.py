"""A source whose term ends at a moment of the day: kept as given, judged as the declaration says, and said with it."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.analyse.termijnen import naleving, stand
from klachten.overname import overnemen
from klachten.overname.datums import Moment, load
from klachten.overname.kolommen import OngeldigeKolommen
from klachten.register import Register
from klachten.register.controle import controleer
from tests.overnameproef import PROEF, maak, plan, redenen, rijen

KOP = "zaak,start,deadline,einde,kanaal,activiteit,tijdstip\n"
RIJ = "{id},2024-03-01 09:00:00+01:00,{uiterlijk},{einde},Post,af,2024-03-01 09:00:00+01:00\n"
ZAKEN = (
    ("1", "2024-03-05 14:30:00+01:00", "2024-03-05 16:20:00+01:00"),  # the same day, after the clock
    ("2", "2024-03-05 14:30:00+01:00", "2024-03-05 14:30:00+01:00"),  # on the minute
    ("3", "2024-03-05 14:30:00+01:00", "2024-03-05 13:29:59Z"),  # a second before it, elsewhere on the clock
    ("4", "2024-03-05 14:30:00+01:00", "2024-03-06 08:00:00+01:00"),
    ("5", "2024-03-05 14:30:00+01:00", ""),
)
DAG = {"1": "op tijd", "2": "op tijd", "3": "op tijd", "4": "te laat", "5": "te laat, nog open"}
KLOK = {**DAG, "1": "te laat"}


def csv(zaken=ZAKEN) -> str:
    return KOP + "".join(RIJ.format(id=id, uiterlijk=uiterlijk, einde=einde) for id, uiterlijk, einde in zaken)


def neem_over(register: Register, tmp_path: Path, telt: str, **anders) -> overnemen.Plan:
    bestand = maak(tmp_path, "zaken", csv=csv(**anders), toml=('telt = "dag"', f'telt = "{telt}"'))
    uitkomst = plan(bestand, tmp_path / "zaken.toml", register)
    assert redenen(uitkomst) == {}
    overnemen.record(register, uitkomst)
    return uitkomst


def statussen(register: Register, op: date) -> dict[str, str]:
    sql = "SELECT k.bron_id, t.status FROM termijnen(?) AS t JOIN klacht AS k ON k.klachtnummer = t.klachtnummer"
    return dict(rijen(register, sql, op))


@pytest.mark.parametrize(("telt", "verwacht"), [("dag", DAG), ("tijdstip", KLOK)])
def test_the_declaration_says_whether_the_day_or_the_moment_counts(register, tmp_path: Path, telt: str, verwacht):
    neem_over(register, tmp_path, telt)
    assert statussen(register, date(2024, 4, 1)) == verwacht
    with register.cursor() as cursor:
        (samen,) = (v for v in naleving.verzamelingen(cursor) if v.herkomst == "overgenomen")
        regels = naleving.bereken(cursor, date(2024, 4, 1), herkomst="overgenomen", reglement="proefgemeente")
    assert samen.op_de_klok is (telt == "tijdstip")
    assert (naleving.samen(regels).rijp_op_tijd, naleving.samen(regels).rijp) == (3 if telt == "dag" else 2, 5)
    if telt == "tijdstip":
        assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}


def test_the_moment_is_kept_as_given_and_said(register: Register, tmp_path: Path):
    neem_over(register, tmp_path, "tijdstip")
    feiten = [v.feit for v in register.vastleggingen("K2024-0001")]
    assert feiten[1].uiterlijk_om == "14:30:00.000"
    assert feiten[3] == g.TijdstipOvergenomen(gebeurd_op=date(2024, 3, 5), van_stap=13, om="16:20:00.000")
    with register.cursor() as cursor:
        (termijn,) = stand.termijnen_van_klacht(cursor, "K2024-0001", date(2024, 4, 1))
    assert (termijn.uiterlijk_op, termijn.uiterlijk_om) == (date(2024, 3, 5), "14:30:00.000")


def test_a_term_that_runs_until_a_moment_runs_on_its_last_day(register: Register, tmp_path: Path):
    neem_over(register, tmp_path, "tijdstip")
    assert statussen(register, date(2024, 3, 5))["5"] == "loopt"
    assert statussen(register, date(2024, 3, 4))["1"] == "loopt"


def test_another_moment_in_the_next_file_is_a_change_and_the_same_adds_nothing(register: Register, tmp_path: Path):
    neem_over(register, tmp_path, "tijdstip")
    weer = plan(tmp_path / "zaken.csv", tmp_path / "zaken.toml", register)
    assert (len(weer.al_overgenomen), redenen(weer)) == (5, {})
    (tmp_path / "zaken.csv").write_text(csv().replace("16:20", "16:21"), encoding="utf-8")
    weer = plan(tmp_path / "zaken.csv", tmp_path / "zaken.toml", register)
    ((nummer, (deel,)),) = ((w.nummer, w.delen) for w in weer.gewijzigd)
    assert (nummer, deel.changed(), redenen(weer)) == ("K2024-0001", "tijdstip van een stap: om", {})


def test_what_was_taken_over_before_there_was_a_clock_is_the_same_fact():
    feit = g.TermijnOvergenomen(gebeurd_op=date(2024, 3, 1), termijn="t", uiterlijk_op=date(2024, 3, 5), grond="x")
    assert feit.gegevens() == {"termijn": "t", "uiterlijk_op": "2024-03-05", "grond": "x"}


@pytest.mark.parametrize(
    ("van", "naar", "zin"),
    [
        ('telt = "dag"\n', "", "uiterlijk_op.telt: deze sleutel ontbreekt, en kolom 'deadline' noemt een tijdstip."),
        ('telt = "dag"', 'telt = "uur"', "uiterlijk_op.telt: keuze 'uur' is onbekend; mogelijk zijn: dag, tijdstip"),
        ('"ISO-tijdstip"\ntermijn = "deadline"\ngrond = "deadline van de bron"\ntelt = "dag"',
         '"JJJJ-MM-DD"\ntermijn = "deadline"\ngrond = "x"\ntelt = "tijdstip"',
         "uiterlijk_op.telt: vorm 'JJJJ-MM-DD' noemt geen tijdstip"),
    ],
)  # fmt: skip
def test_a_declaration_says_which_of_the_two_or_is_refused(tmp_path: Path, van: str, naar: str, zin: str):
    bestand = maak(tmp_path, "zaken", toml=(van, naar))
    with pytest.raises(OngeldigeKolommen) as fout:
        plan(bestand, tmp_path / "zaken.toml")
    assert str(fout.value).startswith(f"zaken.toml, sleutel {zin}")


def test_an_end_without_a_clock_cannot_be_compared_with_a_moment(tmp_path: Path):
    bestand = maak(tmp_path, "zaken", toml=('telt = "dag"', 'telt = "tijdstip"'))
    toml = tmp_path / "zaken.toml"
    tekst = toml.read_text(encoding="utf-8")
    toml.write_text(tekst.replace('kolom = "einde"\nvorm = "ISO-tijdstip"', 'kolom = "einde"\nvorm = "JJJJ-MM-DD"'))
    with pytest.raises(OngeldigeKolommen, match="stap 13 beëindigt deze termijn, maar vorm 'JJJJ-MM-DD'"):
        plan(bestand, toml)


@pytest.mark.parametrize(
    ("vorm", "tekst", "moment"),
    [
        ("D-M-JJJJ uu:mm", "5-3-2024 14:30", Moment(date(2024, 3, 5), time(14, 30))),
        ("ISO-tijdstip", "2024-07-05 23:30:00Z", Moment(date(2024, 7, 6), time(1, 30))),
        ("JJJJ-MM-DD", "2024-03-05", Moment(date(2024, 3, 5))),
    ],
)
def test_a_form_gives_the_moment_on_the_clock_here(vorm: str, tekst: str, moment: Moment):
    assert load(vorm).moment(tekst) == moment
    assert load(vorm).lees(tekst) == moment.dag


def test_the_declarations_of_the_tests_name_what_counts():
    assert 'telt = "dag"' in (PROEF / "zaken.toml").read_text(encoding="utf-8")
