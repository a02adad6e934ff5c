"""The help itself: what it says of a step, a refusal, a word and a role is what the register does, and it is found."""

from __future__ import annotations

import ast
import builtins
import io
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pypdf import PdfReader

from klachten import concepten, organisatie, reglement, scherm
from klachten.analyse.basis.kengetallenlijst import KENGETALLEN
from klachten.analyse.rapport.stijl import Stijl
from klachten.analyse.verkenner import sqlzinnen
from klachten.dossier.weigering import Weigering, gezegd
from klachten.handelingen import HANDELINGEN, Geweigerd, OngeldigeInvoer, RedenNodig
from klachten.handelingen.volgorde import VOORGANGERS
from klachten.organisatie import Gebruiker
from klachten.rechten import rij
from klachten.register.fouten import RegisterBezet
from klachten.scherm import afwijkingen
from klachten.scherm.hulp import begrippen, boek, rondleiding, stappen, vragen, waarom, zoeken
from klachten.scherm.paginas import PAGINAS, pagina
from tests.test_afwijkingen import codes

OP = date(2026, 3, 2)
COULANT, AWB = reglement.load("coulant"), reglement.load("awb9")
CODE = Path(scherm.__file__).parents[1]
# On the command line, where no help is: starting, and filling the lake.
ANDERS = ("opdrachten", "meer")
ZONDER_UITLEG = {
    # Within the code, never in front of somebody.
    "apart/Gestopt", "apart/ApartMislukt", "gebeurtenissen/OnbekendFeit", "handelingen/_Proef", "handelingen/_Genoeg",
    "overname/Gestopt", "overname/_Weigering", "overname/OngeldigeVorm", "overname/Werkmapfout", "post/_Geweigerd",
    "post/_GeenStarttls", "post/_GeenMap", "post/_Afgebroken", "rechten/OngeldigeRechten",
    "register/DatabaseBeschadigd", "concepten/Gewist",
    "register/DatabaseNieuwer", "register/JournaalBeschadigd", "reglement/BuitenGeldigheid", "scherm/_Botsing",
    "scherm/_Gestopt", "tiffbeeld/NietTeTonen", "toegang/NaamBezet", "toegang/TeVeel", "toegang/TeTraag",
    "toegang/OidcMislukt", "anker/GeenStempel", "analyse/OngeldigeCijfers", "analyse/_TeGroot",
    "voorbeeld/NietInTeVullen", "analyse/Afgebroken",
    # In the console of who starts, measures or asks another engine.
    "opdrachten/Geweigerd", "logboek/OngeldigNiveau", "meting/MetingMislukt", "meting/Verschil", "scherm/PaginaMislukt",
    "scherm/StartMislukt", "analyse/MotorFout",
}  # fmt: skip
BIJ_DE_ZIN = {f"handelingen/{naam}" for naam in ("Geweigerd", "OngeldigeInvoer", "RedenNodig", "NietAlles")} | {
    "toegang/Geweigerd"
}
"""These get their kind where they are raised."""
ALLEN = Gebruiker("x", "Xan", frozenset(organisatie.ROLLEN))
NAMEN = {deel.naam for deel in PAGINAS}


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for pad in sorted(CODE.rglob("*.py")):
        # Only where a refusal is made or passed on: the rest need not be parsed.
        tekst = pad.read_text(encoding="utf-8")
        elders = pad.relative_to(CODE).parts[0] in ANDERS or pad == CODE / "voorbeeld" / "meer.py"
        if ("Geweigerd" in tekst or "Weigering" in tekst or "weigering" in tekst) and not elders:
            yield pad, ast.parse(tekst)


def named(knoop: ast.AST) -> str:
    return ast.unparse(knoop).rpartition(".")[2]


def sentences(knoop: ast.expr | None) -> list[ast.expr]:
    """Return what of a value is a sentence typed there, and not one that was made a Weigering."""
    match knoop:
        case ast.IfExp():
            return [*sentences(knoop.body), *sentences(knoop.orelse)]
        case ast.Tuple():
            return [zin for deel in knoop.elts for zin in sentences(deel)]
        case ast.JoinedStr():
            return [knoop]
        case ast.Constant(value=str(tekst)) if tekst:
            return [knoop]
    return []


