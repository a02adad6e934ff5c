-- Question: What is known of the klachten beside the steps, and of how many is it not known?
-- Grain: one row per characteristic and value; waarde NULL is not known
-- Step: 3
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
SELECT k.kenmerk, k.waarde, CAST(COUNT(*) AS INTEGER) AS klachten
FROM nader_kenmerk(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
GROUP BY 1, 2
ORDER BY 1, 3 DESC, 2
