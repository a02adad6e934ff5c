-- Question: What was kept longer than its term on the peildatum, since when, and what stands in the way of erasing it?
-- Grain: one row per klacht, klacht of an import that was undone, signaal or person; also what has not begun its term because it never ended, as long as it is over it
-- Step: all
-- Parameters: peildatum, standaard, personen, vertrokken
-- standaard is the reglement of what belongs to no klacht, personen the numbers of who has left, vertrokken their last days.
-- A klacht of an import that was undone has no term: from that day on nothing asks for it to be kept.
-- sinds is the first day after the term, NULL while it has not begun. What was erased is not in it; `voorstel` is the fact
-- that proposed to erase the whole dossier and is not answered yet. The one place that says what is due.
WITH termijn_nu AS (
    SELECT
        b.reglement, b.soort, b.vanaf, b.waarde,
        CASE b.eenheid WHEN 'jaren' THEN 12 WHEN 'maanden' THEN 1 ELSE 0 END AS maanden,
        CASE b.eenheid WHEN 'weken' THEN 7 WHEN 'dagen' THEN 1 ELSE 0 END AS dagen
    FROM bewaartermijn AS b
    WHERE peildatum BETWEEN b.geldig_vanaf AND b.geldig_tot
    UNION ALL
    SELECT standaard, 'teruggedraaid', 'einde', 0, 0, 0
),
geschil_nu AS (
    SELECT
        g.klachtnummer,
        MAX(GREATEST(
            g.gemeld_op, COALESCE(g.opgelost_op, g.gemeld_op), COALESCE(g.oordeel_op, g.gemeld_op),
            COALESCE(g.meegedeeld_op, g.gemeld_op), COALESCE(g.opgevolgd_op, g.gemeld_op)
        )) AS laatst_op,
        COUNT(*) FILTER (g.oordeel_op IS NULL AND g.opgelost_op IS NULL) AS lopend
    FROM geschil_op(peildatum) AS g
    GROUP BY g.klachtnummer
),
actie_nu AS (
    SELECT DISTINCT va.jaar, va.categorie
    FROM verbeteractie_op(peildatum) AS va
    WHERE va.uitgevoerd_op IS NULL AND va.vervallen_op IS NULL
),
bewaard AS (
    SELECT
        k.klachtnummer, 'klacht' AS soort, k.reglement, k.ontvangen_op AS van_op,
        CASE WHEN k.einde <> 'open' THEN GREATEST(k.geeindigd_op, COALESCE(g.laatst_op, k.geeindigd_op)) END AS einde_op,
        k.einde = 'open' AS loopt, COALESCE(g.lopend, 0) > 0 AS geschil,
        EXISTS (
            SELECT 1 FROM actie_nu AS a
            WHERE a.jaar = k.jaar AND (COALESCE(a.categorie, '') = '' OR a.categorie = k.categorie)
        ) AS verbeteractie
    FROM klacht_einde(peildatum) AS k
    LEFT JOIN geschil_nu AS g ON g.klachtnummer = k.klachtnummer
    UNION ALL
    -- What became a klacht goes with that klacht.
    SELECT s.klachtnummer, 'signaal', standaard, s.ontvangen_op, CASE WHEN s.status = 'afgedaan' THEN s.van END, s.status = 'open', FALSE, FALSE
    FROM signaal_op(peildatum) AS s
    WHERE s.klacht IS NULL
    UNION ALL
    SELECT p.nummer, 'medewerker', standaard, p.weg_op, p.weg_op, FALSE, FALSE, FALSE
    FROM (SELECT UNNEST(personen) AS nummer, UNNEST(vertrokken) AS weg_op) AS p
    WHERE p.weg_op <= peildatum
    UNION ALL
    -- Over its term on the day itself, so that it ended the day before.
    SELECT t.klachtnummer, 'teruggedraaid', standaard, t.ontvangen_op, t.teruggedraaid_op - 1, FALSE, FALSE, FALSE
    FROM teruggedraaid(peildatum) AS t
    WHERE t.had_tekst
),
gezegd AS (
    SELECT
        g.klachtnummer,
        COUNT(*) FILTER (g.soort IN ('DossierGewist', 'PersoonGewist')) AS gewist,
        MAX(CASE WHEN g.soort = 'BewaarplichtGesteld' THEN g.nr END) AS plicht,
        MAX(CASE WHEN g.soort = 'BewaarplichtOpgeheven' THEN g.nr END) AS opgeheven,
        MAX_BY(CAST(g.gegevens ->> 'tot' AS DATE), g.nr) FILTER (g.soort = 'BewaarplichtGesteld') AS plicht_tot,
        MAX(CASE WHEN g.soort = 'WissenVoorgesteld' AND (g.gegevens ->> 'wie') IS NULL THEN g.nr END) AS voorstel,
        MAX(CASE WHEN g.soort = 'WissenAfgewezen' THEN CAST(g.gegevens ->> 'voorstel' AS BIGINT) END) AS afgewezen
    FROM gebeurtenis AS g
    WHERE
        g.soort IN (
            'DossierGewist', 'PersoonGewist', 'BewaarplichtGesteld', 'BewaarplichtOpgeheven', 'WissenVoorgesteld', 'WissenAfgewezen'
        )
        AND g.gebeurd_op <= peildatum
    GROUP BY g.klachtnummer
),
begonnen AS (
    SELECT
        b.*, t.waarde, t.maanden, t.dagen,
        CASE WHEN t.vanaf = 'ontvangen' THEN b.van_op ELSE b.einde_op END AS begin_op
    FROM bewaard AS b
    JOIN termijn_nu AS t ON t.reglement = b.reglement AND t.soort = b.soort
),
gerekend AS (
    SELECT
        b.*,
        CAST(
            COALESCE(b.begin_op, b.van_op) + b.waarde * b.maanden * INTERVAL '1' MONTH + b.waarde * b.dagen * INTERVAL '1' DAY
            AS DATE
        ) AS tot_op
    FROM begonnen AS b
)
SELECT
    r.klachtnummer, r.soort, r.begin_op, CASE WHEN r.begin_op IS NOT NULL THEN r.tot_op + 1 END AS sinds, r.loopt, r.geschil,
    r.verbeteractie,
    COALESCE(z.plicht > COALESCE(z.opgeheven, 0) AND COALESCE(z.plicht_tot >= peildatum, TRUE), FALSE) AS plicht,
    CASE WHEN z.voorstel > COALESCE(z.afgewezen, 0) THEN z.voorstel END AS voorstel
FROM gerekend AS r
LEFT JOIN gezegd AS z ON z.klachtnummer = r.klachtnummer
WHERE r.tot_op < peildatum AND COALESCE(z.gewist, 0) = 0
ORDER BY sinds, r.klachtnummer
