-- Question: On which days was each klacht open, and with which behandelaar?
-- Grain: one row per klacht and stretch of days in which nothing of it changed
-- Step: 4-13
-- Parameters: peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of werklast; from van up to and without tot, which is never after the day after the peildatum. A klacht that
-- is vervallen by now was open until it was.
SELECT
    s.klachtnummer, s.behandelaar, s.van, LEAST(s.tot, peildatum + 1) AS tot,
    CASE
        WHEN k.vervallen_op IS NOT NULL THEN s.status <> 'vervallen'
        ELSE s.status IN ('ontvangen', 'in onderzoek', 'in behandeling')
    END AS is_open
FROM klacht_stand AS s
JOIN klacht_keuze(
    peildatum, NULL, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k ON k.klachtnummer = s.klachtnummer
WHERE s.van <= peildatum
