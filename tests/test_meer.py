"""A lake of many organisations: of each what its own register says, and nothing half, old, foreign or a name."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from klachten import __main__, analyse, meer
from klachten.analyse.basis import kengetallen as eigen
from klachten.analyse.momentopname import current
from klachten.meer import kengetallen, vorm, vragen
from klachten.meer.aanleveren import WOORDEN
from klachten.meer.fouten import GeenMeer, Geweigerd, MeerFout
from klachten.meer.plaats import Plaats
from klachten.meting import meermeting
from klachten.momentopname import inhoud
from klachten.opening import open_register
from klachten.voorbeeld import meer as voorbeeldmeer
from klachten.voorbeeld import with_names

from . import eenmaal, opslagproef
from .meerproef import DAG, EIGEN, JAAR, NAMEN, a_day_later, an_own_calendar, as_in_the_lake, fill, registers, rows

VAN_HET_REGISTER = ("stroom", "termijntarieven", "maatregeltermijn", "stappenkaart", "werklast", "nadere_gegevens")
ID = re.compile(r"[0-9a-f]{16}")


@pytest.fixture(scope="module")
def firmas() -> Path:
    """The folders of the three registers, to read."""
    return eenmaal.made("meer", registers)


@pytest.fixture(scope="module")
def vol(firmas: Path, tmp_path_factory) -> tuple[Path, dict[str, meer.Aangeleverd]]:
    """A lake with all three, to read."""
    naar = tmp_path_factory.mktemp("meer") / "meer"
    naar.mkdir()
    return naar, fill(firmas, str(naar))


@pytest.fixture(scope="module")
def lezer(vol) -> Iterator[meer.Lezer]:
    gelezen = meer.open(vol[0])
    yield gelezen
    gelezen.close()


@pytest.fixture(scope="module")
def bronnen(firmas: Path) -> dict[str, duckdb.DuckDBPyConnection]:
    """The snapshot of each firm by itself."""
    return {naam: analyse.open(map=firmas / naam) for naam in NAMEN}


@pytest.fixture
def eigen_meer(vol, tmp_path: Path) -> Path:
    """A copy of that lake, with its list of names."""
    shutil.copy(vol[0].with_name("meer.namen.json"), tmp_path / "meer.namen.json")
    return shutil.copytree(vol[0], tmp_path / "meer")


def bestanden(naar: Path, deel: str = "") -> dict[str, bytes]:
    return {
        pad.relative_to(naar).as_posix(): pad.read_bytes()
        for pad in naar.rglob("*")
        if pad.is_file() and deel in str(pad)
    }


# --- the same figures ------------------------------------------------------------------------------------------------


def test_of_every_organisation_every_kengetal_is_what_its_own_snapshot_says(bronnen, vol, lezer):
    anders = []
    for id in meermeting.questions():
        tabel = kengetallen.bereken(lezer, id, peildatum=DAG, periode=JAAR)
        assert next(iter(tabel)) == "organisatie"
        for naam, geleverd in vol[1].items():
            hier = rows(tabel[tabel.organisatie == geleverd.organisatie].drop(columns="organisatie"))
            daar = as_in_the_lake(eigen.bereken(bronnen[naam], id, peildatum=DAG, periode=JAAR), geleverd)
            anders += [(id, naam)] if hier != daar else []
    assert anders == []
    assert len(meermeting.questions()) >= 28


def test_and_what_its_own_register_says_as_far_as_that_names_nobody(firmas, vol, lezer):
    geleverd = vol[1][NAMEN[0]]
    with open_register(firmas / NAMEN[0]) as register, with_names(register), register.cursor() as cursor:
        for id in VAN_HET_REGISTER:
            daar = eigen.bereken(cursor, id, peildatum=DAG, periode=JAAR)
            hier = kengetallen.bereken(lezer, id, peildatum=DAG, periode=JAAR, organisaties=[geleverd.organisatie])
            weg = [kolom for kolom in ("behandelaar", "actienemer", "waarde") if kolom in daar]
            assert rows(hier.drop(columns=["organisatie", *weg])) == as_in_the_lake(daar.drop(columns=weg), geleverd), (
                id
            )


def test_the_shares_are_counted_alike_from_one_register_and_each_by_its_own_terms(bronnen, vol, lezer):
    tabel = kengetallen.per_organisatie(lezer, JAAR)
    assert list(tabel) == ["organisatie", "kengetal", "teller", "noemer"]
    for naam, geleverd in vol[1].items():
        los = {
            een.kengetal: eigen.bereken(bronnen[naam], een.kengetal, peildatum=DAG, periode=JAAR).to_dict("records")
            for een in kengetallen.VERHOUDINGEN
        }
        zelf = kengetallen.as_table({geleverd.organisatie: los}, JAAR)
        hier = tabel[tabel.organisatie == geleverd.organisatie].reset_index(drop=True)
        assert hier.equals(zelf), naam
    op_tijd = tabel[tabel.kengetal == "op_tijd_5"].set_index("organisatie")
    gewoon, _, strenger = (vol[1][naam].organisatie for naam in NAMEN)
    # The same klachten: one week instead of two makes fewer of them on time, of as many that matured.
    assert op_tijd.loc[strenger, "noemer"] == op_tijd.loc[gewoon, "noemer"]
    assert op_tijd.loc[strenger, "teller"] < op_tijd.loc[gewoon, "teller"]


def test_each_is_counted_with_its_own_calendar(firmas, vol, eigen_meer, tmp_path):
    """Equated days of one's own, as a register may have recorded them: a question is asked once per calendar."""
    map = shutil.copytree(firmas / NAMEN[2], tmp_path / "ander")
    a_day_later(map, 1)
    an_own_calendar(map)
    anders = meer.deliver(map, str(eigen_meer), NAMEN[2])
    hoe = {"peildatum": DAG, "periode": JAAR}
    gelezen = meer.open(eigen_meer)
    assert len(gelezen.per_kalender()) == 2
    tabel = kengetallen.bereken(gelezen, "termijntarieven", **hoe)
    assert set(tabel.organisatie) == set(gelezen.organisaties)
    hier = tabel[tabel.organisatie == anders.organisatie].drop(columns="organisatie")
    daar = eigen.bereken(analyse.open(map=map), "termijntarieven", **hoe)
    zoals_eerst = eigen.bereken(analyse.open(map=firmas / NAMEN[2]), "termijntarieven", **hoe)
    assert rows(hier) == as_in_the_lake(daar, anders)
    assert rows(hier) != as_in_the_lake(zoals_eerst, anders)  # the proof of the proof: the calendar matters


