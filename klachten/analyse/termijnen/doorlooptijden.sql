-- Question: How many days until the acknowledgement and until the end of a klacht, open ones included?
-- Grain: one row per measure, number of days, kind of end and day of entry
-- Step: 5, 7, 13
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- maat: bevestiging (5) or afsluiting (7, 13). einde is NULL for a klacht that was open on the peildatum: `dagen` then counts
-- that far. A klacht that ended without acknowledgement gets none any more: that end competes with it. instap is the day since receipt on which a klacht of the
-- backlog came under observation: received over two weeks before the register's first entry; NULL for all others.
WITH begin AS (
    SELECT k.reglement, MIN(k.stap_03_op) AS eerste_op
    FROM klacht_op(peildatum) AS k
    WHERE k.herkomst = 'register' AND k.vervallen_op IS NULL
    GROUP BY k.reglement
),
keuze AS (
    SELECT
        k.ontvangen_op, NULLIF(k.einde, 'open') AS einde, k.geeindigd_op,
        k.stap_05_op AS bevestigd_op,
        CASE WHEN k.herkomst = 'register' AND b.eerste_op - k.ontvangen_op > 14 THEN b.eerste_op - k.ontvangen_op END AS instap
    FROM klacht_selectie(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
    LEFT JOIN begin AS b ON b.reglement = k.reglement
),
meting AS (
    SELECT
        'bevestiging' AS maat, COALESCE(k.bevestigd_op, k.geeindigd_op, peildatum) - k.ontvangen_op AS dagen,
        CASE WHEN k.bevestigd_op IS NOT NULL THEN 'bevestigd' ELSE k.einde END AS einde,
        k.instap
    FROM keuze AS k
    UNION ALL
    SELECT
        'afsluiting', COALESCE(k.geeindigd_op, peildatum) - k.ontvangen_op, k.einde, k.instap
    FROM keuze AS k
)
SELECT m.maat, m.dagen, m.einde, m.instap, CAST(COUNT(*) AS INTEGER) AS klachten
FROM meting AS m
WHERE m.dagen >= 0 AND (m.instap IS NULL OR m.dagen > m.instap)
GROUP BY m.maat, m.dagen, m.einde, m.instap
ORDER BY m.maat, m.dagen, m.einde, m.instap
