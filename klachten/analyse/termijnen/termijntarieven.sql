-- Question: Per term, how many were on time, late or still open, if wanted per vestiging, categorie or behandelaar?
-- Grain: one row per term, and per value of the characteristic `per`
-- Step: 5, 7, 11
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst, per
-- The cohort is the year of receipt; the counts are those of termijnnaleving, which knows no filter. per: NULL for all
-- together, or 'vestiging', 'categorie', 'behandelaar'. Of the matured ones: beslist, on which was decided whether the term
-- applies; in_tak, those of them to which it does; laat_beslist and laat_in_tak the same of what was decided after the last
-- day.
WITH stand AS (
    SELECT
        t.*,
        CASE per WHEN 'vestiging' THEN t.vestiging WHEN 'categorie' THEN t.categorie WHEN 'behandelaar' THEN t.behandelaar END
            AS waarde
    FROM termijnkeuze(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS t
),
geteld AS (
    SELECT
        s.reglement, s.herkomst, s.termijn, s.termijn_naam, s.stap, s.waarde, s.status, s.voorbij,
        s.is_beslist, s.in_tak, s.is_laat_beslist, COUNT(*) AS klachten
    FROM stand AS s
    GROUP BY
        s.reglement, s.herkomst, s.termijn, s.termijn_naam, s.stap, s.waarde, s.status, s.voorbij, s.is_beslist,
        s.in_tak, s.is_laat_beslist
)
SELECT
    g.reglement, g.herkomst, g.termijn, g.termijn_naam, g.stap, g.waarde,
    CAST(SUM(CASE WHEN g.status = 'op tijd' THEN g.klachten ELSE 0 END) AS INTEGER) AS op_tijd,
    CAST(SUM(CASE WHEN g.status = 'te laat' THEN g.klachten ELSE 0 END) AS INTEGER) AS te_laat,
    CAST(SUM(CASE WHEN g.status = 'te laat, nog open' THEN g.klachten ELSE 0 END) AS INTEGER) AS te_laat_open,
    CAST(SUM(CASE WHEN g.status = 'loopt' THEN g.klachten ELSE 0 END) AS INTEGER) AS loopt,
    CAST(SUM(CASE WHEN g.status = 'n.v.t.' THEN g.klachten ELSE 0 END) AS INTEGER) AS nvt,
    CAST(SUM(CASE WHEN g.status = 'onbepaald' THEN g.klachten ELSE 0 END) AS INTEGER) AS onbepaald,
    CAST(SUM(CASE WHEN g.status = 'onbepaald, termijn verstreken' THEN g.klachten ELSE 0 END) AS INTEGER)
        AS onbepaald_verstreken,
    CAST(SUM(CASE WHEN g.status = 'ongeldig' THEN g.klachten ELSE 0 END) AS INTEGER) AS ongeldig,
    CAST(SUM(CASE WHEN is_rijp(g.status, g.voorbij) AND g.status = 'op tijd' THEN g.klachten ELSE 0 END) AS INTEGER) AS rijp_op_tijd,
    CAST(SUM(CASE WHEN is_rijp(g.status, g.voorbij) THEN g.klachten ELSE 0 END) AS INTEGER) AS rijp,
    CAST(SUM(CASE WHEN g.voorbij AND g.is_beslist THEN g.klachten ELSE 0 END) AS INTEGER) AS beslist,
    CAST(SUM(CASE WHEN g.voorbij AND g.is_beslist AND g.in_tak THEN g.klachten ELSE 0 END) AS INTEGER) AS in_tak,
    CAST(SUM(CASE WHEN g.voorbij AND g.is_laat_beslist THEN g.klachten ELSE 0 END) AS INTEGER) AS laat_beslist,
    CAST(SUM(CASE WHEN g.voorbij AND g.is_laat_beslist AND g.in_tak THEN g.klachten ELSE 0 END) AS INTEGER) AS laat_in_tak
FROM geteld AS g
GROUP BY g.reglement, g.herkomst, g.termijn, g.termijn_naam, g.stap, g.waarde
ORDER BY g.herkomst DESC, g.reglement, g.stap, g.termijn, g.waarde
