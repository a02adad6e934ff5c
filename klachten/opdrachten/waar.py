"""Where a step of the reglement lives in the house: found by looking, so the answer cannot grow stale."""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

NAAM = "waar"
HULP = "Wijst bij een stap van het reglement de code, de pagina, de brief en de tests aan."

PROJECT = Path(__file__).resolve().parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the number of the step."""
    parser.add_argument(
        "stap", type=int, choices=range(1, 19), metavar="STAP", help="nummer van de stap, 1 tot en met 18"
    )


def run(args: argparse.Namespace) -> int:
    """Print where the step lives."""
    for kop, regels in plaatsen(args.stap).items():
        print(f"{kop:<12}{regels[0] if regels else '-'}")
        for regel in regels[1:]:
            print(f"{'':<12}{regel}")
    return 0


def plaatsen(nr: int) -> dict[str, list[str]]:
    """Return what belongs to a step, by kind: name, terms, handelingen, facts, page, letter, SQL, tests."""
    from klachten import reglement

    boek = reglement.load(reglement.STANDAARD)
    stap = boek.stap(nr)
    return {
        f"Stap {nr}": [stap.naam],
        "Wie": [", ".join(stap.rollen)],
        "Termijnen": [f"{t.id}: {t.in_woorden()} vanaf {t.vanaf}, {t.naam}" for t in boek.termijnen if t.stap == nr],
        "Handeling": list(handelingen(nr)),
        "Feiten": list(feiten(nr)),
        "Pagina": [_kort(pad) for pad in sorted(PROJECT.glob(f"pages/*/{stap.pagina}.py"))],
        "Brief": brieven(nr, stap.brief),
        "Cijfers": list(_regels("klachten/analyse", ".sql", rf"^-- Step:.*\b{nr}\b")),
        "Tests": tests(nr),
    }


def handelingen(nr: int) -> Iterator[str]:
    """Find the functions that carry out the step."""
    from klachten.handelingen import HANDELINGEN

    for handeling in HANDELINGEN.values():
        if handeling.stap == nr:
            yield f"{handeling.naam}  {_plaats(handeling.lichaam)}"


def feiten(nr: int) -> Iterator[str]:
    """Find the facts that the step leaves behind."""
    from klachten.gebeurtenissen import SOORTEN

    for naam, soort in SOORTEN.items():
        if soort.stap == nr:
            yield f"{naam}  {_plaats(soort)}"


def brieven(nr: int, schriftelijk: bool) -> list[str]:
    """Find the letters of the step."""
    gevonden = [_kort(pad) for pad in sorted(PROJECT.glob(f"klachten/brieven/sjablonen/stap_{nr:02}_*"))]
    return gevonden or (["schriftelijk aan de indiener; er is nog geen sjabloon"] if schriftelijk else [])


def tests(nr: int) -> list[str]:
    """Find the tests named after the step, and count the stories in which it merely occurs."""
    woord = f"stap_{nr:02}"
    verhalen = _bestanden("tests", ".toml", woord)
    eigen = [pad for pad in verhalen if woord in Path(pad).stem]
    gevonden = [*_regels("tests", ".py", rf"def (test_\w*{woord}\w*)"), *eigen]
    if ook := len(verhalen) - len(eigen):
        gevonden.append(f"en {ook} andere verhalen in tests/dossiers waarin deze stap voorkomt")
    return gevonden


def _plaats(ding: object) -> str:
    gewoon = inspect.unwrap(ding)  # type: ignore[arg-type]
    regels, eerste = inspect.getsourcelines(gewoon)
    # Decorators come first; a reader looks for the line with the name.
    verder = next((nummer for nummer, regel in enumerate(regels) if regel.lstrip().startswith(("def ", "class "))), 0)
    return f"{_kort(Path(inspect.getsourcefile(gewoon) or ''))}:{eerste + verder}"


def _regels(map: str, achtervoegsel: str, patroon: str) -> Iterator[str]:
    zoek = re.compile(patroon)
    for pad in sorted((PROJECT / map).rglob(f"*{achtervoegsel}")):
        for nummer, regel in enumerate(pad.read_text(encoding="utf-8").splitlines(), start=1):
            if gevonden := zoek.search(regel):
                yield f"{' '.join(gevonden.groups())}  {_kort(pad)}:{nummer}".strip()


def _bestanden(map: str, achtervoegsel: str, woord: str) -> list[str]:
    bestanden = sorted((PROJECT / map).rglob(f"*{achtervoegsel}"))
    return [_kort(pad) for pad in bestanden if woord in pad.read_text(encoding="utf-8") or woord in pad.stem]


def _kort(pad: Path) -> str:
    return pad.relative_to(PROJECT).as_posix()
