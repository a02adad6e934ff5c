-- Question: Which klachten missed a term, by how much, and who handles them?
-- Grain: one row per klacht and term that was missed, or that passed while nobody decided whether it applied
-- Step: every step that ends a term
-- Parameters: peildatum, vanaf, tot, cohort
-- Still open ones count their days up to the peildatum. No personal data: the klachtnummer leads to the dossier.
SELECT
    t.reglement, t.herkomst, t.klachtnummer, t.termijn, t.termijn_naam, t.stap, t.vestiging, t.behandelaar,
    CAST(periode_start(CASE WHEN cohort = 'termijn' THEN t.uiterlijk_op ELSE t.ontvangen_op END, vanaf, tot) AS INTEGER) AS jaar,
    t.ontvangen_op, t.uiterlijk_op, t.einde_op, t.status,
    date_diff('day', t.uiterlijk_op, CASE WHEN t.einde_op IS NOT NULL THEN t.einde_op ELSE t.gezien_op END) AS dagen_te_laat
FROM termijnen(peildatum := peildatum) AS t
WHERE
    COALESCE(in_periode(CASE WHEN cohort = 'termijn' THEN t.uiterlijk_op ELSE t.ontvangen_op END, vanaf, tot), TRUE)
    AND t.status IN ('te laat', 'te laat, nog open', 'onbepaald, termijn verstreken')
ORDER BY t.herkomst DESC, t.reglement, t.ontvangen_op, t.klachtnummer, t.stap, t.termijn
