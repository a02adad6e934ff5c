-- Question: how many trajecten did each vestiging have in a year?
-- Grain: one row per year and vestiging
-- Step: 16
SELECT
    klachtnummer,
    CAST(gegevens ->> 'jaar' AS INTEGER) AS jaar,
    gegevens ->> 'vestiging' AS vestiging,
    CAST(arg_max(gegevens ->> 'aantal', oorsprong) AS INTEGER) AS aantal
FROM feit(nummer, tot_nr)
WHERE soort = 'TrajectenVastgesteld'
GROUP BY klachtnummer, gegevens ->> 'jaar', gegevens ->> 'vestiging'
