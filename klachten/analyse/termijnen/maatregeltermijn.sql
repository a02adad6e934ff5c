-- Question: How many maatregelen were carried out within the term of their klacht, counted one by one?
-- Grain: one row per status
-- Step: 11
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- The term is that of the klacht (termijnen, step 11), so only maatregelen of its first round have one; a klacht is on time
-- only when all of these are. Cancelled after the last day is missed, cancelled before it counts no more. rijp: those
-- whose last day is over.
WITH laatste_dag AS (
    SELECT t.klachtnummer, t.uiterlijk_op
    FROM termijnen(peildatum := peildatum) AS t
    WHERE t.stap = 11 AND t.uiterlijk_op IS NOT NULL
),
stand AS (
    SELECT
        CASE
            WHEN s.uitgevoerd_op <= d.uiterlijk_op THEN 'op tijd'
            WHEN s.uitgevoerd_op IS NOT NULL OR s.vervallen_op IS NOT NULL THEN 'te laat'
            WHEN d.uiterlijk_op < peildatum THEN 'te laat, nog open'
            ELSE 'loopt'
        END AS status,
        d.uiterlijk_op < peildatum AS is_rijp
    FROM maatregelen_stand(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS s
    JOIN laatste_dag AS d ON d.klachtnummer = s.klachtnummer
    WHERE s.ronde = 1 AND (s.vervallen_op IS NULL OR s.vervallen_op > d.uiterlijk_op)
)
SELECT
    s.status, CAST(COUNT(*) AS INTEGER) AS maatregelen, CAST(COUNT(CASE WHEN s.is_rijp THEN 1 END) AS INTEGER) AS rijp
FROM stand AS s
GROUP BY s.status
ORDER BY s.status
