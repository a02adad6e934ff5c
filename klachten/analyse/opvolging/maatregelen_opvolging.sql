-- Question: Are the maatregelen carried out in time, and how long are the open ones waiting?
-- Grain: one row per actienemer, stand and age
-- Step: 11, 12
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- rijp: those whose agreed day is over; they alone make the share that was in time. leeftijd: of what is open, in days since
-- it was decided.
SELECT
    s.actienemer, s.stand, s.leeftijd,
    CAST(COUNT(*) AS INTEGER) AS maatregelen,
    CAST(COUNT(CASE WHEN is_maatregel_rijp(s.stand, s.uiterlijk_op, peildatum) THEN 1 END) AS INTEGER) AS rijp,
    CAST(COUNT(CASE WHEN s.wijzigingen > 0 THEN 1 END) AS INTEGER) AS gewijzigd,
    MAX(CASE WHEN s.stand IN ('te laat', 'open en te laat') THEN s.dagen_te_laat END) AS meeste_dagen_te_laat
FROM maatregelen_stand(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS s
GROUP BY s.actienemer, s.stand, s.leeftijd
ORDER BY s.actienemer, s.stand, s.leeftijd
