-- Question: until when is known what happened to the klachten of each source, and since when does it have all of them?
-- Grain: one row per source that was taken over with a day
-- Step: 1
SELECT
    f.klachtnummer,
    f.gegevens ->> 'bron' AS bron,
    max(f.gebeurd_op) AS bekend_tot,
    CAST(nullif(arg_max(coalesce(f.gegevens ->> 'volledig_vanaf', ''), f.oorsprong), '') AS DATE) AS volledig_vanaf
FROM feit(nummer, tot_nr) AS f
WHERE f.soort = 'BronOvergenomen'
GROUP BY f.klachtnummer, f.gegevens ->> 'bron'
