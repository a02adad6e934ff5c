-- Question: On which grounds were klachten not taken into handling?
-- Grain: one row per period of the notice and ground
-- Step: 7
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- By the date of the notice, like the year book-keeping: what was undone by a later reopening counts here too.
WITH bericht AS (
    SELECT k.laatste_einde_op AS op, k.grond
    FROM klacht_selectie(
        peildatum, NULL, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
    WHERE k.status = 'niet in behandeling'
    UNION ALL
    SELECT e.geeindigd_op, k.grond
    FROM eerder_einde_op(peildatum) AS e
    JOIN klacht_selectie(
        peildatum, NULL, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k ON k.klachtnummer = e.klachtnummer
    WHERE e.einde = 'niet in behandeling'
)
SELECT CAST(b.jaar AS INTEGER) AS jaar, b.grond, CAST(COUNT(*) AS INTEGER) AS klachten
FROM (
    SELECT periode_start(r.op, vanaf, tot) AS jaar, COALESCE(r.grond, '') AS grond
    FROM bericht AS r
    WHERE vanaf IS NULL OR r.op BETWEEN vanaf AND tot
) AS b
GROUP BY b.jaar, b.grond
ORDER BY b.jaar, COUNT(*) DESC, b.grond