@cache
def exceptions() -> dict[str, tuple[str, ...]]:
    """Return every exception of the code as folder/Name, with the kinds that it or what it is made of brings along."""
    klassen: dict[str, tuple[str, ast.ClassDef]] = {}
    for pad in sorted(CODE.rglob("*.py")):
        tekst = pad.read_text(encoding="utf-8")
        for klasse in ast.walk(ast.parse(tekst)) if re.search(r"^class \w+\(", tekst, re.M) else ():
            if isinstance(klasse, ast.ClassDef) and klasse.bases:
                klassen[f"{pad.relative_to(CODE).parts[0].removesuffix('.py')}/{klasse.name}"] = (klasse.name, klasse)
    uit: dict[str, tuple[str, ...]] = {}
    grond = {naam for naam in dir(builtins) if naam.endswith(("Exception", "Error"))}
    for _ in range(4):  # a layer of subclasses at a time
        for plek, (_, klasse) in klassen.items():
            van = [named(base) for base in klasse.bases]
            gelijk = [een for een in uit if een.partition("/")[2] in van and een != plek]
            # Of two that are called the same, the one of the same room.
            ouders = [een for een in gelijk if een.partition("/")[0] == plek.partition("/")[0]] or gelijk
            if grond & set(van) or ouders:
                eigen = [
                    str(deel.value.value)
                    for deel in klasse.body
                    if isinstance(deel, ast.Assign) and ast.unparse(deel.targets[0]) == "soort"
                    and isinstance(deel.value, ast.Constant)
                ]  # fmt: skip
                uit[plek] = tuple(dict.fromkeys([*eigen, *(soort for een in ouders for soort in uit[een])]))
    return uit


def of_exceptions() -> set[str]:
    return {soort for soorten in exceptions().values() for soort in soorten}


# --- refusals --------------------------------------------------------------------------------------------------------


def test_every_kind_of_refusal_is_explained_and_nothing_else_is():
    gebruikt, zonder = {"tegenstrijdig", waarom.PAGINA, *sqlzinnen.soorten(), *of_exceptions()}, []
    for pad, boom in modules():
        for knoop in ast.walk(boom):
            if not isinstance(knoop, ast.Call):
                continue
            soort = next((k.value for k in knoop.keywords if k.arg == "soort"), None)
            if named(knoop.func) == "Weigering" and isinstance(knoop.args[0], ast.Constant):
                gebruikt.add(knoop.args[0].value)
            elif named(knoop.func) in ("Uitkomst", "weigering") and isinstance(soort, ast.Constant):
                # Of the SQL desk, which may not know of dossiers; of a page, with a sentence of no kind by itself.
                gebruikt.add(soort.value)
            elif named(knoop.func) == "Geweigerd" or "super()" in ast.unparse(knoop.func):
                if isinstance(soort, ast.Constant):
                    gebruikt.add(soort.value)
                elif soort is None and knoop.args and named(knoop.func) == "Geweigerd" and sentences(knoop.args[0]):
                    zonder.append(f"{pad.name}:{knoop.lineno}")
    assert zonder == [], "a refusal without a kind: Geweigerd(zin, soort=...)"
    assert gebruikt == set(waarom.alle())


def test_whatever_the_code_raises_is_explained_or_named_as_nothing_to_explain():
    zonder = {plek for plek, soorten in exceptions().items() if not soorten}
    assert zonder == ZONDER_UITLEG | BIJ_DE_ZIN


def test_a_page_refuses_nothing_with_a_bare_sentence():
    bloot = []
    for pad in [*(CODE / "scherm").rglob("*.py"), *(CODE.parent / "pages").rglob("*.py")]:
        tekst = pad.read_text(encoding="utf-8")
        for knoop in ast.walk(ast.parse(tekst)) if "weigering(" in tekst else ():
            if isinstance(knoop, ast.Call) and named(knoop.func) == "weigering" and knoop.args:
                soort = [k.value for k in knoop.keywords if k.arg == "soort"]
                if not soort and sentences(knoop.args[0]):
                    bloot.append(f"{pad.name}:{knoop.lineno}")
    assert bloot == [], "onderdelen.weigering(zin, soort=...)"


def test_a_rule_gives_no_bare_sentence():
    bloot = []
    for pad, boom in modules():
        for functie in ast.walk(boom):
            if isinstance(functie, ast.FunctionDef) and functie.returns and "Weigering" in ast.unparse(functie.returns):
                gegeven = [k.value for k in ast.walk(functie) if isinstance(k, ast.Return)]
                bloot += [f"{pad.name}:{zin.lineno}" for waarde in gegeven for zin in sentences(waarde)]
    assert bloot == []


