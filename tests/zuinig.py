"""What libraries do in a run of the tests otherwise than by themselves: in less time, and the same in each worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType

import pytest
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from klachten.toegang.wachtwoord import Wachtwoorden

GEDULD = 10
"""So many times as long as a page asked for it is waited for: on a busy machine a second is not a second."""
EEN_DRAAD = "SET threads = 1"
"""A database that a worker opens itself is read by one thread: there are more workers than cores, so that each piece of
a question that is handed to another thread waits until that one has its turn.

That it gives the same with all threads of the app is what tests/test_rijvolgorde.py holds, of every question, figure,
sheet and workbook; and what a test starts as a process of its own, the app in Chromium too, has all of them.
"""
_COMPILE = ScriptCache.get_bytecode
KOSTEN = dict(Wachtwoorden.__init__.__kwdefaults__ or {})
"""What a password costs in the app; a test asks for it with the fixture `echte_kosten`."""


def wait_for_page(runner: LocalScriptRunner, timeout: float = 3) -> None:
    """Wait until the thread of an AppTest is done. Streamlit looks a thousand times a second whether it is."""
    draad = runner._script_thread
    assert draad is not None
    draad.join(timeout * GEDULD)
    if not runner.script_stopped():
        runner.request_stop()
        draad.join(timeout * GEDULD)
        raise RuntimeError(f"the page was not there after {timeout * GEDULD} seconds")


@cache
def _compiled(pad: str, gewijzigd: int) -> CodeType:
    """Return a page as Streamlit compiles it."""
    return _COMPILE(ScriptCache(), pad)


def compiled_once(_: ScriptCache, pad: str) -> CodeType:
    """Compile a page once, as the app does; each AppTest begins with nothing compiled."""
    return _compiled(str(Path(pad).absolute()), Path(pad).stat().st_mtime_ns)


def no_constants() -> Constants:
    """Give Hypothesis nothing to draw of what happens to be imported.

    It takes numbers and words from every module that is, so that a derandomized test has other data alone than in the
    whole run, and others again in another worker; and it takes two seconds to read them.
    """
    return Constants()


@contextmanager
def zuinig() -> Iterator[None]:
    """Let them be so; a password costs next to nothing too, unless a test says what it costs."""
    with pytest.MonkeyPatch.context() as plek:
        # Streamlit reads the metadata of every installed package for each AppTest (0.2 s); none comes or goes in a run.
        plek.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        plek.setattr(local_script_runner, "require_widgets_deltas", wait_for_page)
        plek.setattr(ScriptCache, "get_bytecode", compiled_once)
        plek.setattr(providers, "_get_local_constants", no_constants)
        plek.setattr(Wachtwoorden.__init__, "__kwdefaults__", KOSTEN | {"time_cost": 1, "memory_cost": 64})
        yield
