-- Question: What is there to do in each klacht on the peildatum, by whom, and by when?
-- Grain: one row per thing to do: per running klacht the next step, beside it what does not wait for that step
-- Step: 2-15
-- Parameters: peildatum, coordinatoren, directieleden, collegas, kies_klacht
-- Building block of werkvoorraad, which says what the columns and the lists of people are. Deadlines come from termijnen();
-- a step without a term of its own carries the first term that it holds up, except 9 and 14. Klachten that were withdrawn,
-- are vervallen or were taken over from another system ask nothing; one that is handled on here asks what was not done there. With kies_klacht of all klachten only that one is read.
WITH klacht_hier AS (
    SELECT
        k.* REPLACE (
            -- What was done in the other system, was done; when is not always known.
            CASE WHEN list_contains(k.elders_gedaan, 2) THEN COALESCE(k.stap_02_op, k.voortgezet_op) ELSE k.stap_02_op END AS stap_02_op,
            CASE WHEN list_contains(k.elders_gedaan, 3) THEN COALESCE(k.stap_03_op, k.voortgezet_op) ELSE k.stap_03_op END AS stap_03_op,
            CASE WHEN list_contains(k.elders_gedaan, 5) THEN COALESCE(k.stap_05_op, k.voortgezet_op) ELSE k.stap_05_op END AS stap_05_op,
            CASE WHEN list_contains(k.elders_gedaan, 6) THEN COALESCE(k.stap_06_op, k.voortgezet_op) ELSE k.stap_06_op END AS stap_06_op,
            CASE WHEN list_contains(k.elders_gedaan, 8) THEN COALESCE(k.stap_08_op, k.voortgezet_op) ELSE k.stap_08_op END AS stap_08_op,
            CASE WHEN list_contains(k.elders_gedaan, 9) THEN COALESCE(k.stap_09_op, k.voortgezet_op) ELSE k.stap_09_op END AS stap_09_op,
            CASE
                WHEN k.heropend_op IS NULL AND list_contains(k.elders_gedaan, 14) THEN COALESCE(k.stap_14_op, k.voortgezet_op)
                ELSE k.stap_14_op
            END AS stap_14_op
        ),
        COALESCE(list_contains(k.elders_gedaan, 11), FALSE) AS elders_uitgevoerd,
        k.voortgezet_op IS NOT NULL AND k.stap_08_op IS NULL AS elders_besloten,
        k.status IN ('ontvangen', 'in onderzoek', 'in behandeling') AS loopt,
        COALESCE(list_contains(k.betrokkenen, k.behandelaar), FALSE) AS behandelaar_betrokken
    FROM klacht_op(peildatum) AS k
    WHERE
        k.herkomst = 'register'
        AND (kies_klacht IS NULL OR k.klachtnummer = kies_klacht)
        AND (
            k.status IN ('ontvangen', 'in onderzoek', 'in behandeling')
            OR (
                k.status = 'afgesloten' AND k.stap_14_op IS NULL
                AND NOT COALESCE(k.heropend_op IS NULL AND list_contains(k.elders_gedaan, 14), FALSE)
            )
            OR (k.status IN ('afgesloten', 'niet in behandeling') AND k.geschil IN ('gemeld', 'overleg mislukt', 'voorgelegd'))
        )
),
-- What the row of a klacht does not tell: questions, who was named to the indiener, the last look at the progress.
bijzonderheid AS (
    SELECT
        f.klachtnummer,
        COUNT(CASE WHEN f.soort = 'InformatieGevraagd' AND f.gegevens ->> 'bij' = 'indiener' THEN 1 END) AS gevraagd,
        COUNT(CASE WHEN f.soort = 'InformatieOntvangen' AND f.gegevens ->> 'van' = 'indiener' THEN 1 END) AS beantwoord,
        BOOL_OR(f.soort = 'CoordinatorGeinformeerd' AND f.gegevens ->> 'coordinator_afwezig' = 'true') AS coordinator_afwezig,
        arg_max(
            CASE
                WHEN f.soort IN ('OntvangstBevestigd', 'BehandelaarMeegedeeld') THEN f.gegevens ->> 'behandelaar'
            END,
            CASE WHEN f.soort IN ('OntvangstBevestigd', 'BehandelaarMeegedeeld') THEN f.oorsprong END
        ) AS genoemde_behandelaar,
        arg_max(
            CASE WHEN f.soort = 'BehandelaarVervangen' THEN COALESCE(f.gegevens ->> 'indiener_geinformeerd_op', '') END,
            CASE WHEN f.soort = 'BehandelaarVervangen' THEN f.oorsprong END
        ) AS vervanging_verteld,
        MAX(CASE WHEN f.soort = 'VoortgangBewaakt' THEN f.gebeurd_op END) AS bewaakt_op,
        MAX(CASE WHEN f.soort = 'ResultaatMeegedeeld' THEN f.gebeurd_op END) AS resultaat_op,
        -- Somebody outside was named, and the colleague who records it where no coordinator can.
        BOOL_OR(f.soort = 'BuitenstaanderAangewezen') AS buiten_bekend,
        arg_max(
            CASE WHEN f.soort = 'BuitenstaanderAangewezen' THEN COALESCE(f.gegevens ->> 'vastlegger', '') END,
            CASE WHEN f.soort = 'BuitenstaanderAangewezen' THEN f.oorsprong END
        ) AS vastlegger
    FROM feit(kies_klacht, NULL) AS f
    WHERE
        f.gebeurd_op <= peildatum
        AND f.soort IN (
            'InformatieGevraagd', 'InformatieOntvangen', 'CoordinatorGeinformeerd', 'OntvangstBevestigd',
            'BehandelaarVervangen', 'BehandelaarMeegedeeld', 'VoortgangBewaakt', 'ResultaatMeegedeeld',
            'BuitenstaanderAangewezen'
        )
        AND f.klachtnummer IN (SELECT kh.klachtnummer FROM klacht_hier AS kh)
    GROUP BY f.klachtnummer
),
maatregel_hier AS (
    SELECT
        m.*,
        -- A source may not say who carries it out: then it is on nobody's list until somebody is chosen (dossier/voortzetting.py).
        m.actienemer = 'onbekend' AS zonder_actienemer,
        m.actienemer <> 'onbekend' AND m.geinformeerd_op IS NOT NULL AS bij_actienemer
    FROM maatregel_op(peildatum) AS m
    WHERE m.vervallen_op IS NULL AND m.klachtnummer IN (SELECT kh.klachtnummer FROM klacht_hier AS kh WHERE kh.loopt)
),
uitvoering AS (
    SELECT
        m.klachtnummer,
        MAX(m.bepaald_op) AS bepaald_op,
        MAX(CASE WHEN m.uitgevoerd_op IS NULL AND m.uiterlijk_op < peildatum THEN m.uiterlijk_op END) AS verstreken_op
    FROM maatregel_hier AS m
    GROUP BY m.klachtnummer
),
-- Who can act in each klacht: the coordinator, else directie, else nobody inside.
stand AS (
    SELECT
        k.klachtnummer, k.vestiging, k.categorie, k.ontvanger, k.behandelaar, k.betrokkenen, k.geschil, k.loopt,
        k.behandelaar_betrokken, k.status, k.feiten_vermeld, k.zonder_maatregelen, k.maatregelen, k.maatregelen_open,
        k.stap_02_op, k.stap_03_op, k.stap_05_op, k.stap_06_op, k.stap_07_op, k.stap_08_op, k.stap_09_op, k.stap_14_op,
        k.heropend_op, COALESCE(n.onbereikbaar, FALSE) AS onbereikbaar, k.elders_uitgevoerd, k.elders_besloten,
        -- Klachten of before absences were recorded say themselves that the coordinator was away.
        list_filter(CASE WHEN b.coordinator_afwezig THEN [] ELSE coordinatoren END, lambda c: NOT list_contains(k.betrokkenen, c))
            AS vrije_coordinatoren,
        list_filter(directieleden, lambda d: NOT list_contains(k.betrokkenen, d)) AS vrije_directie,
        COALESCE(b.coordinator_afwezig, FALSE) OR len(coordinatoren) = 0 AS coordinator_afwezig,
        -- A question put to the indiener that was not answered yet is a reason to wait, not to ask again.
        COALESCE(b.gevraagd, 0) > COALESCE(b.beantwoord, 0) AS vraag_open,
        COALESCE(b.gevraagd, 0) AS gevraagd,
        COALESCE(b.genoemde_behandelaar NOT IN (k.behandelaar, 'onbekend') AND b.vervanging_verteld = '', FALSE) AS indiener_kent_vorige,
        -- New maatregelen after a reopening have to be told as well (step 9).
        k.stap_09_op IS NULL OR COALESCE(k.heropend_op <= u.bepaald_op AND b.resultaat_op < u.bepaald_op, FALSE)
            AS resultaat_te_melden,
        u.verstreken_op, COALESCE(b.bewaakt_op, k.stap_08_op) AS bewaakt_op,
        COALESCE(b.buiten_bekend, FALSE) AS buiten_bekend,
        list_filter([b.vastlegger], lambda p: p <> '' AND NOT list_contains(k.betrokkenen, p)) AS vastleggers
    FROM klacht_hier AS k
    LEFT JOIN bijzonderheid AS b ON b.klachtnummer = k.klachtnummer
    LEFT JOIN uitvoering AS u ON u.klachtnummer = k.klachtnummer
    -- Letters to somebody who stays unknown without an address are nothing to do.
    LEFT JOIN nader_op(peildatum) AS n ON n.klachtnummer = k.klachtnummer
),
verdeling AS (
    SELECT
        s.*,
        CASE
            WHEN len(s.vrije_coordinatoren) > 0 THEN 'coordinator'
            WHEN len(s.vrije_directie) > 0 THEN 'directie'
            ELSE 'buiten'
        END AS leiding,
        CASE
            WHEN len(s.vrije_coordinatoren) > 0 THEN s.vrije_coordinatoren
            WHEN len(s.vrije_directie) > 0 THEN s.vrije_directie
            ELSE s.vastleggers
        END AS leidenden,
        -- Nobody of directie can decide, and nobody outside was named to do it instead.
        len(s.vrije_directie) = 0 AND NOT s.buiten_bekend AS buiten_nodig,
        -- Who records what somebody outside decides.
        CASE WHEN len(s.vrije_coordinatoren) > 0 THEN s.vrije_coordinatoren ELSE s.vastleggers END AS namens,
        CASE
            WHEN len(s.vrije_coordinatoren) > 0 THEN ''
            WHEN len(s.vrije_directie) = 0 THEN ': namens iemand van buiten'
            WHEN s.coordinator_afwezig THEN ': de coördinator is afwezig'
            ELSE ': de coördinator is betrokken'
        END AS waarom_leiding
    FROM stand AS s
),
-- The one next step of each running klacht; the first that fits counts.
volgende AS (
    SELECT
        v.*,
        CASE
            WHEN NOT v.loopt THEN CASE WHEN v.status = 'afgesloten' AND v.stap_14_op IS NULL AND NOT v.onbereikbaar THEN 14 END
            WHEN v.stap_02_op IS NULL THEN 2
            WHEN v.stap_03_op IS NULL THEN 3
            WHEN v.behandelaar IS NULL OR v.behandelaar_betrokken THEN 4
            WHEN v.stap_05_op IS NULL AND NOT v.onbereikbaar THEN 5
            WHEN v.stap_08_op IS NULL AND v.stap_06_op IS NULL THEN 6
            WHEN v.stap_08_op IS NULL THEN 8
            WHEN v.maatregelen = 0 AND NOT v.zonder_maatregelen AND NOT v.elders_uitgevoerd THEN 8
            WHEN v.resultaat_te_melden AND NOT v.onbereikbaar THEN 9
            WHEN v.maatregelen_open = 0 THEN 13
        END AS stap
    FROM verdeling AS v
),
taak AS (
    SELECT
        -- Until it is decided whether the klacht is taken into handling, the four weeks of step 7 press on step 8.
        n.klachtnummer, n.stap, CASE WHEN n.stap = 8 THEN 7 ELSE n.stap END AS term_vanaf,
        CASE n.stap
            WHEN 2 THEN CASE
                WHEN n.coordinator_afwezig THEN 'Directeur informeren: de coördinator is langer afwezig'
                ELSE 'Coördinator informeren'
            END
            WHEN 3 THEN 'Klacht verwerken en dossier aanleggen'
            WHEN 4 THEN CASE
                WHEN n.behandelaar_betrokken THEN 'Behandelaar vervangen, want die blijkt betrokken'
                ELSE 'Behandelaar toewijzen'
            END
            WHEN 5 THEN 'Ontvangst bevestigen'
            WHEN 6 THEN 'Klacht onderzoeken'
            WHEN 8 THEN CASE
                WHEN n.stap_07_op IS NOT NULL THEN 'Maatregelen bepalen: de klacht is heropend'
                WHEN n.stap_08_op IS NOT NULL AND n.elders_besloten THEN 'Maatregelen vastleggen die in het andere systeem zijn bepaald'
                WHEN n.stap_08_op IS NOT NULL THEN 'Maatregelen bepalen: alle zijn vervallen'
                ELSE 'Beslissen: maatregelen of niet in behandeling'
            END
            WHEN 9 THEN 'Indiener informeren over resultaat en maatregelen'
            WHEN 13 THEN CASE
                WHEN n.heropend_op IS NOT NULL THEN 'Nieuwe maatregelen bepalen of de klacht afsluiten'
                ELSE 'Klacht afsluiten'
            END
            WHEN 14 THEN 'Indiener informeren over de afsluiting'
        END || CASE
            WHEN n.stap IN (3, 4) THEN n.waarom_leiding
            ELSE ''
        END AS wat,
        CASE n.stap
            WHEN 2 THEN CASE WHEN n.coordinator_afwezig THEN 'directeur_informeren' ELSE 'coordinator_informeren' END
            WHEN 3 THEN 'klacht_verwerken'
            WHEN 4 THEN CASE WHEN n.behandelaar_betrokken THEN 'behandelaar_vervangen' ELSE 'behandelaar_toewijzen' END
            WHEN 5 THEN 'ontvangst_bevestigen'
            WHEN 6 THEN 'klacht_onderzoeken'
            WHEN 8 THEN CASE WHEN COALESCE(n.stap_07_op, n.stap_08_op) IS NULL THEN 'behandeling_beslissen' ELSE 'maatregelen_bepalen' END
            WHEN 9 THEN 'resultaat_meedelen'
            WHEN 13 THEN CASE WHEN n.heropend_op IS NULL THEN 'klacht_afsluiten' ELSE 'maatregelen_bepalen_of_afsluiten' END
            WHEN 14 THEN 'afsluiting_meedelen'
        END AS soort,
        CASE WHEN n.stap < 5 THEN n.leiding ELSE 'behandelaar' END AS rol,
        CASE WHEN n.stap >= 5 THEN n.behandelaar END AS wie,
        CASE
            -- The ontvanger tells it; whoever leads may record that it was heard.
            WHEN n.stap = 2 THEN list_distinct(list_concat([n.ontvanger], n.leidenden))
            WHEN n.stap < 5 THEN n.leidenden
            WHEN n.behandelaar_betrokken THEN []
            ELSE [n.behandelaar]
        END AS personen,
        n.vestiging, n.categorie, CAST(NULL AS INTEGER) AS onderdeel, CAST(NULL AS DATE) AS eigen_datum
    FROM volgende AS n
    -- Where nobody may do it yet, naming somebody outside is what there is to do.
    WHERE n.stap IS NOT NULL AND NOT (n.stap IN (3, 4) AND n.leiding = 'buiten' AND n.buiten_nodig)
    UNION ALL
    SELECT
        v.klachtnummer, 4, 4, 'Iemand van buiten aanwijzen: de hele directie is betrokken', 'buitenstaander_aanwijzen',
        CASE WHEN len(v.vrije_coordinatoren) > 0 THEN 'coordinator' ELSE 'medewerker' END, NULL,
        CASE
            WHEN len(v.vrije_coordinatoren) > 0 THEN v.vrije_coordinatoren
            ELSE list_filter(collegas, lambda p: NOT list_contains(v.betrokkenen, p))
        END,
        v.vestiging, v.categorie, NULL, NULL
    FROM verdeling AS v
    WHERE v.buiten_nodig AND (v.loopt OR v.geschil IN ('gemeld', 'overleg mislukt'))
    UNION ALL
    SELECT
        v.klachtnummer, 6, 6,
        CASE WHEN v.gevraagd = 0 THEN 'Ontbrekende feiten opvragen bij de indiener' ELSE 'Ontbrekende feiten opnieuw opvragen bij de indiener' END,
        'ontbrekende_feiten_opvragen', 'behandelaar', v.behandelaar, [v.behandelaar], v.vestiging, v.categorie, NULL, NULL
    FROM verdeling AS v
    WHERE v.loopt AND NOT v.onbereikbaar AND NOT v.feiten_vermeld AND NOT v.vraag_open AND v.stap_08_op IS NULL AND v.behandelaar IS NOT NULL
        AND NOT v.behandelaar_betrokken
    UNION ALL
    SELECT
        v.klachtnummer, 4, NULL, 'Indiener vertellen wie de behandelaar nu is', 'nieuwe_behandelaar_meedelen',
        'behandelaar', v.behandelaar, [v.behandelaar], v.vestiging, v.categorie, NULL, NULL
    FROM verdeling AS v
    WHERE v.loopt AND v.indiener_kent_vorige AND NOT v.onbereikbaar AND NOT v.behandelaar_betrokken
    UNION ALL
    SELECT
        v.klachtnummer, CASE WHEN m.zonder_actienemer THEN 8 WHEN m.bij_actienemer THEN 11 ELSE 10 END, NULL,
        CASE
            WHEN m.zonder_actienemer THEN 'Actienemer kiezen voor maatregel ' || CAST(m.maatregel AS VARCHAR)
            WHEN m.bij_actienemer THEN 'Maatregel ' || CAST(m.maatregel AS VARCHAR) || ' uitvoeren'
            ELSE 'Actienemer informeren over maatregel ' || CAST(m.maatregel AS VARCHAR)
        END,
        CASE
            WHEN m.zonder_actienemer THEN 'actienemer_kiezen'
            WHEN m.bij_actienemer THEN 'maatregel_uitvoeren'
            ELSE 'actienemer_informeren'
        END,
        CASE WHEN m.bij_actienemer THEN 'actienemer' ELSE 'behandelaar' END,
        CASE WHEN m.bij_actienemer THEN m.actienemer ELSE v.behandelaar END,
        CASE
            WHEN m.bij_actienemer THEN [m.actienemer]
            WHEN v.behandelaar_betrokken THEN []
            ELSE [v.behandelaar]
        END,
        v.vestiging, v.categorie, m.maatregel, m.uiterlijk_op
    FROM verdeling AS v
    JOIN maatregel_hier AS m ON m.klachtnummer = v.klachtnummer
    WHERE m.uitgevoerd_op IS NULL AND v.behandelaar IS NOT NULL
    UNION ALL
    -- Only when a maatregel is late and nobody looked since: watching is a duty, not a date.
    SELECT
        v.klachtnummer, 12, 11, 'Voortgang nagaan: een maatregel is te laat', 'voortgang_nagaan',
        'behandelaar', v.behandelaar, [v.behandelaar], v.vestiging, v.categorie, NULL, NULL
    FROM verdeling AS v
    WHERE v.loopt AND v.verstreken_op >= v.bewaakt_op AND v.behandelaar IS NOT NULL AND NOT v.behandelaar_betrokken
    UNION ALL
    SELECT
        v.klachtnummer, 15, NULL,
        CASE v.geschil
            WHEN 'gemeld' THEN 'Overleg voeren over het meningsverschil'
            WHEN 'overleg mislukt' THEN 'Geschil voorleggen aan een onafhankelijk persoon'
            ELSE 'Oordeel afwachten en vastleggen'
        END,
        CASE v.geschil
            WHEN 'gemeld' THEN 'overleg_voeren'
            WHEN 'overleg mislukt' THEN 'geschil_voorleggen'
            ELSE 'oordeel_vastleggen'
        END,
        CASE
            WHEN v.geschil <> 'gemeld' AND len(v.vrije_directie) > 0 THEN 'directie'
            WHEN v.geschil = 'overleg mislukt' THEN 'buiten'
            WHEN v.geschil = 'voorgelegd' AND len(v.vrije_coordinatoren) > 0 THEN 'coordinator'
            WHEN v.behandelaar IS NULL OR v.behandelaar_betrokken THEN v.leiding
            ELSE 'behandelaar'
        END,
        CASE WHEN v.geschil = 'gemeld' AND NOT v.behandelaar_betrokken THEN v.behandelaar END,
        CASE
            WHEN v.geschil <> 'gemeld' AND len(v.vrije_directie) > 0 THEN v.vrije_directie
            WHEN v.geschil = 'overleg mislukt' THEN CASE WHEN v.buiten_nodig THEN [] ELSE v.namens END
            WHEN v.geschil = 'voorgelegd' AND len(v.vrije_coordinatoren) > 0 THEN v.vrije_coordinatoren
            WHEN v.behandelaar IS NULL OR v.behandelaar_betrokken THEN v.leidenden
            ELSE [v.behandelaar]
        END,
        v.vestiging, v.categorie, NULL, NULL
    FROM verdeling AS v
    WHERE v.geschil IN ('gemeld', 'overleg mislukt', 'voorgelegd')
),
-- Of the terms that still count, the first that a task holds up. The six weeks of 11 stand with the maatregelen themselves.
termijn_open AS (
    SELECT t.klachtnummer, t.stap, t.termijn_naam, t.uiterlijk_op, t.dagen_over
    FROM termijnen(peildatum) AS t
    WHERE
        t.dagen_over IS NOT NULL
        AND (kies_klacht IS NULL OR t.klachtnummer = kies_klacht)
        AND t.klachtnummer IN (SELECT kh.klachtnummer FROM klacht_hier AS kh)
),
met_termijn AS (
    SELECT
        a.klachtnummer, a.soort, a.onderdeel,
        MIN(o.uiterlijk_op) AS uiterlijk_op,
        arg_min(o.termijn_naam, (o.uiterlijk_op, o.stap)) AS termijn_naam
    FROM taak AS a
    JOIN termijn_open AS o ON o.klachtnummer = a.klachtnummer AND o.stap >= a.term_vanaf
    WHERE a.term_vanaf <> 9 OR o.stap <> 11
    GROUP BY a.klachtnummer, a.soort, a.onderdeel
)
SELECT
    a.klachtnummer, a.stap, a.soort, a.wat, a.rol, a.wie, a.personen, a.onderdeel, a.vestiging, a.categorie,
    COALESCE(t.uiterlijk_op, a.eigen_datum) AS uiterlijk_op, t.termijn_naam,
    date_diff('day', peildatum, COALESCE(t.uiterlijk_op, a.eigen_datum)) AS dagen_over
FROM taak AS a
LEFT JOIN met_termijn AS t
    ON t.klachtnummer = a.klachtnummer AND t.soort = a.soort
    AND t.onderdeel IS NOT DISTINCT FROM a.onderdeel