def test_who_delivered_too_early_for_the_peildatum_is_left_out_and_not_late(lezer):
    assert kengetallen.choose_day(lezer, JAAR) == DAG == kengetallen.choose_day(lezer, DAG.year)
    assert len(kengetallen.deelnemers(lezer, DAG)) == 3
    assert kengetallen.deelnemers(lezer, DAG + timedelta(days=1)) == ()
    assert len(kengetallen.per_organisatie(lezer, JAAR, peildatum=DAG + timedelta(days=1))) == 0
    with pytest.raises(GeenMeer, match="komt tot in 2031"):
        kengetallen.choose_day(lezer, 2031)


def test_trajecten_that_are_not_known_give_no_denominator():
    rijen = [{"jaar": 2025, "klachten": 2, "trajecten": 40}, {"jaar": 2025, "klachten": 1, "trajecten": None}]
    per_traject = next(een for een in kengetallen.VERHOUDINGEN if een.soort == kengetallen.AANTAL)
    assert per_traject.tel(rijen, 2025) == (3, None)
    assert per_traject.tel(rijen[:1], 2025) == (2, 40)
    assert per_traject.tel(rijen[:1], 2024) == (0, None)


def test_every_question_is_rewritten_or_refused():
    tabellen = "|".join((*vorm.KOLOMMEN, *vragen.NU))
    for vraag in vragen.all_of_the_lake():
        eigen_ctes = re.findall(r"(\w+) AS (?:MATERIALIZED )?\(", vraag.sql)
        kaal = [naam for _, naam in re.findall(rf"\b(FROM|JOIN)\s+({tabellen})\b(?!\s*[(.])", vraag.sql)]
        assert set(kaal) <= set(eigen_ctes), vraag.naam
        assert "feit(" not in vraag.sql, vraag.naam
        assert vraag.parameters.startswith(vragen.ORG)


