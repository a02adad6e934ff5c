-- Question: Which klachten missed a term, by how much, and was a reason recorded?
-- Grain: one row per klacht and term that was missed
-- Step: 5, 7, 11
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- What is still open first, the worst first. redenen: the codes of the deviations for which a reason was recorded on the
-- step that ended the term, or that it is late when that was explained while it was open; the reason itself is a text in the dossier, with the number of the fact (reden_nr).
WITH laat AS (
    SELECT
        t.klachtnummer, t.termijn, t.termijn_naam, t.stap, t.vestiging, t.categorie, t.behandelaar, t.ontvangen_op,
        t.uiterlijk_op, t.einde_op, t.status,
        date_diff('day', t.uiterlijk_op, CASE WHEN t.einde_op IS NOT NULL THEN t.einde_op ELSE t.gezien_op END) AS dagen_te_laat
    FROM termijnen(peildatum := peildatum) AS t
    -- A join: as IN (...) DuckDB 2.0 cannot bind it beside the joins of termijnen.
    JOIN (
        SELECT k.klachtnummer
        FROM klacht_selectie(
            peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
        ) AS k
    ) AS gekozen ON gekozen.klachtnummer = t.klachtnummer
    WHERE
        t.status IN ('te laat', 'te laat, nog open', 'onbepaald, termijn verstreken')
        AND t.ontvangen_op BETWEEN COALESCE(vanaf, DATE '1000-01-01') AND COALESCE(tot, peildatum)
),
reden AS (
    SELECT
        f.klachtnummer, f.stap, MAX(f.nr) AS reden_nr,
        array_to_string(
            list_sort(list(DISTINCT array_to_string(CAST(f.gegevens -> 'afwijkingen' AS VARCHAR[]), ' '))), ' '
        ) AS redenen
    FROM feit(NULL, NULL) AS f
    WHERE
        f.gebeurd_op <= peildatum AND (f.gegevens -> 'afwijkingen') IS NOT NULL
        AND f.klachtnummer IN (SELECT l.klachtnummer FROM laat AS l)
    GROUP BY f.klachtnummer, f.stap
),
-- Said while the term was open, before any step ended it.
toegelicht AS (
    SELECT f.klachtnummer, f.gegevens ->> 'termijn' AS termijn, MAX(f.nr) AS reden_nr
    FROM feit(NULL, NULL) AS f
    WHERE
        f.gebeurd_op <= peildatum AND f.soort = 'VertragingToegelicht'
        AND f.klachtnummer IN (SELECT l.klachtnummer FROM laat AS l)
    GROUP BY 1, 2
)
SELECT
    l.*,
    COALESCE(r.redenen, CASE WHEN v.reden_nr IS NOT NULL THEN 'te_laat:' || l.termijn END) AS redenen,
    COALESCE(r.reden_nr, v.reden_nr) AS reden_nr
FROM laat AS l
LEFT JOIN toegelicht AS v ON v.klachtnummer = l.klachtnummer AND v.termijn = l.termijn
LEFT JOIN reden AS r ON r.klachtnummer = l.klachtnummer AND r.stap = l.stap
ORDER BY
    CASE l.status WHEN 'te laat, nog open' THEN 1 WHEN 'onbepaald, termijn verstreken' THEN 2 ELSE 3 END,
    l.dagen_te_laat DESC, l.klachtnummer, l.stap
