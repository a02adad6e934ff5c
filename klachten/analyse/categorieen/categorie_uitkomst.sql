-- Question: How did the klachten of a period end, per categorie?
-- Grain: one row per categorie, end and outcome
-- Step: 7, 13, 15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- einde: open, afgesloten, niet in behandeling or ingetrokken; uitkomst and oordeel only of what was closed.
SELECT
    k.categorie, k.einde,
    CASE WHEN k.einde = 'afgesloten' THEN COALESCE(k.uitkomst, '') END AS uitkomst,
    CASE WHEN k.einde = 'afgesloten' THEN k.oordeel END AS oordeel,
    CAST(COUNT(*) AS INTEGER) AS klachten
FROM klacht_selectie(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
GROUP BY
    k.categorie, k.einde, CASE WHEN k.einde = 'afgesloten' THEN COALESCE(k.uitkomst, '') END,
    CASE WHEN k.einde = 'afgesloten' THEN k.oordeel END
ORDER BY k.categorie, k.einde, 3, 4
