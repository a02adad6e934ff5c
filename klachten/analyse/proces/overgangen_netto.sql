-- Question: After how many days does a step follow another, without the days in which the firm waited for the indiener?
-- Grain: one row per pair of steps
-- Step: 1-15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- The medians of overgangen again; see stappenkaart_netto.
WITH elk_paar AS (
    SELECT p.*
    FROM spoor_paren(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS p
    WHERE p.dagen >= 0
),
wachtend AS (
    SELECT DISTINCT w.klachtnummer FROM wachten_op(peildatum) AS w
),
paar AS (
    SELECT p.klachtnummer, p.van, p.naar, p.van_op, p.naar_op, p.dagen, COUNT(*) AS keer
    FROM elk_paar AS p
    WHERE p.klachtnummer IN (SELECT w.klachtnummer FROM wachtend AS w)
    GROUP BY p.klachtnummer, p.van, p.naar, p.van_op, p.naar_op, p.dagen
),
gewacht AS (
    SELECT
        p.klachtnummer, p.van, p.naar, p.van_op, p.naar_op,
        SUM(dagen_gewacht(w.begonnen_op, w.beantwoord_op, p.van_op, p.naar_op)) AS dagen
    FROM paar AS p
    JOIN wachten_op(peildatum) AS w ON w.klachtnummer = p.klachtnummer AND w.begonnen_op < p.naar_op
    GROUP BY p.klachtnummer, p.van, p.naar, p.van_op, p.naar_op
),
elk AS (
    -- In most klachten nobody waited for anything.
    SELECT p.van, p.naar, p.dagen
    FROM elk_paar AS p
    WHERE p.klachtnummer NOT IN (SELECT w.klachtnummer FROM wachtend AS w)
    UNION ALL
    -- As often as it happened, also twice on one day.
    SELECT p.van, p.naar, p.dagen - COALESCE(g.dagen, 0) AS dagen
    FROM (SELECT q.*, UNNEST(generate_series(1, q.keer)) AS nr FROM paar AS q) AS p
    LEFT JOIN gewacht AS g
        ON g.klachtnummer = p.klachtnummer AND g.van = p.van AND g.naar = p.naar AND g.van_op = p.van_op AND g.naar_op = p.naar_op
)
SELECT e.van, e.naar, percentile_cont(0.5) WITHIN GROUP (ORDER BY e.dagen) AS netto_dagen
FROM elk AS e
GROUP BY e.van, e.naar
ORDER BY e.van, e.naar
