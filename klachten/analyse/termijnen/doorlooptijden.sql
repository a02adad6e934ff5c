-- Question: How many days until the acknowledgement and until the end of a klacht, open ones included?
-- Grain: one row per measure, number of days, kind of end and day of entry
-- Step: 5, 7, 13
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- See looptijd for what the measures are.
SELECT m.maat, m.dagen, m.einde, m.instap, CAST(COUNT(*) AS INTEGER) AS klachten
FROM looptijd(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS m
GROUP BY m.maat, m.dagen, m.einde, m.instap
ORDER BY m.maat, m.dagen, m.einde, m.instap
