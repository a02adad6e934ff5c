-- Question: In which orders did klachten go through the steps, and how often each?
-- Grain: one row per order of steps and kind of klacht
-- Step: 1-15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- The more frequent first. zonder_rondes: where a deliberate zero makes another path right; niet_mogelijk: which letters
-- nobody could get. Whether an order follows the reglement is computed once per row (proces.py). Imported klachten stay
-- outside while the filter says register.
SELECT
    s.spoor, s.nog_open, s.zonder_rondes, s.niet_mogelijk, CAST(COUNT(*) AS INTEGER) AS klachten, MIN(s.klachtnummer) AS voorbeeld
FROM klacht_spoor(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS s
GROUP BY s.spoor, s.nog_open, s.zonder_rondes, s.niet_mogelijk
ORDER BY COUNT(*) DESC, s.spoor, s.nog_open, s.zonder_rondes, s.niet_mogelijk
