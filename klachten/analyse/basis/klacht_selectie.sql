-- Question: Which klachten count, and how does each stand on the peildatum?
-- Grain: one row per klacht of the filter, without vervallen ones
-- Step: 7, 13
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block. `einde` is open, afgesloten, niet in behandeling or ingetrokken, `geeindigd_op` its date. A klacht that
-- was opened again after the peildatum had ended on it.
SELECT
    k.*,
    CASE
        WHEN e.einde IS NOT NULL THEN e.einde
        WHEN k.laatste_einde_op <= peildatum THEN k.status
        ELSE 'open'
    END AS einde,
    CASE
        WHEN e.einde IS NOT NULL THEN e.geeindigd_op
        WHEN k.laatste_einde_op <= peildatum THEN k.laatste_einde_op
    END AS geeindigd_op
FROM klacht_keuze(
    peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
LEFT JOIN eerder_einde AS e
    ON e.klachtnummer = k.klachtnummer AND e.geeindigd_op <= peildatum AND e.ongedaan_op > peildatum
WHERE k.vervallen_op IS NULL