def test_every_table_and_column_of_a_snapshot_is_in_a_lake_but_the_facts():
    assert set(vorm.KOLOMMEN) == (set(inhoud.KOLOMMEN) - {"dag"}) | {"keuze", "stap"}
    assert set(vorm.KLACHTTABELLEN) < set(vorm.KOLOMMEN)
    # A column with words of the organisation itself that nobody numbered would say who it is.
    eigen_woord = {
        (tabel, kolom) for tabel, kolommen in vorm.KOLOMMEN.items() for kolom in kolommen
        if kolom in ("vestiging", "bron") or (kolom == "reglement" and tabel != "nader_stand")
    }  # fmt: skip
    assert eigen_woord == {(tabel, kolom) for tabel, kolommen in WOORDEN.items() for kolom in kolommen}


# --- only what is asked for is read ----------------------------------------------------------------------------------


def test_a_year_of_one_organisation_reads_no_file_of_another_year_or_organisation(vol, eigen_meer):
    wie = vol[1][NAMEN[1]].organisatie
    heel = meer.open(vol[0])
    goed = kengetallen.bereken(heel, "categorieen", peildatum=DAG, periode=JAAR, organisaties=[wie])
    kapot, stuk = meer.open(eigen_meer), 0
    # Of the first file DuckDB always reads which columns there are.
    eerste = Path(kapot.bestanden("klacht_stand", [wie])[0])
    for pad in (eigen_meer / "klacht_stand").rglob("*.parquet"):
        if pad != eerste and (f"organisatie={wie}" not in str(pad) or f"jaar={JAAR}" not in str(pad)):
            pad.write_bytes(b"x" * pad.stat().st_size)
            stuk += 1
    assert stuk > 8
    assert kengetallen.bereken(kapot, "categorieen", peildatum=DAG, periode=JAAR, organisaties=[wie]).equals(goed)
    # The proof of the proof: what stood open when the year began hangs on the years before.
    with pytest.raises(GeenMeer, match="kan niet worden gelezen"):
        kengetallen.bereken(kapot, "stroom", peildatum=DAG, periode=JAAR, organisaties=[wie])


def test_the_plan_says_so_too(vol, lezer):
    wie = [vol[1][naam].organisatie for naam in NAMEN[:2]]
    tekst, waarden = eigen.opdracht("termijntarieven", peildatum=DAG, periode=JAAR)
    gelezen = [
        tuple(map(int, deel)) for deel in re.findall(r"Scanning Files: (\d+)/(\d+)", lezer.plan(tekst, waarden, wie))
    ]
    alle = len(lezer.bestanden("klacht_stand", wie))
    assert (2, alle) in gelezen
    assert alle >= 8


# --- delivering ------------------------------------------------------------------------------------------------------


