-- Question: Of which klachten was it told that they were not taken into handling, when, and on which ground?
-- Grain: one row per notice
-- Step: 7
-- Parameters: peildatum, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of niet_in_behandeling_gronden: what was undone by a later reopening is here too.
WITH keuze AS (
    SELECT k.klachtnummer, k.status, k.laatste_einde_op, COALESCE(k.grond, '') AS grond
    FROM klacht_selectie(
        peildatum, NULL, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
)
SELECT k.klachtnummer, k.laatste_einde_op AS op, k.grond
FROM keuze AS k
WHERE k.status = 'niet in behandeling'
UNION ALL
SELECT e.klachtnummer, e.geeindigd_op, k.grond
FROM eerder_einde_op(peildatum) AS e
JOIN keuze AS k ON k.klachtnummer = e.klachtnummer
WHERE e.einde = 'niet in behandeling'
