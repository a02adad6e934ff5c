-- Question: how many trajecten did each vestiging have in a year, or in a quarter or month of it?
-- Grain: one row per vestiging and stretch of months
-- Step: 16
-- Before there were other stretches a number was of the whole year.
SELECT
    t.klachtnummer, t.jaar, t.vanaf, CAST(t.vanaf + to_months(t.maanden) AS DATE) - 1 AS laatste, t.vestiging,
    arg_max(t.aantal, t.oorsprong) AS aantal
FROM (
    SELECT
        f.klachtnummer, f.oorsprong,
        CAST(f.gegevens ->> 'jaar' AS INTEGER) AS jaar,
        make_date(
            CAST(f.gegevens ->> 'jaar' AS INTEGER),
            CASE left(f.gegevens ->> 'deel', 1)
                WHEN 'k' THEN 3 * CAST(right(f.gegevens ->> 'deel', 1) AS INTEGER) - 2
                WHEN 'm' THEN CAST(right(f.gegevens ->> 'deel', 2) AS INTEGER)
                ELSE 1
            END,
            1
        ) AS vanaf,
        CASE left(f.gegevens ->> 'deel', 1) WHEN 'k' THEN 3 WHEN 'm' THEN 1 ELSE 12 END AS maanden,
        f.gegevens ->> 'vestiging' AS vestiging,
        CAST(f.gegevens ->> 'aantal' AS INTEGER) AS aantal
    FROM feit(nummer, tot_nr) AS f
    WHERE f.soort = 'TrajectenVastgesteld'
) AS t
GROUP BY t.klachtnummer, t.jaar, t.vanaf, t.maanden, t.vestiging
