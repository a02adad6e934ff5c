-- Question: Until when does each term of each klacht run, and how does it stand on the peildatum?
-- Grain: one row per klacht and term of the reglement version that the klacht keeps, without vervallen and later klachten
-- Step: every step that ends a term: 5, 7 and 11 in coulant; 7 and 13 in awb9
-- Parameters: peildatum
-- The only place where deadlines are computed. The day a term starts does not count, the last day is still on time.
-- What happened after the peildatum has not happened yet. As known now instead: an extension, the kenmerken, and a
-- closing (13) that a later reopening undid.
WITH kalender AS (
    -- As arrays in one row: a join with 26,000 days for every term of every klacht takes four times as long.
    SELECT
        MIN(dag) AS eerste_dag,
        ARRAY_AGG(eerstvolgende_werkdag ORDER BY dag) AS eerstvolgende_werkdagen,
        ARRAY_AGG(werkdagnr ORDER BY dag) AS werkdagnrs,
        ARRAY_AGG(dag ORDER BY dag) FILTER (WHERE werkdag) AS werkdagen,
        MIN(CASE WHEN werkdag THEN werkdagnr END) AS eerste_werkdagnr
    FROM dag
),
-- One row per version, kenmerken and term, so that the join with klacht is one on equality, which is planned right.
termijnversie AS (
    SELECT
        v.reglement, v.reglement_versie, v.kenmerktekst, t.termijn, t.naam AS termijn_naam, t.stap, t.eenheid,
        t.geldt, t.verschuift, t.verlenging_waarde, t.verlenging_eenheid,
        CASE WHEN t.vanaf <> 'ontvangen' THEN CAST(RIGHT(t.vanaf, 2) AS INTEGER) END AS vanaf_stap,
        -- A reglement names at most three steps that end a term.
        t.einde[1] AS einde_1, t.einde[2] AS einde_2, t.einde[3] AS einde_3,
        -- A kenmerk may set another length; of several the longest counts.
        COALESCE(MAX(CASE WHEN t.kenmerk IS NOT NULL THEN t.waarde END), MAX(t.waarde)) AS waarde
    FROM (
        SELECT reglement, reglement_versie, ARRAY_TO_STRING(kenmerken, ',') AS kenmerktekst, MIN(kenmerken) AS kenmerken
        FROM klacht
        GROUP BY reglement, reglement_versie, ARRAY_TO_STRING(kenmerken, ',')
    ) AS v
    JOIN termijn AS t
        ON t.reglement = v.reglement
        AND v.reglement_versie BETWEEN t.geldig_vanaf AND COALESCE(t.geldig_tot, DATE '9999-12-31')
        AND (t.kenmerk IS NULL OR list_contains(v.kenmerken, t.kenmerk))
    GROUP BY
        v.reglement, v.reglement_versie, v.kenmerktekst, t.termijn, t.naam, t.stap, t.eenheid, t.einde,
        t.geldt, t.verschuift, t.verlenging_waarde, t.verlenging_eenheid, t.vanaf
),
-- Step 11 as it stood on the peildatum, for klachten on which something happened since.
uitvoering_toen AS (
    SELECT
        m.klachtnummer,
        CASE WHEN COUNT(*) = COUNT(CASE WHEN m.uitgevoerd_op <= peildatum THEN 1 END) THEN MAX(m.uitgevoerd_op) END AS stap_11_op
    FROM maatregel AS m
    JOIN klacht AS k ON k.klachtnummer = m.klachtnummer
    WHERE k.laatste_op > peildatum AND m.bepaald_op <= peildatum AND (m.vervallen_op IS NULL OR m.vervallen_op > peildatum)
    GROUP BY m.klachtnummer
),
klacht_toen AS (
    SELECT
        k.klachtnummer, k.jaar, k.vestiging, k.categorie, k.behandelaar, k.herkomst, k.reglement, k.reglement_versie,
        ARRAY_TO_STRING(k.kenmerken, ',') AS kenmerktekst, k.ontvangen_op, k.zonder_maatregelen AND k.maatregelen = 0 AS niets_uit_te_voeren,
        COALESCE(k.stap_07_op <= peildatum, FALSE) AS niet_in_behandeling,
        COALESCE(k.stap_08_op <= peildatum, FALSE) AS in_behandeling,
        CASE WHEN k.ingetrokken_op <= peildatum THEN k.ingetrokken_op END AS teruggenomen_op,
        ARRAY[
            k.stap_01_op, k.stap_02_op, k.stap_03_op, k.stap_04_op, k.stap_05_op, k.stap_06_op, k.stap_07_op,
            k.stap_08_op, k.stap_09_op, k.stap_10_op,
            CASE WHEN k.laatste_op > peildatum THEN u.stap_11_op ELSE k.stap_11_op END,
            k.stap_12_op, k.stap_13_op, k.stap_14_op, k.stap_15_op
        ] AS stappen_op
    FROM klacht AS k
    LEFT JOIN uitvoering_toen AS u ON u.klachtnummer = k.klachtnummer
    WHERE k.vervallen_op IS NULL AND k.ontvangen_op <= peildatum
),
lopend AS (
    SELECT
        k.klachtnummer, k.jaar, k.vestiging, k.categorie, k.behandelaar, k.herkomst, k.reglement, k.ontvangen_op,
        k.teruggenomen_op, t.termijn, t.termijn_naam, t.stap, t.eenheid, t.waarde, t.verschuift,
        t.verlenging_waarde, t.verlenging_eenheid,
        CASE WHEN t.vanaf_stap IS NULL THEN k.ontvangen_op ELSE k.stappen_op[t.vanaf_stap] END AS begin_op,
        CASE
            WHEN t.einde_2 IS NULL THEN k.stappen_op[t.einde_1]
            ELSE LEAST(k.stappen_op[t.einde_1], k.stappen_op[t.einde_2], k.stappen_op[t.einde_3])
        END AS eerste_einde_op,
        CASE
            WHEN t.geldt = 'altijd' THEN 'ja'
            WHEN NOT k.in_behandeling AND NOT k.niet_in_behandeling THEN 'onbekend'
            WHEN t.geldt = 'niet_in_behandeling' AND NOT k.niet_in_behandeling THEN 'nee'
            WHEN t.geldt = 'in_behandeling' AND NOT k.in_behandeling THEN 'nee'
            -- A deliberate zero: there is nothing to carry out.
            WHEN t.geldt = 'in_behandeling' AND t.einde_1 = 11 AND t.einde_2 IS NULL AND k.niets_uit_te_voeren THEN 'nee'
            ELSE 'ja'
        END AS geldt
    FROM klacht_toen AS k
    JOIN termijnversie AS t
        ON t.reglement = k.reglement AND t.reglement_versie = k.reglement_versie AND t.kenmerktekst = k.kenmerktekst
),
begonnen AS (
    SELECT
        l.*,
        CASE WHEN l.begin_op <= peildatum THEN l.begin_op END AS start_op,
        -- Of several ends the earliest; when that lies after the peildatum, so do the others.
        CASE WHEN l.eerste_einde_op <= peildatum THEN l.eerste_einde_op END AS einde_op
    FROM lopend AS l
),
gerekend AS (
    SELECT
        l.*, d.eerste_dag, d.eerstvolgende_werkdagen,
        CASE l.eenheid
            WHEN 'dagen' THEN l.start_op + l.waarde
            WHEN 'weken' THEN l.start_op + 7 * l.waarde
            -- The 31st plus a month is the last day of a shorter month.
            WHEN 'maanden' THEN CAST(l.start_op + l.waarde * INTERVAL '1' MONTH AS DATE)
            WHEN 'werkdagen' THEN
                CASE WHEN l.start_op >= d.eerste_dag THEN
                    d.werkdagen[d.werkdagnrs[l.start_op - d.eerste_dag + 1] + l.waarde - d.eerste_werkdagnr + 1]
                END
        END AS ruw_op
    FROM begonnen AS l
    CROSS JOIN kalender AS d
),
verschoven AS (
    SELECT
        b.*,
        CASE WHEN b.ruw_op >= b.eerste_dag THEN b.eerstvolgende_werkdagen[b.ruw_op - b.eerste_dag + 1] END AS verschoven_op
    FROM gerekend AS b
),
begrensd AS (
    SELECT
        v.*, g.grond AS gesteld_grond,
        COALESCE(g.uiterlijk_op, CASE WHEN v.verschuift THEN v.verschoven_op END, v.ruw_op) AS uiterlijk_op,
        CASE v.verlenging_eenheid
            WHEN 'dagen' THEN v.ruw_op + v.verlenging_waarde
            WHEN 'weken' THEN v.ruw_op + 7 * v.verlenging_waarde
            WHEN 'maanden' THEN CAST(v.ruw_op + v.verlenging_waarde * INTERVAL '1' MONTH AS DATE)
        END AS verlengbaar_tot
    FROM verschoven AS v
    LEFT JOIN gestelde_termijn AS g ON g.klachtnummer = v.klachtnummer AND g.termijn = v.termijn
),
vergeleken AS (
    SELECT
        v.*,
        -- Unknown while the term has not started: what is done before the clock runs is on time.
        COALESCE(v.einde_op, v.teruggenomen_op, peildatum) > v.uiterlijk_op AS over_tijd
    FROM begrensd AS v
),
beoordeeld AS (
    SELECT
        v.*,
        CASE
            WHEN v.einde_op IS NOT NULL THEN
                CASE WHEN v.einde_op < v.ontvangen_op THEN 'ongeldig' WHEN v.over_tijd THEN 'te laat' ELSE 'op tijd' END
            WHEN v.geldt = 'nee' THEN 'n.v.t.'
            WHEN v.teruggenomen_op IS NOT NULL AND v.over_tijd IS NOT TRUE THEN 'n.v.t.'
            -- Withdrawn after the last day without a decision stays undecided: it must not improve the score.
            WHEN v.geldt = 'onbekend' AND v.over_tijd THEN 'onbepaald, termijn verstreken'
            WHEN v.geldt = 'onbekend' OR v.over_tijd IS NULL THEN 'onbepaald'
            WHEN v.teruggenomen_op IS NOT NULL THEN 'te laat'
            WHEN v.over_tijd THEN 'te laat, nog open'
            ELSE 'loopt'
        END AS status
    FROM vergeleken AS v
)
SELECT
    b.klachtnummer, b.jaar, b.vestiging, b.categorie, b.behandelaar, b.herkomst, b.reglement,
    b.termijn, b.termijn_naam, b.stap, b.ontvangen_op, b.start_op, b.uiterlijk_op, b.verschoven_op, b.verlengbaar_tot,
    b.gesteld_grond, b.einde_op, b.status,
    CASE
        WHEN b.teruggenomen_op IS NULL
            AND b.status IN ('loopt', 'te laat, nog open', 'onbepaald', 'onbepaald, termijn verstreken')
            THEN b.uiterlijk_op - peildatum
    END AS dagen_over
FROM beoordeeld AS b
