"""What the questions share inside a SELECT: small functions of SQL, made beside the questions."""

from __future__ import annotations

FUNCTIES = {
    # As one number a day compares in any year, also 29 February in a year without one.
    "dagnummer": ("dag", "year(CAST(dag AS DATE)) * 10000 + month(CAST(dag AS DATE)) * 100 + day(CAST(dag AS DATE))"),
    # How many years a period moves to be compared with itself: one, unless it is longer than that.
    "jaren_per_stap": (
        "vanaf, tot",
        """CASE
    WHEN vanaf IS NULL THEN 1
    ELSE dagnummer(tot) // 10000 - dagnummer(vanaf) // 10000
        + CAST(dagnummer(vanaf) % 10000 <= dagnummer(tot) % 10000 AS BIGINT)
END""",
    ),
    # In which year the period begins that has begun last on a day; without a period that is the calendar year.
    "jaar_voor_stap": (
        "dag, vanaf",
        "dagnummer(dag) // 10000 - CAST(coalesce(dagnummer(dag) % 10000 < dagnummer(vanaf) % 10000, FALSE) AS BIGINT)",
    ),
    "periode_start": (
        "dag, vanaf, tot",
        """CASE
    WHEN vanaf IS NULL THEN year(CAST(dag AS DATE))
    ELSE jaar_voor_stap(dag, vanaf) - (
        (jaar_voor_stap(dag, vanaf) - dagnummer(vanaf) // 10000) % jaren_per_stap(vanaf, tot)
        + jaren_per_stap(vanaf, tot)
    ) % jaren_per_stap(vanaf, tot)
END""",
    ),
    # Whether a day lies in that period; if not it lies after it, before the next one begins.
    "in_periode": (
        "dag, vanaf, tot",
        """vanaf IS NULL OR dagnummer(dag) < dagnummer(CAST(tot AS DATE) + 1)
    + 10000 * (periode_start(dag, vanaf, tot) - dagnummer(vanaf) // 10000)""",
    ),
    # How many days of a duration the firm waited for the indiener; a question that was not answered yet goes on.
    "dagen_gewacht": (
        "begonnen_op, beantwoord_op, van, tot",
        "GREATEST(0, LEAST(COALESCE(beantwoord_op, tot), tot) - GREATEST(begonnen_op, van))",
    ),
}
"""By name: the parameters and the expression; one that another uses before that other. See klachten/periode.py."""
