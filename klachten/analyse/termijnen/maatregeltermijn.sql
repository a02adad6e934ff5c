-- Question: How many maatregelen were carried out within the term of their klacht, counted one by one?
-- Grain: one row per status
-- Step: 11
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- A klacht is on time only when all of its maatregelen are. rijp: those whose last day is over.
SELECT
    s.status, CAST(COUNT(*) AS INTEGER) AS maatregelen, CAST(COUNT(CASE WHEN s.is_rijp THEN 1 END) AS INTEGER) AS rijp
FROM maatregeltermijn_stand(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS s
GROUP BY s.status
ORDER BY s.status
