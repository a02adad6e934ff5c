"""What the screen says of klachten that were taken over: that they are there, and that they are no example."""

from __future__ import annotations

import streamlit as st
from duckdb import DuckDBPyConnection

from klachten.scherm.bewaard import bewaard
from klachten.taal import aantal


@bewaard
def _per_herkomst(cursor: DuckDBPyConnection) -> dict[str, int]:
    rijen = cursor.execute(
        "SELECT herkomst, COUNT(*) FROM klacht WHERE vervallen_op IS NULL GROUP BY herkomst"
    ).fetchall()
    return dict(rijen)


def herkomst() -> str:
    """Return of which origin the list of klachten is at first: the own ones, or all when there are none of those."""
    per = _per_herkomst()
    return "register" if per.get("register") or not per else ""


def hoeveel() -> int:
    """Return how many klachten were taken over."""
    return _per_herkomst().get("overgenomen", 0)


def niet_getoond(gekozen: str) -> None:
    """Say how many klachten that were taken over are not in a list of the own ones."""
    if gekozen == "register" and (n := hoeveel()):
        wie = aantal(n, "overgenomen klacht", "overgenomen klachten")
        zijn = "is er" if n == 1 else "zijn er"
        st.markdown(f"Daarnaast {zijn} {wie}. Kies bij Meer filters *Overgenomen* of *Alles* om die te zien.")
