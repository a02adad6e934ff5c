-- Question: Which letters to the indiener are missing in a round of a klacht because there was nobody to write to?
-- Grain: one row per klacht of which at least one is
-- Step: 5, 9, 14
-- Parameters: peildatum
-- Building block. A term asks on its last day whether there was somebody to write to (onbereikbaar_op). A step without a
-- term has no last day: there it is the day on which the round went on without the letter, with a later step of the road,
-- as when that step is recorded (volgorde.py); or the day on which the next round began; or else the peildatum.
WITH onbekende AS (
    SELECT k.klachtnummer, string_split(replace(k.stappen, '|', '-|'), '-') AS merken, k.stappen_op AS data
    FROM klacht_op(peildatum) AS k
    WHERE k.klachtnummer IN (SELECT s.klachtnummer FROM onbereikbaar_op(peildatum) AS s) AND k.stappen <> ''
),
merk AS (
    SELECT
        n.klachtnummer, UNNEST(n.merken) AS merk, UNNEST(n.data) AS op, UNNEST(generate_series(1, len(n.data))) AS plaats
    FROM onbekende AS n
),
zet AS (
    SELECT
        m.klachtnummer, m.op, CAST(ltrim(m.merk, '|') AS INTEGER) AS stap,
        1 + COUNT(CASE WHEN m.merk LIKE '|%' THEN 1 END) OVER (PARTITION BY m.klachtnummer ORDER BY m.plaats) AS ronde
    FROM merk AS m
),
ronde AS (
    SELECT z.klachtnummer, z.ronde, MIN(z.op) AS begonnen_op
    FROM zet AS z
    GROUP BY z.klachtnummer, z.ronde
),
brief AS (
    SELECT UNNEST(ARRAY[5, 9, 14]) AS stap
),
gemist AS (
    SELECT
        r.klachtnummer, r.ronde, b.stap,
        COALESCE(
            MIN(CASE WHEN z.ronde = r.ronde AND z.stap > b.stap AND z.stap NOT IN (12, 15) THEN z.op END), MIN(v.begonnen_op)
        ) AS verder_op
    FROM ronde AS r
    CROSS JOIN brief AS b
    JOIN zet AS z ON z.klachtnummer = r.klachtnummer AND z.ronde <= r.ronde
    LEFT JOIN ronde AS v ON v.klachtnummer = r.klachtnummer AND v.ronde = r.ronde + 1
    GROUP BY r.klachtnummer, r.ronde, b.stap
    -- Receipt is acknowledged once, in whatever round.
    HAVING COUNT(CASE WHEN z.stap = b.stap AND (z.ronde = r.ronde OR b.stap = 5) THEN 1 END) = 0
)
SELECT
    g.klachtnummer,
    string_agg(CAST(g.ronde AS VARCHAR) || '.' || CAST(g.stap AS VARCHAR), '-' ORDER BY g.ronde, g.stap) AS niet_mogelijk
FROM gemist AS g
JOIN onbereikbaar_op(peildatum) AS s
    ON s.klachtnummer = g.klachtnummer
    AND s.van <= COALESCE(g.verder_op, peildatum) AND s.tot > COALESCE(g.verder_op, peildatum)
GROUP BY g.klachtnummer
