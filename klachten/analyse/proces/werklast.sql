-- Question: How many klachten did each behandelaar have open, month after month?
-- Grain: one row per month and behandelaar
-- Step: 4-13
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- At the end of the month, the running one at the peildatum. The behandelaar as known now; NULL is not assigned yet. A
-- klacht that was reopened counts as open until its last end. `jaar` narrows the months, not the klachten.
WITH keuze AS (
    SELECT k.behandelaar, k.ontvangen_op, k.geeindigd_op
    FROM klacht_selectie(
        peildatum, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
),
beweging AS (
    SELECT k.behandelaar, CAST(date_trunc('month', k.ontvangen_op) AS DATE) AS maand, COUNT(*) AS erbij, 0 AS eraf
    FROM keuze AS k
    GROUP BY k.behandelaar, date_trunc('month', k.ontvangen_op)
    UNION ALL
    SELECT k.behandelaar, CAST(date_trunc('month', k.geeindigd_op) AS DATE), 0, COUNT(*)
    FROM keuze AS k
    WHERE k.geeindigd_op IS NOT NULL
    GROUP BY k.behandelaar, date_trunc('month', k.geeindigd_op)
),
raster AS (
    SELECT w.behandelaar, m.maand
    FROM (SELECT DISTINCT b.behandelaar FROM beweging AS b) AS w
    CROSS JOIN (
        SELECT CAST(UNNEST(generate_series(MIN(b.maand), peildatum, INTERVAL '1' MONTH)) AS DATE) AS maand FROM beweging AS b
    ) AS m
),
stand AS (
    SELECT
        r.behandelaar, r.maand, COALESCE(SUM(b.erbij), 0) AS erbij, COALESCE(SUM(b.eraf), 0) AS eraf,
        SUM(COALESCE(SUM(b.erbij), 0) - COALESCE(SUM(b.eraf), 0))
            OVER (PARTITION BY r.behandelaar ORDER BY r.maand ROWS UNBOUNDED PRECEDING) AS nog_open
    FROM raster AS r
    LEFT JOIN beweging AS b ON b.behandelaar IS NOT DISTINCT FROM r.behandelaar AND b.maand = r.maand
    GROUP BY r.behandelaar, r.maand
)
SELECT
    s.maand, s.behandelaar, CAST(s.erbij AS INTEGER) AS erbij, CAST(s.eraf AS INTEGER) AS eraf,
    CAST(s.nog_open AS INTEGER) AS nog_open
FROM stand AS s
WHERE jaar IS NULL OR EXTRACT(YEAR FROM s.maand) = jaar
ORDER BY s.maand, s.behandelaar
