-- Question: Which years had been evaluated as a whole at the end of the peildatum, and by how many evaluations?
-- Grain: one row per year that an evaluation is about, in whole or in part
-- Step: 16
-- Parameters: peildatum
-- Building block; the one place that says when a year is done: when evaluations cover every day of it, each held after the end
-- of its part of the year. One that covers the year by itself does (heel), and so do halves or two book years together (delen:
-- how many there are, 0 while a day is left out). alle: these and the interim ones.
WITH stuk AS (
    SELECT j.jaar, GREATEST(e.periode_van, MAKE_DATE(j.jaar, 1, 1)) AS eerste, LEAST(e.periode_tot, MAKE_DATE(j.jaar, 12, 31)) AS laatste,
        e.gehouden_op
    FROM (
        SELECT ep.klachtnummer, UNNEST(GENERATE_SERIES(YEAR(ep.periode_van), YEAR(ep.periode_tot))) AS jaar
        FROM evaluatie_op(peildatum) AS ep
    ) AS j
    JOIN evaluatie_op(peildatum) AS e ON e.klachtnummer = j.klachtnummer
),
gedaan AS (
    SELECT
        s.jaar, s.eerste, s.laatste,
        -- The first day that what began earlier leaves out.
        COALESCE(
            MAX(s.laatste) OVER (PARTITION BY s.jaar ORDER BY s.eerste, s.laatste ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + 1,
            MAKE_DATE(s.jaar, 1, 1)
        ) AS open_vanaf
    FROM stuk AS s
    WHERE s.gehouden_op > s.laatste
),
per_jaar AS (
    SELECT
        d.jaar,
        COUNT(CASE WHEN d.eerste = MAKE_DATE(d.jaar, 1, 1) AND d.laatste = MAKE_DATE(d.jaar, 12, 31) THEN 1 END) AS heel,
        COUNT(*) AS aantal,
        MAX(d.laatste) = MAKE_DATE(d.jaar, 12, 31) AND COUNT(CASE WHEN d.eerste > d.open_vanaf THEN 1 END) = 0 AS is_gedekt
    FROM gedaan AS d
    GROUP BY d.jaar
)
SELECT
    CAST(s.jaar AS INTEGER) AS jaar,
    CAST(COALESCE(p.heel, 0) AS INTEGER) AS heel,
    CAST(CASE WHEN p.heel = 0 AND p.is_gedekt THEN p.aantal ELSE 0 END AS INTEGER) AS delen,
    CAST(COUNT(*) AS INTEGER) AS alle
FROM stuk AS s
LEFT JOIN per_jaar AS p ON p.jaar = s.jaar
GROUP BY s.jaar, p.heel, p.aantal, p.is_gedekt
