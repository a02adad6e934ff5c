-- Question: How many trajecten did each vestiging have in a period, in every year?
-- Grain: one row per period and vestiging of which they are known
-- Step: 16
-- Parameters: peildatum, vanaf, tot
-- Building block. Trajecten are entered per year, quarter or month: a period is known when what was entered within it, the
-- largest first, covers all of its months. So there is none for a period that begins or ends within a month.
WITH binnen AS (
    SELECT
        periode_start(t.vanaf, vanaf, tot) AS in_jaar, t.vestiging, t.vanaf AS eerste, t.laatste, t.aantal,
        date_diff('month', t.vanaf, t.laatste + 1) AS maanden
    FROM trajecten AS t
    WHERE
        t.vanaf <= peildatum AND in_periode(t.laatste, vanaf, tot)
        AND periode_start(t.laatste, vanaf, tot) = periode_start(t.vanaf, vanaf, tot)
),
grootste AS (
    SELECT b.in_jaar, b.vestiging, b.aantal, b.maanden
    FROM binnen AS b
    ANTI JOIN binnen AS g
        ON g.vestiging = b.vestiging AND g.maanden > b.maanden AND b.eerste BETWEEN g.eerste AND g.laatste
),
per_vestiging AS (
    SELECT g.in_jaar, g.vestiging, SUM(g.aantal) AS aantal, SUM(g.maanden) AS maanden
    FROM grootste AS g
    GROUP BY g.in_jaar, g.vestiging
)
-- A vestiging that went up in another counts with it, as far as its trajecten were entered; the other has to be complete.
SELECT
    CAST(p.in_jaar AS INTEGER) AS jaar, keuze_op('vestigingen', NULL, p.vestiging, peildatum) AS vestiging,
    CAST(SUM(p.aantal) AS INTEGER) AS trajecten
FROM per_vestiging AS p
GROUP BY p.in_jaar, keuze_op('vestigingen', NULL, p.vestiging, peildatum)
HAVING MAX(p.maanden) = CASE
    WHEN vanaf IS NULL THEN 12
    WHEN day(CAST(vanaf AS DATE)) = 1 AND day(CAST(tot AS DATE) + 1) = 1
    THEN date_diff('month', CAST(vanaf AS DATE), CAST(tot AS DATE) + 1)
END
ORDER BY jaar, vestiging
