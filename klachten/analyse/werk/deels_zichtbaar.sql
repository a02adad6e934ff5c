-- Question: Of which klachten does a user read a part, because of an own maatregel or because he or she received it?
-- Grain: one row per klacht that the user may not read as a whole, the newest first
-- Step: 1, 11
-- Parameters: gebruiker, leest_alles, leest_eigen
-- No more than that part: when it was received and who handles it. The maatregelen themselves are read in the dossier.
SELECT k.klachtnummer, k.ontvangen_op, k.behandelaar, m.klachtnummer IS NOT NULL AS maatregel
FROM klacht AS k
LEFT JOIN (
    SELECT DISTINCT a.klachtnummer FROM maatregel AS a WHERE a.actienemer = gebruiker AND a.vervallen_op IS NULL
) AS m ON m.klachtnummer = k.klachtnummer
WHERE
    NOT leest_alles
    AND (m.klachtnummer IS NOT NULL OR k.ontvanger = gebruiker)
    AND NOT list_contains(k.betrokkenen, gebruiker)
    AND k.klachtnummer NOT IN (SELECT z.klachtnummer FROM zichtbaar(gebruiker, leest_alles, leest_eigen) AS z)
ORDER BY k.nummerjaar DESC, k.volgnr DESC
