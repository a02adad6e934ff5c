-- Question: what was decided about each maatregel of a klacht, and how far was it, from day to day?
-- Grain: one row per maatregel and day on which something happened to a maatregel of its klacht
-- Step: 8, 10, 11
WITH alles AS (
    SELECT
        klachtnummer,
        CAST(gegevens ->> 'maatregel' AS INTEGER) AS maatregel,
        soort,
        gebeurd_op,
        oorsprong,
        gegevens,
        1 + count(CASE WHEN soort = 'KlachtHeropend' THEN 1 END) OVER (
            PARTITION BY klachtnummer ORDER BY gebeurd_op, oorsprong ROWS UNBOUNDED PRECEDING
        ) AS ronde
    FROM feit(nummer, tot_nr)
    WHERE soort IN (
        'MaatregelBepaald', 'MaatregelGewijzigd', 'MaatregelVervallen', 'ActienemerGeinformeerd', 'MaatregelUitgevoerd',
        'KlachtHeropend'
    )
),
dag AS (
    SELECT klachtnummer, gebeurd_op AS van FROM alles WHERE maatregel IS NOT NULL GROUP BY klachtnummer, gebeurd_op
),
gezien AS (
    SELECT
        dag.van,
        alles.*,
        -- An agreed day is over when it is moved, or the maatregel cancelled, on a later one.
        CASE
            WHEN lead(gebeurd_op) OVER afspraken > CAST(gegevens ->> 'uiterlijk_op' AS DATE)
                THEN CAST(gegevens ->> 'uiterlijk_op' AS DATE)
        END AS gemist_op,
        -- a new actienemer has to be told anew (step 10)
        max(CASE WHEN soort = 'MaatregelGewijzigd' AND (gegevens ->> 'actienemer') IS NOT NULL THEN oorsprong END) OVER (
            PARTITION BY dag.klachtnummer, maatregel, dag.van
        ) AS wisseling
    FROM dag
    INNER JOIN alles ON alles.klachtnummer = dag.klachtnummer AND alles.gebeurd_op <= dag.van AND alles.maatregel IS NOT NULL
    WINDOW afspraken AS (
        PARTITION BY
            dag.klachtnummer, maatregel, dag.van,
            soort = 'MaatregelVervallen' OR (gegevens ->> 'uiterlijk_op') IS NOT NULL
        ORDER BY oorsprong
    )
)
SELECT
    klachtnummer,
    maatregel,
    van,
    coalesce(lead(van) OVER (PARTITION BY klachtnummer, maatregel ORDER BY van), DATE '9999-12-31') AS tot,
    -- a change of actienemer or due date replaces the first one; fields left empty do not
    arg_max(gegevens ->> 'actienemer', oorsprong) FILTER ((gegevens ->> 'actienemer') IS NOT NULL) AS actienemer,
    any_value(gegevens ->> 'overlegd_met') FILTER (soort = 'MaatregelBepaald') AS overlegd_met,
    min(gebeurd_op) FILTER (soort = 'MaatregelBepaald') AS bepaald_op,
    CAST(min(ronde) FILTER (soort = 'MaatregelBepaald') AS INTEGER) AS ronde,
    CAST(arg_max(gegevens ->> 'uiterlijk_op', oorsprong) FILTER ((gegevens ->> 'uiterlijk_op') IS NOT NULL) AS DATE) AS uiterlijk_op,
    min(gemist_op) AS gemist_op,
    max(gebeurd_op) FILTER (soort = 'ActienemerGeinformeerd' AND oorsprong > coalesce(wisseling, 0)) AS geinformeerd_op,
    max(oorsprong) FILTER (soort = 'ActienemerGeinformeerd' AND oorsprong > coalesce(wisseling, 0)) AS geinformeerd_nr,
    min(gebeurd_op) FILTER (soort = 'MaatregelUitgevoerd') AS uitgevoerd_op,
    min(oorsprong) FILTER (soort = 'MaatregelUitgevoerd') AS uitgevoerd_nr,
    min(gebeurd_op) FILTER (soort = 'MaatregelVervallen') AS vervallen_op,
    CAST(count(*) FILTER (soort = 'MaatregelGewijzigd') AS INTEGER) AS wijzigingen
FROM gezien
GROUP BY klachtnummer, maatregel, van
HAVING count(*) FILTER (soort = 'MaatregelBepaald') > 0
