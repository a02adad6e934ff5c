-- Question: when did the firm wait for the indiener: from a question until nothing asked is open, from day to day?
-- Grain: one row per time it waited, and one more from the day on which that ended
-- Step: 6
-- What is told without being asked answers no later question, so what is open never falls below zero.
WITH vraag AS (
    SELECT
        klachtnummer,
        gebeurd_op,
        oorsprong,
        soort = 'InformatieGevraagd' AS gevraagd,
        count(CASE WHEN soort = 'InformatieGevraagd' THEN 1 END) OVER tot_nu
            - count(CASE WHEN soort = 'InformatieOntvangen' THEN 1 END) OVER tot_nu AS verschil
    FROM feit(nummer, tot_nr)
    WHERE
        (soort = 'InformatieGevraagd' AND (gegevens ->> 'bij') = 'indiener')
        OR (soort = 'InformatieOntvangen' AND (gegevens ->> 'van') = 'indiener')
    WINDOW tot_nu AS (PARTITION BY klachtnummer ORDER BY gebeurd_op, oorsprong ROWS UNBOUNDED PRECEDING)
),
openstaand AS (
    SELECT
        *,
        verschil - least(
            0, min(verschil) OVER (PARTITION BY klachtnummer ORDER BY gebeurd_op, oorsprong ROWS UNBOUNDED PRECEDING)
        ) AS open_vragen
    FROM vraag
),
keer AS (
    SELECT
        *,
        CAST(
            count(CASE WHEN gevraagd AND open_vragen = 1 THEN 1 END) OVER (
                PARTITION BY klachtnummer ORDER BY gebeurd_op, oorsprong ROWS UNBOUNDED PRECEDING
            ) AS INTEGER
        ) AS wachten
    FROM openstaand
),
periode AS (
    SELECT
        klachtnummer,
        wachten,
        min(gebeurd_op) AS begonnen_op,
        min(CASE WHEN NOT gevraagd AND open_vragen = 0 THEN gebeurd_op END) AS beantwoord_op
    FROM keer
    WHERE wachten > 0
    GROUP BY klachtnummer, wachten
)
SELECT
    klachtnummer,
    wachten,
    begonnen_op AS van,
    coalesce(beantwoord_op, DATE '9999-12-31') AS tot,
    begonnen_op,
    CAST(NULL AS DATE) AS beantwoord_op
FROM periode
WHERE beantwoord_op IS NULL OR beantwoord_op > begonnen_op
UNION ALL
SELECT klachtnummer, wachten, beantwoord_op, DATE '9999-12-31', begonnen_op, beantwoord_op
FROM periode
WHERE beantwoord_op IS NOT NULL
