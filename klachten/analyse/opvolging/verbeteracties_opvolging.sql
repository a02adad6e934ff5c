-- Question: What came of the verbeteracties, and what was seen to change?
-- Grain: one row per verbeteractie decided on or before the peildatum
-- Step: 16, 17, 18
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- jaar: the year that was evaluated. Of the filter only categorie counts: a verbeteractie belongs to no vestiging. stand as
-- of a maatregel.
SELECT
    v.klachtnummer, v.verbeteractie, v.jaar, v.categorie, v.actienemer, v.bepaald_op, v.uiterlijk_op,
    v.meegedeeld_op, v.uitgevoerd_op,
    CASE
        WHEN v.uitgevoerd_op IS NOT NULL THEN CASE WHEN v.is_gemist THEN 'te laat' ELSE 'op tijd' END
        WHEN v.vervallen_op IS NOT NULL THEN CASE WHEN v.is_gemist THEN 'te laat' ELSE 'vervallen' END
        WHEN v.is_gemist THEN 'open en te laat'
        ELSE 'open'
    END AS stand,
    date_diff('day', v.bepaald_op, COALESCE(v.uitgevoerd_op, v.vervallen_op, peildatum)) AS dagen,
    v.verandering, v.waargenomen_op, v.wijzigingen
FROM (
    SELECT
        a.*,
        a.gemist_op IS NOT NULL OR COALESCE(a.uitgevoerd_op, a.vervallen_op, peildatum) > a.uiterlijk_op AS is_gemist
    FROM verbeteractie_op(peildatum) AS a
) AS v
WHERE (vanaf IS NULL OR v.jaar BETWEEN year(CAST(vanaf AS DATE)) AND year(CAST(tot AS DATE))) AND (kies_categorie IS NULL OR v.categorie = kies_categorie)
ORDER BY v.jaar, v.klachtnummer, v.verbeteractie
