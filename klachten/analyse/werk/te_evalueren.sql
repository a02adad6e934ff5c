-- Question: How many klachten came in each year, and how often was that year evaluated, or part of it in between?
-- Grain: one row per year of this register, the newest first; a year with zero klachten between two others counts too
-- Step: 16
-- Parameters: peildatum
WITH eigen AS (
    SELECT k.jaar
    FROM klacht AS k
    WHERE k.herkomst = 'register' AND k.vervallen_op IS NULL AND k.ontvangen_op <= peildatum
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
        COUNT(CASE WHEN g.van <= MAKE_DATE(j.jaar, 1, 1) AND g.tot >= MAKE_DATE(j.jaar, 12, 31)
            AND g.gehouden_op > MAKE_DATE(j.jaar, 12, 31) THEN 1 END) AS gehouden,
        COUNT(*) AS alle
    FROM kalenderjaar AS j
    -- Without the column `peildatum` of evaluatie, which would hide the parameter of that name.
    JOIN (SELECT ev.gehouden_op, ev.van, ev.tot FROM evaluatie AS ev) AS g
        ON g.van <= MAKE_DATE(j.jaar, 12, 31) AND g.tot >= MAKE_DATE(j.jaar, 1, 1)
    WHERE g.gehouden_op <= peildatum
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
