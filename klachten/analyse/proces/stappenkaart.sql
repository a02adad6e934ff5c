-- Question: How many klachten reached each of the 18 steps, and how long did each step take?
-- Grain: one row per step of the reglement
-- Step: 1-18
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- dagen are medians of the first time each step was done: since receipt, and since the step that comes before it
-- (sinds_stap). hier_gebleven: open klachten of which this was the last step done. 16-18 are of the evaluation of the year.
WITH keuze AS (
    SELECT k.stappen
    FROM klacht_selectie(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
    WHERE k.einde = 'open'
),
per_stap AS (
    SELECT
        g.stap, COUNT(*) AS klachten,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY date_diff('day', g.ontvangen_op, g.op)) AS dagen_sinds_ontvangst,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY date_diff('day', g.vorige_op, g.op)) AS dagen_sinds_vorige
    FROM stappen_gedaan(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS g
    GROUP BY g.stap
),
gebleven AS (
    SELECT CAST(regexp_extract(k.stappen, '[0-9]+$') AS INTEGER) AS stap, COUNT(*) AS klachten
    FROM keuze AS k
    GROUP BY CAST(regexp_extract(k.stappen, '[0-9]+$') AS INTEGER)
),
verbetering AS (
    SELECT 16 AS stap, COUNT(*) AS aantal
    FROM evaluatie_op(peildatum) AS e
    WHERE vanaf IS NULL OR (e.periode_van <= tot AND e.periode_tot >= vanaf)
    UNION ALL
    SELECT 17, COUNT(v.meegedeeld_op)
    FROM verbeteractie_op(peildatum) AS v
    WHERE vanaf IS NULL OR v.jaar BETWEEN year(CAST(vanaf AS DATE)) AND year(CAST(tot AS DATE))
    UNION ALL
    SELECT 18, COUNT(v.uitgevoerd_op)
    FROM verbeteractie_op(peildatum) AS v
    WHERE vanaf IS NULL OR v.jaar BETWEEN year(CAST(vanaf AS DATE)) AND year(CAST(tot AS DATE))
)
SELECT
    CAST(n.stap AS INTEGER) AS stap, CAST(COALESCE(p.klachten, v.aantal, 0) AS INTEGER) AS aantal,
    CASE n.stap WHEN 8 THEN 6 WHEN 9 THEN 8 WHEN 12 THEN 8 WHEN 13 THEN 11 WHEN 1 THEN NULL ELSE CASE WHEN n.stap < 15 THEN n.stap - 1 END END
        AS sinds_stap,
    p.dagen_sinds_vorige, p.dagen_sinds_ontvangst, CAST(COALESCE(g.klachten, 0) AS INTEGER) AS hier_gebleven
FROM (SELECT UNNEST(generate_series(1, 18)) AS stap) AS n
LEFT JOIN per_stap AS p ON p.stap = n.stap
LEFT JOIN gebleven AS g ON g.stap = n.stap
LEFT JOIN verbetering AS v ON v.stap = n.stap
ORDER BY n.stap
