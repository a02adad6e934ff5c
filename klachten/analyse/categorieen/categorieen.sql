-- Question: What were the klachten about?
-- Grain: one row per period of receipt and categorie
-- Step: 16
-- Parameters: peildatum, vanaf, tot, reeks, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Every klacht counts once, in its own categorie; what it touches besides that is in aspecten.
SELECT s.jaar, s.waarde AS categorie, s.klachten, s.nog_open
FROM samenstelling(
    peildatum, vanaf, tot, reeks, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS s
WHERE s.kenmerk = 'categorie'
ORDER BY s.jaar, s.klachten DESC, s.waarde
