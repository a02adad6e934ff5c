-- Question: Which klachten count, and how does each stand on the peildatum?
-- Grain: one row per klacht of the filter, without vervallen ones
-- Step: 7, 13
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block. `einde` is open, afgesloten, niet in behandeling or ingetrokken, `geeindigd_op` its date.
SELECT k.*, CASE WHEN k.laatste_einde_op IS NULL THEN 'open' ELSE k.status END AS einde, k.laatste_einde_op AS geeindigd_op
FROM klacht_keuze(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
WHERE k.vervallen_op IS NULL
