-- Question: which evaluations did the directie hold, and which figures were frozen with each?
-- Grain: one row per evaluation; a new version of a year is another evaluation that names the one before
-- Step: 16
SELECT
    klachtnummer,
    gebeurd_op AS van,
    DATE '9999-12-31' AS tot,
    CAST(gegevens ->> 'jaar' AS INTEGER) AS jaar,
    gebeurd_op AS gehouden_op,
    CAST(gegevens -> 'directieleden' AS VARCHAR[]) AS directieleden,
    coalesce(CAST(gegevens ->> 'versie' AS INTEGER), 1) AS versie,
    gegevens ->> 'vervangt' AS vervangt,
    CAST(gegevens ->> 'peildatum' AS DATE) AS cijfers_op,
    gegevens ->> 'zegel' AS zegel_register,
    CAST(gegevens ->> 'aantal_feiten' AS BIGINT) AS aantal_feiten,
    CAST(gegevens ->> 'reglement_versie' AS DATE) AS reglement_versie,
    gegevens ->> 'software_versie' AS software_versie,
    gegevens ->> 'document' AS document,
    -- Before a period was asked an evaluation was of the year, or of what had passed of it.
    coalesce(CAST(gegevens ->> 'van' AS DATE), make_date(CAST(gegevens ->> 'jaar' AS INTEGER), 1, 1)) AS periode_van,
    coalesce(
        CAST(gegevens ->> 'tot' AS DATE), least(make_date(CAST(gegevens ->> 'jaar' AS INTEGER), 12, 31), gebeurd_op)
    ) AS periode_tot
FROM feit(nummer, tot_nr)
WHERE soort = 'EvaluatieGehouden'
