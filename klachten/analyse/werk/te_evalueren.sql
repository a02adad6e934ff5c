-- Question: How many klachten came in each year, and how often was that year evaluated, or part of it in between?
-- Grain: one row per year of this register, the newest first; a year with zero klachten between two others counts too
-- Step: 16
-- Parameters: peildatum
WITH eigen AS (
    SELECT k.jaar
    FROM klacht_op(peildatum) AS k
    WHERE k.herkomst = 'register' AND k.vervallen_op IS NULL
),
kalenderjaar AS (
    SELECT UNNEST(RANGE(MIN(n.jaar), MAX(n.jaar) + 1)) AS jaar FROM eigen AS n
),
ontvangen AS (
    SELECT n.jaar, COUNT(*) AS klachten FROM eigen AS n GROUP BY n.jaar
),
geevalueerd AS (
    -- A year is done by an evaluation that covers all of it and was held after its end; the others are interim ones.
    SELECT
        j.jaar,
        COUNT(CASE WHEN g.periode_van <= MAKE_DATE(j.jaar, 1, 1) AND g.periode_tot >= MAKE_DATE(j.jaar, 12, 31)
            AND g.gehouden_op > MAKE_DATE(j.jaar, 12, 31) THEN 1 END) AS gehouden,
        COUNT(*) AS alle
    FROM kalenderjaar AS j
    JOIN evaluatie_op(peildatum) AS g
        ON g.periode_van <= MAKE_DATE(j.jaar, 12, 31) AND g.periode_tot >= MAKE_DATE(j.jaar, 1, 1)
    GROUP BY j.jaar
)
SELECT
    CAST(j.jaar AS INTEGER) AS jaar,
    CAST(COALESCE(o.klachten, 0) AS INTEGER) AS klachten,
    CAST(COALESCE(e.gehouden, 0) AS INTEGER) AS gehouden,
    CAST(COALESCE(e.alle - e.gehouden, 0) AS INTEGER) AS tussentijds
FROM kalenderjaar AS j
LEFT JOIN ontvangen AS o ON o.jaar = j.jaar
LEFT JOIN geevalueerd AS e ON e.jaar = j.jaar
ORDER BY j.jaar DESC
