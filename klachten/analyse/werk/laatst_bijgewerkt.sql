-- Question: On which klachten was something recorded last, that this person may read?
-- Grain: one row per klacht that is not vervallen and does not involve the person, the last recorded ones first
-- Step: 4-15
-- Parameters: gebruiker, alles
-- `alles` is for who may read every dossier; somebody else gets the klachten handled or received by them, or with a
-- maatregel of theirs.
SELECT k.klachtnummer, k.ontvangen_op, k.vestiging, k.categorie, k.status, k.behandelaar, k.laatste_op
FROM klacht AS k
WHERE k.vervallen_op IS NULL
    AND NOT list_contains(k.betrokkenen, gebruiker)
    AND (
        alles
        OR k.behandelaar = gebruiker
        OR k.ontvanger = gebruiker
        OR EXISTS (
            SELECT 1
            FROM maatregel AS m
            WHERE m.klachtnummer = k.klachtnummer AND m.actienemer = gebruiker AND m.vervallen_op IS NULL
        )
    )
ORDER BY k.laatste_nr DESC
LIMIT 10
