-- Question: How many klachten were there per year and vestiging, against how many trajecten?
-- Grain: one row per year and vestiging, years in between without klachten too
-- Step: 16
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- trajecten is NULL when nobody entered it: such a year is compared with no other. A filter on something else than
-- vestiging narrows the klachten, never the trajecten. `jaar` is not used: every year is needed.
WITH geteld AS (
    SELECT s.jaar AS in_jaar, s.waarde AS vestiging, s.klachten
    FROM samenstelling(
        peildatum, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS s
    WHERE s.kenmerk = 'vestiging'
),
omvang AS (
    SELECT t.jaar AS in_jaar, t.vestiging, t.aantal AS trajecten
    FROM trajecten AS t
    WHERE t.jaar <= EXTRACT(YEAR FROM peildatum) AND (kies_vestiging IS NULL OR t.vestiging = kies_vestiging)
),
bekend AS (
    SELECT g.in_jaar, g.vestiging FROM geteld AS g
    UNION
    SELECT o.in_jaar, o.vestiging FROM omvang AS o
),
raster AS (
    SELECT v.vestiging, j.in_jaar
    FROM (SELECT DISTINCT b.vestiging FROM bekend AS b) AS v
    CROSS JOIN (
        SELECT UNNEST(generate_series(CAST(MIN(b.in_jaar) AS BIGINT), CAST(EXTRACT(YEAR FROM peildatum) AS BIGINT))) AS in_jaar
        FROM bekend AS b
    ) AS j
)
SELECT
    CAST(r.in_jaar AS INTEGER) AS jaar, r.vestiging, CAST(COALESCE(g.klachten, 0) AS INTEGER) AS klachten, o.trajecten
FROM raster AS r
LEFT JOIN geteld AS g ON g.vestiging = r.vestiging AND g.in_jaar = r.in_jaar
LEFT JOIN omvang AS o ON o.vestiging = r.vestiging AND o.in_jaar = r.in_jaar
ORDER BY r.in_jaar, r.vestiging
