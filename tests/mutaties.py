"""Mutation testing with cosmic-ray by one command, for a developer and not for CI: docs/mutaties.md.

    python -m tests.mutaties                           everything
    python -m tests.mutaties --steekproef 60 mag.py    60 mutants at random of each module so named

The mutants are made in a copy below .mutaties, so that the files one works on are never touched.
"""

from __future__ import annotations

import argparse
import random
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import toml
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

from tests.mutaties_hand import HUIS, copy_house, test_command

ZAAD = 20261128


def main(argumenten: Sequence[str]) -> None:
    """Run the groups of .mutaties.toml, print the figures and every survivor."""
    lezer = argparse.ArgumentParser(prog="python -m tests.mutaties")
    lezer.add_argument("modules", nargs="*", help="only modules whose path ends like this")
    lezer.add_argument("--steekproef", type=int, default=0, help="this many mutants of each module, the same each time")
    keuze = lezer.parse_args(argumenten)
    instelling = tomllib.loads((HUIS / ".mutaties.toml").read_text(encoding="utf-8"))
    for groep in instelling["groep"]:
        for module in groep["modules"]:
            if not keuze.modules or module.endswith(tuple(keuze.modules)):
                _mutate(module, groep["tests"], instelling, keuze.steekproef)


def _mutate(module: str, tests: list[str], instelling: dict[str, Any], steekproef: int) -> None:
    huis = copy_house(module.removeprefix("klachten/").removesuffix(".py").replace("/", "."))
    config, sessie = huis.parent / "config.toml", huis.parent / "sessie.sqlite"
    sessie.unlink(missing_ok=True)
    proef = shlex.join(test_command(" ".join(tests)))
    inhoud = {
        "module-path": module,
        "timeout": float(instelling["timeout"]),
        "excluded-modules": [],
        "test-command": proef,
        "distributor": {"name": "local"},
    }
    config.write_text(toml.dumps({"cosmic-ray": inhoud}), encoding="utf-8")
    _cosmic_ray("init", config, sessie, huis=huis)
    with use_db(str(sessie), WorkDB.Mode.open) as db:
        _skip(db, instelling["overslaan"], steekproef)
    _cosmic_ray("exec", config, sessie, huis=huis)
    with use_db(str(sessie), WorkDB.Mode.open) as db:
        _report(module, db)
    shutil.rmtree(huis)


def _cosmic_ray(doet: str, config: Path, sessie: Path, *, huis: Path) -> None:
    subprocess.run([sys.executable, "-m", "cosmic_ray.cli", doet, str(config), str(sessie)], cwd=huis, check=True)


def _skip(db: WorkDB, overslaan: list[str], steekproef: int) -> None:
    """Leave out what nobody can notice, and all but the sample."""
    weg = re.compile("|".join(overslaan))
    items = sorted(db.work_items, key=_place)
    telt = [item for item in items if not weg.match(item.mutations[0].operator_name)]
    loot = random.Random(ZAAD)
    blijft = {item.job_id for item in (loot.sample(telt, steekproef) if 0 < steekproef < len(telt) else telt)}
    niet = [item.job_id for item in items if item.job_id not in blijft]
    db.set_multiple_results(niet, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    print(f"{len(blijft)} of {len(telt)} mutants", flush=True)


def _place(item: WorkItem) -> tuple[Any, ...]:
    mutant = item.mutations[0]
    return mutant.start_pos, mutant.operator_name, mutant.occurrence, str(mutant.operator_args)


def _report(module: str, db: WorkDB) -> None:
    gedaan = {job: r for job, r in db.results if r.worker_outcome != WorkerOutcome.SKIPPED}
    over = {job for job, r in gedaan.items() if r.test_outcome == TestOutcome.SURVIVED}
    print(f"{module}: {len(gedaan)} mutants, {len(gedaan) - len(over)} noticed, {len(over)} survived", flush=True)
    for item in db.work_items:
        if item.job_id in over:
            mutant = item.mutations[0]
            regels = [r for r in (gedaan[item.job_id].diff or "").splitlines() if re.match(r"[+-](?![+-])", r)]
            print(f"  line {mutant.start_pos[0]} {mutant.operator_name}", *regels, sep="\n    ", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
