-- Question: How did each klacht stand at the end of the peildatum, and how had it ended?
-- Grain: one row per klacht, vervallen ones too
-- Step: 7, 13
-- Parameters: peildatum
-- Building block of klacht_keuze. `laatste_einde_op` is the date of the end on the peildatum, never before the last reopening;
-- `einde` is open, afgesloten, niet in behandeling or ingetrokken, `geeindigd_op` its date.
SELECT e.*, CASE WHEN e.laatste_einde_op IS NULL THEN 'open' ELSE e.status END AS einde, e.laatste_einde_op AS geeindigd_op
FROM (
    SELECT
        k.*,
        CASE
            WHEN k.status = 'afgesloten' THEN GREATEST(k.stap_13_op, COALESCE(k.heropend_op, k.stap_13_op))
            WHEN k.status = 'niet in behandeling' THEN GREATEST(k.stap_07_op, COALESCE(k.heropend_op, k.stap_07_op))
            WHEN k.status = 'ingetrokken' THEN GREATEST(k.ingetrokken_op, COALESCE(k.heropend_op, k.ingetrokken_op))
            WHEN k.status = 'vervallen' THEN k.vervallen_op
        END AS laatste_einde_op
    FROM klacht_op(peildatum) AS k
) AS e
