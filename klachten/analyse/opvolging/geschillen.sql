-- Question: How often did the indiener disagree, and how did that end?
-- Grain: one row per period of the report, stage and oordeel
-- Step: 15
-- Parameters: peildatum, vanaf, tot, reeks, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- A klacht can bring more than one dispute; each counts in the period in which it was reported; with reeks the same
-- period of every year. stand: gemeld, overleg mislukt,
-- opgelost, voorgelegd or oordeel, as far as it had come on the peildatum.
SELECT
    CAST(periode_start(g.gemeld_op, vanaf, tot) AS INTEGER) AS jaar, g.stand, g.oordeel,
    CAST(COUNT(*) AS INTEGER) AS geschillen, CAST(COUNT(CASE WHEN g.voorgelegd THEN 1 END) AS INTEGER) AS voorgelegd,
    CAST(COUNT(CASE WHEN g.heropening THEN 1 END) AS INTEGER) AS tot_heropening
FROM geschillen_stand(
    peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS g
WHERE in_periode(g.gemeld_op, vanaf, tot) AND (reeks OR vanaf IS NULL OR g.gemeld_op BETWEEN vanaf AND tot)
GROUP BY periode_start(g.gemeld_op, vanaf, tot), g.stand, g.oordeel
ORDER BY periode_start(g.gemeld_op, vanaf, tot), g.stand, g.oordeel
