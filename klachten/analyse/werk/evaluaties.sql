-- Question: Which evaluations were held, by whom, and what became of their verbeteracties?
-- Grain: one row per evaluation, the newest first
-- Step: 16-18
-- Parameters: peildatum
SELECT
    e.klachtnummer, e.jaar, e.periode_van, e.periode_tot, e.gehouden_op, e.directieleden,
    CAST(COUNT(v.verbeteractie) AS INTEGER) AS verbeteracties,
    CAST(COUNT(v.uitgevoerd_op) AS INTEGER) AS uitgevoerd,
    CAST(
        COUNT(CASE WHEN v.uitgevoerd_op IS NULL AND v.vervallen_op IS NULL AND v.uiterlijk_op < peildatum THEN 1 END)
        AS INTEGER
    ) AS te_laat
FROM evaluatie_op(peildatum) AS e
LEFT JOIN verbeteractie_op(peildatum) AS v ON v.klachtnummer = e.klachtnummer
GROUP BY e.klachtnummer, e.jaar, e.periode_van, e.periode_tot, e.gehouden_op, e.directieleden
ORDER BY e.jaar DESC, e.gehouden_op DESC, e.klachtnummer DESC
