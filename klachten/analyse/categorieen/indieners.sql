-- Question: Who complains: klanten, opdrachtgevers or others?
-- Grain: one row per period of receipt and indiener_soort
-- Step: 1
-- Parameters: peildatum, vanaf, tot, reeks, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
SELECT s.jaar, s.waarde AS indiener_soort, s.klachten, s.nog_open
FROM samenstelling(
    peildatum, vanaf, tot, reeks, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS s
WHERE s.kenmerk = 'indiener_soort'
ORDER BY s.jaar, s.klachten DESC, s.waarde
