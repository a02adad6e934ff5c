-- Question: How many klachten did each behandelaar have open, month after month?
-- Grain: one row per month and behandelaar
-- Step: 4-13
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- At the end of the month, the running one at the peildatum; who was the behandelaar then (NULL: not assigned yet). Agrees
-- with the flow: a klacht that is vervallen by now was open until it was. vanaf and tot narrow the months, not the klachten.
-- Who had a klacht open without a break had it as many days as lie between its first and its last piece: in nearly every
-- klacht. Only in the others it is looked up where a stretch begins and ends.
WITH stuk AS (
    SELECT t.klachtnummer, t.behandelaar, t.van, t.tot
    FROM open_stukken(
        peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS t
    WHERE t.is_open
),
deel AS (
    SELECT s.klachtnummer, s.behandelaar, MIN(s.van) AS van, MAX(s.tot) AS tot, SUM(date_diff('day', s.van, s.tot)) AS dagen
    FROM stuk AS s
    GROUP BY s.klachtnummer, s.behandelaar
),
los AS (
    SELECT s.klachtnummer, s.behandelaar, s.van, s.tot
    FROM stuk AS s
    WHERE s.klachtnummer IN (SELECT d.klachtnummer FROM deel AS d WHERE d.dagen < date_diff('day', d.van, d.tot))
),
begin_en_einde AS (
    SELECT d.behandelaar, d.van AS begonnen_op, d.tot AS geeindigd_op
    FROM deel AS d
    WHERE d.klachtnummer NOT IN (SELECT o.klachtnummer FROM deel AS o WHERE o.dagen < date_diff('day', o.van, o.tot))
    UNION ALL
    SELECT s.behandelaar, s.van, NULL
    FROM los AS s
    LEFT JOIN los AS v
        ON v.klachtnummer = s.klachtnummer AND v.behandelaar IS NOT DISTINCT FROM s.behandelaar AND v.tot = s.van
    WHERE v.klachtnummer IS NULL
    UNION ALL
    SELECT s.behandelaar, NULL, s.tot
    FROM los AS s
    LEFT JOIN los AS n
        ON n.klachtnummer = s.klachtnummer AND n.behandelaar IS NOT DISTINCT FROM s.behandelaar AND n.van = s.tot
    WHERE n.klachtnummer IS NULL
),
beweging AS (
    SELECT b.behandelaar, CAST(date_trunc('month', b.begonnen_op) AS DATE) AS maand, COUNT(*) AS erbij, 0 AS eraf
    FROM begin_en_einde AS b
    WHERE b.begonnen_op IS NOT NULL
    GROUP BY b.behandelaar, date_trunc('month', b.begonnen_op)
    UNION ALL
    SELECT b.behandelaar, CAST(date_trunc('month', b.geeindigd_op) AS DATE), 0, COUNT(*)
    FROM begin_en_einde AS b
    WHERE b.geeindigd_op <= peildatum
    GROUP BY b.behandelaar, date_trunc('month', b.geeindigd_op)
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
