-- Question: How far had each dispute come on the peildatum?
-- Grain: one row per dispute
-- Step: 15
-- Parameters: peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of geschillen and oordelen_opvolging; a klacht can bring more than one dispute. stand: gemeld, overleg
-- mislukt, opgelost, voorgelegd or oordeel. wacht: of what was submitted, wacht, verlaat (expected by then, and it did not
-- come) or oordeel.
SELECT
    g.klachtnummer, g.gemeld_op, g.instantie, g.oordeel, g.opvolging, g.meegedeeld_op IS NOT NULL AS meegedeeld,
    g.voorgelegd_op IS NOT NULL AS voorgelegd, COALESCE(g.heropening_nodig, FALSE) AS heropening,
    CASE
        WHEN g.oordeel_op IS NOT NULL THEN 'oordeel'
        WHEN g.opgelost_op IS NOT NULL THEN 'opgelost'
        WHEN g.voorgelegd_op IS NOT NULL THEN 'voorgelegd'
        WHEN g.overlegd_op IS NOT NULL THEN 'overleg mislukt'
        ELSE 'gemeld'
    END AS stand,
    CASE
        WHEN g.voorgelegd_op IS NULL THEN NULL
        WHEN g.oordeel_op IS NOT NULL THEN 'oordeel'
        WHEN g.verwacht_op < peildatum THEN 'verlaat'
        ELSE 'wacht'
    END AS wacht
FROM geschil_op(peildatum) AS g
WHERE
    g.klachtnummer IN (
        SELECT k.klachtnummer
        FROM klacht_selectie(
            peildatum, NULL, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
        ) AS k
        WHERE k.geschil <> 'geen'
    )
