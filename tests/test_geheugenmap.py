"""The folders of a run in memory: of this process, where there is room, and none of a run that is dead."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.geheugenmap import place


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="elsewhere than on Linux there is no such folder")
def test_a_run_has_a_folder_of_its_own_and_clears_up_after_a_dead_one(tmp_path: Path) -> None:
    dood, levend, van_een_ander = (
        tmp_path / naam for naam in ("klachten-toets-0", f"klachten-toets-{os.getppid()}", "x")
    )
    for map in (dood, levend, van_een_ander):
        map.mkdir()
    assert place(tmp_path, 0) == tmp_path / f"klachten-toets-{os.getpid()}"
    assert [map.exists() for map in (dood, levend, van_een_ander)] == [False, True, True]


def test_without_room_or_such_a_folder_the_disk_is_used(tmp_path: Path) -> None:
    assert place(tmp_path, 2**62) is None
    assert place(tmp_path / "nergens", 0) is None
