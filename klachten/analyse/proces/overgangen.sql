-- Question: Which step directly follows which, how often, and after how many days?
-- Grain: one row per pair of steps
-- Step: 1-15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Over a reopening too: the first step of a new round follows the last one of the round before.
WITH klacht_hier AS (
    SELECT CAST(string_split(replace(s.spoor, '|', '-'), '-') AS INTEGER[]) AS stappen, s.spoor_op AS data
    FROM klacht_spoor(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS s
    WHERE len(s.spoor_op) > 1
),
plaats AS (
    SELECT h.stappen, h.data, UNNEST(generate_series(1, len(h.stappen) - 1)) AS nr
    FROM klacht_hier AS h
),
paar AS (
    SELECT
        p.stappen[p.nr] AS van, p.stappen[p.nr + 1] AS naar, p.data[p.nr + 1] - p.data[p.nr] AS dagen
    FROM plaats AS p
)
SELECT
    p.van, p.naar, CAST(COUNT(*) AS INTEGER) AS aantal,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN p.dagen >= 0 THEN p.dagen END) AS mediaan_dagen
FROM paar AS p
GROUP BY p.van, p.naar
ORDER BY COUNT(*) DESC, p.van, p.naar
