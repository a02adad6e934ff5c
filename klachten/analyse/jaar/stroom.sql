-- Question: How many klachten came in, went out and stayed open, in a period of every year?
-- Grain: one row per period and vestiging, up to the last one that has begun on the peildatum
-- Step: 1, 7, 13, 15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- open_begin + ontvangen + heropend = afgesloten + niet_in_behandeling + ingetrokken + vervallen + open_einde, in every row.
-- What happens between two periods is in neither, and in what stood open when the next began. One klacht may be closed, opened
-- again and closed again in one period. The same period of every year.
WITH beweging AS (
    SELECT b.vestiging, b.in_jaar, b.erin, b.soort, SUM(b.aantal) AS aantal
    FROM (
        -- Per day first: the period of a day is worked out once for all that happened on it.
        SELECT
            g.vestiging, periode_start(g.op, vanaf, tot) AS in_jaar, in_periode(g.op, vanaf, tot) AS erin, g.soort, COUNT(*) AS aantal
        FROM stroom_beweging(
            peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
        ) AS g
        GROUP BY g.vestiging, g.op, g.soort
    ) AS b
    GROUP BY b.vestiging, b.in_jaar, b.erin, b.soort
),
raster AS (
    SELECT v.vestiging, j.in_jaar
    FROM (SELECT DISTINCT b.vestiging FROM beweging AS b) AS v
    CROSS JOIN (
        SELECT UNNEST(generate_series(MIN(b.in_jaar), periode_start(peildatum, vanaf, tot), jaren_per_stap(vanaf, tot))) AS in_jaar
        FROM beweging AS b
    ) AS j
),
per_jaar AS (
    SELECT
        r.vestiging, r.in_jaar,
        COALESCE(SUM(CASE WHEN b.soort = 'ontvangen' AND b.erin THEN b.aantal END), 0) AS ontvangen,
        COALESCE(SUM(CASE WHEN b.soort = 'heropend' AND b.erin THEN b.aantal END), 0) AS heropend,
        COALESCE(SUM(CASE WHEN b.soort = 'afgesloten' AND b.erin THEN b.aantal END), 0) AS afgesloten,
        COALESCE(SUM(CASE WHEN b.soort = 'niet in behandeling' AND b.erin THEN b.aantal END), 0) AS niet_in_behandeling,
        COALESCE(SUM(CASE WHEN b.soort = 'ingetrokken' AND b.erin THEN b.aantal END), 0) AS ingetrokken,
        COALESCE(SUM(CASE WHEN b.soort = 'vervallen' AND b.erin THEN b.aantal END), 0) AS vervallen,
        COALESCE(SUM(CASE WHEN b.soort IN ('ontvangen', 'heropend') THEN b.aantal ELSE -b.aantal END), 0) AS tot_de_volgende
    FROM raster AS r
    LEFT JOIN beweging AS b ON b.vestiging = r.vestiging AND b.in_jaar = r.in_jaar
    GROUP BY r.vestiging, r.in_jaar
),
stand AS (
    SELECT
        p.*,
        SUM(p.tot_de_volgende) OVER (PARTITION BY p.vestiging ORDER BY p.in_jaar ROWS UNBOUNDED PRECEDING) - p.tot_de_volgende
            AS open_begin
    FROM per_jaar AS p
)
SELECT
    CAST(s.in_jaar AS INTEGER) AS jaar, s.vestiging, CAST(s.open_begin AS INTEGER) AS open_begin,
    CAST(s.ontvangen AS INTEGER) AS ontvangen, CAST(s.heropend AS INTEGER) AS heropend,
    CAST(s.afgesloten AS INTEGER) AS afgesloten, CAST(s.niet_in_behandeling AS INTEGER) AS niet_in_behandeling,
    CAST(s.ingetrokken AS INTEGER) AS ingetrokken, CAST(s.vervallen AS INTEGER) AS vervallen,
    CAST(
        s.open_begin + s.ontvangen + s.heropend - s.afgesloten - s.niet_in_behandeling - s.ingetrokken - s.vervallen AS INTEGER
    ) AS open_einde
FROM stand AS s
ORDER BY s.in_jaar, s.vestiging
