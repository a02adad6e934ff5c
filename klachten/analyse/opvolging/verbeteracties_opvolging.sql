-- Question: What came of the verbeteracties, and what was seen to change?
-- Grain: one row per verbeteractie decided on or before the peildatum
-- Step: 16, 17, 18
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- jaar: the year that was evaluated. Of the filter only categorie counts: a verbeteractie belongs to no vestiging. stand as
-- of a maatregel.
SELECT
    v.klachtnummer, v.verbeteractie, v.jaar, v.categorie, v.actienemer, v.bepaald_op, v.uiterlijk_op,
    CASE WHEN v.meegedeeld_op <= peildatum THEN v.meegedeeld_op END AS meegedeeld_op,
    CASE WHEN v.uitgevoerd_op <= peildatum THEN v.uitgevoerd_op END AS uitgevoerd_op,
    CASE
        WHEN v.uitgevoerd_op <= v.uiterlijk_op AND v.uitgevoerd_op <= peildatum THEN 'op tijd'
        WHEN v.uitgevoerd_op <= peildatum THEN 'te laat'
        WHEN v.vervallen_op <= peildatum THEN 'vervallen'
        WHEN v.uiterlijk_op < peildatum THEN 'open en te laat'
        ELSE 'open'
    END AS stand,
    CASE WHEN v.uitgevoerd_op <= peildatum THEN v.uitgevoerd_op ELSE peildatum END - v.bepaald_op AS dagen,
    CASE WHEN v.waargenomen_op <= peildatum THEN v.verandering END AS verandering,
    CASE WHEN v.waargenomen_op <= peildatum THEN v.waargenomen_op END AS waargenomen_op,
    v.wijzigingen
FROM verbeteractie AS v
WHERE
    v.bepaald_op <= peildatum AND (jaar IS NULL OR v.jaar = jaar)
    AND (kies_categorie IS NULL OR v.categorie = kies_categorie)
ORDER BY v.jaar, v.klachtnummer, v.verbeteractie
