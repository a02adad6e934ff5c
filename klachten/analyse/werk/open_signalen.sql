-- Question: Which signalen still have to be written down or settled, that this person may read?
-- Grain: one row per open signaal, the oldest first
-- Step: 1
-- Parameters: gebruiker, alles
SELECT s.klachtnummer, s.ontvangen_op, s.kanaal, s.vestiging, s.ontvanger
FROM signaal AS s
WHERE s.status = 'open' AND (alles OR s.ontvanger = gebruiker)
ORDER BY s.ontvangen_op, s.klachtnummer
LIMIT 50
