-- Question: which disputes did indieners report, and how far had each come, from day to day?
-- Grain: one row per dispute and day on which something happened to a dispute of the klacht
-- Step: 15
WITH alles AS (
    SELECT
        klachtnummer,
        soort,
        gebeurd_op,
        oorsprong,
        gegevens
    FROM feit(nummer, tot_nr)
    WHERE soort IN ('MeningsverschilGemeld', 'OverlegGevoerd', 'GeschilVoorgelegd', 'OordeelOntvangen', 'OordeelMeegedeeld', 'OordeelOpgevolgd')
),
dag AS (
    SELECT klachtnummer, gebeurd_op AS van FROM alles GROUP BY klachtnummer, gebeurd_op
),
gemeld AS (
    SELECT
        dag.van,
        alles.*,
        -- A klacht can have a second dispute after the first was settled.
        CAST(
            count(*) FILTER (soort = 'MeningsverschilGemeld') OVER (
                PARTITION BY dag.klachtnummer, dag.van ORDER BY oorsprong ROWS UNBOUNDED PRECEDING
            ) AS INTEGER
        ) AS geschil
    FROM dag
    INNER JOIN alles ON alles.klachtnummer = dag.klachtnummer AND alles.gebeurd_op <= dag.van
)
SELECT
    klachtnummer,
    geschil,
    van,
    coalesce(lead(van) OVER (PARTITION BY klachtnummer, geschil ORDER BY van), DATE '9999-12-31') AS tot,
    min(gebeurd_op) FILTER (soort = 'MeningsverschilGemeld') AS gemeld_op,
    max(gebeurd_op) FILTER (soort = 'OverlegGevoerd') AS overlegd_op,
    max(gebeurd_op) FILTER (soort = 'OverlegGevoerd' AND (gegevens ->> 'opgelost') = 'true') AS opgelost_op,
    min(gebeurd_op) FILTER (soort = 'GeschilVoorgelegd') AS voorgelegd_op,
    max(gebeurd_op) FILTER (soort = 'OordeelOntvangen') AS oordeel_op,
    arg_max(gegevens ->> 'oordeel', oorsprong) FILTER (soort = 'OordeelOntvangen') AS oordeel,
    coalesce(
        bool_or((gegevens ->> 'heropening_nodig') = 'true') FILTER (soort = 'OordeelOntvangen'), false
    ) AS heropening_nodig,
    arg_max(gegevens ->> 'instantie', oorsprong) FILTER (soort = 'GeschilVoorgelegd') AS instantie,
    CAST(arg_max(gegevens ->> 'verwacht_op', oorsprong) FILTER (soort = 'GeschilVoorgelegd') AS DATE) AS verwacht_op,
    min(gebeurd_op) FILTER (soort = 'OordeelMeegedeeld') AS meegedeeld_op,
    arg_max(gegevens ->> 'opvolging', oorsprong) FILTER (soort = 'OordeelOpgevolgd') AS opvolging,
    max(gebeurd_op) FILTER (soort = 'OordeelOpgevolgd') AS opgevolgd_op
FROM gemeld
WHERE geschil > 0
GROUP BY klachtnummer, geschil, van
