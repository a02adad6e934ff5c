"""Checking a database by itself: its derived tables against its facts, and what guards those."""

from __future__ import annotations

from klachten.register.afleiding import derived_tables, macro_name
from klachten.register.database import Connection
from klachten.register.dossiercontrole import HERBOUW, VANZELF, Bevinding, some
from klachten.register.teksten import tables

TRIGGERS = {"geen_wijziging", "geen_verwijdering"}


def check_derived(bevindingen: list[Bevinding], con: Connection) -> None:
    """What is stored per klacht, maatregel ... is what the facts give."""
    goed = True
    tabellen = tables(con)
    if gemist := derived_tables() - tabellen:
        goed = False
        bevindingen.append(
            Bevinding("fout", f"De database mist {some(sorted(gemist), 'tabel', 'tabellen')}. {VANZELF}")
        )
    for tabel in sorted(derived_tables() & tabellen):
        macro = macro_name(tabel)
        kolommen = ", ".join(naam for naam, *_ in con.execute(f"SELECT * FROM {tabel} LIMIT 0").description or ())
        opgeslagen = f"SELECT {kolommen}, FALSE AS opnieuw FROM {tabel}"
        opnieuw = f"SELECT {kolommen}, TRUE AS opnieuw FROM {macro}(CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT))"
        # Planning what follows from the facts is most of the work in a small register: so it stands in here once.
        verschil = con.execute(
            f"SELECT DISTINCT klachtnummer FROM (SELECT {kolommen} FROM ({opgeslagen} UNION ALL {opnieuw}) "
            f"GROUP BY {kolommen} HAVING COUNT(*) FILTER (opnieuw) <> COUNT(*) FILTER (NOT opnieuw)) "
            "ORDER BY klachtnummer"
        ).fetchall()
        if verschil:
            goed = False
            namen = some([nummer for (nummer,) in verschil], "nummer", "nummers")
            bevindingen.append(Bevinding("fout", f"Tabel {tabel} klopt niet met de feiten: {namen}. {HERBOUW}"))
    if goed:
        bevindingen.append(Bevinding("goed", "De afgeleide tabellen zijn gelijk aan wat de feiten opleveren."))


def check_rules(bevindingen: list[Bevinding], con: Connection) -> None:
    """The triggers that refuse change are there, and nothing set off the alarm."""
    triggers = {naam for (naam,) in con.execute("SELECT trigger_name FROM duckdb_triggers()").fetchall()}
    if gemist := TRIGGERS - triggers:
        zin = f"De bewaking tegen wijzigen is weggehaald ({', '.join(sorted(gemist))}). {HERBOUW}"
        bevindingen.append(Bevinding("fout", zin))
    for wanneer, wat in con.execute("SELECT wanneer, wat FROM alarm").fetchall():
        bevindingen.append(Bevinding("fout", f"Alarm van {wanneer:%d-%m-%Y %H:%M}: {wat}"))
