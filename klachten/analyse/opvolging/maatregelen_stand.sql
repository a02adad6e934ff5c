-- Question: How does each maatregel stand on the peildatum?
-- Grain: one row per maatregel of the klachten of a year
-- Step: 8, 10, 11
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block. stand: op tijd, te laat, open, open en te laat or vervallen; against the day agreed with the actienemer. An
-- agreed day that was over stays missed when it is moved or the maatregel cancelled afterwards. With a klacht that is
-- withdrawn its open maatregelen end (vervallen_op). leeftijd: of what is open, in days since it was decided.
WITH maatregel_hier AS (
    SELECT
        m.klachtnummer, m.maatregel, m.actienemer, m.ronde, m.bepaald_op, m.uiterlijk_op, m.geinformeerd_op,
        m.uitgevoerd_op, m.wijzigingen, k.vestiging, k.categorie,
        COALESCE(m.vervallen_op, CASE WHEN m.uitgevoerd_op IS NULL THEN k.ingetrokken_op END) AS vervallen_op,
        m.gemist_op
    FROM maatregel_op(peildatum) AS m
    JOIN klacht_selectie(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k ON k.klachtnummer = m.klachtnummer
),
gemeten AS (
    SELECT
        m.*, COALESCE(m.uitgevoerd_op, m.vervallen_op, peildatum) AS gezien_tot,
        m.gemist_op IS NOT NULL OR COALESCE(m.uitgevoerd_op, m.vervallen_op, peildatum) > m.uiterlijk_op AS is_gemist
    FROM maatregel_hier AS m
)
SELECT
    s.*,
    CASE
        WHEN s.stand NOT IN ('open', 'open en te laat') THEN NULL
        WHEN s.dagen <= 14 THEN '0-14 dagen'
        WHEN s.dagen <= 42 THEN '15-42 dagen'
        WHEN s.dagen <= 90 THEN '43-90 dagen'
        ELSE 'meer dan 90 dagen'
    END AS leeftijd
FROM (
    SELECT
        g.klachtnummer, g.maatregel, g.actienemer, g.ronde, g.vestiging, g.categorie, g.bepaald_op, g.uiterlijk_op,
        g.geinformeerd_op, g.uitgevoerd_op, g.vervallen_op, g.wijzigingen,
        CASE
            WHEN g.uitgevoerd_op IS NOT NULL THEN CASE WHEN g.is_gemist THEN 'te laat' ELSE 'op tijd' END
            WHEN g.vervallen_op IS NOT NULL THEN CASE WHEN g.is_gemist THEN 'te laat' ELSE 'vervallen' END
            WHEN g.is_gemist THEN 'open en te laat'
            ELSE 'open'
        END AS stand,
        date_diff('day', g.bepaald_op, g.gezien_tot) AS dagen,
        date_diff('day', LEAST(g.uiterlijk_op, g.gemist_op), g.gezien_tot) AS dagen_te_laat
    FROM gemeten AS g
) AS s
