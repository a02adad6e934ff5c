-- Question: what was decided about each maatregel of a klacht, and how far is it?
-- Grain: one row per maatregel
-- Step: 8, 10, 11
WITH feit AS (
    SELECT
        klachtnummer,
        CAST(gegevens ->> 'maatregel' AS INTEGER) AS maatregel,
        soort,
        gebeurd_op,
        oorsprong,
        gegevens
    FROM feit(nummer, tot_nr)
    WHERE soort IN (
        'MaatregelBepaald', 'MaatregelGewijzigd', 'MaatregelVervallen', 'ActienemerGeinformeerd', 'MaatregelUitgevoerd'
    )
),
-- a new actienemer has to be told anew (step 10)
wisseling AS (
    SELECT klachtnummer, maatregel, max(oorsprong) AS oorsprong
    FROM feit
    WHERE soort = 'MaatregelGewijzigd' AND (gegevens ->> 'actienemer') IS NOT NULL
    GROUP BY klachtnummer, maatregel
)
SELECT
    feit.klachtnummer,
    feit.maatregel,
    -- a change of actienemer or due date replaces the first one; fields left empty do not
    arg_max(gegevens ->> 'actienemer', feit.oorsprong) FILTER ((gegevens ->> 'actienemer') IS NOT NULL) AS actienemer,
    any_value(gegevens ->> 'overlegd_met') FILTER (soort = 'MaatregelBepaald') AS overlegd_met,
    min(gebeurd_op) FILTER (soort = 'MaatregelBepaald') AS bepaald_op,
    CAST(
        arg_max(gegevens ->> 'uiterlijk_op', feit.oorsprong) FILTER ((gegevens ->> 'uiterlijk_op') IS NOT NULL) AS DATE
    ) AS uiterlijk_op,
    max(gebeurd_op) FILTER (
        soort = 'ActienemerGeinformeerd' AND feit.oorsprong > coalesce(wisseling.oorsprong, 0)
    ) AS geinformeerd_op,
    min(gebeurd_op) FILTER (soort = 'MaatregelUitgevoerd') AS uitgevoerd_op,
    min(gebeurd_op) FILTER (soort = 'MaatregelVervallen') AS vervallen_op,
    CAST(count(*) FILTER (soort = 'MaatregelGewijzigd') AS INTEGER) AS wijzigingen
FROM feit
LEFT JOIN wisseling ON wisseling.klachtnummer = feit.klachtnummer AND wisseling.maatregel = feit.maatregel
GROUP BY feit.klachtnummer, feit.maatregel
HAVING count(*) FILTER (soort = 'MaatregelBepaald') > 0
