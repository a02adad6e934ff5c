"""The example register: made by the real rules, the same for the same seed, with everything that can happen in it."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klachten import organisatie, voorbeeld
from klachten.__main__ import main
from klachten.analyse.werk.klachtenlijst import Filter, find_page, with_texts
from klachten.analyse.werk.werkvoorraad import werkvoorraad
from klachten.dossier.klacht import Dossier
from klachten.gebeurtenissen import OVER_BEWAREN, SOORTEN, VAN_DE_POST, VAN_ONSZELF
from klachten.handelingen import dossier_van
from klachten.handelingen.tegenstrijdig import tegenstrijdigheden
from klachten.opening import open_register, toebehoren
from klachten.post.agenda import calendar
from klachten.register import Register, controle
from klachten.reglement import STANDAARD, load
from klachten.scherm.lijsten.klachten import places
from klachten.voorbeeld import voorbeeld as maker
from klachten.voorbeeld.agenda import Agenda
from klachten.voorbeeld.geval import Geval
from klachten.voorbeeld.plan import _relate, gevallen, years
from klachten.voorbeeld.spelers import Spelers
from klachten.voorbeeld.verzamelaar import Klok, Verzamelaar

VANDAAG = date(2026, 11, 20)
# The reglement of the example knows no extension and no own finding, nothing in it was imported, or erased yet, and no
# mail goes out of it.
NIET_IN_HET_VOORBEELD = {
    "TermijnVerlengd",
    "BehandelingVoortgezet",
    "TermijnOvergenomen",
    "TijdstipOvergenomen",
    "BevindingVastgesteld",
    *VAN_DE_POST,
} | {soort.__name__ for soort in OVER_BEWAREN}
STATUSSEN = {
    "ontvangen", "in onderzoek", "in behandeling", "afgesloten", "niet in behandeling", "ingetrokken", "vervallen",
}  # fmt: skip
GESCHILLEN = {"geen", "gemeld", "overleg mislukt", "opgelost", "voorgelegd", "oordeel"}


@pytest.fixture(scope="module")
def gewoon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The example as everybody gets it."""
    map = tmp_path_factory.mktemp("voorbeeld") / "register"
    voorbeeld.make(map, vandaag=VANDAAG)
    with open_register(map) as register:
        yield register


