-- Question: What did the organisation itself find, per aspect of the klachten?
-- Grain: one row per aspect and finding
-- Step: 6
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- aspect is the categorie as recorded: what a renamed one is called today is for who shows it.
SELECT b.aspect, b.bevinding, CAST(COUNT(DISTINCT b.klachtnummer) AS INTEGER) AS klachten
FROM klacht_selectie(
    peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
JOIN bevinding_op(peildatum) AS b ON b.klachtnummer = k.klachtnummer
GROUP BY 1, 2
ORDER BY 1, 2
