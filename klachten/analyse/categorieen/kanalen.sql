-- Question: Along which way do klachten come in?
-- Grain: one row per period of receipt and kanaal
-- Step: 1
-- Parameters: peildatum, vanaf, tot, reeks, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
SELECT s.jaar, s.waarde AS kanaal, s.klachten, s.nog_open
FROM samenstelling(
    peildatum, vanaf, tot, reeks, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS s
WHERE s.kenmerk = 'kanaal'
ORDER BY s.jaar, s.klachten DESC, s.waarde