@pytest.fixture(scope="module")
def groot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A larger one, made as at scale: in several batches, with every rule for one course in ten."""
    map = tmp_path_factory.mktemp("groot") / "register"
    with pytest.MonkeyPatch.context() as anders:
        anders.setattr(maker, "GROOT", 500)
        anders.setattr(maker, "PARTIJ", 2000)
        gemaakt = voorbeeld.make(map, vandaag=VANDAAG, seed=5, aantal=1000)
    assert gemaakt.klachten == 1000
    with open_register(map) as register:
        yield register


@pytest.fixture(params=["gewoon", "groot"])
def voorbeeldregister(request: pytest.FixtureRequest) -> Register:
    """Both sizes."""
    return request.getfixturevalue(request.param)


def rows(register: Register, sql: str, *parameters: Any) -> list[Any]:
    with register.cursor() as cursor:
        return cursor.execute(sql, list(parameters)).fetchall()


def facts(register: Register) -> list[Any]:
    """Everything but the salts, and the zegels that follow from them."""
    feiten = rows(
        register,
        "SELECT nr, klachtnummer, stap, soort, gebeurd_op, vastgelegd_op, door, rol, corrigeert, gegevens "
        "FROM gebeurtenis ORDER BY nr",
    )
    return [*feiten, *rows(register, "SELECT nr, veld, tekst FROM tekst ORDER BY nr, veld")]


def made(map: Path, **hoe: Any) -> list[Any]:
    voorbeeld.make(map, **hoe)
    with open_register(map) as register:
        return facts(register)


# --- reproducible, and by the rules ----------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_facts_and_texts(gewoon: Register, tmp_path: Path):
    assert made(tmp_path / "weer", vandaag=VANDAAG) == facts(gewoon)
    een, ander = (made(tmp_path / str(seed), vandaag=VANDAAG, aantal=20, seed=seed) for seed in (1, 2))
    assert een != ander


def test_collected_in_batches_the_facts_are_those_of_the_register_itself(tmp_path: Path):
    plan = years(VANDAAG, 1, None)
    uit = []
    for naam in ("zelf", "verzameld"):
        klok, map = Klok(), tmp_path / naam
        with Register.open(map, klok=klok, **toebehoren(map)) as register:
            verzamelaar = Verzamelaar(register, klok)
            spelers = Spelers(register if naam == "zelf" else verzamelaar)
            for zet in itertools.islice(maker.in_order(plan, VANDAAG, 1), 200):
                klok.forward(zet.moment)
                spelers.play(zet)
            verzamelaar.flush()
            uit.append(facts(register))
    assert uit[0] == uit[1]


def test_a_klacht_in_which_somebody_becomes_involved_later_is_not_entered_twice():
    """Whoever lets the second lapse names the first, and has to be allowed to read it by then."""
    plan = years(VANDAAG, 1, None)[-1:]
    ((_, lijst),) = gevallen(plan, VANDAAG, 1, Agenda(date(VANDAAG.year, 1, 1), VANDAAG))
    for bijzonder, dubbel in (({"dubbel"}, True), ({"dubbel", "later_betrokken"}, False)):
        eerste = Geval(**{**vars(lijst[0]), "bijzonder": frozenset(bijzonder)})
        tweede = Geval(**{**vars(lijst[1]), "bijzonder": frozenset()})
        gemaakt = _relate([eerste, tweede], 1, VANDAAG)
        assert [bool(geval.dubbel_van) for geval in gemaakt] == [False, dubbel]


def test_the_short_way_of_the_large_register_gives_the_facts_that_every_rule_would_give(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    hoe = {"vandaag": VANDAAG, "seed": 3, "aantal": 150}
    volgens_alle_regels = made(tmp_path / "alle", **hoe)
    monkeypatch.setattr(maker, "GROOT", 1)
    assert made(tmp_path / "kort", **hoe) == volgens_alle_regels


@pytest.mark.parametrize("groot", [False, True])
def test_an_absence_that_is_recorded_on_the_way_leaves_what_follows_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, groot: bool
):
    """The organisation changes then, and the database with it: that said that all had been made already."""
    monkeypatch.setattr(maker, "GROOT", 1 if groot else 5_000)
    gezien = []

    class Kijker(Register):
        @contextlib.contextmanager
        def derived_at_end(self, megabytes: int | None = None) -> Iterator[None]:
            with super().derived_at_end(megabytes):
                yield
                gezien.append(rows(self, "SELECT count(*) FROM inrichting WHERE naam = 'afgeleid'"))
            gezien.append(rows(self, "SELECT count(*) FROM inrichting WHERE naam = 'afgeleid'"))
            gezien.append(self.meldingen)

    monkeypatch.setattr(maker, "Register", Kijker)
    voorbeeld.make(tmp_path / "r", vandaag=VANDAAG, aantal=60)
    assert gezien == [[(0,)], [(1,)], []]


def test_controleer_finds_nothing(voorbeeldregister: Register):
    assert [bevinding.zin for bevinding in controle.controleer(voorbeeldregister) if bevinding.ernst != "goed"] == []


def test_a_register_with_facts_is_refused_and_left_alone(register: Register, tmp_path: Path, capsys):
    map = register.map
    register.close()
    voorbeeld.make(map, vandaag=VANDAAG, aantal=3)
    journaal = {pad.name: pad.read_bytes() for pad in (map / "journaal").iterdir()}
    with pytest.raises(voorbeeld.RegisterNietLeeg, match="niet leeg"):
        voorbeeld.make(map, vandaag=VANDAAG)
    assert main(["voorbeeld", "--map", str(map)]) == 2
    assert "Kies met --map een andere map" in capsys.readouterr().err
    assert {pad.name: pad.read_bytes() for pad in (map / "journaal").iterdir()} == journaal


def test_the_command_makes_an_example_and_says_what_it_made(tmp_path: Path, capsys):
    assert main(["voorbeeld", "--aantal", "40", "--vandaag", "2026-03-02", "--map", str(tmp_path / "nieuw")]) == 0
    uit = capsys.readouterr()
    assert "40 klachten" in uit.out
    assert "100%  40 van 40 klachten" in uit.err


# --- what is in it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "vandaag", [VANDAAG, date(2026, 1, 1), date(2027, 1, 5), date(2028, 2, 29), date(2026, 6, 30)], ids=str
)
def test_six_years_one_without_a_klacht_and_the_others_with_5_to_40(vandaag: date, seed: int):
    plan = years(vandaag, seed, None)
    agenda = Agenda(date(plan[0].jaar, 1, 1), vandaag)
    aantallen = {jaar.jaar: len(lijst) for jaar, lijst in gevallen(plan, vandaag, seed, agenda)}
    assert list(aantallen) == list(range(vandaag.year - 5, vandaag.year + 1))
    assert sorted(aantallen.values())[0] == 0
    assert all(5 <= aantal <= 40 for aantal in sorted(aantallen.values())[1:]), aantallen


@pytest.mark.parametrize("vandaag", [date(2026, 1, 1), date(2027, 1, 5), date(2028, 2, 29), date(2026, 6, 30)], ids=str)
def test_it_can_be_made_on_any_day(vandaag: date, tmp_path: Path):
    assert voorbeeld.make(tmp_path / "r", vandaag=vandaag, seed=vandaag.day).klachten > 60
    with open_register(tmp_path / "r") as register:
        assert rows(register, "SELECT max(vastgelegd_op) FROM gebeurtenis")[0][0].date() < vandaag
        assert {status for (status,) in rows(register, "SELECT status FROM klacht")} == STATUSSEN


def test_the_years_in_the_register_are_as_planned(gewoon: Register):
    per_jaar = dict(rows(gewoon, "SELECT jaar, count(*) FROM klacht GROUP BY jaar"))
    assert per_jaar == {jaar.jaar: jaar.klachten for jaar in years(VANDAAG, voorbeeld.SEED, None) if jaar.klachten}
    assert len(per_jaar) == 5


def test_every_status_and_every_stage_of_a_dispute_occurs(voorbeeldregister: Register):
    assert {status for (status,) in rows(voorbeeldregister, "SELECT status FROM klacht")} == STATUSSEN
    assert {geschil for (geschil,) in rows(voorbeeldregister, "SELECT geschil FROM klacht")} == GESCHILLEN


def test_every_kind_of_fact_occurs(voorbeeldregister: Register):
    gezien = {soort for (soort,) in rows(voorbeeldregister, "SELECT DISTINCT soort FROM gebeurtenis")}
    assert gezien - VAN_ONSZELF == set(SOORTEN) - NIET_IN_HET_VOORBEELD - VAN_ONSZELF


def test_every_deviation_that_the_rules_know_occurs(groot: Register):
    codes = {
        code
        for (gegevens,) in rows(groot, "SELECT gegevens FROM gebeurtenis WHERE gegevens LIKE '%afwijkingen%'")
        for code in json.loads(gegevens)["afwijkingen"]
    }
    assert codes >= {
        "te_laat:bevestiging", "te_laat:niet_in_behandeling", "te_laat:maatregelen", "maatregel_te_laat", "volgorde",
        "toewijzing", "maatregel_na_termijn", "overleg_buiten", "geen_overleg", "verbeteractie_te_laat",
    }  # fmt: skip


def test_work_is_waiting_late_and_due_this_week(gewoon: Register):
    dagen = rows(
        gewoon,
        "SELECT termijn, dagen_over FROM termijnen(?) WHERE dagen_over IS NOT NULL AND status <> 'onbepaald'",
        VANDAAG,
    )
    for termijn in ("bevestiging", "maatregelen"):
        assert any(over < 0 for naam, over in dagen if naam == termijn)
        assert any(0 <= over <= 7 for naam, over in dagen if naam == termijn)
    assert rows(gewoon, "SELECT 1 FROM signaal WHERE status = 'open'")
    assert rows(gewoon, "SELECT 1 FROM klacht WHERE status = 'ontvangen' AND list_contains(betrokkenen, 'anna')")
    assert rows(gewoon, "SELECT 1 FROM verbeteractie WHERE uitgevoerd_op IS NULL AND vervallen_op IS NULL")


def test_in_an_agenda_every_task_is_an_event_of_its_own(voorbeeldregister: Register):
    with voorbeeldregister.cursor() as cursor:
        taken = werkvoorraad(cursor, VANDAAG, ())
    inhoud = calendar(taken, reglement=load(STANDAARD), vandaag=VANDAAG, link=str, merk=str, reeks={})
    merken = [regel for regel in inhoud.replace(b"\r\n ", b"").splitlines() if regel.startswith(b"UID")]
    assert len(set(merken)) == len(merken) == sum(taak.uiterlijk_op is not None for taak in taken) > 0


def test_every_year_is_evaluated_and_has_its_trajecten(gewoon: Register):
    jaren = list(range(VANDAAG.year - 5, VANDAAG.year))
    assert [jaar for (jaar,) in rows(gewoon, "SELECT jaar FROM evaluatie ORDER BY jaar")] == jaren
    per_jaar = dict(rows(gewoon, "SELECT jaar, sum(aantal) FROM trajecten GROUP BY jaar"))
    assert set(per_jaar) == {*jaren, VANDAAG.year}
    assert all(125 <= per_jaar[jaar] <= 175 for jaar in jaren)


def test_klachten_about_bereikbaarheid_drop_after_the_verbeteractie(gewoon: Register):
    [(jaar, verandering)] = rows(
        gewoon,
        "SELECT jaar, verandering FROM verbeteractie WHERE categorie = 'bereikbaarheid' AND uitgevoerd_op IS NOT NULL",
    )
    per_jaar = Counter(jaar for (jaar,) in rows(gewoon, "SELECT jaar FROM klacht WHERE categorie = 'bereikbaarheid'"))
    assert verandering == "minder"
    assert per_jaar[jaar + 1] < per_jaar[jaar]
    assert {v for (v,) in rows(gewoon, "SELECT verandering FROM verbeteractie")} >= {"minder", "gelijk", None}


# --- when it was recorded --------------------------------------------------------------------------------------------


def test_facts_are_recorded_in_order_and_soon_after_they_happened(voorbeeldregister: Register):
    feiten = rows(voorbeeldregister, "SELECT gebeurd_op, vastgelegd_op, corrigeert FROM gebeurtenis ORDER BY nr")
    assert all(een[1] <= ander[1] for een, ander in itertools.pairwise(feiten))
    wachten = [
        (vastgelegd_op.date() - gebeurd_op).days for gebeurd_op, vastgelegd_op, corrigeert in feiten if not corrigeert
    ]
    assert min(wachten) == 0
    assert max(wachten) <= 12
    jaren = range(VANDAAG.year - 5, VANDAAG.year + 1)
    assert [pad.stem for pad in voorbeeldregister.journaal.bestanden()] == [str(jaar) for jaar in jaren]


# --- Python and SQL agree --------------------------------------------------------------------------------------------


def test_the_dossier_says_of_every_klacht_what_the_tables_say(voorbeeldregister: Register):
    with voorbeeldregister.cursor() as cursor:
        rijen = cursor.execute("SELECT * FROM klacht ORDER BY klachtnummer").fetchall()
        kolommen = [kolom[0] for kolom in cursor.description or ()]
    maatregelen: dict[str, list[Any]] = {}
    for nummer, *rest in rows(
        voorbeeldregister,
        "SELECT klachtnummer, maatregel, actienemer, uiterlijk_op, overlegd_met, bepaald_op, geinformeerd_op, "
        "uitgevoerd_op, vervallen_op FROM maatregel ORDER BY klachtnummer, maatregel",
    ):
        maatregelen.setdefault(nummer, []).append(tuple(rest))
    verschillen = []
    for waarden in rijen[:: 1 if len(rijen) < 500 else 7]:
        rij = dict(zip(kolommen, waarden, strict=True))
        dossier = Dossier(rij["klachtnummer"], voorbeeldregister.vastleggingen(rij["klachtnummer"]))
        assert tegenstrijdigheden(dossier) == []
        verwacht = {
            "status": dossier.status,
            "geschil": dossier.geschil,
            "behandelaar": dossier.behandelaar,
            "betrokkenen": dossier.betrokkenen,
            "feiten_vermeld": dossier.feiten_vermeld,
            "ontvangen_op": dossier.ontvangen_op,
            "categorie": dossier.ontvangst.categorie,
            "zonder_maatregelen": dossier.zonder_maatregelen,
            "maatregelen": len(dossier.geldende_maatregelen),
            "maatregelen_open": len([m for m in dossier.geldende_maatregelen if m.open]),
            "afwijkingen": sum(bool(v.feit.afwijkingen) for v in dossier.geldig),
            "laatste_nr": max(v.nr for v in dossier.geldig),
            **{f"stap_{stap:02}_op": dossier.stap_op(stap) for stap in range(1, 16)},
        }
        gevonden = {naam: rij[naam] for naam in verwacht} | {"betrokkenen": frozenset(rij["betrokkenen"])}
        per_stuk = [
            (
                m.nr,
                m.actienemer,
                m.uiterlijk_op,
                m.overlegd_met,
                m.bepaald_op,
                m.geinformeerd_op,
                m.uitgevoerd_op,
                m.vervallen_op,
            )
            for m in dossier.maatregelen.values()
        ]
        if verwacht != gevonden or per_stuk != maatregelen.get(rij["klachtnummer"], []):
            anders = {naam: (verwacht[naam], gevonden[naam]) for naam in verwacht if verwacht[naam] != gevonden[naam]}
            verschillen.append((rij["klachtnummer"], anders, per_stuk, maatregelen.get(rij["klachtnummer"], [])))
    assert verschillen == []


def test_the_dossier_of_an_evaluation_says_what_the_table_says(voorbeeldregister: Register):
    for nummer, *rest in rows(
        voorbeeldregister,
        "SELECT klachtnummer, verbeteractie, actienemer, uiterlijk_op, categorie, bepaald_op, meegedeeld_op, "
        "uitgevoerd_op, vervallen_op, coalesce(verandering, '') FROM verbeteractie",
    ):
        actie = dossier_van(voorbeeldregister, nummer).verbeteracties[rest[0]]  # type: ignore[union-attr]
        assert rest == [
            actie.nr, actie.actienemer, actie.uiterlijk_op, actie.categorie, actie.bepaald_op, actie.meegedeeld_op,
            actie.uitgevoerd_op, actie.vervallen_op, actie.verandering,
        ]  # fmt: skip


# --- texts -----------------------------------------------------------------------------------------------------------


def test_every_text_is_filled_in(voorbeeldregister: Register):
    van_klachten = "SELECT DISTINCT tekst FROM tekst WHERE left(klachtnummer, 1) NOT IN ('O', 'P')"
    teksten = [tekst for (tekst,) in rows(voorbeeldregister, van_klachten)]
    assert [tekst for tekst in teksten if re.search(r"[\[\]{}|]|  | [.,;:]|\.\.|,\.", tekst)] == []
    assert [
        tekst
        for tekst in teksten
        if tekst[0].islower() and not tekst.startswith(("mr. ", "traject", "re-", "outpl", "loopb"))
    ] == [tekst for tekst in teksten if re.fullmatch(r"[a-z]\.[\w.]+@post\.example|(van|el|de) .*", tekst)]


def test_klachten_are_told_in_different_words(gewoon: Register):
    teksten = rows(
        gewoon,
        "SELECT tekst FROM tekst JOIN gebeurtenis USING (nr) WHERE soort = 'KlachtOntvangen' AND veld = 'omschrijving' "
        "AND corrigeert IS NULL",
    )
    keren = Counter(tekst for (tekst,) in teksten)
    assert len(keren) > 0.85 * len(teksten)
    assert max(keren.values()) <= 4


def test_the_ten_searches_in_docs_find_what_they_say(gewoon: Register):
    doc = (Path(__file__).parents[1] / "docs" / "zoeken.md").read_text(encoding="utf-8")
    kop, *rijen = [regel for regel in doc.splitlines() if regel.startswith("| ")]
    getypt = [rij.split("`")[1] for rij in rijen if "`" in rij]
    assert len(getypt) == 10
    anna = organisatie.gebruiker("anna")
    assert anna is not None
    nu = []
    for zoek in getypt:
        with gewoon.cursor() as cursor:
            blad = find_page(cursor, Filter(zoek=zoek), anna, VANDAAG, volgorde="nieuwste", limit=25, offset=0)
            regels = with_texts(cursor, blad, zoek)
        nummers = ", ".join(regel.klachtnummer for regel in regels[:4])
        wie = f"{blad.aantal}: {nummers}{', ...' if blad.aantal > 4 else ''}" if regels else "none"
        waar = (
            places(regels[0].gevonden_in) if regels and regels[0].gevonden_in else "-" if not regels else "the number"
        )
        nu.append(f"| `{zoek}` | {wie} | {waar} |")
    assert rijen[1:] == nu, "\n".join([kop, *nu])
