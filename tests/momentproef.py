"""A snapshot of a register on a fixed day, and what stands in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from klachten import momentopname
from klachten.register import Register

PROJECT = Path(__file__).resolve().parents[1]
DAG = date(2026, 3, 2)
NU = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def neem_op(register: Register, nu: datetime = NU) -> momentopname.Momentopname:
    return momentopname.write(register, nu=nu, vandaag=DAG)


def opnamen(map: Path) -> list[str]:
    return sorted(pad.name for pad in (map / "momentopname").iterdir() if pad.is_dir())
