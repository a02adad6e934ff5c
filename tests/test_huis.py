"""The house itself: layers, style, pages and README hold what they promise."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from klachten import opdrachten, reglement
from klachten.analyse.basis import grafiekstijl
from klachten.organisatie.huisstijl import contrast
from klachten.scherm.paginas import PAGINAS
from klachten.voorbeeld import ROLVERDELING, VESTIGINGEN, cast
from tests.conftest import TRAAG

PROJECT = Path(__file__).resolve().parents[1]
PAGINA_BESTANDEN = sorted((PROJECT / "pages").rglob("*.py"))
MODULES = sorted((PROJECT / "klachten").rglob("*.py"))
APP = [PROJECT / "app.py", *PAGINA_BESTANDEN, *MODULES]
# What may know what day it is; the register needs the moment at which it records.
KLOK_MAG = ("klachten/scherm/", "klachten/opdrachten/", "klachten/__main__.py", "klachten/register/register.py")
KLOK = re.compile(r"\bdate\.today\(|\bdatetime\.(?:now|today|utcnow)\(")
EISEN = sorted(PROJECT.glob("requirements*.txt"))
MAX_REGELS, MAX_REGELS_PAGINA = 320, 80


def kort(pad: Path) -> str:
    return pad.relative_to(PROJECT).as_posix()


def regels(pad: Path) -> list[str]:
    return pad.read_text(encoding="utf-8").splitlines()


def imports(pad: Path) -> set[str]:
    namen: set[str] = set()
    for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
        if isinstance(knoop, ast.Import):
            namen |= {deel.name for deel in knoop.names}
        elif isinstance(knoop, ast.ImportFrom) and knoop.module:
            namen |= {knoop.module, *(f"{knoop.module}.{deel.name}" for deel in knoop.names)}
    return namen


def draai(*opdracht: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *opdracht],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def test_the_imports_go_one_way():
    uitkomst = draai("-c", "from importlinter.cli import lint_imports_command as m; m()", "--no-cache")
    assert uitkomst.returncode == 0, uitkomst.stdout + uitkomst.stderr


def test_ruff_finds_nothing():
    uitkomst = draai("-m", "ruff", "check", "--no-cache", "--output-format", "concise", ".")
    assert uitkomst.returncode == 0, uitkomst.stdout


def test_streamlit_is_only_in_app_pages_and_scherm():
    buiten = [pad for pad in MODULES if not kort(pad).startswith("klachten/scherm/")]
    assert [kort(pad) for pad in buiten if any(naam.split(".")[0] == "streamlit" for naam in imports(pad))] == []


def test_pages_of_evaluatie_never_reach_for_what_writes():
    verboden = ("klachten.handelingen", "klachten.register")
    evaluatie = [pad for pad in PAGINA_BESTANDEN if pad.parent.name == "evaluatie"]
    assert [kort(pad) for pad in evaluatie if any(naam.startswith(verboden) for naam in imports(pad))] == []


def test_no_page_lies_directly_in_pages_where_it_would_be_served_without_the_window():
    assert list((PROJECT / "pages").glob("*.py")) == []


def test_the_name_of_every_page_is_unique_because_it_is_its_address():
    namen = [pad.stem for pad in PAGINA_BESTANDEN]
    assert len(namen) == len(set(namen))


def test_every_page_is_in_the_menu_list_and_every_entry_has_its_file():
    assert {pagina.bestand for pagina in PAGINAS} == set(PAGINA_BESTANDEN)


@pytest.mark.parametrize("pad", PAGINA_BESTANDEN, ids=kort)
def test_a_page_is_thin(pad: Path):
    inhoud = pad.read_text(encoding="utf-8")
    assert len(regels(pad)) <= MAX_REGELS_PAGINA
    assert not re.search(r"\bSELECT\b|\.groupby\(", inhoud), "no SQL and no groupby in a page"


@pytest.mark.parametrize("pad", MODULES, ids=kort)
def test_a_module_can_be_read_in_one_sitting(pad: Path):
    assert len(regels(pad)) <= MAX_REGELS


def test_only_the_edges_know_what_day_it_is():
    gevonden = [
        f"{kort(pad)}:{nummer}"
        for pad in APP
        if not kort(pad).startswith(KLOK_MAG)
        for nummer, regel in enumerate(regels(pad), start=1)
        if KLOK.search(regel)
    ]
    assert gevonden == []


def test_another_process_is_started_in_one_place_without_a_shell():
    met = {kort(pad) for pad in APP if "subprocess" in imports(pad) and "meting" not in pad.parts}
    assert met == {"klachten/apart.py"}
    assert "shell=" not in (PROJECT / "klachten" / "apart.py").read_text(encoding="utf-8")


def test_nothing_in_the_app_or_its_settings_names_an_address_elsewhere():
    bestanden = [*APP, *(PROJECT / ".streamlit").glob("*.toml"), *EISEN, PROJECT / ".ci" / "run"]
    adres = re.compile(r"https?://(?!localhost|127\.0\.0\.1|www\.w3\.org/)[\w.-]+|--(?:extra-)?index-url|\bgit\+")
    assert [
        f"{kort(pad)}: {gevonden[0]}" for pad in bestanden if (gevonden := adres.search(pad.read_text("utf-8")))
    ] == []


def _names_of_the_example() -> re.Pattern[str]:
    """Anything by which its people, vestigingen or firm are called: an id stands in quotes, in code and in data."""
    mensen = [wie.id for wie in ROLVERDELING]
    namen = [deel for wie in ROLVERDELING for deel in (wie.naam, wie.naam.split()[0])]
    plaatsen = [deel for paar in VESTIGINGEN.items() for deel in paar]
    firma = cast().gegevens().naam
    return re.compile(
        rf"""["'](?:{"|".join(mensen)})["']|\b(?:{"|".join([*namen, *plaatsen, firma, firma.split()[0]])})\b"""
    )


