-- Question: which oral expressions of dissatisfaction came in, and what became of them, from day to day?
-- Grain: one row per signaal and day on which something happened to it
-- Step: 1
WITH alles AS (
    SELECT klachtnummer, soort, gebeurd_op, oorsprong, gegevens
    FROM feit(nummer, tot_nr)
    WHERE soort IN ('SignaalOntvangen', 'SignaalOpSchriftGesteld', 'SignaalAfgedaan')
),
dag AS (
    SELECT klachtnummer, gebeurd_op AS van FROM alles GROUP BY klachtnummer, gebeurd_op
)
SELECT
    alles.klachtnummer,
    dag.van,
    coalesce(lead(dag.van) OVER (PARTITION BY alles.klachtnummer ORDER BY dag.van), DATE '9999-12-31') AS tot,
    min(gebeurd_op) FILTER (soort = 'SignaalOntvangen') AS ontvangen_op,
    any_value(gegevens ->> 'kanaal') AS kanaal,
    coalesce(any_value(gegevens ->> 'indiener_soort'), 'klant') AS indiener_soort,
    any_value(gegevens ->> 'vestiging') AS vestiging,
    any_value(gegevens ->> 'ontvanger') AS ontvanger,
    CASE arg_max(soort, oorsprong)
        WHEN 'SignaalOpSchriftGesteld' THEN 'op schrift'
        WHEN 'SignaalAfgedaan' THEN 'afgedaan'
        ELSE 'open'
    END AS status,
    any_value(gegevens ->> 'klachtnummer') AS klacht
FROM dag
INNER JOIN alles ON alles.klachtnummer = dag.klachtnummer AND alles.gebeurd_op <= dag.van
GROUP BY alles.klachtnummer, dag.van
HAVING count(*) FILTER (soort = 'SignaalOntvangen') > 0
