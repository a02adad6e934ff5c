"""The next file of a source: what changes becomes facts, what people did stays, and the figures after each step."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from klachten import gebeurtenissen as g
from klachten.handelingen import HANDELINGEN
from klachten.overname import beweging, grond, maandverslag, overnemen, terugdraaien
from klachten.overname import kolommen as declaratie
from klachten.overname.lezen import OnleesbaarBestand
from klachten.register import Register, RegisterFout
from klachten.register.controle import controleer
from klachten.register.dossiermap import Dossiermap
from klachten.register.journaal import Journaal
from tests.maandproef import FEB, FEBRUARI, GOED, JANUARI, VANDAAG, cijfers, lees, neem_over, schrijf, standen
from tests.overnameproef import importeer, rijen

EIND_JANUARI = date(2025, 1, 31)


def nieuw(register: Register, na: int) -> list[tuple[str, str, int | None, g.Gebeurtenis]]:
    """The facts after a number: klachtnummer, kind, what it corrects, and the fact; of a klacht only."""
    with register.plain_cursor() as cursor:
        nummers = cursor.execute(
            "SELECT DISTINCT klachtnummer FROM gebeurtenis WHERE nr > ? AND klachtnummer LIKE 'K%' ORDER BY 1", [na]
        ).fetchall()
    alle = [v for (nummer,) in nummers for v in register.vastleggingen(nummer) if v.nr > na]
    return [(v.klachtnummer, v.feit.soort, v.corrigeert, v.feit) for v in sorted(alle, key=lambda v: v.nr)]


# --- month 1, month 2, repair, undo ----------------------------------------------------------------------------------


def test_month_one_month_two_a_repair_and_all_of_it_undone(register: Register, tmp_path: Path):
    """The figures per year of receipt: ontvangen, afgehandeld, open, op tijd, te laat."""
    maand_1 = {2024: (2, 1, 1, 1, 1), 2025: (3, 1, 2, 1, 0)}
    maand_2 = {2024: (2, 2, 0, 1, 1), 2025: (4, 2, 2, 2, 1)}
    hersteld = {2024: (2, 2, 0, 0, 2), 2025: (4, 2, 2, 1, 2)}

    neem_over(register, tmp_path, JANUARI)
    assert cijfers(register) == maand_1
    na_januari, stand_januari = register.stand().aantal, standen(register)

    # February: 2 was closed, the term of 4 moved, 3 got another category, 6 is new and 5 is there no longer.
    uitkomst = lees(register, tmp_path, FEBRUARI, FEB)
    voor, na = beweging.moved(register, "maandbureau", overnemen.preview(uitkomst, {}), VANDAAG)
    assert list(beweging.lines(voor, na)) == [
        "Zo veranderen de cijfers, per jaar van ontvangst (was -> wordt):",
        "  jaar         ontvangen       afgehandeld              open           op tijd           te laat",
        "  2024                 2            1 -> 2            1 -> 0                 1                 1",
        "  2025            3 -> 4            1 -> 2                 2            1 -> 2            0 -> 1",
    ]
    assert list(maandverslag.counts(uitkomst)) == [
        "Gewijzigd        3 klachten",
        "Verdwenen        1 klacht",
    ]
    assert list(maandverslag.changes(uitkomst)) == [
        "",
        "Gewijzigd in de bron:",
        "  stap 5 erbij: 1 klacht (K2024-0002)",
        "  stap 13 erbij: 1 klacht (K2024-0002)",
        "  ontvangst: categorie: 1 klacht (K2025-0001)",
        "  termijn: uiterste datum: 1 klacht (K2025-0002)",
        "",
        "Niet meer in de bron (dit blijft hier staan zoals het is): 1 klacht (K2025-0003)",
    ]
    assert cijfers(register) == maand_1, "a preview records nothing"
    assert overnemen.record(register, uitkomst) == ["K2025-0004"]
    assert cijfers(register) == maand_2
    # Looking back: as of the day of the first file it is as it was then, and so is what was known then.
    assert cijfers(register, EIND_JANUARI) == maand_1
    assert standen(register, na_januari) == stand_januari
    (_, _, ground, peil) = register.vastleggingen(g.NUMMER)
    assert ground.feit == g.BestandOvergenomen(
        gebeurd_op=VANDAAG, bron="maandbureau", sha256=uitkomst.sha256, stand_op=date(2025, 2, 28), nieuw=1,
        gewijzigd=3, verdwenen=("K2025-0003",), naam="maand.csv",
    )  # fmt: skip
    assert peil.feit == g.BronOvergenomen(gebeurd_op=date(2025, 2, 28), bron="maandbureau")

    # The same file twice adds nothing.
    na_februari, stand_februari = register.stand(), standen(register)
    weer = neem_over(register, tmp_path, FEBRUARI, FEB)
    assert (weer.iets, len(weer.al_overgenomen)) == (False, 5)
    assert register.stand() == na_februari

    # The declaration named the wrong column: the same file with the right one gives corrections.
    herstel = neem_over(register, tmp_path, FEBRUARI, FEB, GOED)
    assert {w.nummer: [deel.changed() for deel in w.delen] for w in herstel.gewijzigd} == {
        nummer: ["stap 13: datum"] for nummer in ("K2024-0001", "K2024-0002", "K2025-0004")
    }
    assert cijfers(register) == hersteld
    assert (herstel.verdwenen, herstel.terug, herstel.nieuw) == ([], [], [])

    for volgnr, daarna in ((3, maand_2), (2, maand_1), (1, {})):
        terugdraaien.record(register, terugdraaien.plan(register, volgnr, VANDAAG), "Verkeerde kolom.")
        assert cijfers(register) == daarna
        if volgnr > 1:
            assert standen(register) == {3: stand_februari, 2: stand_januari}[volgnr]
    with register.plain_cursor() as cursor:
        assert [een.reden for een in grond.overnames(cursor)] == ["Verkeerde kolom."] * 3

    # And once more: under the numbers that were given out.
    weer = neem_over(register, tmp_path, FEBRUARI, FEB, GOED)
    assert (weer.nieuw, sum(w.weer for w in weer.gewijzigd)) == ([], 5)
    assert cijfers(register) == {2024: (2, 2, 0, 0, 2), 2025: (3, 2, 1, 1, 1)}, "without the one that was gone"
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}


# --- what changes -> which facts -------------------------------------------------------------------------------------

EEN = "6-1-2025;7-1-2025;15-1-2025;;20-1-2025;web;b;Brief kwijt"
ANDERS = [
    ("niets", EEN, []),
    ("een stap erbij", EEN.replace(";;20", ";16-1-2025;20"), []),  # a column that is not declared
    ("een datum", EEN.replace("15-1-2025", "17-1-2025"),
     [("KlachtAfgesloten", True, {"gebeurd_op": date(2025, 1, 17)})]),
    ("geen afsluiting meer", EEN.replace("15-1-2025", ""), [("FeitHerroepen", True, {})]),
    ("de termijn", EEN.replace("20-1-2025", "27-1-2025"),
     [("TermijnOvergenomen", True, {"uiterlijk_op": date(2025, 1, 27)})]),
    ("de categorie", EEN.replace(";b;", ";c;"),
     [("KlachtOntvangen", True, {"categorie": "overig", "kanaal": "webformulier"})]),
    ("het kanaal en de tekst", EEN.replace("web", "post").replace("kwijt", "weg"),
     [("KlachtOntvangen", True, {"kanaal": "brief", "omschrijving": "Brief weg"})]),
    ("de ontvangst", EEN.replace("6-1-2025;", "5-1-2025;", 1),
     [("KlachtOntvangen", True, {"gebeurd_op": date(2025, 1, 5)}),
      ("TermijnOvergenomen", True, {"gebeurd_op": date(2025, 1, 5), "uiterlijk_op": date(2025, 1, 20)})]),
]  # fmt: skip


def test_what_changes_becomes_which_facts(register: Register, tmp_path: Path):
    neem_over(register, tmp_path, {str(i): EEN for i in range(len(ANDERS))})
    na = register.stand().aantal
    uitkomst = neem_over(register, tmp_path, {str(i): regel for i, (_, regel, _) in enumerate(ANDERS)}, FEB)
    gevonden = nieuw(register, na)
    for plek, (wat, _, verwacht) in enumerate(ANDERS):
        hier = [rest for nummer, *rest in gevonden if nummer == f"K2025-{plek + 1:04d}"]
        assert [(soort, corrigeert is not None) for soort, corrigeert, _ in hier] == [een[:2] for een in verwacht], wat
        for (_, _, feit), (_, _, velden) in zip(hier, verwacht, strict=True):
            assert {veld: getattr(feit, veld) for veld in velden} == velden, wat
            reden = "Zo staat het nu in bron maandbureau (overname 2, stand van 28 februari 2025)."
            assert feit.reden == reden, "the file is the ground of what it corrects"
    assert len(uitkomst.gewijzigd) == 6
    journaal = "".join(pad.read_text(encoding="utf-8") for pad in (register.map / "journaal").glob("*.jsonl"))
    assert "Brief" not in journaal
    assert "maand.csv" not in journaal


def test_a_step_that_came_is_a_new_fact_and_one_that_comes_back_is_the_old_one(register: Register, tmp_path: Path):
    neem_over(register, tmp_path, {"1": JANUARI["2"]})
    for regel, soort, corrigeert in (
        (FEBRUARI["2"], ["OntvangstBevestigd", "KlachtAfgesloten"], [False, False]),
        (JANUARI["2"], ["FeitHerroepen", "FeitHerroepen"], [True, True]),
        (FEBRUARI["2"], ["OntvangstBevestigd", "KlachtAfgesloten"], [True, True]),
    ):
        na = register.stand().aantal
        neem_over(register, tmp_path, {"1": regel}, FEB)
        erbij = nieuw(register, na)
        assert [een[1] for een in erbij] == soort
        assert [een[2] is not None for een in erbij] == corrigeert
    (feit,) = [v for v in g.valid(register.vastleggingen("K2024-0001")) if v.feit.soort == "KlachtAfgesloten"]
    assert feit.feit.gebeurd_op == date(2025, 2, 3)


def test_a_wrong_date_order_is_repaired_by_the_same_file_with_a_mended_declaration(register: Register, tmp_path: Path):
    regels = {"1": "1/3/2025;;;;5-4-2025;web;a;x", "2": "1/2/2025;;3-2-2025;;4-2-2025;web;a;x"}
    kolom = 'kolom = "ontvangen"\nvorm = "{}"'
    verkeerd, goed = ((kolom.format("D-M-JJJJ"), kolom.format(vorm)) for vorm in ("M/D/JJJJ", "D/M/JJJJ"))
    neem_over(register, tmp_path, regels, verkeerd, FEB)
    ontvangen = "SELECT bron_id, klachtnummer, ontvangen_op FROM klacht ORDER BY 1"
    assert rijen(register, ontvangen) == [
        ("1", "K2025-0002", date(2025, 1, 3)),
        ("2", "K2025-0001", date(2025, 1, 2)),
    ]
    neem_over(register, tmp_path, regels, goed, ("2025-01-31", "2025-03-01"))
    assert rijen(register, ontvangen) == [
        ("1", "K2025-0002", date(2025, 3, 1)),
        ("2", "K2025-0001", date(2025, 2, 1)),
    ]


# --- what people did here stays --------------------------------------------------------------------------------------


def corrigeer(register: Register, wie, nummer: str, soort: str, **wat: object) -> None:
    (feit,) = [v for v in g.valid(register.vastleggingen(nummer)) if v.feit.soort == soort]
    nr = feit.corrigeert or feit.nr
    if wat.pop("weg", False):
        HANDELINGEN["herroepen_feit"](register, wie, nummer, vandaag=VANDAAG, nr=nr, op=VANDAAG, reden="Nooit gebeurd.")
        return
    op = wat.pop("op", None)
    HANDELINGEN["corrigeren_feit"](
        register, wie, nummer, vandaag=VANDAAG, nr=nr, gebeurd_op=op, waarden=wat or None, reden="Nagekeken."
    )


def geldig(register: Register, nummer: str) -> dict[str, g.Gebeurtenis]:
    return {v.feit.soort: v.feit for v in g.valid(register.vastleggingen(nummer))}


HIER = {"soort": "KlachtOntvangen", "categorie": "bejegening"}
BOTSINGEN = [
    # what was done here, the row of the next file, what is asked
    (HIER, EEN, []),
    (HIER, EEN.replace("web", "post"), []),
    (HIER, EEN.replace(";b;", ";a;"), []),
    (HIER, EEN.replace(";b;", ";c;"), ["ontvangst, categorie: hier bejegening, in het bestand overig"]),
    ({"soort": "KlachtAfgesloten", "op": date(2025, 1, 16)}, EEN.replace("15-1-2025", "17-1-2025"),
     ["stap 13, datum: hier 16 januari 2025, in het bestand 17 januari 2025"]),
    ({"soort": "KlachtAfgesloten", "op": date(2025, 1, 16)}, EEN.replace("15-1-2025", ""),
     ["stap 13: hier op 16 januari 2025, in het bestand niet (meer)"]),
    ({"soort": "KlachtAfgesloten", "weg": True}, EEN.replace("15-1-2025", "17-1-2025"),
     ["stap 13: hier niet (meer), in het bestand op 17 januari 2025"]),
    ({"soort": "KlachtAfgesloten", "weg": True}, EEN, []),
]  # fmt: skip


@pytest.fixture
def beide(register: Register, tmp_path: Path, anna) -> Register:
    """What was taken over, and then put right here."""
    neem_over(register, tmp_path, {str(i): EEN for i in range(len(BOTSINGEN))})
    for plek, (hier, _, _) in enumerate(BOTSINGEN):
        wat = dict(hier)
        corrigeer(register, anna, f"K2025-{plek + 1:04d}", str(wat.pop("soort")), **wat)
    return register


REGELS = {str(i): regel for i, (_, regel, _) in enumerate(BOTSINGEN)}


def test_what_both_changed_is_named_and_nothing_is_overwritten_silently(beide: Register, tmp_path: Path):
    uitkomst = lees(beide, tmp_path, REGELS, FEB)
    gezegd = [f"K2025-{i + 1:04d}, {zin}" for i, (*_, zinnen) in enumerate(BOTSINGEN) for zin in zinnen]
    assert [botsing.sentence() for botsing in uitkomst.botsingen] == gezegd
    stand = beide.stand()
    with pytest.raises(OnleesbaarBestand, match="nog niet besloten is over K2025-0004, ontvangst, categorie"):
        overnemen.record(beide, uitkomst)
    assert beide.stand() == stand


def test_ours_can_be_left_and_is_not_asked_about_again(beide: Register, tmp_path: Path):
    neem_over(beide, tmp_path, REGELS, FEB, besluiten={"": "houd"})
    ontvangst = geldig(beide, "K2025-0002")["KlachtOntvangen"]
    assert (ontvangst.categorie, ontvangst.kanaal) == ("bejegening", "brief"), "theirs in one field, ours in another"
    assert geldig(beide, "K2025-0004")["KlachtOntvangen"].categorie == "bejegening"
    assert geldig(beide, "K2025-0005")["KlachtAfgesloten"].gebeurd_op == date(2025, 1, 16)
    assert geldig(beide, "K2025-0006")["KlachtAfgesloten"].gebeurd_op == date(2025, 1, 16)
    assert "KlachtAfgesloten" not in geldig(beide, "K2025-0007")
    stand = beide.stand()
    weer = neem_over(beide, tmp_path, REGELS, FEB)
    assert (weer.botsingen, weer.iets, beide.stand()) == ([], False, stand)
    # What the source says next is asked again.
    anders = REGELS | {"3": EEN.replace(";b;", ";b;").replace("Brief", "Boek")}
    assert [b.veld for b in lees(beide, tmp_path, anders, FEB).botsingen] == ["categorie"]


def test_theirs_can_be_taken_for_one_klacht_and_ours_left_for_the_others(beide: Register, tmp_path: Path):
    neem_over(beide, tmp_path, REGELS, FEB, besluiten={"": "neem", "K2025-0005": "houd"})
    assert geldig(beide, "K2025-0004")["KlachtOntvangen"].categorie == "overig"
    assert geldig(beide, "K2025-0005")["KlachtAfgesloten"].gebeurd_op == date(2025, 1, 16)
    assert "KlachtAfgesloten" not in geldig(beide, "K2025-0006")
    assert geldig(beide, "K2025-0007")["KlachtAfgesloten"].gebeurd_op == date(2025, 1, 17)
    assert geldig(beide, "K2025-0001")["KlachtOntvangen"].categorie == "bejegening", "the source did not change it"
    # Undone, ours stands again, and is still ours: the same file asks the same.
    terugdraaien.record(beide, terugdraaien.plan(beide, 2, VANDAAG), "Toch niet.")
    assert geldig(beide, "K2025-0004")["KlachtOntvangen"].categorie == "bejegening"
    vragen = Counter(botsing.klachtnummer for botsing in lees(beide, tmp_path, REGELS, FEB).botsingen)
    assert vragen == {f"K2025-{i:04d}": 1 for i in (4, 5, 6, 7)}


def test_a_text_that_was_erased_here_does_not_come_back(register: Register, tmp_path: Path):
    zonder = EEN.replace("Brief kwijt", "")
    neem_over(register, tmp_path, {"1": EEN, "2": zonder})
    with register.schrijven() as boeking:
        for nummer in ("K2025-0001", "K2025-0002"):
            gewist = g.DossierGewist(gebeurd_op=VANDAAG, grond="bewaartermijn")
            boeking.leg_vast(nummer, gewist, door="anna", rol="coordinator")
    assert not lees(register, tmp_path, {"1": EEN, "2": EEN}).iets, "nor one that was not there yet"
    anders = EEN.replace("Brief kwijt", "Brief weg").replace(";b;", ";c;")
    neem_over(register, tmp_path, {"1": anders, "2": anders}, FEB)
    for nummer in ("K2025-0001", "K2025-0002"):
        ontvangst = geldig(register, nummer)["KlachtOntvangen"]
        assert (ontvangst.categorie, ontvangst.omschrijving) == ("overig", "")
    assert b"Brief" not in b"".join(pad.read_bytes() for pad in (register.map / "dossiers").rglob("*") if pad.is_file())


# --- what is strange about a file ------------------------------------------------------------------------------------


def test_what_vanished_is_named_once_and_so_is_what_came_back(register: Register, tmp_path: Path):
    neem_over(register, tmp_path, JANUARI)
    zonder = {id: regel for id, regel in JANUARI.items() if id != "3"}
    assert neem_over(register, tmp_path, zonder, FEB).verdwenen == ["K2025-0001"]
    assert not lees(register, tmp_path, zonder, FEB).iets
    terug = neem_over(register, tmp_path, JANUARI, FEB)
    assert (terug.terug, terug.verdwenen, terug.gewijzigd) == (["K2025-0001"], [], [])
    assert neem_over(register, tmp_path, zonder, FEB).verdwenen == ["K2025-0001"]
    deel = neem_over(register, tmp_path, {"1": JANUARI["1"]}, FEB, ("korrel", "alleen_wijzigingen = true\nkorrel"))
    assert (deel.verdwenen, deel.iets) == ([], False)


def test_much_that_vanished_or_an_older_file_has_to_be_agreed_with(register: Register, tmp_path: Path):
    veel = {str(i): EEN for i in range(20)}
    neem_over(register, tmp_path, veel, FEB)
    weinig = {id: regel for id, regel in veel.items() if int(id) < 12} | {"1": EEN.replace("15-1", "16-1")}
    uitkomst = lees(register, tmp_path, weinig)
    assert uitkomst.bezwaren.keys() == {"verdwenen", "ouder"}
    assert uitkomst.bezwaren["verdwenen"].startswith("8 van de 20 klachten die eerder uit deze bron zijn overgenomen, ")
    with pytest.raises(OnleesbaarBestand, match="zoals zij was op 28 februari 2025"):
        overnemen.record(register, uitkomst, akkoord={"verdwenen"})
    overnemen.record(register, uitkomst, akkoord={"verdwenen", "ouder"})


def test_a_plan_is_not_recorded_over_what_came_in_between(register: Register, tmp_path: Path, anna):
    neem_over(register, tmp_path, {"1": EEN, "2": EEN})
    uitkomst = lees(register, tmp_path, {"1": EEN.replace("15-1", "16-1"), "2": EEN}, FEB)
    corrigeer(register, anna, "K2025-0002", "KlachtAfgesloten", op=date(2025, 1, 18))
    overnemen.record(register, uitkomst)  # of another klacht: that is no matter
    uitkomst = lees(register, tmp_path, {"1": EEN.replace("15-1", "19-1"), "2": EEN}, FEB)
    corrigeer(register, anna, "K2025-0001", "KlachtAfgesloten", op=date(2025, 1, 18))
    with pytest.raises(RegisterFout, match="begin opnieuw"):
        overnemen.record(register, uitkomst)


def test_a_klacht_under_another_reglement_says_what_to_do(register: Register, tmp_path: Path):
    neem_over(register, tmp_path, {"1": EEN})
    toml = tmp_path / "ander"
    toml.mkdir()
    uitkomst = lees(register, toml, {"1": EEN})
    assert not uitkomst.afkeuringen
    pad = toml / "maand.reglement.toml"
    pad.write_text(pad.read_text(encoding="utf-8").replace('"maandbureau"', '"maandbureau2"', 1), encoding="utf-8")
    kolommen = declaratie.load(toml / "maand.toml")
    lezing = overnemen.read(toml / "maand.csv", kolommen, VANDAAG)
    (afkeuring,) = overnemen.plan(toml / "maand.csv", kolommen, lezing, register).afkeuringen
    assert "K2025-0001 onder reglement 'maandbureau', en de opgave noemt 'maandbureau2'" in afkeuring.reden


@pytest.mark.parametrize("wanneer", ["teksten", "journaal"])
def test_what_fails_halfway_leaves_every_dossier_as_it_was(
    register: Register, tmp_path: Path, monkeypatch, wanneer: str
):
    neem_over(register, tmp_path, JANUARI)

    def vol(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    bestanden = [*(register.map / "dossiers").glob("*/*"), *(register.map / "journaal").glob("*.jsonl")]
    voor = {pad: pad.read_bytes() for pad in bestanden}
    uitkomst = lees(register, tmp_path, FEBRUARI, FEB)
    with monkeypatch.context() as plek:
        plek.setattr(*((Dossiermap, "sync", vol) if wanneer == "teksten" else (Journaal, "append", vol)))
        with pytest.raises(RegisterFout, match="Maak ruimte op de schijf"):
            overnemen.record(register, uitkomst)
    assert {pad: pad.read_bytes() for pad in (register.map / "dossiers").glob("*/*")}.items() <= voor.items()
    assert {pad: pad.read_bytes() for pad in bestanden} == voor
    assert overnemen.record(register, lees(register, tmp_path, FEBRUARI, FEB)) == ["K2025-0004"]
    assert {bevinding.ernst for bevinding in controleer(register)} == {"goed"}


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_takes_over_a_next_month_and_takes_it_back(capsys, tmp_path: Path):
    schrijf(tmp_path, JANUARI)
    opdracht = (tmp_path / "maand.csv", "--kolommen", tmp_path / "maand.toml", "--map", tmp_path / "r")
    assert importeer(capsys, *opdracht, "--uitvoeren")[0] == 0
    schrijf(tmp_path, FEBRUARI, FEB)
    code, uit, _ = importeer(capsys, *opdracht, "--uitvoeren")
    assert (code, "  2024                 2            1 -> 2            1 -> 0" in uit) == (0, True)
    assert "Dit is overname 2. Terugdraaien kan met --terugdraaien 2" in uit
    terug = ("--terugdraaien", "2", "--map", tmp_path / "r")
    code, uit, _ = importeer(capsys, *terug, "--reden", "Verkeerd bestand")
    assert (code, "1 klacht die erbij kwam, staat er niet meer in" in uit, "nog niets vastgelegd" in uit) == (
        0,
        True,
        True,
    )
    assert importeer(capsys, *terug, "--reden", "Verkeerd bestand", "--uitvoeren")[0] == 0
    lijst = importeer(capsys, "--lijst", "--map", tmp_path / "r")[1]
    assert "1 nieuw, 3 gewijzigd - teruggedraaid op" in lijst
    assert "Verkeerd bestand" in lijst
    assert importeer(capsys, "--map", tmp_path / "r")[0] == 2


def test_that_the_declaration_cannot_be_kept_takes_nothing_back_and_is_said(capsys, tmp_path: Path):
    schrijf(tmp_path, JANUARI)
    register = tmp_path / "r"
    (register / "reglementen").mkdir(parents=True)
    (register / "reglementen" / "overnemen").touch()
    opdracht = (tmp_path / "maand.csv", "--kolommen", tmp_path / "maand.toml", "--map", register)
    code, uit, _ = importeer(capsys, *opdracht, "--uitvoeren")
    assert (code, "maar de opgave kon niet bij het register worden bewaard" in uit) == (0, True)
    assert "Dit is overname 1." in uit
