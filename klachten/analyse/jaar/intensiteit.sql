-- Question: How many klachten were there per period and vestiging, against how many trajecten?
-- Grain: one row per period and vestiging, the same periods in between without klachten too
-- Step: 16
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- trajecten is NULL where they are not known: such a period is compared with no other. A filter on something else than
-- vestiging narrows the klachten, never the trajecten. The same period of every year.
WITH geteld AS (
    SELECT s.jaar AS in_jaar, s.waarde AS vestiging, s.klachten
    FROM samenstelling(
        peildatum, vanaf, tot, TRUE, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS s
    WHERE s.kenmerk = 'vestiging'
),
bekende_omvang AS (
    SELECT t.jaar AS in_jaar, t.vestiging, t.trajecten
    FROM omvang(peildatum, vanaf, tot) AS t
    WHERE kies_vestiging IS NULL OR t.vestiging = kies_vestiging
),
bekend AS (
    SELECT g.in_jaar, g.vestiging FROM geteld AS g
    UNION
    SELECT o.in_jaar, o.vestiging FROM bekende_omvang AS o
),
raster AS (
    SELECT v.vestiging, j.in_jaar
    FROM (SELECT DISTINCT b.vestiging FROM bekend AS b) AS v
    CROSS JOIN (
        SELECT
            UNNEST(
                generate_series(
                    CAST(MIN(b.in_jaar) AS BIGINT), periode_start(peildatum, vanaf, tot), jaren_per_stap(vanaf, tot)
                )
            ) AS in_jaar
        FROM bekend AS b
    ) AS j
)
SELECT
    CAST(r.in_jaar AS INTEGER) AS jaar, r.vestiging, CAST(COALESCE(g.klachten, 0) AS INTEGER) AS klachten, o.trajecten
FROM raster AS r
LEFT JOIN geteld AS g ON g.vestiging = r.vestiging AND g.in_jaar = r.in_jaar
LEFT JOIN bekende_omvang AS o ON o.vestiging = r.vestiging AND o.in_jaar = r.in_jaar
ORDER BY r.in_jaar, r.vestiging
