-- Question: How long did each duration of a klacht take in all, and without the days in which the firm waited for the indiener?
-- Grain: one row per klacht and measure
-- Step: 5, 6, 7, 13
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of doorlooptijden_netto and of the dossier. Waiting counts from the day of the question until the day of the
-- answer; what lies outside the duration does not count. wacht_nog: nothing was answered yet on the peildatum.
-- The terms do not stop for it: the reglement knows no suspension.
WITH duur AS (
    SELECT l.*, l.begin_op + CAST(l.instap AS INTEGER) AS in_beeld_op
    FROM looptijd(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS l
),
gewacht AS (
    SELECT
        d.klachtnummer, d.maat,
        SUM(dagen_gewacht(w.begonnen_op, w.beantwoord_op, d.begin_op, d.tot_op)) AS dagen,
        -- What lies before the klacht came under observation is taken off the day of entry as well.
        SUM(dagen_gewacht(w.begonnen_op, w.beantwoord_op, d.begin_op, d.in_beeld_op)) AS dagen_voor_instap,
        BOOL_OR(w.beantwoord_op IS NULL AND d.einde IS NULL) AS nog
    FROM duur AS d
    JOIN wachten_op(peildatum) AS w ON w.klachtnummer = d.klachtnummer AND w.begonnen_op <= d.tot_op
    GROUP BY d.klachtnummer, d.maat
)
SELECT
    d.klachtnummer, d.maat, d.dagen,
    CAST(COALESCE(g.dagen, 0) AS INTEGER) AS gewacht,
    CAST(d.dagen - COALESCE(g.dagen, 0) AS INTEGER) AS netto,
    d.einde,
    -- A klacht for which the firm has waited ever since it came into view stays in it for a day.
    CAST(CASE WHEN d.instap IS NOT NULL THEN NULLIF(GREATEST(0,
        LEAST(d.instap - COALESCE(g.dagen_voor_instap, 0), d.dagen - COALESCE(g.dagen, 0) - 1)
    ), 0) END AS INTEGER) AS instap,
    COALESCE(g.nog, FALSE) AS wacht_nog
FROM duur AS d
LEFT JOIN gewacht AS g ON g.klachtnummer = d.klachtnummer AND g.maat = d.maat