def test_every_explanation_says_the_rule_where_it_comes_from_and_what_one_can_do():
    for soort, een in waarom.alle().items():
        assert een.bron in waarom.BRONNEN, soort
        assert all(1 <= nr <= 18 for nr in een.stappen), soort
        for tekst in (een.regel, een.doen, een.herkomst):
            assert tekst.endswith("."), soort
        assert len(een.titel) < 60, soort
    assert len({een.titel for een in waarom.alle().values()}) == len(waarom.alle())


def test_a_refusal_carries_its_kind_as_far_as_the_page():
    assert Geweigerd("Nee.", soort="dubbel").soort == "dubbel"
    assert Geweigerd(Weigering("gewist", "Weg.")).soort == "gewist"
    assert str(Geweigerd(Weigering("gewist", "Weg."))) == "Weg."
    assert OngeldigeInvoer({"op": "Nee."}).soort == "invoer"
    # To be shown at the next run of the page, when the exception is gone.
    assert (str(gezegd(RegisterBezet("Bezet."))), gezegd(RegisterBezet("Bezet.")).soort) == ("Bezet.", "register_bezet")
    assert gezegd(OSError("stuk")).soort == ""
    assert RedenNodig([]).soort == "afwijking"


# --- steps -----------------------------------------------------------------------------------------------------------


def said(boek_: reglement.Reglement, nr: int) -> dict[str, str]:
    return {regel.vraag: regel.antwoord for regel in stappen.regels(boek_, OP, nr)}


@pytest.mark.parametrize(
    ("boek_", "nr", "vraag", "zin"),
    [
        (COULANT, 5, "Wie", "De behandelaar. De indiener krijgt het schriftelijk."),
        (COULANT, 5, "Wat u vastlegt", "Verstuurd op · Hoe verstuurd."),
        (COULANT, 5, "Wanneer", "Binnen 2 weken na ontvangst (ontvangstbevestiging). Geldt voor elke klacht."),
        (COULANT, 6, "Wanneer", "Het reglement noemt hier geen termijn."),
        (COULANT, 6, "Daarna", "Stap 7, meedelen dat de klacht niet in behandeling wordt genomen of stap 8, "),
        (COULANT, 11, "Ging het anders", "na de termijn (maatregelen uitgevoerd)"),
        (COULANT, 16, "Wanneer", "Minstens één keer per jaar"),
        (AWB, 5, "Wanneer", "Het reglement noemt hier geen termijn."),
        (AWB, 13, "Wanneer", "Binnen 6 weken na ontvangst (afhandeling). Geldt voor elke klacht. Verlengen kan met 4"),
        (AWB, 13, "Wanneer", "vrije dag, dan geldt de eerstvolgende werkdag"),
        (AWB, 13, "Ging het anders", "na de termijn (afhandeling)"),
    ],
)  # fmt: skip
def test_a_step_says_what_its_reglement_says(boek_: reglement.Reglement, nr: int, vraag: str, zin: str):
    assert zin in said(boek_, nr)[vraag]


def test_a_step_says_whatever_the_register_records_as_deviating():
    gezegd = {code.partition(":")[0] for nr in range(1, 19) for code in stappen.codes(COULANT.termijnen, nr)}
    # What is about the organisation belongs to no step.
    assert gezegd == codes() == set(afwijkingen.WOORDEN) - {"keuze_later_gekozen", "zonder_rol", "werk_open"}


def test_what_comes_after_a_step_is_what_the_register_expects_before_the_next():
    for nr, voor in VOORGANGERS.items():
        for eerder in voor:
            # Without maatregelen step 13 comes after 9, which step 9 says in words.
            assert nr in stappen.DAARNA[eerder] or (eerder, nr) == (9, 13)
    assert "stap 13" in said(COULANT, 9)["Daarna"]


def test_every_step_has_the_handeling_by_which_it_is_done():
    assert list(stappen.HOOFD) == list(range(1, 19))
    assert all(HANDELINGEN[naam].stap == nr for nr, naam in stappen.HOOFD.items())


# --- words, and the handleiding of a role ----------------------------------------------------------------------------


