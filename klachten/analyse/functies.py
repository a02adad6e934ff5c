"""What the questions share inside a SELECT: small functions of SQL, made beside the questions.

Short ones: everything in a macro costs 20 microseconds of planning, every time a question that uses it is asked.
"""

from __future__ import annotations

FUNCTIES = {
    # The days from one to another where there are very many: date_diff would make all terms a tenth slower. Another
    # engine subtracts in another way (motor/huissql.py); everywhere else date_diff('day', van, tot) is for all.
    "dagen_tussen": ("van, tot", "tot - van"),
    # How many whole years a day lies after another (before it: < 0); 29 February begins on 1 March in other years.
    "jaren_sinds": (
        "dag, begin",
        # date_part is month() and day(), planned and worked out in half the time.
        """date_diff('year', begin, dag) - CAST(
    date_part('month', dag) * 100 + date_part('day', dag)
    < date_part('month', begin) * 100 + date_part('day', begin) AS BIGINT
)""",
    ),
    # How many years a period moves to be compared with itself: one, unless it is longer than that.
    "jaren_per_stap": ("vanaf, tot", "coalesce(jaren_sinds(CAST(tot AS DATE), CAST(vanaf AS DATE)) + 1, 1)"),
    # How many years it has moved when it has begun last on a day; before it: < 0.
    "jaren_verschoven": (
        "dag, vanaf, tot",
        """jaren_per_stap(vanaf, tot) * CAST(
    floor(jaren_sinds(dag, CAST(vanaf AS DATE)) / jaren_per_stap(vanaf, tot)) AS BIGINT
)""",
    ),
    # In which year it then began; without a period that is the calendar year.
    "periode_start": (
        "dag, vanaf, tot",
        "coalesce(year(CAST(vanaf AS DATE)) + jaren_verschoven(dag, vanaf, tot), year(CAST(dag AS DATE)))",
    ),
    # Whether a day lies in that period; if not it lies after it, before the next one begins.
    "in_periode": (
        "dag, vanaf, tot",
        "vanaf IS NULL OR jaren_sinds(dag, CAST(tot AS DATE) + 1) < jaren_verschoven(dag, vanaf, tot)",
    ),
    # Whether the last day of a term has passed; imported klachten may have none.
    "is_voorbij": ("uiterlijk_op, peildatum", "COALESCE(uiterlijk_op < peildatum, FALSE)"),
    # Matured: the last day has passed and it is known whether it was on time; only those make the headline of a term.
    "is_rijp": ("status, voorbij", "voorbij AND status IN ('op tijd', 'te laat', 'te laat, nog open')"),
    # Not matured yet: these will count later.
    "is_onrijp": (
        "status, voorbij",
        "status IN ('loopt', 'onbepaald') OR (NOT voorbij AND status IN ('op tijd', 'te laat', 'te laat, nog open'))",
    ),
    # The same of a maatregel, against the day agreed for it; cancelled before that day it counts no more.
    "is_maatregel_rijp": (
        "stand, uiterlijk_op, peildatum",
        "stand <> 'vervallen' AND (stand IN ('te laat', 'open en te laat') OR uiterlijk_op < peildatum)",
    ),
    # Under which choice something counts on a day; a register in which choices were merged says so itself
    # (register/keuzes.py), and its own is found first.
    "keuze_op": ("lijst, volgens, keuze, dag", "keuze"),
    # Who is still waited for on a day of a duration: in view before it, and not ended before it.
    "onder_risico": ("dagen, instap, dag", "dagen >= dag AND COALESCE(instap < dag, TRUE)"),
    # How many days of a duration the firm waited for the indiener; a question that was not answered yet goes on.
    "dagen_gewacht": (
        "begonnen_op, beantwoord_op, van, tot",
        "GREATEST(0, date_diff('day', GREATEST(begonnen_op, van), LEAST(COALESCE(beantwoord_op, tot), tot)))",
    ),
}
"""By name: the parameters and the expression; one that another uses before that other. See klachten/periode.py."""
