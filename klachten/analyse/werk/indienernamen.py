"""Who the indieners of one page of a list are, looked up by number."""

from __future__ import annotations

from duckdb import DuckDBPyConnection


def read_indieners(cursor: DuckDBPyConnection, nummers: list[str]) -> dict[str, str]:
    """Return what question klachtindiener gives of these klachten, by klachtnummer."""
    if not nummers:
        return {}
    # Constants are looked up in the index of each table, as long as nothing else is asked of it there: so the kind of
    # a fact and the field of a text are compared after that. A tenth of the time of the question itself.
    van_deze = f"klachtnummer IN ({', '.join('?' * len(nummers))})"
    rijen = cursor.execute(
        "SELECT o.klachtnummer, COALESCE(t.tekst, '(gewist)') FROM ("
        "SELECT g.klachtnummer, MAX(CASE WHEN g.soort = 'KlachtOntvangen' THEN g.nr END) AS nr, "
        "COUNT(*) FILTER (g.soort IN ('DossierGewist', 'GegevensGewist')) AS gewist, "
        "COUNT(*) FILTER (g.soort IN ('KlachtOntvangen', 'DossierGewist', 'GegevensGewist') "
        "AND contains(CAST(g.teksten AS VARCHAR), '\"indiener_naam\"')) AS genoemd "
        f"FROM gebeurtenis AS g WHERE g.{van_deze} GROUP BY g.klachtnummer) AS o "
        "LEFT JOIN (SELECT t.nr, MAX(CASE WHEN t.veld = 'indiener_naam' THEN t.tekst END) AS tekst "
        f"FROM tekst AS t WHERE t.{van_deze} GROUP BY t.nr) AS t ON t.nr = o.nr "
        "WHERE t.tekst IS NOT NULL OR (o.gewist > 0 AND o.genoemd > 0)",
        [*nummers, *nummers],
    ).fetchall()
    return dict(rijen)
