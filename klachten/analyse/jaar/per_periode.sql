-- Question: How many klachten came in each month, against how many trajecten?
-- Grain: one row per month from the first klacht to the peildatum
-- Step: 16
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- trajecten: those of the year spread evenly over its days, as far as the peildatum; NULL when a vestiging with klachten in
-- that year has none entered. volledig is false for a month that is not over. `jaar` narrows the months.
WITH geteld AS (
    SELECT CAST(date_trunc('month', k.ontvangen_op) AS DATE) AS maand, k.vestiging, COUNT(*) AS klachten
    FROM klacht_selectie(
        peildatum, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
    GROUP BY date_trunc('month', k.ontvangen_op), k.vestiging
),
raster AS (
    SELECT CAST(UNNEST(generate_series(MIN(g.maand), peildatum, INTERVAL '1' MONTH)) AS DATE) AS maand FROM geteld AS g
),
per_maand AS (
    SELECT g.maand, SUM(g.klachten) AS klachten FROM geteld AS g GROUP BY g.maand
),
omvang AS (
    SELECT t.jaar AS in_jaar, SUM(t.aantal) AS trajecten
    FROM trajecten AS t
    WHERE kies_vestiging IS NULL OR t.vestiging = kies_vestiging
    GROUP BY t.jaar
),
zonder AS (
    SELECT DISTINCT EXTRACT(YEAR FROM g.maand) AS in_jaar
    FROM geteld AS g
    LEFT JOIN trajecten AS t ON t.vestiging = g.vestiging AND t.jaar = EXTRACT(YEAR FROM g.maand)
    WHERE t.aantal IS NULL
),
dagen AS (
    SELECT
        r.maand, EXTRACT(YEAR FROM r.maand) AS in_jaar,
        LEAST(CAST(r.maand + INTERVAL '1' MONTH AS DATE) - 1, peildatum) - r.maand + 1 AS dagen,
        CAST(r.maand + INTERVAL '1' MONTH AS DATE) - 1 <= peildatum AS volledig,
        make_date(CAST(EXTRACT(YEAR FROM r.maand) AS INTEGER) + 1, 1, 1)
            - make_date(CAST(EXTRACT(YEAR FROM r.maand) AS INTEGER), 1, 1) AS dagen_in_jaar
    FROM raster AS r
)
SELECT
    d.maand, CAST(COALESCE(p.klachten, 0) AS INTEGER) AS klachten, CAST(d.dagen AS INTEGER) AS dagen, d.volledig,
    CASE WHEN z.in_jaar IS NULL THEN o.trajecten * d.dagen / CAST(d.dagen_in_jaar AS DOUBLE) END AS trajecten
FROM dagen AS d
LEFT JOIN per_maand AS p ON p.maand = d.maand
LEFT JOIN omvang AS o ON o.in_jaar = d.in_jaar
LEFT JOIN zonder AS z ON z.in_jaar = d.in_jaar
WHERE jaar IS NULL OR d.in_jaar = jaar
ORDER BY d.maand
