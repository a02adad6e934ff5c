"""Maatregelen of a source become the facts that they would have here, and follow the source from month to month."""

from __future__ import annotations

from pathlib import Path

import pytest

from klachten.overname import kolommen as declaratie
from klachten.overname import overnemen, terugdraaien
from klachten.overname.velden import OngeldigeKolommen
from klachten.register import Register
from klachten.register.controle import controleer
from tests.overnameproef import PROEF, VANDAAG, plan, redenen, rijen

KOP = (
    "nummer,ontvangen,verstuurd,via,product,verhaal,bedrijf,wat,wie,besloten,voor,verteld,klaar,"
    "wat2,besloten2,voor2,gezien"
)
RIJEN = {
    1: "1,3/1/2024,3/4/2024,Web,Lening,,,Brief herschrijven,Jansen,3/10/2024,4/10/2024,3/11/2024,4/2/2024,,,,3/20/2024",
    2: "2,3/2/2024,3/4/2024,Web,Lening,,,Cursus,Piet,3/10/2024,4/10/2024,,,Formulier,3/12/2024,5/1/2024,",
    3: "3,3/3/2024,3/4/2024,Web,Lening,,,,,,,,,,,,",
}
STAPPEN = "".join(
    f'\n[[stappen]]\nnr = {nr}\nnaam = "{naam}"\n'
    for nr, naam in ((8, "Maatregelen"), (10, "Verteld"), (11, "Uitgevoerd"), (12, "Bewaakt"))
)
DATUM = '{{ kolom = "{}", vorm = "M/D/JJJJ" }}'
OPGAVE = f"""
[[stappen]]
stap = 12
kolom = "gezien"
vorm = "M/D/JJJJ"
mag_leeg = true
[[maatregelen]]
bepaald_op = {DATUM.format("besloten")}
uiterlijk_op = {DATUM.format("voor")}
geinformeerd_op = {DATUM.format("verteld")}
uitgevoerd_op = {DATUM.format("klaar")}
actienemer = {{ kolom = "wie", waarden = {{ Jansen = "jans" }}, anders = "onbekend" }}
omschrijving = "wat"
[[maatregelen]]
bepaald_op = {DATUM.format("besloten2")}
uiterlijk_op = {DATUM.format("voor2")}
omschrijving = "wat2"
"""
ZEKER = "\n[datums]\nzeker = true\n"
STAND = (
    "SELECT klachtnummer, maatregel, actienemer, CAST(bepaald_op AS VARCHAR), CAST(uiterlijk_op AS VARCHAR), "
    "CAST(geinformeerd_op AS VARCHAR), CAST(uitgevoerd_op AS VARCHAR) FROM maatregel ORDER BY ALL"
)


def bestand(map: Path, *regels: str, opgave: str = OPGAVE) -> Path:
    reglement = (PROEF / "klachten.reglement.toml").read_text(encoding="utf-8")
    (map / "klachten.reglement.toml").write_text(reglement + STAPPEN, encoding="utf-8")
    (map / "klachten.toml").write_text((PROEF / "klachten.toml").read_text(encoding="utf-8") + opgave, encoding="utf-8")
    pad = map / "klachten.csv"
    pad.write_text("\n".join([KOP, *(regels or RIJEN.values()), ""]), encoding="utf-8")
    return pad


def neem_over(register: Register, csv: Path, **hoe: object) -> overnemen.Plan:
    uitkomst = plan(csv, csv.with_suffix(".toml"), register)
    assert redenen(uitkomst) == {}
    overnemen.record(register, uitkomst, **hoe)
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}
    return uitkomst


def test_each_becomes_the_facts_that_it_has_here(register: Register, tmp_path: Path):
    assert neem_over(register, bestand(tmp_path)).feiten == 12
    assert rijen(register, STAND) == [
        ("K2024-0001", 1, "jans", "2024-03-10", "2024-04-10", "2024-03-11", "2024-04-02"),
        ("K2024-0002", 1, "onbekend", "2024-03-10", "2024-04-10", None, None),
        ("K2024-0002", 2, "onbekend", "2024-03-12", "2024-05-01", None, None),
    ]
    stappen = "SELECT klachtnummer, stappen, maatregelen, maatregelen_open FROM klacht ORDER BY klachtnummer"
    assert rijen(register, stappen) == [
        ("K2024-0001", "1-5-8-10-12-11", 1, 0), ("K2024-0002", "1-5-8", 2, 2), ("K2024-0003", "1-5", 0, 0),
    ]  # fmt: skip
    # What was decided is text: in the dossier, and not a letter of it in the journal.
    journaal = b"".join(pad.read_bytes() for pad in (register.map / "journaal").glob("*.jsonl"))
    assert (b"herschrijven" in journaal, b"Piet" in journaal) == (False, False)
    feiten = [een.feit for een in register.vastleggingen("K2024-0002")]
    assert [feit.omschrijving for feit in feiten if feit.soort == "MaatregelBepaald"] == ["Cursus", "Formulier"]


