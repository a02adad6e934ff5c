-- Question: Per term and period, how many were on time, late or still open, and of how many can it not be said?
-- Grain: one row per reglement, origin, term and period of the cohort
-- Step: every step that ends a term
-- Parameters: peildatum, vanaf, tot, cohort
-- cohort 'ontvangst': the period in which the klacht was received; 'termijn': that of the last day of the term.
-- The matured ones (rijp) are those whose last day has passed: only they make the headline. beslist, in_tak, laat_beslist and
-- laat_in_tak as in termijntarieven.
WITH groep AS (
    -- Counted by status first: ten conditions on a few hundred groups instead of on every term.
    SELECT
        t.reglement, t.herkomst, t.termijn, t.termijn_naam, t.stap, t.status, periode_start(t.dag, vanaf, tot) AS jaar,
        t.voorbij, t.is_beslist, t.in_tak, t.is_laat_beslist, t.aantal
    FROM (
        SELECT
            r.reglement, r.herkomst, r.termijn, r.termijn_naam, r.stap, r.status,
            CASE WHEN cohort = 'termijn' THEN r.uiterlijk_op ELSE r.ontvangen_op END AS dag,
            is_voorbij(r.uiterlijk_op, r.gezien_op) AS voorbij, r.besloten_op IS NOT NULL AS is_beslist, r.in_tak,
            COALESCE(r.besloten_op > r.uiterlijk_op, FALSE) AS is_laat_beslist,
            COUNT(*) AS aantal
        FROM termijnen(peildatum := peildatum) AS r
        GROUP BY
            r.reglement, r.herkomst, r.termijn, r.termijn_naam, r.stap, r.status,
            CASE WHEN cohort = 'termijn' THEN r.uiterlijk_op ELSE r.ontvangen_op END,
            is_voorbij(r.uiterlijk_op, r.gezien_op), r.besloten_op IS NOT NULL, r.in_tak,
            COALESCE(r.besloten_op > r.uiterlijk_op, FALSE)
    ) AS t
    WHERE COALESCE(in_periode(t.dag, vanaf, tot), TRUE)
)
SELECT
    g.reglement, g.herkomst, g.termijn, g.termijn_naam, g.stap,
    CAST(g.jaar AS INTEGER) AS jaar,
    CAST(SUM(CASE WHEN g.status = 'op tijd' THEN g.aantal ELSE 0 END) AS INTEGER) AS op_tijd,
    CAST(SUM(CASE WHEN g.status = 'te laat' THEN g.aantal ELSE 0 END) AS INTEGER) AS te_laat,
    CAST(SUM(CASE WHEN g.status = 'te laat, nog open' THEN g.aantal ELSE 0 END) AS INTEGER) AS te_laat_open,
    CAST(SUM(CASE WHEN g.status = 'loopt' THEN g.aantal ELSE 0 END) AS INTEGER) AS loopt,
    CAST(SUM(CASE WHEN g.status = 'n.v.t.' THEN g.aantal ELSE 0 END) AS INTEGER) AS nvt,
    CAST(SUM(CASE WHEN g.status = 'onbepaald' THEN g.aantal ELSE 0 END) AS INTEGER) AS onbepaald,
    CAST(SUM(CASE WHEN g.status = 'onbepaald, termijn verstreken' THEN g.aantal ELSE 0 END) AS INTEGER)
        AS onbepaald_verstreken,
    CAST(SUM(CASE WHEN g.status = 'ongeldig' THEN g.aantal ELSE 0 END) AS INTEGER) AS ongeldig,
    CAST(SUM(CASE WHEN is_rijp(g.status, g.voorbij) AND g.status = 'op tijd' THEN g.aantal ELSE 0 END) AS INTEGER) AS rijp_op_tijd,
    CAST(SUM(CASE WHEN is_rijp(g.status, g.voorbij) THEN g.aantal ELSE 0 END) AS INTEGER) AS rijp,
    CAST(SUM(CASE WHEN g.voorbij AND g.is_beslist THEN g.aantal ELSE 0 END) AS INTEGER) AS beslist,
    CAST(SUM(CASE WHEN g.voorbij AND g.is_beslist AND g.in_tak THEN g.aantal ELSE 0 END) AS INTEGER) AS in_tak,
    CAST(SUM(CASE WHEN g.voorbij AND g.is_laat_beslist THEN g.aantal ELSE 0 END) AS INTEGER) AS laat_beslist,
    CAST(SUM(CASE WHEN g.voorbij AND g.is_laat_beslist AND g.in_tak THEN g.aantal ELSE 0 END) AS INTEGER) AS laat_in_tak
FROM groep AS g
GROUP BY g.reglement, g.herkomst, g.termijn, g.termijn_naam, g.stap, g.jaar
ORDER BY g.herkomst DESC, g.reglement, g.stap, g.termijn, g.jaar
