-- Question: How are the klachten of a period spread over vestigingen, categorieen, indieners and channels?
-- Grain: one row per period of receipt, characteristic and value
-- Step: 16
-- Parameters: peildatum, vanaf, tot, reeks, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of intensiteit, categorieen, indieners, kanalen and vestigingen: one look at the klachten for all of them.
-- With reeks the same period of every year.
SELECT
    CAST(k.in_jaar AS INTEGER) AS jaar,
    CASE
        WHEN GROUPING(k.vestiging) = 0 THEN 'vestiging'
        WHEN GROUPING(k.categorie) = 0 THEN 'categorie'
        WHEN GROUPING(k.indiener_soort) = 0 THEN 'indiener_soort'
        ELSE 'kanaal'
    END AS kenmerk,
    COALESCE(k.vestiging, k.categorie, k.indiener_soort, k.kanaal) AS waarde,
    CAST(COUNT(*) AS INTEGER) AS klachten,
    CAST(COUNT(CASE WHEN k.einde = 'open' THEN 1 END) AS INTEGER) AS nog_open
FROM (
    SELECT periode_start(s.ontvangen_op, vanaf, tot) AS in_jaar, s.vestiging, s.categorie, s.indiener_soort, s.kanaal, s.einde
    FROM klacht_selectie(
        peildatum, CASE WHEN NOT COALESCE(reeks, FALSE) THEN vanaf END, CASE WHEN NOT COALESCE(reeks, FALSE) THEN tot END, kies_vestiging,
        kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS s
    WHERE in_periode(s.ontvangen_op, vanaf, tot)
) AS k
GROUP BY GROUPING SETS ((k.in_jaar, k.vestiging), (k.in_jaar, k.categorie), (k.in_jaar, k.indiener_soort), (k.in_jaar, k.kanaal))
ORDER BY 1, 2, 4 DESC, 3
