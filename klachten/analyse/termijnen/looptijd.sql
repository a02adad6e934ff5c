-- Question: From which day until which does each duration of a klacht run, open ones included?
-- Grain: one row per klacht and measure
-- Step: 5, 7, 13
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of doorlooptijden and doorlooptijden_netto.
-- maat: bevestiging (5) or afsluiting (7, 13). einde is NULL for a klacht that was open on the peildatum: the duration then runs
-- that far, of one taken over until the day its source was drawn. A klacht that ended without acknowledgement gets none any more: that end competes with it, as does that there is nobody to write to any more ('onbereikbaar'). instap is the day since receipt on which a klacht of the
-- backlog came under observation: received over two weeks before the register's first entry, or handled on here after it was
-- taken over; NULL for all others.
WITH begin AS (
    SELECT k.reglement, MIN(k.stap_03_op) AS eerste_op
    FROM klacht_op(peildatum) AS k
    WHERE k.herkomst = 'register' AND k.vervallen_op IS NULL
    GROUP BY k.reglement
),
keuze AS (
    SELECT
        k.klachtnummer, k.ontvangen_op, v.bekend_tot, NULLIF(k.einde, 'open') AS einde, k.geeindigd_op,
        k.stap_05_op AS bevestigd_op,
        CASE
            WHEN k.voortgezet_op > k.ontvangen_op THEN date_diff('day', k.ontvangen_op, k.voortgezet_op)
            WHEN k.herkomst = 'register' AND date_diff('day', k.ontvangen_op, b.eerste_op) > 14 THEN date_diff('day', k.ontvangen_op, b.eerste_op)
        END AS instap
    FROM klacht_selectie(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
    LEFT JOIN begin AS b ON b.reglement = k.reglement
    LEFT JOIN overgenomen_bron AS v ON v.bron = k.bron AND k.herkomst = 'overgenomen'
),
-- Since when there is nobody to write to, of the klachten where that is so now.
onbereikbaar AS (
    SELECT n.klachtnummer, COALESCE(MAX(CASE WHEN n.onbereikbaar IS NOT TRUE THEN n.tot END), MIN(n.van)) AS van
    FROM nader_stand AS n
    -- Of most nothing of the kind was ever said: then there is nothing to look back to, and the table is not grouped.
    WHERE n.van <= peildatum AND n.klachtnummer IN (SELECT o.klachtnummer FROM nader_stand AS o WHERE o.onbereikbaar)
    GROUP BY n.klachtnummer
    HAVING arg_max(COALESCE(n.onbereikbaar, FALSE), n.van)
),
meting AS (
    SELECT
        k.klachtnummer, 'bevestiging' AS maat, k.ontvangen_op AS begin_op,
        COALESCE(k.bevestigd_op, LEAST(k.geeindigd_op, o.van), LEAST(k.bekend_tot, peildatum)) AS tot_op,
        CASE
            WHEN k.bevestigd_op IS NOT NULL THEN 'bevestigd'
            WHEN o.van < k.geeindigd_op OR (o.van IS NOT NULL AND k.geeindigd_op IS NULL) THEN 'onbereikbaar'
            ELSE k.einde
        END AS einde,
        k.instap
    FROM keuze AS k
    LEFT JOIN onbereikbaar AS o ON o.klachtnummer = k.klachtnummer
    -- An indiener who stays unknown without an address cannot be told, and does not wait for it; one who became so did until then.
    WHERE k.bevestigd_op IS NOT NULL OR o.van IS NULL OR o.van > k.ontvangen_op
    UNION ALL
    SELECT
        k.klachtnummer, 'afsluiting', k.ontvangen_op, COALESCE(k.geeindigd_op, LEAST(k.bekend_tot, peildatum)), k.einde, k.instap
    FROM keuze AS k
)
SELECT m.klachtnummer, m.maat, m.begin_op, m.tot_op, date_diff('day', m.begin_op, m.tot_op) AS dagen, m.einde, m.instap
FROM meting AS m
WHERE m.tot_op >= m.begin_op AND (m.instap IS NULL OR date_diff('day', m.begin_op, m.tot_op) > m.instap)
