"""The notebooks run as they stand, offline, beside an open register, and end in a finding that the data gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

from klachten import momentopname
from klachten.opening import open_register
from klachten.voorbeeld import make

MAP = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(MAP.glob("*.ipynb"))
DAG = date(2026, 3, 2)
NU = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
# The registers, and the day on which their notebooks are read.
REGISTERS = {"voorbeeld": DAG, "jaar_zonder_klachten": date(2028, 3, 2), "leeg": DAG}
BEGIN = """
%reset -f
import os, socket
os.environ["KLACHTEN_DATA"] = {map!r}
def _weiger(*_): raise OSError("a notebook reached for the network")
socket.socket.connect = socket.getaddrinfo = _weiger
"""


@pytest.fixture(scope="module")
def mappen(tmp_path_factory) -> Iterator[dict[str, Path]]:
    """A register of every kind with its snapshot; all stay open in this process, as they are in the app."""
    mappen = {naam: tmp_path_factory.mktemp(naam) / "register" for naam in REGISTERS}
    for naam in ("voorbeeld", "jaar_zonder_klachten"):
        make(mappen[naam], vandaag=DAG)
    with ExitStack() as open_:
        for naam, map in mappen.items():
            momentopname.write(open_.enter_context(open_register(map)), nu=NU, vandaag=REGISTERS[naam])
        yield mappen


@pytest.fixture(scope="module")
def kernel() -> Iterator[tuple[Any, Any]]:
    """One kernel for all, emptied before each notebook: starting it takes longer than a notebook."""
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(MAP))
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def voer_uit(pad: Path, map: Path, kernel: tuple[Any, Any]) -> nbformat.NotebookNode:
    manager, client = kernel
    antwoord = client.execute_interactive(BEGIN.format(map=str(map)), output_hook=lambda _: None, timeout=60)
    assert antwoord["content"]["status"] == "ok"
    notebook = nbformat.read(pad, as_version=4)
    uitvoering = NotebookClient(notebook, km=manager, timeout=120)
    uitvoering.kc = client
    with uitvoering.setup_kernel(cleanup_kc=False):
        for plek, cel in enumerate(notebook.cells):
            uitvoering.execute_cell(cel, plek)
    return notebook


def gezegd(cel: nbformat.NotebookNode) -> str:
    return "".join(uit.text for uit in cel.get("outputs", []) if uit.output_type == "stream" and uit.name == "stdout")


_bevindingen: dict[tuple[str, str], str] = {}


@pytest.mark.parametrize("welk", REGISTERS)
@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda pad: pad.stem)
def test_a_notebook_runs_offline_beside_an_open_register_and_ends_in_a_finding(pad, welk, mappen, kernel):
    notebook = voer_uit(pad, mappen[welk], kernel)
    uitvoer = [uit for cel in notebook.cells for uit in cel.get("outputs", [])]
    waarschuwingen = [uit.text for uit in uitvoer if uit.output_type == "stream" and uit.name == "stderr"]
    assert waarschuwingen == []
    soorten = {soort for uit in uitvoer for soort in uit.get("data", {})}
    # Charts are pictures: whatever needs a script from elsewhere shows nothing on a machine without internet.
    assert soorten <= {"text/plain", "text/html", "image/svg+xml"}
    assert not re.search(r"https?://(?!www\.w3\.org/)|<script", json.dumps(uitvoer))
    slot = re.fullmatch(r"(?s)Bevinding: (.+\.)\nVoorbehoud: .+\.\n", gezegd(notebook.cells[-1]))
    assert slot, gezegd(notebook.cells[-1])
    assert not re.search(r"\b(nan|inf|None|NaT)\b", slot[0])
    if welk != "leeg":
        assert "image/svg+xml" in soorten
    _bevindingen[pad.stem, welk] = slot[1]


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda pad: pad.stem)
def test_the_finding_follows_from_the_data_and_is_not_written_beforehand(pad: Path):
    gevonden = [zin for (stam, _), zin in _bevindingen.items() if stam == pad.stem]
    if len(gevonden) < len(REGISTERS):
        pytest.skip("not all were run here")
    assert len(set(gevonden)) >= 2


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda pad: pad.stem)
def test_a_notebook_is_kept_without_output(pad: Path):
    kaal = json.loads(pad.read_text(encoding="utf-8"))
    code = [cel for cel in kaal["cells"] if cel["cell_type"] == "code"]
    assert [cel["id"] for cel in code if cel["outputs"] or cel["execution_count"] is not None] == []
    assert kaal["metadata"].keys() == {"kernelspec", "language_info"}


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda pad: pad.stem)
def test_a_notebook_opens_with_a_question_and_reads_only_the_snapshot(pad: Path):
    cellen = nbformat.read(pad, as_version=4).cells
    assert cellen[0].cell_type == "markdown"
    assert re.match(r"# .+\?\n", cellen[0].source)
    code = "\n".join(cel.source for cel in cellen if cel.cell_type == "code")
    assert "analyse.open()" in code
    assert not re.search(r"klachten\.(register|opening|handelingen|scherm|database)|today\(|now\(", code)


def test_there_is_a_notebook_for_every_subject_of_the_evaluation():
    assert [pad.stem[3:] for pad in NOTEBOOKS] == ["verkennen", "termijnen", "categorieen", "verbeteracties", "proces"]
