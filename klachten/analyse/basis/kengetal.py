"""What one figure of the evaluation is: a row of the list in kengetallenlijst.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Kengetal:
    """One figure.

    `sql` names the question (analyse/<sql>.sql) that counts it; `stap` the steps of the reglement it is about;
    `uitleg` who counts, in which cohort and on which date; `bron` the section of docs/statistiek.md it is judged with.
    """

    id: str
    titel: str
    vraag: str
    teller: str
    noemer: str
    waarom: str
    stap: tuple[int, ...]
    sql: str
    uitleg: str
    bron: str
