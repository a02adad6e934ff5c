-- Question: Which klachten went through the steps in one of these orders?
-- Grain: one row per klacht
-- Step: 1-15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- The dossiers behind the orders that proces.py found to differ from the reglement; chosen by `sleutel`.
SELECT
    s.klachtnummer, s.vestiging, s.categorie, s.behandelaar, s.ontvangen_op, s.einde, s.geeindigd_op, s.spoor, s.nog_open,
    s.zonder_rondes, s.niet_mogelijk,
    s.spoor || CASE WHEN s.nog_open THEN '/open/' ELSE '/af/' END || s.zonder_rondes
        || CASE WHEN s.niet_mogelijk <> '' THEN '/' || s.niet_mogelijk ELSE '' END AS sleutel
FROM klacht_spoor(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS s
