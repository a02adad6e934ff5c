-- Question: Which klachten does a figure count?
-- Grain: one row per klacht
-- Step: all
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst, op, bij_einde, bij_uitkomst, bij_oordeel, bij_termijn, bij_stand, bij_stap
-- The way down from a number to its klachten: the same choice as the figures, and what the row of the figure says. op: 'einde'
-- takes the period by the day on which a klacht ended, else by that of receipt. bij_stand is the status of bij_termijn;
-- bij_stap the step at which an open klacht stays. What is NULL is not asked.
SELECT k.klachtnummer
FROM klacht_selectie(
    peildatum, CASE WHEN op IS DISTINCT FROM 'einde' THEN vanaf END, CASE WHEN op IS DISTINCT FROM 'einde' THEN tot END,
    kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
WHERE
    (op IS DISTINCT FROM 'einde' OR vanaf IS NULL OR k.geeindigd_op BETWEEN vanaf AND tot)
    AND (bij_einde IS NULL OR k.einde = bij_einde)
    AND (bij_uitkomst IS NULL OR (k.einde = 'afgesloten' AND COALESCE(k.uitkomst, '') = bij_uitkomst))
    AND (bij_oordeel IS NULL OR k.oordeel = bij_oordeel)
    AND (bij_stap IS NULL OR (k.einde = 'open' AND CAST(regexp_extract(k.stappen, '[0-9]+$') AS INTEGER) = bij_stap))
    AND (
        bij_termijn IS NULL
        OR k.klachtnummer IN (
            SELECT t.klachtnummer
            FROM termijnen(peildatum := peildatum) AS t
            WHERE t.termijn = bij_termijn AND (bij_stand IS NULL OR t.status = bij_stand)
        )
    )
