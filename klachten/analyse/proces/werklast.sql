-- Question: How many klachten did each behandelaar have open, month after month?
-- Grain: one row per month and behandelaar
-- Step: 4-13
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- At the end of the month, the running one at the peildatum; who was the behandelaar then (NULL: not assigned yet). Agrees
-- with the flow: a klacht that is vervallen by now was open until it was. vanaf and tot narrow the months, not the klachten.
-- grens: a stretch of days in which the same behandelaar had it open, from its first piece to its last.
WITH grens AS (
    SELECT
        t.behandelaar, t.van, t.tot, t.is_open,
        LAG(t.is_open) OVER w AND LAG(t.behandelaar) OVER w IS NOT DISTINCT FROM t.behandelaar AS liep_al,
        LEAD(t.is_open) OVER w AND LEAD(t.behandelaar) OVER w IS NOT DISTINCT FROM t.behandelaar AS loopt_door
    FROM open_stukken(
        peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS t
    WINDOW w AS (PARTITION BY t.klachtnummer ORDER BY t.van)
),
beweging AS (
    SELECT g.behandelaar, CAST(date_trunc('month', g.van) AS DATE) AS maand, COUNT(*) AS erbij, 0 AS eraf
    FROM grens AS g
    WHERE g.is_open AND g.liep_al IS NOT TRUE
    GROUP BY g.behandelaar, date_trunc('month', g.van)
    UNION ALL
    SELECT g.behandelaar, CAST(date_trunc('month', g.tot) AS DATE), 0, COUNT(*)
    FROM grens AS g
    WHERE g.is_open AND g.loopt_door IS NOT TRUE AND g.tot <= peildatum
    GROUP BY g.behandelaar, date_trunc('month', g.tot)
),
raster AS (
    SELECT w.behandelaar, m.maand
    FROM (SELECT DISTINCT b.behandelaar FROM beweging AS b) AS w
    CROSS JOIN (
        SELECT CAST(UNNEST(generate_series(MIN(b.maand), peildatum, INTERVAL '1' MONTH)) AS DATE) AS maand FROM beweging AS b
    ) AS m
),
stand AS (
    SELECT
        r.behandelaar, r.maand, COALESCE(SUM(b.erbij), 0) AS erbij, COALESCE(SUM(b.eraf), 0) AS eraf,
        SUM(COALESCE(SUM(b.erbij), 0) - COALESCE(SUM(b.eraf), 0))
            OVER (PARTITION BY r.behandelaar ORDER BY r.maand ROWS UNBOUNDED PRECEDING) AS nog_open
    FROM raster AS r
    LEFT JOIN beweging AS b ON b.behandelaar IS NOT DISTINCT FROM r.behandelaar AND b.maand = r.maand
    GROUP BY r.behandelaar, r.maand
)
SELECT
    s.maand, s.behandelaar, CAST(s.erbij AS INTEGER) AS erbij, CAST(s.eraf AS INTEGER) AS eraf,
    CAST(s.nog_open AS INTEGER) AS nog_open
FROM stand AS s
WHERE vanaf IS NULL OR (s.maand <= tot AND s.maand + INTERVAL '1' MONTH > vanaf)
ORDER BY s.maand, s.behandelaar
