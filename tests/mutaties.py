"""Mutation testing with the mutants of cosmic-ray by one command, for a developer and not for CI: docs/mutaties.md.

    python -m tests.mutaties                           everything in .mutaties.toml
    python -m tests.mutaties --steekproef 60 mag.py    60 mutants at random of each module so named
    python -m tests.mutaties --sinds HEAD~3            only the lines that are new or changed since a commit

Mutants are made in a copy below .mutaties, so that the files one works on are never touched. A mutant meets only the
tests that pass its line, fastest first, in a fork that has the libraries loaded already: seconds become tenths.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import functools
import gc
import importlib
import itertools
import math
import os
import pickle
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import coverage
import pytest
from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec

from tests.mutaties_hand import HUIS, copy_house

ZAAD = 20261128
GEMERKT = 3
"""Seconds of CPU a fork gets on top of ten times what its tests took without a fault."""
VOORAF = 30
"""So many tests are tried first, in a fork of their own: most mutants are noticed by them."""
GENOEG = 12
"""Seconds of tests, the quickest first: what they do not notice counts as not noticed and is judged by hand."""
BIBLIOTHEKEN = ("altair", "duckdb", "hypothesis", "openpyxl", "pandas", "scipy.stats", "streamlit.testing.v1", "typst")
"""Loaded once before any fork. None of our own: those are what a mutant changes."""

ROOD = Path("rood.txt")
"""Where a fork writes which test failed."""


@dataclass
class Dekking:
    """Which tests pass which line, what each of them costs, and how many mutants each one noticed."""

    tests_op: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    seconden: dict[str, float] = field(default_factory=dict)
    gezien: Counter[str] = field(default_factory=Counter)
    bij_import: tuple[str, ...] = ()

    def of_lines(self, module: str, regels: range) -> list[str]:
        """Return the tests that pass one of the lines.

        For what runs at import, which none passes, those that pass what it belongs to, and those of `bij_import`, that
        look at what was made. First the one that may be expected to notice in the shortest time.
        """
        eerst: tuple[str, ...] = ()
        gevonden = self._passing(module, regels)
        if not gevonden:
            eerst = self.bij_import
            delen = (self._passing(module, om) for om in _around(module, regels))
            gevonden = next((tests for tests in delen if tests), set())
            gevonden |= {test for test in self.seconden if test.startswith(eerst)}

        def plaats(test: str) -> tuple[bool, float, str]:
            return not test.startswith(eerst), self.seconden[test] / (1 + self.gezien[test]), test

        return sorted(gevonden or self.seconden, key=plaats)

    def _passing(self, module: str, regels: range) -> set[str]:
        return set().union(*(self.tests_op.get((module, regel), set()) for regel in regels))


@functools.cache
def _parts(module: str) -> list[range]:
    """The lines of each statement of a module, a function with its decorators as one; then the whole module."""
    boom = ast.parse(Path(module).read_text(encoding="utf-8"))
    begin = [min([deel.lineno, *(d.lineno for d in getattr(deel, "decorator_list", []))]) for deel in boom.body]
    delen = [range(van, (deel.end_lineno or van) + 1) for van, deel in zip(begin, boom.body, strict=True)]
    return [*delen, range(1, delen[-1].stop)]


def _around(module: str, regels: range) -> Iterator[range]:
    return (deel for deel in _parts(module) if regels.start in deel)


def main(argumenten: Sequence[str]) -> None:
    """Try every mutant of the modules of .mutaties.toml; print the figures and every survivor."""
    lezer = argparse.ArgumentParser(prog="python -m tests.mutaties")
    lezer.add_argument("modules", nargs="*", help="only modules whose path ends like this, in this order")
    lezer.add_argument("--steekproef", type=int, default=0, help="this many mutants of each module, the same each time")
    lezer.add_argument("--sinds", default="", help="only mutants of the lines that changed since this commit of git")
    keuze = lezer.parse_args(argumenten)
    instelling = tomllib.loads((HUIS / ".mutaties.toml").read_text(encoding="utf-8"))
    delen = keuze.modules or [""]
    if geen := [deel for deel in delen if not any(m.endswith(deel) for m in instelling["modules"])]:
        lezer.error(f"no module in .mutaties.toml ends like this: {', '.join(geen)}")
    modules = list(dict.fromkeys(m for deel in delen for m in instelling["modules"] if m.endswith(deel)))
    gewijzigd = {module: _changed(module, keuze.sinds) for module in modules}
    modules = [module for module in modules if gewijzigd[module]]
    huis = copy_house(f"cosmic-{os.getpid()}")
    os.chdir(huis)
    sys.path[0] = str(huis)
    sys.dont_write_bytecode = True
    for naam in [n for n in sys.modules if n.partition(".")[0] == "tests"]:
        del sys.modules[naam]  # this very file stands in the other house
    for naam in BIBLIOTHEKEN:
        importlib.import_module(naam)
    # Nothing of the libraries is waste; so no fork looks for any in them.
    gc.freeze()
    dekking = _measure(instelling["tests"], modules)
    dekking.bij_import = tuple(f"{bestand}::" for bestand in instelling["bij_import"])
    print(f"{len(dekking.seconden)} tests in {sum(dekking.seconden.values()):.0f} s", flush=True)
    for module in modules:
        mutants = _mutants(module, instelling["overslaan"], keuze.steekproef)
        _mutate(module, [paar for paar in mutants if paar[0].start_pos[0] in gewijzigd[module]], dekking)
    os.chdir(HUIS)
    shutil.rmtree(huis.parent)


def _changed(module: str, sinds: str) -> Collection[int]:
    """Return the lines of a module that are new or changed since a commit; without one, all of them."""
    if not sinds:
        return range(1, len((HUIS / module).read_text(encoding="utf-8").splitlines()) + 1)
    opdracht = ["git", "diff", "-U0", sinds, "--", module]
    verschil = subprocess.run(opdracht, cwd=HUIS, capture_output=True, text=True, check=True, timeout=60).stdout
    delen = re.findall(r"^@@ \S+ \+(\d+)(?:,(\d+))? @@", verschil, re.M)
    return {regel for begin, aantal in delen for regel in range(int(begin), int(begin) + int(aantal or 1))}


def _mutants(module: str, overslaan: list[str], steekproef: int) -> list[tuple[MutationSpec, str]]:
    """Return the mutants of a module, each with its text, in the order of its lines.

    Left out is what nobody can notice: an operator of `overslaan`, what is no program, `/` for the `*` after which
    arguments are named, and how a @dataclass is kept.
    """
    goed = Path(module).read_text(encoding="utf-8")
    with use_db("sessie.sqlite", WorkDB.Mode.create) as db:
        init([Path(module)], db, {})
        alle = sorted((item.mutations[0] for item in db.work_items), key=_place)
    weg = re.compile("|".join(overslaan))
    telt = [
        (mutant, fout) for mutant in alle if not weg.match(mutant.operator_name) and (fout := _program(goed, mutant))
    ]
    if not 0 < steekproef < len(telt):
        return telt
    return sorted(random.Random(ZAAD).sample(telt, steekproef), key=lambda paar: _place(paar[0]))


def _program(goed: str, mutant: MutationSpec) -> str:
    fout = mutate_code(goed, get_operator(mutant.operator_name)(**mutant.operator_args), mutant.occurrence)
    assert fout is not None, mutant
    try:
        with warnings.catch_warnings(action="ignore"):
            compile(fout, mutant.module_path, "exec")
    except SyntaxError:
        return ""
    return "" if _noticeable(fout) == _noticeable(goed) else fout


def _noticeable(tekst: str) -> str:
    """Return the text of a module without what nobody can notice, whatever the operator that changes it."""
    ster = re.sub(r"(?<=[(\s])/(?=,)", "*", tekst)
    return re.sub(r"(?m)^@dataclass\(.*\b(?:frozen|slots|kw_only)=.*\)$", "@dataclass", ster)


def _place(mutant: MutationSpec) -> tuple[Any, ...]:
    return mutant.start_pos, mutant.operator_name, mutant.occurrence, str(mutant.operator_args)


def _mutate(module: str, mutants: list[tuple[MutationSpec, str]], dekking: Dekking) -> None:
    pad, begin = Path(module), time.monotonic()
    goed = pad.read_text(encoding="utf-8")
    over: list[str] = []
    te_lang = 0
    for mutant, fout in mutants:
        pad.write_text(fout, encoding="utf-8")
        alle = dekking.of_lines(module, range(mutant.start_pos[0], mutant.end_pos[0] + 1))
        tot = itertools.accumulate(dekking.seconden[test] for test in alle)
        tests = [test for test, seconden in zip(alle, tot, strict=True) if seconden <= GENOEG]
        ROOD.unlink(missing_ok=True)
        code = 0
        for deel in (tests[:VOORAF], tests[VOORAF:]):
            if deel and code == 0:
                code = _try(deel, dekking)
        if ROOD.exists():
            dekking.gezien[ROOD.read_text(encoding="utf-8")] += 1
        te_lang += code < 0
        if code == 0:
            over.append(f"  line {mutant.start_pos[0]} {mutant.operator_name}\n{_difference(goed, fout)}")
            print(over[-1], flush=True)
    pad.write_text(goed, encoding="utf-8")
    print(
        f"{module}: {len(mutants)} mutants, {len(mutants) - len(over)} noticed ({te_lang} by taking too long), "
        f"{len(over)} survived, "
        f"{time.monotonic() - begin:.0f} s",
        flush=True,
    )


def _try(tests: list[str], dekking: Dekking) -> int:
    """Return the exit code of some tests; only their files are read."""
    bestanden = list(dict.fromkeys(test.partition("::")[0] for test in tests))
    tijd = GEMERKT + 10 * sum(dekking.seconden[test] for test in tests)
    return _in_a_fork(functools.partial(_run, bestanden, _Alleen(tests)), tijd)


def _difference(goed: str, fout: str) -> str:
    regels = difflib.unified_diff(goed.splitlines(), fout.splitlines(), n=0, lineterm="")
    return "\n".join(f"    {regel}" for regel in regels if re.match(r"[+-](?![+-])", regel))


def _measure(bestanden: list[str], modules: list[str]) -> Dekking:
    """Run the tests once, without a fault, and return which lines each of them passes."""
    uitkomst = Path("dekking.pickle")
    if _in_a_fork(lambda: _run_measured(bestanden, modules, uitkomst), tijd=3600) != 0:
        raise SystemExit(f"The tests are red without a fault: {bestanden}")
    return pickle.loads(uitkomst.read_bytes())  # noqa: S301  our own file, written a moment ago


def _run_measured(bestanden: list[str], modules: list[str], uitkomst: Path) -> int:
    meter = coverage.Coverage(data_file=None, include=[str(Path(m).resolve()) for m in modules])
    dekking = Dekking()
    sys.dont_write_bytecode = False  # here alone: what no mutant changes is compiled once
    meter.start()
    code = _run(bestanden, _Meting(meter, dekking))
    meter.stop()
    gemeten = meter.get_data()
    for module in modules:
        for regel, namen in gemeten.contexts_by_lineno(str(Path(module).resolve())).items():
            dekking.tests_op[module, regel] = set(namen) & dekking.seconden.keys()
    uitkomst.write_bytes(pickle.dumps(dekking))
    return code


def _run(bestanden: list[str], invoeging: object) -> int:
    opties = ["-x", "-q", "-n", "0", "-m", "not traag", "-p", "no:cacheprovider", "-p", "no:unraisableexception"]
    return int(pytest.main([*opties, *bestanden], plugins=[invoeging]))


class _Meting:
    """Tells the meter which test runs, and keeps how long each one took."""

    def __init__(self, meter: coverage.Coverage, dekking: Dekking) -> None:
        self.meter, self.dekking = meter, dekking

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.dekking.seconden[item.nodeid] = 0.0
        self.meter.switch_context(item.nodeid)
        try:
            return (yield)
        finally:
            self.meter.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.dekking.seconden[report.nodeid] += report.duration


class _Alleen:
    """Keeps these tests, in this order, and writes down the one that failed."""

    def __init__(self, tests: Collection[str]) -> None:
        self.plaats = {test: nummer for nummer, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((i for i in items if i.nodeid in self.plaats), key=lambda i: self.plaats[i.nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            ROOD.write_text(report.nodeid, encoding="utf-8")


def _in_a_fork(werk: Callable[[], int], tijd: float) -> int:
    """Return the exit code of the work in a fork of its own; below zero when it took more than this, in seconds of CPU.

    What waits for ever takes no CPU: that is ended after ten times as long by the clock.
    """
    kind = os.fork()
    if kind == 0:
        os.setpgrp()
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(tijd), math.ceil(tijd)))
        stil = os.open(os.devnull, os.O_WRONLY)
        os.dup2(stil, 1)
        os.dup2(stil, 2)
        code = 99
        try:
            code = werk()
        finally:
            os._exit(code)
    einde = time.monotonic() + 10 * tijd
    while time.monotonic() < einde:
        klaar, staat = os.waitpid(kind, os.WNOHANG)
        if klaar:
            return os.waitstatus_to_exitcode(staat)
        time.sleep(0.02)
    os.killpg(kind, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(kind, 0)[1])


if __name__ == "__main__":
    main(sys.argv[1:])
