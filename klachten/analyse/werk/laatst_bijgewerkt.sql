-- Question: On which klachten was something recorded last, that this person may read?
-- Grain: one row per klacht that is not vervallen, the last recorded ones first
-- Step: 4-15
-- Parameters: gebruiker, leest_alles, leest_eigen
SELECT k.klachtnummer, k.ontvangen_op, k.vestiging, k.categorie, k.status, k.behandelaar, k.laatste_op
FROM zichtbaar(gebruiker, leest_alles, leest_eigen) AS k
WHERE k.vervallen_op IS NULL
ORDER BY k.laatste_nr DESC
LIMIT 10
