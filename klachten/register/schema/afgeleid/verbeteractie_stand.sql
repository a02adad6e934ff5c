-- Question: what came of each verbeteractie, from day to day?
-- Grain: one row per verbeteractie and day on which something happened in its evaluation
-- Step: 16, 17, 18
WITH alles AS (
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
),
dag AS (
    SELECT klachtnummer, gebeurd_op AS van FROM alles GROUP BY klachtnummer, gebeurd_op
),
gezien AS (
    SELECT
        dag.van,
        alles.*,
        -- An agreed day is over when it is moved, or the verbeteractie cancelled, on a later one.
        CASE
            WHEN lead(gebeurd_op) OVER afspraken > CAST(gegevens ->> 'uiterlijk_op' AS DATE)
                THEN CAST(gegevens ->> 'uiterlijk_op' AS DATE)
        END AS gemist_op,
        -- a new actienemer has to be told anew (step 17)
        max(CASE WHEN soort = 'VerbeteractieGewijzigd' AND (gegevens ->> 'actienemer') IS NOT NULL THEN oorsprong END) OVER (
            PARTITION BY dag.klachtnummer, verbeteractie, dag.van
        ) AS wisseling
    FROM dag
    INNER JOIN alles ON alles.klachtnummer = dag.klachtnummer AND alles.gebeurd_op <= dag.van
    WINDOW afspraken AS (
        PARTITION BY
            dag.klachtnummer, verbeteractie, dag.van,
            soort = 'VerbeteractieVervallen' OR (gegevens ->> 'uiterlijk_op') IS NOT NULL
        ORDER BY oorsprong
    )
),
-- A verbeteractie names no reglement: a renamed categorie goes under one id in all of them.
hernoemd AS (
    SELECT categorie, min(nu) AS nu FROM categorie_nu GROUP BY categorie
)
SELECT
    gezien.klachtnummer,
    gezien.verbeteractie,
    gezien.van,
    coalesce(
        lead(gezien.van) OVER (PARTITION BY gezien.klachtnummer, gezien.verbeteractie ORDER BY gezien.van), DATE '9999-12-31'
    ) AS tot,
    any_value(evaluatie.jaar) AS jaar,
    coalesce(
        any_value(hernoemd.nu), any_value(gegevens ->> 'categorie') FILTER (soort = 'VerbeteractieBepaald'), ''
    ) AS categorie,
    arg_max(gegevens ->> 'actienemer', oorsprong) FILTER ((gegevens ->> 'actienemer') IS NOT NULL) AS actienemer,
    min(gebeurd_op) FILTER (soort = 'VerbeteractieBepaald') AS bepaald_op,
    CAST(arg_max(gegevens ->> 'uiterlijk_op', oorsprong) FILTER ((gegevens ->> 'uiterlijk_op') IS NOT NULL) AS DATE) AS uiterlijk_op,
    min(gemist_op) AS gemist_op,
    max(gebeurd_op) FILTER (soort = 'VerbeteractieMeegedeeld' AND oorsprong > coalesce(wisseling, 0)) AS meegedeeld_op,
    min(gebeurd_op) FILTER (soort = 'VerbeteractieUitgevoerd') AS uitgevoerd_op,
    min(gebeurd_op) FILTER (soort = 'VerbeteractieVervallen') AS vervallen_op,
    arg_max(gegevens ->> 'verandering', oorsprong) FILTER (soort = 'VeranderingWaargenomen') AS verandering,
    max(gebeurd_op) FILTER (soort = 'VeranderingWaargenomen') AS waargenomen_op,
    CAST(count(*) FILTER (soort = 'VerbeteractieGewijzigd') AS INTEGER) AS wijzigingen
FROM gezien
INNER JOIN evaluatie ON evaluatie.klachtnummer = gezien.klachtnummer
LEFT JOIN hernoemd ON soort = 'VerbeteractieBepaald' AND hernoemd.categorie = gegevens ->> 'categorie'
GROUP BY gezien.klachtnummer, gezien.verbeteractie, gezien.van
HAVING count(*) FILTER (soort = 'VerbeteractieBepaald') > 0
