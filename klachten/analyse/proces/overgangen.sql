-- Question: Which step directly follows which, how often, and after how many days?
-- Grain: one row per pair of steps
-- Step: 1-15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Over a reopening too: the first step of a new round follows the last one of the round before.
SELECT
    p.van, p.naar, CAST(COUNT(*) AS INTEGER) AS aantal,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY CASE WHEN p.dagen >= 0 THEN p.dagen END) AS mediaan_dagen
FROM spoor_paren(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS p
GROUP BY p.van, p.naar
ORDER BY COUNT(*) DESC, p.van, p.naar