def test_a_new_delivery_takes_the_place_of_the_former_at_once_and_the_oldest_goes(
    firmas, vol, eigen_meer, tmp_path, monkeypatch
):
    wie, naar = vol[1][NAMEN[0]].organisatie, str(eigen_meer)
    voor = bestanden(eigen_meer)
    assert not meer.deliver(firmas / NAMEN[0], naar, NAMEN[0]).nieuw
    assert bestanden(eigen_meer) == voor
    map = shutil.copytree(firmas / NAMEN[0], tmp_path / "later")
    a_day_later(map, 1)
    heel, oud = Plaats.store, meer.open(eigen_meer)
    with monkeypatch.context() as even:
        even.setattr(Plaats, "store", lambda self, naam, inhoud: 1 / 0 if wie in naam else heel(self, naam, inhoud))
        with pytest.raises(ZeroDivisionError):
            meer.deliver(map, naar, NAMEN[0])
    assert next(een for een in meer.open(eigen_meer).leveringen if een.organisatie == wie).dag == DAG
    geleverd = meer.deliver(map, naar, NAMEN[0])
    assert geleverd.nieuw
    assert geleverd.organisatie == wie
    nieuw = meer.open(eigen_meer)
    assert next(een for een in nieuw.leveringen if een.organisatie == wie).dag == DAG + timedelta(days=1)
    # Who was reading reads on; who opened the lake now reads each klacht once.
    for een in (oud, nieuw):
        stroom = kengetallen.bereken(een, "stroom", peildatum=DAG, organisaties=[wie])
        assert rows(stroom) == rows(kengetallen.bereken(meer.open(vol[0]), "stroom", peildatum=DAG, organisaties=[wie]))
    with pytest.raises(Geweigerd, match="staat al een nieuwere levering van Noorderhof, van 2 maart 2026"):
        meer.deliver(firmas / NAMEN[0], naar, NAMEN[0])
    a_day_later(map, 2)
    meer.deliver(map, naar, NAMEN[0])
    versies = {pad.name for pad in (eigen_meer / "klacht_stand" / f"organisatie={wie}").rglob("*.parquet")}
    assert sorted(naam[17:23] for naam in versies) == ["000002", "000003"]


def test_a_delivery_of_which_a_file_is_gone_is_delivered_again(firmas, vol, eigen_meer):
    wie = vol[1][NAMEN[1]].organisatie
    weg = next((eigen_meer / "maatregel_stand" / f"organisatie={wie}").rglob("*.parquet"))
    weg.unlink()
    assert "ontbreekt of is niet heel" in meer.open(eigen_meer).meldingen[0]
    assert meer.deliver(firmas / NAMEN[1], str(eigen_meer), NAMEN[1]).nieuw
    assert weg.exists()
    assert meer.open(eigen_meer).meldingen == ()


def test_nothing_in_a_lake_says_who_it_is(firmas, vol):
    naar, geleverd = vol
    assert all(ID.fullmatch(een.organisatie) for een in geleverd.values())
    woorden = {
        *NAMEN,
        EIGEN,
        "hoofdkantoor",
        *(vest for een in geleverd.values() for vest in een.ingang.woorden["vestiging"]),
    }
    assert len(woorden) > 6
    gevonden, gezien = set(), set()
    for pad in naar.rglob("*"):
        if pad.suffix == ".parquet":
            rijen = duckdb.execute(f"SELECT * FROM read_parquet('{pad}')").fetchall()
            gezien |= {str(waarde) for rij in rijen for waarde in rij}
        elif pad.is_file():
            gezien.add(pad.read_text(encoding="utf-8"))
        gezien.add(str(pad.relative_to(naar)))
    for waarde in gezien:
        gevonden |= {woord for woord in woorden if woord.lower() in waarde.lower()}
    assert gevonden == set()
    assert {"vestiging 1", "reglement 1", "coulant"} <= gezien  # the proof of the proof
    lijst = naar.with_name("meer.namen.json")
    assert set(json.loads(lijst.read_text(encoding="utf-8"))) == set(NAMEN)
    assert lijst.stat().st_mode & 0o077 == 0


