-- Question: what came of each verbeteractie?
-- Grain: one row per verbeteractie
-- Step: 16, 17, 18
WITH feit AS (
    SELECT
        klachtnummer,
        CAST(gegevens ->> 'verbeteractie' AS INTEGER) AS verbeteractie,
        soort,
        gebeurd_op,
        oorsprong,
        gegevens
    FROM feit(nummer, tot_nr)
    WHERE soort IN (
        'VerbeteractieBepaald', 'VerbeteractieGewijzigd', 'VerbeteractieVervallen', 'VerbeteractieMeegedeeld',
        'VerbeteractieUitgevoerd', 'VeranderingWaargenomen'
    )
),
evaluatie AS (
    SELECT klachtnummer, CAST(gegevens ->> 'jaar' AS INTEGER) AS jaar
    FROM feit(nummer, tot_nr)
    WHERE soort = 'EvaluatieGehouden'
)
SELECT
    feit.klachtnummer,
    feit.verbeteractie,
    any_value(evaluatie.jaar) AS jaar,
    coalesce(any_value(gegevens ->> 'categorie') FILTER (soort = 'VerbeteractieBepaald'), '') AS categorie,
    arg_max(gegevens ->> 'actienemer', oorsprong) FILTER ((gegevens ->> 'actienemer') IS NOT NULL) AS actienemer,
    min(gebeurd_op) FILTER (soort = 'VerbeteractieBepaald') AS bepaald_op,
    CAST(
        arg_max(gegevens ->> 'uiterlijk_op', oorsprong) FILTER ((gegevens ->> 'uiterlijk_op') IS NOT NULL) AS DATE
    ) AS uiterlijk_op,
    max(gebeurd_op) FILTER (soort = 'VerbeteractieMeegedeeld') AS meegedeeld_op,
    min(gebeurd_op) FILTER (soort = 'VerbeteractieUitgevoerd') AS uitgevoerd_op,
    min(gebeurd_op) FILTER (soort = 'VerbeteractieVervallen') AS vervallen_op,
    arg_max(gegevens ->> 'verandering', oorsprong) FILTER (soort = 'VeranderingWaargenomen') AS verandering,
    max(gebeurd_op) FILTER (soort = 'VeranderingWaargenomen') AS waargenomen_op,
    CAST(count(*) FILTER (soort = 'VerbeteractieGewijzigd') AS INTEGER) AS wijzigingen
FROM feit
INNER JOIN evaluatie ON evaluatie.klachtnummer = feit.klachtnummer
GROUP BY feit.klachtnummer, feit.verbeteractie
HAVING count(*) FILTER (soort = 'VerbeteractieBepaald') > 0
