-- Question: Which step directly follows which, how often, and after how many days?
-- Grain: one row per pair of steps
-- Step: 1-15
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Counts are exact; mediaan_dagen is taken over the pairs whose dates come in that order in the row of the klacht, which
-- keeps one date per step.
WITH klacht_hier AS (
    SELECT
        CAST(string_split(s.spoor, '-') AS INTEGER[]) AS stappen,
        ARRAY[
            k.stap_01_op, k.stap_02_op, k.stap_03_op, k.stap_04_op, k.stap_05_op, k.stap_06_op, k.stap_07_op, k.stap_08_op,
            k.stap_09_op, k.stap_10_op, k.stap_11_op, k.stap_12_op, k.stap_13_op, k.stap_14_op, k.stap_15_op
        ] AS data
    FROM klacht_spoor(
        peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS s
    JOIN klacht AS k ON k.klachtnummer = s.klachtnummer
    WHERE s.spoor LIKE '%-%'
),
plaats AS (
    SELECT h.stappen, h.data, UNNEST(generate_series(1, len(h.stappen) - 1)) AS nr
    FROM klacht_hier AS h
),
paar AS (
    SELECT
        p.stappen[p.nr] AS van, p.stappen[p.nr + 1] AS naar, p.data[p.stappen[p.nr + 1]] - p.data[p.stappen[p.nr]] AS dagen
    FROM plaats AS p
)
SELECT
    p.van, p.naar, CAST(COUNT(*) AS INTEGER) AS aantal,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN p.dagen >= 0 THEN p.dagen END) AS mediaan_dagen
FROM paar AS p
GROUP BY p.van, p.naar
ORDER BY COUNT(*) DESC, p.van, p.naar
