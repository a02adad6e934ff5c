-- Question: On which grounds were klachten not taken into handling?
-- Grain: one row per period of the notice and ground
-- Step: 7
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- By the date of the notice, like the year book-keeping: what was undone by a later reopening counts here too.
SELECT CAST(b.jaar AS INTEGER) AS jaar, b.grond, CAST(COUNT(*) AS INTEGER) AS klachten
FROM (
    SELECT periode_start(r.op, vanaf, tot) AS jaar, r.grond
    FROM berichten_stap_7(
        peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS r
    WHERE vanaf IS NULL OR r.op BETWEEN vanaf AND tot
) AS b
GROUP BY b.jaar, b.grond
ORDER BY b.jaar, COUNT(*) DESC, b.grond
