"""The image, as far as it can be read without a Docker daemon: what goes in, who runs it, and how it is asked for."""

from __future__ import annotations

import ast
import fnmatch
import json
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from klachten import opdrachten
from klachten.opdrachten.start import POORT

PROJECT = Path(__file__).resolve().parents[1]
MAP = PROJECT / "docs" / "in-gebruik"
BESTAND = (MAP / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (MAP / "compose.yaml").read_text(encoding="utf-8")
NEGEERT = [r for r in (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines() if r and r[0] != "#"]


def steps() -> list[tuple[str, str]]:
    """Every instruction of the Dockerfile with its arguments, its lines put together."""
    regels = re.sub(r"(?m)^#.*\n", "", BESTAND).replace("\\\n", " ").splitlines()
    return [(woord, re.sub(r"\s+", " ", rest)) for woord, _, rest in (r.partition(" ") for r in regels if r.strip())]


def of(instructie: str) -> list[str]:
    return [rest for woord, rest in steps() if woord == instructie]


def goes_in(pad: str) -> bool:
    """Tell whether .dockerignore lets a path through: the last line that fits it, or a folder above it, decides."""
    erin = True
    boven = [pad, *(str(deel) for deel in Path(pad).parents if str(deel) != ".")]
    for regel in NEGEERT:
        patroon = regel.removeprefix("!").removeprefix("**/")
        past = any(fnmatch.fnmatch(deel, patroon) or ("**/" in regel and Path(deel).name == patroon) for deel in boven)
        if past:
            erin = regel.startswith("!")
    return erin


def test_it_is_built_on_the_version_of_python_that_is_tested_with():
    assert {basis.split()[0] for basis in of("FROM")} == {
        f"python:{'.'.join(map(str, sys.version_info[:3]))}-slim-bookworm"
    }


def test_it_is_run_by_a_user_without_rights_who_owns_only_the_register():
    assert of("USER") == ["10001:10001"]
    na = [woord for woord, _ in steps()]
    assert "RUN" not in na[na.index("USER") :], "nothing is made afterwards"
    assert "--owner=klachten" in of("RUN")[-1].partition("install ")[2]
    assert of("RUN")[-1].endswith("/register")
    assert of("VOLUME") == ["/register"]
    assert not any("--chown" in kopie for kopie in of("COPY")), "the program stays of root"
    assert "KLACHTEN_DATA=/register" in of("ENV")[0]


def test_nothing_in_it_names_a_package_server():
    assert not re.search(r"https?://|index-url|--extra|git\+|\bcurl\b|\bwget\b", BESTAND + COMPOSE)


def test_what_it_starts_and_asks_are_commands_that_exist():
    ontleder = opdrachten.Ontleder()
    kies = ontleder.add_subparsers()
    for module in opdrachten.load_all():
        module.add_arguments(kies.add_parser(module.NAAM))
    (begin,), (start,) = of("ENTRYPOINT"), of("CMD")
    gezond = of("HEALTHCHECK")[0].partition(" CMD ")[2]
    assert json.loads(begin) == [".venv/bin/python", "-m", "klachten"] == json.loads(gezond)[:3]
    assert ontleder.parse_args(json.loads(start)).eigen
    vraag = ontleder.parse_args(json.loads(gezond)[3:])
    assert (vraag.app, vraag.poort) == (True, POORT)
    assert of("EXPOSE") == [str(POORT)]


def test_what_it_copies_is_there_and_let_through():
    bronnen = [kopie.split()[0] for kopie in of("COPY") if not kopie.startswith("--from")]
    assert set(bronnen) == {"requirements.txt", "app.py", ".streamlit", "klachten", "pages"}
    for bron in bronnen:
        assert (PROJECT / bron).exists()
        assert goes_in(bron)


@pytest.mark.parametrize(
    "pad",
    [
        "data/journaal/2026.jsonl", "data/voorbeeld/klachten.duckdb", "register/dossiers/K2026-0001/teksten.jsonl",
        ".git/config", ".venv/bin/python", ".streamlit/secrets.toml", "tests/conftest.py", "notebooks/01.ipynb",
        "klachten/__pycache__/taal.pyc",
    ],
)  # fmt: skip
def test_no_register_and_no_secret_can_go_in(pad: str):
    assert not goes_in(pad)


def test_every_file_of_the_program_goes_in():
    for map in ("klachten", "pages"):
        for pad in (PROJECT / map).rglob("*"):
            if pad.is_file() and "__pycache__" not in pad.parts:
                assert goes_in(pad.relative_to(PROJECT).as_posix()), pad


def test_what_is_installed_is_all_that_the_program_imports():
    """Only what measures against polars wants more, which is on no machine that is in use, and Spark if chosen."""
    assert "NR <= 3" in of("RUN")[0]
    kop, *lijsten = (PROJECT / "requirements.txt").read_text(encoding="utf-8").split("\n\n")
    assert kop.startswith("#")
    ook = (PROJECT / "requirements-spark.txt").read_text(encoding="utf-8")
    gekozen = {re.split(r"==", regel)[0].lower() for regel in ook.splitlines() if "==" in regel}
    erin = {re.split(r"==", regel)[0].lower() for lijst in lijsten[:2] for regel in lijst.splitlines()}
    bij = {naam: {deel.lower() for deel in delen} for naam, delen in packages_distributions().items()}
    mist = {}
    for pad in [PROJECT / "app.py", *(PROJECT / "pages").rglob("*.py"), *(PROJECT / "klachten").rglob("*.py")]:
        if "meting" in pad.parts:
            continue
        for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
            namen = [deel.name for deel in knoop.names] if isinstance(knoop, ast.Import) else []
            namen += [knoop.module] if isinstance(knoop, ast.ImportFrom) and knoop.module and not knoop.level else []
            for naam in {naam.partition(".")[0] for naam in namen} - sys.stdlib_module_names - {"klachten"}:
                kan = erin | gekozen if "motor" in pad.parts else erin
                if not bij.get(naam, {naam}) & kan:
                    mist[naam] = pad.relative_to(PROJECT).as_posix()
    assert mist == {}


def test_compose_takes_away_what_the_app_does_without():
    for nodig in (
        "read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "- register:/register", "network_mode: host",
        "- /tmp:", "init: true", "max-size:", "dockerfile: docs/in-gebruik/Dockerfile", "context: ../..",
    ):  # fmt: skip
        assert nodig in COMPOSE, nodig
    assert not re.search(r"privileged|ports:|/var/run/docker", COMPOSE)
