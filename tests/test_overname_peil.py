"""As of when a source was drawn: what is open there is open as of that day, in every figure, and the figures say so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.analyse.basis.selectie import Filter
from klachten.analyse.termijnen import naleving, uitsplitsing
from klachten.opening import open_register
from klachten.overname import bewaard, overnemen, peil, verslag
from klachten.overname.kolommen import OngeldigeKolommen
from klachten.overname.overnemen import Plan
from klachten.register import Register
from klachten.register.controle import controleer
from klachten.scherm.evaluatie import overgenomen
from klachten.voorbeeld import VESTIGINGEN
from tests.overnameproef import PROEF, VANDAAG, importeer, maak, plan, redenen, rijen

TOEN, NU = date(2011, 4, 1), date(2026, 3, 1)
GETROKKEN = "getrokken_op = 2011-04-01\nvolledig_vanaf = 2011-03-01\n"
HIER = next(iter(VESTIGINGEN))
ALLEEN = Filter(herkomst="overgenomen")


def neem_over(register: Register, tmp_path: Path, regels: str = GETROKKEN) -> Plan:
    bestand = maak(tmp_path, "zaken", toml=("[bestand]", f"{regels}[bestand]"))
    uitkomst = plan(bestand, tmp_path / "zaken.toml", register)
    overnemen.record(register, uitkomst)
    return uitkomst


def statussen(register: Register, op: date) -> dict[str, str]:
    sql = "SELECT k.bron_id, t.status FROM termijnen(?) AS t JOIN klacht AS k ON k.klachtnummer = t.klachtnummer"
    return dict(rijen(register, sql, op))


def cijfers(register: Register, op: date) -> tuple[object, ...]:
    with register.cursor() as cursor:
        samen = naleving.samen(naleving.bereken(cursor, op, herkomst="overgenomen", reglement="proefgemeente"))
        laat = naleving.overschrijdingen(cursor, op, herkomst="overgenomen", reglement="proefgemeente")
        aantal, lijst = uitsplitsing.te_laat(cursor, peildatum=op, filter=ALLEEN)
    looptijd = rijen(
        register,
        "SELECT maat, dagen, einde, klachten FROM doorlooptijden(?, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "
        "'overgenomen') ORDER BY ALL",
        op,
    )
    return (
        samen.rijp_op_tijd, samen.rijp, samen.te_laat_open, samen.loopt, samen.onbepaald,
        sorted((rij.klachtnummer, rij.dagen_te_laat) for rij in laat),
        aantal, sorted(zip(lijst["klachtnummer"], lijst["dagen_te_laat"], strict=True)), looptijd,
    )  # fmt: skip


def test_what_was_open_when_the_source_was_drawn_does_not_become_late_until_today(register: Register, tmp_path: Path):
    neem_over(register, tmp_path)
    assert statussen(register, NU) == statussen(register, TOEN)
    assert statussen(register, NU)["F"] == statussen(register, NU)["G"] == "loopt"
    assert statussen(register, NU)["E"] == "te laat, nog open"
    assert cijfers(register, NU) == cijfers(register, TOEN)
    assert cijfers(register, NU)[:4] == (3, 6, 1, 2)
    assert rijen(register, "SELECT dagen_over FROM termijnen(?) WHERE status = 'te laat, nog open'", NU) == [(-1,)]
    # Before that day nothing is different.
    assert statussen(register, date(2011, 3, 31))["E"] == "loopt"


def test_without_that_day_it_goes_on_as_before_and_is_said(register: Register, tmp_path: Path):
    uitkomst = neem_over(register, tmp_path, "")
    assert statussen(register, NU)["F"] == "te laat, nog open"
    assert uitkomst.bron is None
    assert f"Stand van        {peil.NIET_BEKEND}" in list(verslag.lines(uitkomst))
    with register.cursor() as cursor:
        (samen,) = naleving.verzamelingen(cursor)
    assert samen.bekend_tot is None
    assert "Het laatste feit is van 31 maart 2011" in " ".join(overgenomen.sentences(samen))


def test_the_day_is_a_fact_of_the_source_and_the_figures_say_it(register: Register, tmp_path: Path):
    uitkomst = neem_over(register, tmp_path)
    assert "Stand van        1 april 2011, volledig vanaf 1 maart 2011" in list(verslag.lines(uitkomst))
    _, vastlegging = register.vastleggingen(g.NUMMER)
    assert vastlegging.feit == g.BronOvergenomen(gebeurd_op=TOEN, bron="proefgemeente", volledig_vanaf=date(2011, 3, 1))
    with register.cursor() as cursor:
        (samen,) = naleving.verzamelingen(cursor)
    assert list(overgenomen.sentences(samen)) == [
        "De bron is zoals zij was op 1 april 2011: wat toen open was, telt als open op die dag en niet langer.",
        "Zij is volledig vanaf 1 maart 2011; van daarvoor ontbreken klachten.",
    ]
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}


def test_a_later_file_moves_the_day_and_an_older_one_does_not(register: Register, tmp_path: Path):
    neem_over(register, tmp_path)
    stand = register.stand()
    assert neem_over(register, tmp_path).bron is None
    assert neem_over(register, tmp_path, "getrokken_op = 2011-03-31\n").bron is None
    assert register.stand() == stand
    later = neem_over(register, tmp_path, "getrokken_op = 2011-06-01\n")
    assert (later.nieuw, later.bron is not None) == ([], True)
    assert statussen(register, NU)["F"] == "te laat, nog open"
    assert peil.known(register, "proefgemeente") == (date(2011, 6, 1), None)


def test_what_happened_after_the_day_the_source_was_drawn_is_rejected(tmp_path: Path):
    bestand = maak(tmp_path, "zaken", toml=("[bestand]", "getrokken_op = 2011-03-30\n[bestand]"))
    zin = "De ontvangst (31 maart 2011) ligt na de dag waarop de bron is getrokken (30 maart 2011)."
    assert redenen(plan(bestand, tmp_path / "zaken.toml")) == {11: zin}


@pytest.mark.parametrize(
    ("regels", "zin"),
    [
        ("volledig_vanaf = 2011-03-01\n", "volledig_vanaf: zeg ook met getrokken_op"),
        ("getrokken_op = 2011-03-01\nvolledig_vanaf = 2011-03-02\n", "volledig_vanaf: deze dag ligt na getrokken_op"),
        ("getrokken_op = '2011-03-01'\n", "getrokken_op: hier hoort een datum zonder aanhalingstekens"),
    ],
)
def test_a_day_that_cannot_be_is_a_mistake_in_the_declaration(tmp_path: Path, regels: str, zin: str):
    bestand = maak(tmp_path, "zaken", toml=("[bestand]", f"{regels}[bestand]"))
    with pytest.raises(OngeldigeKolommen, match=zin):
        plan(bestand, tmp_path / "zaken.toml")


def test_the_command_records_the_day_when_no_klacht_is_new(capsys, tmp_path: Path):
    maak(tmp_path, "zaken")
    opdracht = (PROEF / "zaken.csv", "--kolommen", tmp_path / "zaken.toml", "--map", tmp_path / "r", "--uitvoeren")
    assert importeer(capsys, *opdracht)[0] == 0
    toml = tmp_path / "zaken.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("[bestand]", f"{GETROKKEN}[bestand]"), encoding="utf-8")
    code, uit, _ = importeer(capsys, *opdracht)
    assert (code, "Vastgelegd: van welke dag de bron is." in uit) == (0, True)
    assert "Er valt niets vast te leggen." in importeer(capsys, *opdracht)[1]


# --- the own reglement -----------------------------------------------------------------------------------------------


def onder_coulant(tmp_path: Path, *ook: tuple[str, str]) -> Path:
    csv = "nummer,ontvangen,verstuurd,via,product,verhaal,bedrijf\n1,8/30/2013,9/20/2013,Web,Lening,,\n"
    bestand = maak(tmp_path, "klachten", csv=csv, toml=('"klachten.reglement.toml"', '"coulant"'))
    toml = tmp_path / "klachten.toml"
    tekst = toml.read_text(encoding="utf-8")
    for van, naar in (
        ('"hypotheek"', '"financieel"'),
        ('"lening"', '"financieel"'),
        ('"landelijk"', f'"{HIER}"'),
        *ook,
    ):
        assert van in tekst
        tekst = tekst.replace(van, naar)
    toml.write_text(tekst, encoding="utf-8")
    return bestand


def test_klachten_can_be_taken_over_under_the_own_reglement(capsys, tmp_path: Path):
    bestand, toml = onder_coulant(tmp_path), tmp_path / "klachten.toml"
    opdracht = (bestand, "--kolommen", toml, "--map", tmp_path / "r", "--uitvoeren")
    code, uit, fout = importeer(capsys, *opdracht)
    assert (code, fout) == (0, "")
    assert "onder reglement 'coulant' (Klachtenreglement Coulant Reïntegratie)" in uit
    with open_register(tmp_path / "r") as register:
        # No reglement comes along; what the columns are is kept for the next file of this source.
        assert not list((tmp_path / "r" / "reglementen").glob("*.toml"))
        (kept,) = bewaard.all_kept(register.map)
        assert kept.pad.read_bytes() == toml.read_bytes()
        statussen = dict(rijen(register, "SELECT termijn, status FROM termijnen(?)", VANDAAG))
        assert statussen["bevestiging"] == "te laat"
        assert statussen["maatregelen"] == "onbepaald, termijn verstreken"
    code, uit, fout = importeer(capsys, *opdracht)
    assert (code, fout, "Al overgenomen   1 klacht" in uit) == (0, "", True)


def test_a_term_of_the_own_reglement_that_always_holds_needs_its_step(tmp_path: Path):
    bestand = onder_coulant(tmp_path, ("[[stappen]]\nstap = 5", "[[stappen]]\nstap = 6"))
    with pytest.raises(OngeldigeKolommen, match=r"termijn 'bevestiging' van coulant\.toml eindigt met stap 5, maar"):
        plan(bestand, tmp_path / "klachten.toml")
