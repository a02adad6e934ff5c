"""Of a register that is measured: its size, whether it is an example, and which klachten are opened or written in."""

from __future__ import annotations

from datetime import date
from typing import Any

from klachten import organisatie


def is_example(register: Any) -> bool:
    """Tell whether a register was made by `voorbeeld`: every e-mail address in it leads to nobody."""
    with register.cursor() as cursor:
        echt, alle = cursor.execute(
            "SELECT count(*) FILTER (tekst LIKE '%@%' AND tekst NOT LIKE '%@post.example'), count(*) FROM tekst "
            "WHERE veld = 'indiener_contact'"
        ).fetchall()[0]
    return alle > 0 and echt == 0


def size(register: Any) -> tuple[int, date]:
    """Return how many klachten it holds, and the day of the last fact about one."""
    with register.cursor() as cursor:
        klachten, tot = cursor.execute("SELECT count(*), max(laatste_op) FROM klacht").fetchall()[0]
    return klachten, tot


def a_dossier(register: Any) -> str:
    """Choose a dossier with much in it, that the coordinator is not involved in."""
    with register.cursor() as cursor:
        return cursor.execute(
            "SELECT klachtnummer FROM klacht WHERE NOT list_contains(betrokkenen, $wie) "
            "ORDER BY heropeningen DESC, length(stappen) DESC, klachtnummer LIMIT 1",
            {"wie": coordinator()},
        ).fetchall()[0][0]


def coordinator() -> str:
    """Return the id of the first coordinator of the organisation, who does what is measured; "" without one."""
    return next((wie.id for wie in organisatie.met_rol("coordinator")), "")


def a_running_dossier(register: Any) -> str:
    """Choose a dossier in which the coordinator can say how the maatregelen go (step 12); "" when there is none."""
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT klachtnummer FROM klacht WHERE maatregelen_open > 0 AND behandelaar = $wie "
            "AND status = 'in behandeling' AND NOT list_contains(betrokkenen, $wie) "
            "ORDER BY klachtnummer DESC LIMIT 1",
            {"wie": coordinator()},
        ).fetchall()
    return rijen[0][0] if rijen else ""


def closable(register: Any) -> tuple[str, ...]:
    """Return klachten that the coordinator can close without giving a reason (step 13)."""
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT klachtnummer FROM klacht WHERE maatregelen > 0 AND maatregelen_open = 0 AND behandelaar = $wie "
            "AND status = 'in behandeling' AND NOT list_contains(betrokkenen, $wie) AND heropend_op IS NULL "
            "AND stap_05_op IS NOT NULL AND stap_09_op IS NOT NULL AND geschil = 'geen' ORDER BY klachtnummer DESC",
            {"wie": coordinator()},
        ).fetchall()
    return tuple(nummer for (nummer,) in rijen)


def step(welke: int, dag: date, i: int, wie: str, vestiging: str) -> tuple[str, dict[str, Any]]:
    """Return the name and what is filled in of one of four steps: a new klacht, assigned, acknowledged, looked into."""
    if welke == 0:
        return "stap_01_indienen_klacht", {
            "op": dag,
            "coordinator_op": dag,
            "kanaal": "e-mail",
            "vestiging": vestiging,
            "ontvanger": wie,
            "indiener_soort": "klant",
            "indiener_naam": f"Meting {i}",
            "indiener_contact": "meting@post.example",
            "omschrijving": "Klacht van een meting; er is niets gebeurd.",
            "categorie": "overig",
        }
    if welke == 1:
        return "stap_04_toewijzen_behandelaar", {"op": dag, "behandelaar": wie}
    if welke == 2:
        return "stap_05_bevestigen_ontvangst", {"op": dag, "wijze": "e-mail"}
    return "stap_06_onderzoeken_klacht", {"op": dag, "bevindingen": "Bevindingen van een meting."}
