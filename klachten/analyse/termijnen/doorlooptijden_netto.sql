-- Question: How many days did it take, without the days in which the firm waited for the indiener, and how many were those?
-- Grain: one row per measure, number of days without waiting, days waited, kind of end and day of entry
-- Step: 5, 6, 7, 13
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
SELECT
    m.maat, m.netto AS dagen, m.gewacht, m.einde, m.instap, CAST(COUNT(*) AS INTEGER) AS klachten,
    CAST(COUNT(*) FILTER (WHERE m.wacht_nog) AS INTEGER) AS wacht_nog
FROM looptijd_netto(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS m
GROUP BY m.maat, m.netto, m.gewacht, m.einde, m.instap
ORDER BY m.maat, m.netto, m.gewacht, m.einde, m.instap
