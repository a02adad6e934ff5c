-- Question: When did each klacht come in, end, and was it opened again?
-- Grain: one row per thing that happened to what is open
-- Step: 1, 7, 13, 15
-- Parameters: peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of stroom. soort: ontvangen, heropend, afgesloten, niet in behandeling, ingetrokken or vervallen. A klacht
-- that is vervallen on the peildatum was received and became vervallen: what was done with it before is undone. An end that
-- was undone by that counts no more either when the klacht turned out to have another one: only who is let in again goes twice.
WITH keuze AS (
    SELECT
        k.klachtnummer, k.vestiging, k.ontvangen_op, k.status, k.vervallen_op IS NOT NULL AS is_vervallen,
        k.laatste_einde_op, GREATEST(k.laatste_einde_op, k.ontvangen_op) AS einde_op
    FROM klacht_keuze(
        peildatum, NULL, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
),
ongedaan AS (
    SELECT k.klachtnummer, k.vestiging, e.einde, e.geeindigd_op, e.ongedaan_op
    FROM eerder_einde_op(peildatum) AS e
    JOIN keuze AS k ON k.klachtnummer = e.klachtnummer
    WHERE NOT k.is_vervallen AND e.door = 'heropend'
)
SELECT k.klachtnummer, k.vestiging, k.ontvangen_op AS op, 'ontvangen' AS soort
FROM keuze AS k
UNION ALL
SELECT k.klachtnummer, k.vestiging, k.einde_op, k.status
FROM keuze AS k
WHERE k.laatste_einde_op IS NOT NULL
UNION ALL
SELECT o.klachtnummer, o.vestiging, o.geeindigd_op, o.einde
FROM ongedaan AS o
UNION ALL
SELECT o.klachtnummer, o.vestiging, o.ongedaan_op, 'heropend'
FROM ongedaan AS o
