-- Question: Until when does each term of each klacht run, and how does it stand on the peildatum?
-- Grain: one row per klacht and term of the reglement version that the klacht keeps, without vervallen and later klachten
-- Step: every step that ends a term: 5, 7 and 11 in coulant; 7 and 13 in awb9
-- Parameters: peildatum
-- The only place where deadlines are computed. The day a term starts does not count, the last day is still on time.
-- Judged is the first round of a klacht, up to its first closing, notice or withdrawal, with the maatregelen decided in it;
-- what a reopening adds has its own agreed days. What happens after a withdrawal ends no term. A maatregel that is cancelled
-- after the last day leaves the term missed. A letter is no term (n.v.t.) when there was nobody to write to on the last day;
-- who could be written to until then and not any more was not told in time. A term that was taken over with a clock
-- (uiterlijk_om) was met until that moment of its last day, and runs until the end of it. gezien_op: of a klacht taken over
-- nothing is known after the day its source was drawn, so it is judged as of that day. Of one that is handled on here a term
-- that a step in the other system ended is not judged here (n.v.t.). No last day: no term. in_tak: whether the term applies; besloten_op: since when
-- that is known (the headline needs both).
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
        SELECT k.reglement, k.reglement_versie, ARRAY_TO_STRING(k.kenmerken, ',') AS kenmerktekst, MIN(k.kenmerken) AS kenmerken
        FROM klacht_op(peildatum) AS k
        GROUP BY k.reglement, k.reglement_versie, ARRAY_TO_STRING(k.kenmerken, ',')
    ) AS v
    JOIN termijn AS t
        ON t.reglement = v.reglement
        AND v.reglement_versie BETWEEN t.geldig_vanaf AND COALESCE(t.geldig_tot, DATE '9999-12-31')
        AND (t.kenmerk IS NULL OR list_contains(v.kenmerken, t.kenmerk))
    GROUP BY
        v.reglement, v.reglement_versie, v.kenmerktekst, t.termijn, t.naam, t.stap, t.eenheid, t.einde,
        t.geldt, t.verschuift, t.verlenging_waarde, t.verlenging_eenheid, t.vanaf
),
klacht_toen AS (
    SELECT
        k.klachtnummer, k.jaar, k.vestiging, k.categorie, k.behandelaar, k.herkomst, k.reglement, k.reglement_versie,
        ARRAY_TO_STRING(k.kenmerken, ',') AS kenmerktekst, k.ontvangen_op, k.eerste_besluit, k.eerste_besluit_op,
        k.eerste_vervallen_op, COALESCE(n.onbereikbaar, FALSE) AS onbereikbaar, LEAST(b.bekend_tot, peildatum) AS gezien_op,
        k.elders_gedaan,
        CASE WHEN k.eerste_einde = 'ingetrokken' THEN k.eerste_einde_op END AS teruggenomen_op,
        ARRAY[
            k.stap_01_op, k.stap_02_op, k.stap_03_op, k.stap_04_op, k.stap_05_op, k.stap_06_op,
            CASE WHEN k.eerste_einde = 'niet in behandeling' THEN k.eerste_einde_op END,
            k.stap_08_op, k.stap_09_op, k.stap_10_op, k.eerste_uitgevoerd_op, k.stap_12_op,
            CASE WHEN k.eerste_einde = 'afgesloten' THEN k.eerste_einde_op END,
            k.eerste_meegedeeld_op, k.stap_15_op
        ] AS stapdagen
    FROM klacht_op(peildatum) AS k
    LEFT JOIN nader_op(peildatum) AS n ON n.klachtnummer = k.klachtnummer
    LEFT JOIN overgenomen_bron AS b ON b.bron = k.bron AND k.herkomst = 'overgenomen'
    WHERE k.vervallen_op IS NULL
),
lopend AS (
    SELECT
        k.klachtnummer, k.jaar, k.vestiging, k.categorie, k.behandelaar, k.herkomst, k.reglement, k.ontvangen_op,
        k.teruggenomen_op, k.eerste_besluit, k.eerste_vervallen_op, k.gezien_op, t.termijn, t.termijn_naam, t.stap, t.eenheid, t.waarde, t.verschuift,
        t.verlenging_waarde, t.verlenging_eenheid,
        CASE WHEN t.vanaf_stap IS NULL THEN k.ontvangen_op ELSE k.stapdagen[t.vanaf_stap] END AS begin_op,
        CASE
            WHEN t.einde_2 IS NULL THEN k.stapdagen[t.einde_1]
            ELSE LEAST(k.stapdagen[t.einde_1], k.stapdagen[t.einde_2], k.stapdagen[t.einde_3])
        END AS eerste_einde_op,
        CASE
            WHEN t.einde_2 IS NULL THEN t.einde_1
            WHEN k.stapdagen[t.einde_1] <= LEAST(k.stapdagen[t.einde_2], k.stapdagen[t.einde_3]) THEN t.einde_1
            WHEN k.stapdagen[t.einde_2] <= LEAST(k.stapdagen[t.einde_1], k.stapdagen[t.einde_3]) THEN t.einde_2
            WHEN t.einde_3 IS NOT NULL AND k.stapdagen[t.einde_3] IS NOT NULL THEN t.einde_3
            WHEN k.stapdagen[t.einde_1] IS NOT NULL THEN t.einde_1
            ELSE t.einde_2
        END AS einde_stap,
        CASE
            WHEN t.geldt = 'altijd' THEN 'ja'
            WHEN k.eerste_besluit IS NULL THEN 'onbekend'
            WHEN t.geldt = 'niet_in_behandeling' AND k.eerste_besluit <> 'niet in behandeling' THEN 'nee'
            WHEN t.geldt = 'in_behandeling' AND k.eerste_besluit = 'niet in behandeling' THEN 'nee'
            -- A deliberate zero: there is nothing to carry out.
            WHEN t.geldt = 'in_behandeling' AND t.einde_1 = 11 AND t.einde_2 IS NULL AND k.eerste_besluit = 'geen maatregelen'
                THEN 'nee'
            ELSE 'ja'
        END AS geldt,
        CASE WHEN t.geldt = 'altijd' THEN k.ontvangen_op ELSE k.eerste_besluit_op END AS besloten_op,
        t.geldt = 'in_behandeling' AND t.einde_1 = 11 AND t.einde_2 IS NULL AS is_uitvoering,
        t.einde_1 IN (5, 9, 14) AND t.einde_2 IS NULL AS is_brief, k.onbereikbaar,
        CASE
            WHEN k.elders_gedaan IS NULL THEN FALSE
            ELSE COALESCE(list_contains(k.elders_gedaan, t.einde_1), FALSE)
                OR COALESCE(list_contains(k.elders_gedaan, t.einde_2), FALSE)
                OR COALESCE(list_contains(k.elders_gedaan, t.einde_3), FALSE)
                -- It was decided there to handle the klacht.
                OR (t.geldt = 'niet_in_behandeling' AND list_contains(k.elders_gedaan, 8))
                -- When it began is not known.
                OR COALESCE(list_contains(k.elders_gedaan, t.vanaf_stap) AND k.stapdagen[t.vanaf_stap] IS NULL, FALSE)
        END AS is_elders
    FROM klacht_toen AS k
    JOIN termijnversie AS t
        ON t.reglement = k.reglement AND t.reglement_versie = k.reglement_versie AND t.kenmerktekst = k.kenmerktekst
),
begonnen AS (
    SELECT
        l.*, l.begin_op AS start_op,
        -- What happens after a withdrawal ends no term.
        CASE WHEN l.teruggenomen_op IS NULL OR l.eerste_einde_op <= l.teruggenomen_op THEN l.eerste_einde_op END AS geldig_einde_op
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
                    d.werkdagen[d.werkdagnrs[dagen_tussen(d.eerste_dag, l.start_op) + 1] + l.waarde - d.eerste_werkdagnr + 1]
                END
        END AS ruw_op
    FROM begonnen AS l
    CROSS JOIN kalender AS d
),
verschoven AS (
    SELECT
        b.*,
        CASE WHEN b.ruw_op >= b.eerste_dag THEN b.eerstvolgende_werkdagen[dagen_tussen(b.eerste_dag, b.ruw_op) + 1] END AS verschoven_op
    FROM gerekend AS b
),
begrensd AS (
    SELECT
        v.*, g.grond AS gesteld_grond, g.uiterlijk_om, g.na_klok,
        COALESCE(g.uiterlijk_op, CASE WHEN v.verschuift THEN v.verschoven_op END, v.ruw_op) AS uiterlijk_op,
        CASE v.verlenging_eenheid
            WHEN 'dagen' THEN v.ruw_op + v.verlenging_waarde
            WHEN 'weken' THEN v.ruw_op + 7 * v.verlenging_waarde
            WHEN 'maanden' THEN CAST(v.ruw_op + v.verlenging_waarde * INTERVAL '1' MONTH AS DATE)
        END AS verlengbaar_tot
    FROM verschoven AS v
    LEFT JOIN gestelde_termijn_op(peildatum) AS g ON g.klachtnummer = v.klachtnummer AND g.termijn = v.termijn
),
nagekomen AS (
    SELECT
        v.*,
        v.is_uitvoering AND COALESCE(v.eerste_vervallen_op > v.uiterlijk_op, FALSE) AS is_ontlopen,
        CASE
            WHEN v.is_uitvoering AND v.eerste_vervallen_op > v.uiterlijk_op THEN CASE v.eerste_besluit
                WHEN 'geen maatregelen' THEN v.eerste_vervallen_op
                WHEN 'maatregelen' THEN CASE
                    WHEN v.geldig_einde_op IS NOT NULL THEN GREATEST(v.geldig_einde_op, v.eerste_vervallen_op)
                END
            END
            ELSE v.geldig_einde_op
        END AS einde_op
    FROM begrensd AS v
),
vergeleken AS (
    SELECT
        v.*,
        -- A letter that could not be sent on the last day, and was not before: who became unknown later was not told in time.
        o.klachtnummer IS NOT NULL AND (v.einde_op IS NULL OR COALESCE(v.einde_op > v.uiterlijk_op, FALSE)) AS is_onmogelijk,
        -- Nor can it be sent any more, for now.
        v.is_brief AND v.onbereikbaar AS is_verkeken,
        -- Unknown while the term has not started: what is done before the clock runs is on time.
        COALESCE(v.einde_op, v.teruggenomen_op, v.gezien_op) > v.uiterlijk_op
        OR COALESCE(v.einde_op = v.uiterlijk_op AND list_contains(v.na_klok, v.einde_stap), FALSE) AS over_tijd
    FROM nagekomen AS v
    LEFT JOIN onbereikbaar_op(peildatum) AS o
        ON o.klachtnummer = v.klachtnummer AND v.is_brief
        AND LEAST(v.uiterlijk_op, peildatum) >= o.van AND LEAST(v.uiterlijk_op, peildatum) < o.tot
),
beoordeeld AS (
    SELECT
        v.*,
        CASE
            WHEN v.is_elders THEN 'n.v.t.'
            WHEN v.uiterlijk_op IS NULL AND (v.start_op IS NOT NULL OR v.waarde IS NULL) THEN 'n.v.t.'
            WHEN v.is_onmogelijk THEN 'n.v.t.'
            WHEN v.einde_op IS NOT NULL THEN
                CASE WHEN v.einde_op < v.ontvangen_op THEN 'ongeldig' WHEN v.over_tijd THEN 'te laat' ELSE 'op tijd' END
            WHEN v.geldt = 'nee' THEN 'n.v.t.'
            WHEN v.teruggenomen_op IS NOT NULL AND v.over_tijd IS NOT TRUE THEN 'n.v.t.'
            -- Withdrawn after the last day without a decision stays undecided: it must not improve the score.
            WHEN v.geldt = 'onbekend' AND v.over_tijd AND NOT v.is_ontlopen THEN 'onbepaald, termijn verstreken'
            WHEN (v.geldt = 'onbekend' AND NOT v.is_ontlopen) OR v.over_tijd IS NULL THEN 'onbepaald'
            WHEN v.teruggenomen_op IS NOT NULL OR v.is_verkeken THEN 'te laat'
            WHEN v.over_tijd THEN 'te laat, nog open'
            ELSE 'loopt'
        END AS status
    FROM vergeleken AS v
)
SELECT
    b.klachtnummer, b.jaar, b.vestiging, b.categorie, b.behandelaar, b.herkomst, b.reglement,
    b.termijn, b.termijn_naam, b.stap, b.ontvangen_op, b.start_op, b.uiterlijk_op, b.verschoven_op, b.verlengbaar_tot,
    b.gesteld_grond, b.uiterlijk_om, b.einde_op, b.status, b.besloten_op, ((b.geldt = 'ja' AND NOT b.is_onmogelijk) OR b.is_ontlopen) AND NOT b.is_elders AS in_tak,
    CASE
        WHEN b.teruggenomen_op IS NULL
            AND b.status IN ('loopt', 'te laat, nog open', 'onbepaald', 'onbepaald, termijn verstreken')
            THEN date_diff('day', b.gezien_op, b.uiterlijk_op)
    END AS dagen_over,
    b.gezien_op
FROM beoordeeld AS b
