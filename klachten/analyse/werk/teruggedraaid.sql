-- Question: Of which klachten was the import undone, on which day, and did it bring any text?
-- Grain: one row per klacht of which the receipt was taken back and not recorded anew, up to and including the peildatum
-- Step: 1
-- Parameters: peildatum
-- Such a klacht is in no other question: it counts nowhere. What was erased since is not looked at: texts change with every fact.
-- Texts are read last, of the klachten that it comes to alone: of all receipts they are most of what a scan costs.
WITH herroepen AS (
    SELECT g.corrigeert AS oorsprong, MAX(g.nr) AS nr, MAX_BY(g.gebeurd_op, g.nr) AS op
    FROM gebeurtenis AS g
    WHERE g.soort IN ('FeitHerroepen') AND g.gebeurd_op <= peildatum
    GROUP BY g.corrigeert
),
ontvangst AS (
    SELECT
        g.klachtnummer, COALESCE(g.corrigeert, g.nr) AS oorsprong, MAX(g.nr) AS nr, MIN(g.gebeurd_op) AS ontvangen_op
    FROM gebeurtenis AS g
    WHERE g.soort IN ('KlachtOntvangen') AND COALESCE(g.corrigeert, g.nr) IN (SELECT h.oorsprong FROM herroepen AS h)
    GROUP BY g.klachtnummer, COALESCE(g.corrigeert, g.nr)
),
terug AS (
    SELECT o.klachtnummer, o.oorsprong, o.ontvangen_op, h.op
    FROM ontvangst AS o
    JOIN herroepen AS h ON h.oorsprong = o.oorsprong
    WHERE h.nr > o.nr
),
met_tekst AS (
    SELECT DISTINCT COALESCE(g.corrigeert, g.nr) AS oorsprong
    FROM gebeurtenis AS g
    WHERE
        g.soort IN ('KlachtOntvangen')
        AND g.klachtnummer IN (SELECT t.klachtnummer FROM terug AS t)
        AND CAST(g.teksten AS VARCHAR) <> '{}'
)
SELECT t.klachtnummer, t.ontvangen_op, t.op AS teruggedraaid_op, m.oorsprong IS NOT NULL AS had_tekst
FROM terug AS t
LEFT JOIN met_tekst AS m ON m.oorsprong = t.oorsprong
