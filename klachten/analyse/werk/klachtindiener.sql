-- Question: Who is the indiener of these klachten, as recorded last?
-- Grain: one row per klacht with a name
-- Step: 1
-- Parameters: nummers
SELECT t.klachtnummer, t.tekst AS indiener
FROM tekst AS t
JOIN (
    SELECT g.klachtnummer, MAX(g.nr) AS nr
    FROM gebeurtenis AS g
    WHERE
        g.soort = 'KlachtOntvangen' AND list_contains(nummers, g.klachtnummer)
        -- The list does not reach the scan of the table, its ends do.
        AND g.klachtnummer BETWEEN list_min(nummers) AND list_max(nummers)
    GROUP BY g.klachtnummer
) AS o ON o.nr = t.nr
WHERE t.veld = 'indiener_naam' AND list_contains(nummers, t.klachtnummer)
