-- Question: To whom were disputes submitted, and what was done with each oordeel?
-- Grain: one row per body, how far it had come, whether the indiener was told, and what was done with the oordeel
-- Step: 15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- A dispute counts in the year in which it was reported. stand: wacht, verlaat (expected by then, and it did not come) or oordeel.
SELECT g.instantie, g.wacht AS stand, g.meegedeeld, g.opvolging, CAST(COUNT(*) AS INTEGER) AS geschillen
FROM geschillen_stand(
    peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS g
WHERE g.voorgelegd AND (vanaf IS NULL OR g.gemeld_op BETWEEN vanaf AND tot)
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