def test_who_carries_it_out_is_kept_as_it_stood_there(register: Register, tmp_path: Path):
    # Also where it has no maatregel that year, which is written out the short way; and of each row its own.
    los = [RIJEN[3].replace("3,3/3", f"{nr},3/3").replace(",,,,,,,,,,,,", f",,,,{wie},,,,,,,,")
           for nr, wie in ((4, "Klaas"), (5, "Jansen"), (6, "Els"))]  # fmt: skip
    neem_over(register, bestand(tmp_path, *RIJEN.values(), *los))
    gezegd = {f"K2024-{nr:04d}": register.vastleggingen(f"K2024-{nr:04d}")[0].feit.waarden_bron for nr in range(1, 7)}
    assert list(gezegd.values()) == ["", "wie: Piet", "", "wie: Klaas", "", "wie: Els"]
    journaal = b"".join(pad.read_bytes() for pad in (register.map / "journaal").glob("*.jsonl"))
    assert [naam for naam in (b"Piet", b"Klaas", b"Els") if naam in journaal] == []


def test_the_next_file_changes_and_ends_them_and_taking_it_back_undoes_that(register: Register, tmp_path: Path):
    neem_over(register, bestand(tmp_path))
    eerst = rijen(register, STAND)
    assert not plan(tmp_path / "klachten.csv", tmp_path / "klachten.toml", register).iets
    anders = RIJEN[2].replace("4/10/2024,,,Formulier", "4/20/2024,3/15/2024,4/1/2024,Formulier")
    neem_over(register, bestand(tmp_path, RIJEN[1], anders, RIJEN[3]))
    assert rijen(register, STAND)[1:] == [
        ("K2024-0002", 1, "onbekend", "2024-03-10", "2024-04-20", "2024-03-15", "2024-04-01"),
        ("K2024-0002", 2, "onbekend", "2024-03-12", "2024-05-01", None, None),
    ]
    terug = terugdraaien.plan(register, 2, VANDAAG)
    terugdraaien.record(register, terug, "een proef")
    assert rijen(register, STAND) == eerst


@pytest.mark.parametrize(
    ("van", "naar", "zin"),
    [
        ("3/10/2024,4/10", ",4/10", "Maatregel 1, bepaald: deze datum ontbreekt, en een andere"),
        ("4/10/2024", "", "Maatregel 1, uiterste dag: deze datum ontbreekt, en een andere"),
        ("3/10/2024", "2/10/2024", "Maatregel 1, bepaald (10 februari 2024) ligt voor de ontvangst (1 maart 2024)."),
        ("4/10/2024", "3/9/2024", "Maatregel 1, uiterste dag (9 maart 2024) ligt voor het besluit (10 maart 2024)."),
        ("3/11/2024", "3/9/2024", "actienemer geïnformeerd (9 maart 2024) ligt voor het besluit (10 maart 2024)."),
        ("4/2/2024", "4/2/2027", "Maatregel 1, uitgevoerd (2 april 2027) ligt na de dag van de bron (1 maart 2026)."),
        ("3/10/2024", "13/10/2024", "Kolom 'besloten' is niet te lezen als M/D/JJJJ"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_reason(register: Register, tmp_path: Path, van: str, naar: str, zin: str):
    csv = bestand(tmp_path, RIJEN[1].replace(van, naar, 1), RIJEN[3], opgave=OPGAVE + ZEKER)
    uitkomst = plan(csv, csv.with_suffix(".toml"), register)
    assert zin in redenen(uitkomst)[2]
    assert len(uitkomst.nieuw) == 1


def test_with_a_decision_only_a_date_that_may_be_missing_is_left_out(register: Register, tmp_path: Path):
    besluit = OPGAVE + ZEKER + '\n[besluiten]\nvoor_ontvangst = "zonder_datum"\n'
    csv = bestand(tmp_path, RIJEN[1].replace("3/11/2024", "3/9/2024"), opgave=besluit)
    neem_over(register, csv)
    assert [rij[5:] for rij in rijen(register, STAND)] == [(None, "2024-04-02")]
    assert "verteld: 3/9/2024" in register.vastleggingen("K2024-0001")[0].feit.waarden_bron
    csv = bestand(tmp_path, RIJEN[1].replace("3/10/2024", "2/10/2024"), opgave=besluit)
    assert "ligt voor de ontvangst" in redenen(plan(csv, csv.with_suffix(".toml"), register))[2]


@pytest.mark.parametrize(
    ("van", "naar", "zin"),
    [
        (f"uiterlijk_op = {DATUM.format('voor2')}\n", "", "maatregelen[2].uiterlijk_op: deze sleutel ontbreekt"),
        ('actienemer = { kolom = "wie"', 'wie = { kolom = "wie"', "maatregelen[1].wie: deze sleutel is onbekend."),
        ('"besloten2"', '"besluit"', "sleutel maatregelen[2].bepaald_op.kolom: kolom 'besluit' staat niet in"),
        ('omschrijving = "wat2"', 'omschrijving = "iets"', "sleutel maatregelen[2].omschrijving: kolom 'iets' staat"),
    ],
)  # fmt: skip
def test_a_declaration_that_is_not_right_says_where(tmp_path: Path, van: str, naar: str, zin: str):
    csv = bestand(tmp_path, opgave=OPGAVE.replace(van, naar))
    with pytest.raises(OngeldigeKolommen) as fout:
        plan(csv, csv.with_suffix(".toml"))
    assert zin in str(fout.value)


def test_a_reglement_without_that_step_is_refused(tmp_path: Path):
    csv = bestand(tmp_path)
    pad = tmp_path / "klachten.reglement.toml"
    pad.write_text(pad.read_text(encoding="utf-8").replace("nr = 10", "nr = 9"), encoding="utf-8")
    with pytest.raises(OngeldigeKolommen, match=r"geinformeerd_op: klachten.reglement.toml kent geen stap 10"):
        declaratie.load(csv.with_suffix(".toml"))
