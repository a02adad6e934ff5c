-- Question: How many klachten came in, went out and stayed open, year after year?
-- Grain: one row per year and vestiging up to the year of the peildatum
-- Step: 1, 7, 13, 15
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- open_begin + ontvangen + heropend = afgesloten + niet_in_behandeling + ingetrokken + vervallen + open_einde, in every row.
-- One klacht may be closed, opened again and closed again in one year. A klacht that is vervallen on the peildatum was
-- received and became vervallen: what was done with it before is undone. `jaar` is not used: every year is needed.
WITH keuze AS (
    SELECT
        k.klachtnummer, k.vestiging, k.ontvangen_op, k.status, k.vervallen_op IS NOT NULL AS is_vervallen,
        k.laatste_einde_op, GREATEST(k.laatste_einde_op, k.ontvangen_op) AS einde_op
    FROM klacht_keuze(
        peildatum, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
),
ongedaan AS (
    SELECT k.vestiging, e.einde, e.geeindigd_op, e.ongedaan_op, e.door
    FROM eerder_einde_op(peildatum) AS e
    JOIN keuze AS k ON k.klachtnummer = e.klachtnummer
    WHERE NOT k.is_vervallen
),
beweging AS (
    SELECT k.vestiging, EXTRACT(YEAR FROM k.ontvangen_op) AS in_jaar, 'ontvangen' AS soort, COUNT(*) AS aantal
    FROM keuze AS k
    GROUP BY k.vestiging, EXTRACT(YEAR FROM k.ontvangen_op)
    UNION ALL
    SELECT k.vestiging, EXTRACT(YEAR FROM k.einde_op), k.status, COUNT(*)
    FROM keuze AS k
    WHERE k.laatste_einde_op IS NOT NULL
    GROUP BY k.vestiging, EXTRACT(YEAR FROM k.einde_op), k.status
    UNION ALL
    SELECT o.vestiging, EXTRACT(YEAR FROM o.geeindigd_op), o.einde, COUNT(*)
    FROM ongedaan AS o
    GROUP BY o.vestiging, EXTRACT(YEAR FROM o.geeindigd_op), o.einde
    UNION ALL
    SELECT o.vestiging, EXTRACT(YEAR FROM o.ongedaan_op), 'heropend', COUNT(*)
    FROM ongedaan AS o
    WHERE o.door = 'heropend'
    GROUP BY o.vestiging, EXTRACT(YEAR FROM o.ongedaan_op)
),
raster AS (
    SELECT v.vestiging, j.in_jaar
    FROM (SELECT DISTINCT b.vestiging FROM beweging AS b) AS v
    CROSS JOIN (
        SELECT UNNEST(generate_series(MIN(b.in_jaar), CAST(EXTRACT(YEAR FROM peildatum) AS BIGINT))) AS in_jaar
        FROM beweging AS b
    ) AS j
),
per_jaar AS (
    SELECT
        r.vestiging, r.in_jaar,
        COALESCE(SUM(CASE WHEN b.soort = 'ontvangen' THEN b.aantal END), 0) AS ontvangen,
        COALESCE(SUM(CASE WHEN b.soort = 'heropend' THEN b.aantal END), 0) AS heropend,
        COALESCE(SUM(CASE WHEN b.soort = 'afgesloten' THEN b.aantal END), 0) AS afgesloten,
        COALESCE(SUM(CASE WHEN b.soort = 'niet in behandeling' THEN b.aantal END), 0) AS niet_in_behandeling,
        COALESCE(SUM(CASE WHEN b.soort = 'ingetrokken' THEN b.aantal END), 0) AS ingetrokken,
        COALESCE(SUM(CASE WHEN b.soort = 'vervallen' THEN b.aantal END), 0) AS vervallen
    FROM raster AS r
    LEFT JOIN beweging AS b ON b.vestiging = r.vestiging AND b.in_jaar = r.in_jaar
    GROUP BY r.vestiging, r.in_jaar
),
stand AS (
    SELECT
        p.*,
        SUM(p.ontvangen + p.heropend - p.afgesloten - p.niet_in_behandeling - p.ingetrokken - p.vervallen)
            OVER (PARTITION BY p.vestiging ORDER BY p.in_jaar ROWS UNBOUNDED PRECEDING) AS open_einde
    FROM per_jaar AS p
)
SELECT
    CAST(s.in_jaar AS INTEGER) AS jaar, s.vestiging,
    CAST(
        s.open_einde - s.ontvangen - s.heropend + s.afgesloten + s.niet_in_behandeling + s.ingetrokken + s.vervallen
        AS INTEGER
    ) AS open_begin,
    CAST(s.ontvangen AS INTEGER) AS ontvangen, CAST(s.heropend AS INTEGER) AS heropend,
    CAST(s.afgesloten AS INTEGER) AS afgesloten, CAST(s.niet_in_behandeling AS INTEGER) AS niet_in_behandeling,
    CAST(s.ingetrokken AS INTEGER) AS ingetrokken, CAST(s.vervallen AS INTEGER) AS vervallen,
    CAST(s.open_einde AS INTEGER) AS open_einde
FROM stand AS s
ORDER BY s.in_jaar, s.vestiging
