-- Question: On which days did klachten come in?
-- Grain: one row per day with a klacht
-- Step: 1
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- For charts of the days between klachten, which fit when there are few.
SELECT k.ontvangen_op, CAST(COUNT(*) AS INTEGER) AS klachten
FROM klacht_selectie(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
GROUP BY k.ontvangen_op
ORDER BY k.ontvangen_op
