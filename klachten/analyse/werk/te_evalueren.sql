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
)
SELECT
    CAST(j.jaar AS INTEGER) AS jaar,
    CAST(COALESCE(o.klachten, 0) AS INTEGER) AS klachten,
    -- Parts that make up the year are one evaluation of it.
    CASE WHEN e.delen > 0 THEN 1 ELSE COALESCE(e.heel, 0) END AS gehouden,
    CAST(COALESCE(e.alle - e.heel - e.delen, 0) AS INTEGER) AS tussentijds
FROM kalenderjaar AS j
LEFT JOIN ontvangen AS o ON o.jaar = j.jaar
LEFT JOIN geevalueerd_op(peildatum) AS e ON e.jaar = j.jaar
ORDER BY j.jaar DESC
