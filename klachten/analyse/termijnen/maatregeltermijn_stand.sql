-- Question: How does each maatregel stand against the term of its klacht?
-- Grain: one row per maatregel of the first round of a klacht with such a term
-- Step: 11
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of maatregeltermijn. The term is that of the klacht (termijnen, step 11), so only maatregelen of its first
-- round have one. Cancelled after the last day is missed, cancelled before it counts no more. is_rijp: the last day is over.
WITH laatste_dag AS (
    SELECT t.klachtnummer, t.uiterlijk_op
    FROM termijnen(peildatum := peildatum) AS t
    WHERE t.stap = 11 AND t.uiterlijk_op IS NOT NULL
)
SELECT
    s.klachtnummer, s.maatregel,
    CASE
        WHEN s.uitgevoerd_op <= d.uiterlijk_op THEN 'op tijd'
        WHEN s.uitgevoerd_op IS NOT NULL OR s.vervallen_op IS NOT NULL THEN 'te laat'
        WHEN d.uiterlijk_op < peildatum THEN 'te laat, nog open'
        ELSE 'loopt'
    END AS status,
    d.uiterlijk_op < peildatum AS is_rijp
FROM maatregelen_stand(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS s
JOIN laatste_dag AS d ON d.klachtnummer = s.klachtnummer
WHERE s.ronde = 1 AND (s.vervallen_op IS NULL OR s.vervallen_op > d.uiterlijk_op)
