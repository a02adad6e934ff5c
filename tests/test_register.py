"""The register: what is recorded is there, whole, in order, once; what is refused leaves no trace."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest

from klachten.gebeurtenissen import (
    CoordinatorGeinformeerd,
    DocumentToegevoegd,
    FeitHerroepen,
    KlachtGeregistreerd,
    SignaalOntvangen,
    TrajectenVastgesteld,
    VoortgangBewaakt,
)
from klachten.register import Register, RegisterBezet, RegisterFout, feitrij
from klachten.register import boeking as boekingen
from klachten.register import controle as controles
from klachten.register.controle import controleer
from klachten.register.dossiermap import OngeldigNummer
from tests import eindig
from tests.registerproef import DAG, NU, boek_klacht, fouten, leg_klacht_vast, leg_stap_vast, ontvangst, open_at


@pytest.fixture
def register(tmp_path: Path):
    with open_at(tmp_path / "register") as register:
        yield register
        assert register.meldingen == []  # nothing went wrong that was then put right


@pytest.fixture(scope="module")
def gedeeld(tmp_path_factory):
    """A register with a klacht, shared by what is refused and leaves it as it is."""
    with open_at(tmp_path_factory.mktemp("gedeeld") / "register") as register:
        leg_klacht_vast(register)
        yield register
        assert register.meldingen == []


# --- recording and reading -------------------------------------------------------------------------------------------


def test_what_is_recorded_is_read_back(register):
    nummer = leg_klacht_vast(register, betrokkenen=("eva",), indiener_naam="J. Jansen")
    eerste, tweede = register.vastleggingen(nummer)
    assert eerste.feit == ontvangst(betrokkenen=("eva",), indiener_naam="J. Jansen")
    assert (eerste.nr, eerste.klachtnummer, eerste.door, eerste.rol) == (1, "K2026-0001", "anna", "coordinator")
    assert eerste.vastgelegd_op == NU
    assert tweede.feit == KlachtGeregistreerd(gebeurd_op=DAG)
    assert (register.stand().aantal, register.stand().zegel) == (2, tweede.zegel)


def test_it_is_the_same_after_closing_and_opening(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register)
        voor, stand = register.vastleggingen(nummer), register.stand()
    with open_at(tmp_path) as register:
        assert register.vastleggingen(nummer) == voor
        assert register.stand() == stand
        assert register.meldingen == []


def test_an_unknown_number_has_no_facts(register):
    assert register.vastleggingen("K2026-0099") == []


def test_the_derived_row_is_there_as_soon_as_the_fact_is(register):
    nummer = leg_klacht_vast(register)
    leg_stap_vast(register, nummer)
    with register.cursor() as cursor:
        rij = cursor.execute("SELECT stap_02_op, stappen, laatste_nr FROM klacht WHERE klachtnummer = ?", [nummer])
        assert rij.fetchall() == [(DAG, "1-3-2", 3)]


def test_a_group_sees_its_own_facts_before_they_are_recorded(register):
    with register.schrijven() as boeking:
        nummer = boek_klacht(boeking)
        assert [vastlegging.nr for vastlegging in boeking.vastleggingen(nummer)] == [1, 2]
        assert register.vastleggingen(nummer) == []


def test_the_version_grows_with_every_group(register):
    voor = register.versie
    nummer = leg_klacht_vast(register)
    leg_stap_vast(register, nummer)
    assert register.versie == voor + 2
    with register.schrijven():
        pass
    assert register.versie == voor + 2


TEKSTEN = [
    "😀 Zoë’s «klacht» – 漢字 \u202e\u200d",
    "regel 1\nregel 2\r\nregel 3\ttab\u2028\u2029einde",
    '=HYPERLINK("http://kwaad.example","klik")',
    "null",
    "NULL",
    "None",
    "NaN",
    " ",
    '{"nr": 1, "zout": "x"}\n{"nr": 2}',
    "'; DROP TABLE gebeurtenis; --",
    "C:\\map\\bestand \\n \\u0000 %s {0} $1",
    "met \x00 nul en \x1b escape",
    "e\u0301 is niet \u00e9",
    "x" * 1_000_000 + "é",
]


def test_every_text_comes_back_letter_by_letter_also_after_a_rebuild(tmp_path):
    with open_at(tmp_path) as register:
        nummers = [leg_klacht_vast(register, omschrijving=tekst, indiener_naam=tekst) for tekst in TEKSTEN]
        for nummer, tekst in zip(nummers, TEKSTEN, strict=True):
            assert register.vastleggingen(nummer)[0].feit.omschrijving == tekst
    (tmp_path / "klachten.duckdb").unlink()
    with open_at(tmp_path) as register:
        for nummer, tekst in zip(nummers, TEKSTEN, strict=True):
            assert register.vastleggingen(nummer)[0].feit == ontvangst(omschrijving=tekst, indiener_naam=tekst)
    assert fouten(controleer(tmp_path)) == []


def test_half_a_character_is_refused_and_nothing_is_recorded(register):
    with pytest.raises(RegisterFout, match="half teken"):
        leg_klacht_vast(register, omschrijving="\ud800")
    with pytest.raises(RegisterFout, match="niets vastgelegd"):
        leg_klacht_vast(register, ontvanger="\ud800")
    assert register.stand().aantal == 0
    assert leg_klacht_vast(register) == "K2026-0001"


def test_no_personal_data_stands_in_the_journal(register):
    leg_klacht_vast(register, indiener_naam="Jansen-Pietersen", omschrijving="Mijn geheim", traject="T-998877")
    journaal = b"".join(pad.read_bytes() for pad in (register.map / "journaal").iterdir())
    for geheim in (b"Jansen", b"geheim", b"998877"):
        assert geheim not in journaal


def test_the_same_text_has_another_commitment_each_time(register):
    leg_klacht_vast(register)
    leg_klacht_vast(register)
    regels = (register.map / "journaal" / "2026.jsonl").read_text(encoding="utf-8").splitlines()
    eerste, tweede = (json.loads(regels[i])["teksten"]["omschrijving"] for i in (0, 2))
    assert eerste != tweede
    tekst = json.loads((register.map / "dossiers/K2026-0001/teksten.jsonl").read_text(encoding="utf-8"))
    assert hashlib.sha256(bytes.fromhex(tekst["zout"]) + tekst["tekst"].encode()).hexdigest() == eerste


def test_vastgelegd_op_can_be_given_and_is_kept_in_utc(register):
    with register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("K", 2026)
        zomertijd = datetime(2025, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
        boeking.leg_vast(nummer, ontvangst(), door="anna", rol="coordinator", vastgelegd_op=zomertijd)
        with pytest.raises(RegisterFout, match="tijdzone"):
            boeking.leg_vast(nummer, ontvangst(), door="a", rol="b", vastgelegd_op=zomertijd.replace(tzinfo=None))
    assert register.vastleggingen(nummer)[0].vastgelegd_op == datetime(2025, 6, 30, 23, 30, tzinfo=UTC)


# --- documents -------------------------------------------------------------------------------------------------------


def test_a_document_is_kept_by_its_content_hash(register):
    nummer = leg_klacht_vast(register)
    inhoud = b"%PDF-1.7 \x00\xff brief"
    sha256 = hashlib.sha256(inhoud).hexdigest()
    for _ in range(2):
        with register.schrijven() as boeking:
            feit = DocumentToegevoegd(gebeurd_op=DAG, document=sha256, naam="brief van mevrouw Jansen.pdf")
            boeking.leg_vast(nummer, feit, door="anna", rol="coordinator", document=inhoud)
    assert register.document(nummer, sha256) == inhoud
    assert [pad.name for pad in (register.map / "dossiers" / nummer / "documenten").iterdir()] == [sha256]
    assert fouten(controleer(register)) == []


def test_a_document_that_is_not_the_one_in_the_fact_is_refused(register):
    nummer = leg_klacht_vast(register)
    with pytest.raises(RegisterFout, match="niet het document"), register.schrijven() as boeking:  # noqa: PT012
        feit = DocumentToegevoegd(gebeurd_op=DAG, document="0" * 64)
        boeking.leg_vast(nummer, feit, door="anna", rol="coordinator", document=b"iets anders")
    assert register.stand().aantal == 2


@pytest.mark.parametrize("sha256", ["../teksten.jsonl", "..", "", "/etc/passwd", "A" * 64, "0" * 63])
def test_a_document_cannot_be_asked_for_outside_its_folder(register, sha256):
    nummer = leg_klacht_vast(register)
    with pytest.raises(OngeldigNummer):
        register.document(nummer, sha256)


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_numbers_run_per_reeks_and_year(register):
    with register.schrijven() as boeking:
        for reeks, jaar, verwacht in [
            ("K", 2026, "K2026-0001"), ("K", 2026, "K2026-0002"), ("K", 2025, "K2025-0001"), ("S", 2026, "S2026-0001"),
            ("E", 2026, "E2026-0001"), ("K", 2026, "K2026-0003"),
        ]:  # fmt: skip
            nummer = boeking.nieuw_nummer(reeks, jaar)
            assert nummer == verwacht
            boeking.leg_vast(nummer, ontvangst(), door="anna", rol="coordinator")
    with register.schrijven() as boeking:
        assert boeking.nieuw_nummer("K", 2026) == "K2026-0004"
        boeking.leg_vast("K2026-0004", ontvangst(), door="anna", rol="coordinator")


def test_a_number_that_gets_no_fact_makes_the_whole_group_fail(register):
    with pytest.raises(RegisterFout, match="K2026-0002"), register.schrijven() as boeking:  # noqa: PT012
        boek_klacht(boeking)
        boeking.nieuw_nummer("K", 2026)
    assert register.stand().aantal == 0
    assert leg_klacht_vast(register) == "K2026-0001"


def test_numbers_beyond_9999_grow_a_digit(register):
    with register.schrijven() as boeking:
        for _ in range(10_001):
            nummer = boeking.nieuw_nummer("K", 2026)
            boeking.leg_vast(nummer, KlachtGeregistreerd(gebeurd_op=DAG), door="anna", rol="coordinator")
    assert nummer == "K2026-10001"
    leg_stap_vast(register, nummer)
    assert fouten(controleer(register)) == []


def test_twenty_writers_at_once_give_numbers_without_gaps_or_repeats(register):
    start = threading.Barrier(20)

    def schrijf(i: int) -> list[str]:
        start.wait(eindig.GENOEG)
        nummers = []
        for j in range(4):
            if (i + j) % 4 == 3:  # some give up half-way
                with pytest.raises(ZeroDivisionError), register.schrijven() as boeking:  # noqa: PT012
                    boek_klacht(boeking)
                    raise ZeroDivisionError
            else:
                nummers.append(leg_klacht_vast(register, indiener_naam=f"{i}-{j}"))
                assert register.vastleggingen(nummers[-1])[0].feit.indiener_naam == f"{i}-{j}"
        return nummers

    with ThreadPoolExecutor(20) as pool:
        nummers = [nummer for lijst in pool.map(schrijf, range(20)) for nummer in lijst]
    assert sorted(nummers) == [f"K2026-{i:04d}" for i in range(1, 61)]
    assert register.stand().aantal == 120
    assert fouten(controleer(register)) == []


@pytest.mark.parametrize(
    "nummer",
    [
        "../K2026-0001", "K2026-0001/../../x", "..", "", ".", "K2026-1", "K2026-00001", "k2026-0001", "K2026-0001 ",
        "K2026-0001\n", "X2026-0001", "K２０２６-０００１", "K2026-0000/", "T2026-0001", "T26", "CON", "C:\\x",
        "K2026-0001\x00",
    ],
)  # fmt: skip
def test_what_is_no_klachtnummer_never_becomes_a_folder(gedeeld, nummer):
    voor, stand = sorted(gedeeld.map.rglob("*")), gedeeld.stand()
    with pytest.raises(OngeldigNummer), gedeeld.schrijven() as boeking:
        boeking.leg_vast(nummer, ontvangst(), door="anna", rol="coordinator")
    with pytest.raises(OngeldigNummer):
        gedeeld.vastleggingen(nummer)
    assert sorted(gedeeld.map.rglob("*")) == voor
    assert gedeeld.stand() == stand


@pytest.mark.parametrize("nummer", ["K2026-0002", "S2026-0001", "K2025-0001"])
def test_a_fact_of_a_number_never_given_out_is_refused(register, nummer):
    leg_klacht_vast(register)
    with pytest.raises(RegisterFout, match=f"{nummer} bestaat niet"):
        leg_stap_vast(register, nummer)
    assert register.stand().aantal == 2


def test_trajecten_of_a_year_need_no_number(register):
    with register.schrijven() as boeking:
        feit = TrajectenVastgesteld(gebeurd_op=DAG, jaar=2025, vestiging="weert", aantal=150)
        boeking.leg_vast("T2025", feit, door="carla", rol="directie")
    with register.cursor() as cursor:
        assert cursor.execute("SELECT * FROM trajecten").fetchall() == [
            ("T2025", 2025, date(2025, 1, 1), date(2025, 12, 31), "weert", 150)
        ]


# --- groups and refusals ---------------------------------------------------------------------------------------------


def test_a_group_that_fails_leaves_no_trace(register):
    leg_klacht_vast(register)
    voor = {pad: pad.read_bytes() for pad in register.map.rglob("*.jsonl")}
    with pytest.raises(ZeroDivisionError), register.schrijven() as boeking:  # noqa: PT012
        boek_klacht(boeking)
        raise ZeroDivisionError
    assert {pad: pad.read_bytes() for pad in register.map.rglob("*.jsonl")} == voor
    assert register.stand().aantal == 2
    assert leg_klacht_vast(register) == "K2026-0002"


def test_writing_within_writing_is_refused_and_does_not_hang(register):
    with pytest.raises(RegisterFout, match="Binnen schrijven"), register.schrijven(), register.schrijven():
        pass
    leg_klacht_vast(register)


def test_a_group_that_is_closed_takes_no_more_facts(register):
    with register.schrijven() as boeking:
        nummer = boek_klacht(boeking)
    with pytest.raises(RegisterFout, match="afgesloten"):
        boeking.leg_vast(nummer, KlachtGeregistreerd(gebeurd_op=DAG), door="anna", rol="coordinator")


def test_a_closed_register_says_so(tmp_path):
    register = open_at(tmp_path)
    register.close()
    register.close()
    with pytest.raises(RegisterFout, match="gesloten"):
        register.stand()
    with pytest.raises(RegisterFout, match="gesloten"), register.schrijven():
        pass


def test_a_correction_names_the_first_version_of_a_fact_of_the_same_klacht(register):
    nummer, ander = leg_klacht_vast(register), leg_klacht_vast(register)
    beter = ontvangst(categorie="bejegening", reden="Verkeerd gelezen.")
    with register.schrijven() as boeking:
        nr = boeking.leg_vast(nummer, beter, door="anna", rol="coordinator", corrigeert=1)
    assert register.vastleggingen(nummer)[-1].corrigeert == 1
    with register.cursor() as cursor:
        assert cursor.execute("SELECT categorie FROM klacht WHERE klachtnummer = ?", [nummer]).fetchall() == [
            ("bejegening",)
        ]
    for klachtnummer, fout in [(ander, 1), (nummer, nr), (nummer, 99)]:
        with pytest.raises(RegisterFout, match="geen eerste versie"), register.schrijven() as boeking:
            boeking.leg_vast(klachtnummer, beter, door="anna", rol="coordinator", corrigeert=fout)


def test_taking_back_the_only_fact_takes_the_derived_row_away(register):
    with register.schrijven() as boeking:
        nummer = boeking.nieuw_nummer("S", 2026)
        feit = SignaalOntvangen(gebeurd_op=DAG, kanaal="telefoon", vestiging="weert", ontvanger="eva")
        nr = boeking.leg_vast(nummer, feit, door="eva", rol="medewerker")
    with register.schrijven() as boeking:
        boeking.leg_vast(nummer, FeitHerroepen(gebeurd_op=DAG), door="eva", rol="medewerker", corrigeert=nr)
    with register.cursor() as cursor:
        assert cursor.execute("SELECT count(*) FROM signaal").fetchall() == [(0,)]
    assert fouten(controleer(register)) == []


def test_a_double_click_finds_the_klacht_already_made(register):
    nummer = leg_klacht_vast(register, intake="formulier-1")
    with register.schrijven() as boeking:
        assert boeking.intake("formulier-1") == nummer
        assert boeking.intake("formulier-2") is None
        assert boeking.intake("") is None
        nieuw = boek_klacht(boeking, intake="formulier-2")
        assert boeking.intake("formulier-2") == nieuw


def test_a_large_group_is_one_group_and_reports_its_progress(register, monkeypatch):
    """Larger than a block: of a tenth of the size, which no other limit lies between."""
    for module in (feitrij, boekingen, controles):
        assert module.BLOK == 20_000
        monkeypatch.setattr(module, "BLOK", 2_000)
    gezien = []
    with register.schrijven(progress=gezien.append) as boeking:
        nummers = [boek_klacht(boeking) for _ in range(1_100)]
    assert gezien == [2_000, 200]
    with register.cursor() as cursor:
        assert cursor.execute("SELECT count(*), max(stappen) FROM klacht").fetchall() == [(1_100, "1-3")]
    assert register.vastleggingen(nummers[-1])[1].nr == 2_200
    leg_stap_vast(register, nummers[5])
    assert fouten(controleer(register)) == []


def test_refreshing_some_klachten_gives_the_rows_that_a_rebuild_gives(register):
    """One by one, a few at a time and very many at a time are three roads to the same rows."""
    for aantal in (1, 3, 600, 1, 2):
        with register.schrijven() as boeking:
            for _ in range(aantal):
                boek_klacht(boeking)
            if aantal == 3:
                feit = VoortgangBewaakt(gebeurd_op=date(2026, 1, 6))
                boeking.leg_vast("K2026-0001", feit, door="bas", rol="behandelaar")
        assert fouten(controleer(register)) == []


def test_readers_never_see_another_readers_rows(register):
    nummers = [leg_klacht_vast(register, indiener_naam=f"naam {i}") for i in range(10)]

    def lees(i: int) -> bool:
        vastlegging = register.vastleggingen(nummers[i % 10])[0]
        return vastlegging.klachtnummer == nummers[i % 10] and vastlegging.feit.indiener_naam == f"naam {i % 10}"

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lees, range(200)))


# --- append-only -----------------------------------------------------------------------------------------------------

VALUES = "VALUES (1, 'K2026-0001', 1, 'x', '2026-01-05', '2026-01-05', 'a', 'b', NULL, '{}', '{}', [1,1], 'v', 'z')"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE gebeurtenis SET door = 'bas'",
        "UPDATE gebeurtenis SET door = 'bas' WHERE nr = 1",
        "DELETE FROM gebeurtenis",
        "DELETE FROM gebeurtenis WHERE nr = 2",
        "DELETE FROM gebeurtenis USING klacht WHERE gebeurtenis.klachtnummer = klacht.klachtnummer",
        "TRUNCATE gebeurtenis",
        "MERGE INTO gebeurtenis USING (SELECT 1 AS nr) AS n ON gebeurtenis.nr = n.nr WHEN MATCHED THEN DELETE",
        "MERGE INTO gebeurtenis USING (SELECT 1 nr) n ON gebeurtenis.nr = n.nr WHEN MATCHED THEN UPDATE SET rol=''",
        f"INSERT OR REPLACE INTO gebeurtenis {VALUES}",
        f"INSERT INTO gebeurtenis {VALUES} ON CONFLICT DO UPDATE SET door = 'bas'",
        f"INSERT INTO gebeurtenis {VALUES}",
    ],
)
def test_facts_are_never_changed_or_removed(gedeeld, sql):
    with gedeeld.cursor() as cursor:
        voor = cursor.execute("SELECT * FROM gebeurtenis ORDER BY nr").fetchall()
        with pytest.raises(duckdb.Error):
            cursor.execute(sql)
        assert cursor.execute("SELECT * FROM gebeurtenis ORDER BY nr").fetchall() == voor
    leg_stap_vast(gedeeld, "K2026-0001")
    assert fouten(controleer(gedeeld)) == []


# --- lock ------------------------------------------------------------------------------------------------------------


def test_a_second_register_on_the_same_folder_is_refused_with_the_name_of_the_folder(register):
    leg_klacht_vast(register)
    with pytest.raises(RegisterBezet, match=r"al geopend.*Sluit dat eerst") as fout:
        open_at(register.map)
    assert str(register.map) in str(fout.value)
    leg_klacht_vast(register)
    with pytest.raises(RegisterBezet):
        controleer(register.map)


def test_another_process_is_refused_and_may_open_after_closing(tmp_path):
    code = (
        "import sys; from pathlib import Path; from klachten.register import *\n"
        "try:\n"
        "    with Register.open(Path(sys.argv[1]), reglementen={}, kalender_dagen=[]) as r: print(r.stand().aantal)\n"
        "except RegisterBezet as fout: print('bezet', fout)\n"
    )

    def elders() -> str:
        gedaan = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=True, timeout=60
        )
        return gedaan.stdout.decode("utf-8")

    with open_at(tmp_path) as register:
        leg_klacht_vast(register)
        assert elders().startswith("bezet Het register in")
        leg_klacht_vast(register)
    assert elders().strip() == "4"


def test_a_register_may_be_closed_by_another_thread_than_the_one_that_opened_it(tmp_path):
    register = open_at(tmp_path)
    sluiter = threading.Thread(target=register.close)
    sluiter.start()
    eindig.ended(sluiter)
    open_at(tmp_path).close()


def test_the_folder_needs_nothing_but_to_be_writable(tmp_path):
    with open_at(tmp_path / "een" / "twee") as register:
        leg_klacht_vast(register)
        assert isinstance(register, Register)
        assert CoordinatorGeinformeerd.stap == 2
    assert {pad.name for pad in (tmp_path / "een" / "twee").iterdir()} - {"klachten.lock"} == {
        "journaal",
        "dossiers",
        "klachten.duckdb",
        "zegel.json",
    }


# --- the words by which a klacht is found -----------------------------------------------------------------------------


def words(register, nummer: str) -> set[str]:
    """The words of a klacht, which also stand in the list of all words."""
    vraag = "SELECT z.woord FROM zoekwoord AS z JOIN woord AS w ON w.woord = z.woord WHERE z.klachtnummer = ?"
    with register.cursor() as cursor:
        return {woord for (woord,) in cursor.execute(vraag, [nummer]).fetchall()}


def test_a_register_of_the_version_before_search_words_opens_and_has_them(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register, indiener_naam="Fiona O’Neill", omschrijving="Łódź")
        for opdracht in (
            "DROP TABLE zoekwoord",
            "DROP TABLE woord",
            "DELETE FROM migratie WHERE naam = '006_zoeken.sql'",
            "DELETE FROM inrichting WHERE naam = 'zoekwoorden'",
        ):
            register._db.con.execute(opdracht)
    assert fouten(controleer(tmp_path)) == [], "it is brought up to date at the next start"
    with open_at(tmp_path) as register:
        assert register.meldingen == []
        assert words(register, nummer) == {"fiona", "o", "neill", "oneill", "lodz"}
        leg_stap_vast(register, nummer, "Zoë belde.")
        assert words(register, nummer) == {"fiona", "o", "neill", "oneill", "lodz", "zoe", "belde"}
        assert fouten(controleer(register)) == []


def test_other_rules_for_words_make_them_anew_at_the_next_start(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register, omschrijving="Łódź")
        register._db.con.execute("UPDATE inrichting SET waarde = 'anders' WHERE naam = 'zoekwoorden'")
        register._db.con.execute("UPDATE zoekwoord SET woord = 'łodz'")
    with open_at(tmp_path) as register:
        assert words(register, nummer) == {"lodz"}


def test_a_rebuild_makes_the_words_too(tmp_path):
    with open_at(tmp_path) as register:
        nummer = leg_klacht_vast(register, omschrijving="Łódź")
    with open_at(tmp_path, herbouw=True) as register:
        assert words(register, nummer) == {"lodz"}


def test_of_texts_that_are_taken_away_no_word_stays(tmp_path):
    with open_at(tmp_path) as register:
        een = leg_klacht_vast(register, omschrijving="fiets gestolen")
        ander = leg_klacht_vast(register, omschrijving="fiets terug")
        with register._db.transaction():
            register._db.con.execute("DELETE FROM tekst WHERE klachtnummer = ?", [een])
            register._db.teksten.zoekwoorden.renew([een])
        assert (words(register, een), words(register, ander)) == (set(), {"fiets", "terug"})
        with register.cursor() as cursor:
            over = cursor.execute("SELECT woord FROM woord ORDER BY woord").fetchall()
        assert over == [("fiets",), ("terug",)]
        leg_stap_vast(register, een, "gestolen?")
        assert words(register, een) == {"gestolen"}
