-- Question: Which klachten count, and how does each stand on the peildatum?
-- Grain: one row per klacht of the filter, without vervallen ones
-- Step: 7, 13
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block: klacht_keuze without what was entered by mistake or twice.
SELECT k.*
FROM klacht_keuze(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
WHERE k.vervallen_op IS NULL
