-- Question: Who is the indiener of these klachten, as recorded last?
-- Grain: one row per klacht with a name, or of which the name was erased: then that word stands in its place
-- Step: 1
-- Parameters: nummers
SELECT o.klachtnummer, COALESCE(t.tekst, '(gewist)') AS indiener
FROM (
    SELECT
        g.klachtnummer, MAX(CASE WHEN g.soort = 'KlachtOntvangen' THEN g.nr END) AS nr,
        COUNT(*) FILTER (g.soort <> 'KlachtOntvangen') AS gewist,
        COUNT(*) FILTER (contains(CAST(g.teksten AS VARCHAR), '"indiener_naam"')) AS genoemd
    FROM gebeurtenis AS g
    WHERE
        g.soort IN ('KlachtOntvangen', 'DossierGewist', 'GegevensGewist') AND list_contains(nummers, g.klachtnummer)
        -- The list does not reach the scan of the table, its ends do.
        AND g.klachtnummer BETWEEN list_min(nummers) AND list_max(nummers)
    GROUP BY g.klachtnummer
) AS o
LEFT JOIN tekst AS t ON t.nr = o.nr AND t.veld = 'indiener_naam' AND list_contains(nummers, t.klachtnummer)
WHERE t.tekst IS NOT NULL OR (o.gewist > 0 AND o.genoemd > 0)