def test_every_word_is_explained_once_and_leads_to_pages_that_exist():
    woorden = [begrip.woord.casefold() for begrip in begrippen.alle().values()]
    assert len(set(woorden)) == len(woorden) > 40
    for begrip in begrippen.alle().values():
        assert begrip.uitleg.endswith(".")
        assert set(begrip.paginas) <= NAMEN
    assert [*begrippen.kengetallen().values()] == [*KENGETALLEN]
    # What a figure counts is said by the figure, in no second place.
    assert not set(woorden) & {kengetal.titel.casefold() for kengetal in KENGETALLEN}
    for kengetal in KENGETALLEN:
        assert kengetal.teller in begrippen.telt(kengetal)
        assert kengetal.uitleg in begrippen.telt(kengetal)


@pytest.mark.parametrize("rol", organisatie.ROLLEN)
def test_a_role_is_told_of_no_page_that_it_may_not_open(rol: str):
    gezegd = " ".join(zin for zinnen in boek.rollen()[rol].values() for zin in zinnen)
    dicht = [deel for deel in PAGINAS if rij("pagina", deel.naam).cellen[rol] == "-"]
    # These are words of any sentence as well.
    titels = {deel.titel for deel in dicht} - {"Klachten", "Dossier", "Signalen", "Rechten", "Proces", "Organisatie"}
    assert [titel for titel in titels if re.search(rf"\b{re.escape(titel)}\b", gezegd)] == []
    open_ = [zin.partition(":")[0] for zin in boek.pages([rol])]
    assert open_ == [deel.titel for deel in PAGINAS if deel not in dicht]


def test_every_role_has_its_work_its_steps_and_its_questions():
    assert list(boek.rollen()) == list(organisatie.ROLLEN) == list(rondleiding.haltes())
    for rol in organisatie.ROLLEN:
        delen = {deel.kop: deel for deel in boek.parts([rol], COULANT, OP)}
        nrs = [int(re.match(r"Stap (\d+)", zin)[1]) for zin in delen["Uw stappen"].punten]
        assert nrs == [stap.nr for stap in COULANT.stappen if rol in stap.rollen]
        assert set(delen) > {"Elke dag", "Elke week", "Elk jaar", "Uw pagina's"}
        assert any(deel.niveau == 2 for deel in delen.values())


def squeezed(tekst: str) -> str:
    return re.sub(r"\s+", "", tekst)


def test_the_pdf_says_what_the_handleiding_says_in_its_order():
    for rollen in (["coordinator", "behandelaar"], ["beheerder"]):
        delen = boek.parts(rollen, COULANT, OP)
        gemaakt = boek.pdf(delen, rollen, organisatie="Wij", op=OP, stijl=Stijl())
        bladen = [blad.extract_text() for blad in PdfReader(io.BytesIO(gemaakt)).pages]
        voet = rf"{re.escape(boek.titel(rollen))} · 2 maart 2026\s*pagina \d+ van \d+"
        pdf = squeezed("".join(re.sub(voet, "", blad) for blad in bladen))
        for deel in delen:
            for zin in (deel.kop, *deel.alineas, *deel.punten):
                plek = pdf.find(squeezed(zin))
                assert plek >= 0, zin
                pdf = pdf[plek + len(squeezed(zin)) :]
        assert not pdf


# --- searching -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def alles() -> list[zoeken.Stuk]:
    return zoeken.pieces(COULANT, OP, ALLEN)


@pytest.mark.parametrize(
    ("getypt", "titel"),
    [
        ("peildatum", "Peildatum"),
        ("COORDINATOR informeren", "Stap 2: Coördinator informeren"),
        ("informeren coördinator", "Stap 2: Coördinator informeren"),
        ("stap 5", "Stap 5: Ontvangst bevestigen"),
        ("interval", "Betrouwbaarheidsinterval"),
        ("reservekopieen", "Reservekopieën"),
        ("e-mail overtypen", "De klacht kwam per e-mail. Moet ik alles overtypen?"),
        ("email overtypen", "De klacht kwam per e-mail. Moet ik alles overtypen?"),
        ("geen behandelaar", "Er is nog geen behandelaar"),
        ("herstelwerk", "Herstelwerk"),
        ("handleiding analist", "Handleiding voor analist"),
        ("wachtwoord vergeten", "Ik ben mijn wachtwoord vergeten. Wat nu?"),
        ("feestdagen", "Termijn"),
        ("verdaging", "Verlenging"),
        ("hoeveel weken", "Termijn"),
        ("combinatie klopt niet", "Deze combinatie klopt niet"),
        ("code klopt niet", "De code van de tweede stap klopt niet"),
        ("group by", "Tellen en losse waarden staan door elkaar"),
        ("postbus niet te lezen", "De postbus is niet te lezen"),
        ("import terug", "Deze import kan niet meer terug"),
        ("ander programma register open", "Een ander programma heeft het register open"),
    ],
)
def test_it_is_found_whatever_the_case_accents_hyphens_and_order(alles: list[zoeken.Stuk], getypt: str, titel: str):
    assert titel in [stuk.titel for stuk in zoeken.search(getypt, alles)][:4]


