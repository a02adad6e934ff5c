-- Question: Which categorieen did the klachten of a period touch, besides their own?
-- Grain: one row per period of receipt and categorie
-- Step: 16
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- klachten: those with it as their own categorie or as aspect, so that one klacht can count in several categorieen.
WITH keuze AS (
    SELECT periode_start(k.ontvangen_op, vanaf, tot) AS in_jaar, k.categorie, k.aspecten
    FROM klacht_selectie(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
),
genoemd AS (
    SELECT k.in_jaar, k.categorie, COUNT(*) AS hoofd, 0 AS aspect
    FROM keuze AS k
    GROUP BY k.in_jaar, k.categorie
    UNION ALL
    SELECT a.in_jaar, a.aspect, 0, COUNT(*)
    FROM (
        SELECT k.in_jaar, k.categorie, UNNEST(list_distinct(k.aspecten)) AS aspect FROM keuze AS k WHERE len(k.aspecten) > 0
    ) AS a
    WHERE a.aspect <> a.categorie
    GROUP BY a.in_jaar, a.aspect
)
SELECT
    CAST(g.in_jaar AS INTEGER) AS jaar, g.categorie, CAST(SUM(g.hoofd + g.aspect) AS INTEGER) AS klachten,
    CAST(SUM(g.hoofd) AS INTEGER) AS als_categorie, CAST(SUM(g.aspect) AS INTEGER) AS als_aspect
FROM genoemd AS g
GROUP BY g.in_jaar, g.categorie
ORDER BY g.in_jaar, SUM(g.hoofd + g.aspect) DESC, g.categorie
