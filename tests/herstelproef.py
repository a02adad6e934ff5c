"""A process that writes into a register until it is stopped or killed, and prints what was confirmed."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")


def start_writer(code: str, *args: object, stdin: bool = False) -> subprocess.Popen[bytes]:
    """Start a process that writes into a register; it prints what is confirmed."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, args)],
        cwd=PROJECT,
        stdin=subprocess.PIPE if stdin else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
    )


VOL = """
    import json, os, resource, sys
    from pathlib import Path
    from klachten.register import RegisterAlleenLezen
    from tests.registerproef import leg_klacht_vast, leg_stap_vast, open_at

    def limit(bytes):
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes, resource.RLIM_INFINITY))

    def poging(nummer, **tekst):
        try:
            leg_stap_vast(register, nummer, **tekst)
        except RegisterAlleenLezen as fout:
            return str(fout)

    map = Path(sys.argv[1])
    register = open_at(map)
    nummer = leg_klacht_vast(register)
"""
"""What opens a register of which the files may not grow beyond a limit, as on a disk that is full."""
