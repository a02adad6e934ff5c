-- Question: Which klachten does a figure count?
-- Grain: one row per klacht
-- Step: all
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst, op, bij_status, bij_einde, bij_uitkomst, bij_oordeel, bij_stap
-- The way down from a number to its klachten: the same choice as the figures, and what the row of the figure says. op: 'einde'
-- takes the period by the day on which a klacht ended, 'termijn' leaves it to the term, else by that of receipt. bij_stap is
-- the step at which an open klacht stays. bij_status: as of the peildatum; without it those that count, 'alles' with the
-- vervallen ones, 'lopend' what is not ended. What is NULL is not asked.
SELECT k.klachtnummer
FROM klacht_keuze(
    peildatum, CASE WHEN COALESCE(op, 'ontvangst') = 'ontvangst' THEN vanaf END,
    CASE WHEN COALESCE(op, 'ontvangst') = 'ontvangst' THEN tot END,
    kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
WHERE
    (op IS DISTINCT FROM 'einde' OR vanaf IS NULL OR k.geeindigd_op BETWEEN vanaf AND tot)
    AND CASE COALESCE(bij_status, '')
        WHEN '' THEN k.vervallen_op IS NULL
        WHEN 'alles' THEN TRUE
        WHEN 'lopend' THEN k.einde = 'open'
        ELSE k.status = bij_status
    END
    AND (bij_einde IS NULL OR k.einde = bij_einde)
    AND (bij_uitkomst IS NULL OR (k.einde = 'afgesloten' AND COALESCE(k.uitkomst, '') = bij_uitkomst))
    AND (bij_oordeel IS NULL OR k.oordeel = bij_oordeel)
    AND (bij_stap IS NULL OR (k.einde = 'open' AND CAST(regexp_extract(k.stappen, '[0-9]+$') AS INTEGER) = bij_stap))
