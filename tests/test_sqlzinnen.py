"""What DuckDB says of a wrong question is said in Dutch, by the real DuckDB; nothing of the data is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import duckdb
import pytest

from klachten.analyse.verkenner import bureau, sqlzinnen
from klachten.analyse.verkenner.bureau import Gevraagd, Uitkomst
from klachten.analyse.verkenner.sqlzinnen import GEEN_TOEGANG
from klachten.register import Register
from tests.evaluatieproef import register_met_momentopname


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with register_met_momentopname(40) as register:
        yield register


@pytest.fixture(scope="module")
def con(register: Register) -> Iterator[duckdb.DuckDBPyConnection]:
    with bureau.ready(register.map, geheugen_mb=128) as con:
        yield con


def stel(con: duckdb.DuckDBPyConnection, sql: str) -> Uitkomst:
    return bureau.reply(con, Gevraagd("", sql, seconden=60, rijen=20))


LEZEN = "Hier kan alleen worden gelezen, met één SELECT (ook WITH, FROM, VALUES, DESCRIBE of SUMMARIZE)."
KIJK = "Kijk wat er vlak voor staat: vaak mist daar een komma, een haakje of een woord."
CAST = "Kijk of dit de goede kolom is en hoeveel er tussen hoort, of maak er eerst iets anders van met CAST(… AS …)."
DAG = "Schrijf een dag als DATE '2025-12-31': jaar, maand, dag."
TRY = "Met TRY_CAST(… AS …) wordt leeg wat niet te lezen is."


def een(sql: str, soort: str, zin: str) -> tuple[str, tuple[str, str]]:
    return sql, (soort, zin)


FOUT = dict([
    een("SELECT * FROM klagt",
        "sql_tabel", "Er is geen tabel 'klagt' (teken 15). Bedoelt u klacht?"),
    een("SELECT * FROM klachten",
        "sql_tabel", "Er is geen tabel 'klachten' (teken 15). Bedoelt u klacht of wachten?"),
    een("DESCRIBE zzzz", "sql_tabel", "Er is geen tabel 'zzzz'. Alle tabellen staan hieronder."),
    een("SELECT * FROM andere.klacht",
        "sql_tabel", "Er is geen 'andere.klacht'. Schrijf alleen klacht: zo heet de tabel hier."),
    een("SELECT * FROM termijnnaleving",
        "sql_tabel", "'termijnnaleving' is een vraag en geen tabel. Schrijf termijnnaleving(DATE '2025-12-31')."),
    een("SELECT * FROM klacht()",
        "sql_tabel", "'klacht' is een tabel en geen vraag. Schrijf FROM klacht, zonder haakjes."),
    een("SELECT * FROM termijnenn(DATE '2025-12-31')",
        "sql_tabel", "Er is geen vraag 'termijnenn' (teken 15). Bedoelt u termijnen of termijnkeuze?"),
    een("SELECT * FROM '/etc/passwd'", "sql_bestanden", GEEN_TOEGANG),
    een("SELECT * FROM read_csv('/etc/passwd')", "sql_bestanden", GEEN_TOEGANG),
    een("SELECT ontvangen FROM klacht",
        "sql_kolom",
        "Er is geen kolom 'ontvangen' in klacht (teken 8). Bedoelt u ontvanger of ontvangen_op?"),
    een("SELECT k.ontvangn_op FROM klacht AS k",
        "sql_kolom", "Er is geen kolom 'ontvangn_op' in klacht (teken 8). Bedoelt u ontvangen_op of ontvanger?"),
    een("SELECT naam, dagg FROM momentopname",
        "sql_kolom",
        "Er is geen kolom 'dagg' in momentopname (teken 14). Bedoelt u dag? De kolommen zijn naam, gemaakt_op, dag, "
        "aantal_feiten, zegel en software."),
    een('SELECT * FROM klacht WHERE kanaal = "email"',
        "sql_kolom",
        "Er is geen kolom 'email' (teken 37). Is het een tekst, zet hem dan tussen enkele tekens: 'email'. Tussen \" "
        "staat de naam van een kolom."),
    een("SELECT x.jaar FROM klacht AS k", "sql_kolom", "Achter FROM staat geen 'x' (teken 8). Daar staat wel k."),
    een("SELECT jaar",
        "sql_kolom", "Er staat niet uit welke tabel 'jaar' komt (teken 8). Zet er FROM achter, met een tabel."),
    een("SELECT * FROM klacht JOIN maatregel USING (foo)",
        "sql_kolom", "Er is geen kolom 'foo' in klacht of maatregel. Kies hieronder de tabel: daar staan "
        "haar kolommen."),
    een("SELEC jaar FROM klacht",
        "sql_zinsbouw", "Zo is het geen SQL: het gaat mis bij 'SELEC' (teken 1). Bedoelt u SELECT?"),
    een("SELECT jaar\nFROM klacht\nWHERE",
        "sql_zinsbouw", f"De vraag is nog niet af: er mist iets achter 'WHERE' (regel 3, teken 1). {KIJK}"),
    een("SELECT jaar FROM klacht WHERE (jaar = 2025",
        "sql_zinsbouw",
        "De vraag is nog niet af: er mist iets achter '2025' (teken 39). Er is 1 haakje open: zet er ) achter."),
    een("SELECT jaar FROM klacht GROUP jaar",
        "sql_zinsbouw", "De vraag is nog niet af: er mist iets achter 'jaar' (teken 31). Achter GROUP hoort BY."),
    een("SELECT TOP 5 * FROM klacht",
        "sql_zinsbouw",
        "Zo is het geen SQL: het gaat mis bij '5' (teken 12). Zet in plaats van TOP achteraan LIMIT, met hoeveel "
        "rijen."),
    een("SELECT * FROM klacht JOIN maatregel",
        "sql_zinsbouw",
        "De vraag is nog niet af: er mist iets achter 'maatregel' (teken 27). Achter JOIN hoort ook waarop: "
        "ON a.klachtnummer = b.klachtnummer, of USING (klachtnummer)."),
    een("SELECT 'é', 'abc FROM klacht",
        "sql_zinsbouw",
        "Een tekst begint met ' en houdt niet op (teken 13). Zet er een ' achter; een ' in een tekst is ''."),
    een('SELECT "abc FROM klacht',
        "sql_zinsbouw",
        'Een naam begint met " en houdt niet op (teken 8). Zet er een " achter; een tekst staat tussen enkele tekens: '
        "'tekst'."),
    een("VALUES (1), (2, 3)",
        "sql_zinsbouw", "De rijen achter VALUES hebben niet allemaal evenveel waarden. Geef elke rij er evenveel."),
    een("SELECT CAST(kanaal AS INTEGER) FROM klacht",
        "sql_waarde", f"Een van de waarden is niet te lezen als een getal (teken 8). {TRY}"),
    een("SELECT * FROM klacht WHERE jaar = 'vorig jaar'",
        "sql_waarde", f"'vorig jaar' is niet te lezen als een getal (teken 35). {TRY}"),
    een("SELECT * FROM klacht WHERE ontvangen_op = 'gisteren'",
        "sql_waarde", f"'gisteren' is geen dag die bestaat (teken 43). {DAG}"),
    een("SELECT DATE '2025-13-45'", "sql_waarde", f"'2025-13-45' is geen dag die bestaat (teken 8). {DAG}"),
    een("SELECT CAST(klachtnummer AS DATE) FROM klacht",
        "sql_waarde", f"Een van de waarden is geen dag die bestaat (teken 8). {DAG}"),
    een("SELECT * FROM klacht WHERE ontvangen_op > 2025",
        "sql_waarde",
        "Dit is niet te vergelijken: een dag en een getal (teken 28). Een dag schrijft u als DATE '2025-12-31', het "
        "jaar ervan is year(kolom); maak anders van een van beide iets anders met CAST(… AS …)."),
    een("SELECT 9223372036854775807 + jaar FROM klacht",
        "sql_waarde",
        "Een getal wordt te groot, of past niet in de soort die u koos. Reken met CAST(… AS DOUBLE)."),
    een("SELECT date_diff('dag', ontvangen_op, tot) FROM klacht",
        "sql_waarde",
        "'dag' is geen deel van een dag. Kies 'day' (dag), 'week', 'month' (maand), 'quarter' (kwartaal) of 'year' "
        "(jaar)."),
    een("SELECT strptime(kanaal, '%Y') FROM klacht",
        "sql_waarde",
        "Een van de waarden heeft niet de vorm die u opgaf. Met try_strptime(…) wordt leeg wat die vorm niet heeft."),
    een("SELECT CAST(jaar AS getal) FROM klacht",
        "sql_waarde",
        "Er is geen soort waarde 'getal' (teken 21). Kies INTEGER (getal), DOUBLE (getal met komma), VARCHAR (tekst), "
        "DATE (dag), TIMESTAMP (moment) of BOOLEAN (ja of nee)."),
    een("SELECT aantal(jaar) FROM klacht", "sql_functie", "Er is geen functie 'aantal' (teken 8). Schrijf count(*)."),
    een("SELECT getdate()",
        "sql_functie",
        "Er is geen functie 'getdate' (teken 8). Schrijf (SELECT dag FROM momentopname), de dag van deze kopie."),
    een("SELECT mediann(jaar) FROM klacht",
        "sql_functie", "Er is geen functie 'mediann' (teken 8). Bedoelt u median?"),
    een("SELECT sum(kanaal) FROM klacht",
        "sql_functie", f"sum kan niet met een tekst tussen de haakjes (teken 8). {CAST}"),
    een("SELECT ontvangen_op + kanaal FROM klacht",
        "sql_functie",
        "Een dag en een tekst gaan niet samen met + (teken 21). Maak er eerst dezelfde soort van, met CAST(… AS …)."),
    een("SELECT jaar, kanaal, COUNT(*) FROM klacht GROUP BY jaar",
        "sql_groepen",
        "'kanaal' (teken 14) staat niet achter GROUP BY, en een groep heeft er meer van. Zet kanaal erbij "
        "achter GROUP BY, of tel ermee: min(kanaal), max(kanaal) of count(kanaal)."),
    een("SELECT jaar FROM klacht WHERE COUNT(*) > 3 GROUP BY jaar",
        "sql_groepen",
        "Achter WHERE kan niet worden geteld (teken 31). Zet die voorwaarde achter GROUP BY, met HAVING ervoor."),
    een("SELECT SUM(COUNT(*)) FROM klacht",
        "sql_groepen",
        "Tellen over wat al geteld is, kan niet in één keer (teken 12). Tel eerst, in een vraag tussen haakjes achter "
        "FROM, en tel daarvan."),
    een("SELECT ROW_NUMBER() FROM klacht",
        "sql_groepen",
        "Bij deze functie hoort OVER (…) (teken 8), bijvoorbeeld row_number() OVER (ORDER BY ontvangen_op)."),
    een("SELECT klachtnummer FROM klacht AS a JOIN maatregel AS b ON a.klachtnummer = b.klachtnummer",
        "sql_dubbelzinnig",
        "'klachtnummer' staat in meer dan één tabel van deze vraag (teken 8). Schrijf a.klachtnummer of "
        "b.klachtnummer."),
    een("SELECT * FROM klacht, klacht",
        "sql_dubbelzinnig",
        "Een tabel staat er twee keer onder één naam. Geef elk een eigen naam: FROM klacht AS a, klacht AS b."),
    een("SELECT jaar FROM klacht UNION SELECT jaar, kanaal FROM klacht",
        "sql_vorm",
        "De vragen aan weerszijden van UNION, EXCEPT of INTERSECT hebben niet evenveel kolommen. Geef elk er "
        "evenveel."),
    een("SELECT (SELECT jaar FROM klacht)",
        "sql_vorm",
        "De vraag tussen haakjes geeft meer dan één rij, en hier past er één. Schrijf IN in plaats van =, of neem er "
        "één met max(…) of LIMIT 1."),
    een("SELECT * FROM klacht WHERE jaar IN (SELECT jaar, kanaal FROM klacht)",
        "sql_vorm", "De vraag tussen haakjes geeft 2 kolommen, en hier past er 1 (teken 36). Kies er 1."),
    een("SELECT jaar FROM klacht ORDER BY 9",
        "sql_vorm",
        "Achter ORDER BY of GROUP BY staat het nummer van een kolom die er niet is (teken 34). Tel vanaf 1, of schrijf "
        "de naam."),
    een("SELECT jaar FROM klacht WHERE jaar = $1",
        "sql_vorm",
        "In de vraag staat een ? of $ voor een waarde die nog moet worden ingevuld. Schrijf de waarde zelf op die "
        "plek."),
    een("SELECT * FROM termijnen()",
        "sql_vraag",
        "De vraag termijnen wil iets anders weten dan er tussen de haakjes staat. Schrijf "
        "termijnen(DATE '2025-12-31')."),
    een("UPDATE keuze SET naam = 'x'", "sql_alleen_lezen", f"{LEZEN} Dit is UPDATE."),
    een("SELECT * FROM query('DELETE FROM keuze')", "sql_alleen_lezen", LEZEN),
    een("PIVOT klacht ON kanaal",
        "sql_alleen_lezen",
        "PIVOT kan hier niet, want het maakt eerst iets aan. Tel per kolom met count(*) FILTER (WHERE …)."),
    een("SELECT 1; SELECT 2", "sql_een_vraag", "Stel één vraag tegelijk: dit zijn er 2. Haal de andere weg."),
    een("SELECT error('foei')",
        "sql_rij",
        "De vraag stopte bij een van de rijen: een functie kon daar niet verder, of er staat error(…) in. Kies minder "
        "rijen, of haal die functie eruit."),
    een("SELECT struct_pack(a := 1).b",
        "sql_anders",
        "Deze vraag kan niet worden beantwoord, en wat eraan mankeert is hier niet in gewone woorden bekend. Haal er "
        "een deel uit en stel haar opnieuw: zo vindt u welk deel het is."),
])  # fmt: skip


@pytest.mark.parametrize("sql", FOUT)
def test_a_wrong_question_is_explained_in_dutch(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    uit = stel(con, sql)
    assert (uit.soort, uit.weigering) == FOUT[sql]
    assert stel(con, "SELECT 1").rijen == ((1,),)


def test_every_kind_that_is_said_is_in_the_table() -> None:
    gezegd = {soort for soort, _ in FOUT.values()}
    assert sqlzinnen.soorten() <= gezegd
    # Of the process, not of what DuckDB says of a question: tests/test_sqlbureau.py.
    assert gezegd - sqlzinnen.soorten() == {"sql_een_vraag"}


def test_the_place_is_marked_below_the_line_in_which_it_is(con: duckdb.DuckDBPyConnection) -> None:
    assert stel(con, "SELECT jaar,\n  'é' || foo\nFROM klacht").plek == "  'é' || foo\n         ^^^"
    lang = stel(con, f"SELECT {', '.join(['jaar'] * 40)}, foo FROM klacht").plek.split("\n")
    assert lang[0][lang[1].index("^") :].startswith("foo FROM")
    assert lang[1].count("^") == 3
    assert stel(con, "SELECT 1; SELECT 2").plek == ""


def test_what_duckdb_said_is_kept_for_who_wants_it(con: duckdb.DuckDBPyConnection) -> None:
    uit = stel(con, "SELECT ontvangen FROM klacht")
    assert uit.origineel.startswith('Binder Error: Referenced column "ontvangen" not found in FROM clause!\nCandidate')
    assert len(stel(con, "SELECT ontvangen_op + kanaal FROM klacht").origineel) <= 2_001


LEKKEN = (
    "SELECT error(klachtnummer) FROM klacht",
    "SELECT CAST(klachtnummer AS INTEGER) FROM klacht",
    "SELECT CAST(klachtnummer AS DATE) FROM klacht",
    "SELECT CAST('''\"' || klachtnummer AS DOUBLE) FROM klacht",
    "SELECT strptime(klachtnummer, '%d') FROM klacht",
    "SELECT date_diff(klachtnummer, ontvangen_op, ontvangen_op) FROM klacht",
    "SELECT CAST(klachtnummer AS BOOLEAN) FROM klacht",
    "SELECT CAST(klachtnummer AS JSON) FROM klacht",
    "SELECT regexp_matches('a', '(' || klachtnummer) FROM klacht",
    "SELECT CAST(CAST(substr(klachtnummer, 2, 4) AS INTEGER) AS TINYINT) FROM klacht",
    "SELECT 9223372036854775807 + CAST(substr(klachtnummer, 2, 4) AS BIGINT) FROM klacht",
    "SELECT error('Een momentopname kent alleen ' || klachtnummer) FROM klacht",
    "SELECT error('More than one row returned by a subquery ''' || klachtnummer || '''') FROM klacht",
    "SELECT error('Could not parse string ' || klachtnummer) FROM klacht",
    "SELECT error('Could not convert string ''x'' to ' || klachtnummer) FROM klacht",
    "SELECT error('Subquery returns ' || substr(klachtnummer, 2, 4) || ' columns - expected 1') FROM klacht",
    "SELECT error('Table with name ' || klachtnummer || ' does not exist') FROM klacht",
    "SELECT error('Macro ' || klachtnummer[2:] || '() does not support the supplied arguments') FROM klacht",
    "SELECT json_extract(klachtnummer, '$.a') FROM klacht",
    "SELECT make_date(CAST(substr(klachtnummer, 2, 4) AS INTEGER) * 100, 13, 40) FROM klacht",
    "SELECT printf(klachtnummer || '%d', 'x') FROM klacht",
    "SELECT INTERVAL (klachtnummer) DAY FROM klacht",
)


@pytest.mark.parametrize("sql", LEKKEN)
def test_a_message_is_no_way_to_read_what_stands_in_a_klacht(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    """The log of looking says that nothing was read: then nothing was."""
    uit = stel(con, sql)
    assert uit.weigering
    gezegd = f"{uit.weigering} {uit.origineel}".replace(sql, "")
    assert not re.search(r"K?20[12]\d", gezegd.replace("DATE '2025-12-31'", "")), gezegd


@pytest.mark.parametrize("soort", ["INTEGER", "DATE", "DOUBLE", "BOOLEAN", "TIMESTAMP", "DECIMAL(9, 2)"])
@pytest.mark.parametrize(
    "waarde", ["kanaal || chr(10)", "chr(10) || kanaal", "chr(39) || kanaal || chr(10) || chr(34)"]
)
def test_a_value_of_more_lines_does_not_stand_in_what_duckdb_said(
    con: duckdb.DuckDBPyConnection, soort: str, waarde: str
) -> None:
    """The first line of the message holds the quote before the value, and not the one behind it."""
    kanalen = {str(rij[0]) for rij in stel(con, "SELECT DISTINCT kanaal FROM klacht").rijen}
    uit = stel(con, f"SELECT CAST({waarde} AS {soort}) FROM klacht")
    assert uit.origineel
    assert "\n" not in uit.origineel
    assert not [kanaal for kanaal in kanalen if kanaal in f"{uit.weigering} {uit.origineel}"], uit.origineel