def test_nothing_is_found_of_nothing_and_of_what_is_nowhere(alles: list[zoeken.Stuk]):
    assert zoeken.search("", alles) == zoeken.search(" ?! ", alles) == zoeken.search("peildatum xqzw", alles) == []


def test_who_asks_too_much_gets_what_comes_near(alles: list[zoeken.Stuk]):
    assert zoeken.nearest("peildatum xqzw", alles)[0].titel == "Peildatum"
    dichtbij = zoeken.nearest("wachtwoord xqzw vergeten", alles)
    assert dichtbij[0].titel == "Ik ben mijn wachtwoord vergeten. Wat nu?"
    assert len(dichtbij) <= zoeken.DICHTBIJ
    assert zoeken.nearest("xqzw", alles) == zoeken.nearest("", alles) == []


def test_a_page_that_is_not_for_the_reader_is_not_found(alles: list[zoeken.Stuk]):
    analist = Gebruiker("n", "Noa", frozenset({"analist"}))
    gevonden = {stuk.pagina for stuk in zoeken.pieces(COULANT, OP, analist) if stuk.soort == "Pagina"}
    assert gevonden == {deel.naam for deel in PAGINAS if deel.toegankelijk_voor(analist)} < NAMEN


def test_a_hit_shows_the_sentence_in_which_it_stands(alles: list[zoeken.Stuk]):
    (begrip,) = (stuk for stuk in alles if stuk.titel == "Termijn")
    assert zoeken.excerpt(begrip, "laatste dag").startswith("… De dag van het begin telt niet mee, de laatste dag wel.")
    assert zoeken.excerpt(begrip, "termijn").startswith("Hoe lang het reglement")


def test_every_address_of_a_hit_is_answered(alles: list[zoeken.Stuk]):
    antwoord = {
        "stap": {str(stap.nr) for stap in COULANT.stappen},
        "waarom": set(waarom.alle()),
        "begrip": set(begrippen.alle()),
        "kengetal": set(begrippen.kengetallen()),
        "vraag": {taak.id for taak in vragen.taken()},
        "rol": set(organisatie.ROLLEN),
    }
    for stuk in alles:
        assert stuk.pagina in NAMEN
        for naam, waarde in stuk.vraag:
            assert waarde in antwoord[naam], stuk.titel
            # Never words that somebody typed.
            assert re.fullmatch(r"[a-z0-9_]+", waarde)
    assert {naam for stuk in alles for naam, _ in stuk.vraag} == set(antwoord)
    assert len({(stuk.pagina, stuk.vraag) for stuk in alles}) == len(alles)
    assert len({taak.id for taak in vragen.taken()}) == len(vragen.taken())


def test_what_the_help_says_of_drafts_is_so():
    (taak,) = [een for een in vragen.taken() if een.id == "niet_kwijt"]
    assert re.findall(r"\b\d+\b", taak.antwoord) == [str(concepten.HOOGSTENS)] * 2
    # Nothing is sealed in a register without a key.
    assert "is het register versleuteld, dan" in taak.antwoord
    paden = ("stapconcept.py", "intake/formulier.py")
    for pad, knop in zip(paden, re.findall(r"\*\*(.+?)\*\*", taak.antwoord), strict=True):
        assert f'"{knop}"' in (CODE / "scherm" / pad).read_text(encoding="utf-8")


# --- the tour --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rol", organisatie.ROLLEN)
def test_a_tour_leads_along_pages_that_its_role_may_open(rol: str):
    haltes = rondleiding.haltes()[rol]
    assert 3 <= len(haltes) <= 6
    wie = Gebruiker("x", "Xan", frozenset({rol}))
    assert [halte.pagina for halte in haltes if not pagina(halte.pagina).toegankelijk_voor(wie)] == []
    assert len({halte.pagina for halte in haltes}) == len(haltes)
    # Short enough for a phone: a few lines above the page.
    assert [halte.zin for halte in haltes if len(halte.zin) > 140] == []