def _names_in(tekst: str) -> set[str]:
    titels = {boek.naam for boek in reglement.load_all().values()}
    for titel in titels:
        tekst = tekst.replace(titel, "")
    return set(_names_of_the_example().findall(tekst))


def test_only_the_example_knows_its_people_its_vestigingen_and_its_firm():
    soorten = ("*.py", "*.sql", "*.toml", "*.csv", "*.html", "*.css", "*.js", "*.typ", "*.ipynb")
    mappen = [PROJECT / naam for naam in ("klachten", "pages", "notebooks")]
    bestanden = [PROJECT / "app.py", *(pad for map in mappen for soort in soorten for pad in map.rglob(soort))]
    assert {
        kort(pad): namen
        for pad in bestanden
        if not kort(pad).startswith("klachten/voorbeeld/") and (namen := _names_in(pad.read_text(encoding="utf-8")))
    } == {}


@pytest.mark.parametrize(
    ("tekst", "gevonden"),
    [
        ("wie = 'bas'", {"'bas'"}),
        ('{"behandelaar":"anna"}', {'"anna"'}),
        ("Gijs Peters", {"Gijs Peters"}),
        ('vestiging = "utrecht"', {"utrecht"}),
        ("# of Coulant Reïntegratie", {"Coulant Reïntegratie"}),
        ("Het reglement van Coulant", {"Coulant"}),
        ('naam = "Klachtenreglement Coulant Reïntegratie"', set()),
        ("basis, evaluatie, 'gijsbert', \"coulant\"", set()),
    ],
)
def test_a_name_of_the_example_is_seen_wherever_it_comes_back(tekst: str, gevonden: set[str]):
    assert _names_in(tekst) == gevonden


def test_nobody_left_a_note_to_do_it_later():
    woorden = ("TO" + "DO", "ONTWIK" + "KELING")
    bestanden = [
        *APP,
        *(PROJECT / "tests").rglob("*.py"),
        *(PROJECT / "klachten").rglob("*.sql"),
        PROJECT / "README.md",
    ]
    assert [kort(pad) for pad in bestanden if any(woord in pad.read_text(encoding="utf-8") for woord in woorden)] == []


def test_the_readme_names_every_command():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [deel.NAAM for deel in opdrachten.load_all() if f"| `{deel.NAAM}`" not in readme] == []


def test_the_readme_names_no_command_that_does_not_exist():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    genoemd = set(re.findall(r"^\| `(\w+)` \|", readme.split("## Commands")[1], flags=re.MULTILINE))
    assert genoemd - {deel.NAAM for deel in opdrachten.load_all()} == set()


def test_the_walk_of_a_date_in_the_docs_passes_what_stands_there():
    """From form to chart in at most eight places; each snippet of the table stands in its file."""
    tekst = (PROJECT / "docs" / "architectuur.md").read_text(encoding="utf-8")
    stappen = re.findall(r"^\| (\d) \| `([^`]+)` \| (.+) \|$", tekst, flags=re.MULTILINE)
    assert [nr for nr, _, _ in stappen] == [str(nr) for nr in range(1, 9)]
    weg = [
        (pad, deel)
        for _, pad, wat in stappen
        for deel in re.findall(r"`([^`]{15,})`", wat)
        if deel not in (PROJECT / pad).read_text(encoding="utf-8")
    ]
    assert weg == []


