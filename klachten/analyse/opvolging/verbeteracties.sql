-- Question: How does each verbeteractie stand on the peildatum, and how long has it been open?
-- Grain: one row per verbeteractie, the open ones first and of those the most overdue first
-- Step: 16-18
-- Parameters: peildatum
SELECT s.*
FROM (
    SELECT
        v.klachtnummer, v.verbeteractie, v.jaar, v.categorie, v.actienemer, v.bepaald_op, v.uiterlijk_op, v.meegedeeld_op,
        v.uitgevoerd_op, v.vervallen_op, v.verandering, v.waargenomen_op,
        CASE
            WHEN v.vervallen_op IS NOT NULL THEN 'vervallen'
            WHEN v.uitgevoerd_op IS NOT NULL THEN 'uitgevoerd'
            WHEN v.uiterlijk_op < peildatum THEN 'te laat, nog open'
            WHEN v.meegedeeld_op IS NULL THEN 'nog niet meegedeeld'
            ELSE 'open'
        END AS status,
        CASE
            WHEN v.uitgevoerd_op IS NULL AND v.vervallen_op IS NULL THEN date_diff('day', peildatum, v.uiterlijk_op)
        END AS dagen_over,
        date_diff('day', v.bepaald_op, COALESCE(v.uitgevoerd_op, v.vervallen_op, peildatum)) AS dagen_open
    FROM verbeteractie_op(peildatum) AS v
) AS s
ORDER BY s.dagen_over NULLS LAST, s.jaar DESC, s.klachtnummer DESC, s.verbeteractie
