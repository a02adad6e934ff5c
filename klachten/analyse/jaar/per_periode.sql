-- Question: How many klachten came in each month?
-- Grain: one row per month from the first klacht to the peildatum
-- Step: 16
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- dagen: as far as the peildatum; volledig is false for a month that is not over. vanaf and tot narrow the months. The trajecten of a
-- month are not here: whether those of a year are known hangs on the vestigingen of the reglement (basis/trajecten.py).
WITH geteld AS (
    SELECT CAST(date_trunc('month', k.ontvangen_op) AS DATE) AS maand, CAST(COUNT(*) AS INTEGER) AS klachten
    FROM klacht_selectie(
        peildatum, NULL, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
    GROUP BY date_trunc('month', k.ontvangen_op)
),
raster AS (
    SELECT CAST(UNNEST(generate_series(MIN(g.maand), peildatum, INTERVAL '1' MONTH)) AS DATE) AS maand FROM geteld AS g
),
dagen AS (
    SELECT r.maand, CAST(r.maand + INTERVAL '1' MONTH AS DATE) - 1 AS laatste_dag
    FROM raster AS r
)
SELECT
    d.maand, COALESCE(g.klachten, 0) AS klachten,
    CAST(date_diff('day', d.maand, LEAST(d.laatste_dag, peildatum)) + 1 AS INTEGER) AS dagen,
    d.laatste_dag <= peildatum AS volledig
FROM dagen AS d
LEFT JOIN geteld AS g ON g.maand = d.maand
WHERE vanaf IS NULL OR (d.maand <= tot AND d.laatste_dag >= vanaf)
ORDER BY d.maand