def test_every_link_of_readme_and_docs_leads_to_a_file_that_is_there():
    paginas = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
    weg = [
        (pad.name, doel)
        for pad in paginas
        for doel in [
            *re.findall(r"\]\((?!https?://|#)([^)#\s]+)", pad.read_text(encoding="utf-8")),
            *(f"/{doel}" for doel in re.findall(r"`(docs/[\w./-]+)`", pad.read_text(encoding="utf-8"))),
        ]
        if not ((PROJECT / doel[1:]) if doel.startswith("/") else pad.parent / doel).exists()
    ]
    assert weg == []


def test_every_requirement_is_pinned_to_one_version():
    eisen = [regel for pad in EISEN for regel in regels(pad) if regel and not regel.startswith("#")]
    assert [eis for eis in eisen if not re.match(r"^[\w.-]+==[\w.]+(; .+)?$", eis)] == []


def test_the_app_is_set_to_stay_on_this_machine():
    instelling = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert instelling["server"]["address"] == "127.0.0.1"
    assert instelling["browser"] == {"serverAddress": "localhost", "gatherUsageStats": False}
    assert instelling["server"]["fileWatcherType"] == "none"


@pytest.mark.parametrize("naam", ["light", "dark"])
def test_every_text_of_the_theme_has_enough_contrast(naam: str):
    thema = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][naam]
    paren = {("#FFFFFF", thema["primaryColor"])}
    for deel in (thema, thema["sidebar"]):
        for vlak in (deel["backgroundColor"], deel["secondaryBackgroundColor"]):
            paren |= {(deel["textColor"], vlak), (deel["linkColor"], vlak)}
    paren |= {
        (thema[f"{kleur}TextColor"], thema[f"{kleur}BackgroundColor"]) for kleur in "red orange green blue gray".split()
    }
    assert {paar: round(contrast(*paar), 2) for paar in paren if contrast(*paar) < 4.5} == {}


@pytest.mark.parametrize(("naam", "kleuren"), [("light", grafiekstijl.LICHT), ("dark", grafiekstijl.DONKER)])
def test_every_chart_can_be_seen_and_read_in_both_themes(naam: str, kleuren: grafiekstijl.Kleuren):
    """WCAG 1.4.3 and 1.4.11: letters 4.5 to 1, what one must see to understand a chart 3 to 1."""
    thema = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][naam]
    assert contrast(kleuren.tekst, thema["backgroundColor"]) >= 4.5
    vormen = [kleuren.punt, kleuren.marge, *thema["chartCategoricalColors"]]
    assert {
        vorm: contrast(vorm, thema["backgroundColor"])
        for vorm in vormen
        if contrast(vorm, thema["backgroundColor"]) < 3
    } == {}
    vlakken = [grafiekstijl.mengsel(kleuren.lijn, kleuren.punt, deel / 100) for deel in range(101)]
    assert [vlak for vlak in vlakken if contrast(grafiekstijl.leesbaar_op(vlak), vlak) < 4.5] == []


def test_every_fault_by_hand_names_a_line_that_is_there() -> None:
    groepen = tomllib.loads((PROJECT / "tests/mutaties_hand.toml").read_text(encoding="utf-8"))["groep"]
    weg = [
        (groep["bestand"], oud)
        for groep in groepen
        for oud, _ in groep["fouten"]
        if oud not in (PROJECT / groep["bestand"]).read_text(encoding="utf-8")
    ]
    assert not weg


# What stood in several places once; a test that names where it stands keeps it at one.
@pytest.mark.parametrize(
    ("wat", "waar"),
    [
        (r'^\w+ = "application/pdf"$|^PDF_SOORT = ', ["klachten/handelingen/bestandssoort.py"]),
        (r'"Eindconclusie"', ["klachten/analyse/rapport/vergadering.py"]),
        (r'\bREDEN\b[^=\n]* = (?!\(f").*"reden"', ["klachten/scherm/redenen.py"]),
        (r"\bAfspraak\($", ["klachten/jaarverslag.py"]),
    ],
)
def test_one_definition_of_a_thing(wat: str, waar: list[str]):
    gevonden = {kort(pad): len(re.findall(wat, pad.read_text(encoding="utf-8"), re.MULTILINE)) for pad in MODULES}
    assert {naam: aantal for naam, aantal in gevonden.items() if aantal} == dict.fromkeys(waar, 1)


def test_what_is_begun_with_is_there_and_everything_in_a_browser_is_among_it() -> None:
    """A browser waits: who begins with it last keeps one worker going alone."""
    bestanden = {pad.name for pad in (PROJECT / "tests").glob("test_*.py")}
    assert len(set(TRAAG)) == len(TRAAG)
    assert set(TRAAG) <= bestanden
    assert {naam for naam in bestanden if naam.endswith("_in_chromium.py")} <= set(TRAAG)
