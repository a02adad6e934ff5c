-- Question: which oral expressions of dissatisfaction came in, and what became of them?
-- Grain: one row per signaal
-- Step: 1
SELECT
    klachtnummer,
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
FROM feit(nummer, tot_nr)
WHERE soort IN ('SignaalOntvangen', 'SignaalOpSchriftGesteld', 'SignaalAfgedaan')
GROUP BY klachtnummer
HAVING count(*) FILTER (soort = 'SignaalOntvangen') > 0
