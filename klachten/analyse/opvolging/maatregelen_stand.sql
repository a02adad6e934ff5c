-- Question: How does each maatregel stand on the peildatum?
-- Grain: one row per maatregel of the klachten of a year
-- Step: 8, 10, 11
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block. stand: op tijd, te laat, open, open en te laat or vervallen; against the day agreed with the actienemer.
SELECT
    m.klachtnummer, m.maatregel, m.actienemer, k.vestiging, k.categorie, m.bepaald_op, m.uiterlijk_op,
    CASE WHEN m.geinformeerd_op <= peildatum THEN m.geinformeerd_op END AS geinformeerd_op,
    CASE WHEN m.uitgevoerd_op <= peildatum THEN m.uitgevoerd_op END AS uitgevoerd_op,
    m.wijzigingen,
    CASE
        WHEN m.uitgevoerd_op <= m.uiterlijk_op AND m.uitgevoerd_op <= peildatum THEN 'op tijd'
        WHEN m.uitgevoerd_op <= peildatum THEN 'te laat'
        WHEN m.vervallen_op <= peildatum THEN 'vervallen'
        WHEN m.uiterlijk_op < peildatum THEN 'open en te laat'
        ELSE 'open'
    END AS stand,
    CASE WHEN m.uitgevoerd_op <= peildatum THEN m.uitgevoerd_op ELSE peildatum END - m.bepaald_op AS dagen,
    CASE WHEN m.uitgevoerd_op <= peildatum THEN m.uitgevoerd_op ELSE peildatum END - m.uiterlijk_op AS dagen_te_laat
FROM maatregel AS m
JOIN klacht_selectie(
    peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k ON k.klachtnummer = m.klachtnummer
WHERE m.bepaald_op <= peildatum
