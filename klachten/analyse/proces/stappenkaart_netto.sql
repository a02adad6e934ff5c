-- Question: How long did each step take, without the days in which the firm waited for the indiener?
-- Grain: one row per step that was done
-- Step: 1-15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- The medians of stappenkaart again. Apart from it, so that who asks for the counts alone does not wait for this.
WITH gewacht AS (
    SELECT
        d.klachtnummer, d.stap,
        SUM(dagen_gewacht(w.begonnen_op, w.beantwoord_op, d.vorige_op, d.op)) AS sinds_vorige,
        SUM(dagen_gewacht(w.begonnen_op, w.beantwoord_op, d.ontvangen_op, d.op)) AS sinds_ontvangst
    FROM stappen_gedaan(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS d
    JOIN wachten_op(peildatum) AS w ON w.klachtnummer = d.klachtnummer AND w.begonnen_op < d.op
    GROUP BY d.klachtnummer, d.stap
)
SELECT
    CAST(d.stap AS INTEGER) AS stap,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY date_diff('day', d.vorige_op, d.op) - COALESCE(g.sinds_vorige, 0)) AS netto_sinds_vorige,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY date_diff('day', d.ontvangen_op, d.op) - COALESCE(g.sinds_ontvangst, 0)) AS netto_sinds_ontvangst
FROM stappen_gedaan(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS d
LEFT JOIN gewacht AS g ON g.klachtnummer = d.klachtnummer AND g.stap = d.stap
GROUP BY d.stap
ORDER BY d.stap
