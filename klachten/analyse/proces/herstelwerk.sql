-- Question: Which steps were done more than once in a klacht?
-- Grain: one row per step
-- Step: 1-15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Counted on the orders of steps, so a million klachten cost as much as their few thousand different orders. 12 (watching
-- the progress) is meant to be repeated; what a reopening makes necessary again counts as well.
WITH variant AS (
    SELECT s.spoor, COUNT(*) AS klachten
    FROM klacht_spoor(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS s
    GROUP BY s.spoor
),
gedaan AS (
    SELECT v.spoor, v.klachten, CAST(UNNEST(string_split(replace(v.spoor, '|', '-'), '-')) AS INTEGER) AS stap
    FROM variant AS v
    WHERE v.spoor <> ''
),
keren AS (
    SELECT g.spoor, g.stap, MIN(g.klachten) AS klachten, COUNT(*) AS keer
    FROM gedaan AS g
    GROUP BY g.spoor, g.stap
)
SELECT
    k.stap, CAST(SUM(k.klachten) AS INTEGER) AS klachten,
    CAST(SUM(CASE WHEN k.keer > 1 THEN k.klachten ELSE 0 END) AS INTEGER) AS herhaald,
    CAST(SUM((k.keer - 1) * k.klachten) AS INTEGER) AS extra_keren
FROM keren AS k
GROUP BY k.stap
ORDER BY k.stap
