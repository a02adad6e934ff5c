"""The register: what is recorded is there, whole, in order, once; what is refused leaves no trace."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from klachten.gebeurtenissen import (
    DocumentToegevoegd,
    FeitHerroepen,
    KlachtGeregistreerd,
    SignaalOntvangen,
    VoortgangBewaakt,
)
from klachten.register import RegisterFout, feitrij
from klachten.register import boeking as boekingen
from klachten.register import controle as controles
from klachten.register.controle import controleer
from klachten.register.dossiermap import OngeldigNummer
from tests.leegproef import register
from tests.registerproef import DAG, NU, boek_klacht, fouten, leg_klacht_vast, leg_stap_vast, ontvangst, open_at

# A register in which nothing goes wrong that is then put right.
__all__ = ["register"]


# --- recording and reading --------------------------------------------------------------------------------------------


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
