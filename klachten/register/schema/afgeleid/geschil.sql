-- Question: which disputes did indieners report, and how far did each come?
-- Grain: one row per dispute: a klacht can have a second one after the first was settled
-- Step: 15
WITH gemeld AS (
    SELECT
        klachtnummer,
        soort,
        gebeurd_op,
        oorsprong,
        gegevens,
        CAST(
            count(*) FILTER (soort = 'MeningsverschilGemeld') OVER (
                PARTITION BY klachtnummer ORDER BY oorsprong ROWS UNBOUNDED PRECEDING
            ) AS INTEGER
        ) AS geschil
    FROM feit(nummer, tot_nr)
    WHERE soort IN ('MeningsverschilGemeld', 'OverlegGevoerd', 'GeschilVoorgelegd', 'OordeelOntvangen')
)
SELECT
    klachtnummer,
    geschil,
    min(gebeurd_op) FILTER (soort = 'MeningsverschilGemeld') AS gemeld_op,
    max(gebeurd_op) FILTER (soort = 'OverlegGevoerd') AS overlegd_op,
    max(gebeurd_op) FILTER (soort = 'OverlegGevoerd' AND (gegevens ->> 'opgelost') = 'true') AS opgelost_op,
    min(gebeurd_op) FILTER (soort = 'GeschilVoorgelegd') AS voorgelegd_op,
    max(gebeurd_op) FILTER (soort = 'OordeelOntvangen') AS oordeel_op,
    arg_max(gegevens ->> 'oordeel', oorsprong) FILTER (soort = 'OordeelOntvangen') AS oordeel,
    coalesce(
        bool_or((gegevens ->> 'heropening_nodig') = 'true') FILTER (soort = 'OordeelOntvangen'), false
    ) AS heropening_nodig
FROM gemeld
WHERE geschil > 0
GROUP BY klachtnummer, geschil
