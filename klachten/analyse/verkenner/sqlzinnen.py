"""What is wrong with a question to the SQL desk, in Dutch: a sentence per kind of what DuckDB says (sqlzinnen.toml)."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from klachten.analyse import for_snapshot, of_snapshot, vragen
from klachten.analyse.momentopname import FEIT
from klachten.analyse.verkenner.sqlfout import ONGELDIG, Fout
from klachten.taal import hoofdletter, opsomming

BESTAND = Path(__file__).with_suffix(".toml")
GEEN_TOEGANG = (
    "Bestanden, adressen en uitbreidingen zijn hier dicht: te lezen zijn alleen de tabellen en vragen van de "
    "momentopname. Kies een tabel uit de lijst hieronder."
)
ANDERS, RIJ = "sql_anders", "sql_rij"
_ANDERS = (
    "Deze vraag kan niet worden beantwoord, en wat eraan mankeert is hier niet in gewone woorden bekend. Haal er een "
    "deel uit en stel haar opnieuw: zo vindt u welk deel het is."
)
_RIJ = (
    "De vraag stopte bij een van de rijen: een functie kon daar niet verder, of er staat error(…) in. Kies minder "
    "rijen, of haal die functie eruit."
)
_KOLOMMEN = "Kies hieronder de tabel: daar staan haar kolommen."
MEESTE_KOLOMMEN = 14
SLEUTELWOORDEN = (
    "SELECT", "FROM", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "JOIN", "UNION", "WITH", "DISTINCT", "BETWEEN",
    "QUALIFY", "DESCRIBE", "SUMMARIZE", "VALUES",
)  # fmt: skip
_DAG = "(SELECT dag FROM momentopname), de dag van deze kopie"
ELDERS = {
    "aantal": "count(*)", "som": "sum(…)", "totaal": "sum(…)", "gemiddelde": "avg(…)", "gem": "avg(…)",
    "mediaan": "median(…)", "jaar": "year(…)", "maand": "month(…)", "kwartaal": "quarter(…)",
    "dagen": "date_diff('day', …, …)", "isnull": "coalesce(…, …)", "nvl": "coalesce(…, …)",
    "iif": "CASE WHEN … THEN … ELSE … END", "als": "CASE WHEN … THEN … ELSE … END", "len": "length(…)",
    "getdate": _DAG, "vandaag": _DAG, "dateadd": "kolom + INTERVAL 14 DAY", "countif": "count(*) FILTER (WHERE …)",
    "to_date": "CAST(… AS DATE)", "to_char": "strftime(…, '%Y-%m')",
}  # fmt: skip
"""What is called otherwise in Dutch, in Excel and in other databases."""
_SOORTEN = (
    (r".*\[\]$|LIST", "een lijst"),
    (r"INTERVAL", "een duur"),
    (r"(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?(_LITERAL)?\d*|DOUBLE|FLOAT|DECIMAL.*|BIGNUM)$", "een getal"),
    (r"VARCHAR|STRING|ENUM", "een tekst"),
    (r"DATE$", "een dag"),
    (r"TIMESTAMP", "een moment"),
    (r"TIME", "een tijd"),
    (r"BOOL", "ja of nee"),
    (r"STRUCT|MAP|JSON", "een samengestelde waarde"),
    (r"\"?NULL", "niets (NULL)"),
)


@dataclass(frozen=True)
class Zin:
    """A refusal: its kind (the help explains it), the sentence, where it is in the question, and what DuckDB said."""

    soort: str
    zin: str
    plek: str = ""
    origineel: str = ""


@dataclass(frozen=True)
class Regel:
    """One of sqlzinnen.toml; `vast`: nothing of what DuckDB says comes into the sentence."""

    soort: str
    engels: re.Pattern[str]
    zin: str = ""
    maak: str = ""
    vast: bool = False


@cache
def regels() -> tuple[Regel, ...]:
    """Return what DuckDB can say, in the order in which it is tried."""
    return tuple(
        Regel(**{**r, "engels": re.compile(r["engels"], re.IGNORECASE | re.DOTALL)})
        for r in tomllib.loads(BESTAND.read_text(encoding="utf-8"))["zin"]
    )


def soorten() -> set[str]:
    """Return the kinds of refusal that are said here."""
    return {regel.soort for regel in regels()} | {ANDERS, RIJ}


def explain(fout: duckdb.Error, sql: str, con: duckdb.DuckDBPyConnection) -> Zin:
    """Return what an error means; `con` is where it was asked, in no transaction any more."""
    gelezen = Fout.of(fout, sql, con)
    for regel in regels():
        # error(...) can say anything, also what looks like a message of DuckDB with a klachtnummer in it.
        if (regel.vast or gelezen.aard != ONGELDIG) and (gevonden := regel.engels.search(gelezen.tekst)):
            zin = MAKERS[regel.maak](gelezen, gevonden) if regel.maak else _filled(regel.zin, gelezen, gevonden)
            return Zin(regel.soort, zin, gelezen.plek(), gelezen.origineel())
    if gelezen.aard == ONGELDIG:
        return Zin(RIJ, _RIJ, gelezen.plek(), gelezen.origineel())
    return Zin(ANDERS, _ANDERS, gelezen.plek(), gelezen.origineel())


def _filled(zin: str, fout: Fout, gevonden: re.Match[str]) -> str:
    delen = {naam: deel or "" for naam, deel in gevonden.groupdict().items()}
    if (waarde := delen.get("waarde")) is not None:
        delen["waarde"] = f"'{waarde}'" if fout.typed(waarde) else "Een van de waarden"
    delen |= {naam: kind(delen[naam]) for naam in ("soort", "ander") if naam in delen}
    return zin.format(waar=fout.waar(), **delen)


def kind(soort: str) -> str:
    """Return a kind of value of DuckDB in Dutch: VARCHAR is 'een tekst'; one that is not known as it is."""
    return next((woord for patroon, woord in _SOORTEN if re.match(patroon, soort.upper())), soort)


# --- how it is written -----------------------------------------------------------------------------------------------


def _syntax(fout: Fout, _: re.Match[str]) -> str:
    if not fout.woord:
        zin = "Zo is het geen SQL: de vraag is niet af, of een woord staat op de verkeerde plek."
    elif fout.aan_het_eind:
        zin = f"De vraag is nog niet af: er mist iets achter '{fout.woord}'{fout.waar()}."
    else:
        zin = f"Zo is het geen SQL: het gaat mis bij '{fout.woord}'{fout.waar()}."
    return f"{zin} {_tip(fout)}"


def _tip(fout: Fout) -> str:
    """Return what is mostly meant when a question is written like this."""
    open_, eerder = fout.bare.count("(") - fout.bare.count(")"), (fout.voor.upper().split() or [""])[-1]
    if open_ > 0 and fout.aan_het_eind:
        return f"Er {'is 1 haakje' if open_ == 1 else f'zijn {open_} haakjes'} open: zet er ) achter."
    if open_ < 0:
        return "Er staat een ) te veel."
    if eerder in ("GROUP", "ORDER", "PARTITION"):
        return f"Achter {eerder} hoort BY."
    if eerder == "TOP":
        return "Zet in plaats van TOP achteraan LIMIT, met hoeveel rijen."
    if eerder == "JOIN":
        return "Achter JOIN hoort ook waarop: ON a.klachtnummer = b.klachtnummer, of USING (klachtnummer)."
    bedoeld = _nearest(fout.woord.upper(), SLEUTELWOORDEN, 1, 0.75)
    if bedoeld and bedoeld[0] != fout.woord.upper():
        return f"Bedoelt u {bedoeld[0]}?"
    return "Kijk wat er vlak voor staat: vaak mist daar een komma, een haakje of een woord."


# --- what is asked of ------------------------------------------------------------------------------------------------


def _no_file(_: Fout, __: re.Match[str]) -> str:
    return GEEN_TOEGANG


def _no_table(fout: Fout, gevonden: re.Match[str]) -> str:
    naam = fout.naam or gevonden["naam"]
    kaal = naam.rpartition(".")[2].lower()
    if (vraagt := fout.parameters(kaal)) is not None:
        return f"'{kaal}' is een vraag en geen tabel. Schrijf {_called(kaal, vraagt)}."
    if kaal in fout.tabellen:
        return f"Er is geen '{naam}'. Schrijf alleen {kaal}: zo heet de tabel hier."
    return f"Er is geen tabel '{naam}'{fout.waar()}. {_perhaps(kaal, fout.tabellen, 'Alle tabellen staan hieronder.')}"


def _no_question(fout: Fout, gevonden: re.Match[str]) -> str:
    naam = fout.naam or gevonden["naam"]
    if naam.lower() in fout.tabellen:
        return f"'{naam}' is een tabel en geen vraag. Schrijf FROM {naam.lower()}, zonder haakjes."
    return f"Er is geen vraag '{naam}'{fout.waar()}. {_perhaps(naam, fout.vragen, 'Alle vragen staan hieronder.')}"


def _no_function(fout: Fout, gevonden: re.Match[str]) -> str:
    naam = fout.naam or gevonden["naam"]
    if bedoeld := ELDERS.get(naam.lower()):
        return f"Er is geen functie '{naam}'{fout.waar()}. Schrijf {bedoeld}."
    if naam.lower() in fout.vragen:
        return f"'{naam}' geeft een tabel{fout.waar()}: zet dat achter FROM, en niet bij de kolommen."
    anders = "Gebruik er een van DuckDB, zoals count, sum, avg, median, min, max of date_diff."
    return f"Er is geen functie '{naam}'{fout.waar()}. {_perhaps(naam, fout.functies(), anders, 0.75)}"


def _no_alias(fout: Fout, gevonden: re.Match[str]) -> str:
    zin = f"Achter FROM staat geen '{gevonden['naam']}'{fout.waar()}."
    bekend = _candidates(fout, "Candidate tables")
    return f"{zin} Daar staat wel {opsomming(bekend)}." if bekend else zin


def _no_column(fout: Fout, gevonden: re.Match[str]) -> str:
    naam = gevonden["naam"] or gevonden["in_tabel"]
    if f'"{naam}"' in fout.sql:
        return (
            f"Er is geen kolom '{naam}'{fout.waar()}. Is het een tekst, zet hem dan tussen enkele tekens: '{naam}'. "
            'Tussen " staat de naam van een kolom.'
        )
    tabel = _behind(gevonden.groupdict().get("tabel") or "", fout)
    uit = [tabel] if tabel else fout.genoemd
    kolommen = list(dict.fromkeys(kolom for een in uit for kolom in fout.kolommen(een)))
    dichtbij = _nearest(naam, kolommen) or _candidates(fout, "Candidate bindings")
    waarin = f" in {opsomming(uit, 'of')}" if kolommen else ""
    zinnen = [f"Er is geen kolom '{naam}'{waarin}{fout.waar()}."]
    zinnen += [f"Bedoelt u {opsomming(dichtbij, 'of')}?"] if dichtbij else []
    if 0 < len(kolommen) <= MEESTE_KOLOMMEN:
        zinnen.append(f"De kolommen zijn {opsomming(kolommen)}.")
    elif not dichtbij:
        zinnen.append(_KOLOMMEN)
    return " ".join(zinnen)


def _behind(alias: str, fout: Fout) -> str:
    """Return the table that goes by another name in the question; empty when none does."""
    if alias.lower() in fout.tabellen:
        return alias.lower()
    gevonden = re.search(rf"\b(\w+)\s+(?:AS\s+)?{re.escape(alias)}\b", fout.bare, re.IGNORECASE) if alias else None
    return gevonden[1].lower() if gevonden and gevonden[1].lower() in fout.tabellen else ""


def _which(fout: Fout, gevonden: re.Match[str]) -> str:
    kies = re.findall(r"'(.+?)'", gevonden["kies"] or "")
    welke = f"Schrijf {opsomming(kies, 'of')}." if kies else "Zet de naam van de tabel ervoor, met een punt."
    return f"'{gevonden['naam']}' staat in meer dan één tabel van deze vraag{fout.waar()}. {welke}"


def _arguments(fout: Fout, gevonden: re.Match[str]) -> str:
    naam = gevonden["naam"]
    vraagt = fout.parameters(naam) or []
    return f"De vraag {naam} wil iets anders weten dan er tussen de haakjes staat. Schrijf {_called(naam, vraagt)}."


def _called(naam: str, vraagt: Sequence[str]) -> str:
    """Return how a question of the register is asked: with what it has to know, and not what may be left out."""
    delen = for_snapshot(vragen()[naam]).parameters.split(", ") if naam in vragen() else vraagt
    nodig = [deel for deel in vraagt if deel in delen]
    waarden = ["DATE '2025-12-31'" if deel == "peildatum" else f"{deel} := …" for deel in nodig]
    return f"{naam}({', '.join(waarden)})"


def _own_sentence(fout: Fout, _: re.Match[str]) -> str:
    return fout.tekst if fout.tekst in _own_sentences() else _RIJ


@cache
def _own_sentences() -> frozenset[str]:
    """Return what questions of the register say by themselves when they cannot be asked of a snapshot."""
    teksten = (FEIT, *(vraag.sql for vraag in of_snapshot()))
    return frozenset(zin for tekst in teksten for zin in re.findall(r"error\('((?:[^']|'')*)'\)", tekst))


# --- what is done with it --------------------------------------------------------------------------------------------


def _other_arguments(fout: Fout, gevonden: re.Match[str]) -> str:
    naam, _, rest = gevonden["roep"].partition("(")
    soorten = [kind(deel) for deel in _apart(rest.removesuffix(")"))]
    if not re.match(r"\w", naam):
        wat = f"{opsomming(soorten)} gaan niet samen met {naam}{fout.waar()}."
        return f"{hoofdletter(wat)} Maak er eerst dezelfde soort van, met CAST(… AS …)."
    met = opsomming(soorten) if soorten else "niets"
    return (
        f"{naam} kan niet met {met} tussen de haakjes{fout.waar()}. Kijk of dit de goede kolom is en hoeveel er tussen "
        "hoort, of maak er eerst iets anders van met CAST(… AS …)."
    )


def _apart(tekst: str) -> list[str]:
    """Return what stands between commas, and not those within brackets."""
    delen, diep = [""], 0
    for teken in tekst:
        diep += (teken in "([") - (teken in ")]")
        if teken == "," and not diep:
            delen.append("")
        else:
            delen[-1] += teken
    return [deel.strip() for deel in delen if deel.strip()]


# --- names -----------------------------------------------------------------------------------------------------------


def _nearest(naam: str, uit: Iterable[str], meeste: int = 3, grens: float = 0.6) -> list[str]:
    """Return the names that look most like one, and those that hold it."""
    klein = {een.lower(): een for een in uit}
    lijkt = [klein[een] for een in difflib.get_close_matches(naam.lower(), klein, meeste, grens)]
    if len(naam) > 3:
        lijkt += [een for kort, een in klein.items() if naam.lower() in kort and een not in lijkt]
    return lijkt[:meeste]


def _perhaps(naam: str, uit: Iterable[str], anders: str, grens: float = 0.6) -> str:
    namen = _nearest(naam, uit, 2, grens)
    return f"Bedoelt u {opsomming(namen, 'of')}?" if namen else anders


def _candidates(fout: Fout, kop: str) -> list[str]:
    gevonden = re.search(rf"{kop}: (.+)", fout.tekst)
    return re.findall(r'"(.+?)"', gevonden[1])[:3] if gevonden else []


MAKERS: dict[str, Callable[[Fout, re.Match[str]], str]] = {
    "syntax": _syntax, "no_file": _no_file, "no_table": _no_table, "no_question": _no_question,
    "no_function": _no_function, "no_alias": _no_alias, "no_column": _no_column, "which": _which,
    "arguments": _arguments, "own_sentence": _own_sentence, "other_arguments": _other_arguments,
}  # fmt: skip
