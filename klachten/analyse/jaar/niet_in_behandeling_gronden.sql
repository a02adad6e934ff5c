-- Question: On which grounds were klachten not taken into handling?
-- Grain: one row per period of the notice and ground
-- Step: 7
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- By the date of the notice, like the year book-keeping: what was undone by a later reopening counts here too.
SELECT CAST(periode_start(b.op, vanaf, tot) AS INTEGER) AS jaar, b.grond, CAST(COUNT(*) AS INTEGER) AS klachten
FROM berichten_stap_7(
    peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS b
WHERE vanaf IS NULL OR b.op BETWEEN vanaf AND tot
GROUP BY periode_start(b.op, vanaf, tot), b.grond
ORDER BY periode_start(b.op, vanaf, tot), COUNT(*) DESC, b.grond
