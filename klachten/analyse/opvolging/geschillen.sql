-- Question: How often did the indiener disagree, and how did that end?
-- Grain: one row per period of the report, stage and oordeel
-- Step: 15
-- Parameters: peildatum, vanaf, tot, reeks, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- A klacht can bring more than one dispute; each counts in the period in which it was reported; with reeks the same
-- period of every year. stand: gemeld, overleg mislukt,
-- opgelost, voorgelegd or oordeel, as far as it had come on the peildatum.
WITH geschil_toen AS (
    SELECT
        periode_start(g.gemeld_op, vanaf, tot) AS in_jaar,
        CASE
            WHEN g.oordeel_op IS NOT NULL THEN 'oordeel'
            WHEN g.opgelost_op IS NOT NULL THEN 'opgelost'
            WHEN g.voorgelegd_op IS NOT NULL THEN 'voorgelegd'
            WHEN g.overlegd_op IS NOT NULL THEN 'overleg mislukt'
            ELSE 'gemeld'
        END AS stand,
        g.oordeel,
        CAST(CASE WHEN g.voorgelegd_op IS NOT NULL THEN 1 ELSE 0 END AS BIGINT) AS voorgelegd,
        CAST(CASE WHEN g.heropening_nodig THEN 1 ELSE 0 END AS BIGINT) AS tot_heropening
    FROM geschil_op(peildatum) AS g
    WHERE
        in_periode(g.gemeld_op, vanaf, tot) AND (reeks OR vanaf IS NULL OR g.gemeld_op BETWEEN vanaf AND tot)
        AND g.klachtnummer IN (
            SELECT k.klachtnummer
            FROM klacht_selectie(
                peildatum, NULL, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
            ) AS k
            WHERE k.geschil <> 'geen'
        )
)
SELECT
    CAST(g.in_jaar AS INTEGER) AS jaar, g.stand, g.oordeel, CAST(COUNT(*) AS INTEGER) AS geschillen,
    CAST(SUM(g.voorgelegd) AS INTEGER) AS voorgelegd, CAST(SUM(g.tot_heropening) AS INTEGER) AS tot_heropening
FROM geschil_toen AS g
GROUP BY g.in_jaar, g.stand, g.oordeel
ORDER BY g.in_jaar, g.stand, g.oordeel