def test_a_withdrawn_organisation_leaves_nothing(vol, eigen_meer):
    wie = vol[1][NAMEN[0]].organisatie
    assert meer.withdraw(str(eigen_meer), NAMEN[0]) == wie
    assert [pad for pad in eigen_meer.rglob("*") if wie in str(pad)] == []
    assert set(meer.open(eigen_meer).organisaties) == {vol[1][naam].organisatie for naam in NAMEN[1:]}
    assert NAMEN[0] not in json.loads(eigen_meer.with_name("meer.namen.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("soort", opslagproef.SOORTEN)
def test_a_lake_elsewhere_is_the_same_through_fsspec(firmas, vol, lezer, tmp_path, soort):
    opslagproef.empty()
    elders = f"{soort}://groep/meer"
    lijst = tmp_path / "namen.json"
    with pytest.raises(MeerFout, match="Noem bij --namen een bestand"):
        meer.deliver(firmas / NAMEN[0], elders, NAMEN[0])
    geleverd = meer.deliver(firmas / NAMEN[0], elders, NAMEN[0], lijst=lijst)
    ver = meer.open(elders)
    hoe = {"peildatum": DAG, "periode": JAAR}
    hier = kengetallen.bereken(lezer, "categorieen", organisaties=[vol[1][NAMEN[0]].organisatie], **hoe)
    assert rows(kengetallen.bereken(ver, "categorieen", **hoe).iloc[:, 1:]) == rows(hier.iloc[:, 1:])
    meer.withdraw(elders, NAMEN[0], lijst=lijst)
    assert not any(geleverd.organisatie in naam for naam in opslagproef.SOORTEN[soort].store)
    with pytest.raises(GeenMeer, match="geen levering die gelezen kan worden"):
        meer.open(elders)


# --- bad input -------------------------------------------------------------------------------------------------------


def _other_form(naar: Path) -> None:
    (naar / "meer.json").write_text('{"formaat": 2}', encoding="utf-8")


GEEN_MEER: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder that is not there": (shutil.rmtree, "bestaat niet, of is niet te bereiken"),
    "an empty folder": (lambda naar: [shutil.rmtree(naar), naar.mkdir()], "nog geen meer: er is nog niets aangeleverd"),
    "another folder": (lambda naar: (naar / "meer.json").unlink(), "is geen meer: meer.json ontbreekt"),
    "a lake of a newer version": (_other_form, r"andere vorm \(2\).*Het is van een nieuwere versie"),
    "meer.json that is no JSON": (
        lambda naar: (naar / "meer.json").write_text("x"),
        "meer.json in .* is niet te lezen",
    ),
    "no delivery": (
        lambda naar: shutil.rmtree(naar / "leveringen"),
        "geen levering die gelezen kan worden. Lever eerst aan",
    ),
}


@pytest.mark.parametrize("geval", GEEN_MEER)
def test_what_is_no_lake_is_said(geval: str, eigen_meer: Path):
    stuk, zin = GEEN_MEER[geval]
    stuk(eigen_meer)
    with pytest.raises(MeerFout, match=zin):
        meer.open(eigen_meer)


def _changed(**anders) -> Callable[[Path], object]:
    def change(notitie: Path) -> None:
        notitie.write_text(json.dumps({**json.loads(notitie.read_text("utf-8")), **anders}), encoding="utf-8")

    return change


ELDERS = {"klacht_stand": [{"naam": "../../etc/passwd", "bytes": 1, "rijen": 1}]}
HALF: dict[str, tuple[Callable[[Path], object], str]] = {
    "half a note": (
        lambda notitie: notitie.write_bytes(notitie.read_bytes()[:200]),
        "de notitie erbij is niet te lezen",
    ),
    "an empty note": (lambda notitie: notitie.write_bytes(b""), "de notitie erbij is niet te lezen"),
    "a list": (lambda notitie: notitie.write_text("[]"), "de notitie erbij is niet te lezen"),
    "a newer form": (_changed(formaat=7), "in een nieuwere vorm"),
    "an older form": (_changed(formaat=0), "in een andere vorm"),
    "without columns that are asked for": (_changed(soorten={}), "van een andere versie van klachten: in klacht_stand"),
    "files elsewhere": (_changed(bestanden=ELDERS), "bestanden die niet van haar zijn"),
    "of another organisation": (_changed(organisatie="0" * 16), "bestanden die niet van haar zijn"),
    "a calendar elsewhere": (_changed(kalender="../x"), "bestanden die niet van haar zijn"),
    "a calendar that is gone": (_changed(kalender="0" * 16), "dag/0000000000000000.parquet ontbreekt"),
}


@pytest.mark.parametrize("geval", HALF)
def test_a_delivery_that_is_not_whole_or_of_another_version_is_named_and_left_out(geval: str, vol, eigen_meer: Path):
    stuk, zin = HALF[geval]
    wie = vol[1][NAMEN[1]].organisatie
    stuk(eigen_meer / "leveringen" / f"{wie}.json")
    gelezen = meer.open(eigen_meer)
    assert wie not in gelezen.organisaties
    assert len(gelezen.organisaties) == 2
    assert len(gelezen.meldingen) == 1
    assert zin in gelezen.meldingen[0]
    assert gelezen.meldingen[0].startswith(f"De levering van {wie} doet niet mee: ")


def test_a_column_of_another_type_is_another_version(vol, eigen_meer: Path):
    notitie = max((eigen_meer / "leveringen").glob("*.json"))
    velden = json.loads(notitie.read_text("utf-8"))
    velden["soorten"]["klacht_stand"]["volgnr"] = "VARCHAR"
    notitie.write_text(json.dumps(velden), encoding="utf-8")
    assert "de kolom klacht_stand.volgnr is van een andere soort" in meer.open(eigen_meer).meldingen[0]


def _old_snapshot(map: Path) -> None:
    pad = current(map)[0] / "nader_stand.parquet"
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE t AS SELECT * EXCLUDE (ernst) FROM read_parquet('{pad}')")
        con.execute(f"COPY t TO '{pad}' (FORMAT parquet)")


def _torn(map: Path) -> None:
    pad = current(map)[0] / "klacht_stand.parquet"
    pad.write_bytes(pad.read_bytes()[:500])


GEWEIGERD: dict[str, tuple[Callable[[Path], object], str]] = {
    "no snapshot": (lambda map: shutil.rmtree(map / "momentopname"), "Er is geen momentopname van het register"),
    "no register": (lambda map: shutil.rmtree(map / "journaal"), "staat geen register"),
    "an older snapshot": (_old_snapshot, "van een andere versie van klachten: in nader_stand ontbreekt ernst"),
    "a torn snapshot": (_torn, "kan niet worden gelezen"),
}


@pytest.mark.parametrize("geval", GEWEIGERD)
def test_what_cannot_be_delivered_is_refused_and_leaves_nothing(
    geval: str, firmas: Path, eigen_meer: Path, tmp_path: Path
):
    stuk, zin = GEWEIGERD[geval]
    map = tmp_path / "register"
    for deel in ("journaal", "momentopname"):
        shutil.copytree(firmas / NAMEN[0] / deel, map / deel)
    stuk(map)
    voor, namen = bestanden(eigen_meer), eigen_meer.with_name("meer.namen.json").read_bytes()
    with pytest.raises(Geweigerd, match=zin):
        meer.deliver(map, str(eigen_meer), "Oosterhof")
    assert bestanden(eigen_meer) == voor
    assert eigen_meer.with_name("meer.namen.json").read_bytes() == namen


def test_another_register_under_the_same_name_or_a_lake_in_the_register_is_refused(firmas: Path, eigen_meer: Path):
    voor = bestanden(eigen_meer)
    with pytest.raises(MeerFout, match="Noorderhof is in de lijst met namen een ander register"):
        meer.deliver(firmas / NAMEN[1], str(eigen_meer), NAMEN[0])
    with pytest.raises(MeerFout, match="ligt in het register zelf"):
        meer.deliver(firmas / NAMEN[1], str(firmas / NAMEN[1] / "meer"), NAMEN[1])
    with pytest.raises(MeerFout, match="Zeg met --als"):
        meer.deliver(firmas / NAMEN[1], str(eigen_meer), "  ")
    eigen_meer.with_name("meer.namen.json").write_text("{", encoding="utf-8")
    with pytest.raises(MeerFout, match="De lijst met namen in"):
        meer.deliver(firmas / NAMEN[1], str(eigen_meer), NAMEN[1])
    assert bestanden(eigen_meer) == voor


# --- the commands, and the invented lake -----------------------------------------------------------------------------


def test_the_commands_deliver_say_what_is_there_and_withdraw(firmas: Path, tmp_path: Path, capsys):
    naar = tmp_path / "meer"
    naar.mkdir()
    bij = ("--naar", str(naar))
    assert __main__.main(["meer", "aanleveren", "--map", str(firmas / NAMEN[0]), *bij, "--als", "Noorderhof"]) == 0
    assert "momentopname van 1 maart 2026. Er staan geen namen en teksten bij." in capsys.readouterr().out
    assert __main__.main(["meer", "aanleveren", "--map", str(firmas / NAMEN[0]), *bij, "--als", "Noorderhof"]) == 0
    assert "Er is niets veranderd." in capsys.readouterr().out
    assert __main__.main(["meer", "stand", *bij, "--namen", f"{naar}.namen.json"]) == 0
    gezegd = capsys.readouterr().out
    assert "1 organisatie, " in gezegd
    assert " Noorderhof: " in gezegd
    assert __main__.main(["meer", "intrekken", *bij, "--als", "Nergenshof"]) == 2
    assert "Nergenshof staat niet in de lijst met namen" in capsys.readouterr().err
    assert __main__.main(["meer", "intrekken", *bij, "--als", "Noorderhof"]) == 0
    assert __main__.main(["meer", "stand", *bij]) == 2
    capsys.readouterr()
    assert __main__.main(["meer", "kolommen"]) == 0
    uitleg = capsys.readouterr().out
    assert "klacht_stand.vestiging: Vestiging, genummerd" in uitleg
    assert uitleg.count("\n") == sum(len(kolommen) + 1 for kolommen in vorm.KOLOMMEN.values())


def test_an_invented_lake_has_organisations_that_differ_each_with_numbers_and_days_of_its_own(
    firmas: Path, tmp_path: Path
):
    bronnen = [current(firmas / naam)[0] for naam in NAMEN[:2]]
    naar = tmp_path / "meer"
    naar.mkdir()
    gemaakt = voorbeeldmeer.multiply(naar, bronnen, organisaties=3)
    dubbel = voorbeeldmeer.repeat(naar, gemaakt, 2)
    assert (dubbel.organisaties, dubbel.klachten) == (6, 2 * gemaakt.klachten)
    gelezen = meer.open(naar)
    assert gelezen.meldingen == ()
    assert len({een.dag for een in gelezen.leveringen}) > 1
    # Numbers run per year of receipt without gaps, and nobody knows what happened after the day of the snapshot.
    kengetallen.bereken(gelezen, "kanalen", peildatum=DAG)
    ((fout, later),) = gelezen.con.execute(_NUMMERS, {"dag": DAG}).fetchall()
    assert (fout, later) == (0, 0)
    jaar = min(een.dag for een in gelezen.leveringen).year - 1
    tabel = kengetallen.bereken(gelezen, "categorieen", peildatum=date(jaar, 12, 31), periode=jaar)
    assert tabel.organisatie.nunique() == 6
    verslag = meermeting.report(gelezen, jaar, date(jaar, 12, 31), meermeting.measure(lambda _: tabel, ["stroom"]))
    assert "6 organisaties" in verslag
    assert "alle kengetallen" in verslag
    with pytest.raises(Geweigerd, match="staan al leveringen"):
        voorbeeldmeer.make(naar, organisaties=1, klachten=1, vandaag=DAG)


_NUMMERS = """
SELECT
    count(*) FILTER (WHERE n.hoogste <> n.klachten OR n.laagste <> 1 OR n.nummers <> n.klachten),
    count(*) FILTER (WHERE n.laatste > $dag)
FROM (
    SELECT
        max(k.volgnr) AS hoogste, min(k.volgnr) AS laagste, count(DISTINCT k.klachtnummer) AS klachten,
        count(DISTINCT k.volgnr) AS nummers, max(k.van) AS laatste
    FROM klacht_stand_alle AS k
    GROUP BY k.organisatie, k.jaar
) AS n
"""
