-- Question: To whom were disputes submitted, and what was done with each oordeel?
-- Grain: one row per body, how far it had come, whether the indiener was told, and what was done with the oordeel
-- Step: 15
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- A dispute counts in the year in which it was reported. stand: wacht, verlaat (expected by then, and it did not come) or oordeel.
SELECT
    g.instantie,
    CASE WHEN g.oordeel_op IS NOT NULL THEN 'oordeel' WHEN g.verwacht_op < peildatum THEN 'verlaat' ELSE 'wacht' END AS stand,
    g.meegedeeld_op IS NOT NULL AS meegedeeld,
    g.opvolging,
    CAST(COUNT(*) AS INTEGER) AS geschillen
FROM geschil_op(peildatum) AS g
WHERE
    g.voorgelegd_op IS NOT NULL
    AND (jaar IS NULL OR EXTRACT(YEAR FROM g.gemeld_op) = jaar)
    AND g.klachtnummer IN (
        SELECT k.klachtnummer
        FROM klacht_selectie(
            peildatum, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
        ) AS k
        WHERE k.geschil <> 'geen'
    )
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
