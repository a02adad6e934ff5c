-- Question: where did each klacht stand, from day to day: who, what, the date of every step, and its status?
-- Grain: one row per klacht and day on which something happened in it, with the day (tot) on which the next thing did
-- Step: 1-15
-- A fact is known from its own day on. CASE in the aggregates where FILTER would read better, because DuckDB 2.0 runs
-- thirty of those four times as slowly.
WITH stapfeit AS (
    SELECT
        *,
        -- A reopening begins a new round; what happened on its own day counts in the order of recording.
        1 + count(CASE WHEN soort = 'KlachtHeropend' THEN 1 END) OVER (
            PARTITION BY klachtnummer ORDER BY gebeurd_op, oorsprong ROWS UNBOUNDED PRECEDING
        ) AS ronde,
        CASE soort
            WHEN 'KlachtOntvangen' THEN 1
            WHEN 'CoordinatorGeinformeerd' THEN 2
            WHEN 'KlachtGeregistreerd' THEN 3
            WHEN 'BehandelaarToegewezen' THEN 4
            WHEN 'OntvangstBevestigd' THEN 5
            WHEN 'KlachtOnderzocht' THEN 6
            WHEN 'NietInBehandelingGenomen' THEN 7
            WHEN 'ResultaatMeegedeeld' THEN 9
            WHEN 'VoortgangBewaakt' THEN 12
            WHEN 'KlachtAfgesloten' THEN 13
            WHEN 'AfsluitingMeegedeeld' THEN 14
            WHEN 'GeschilVoorgelegd' THEN 15
        END AS stapnr
    FROM feit(nummer, tot_nr)
    WHERE klachtnummer LIKE 'K%'
),
dag AS (
    SELECT klachtnummer, gebeurd_op AS van FROM stapfeit GROUP BY klachtnummer, gebeurd_op
),
gezien AS (
    SELECT dag.van, stapfeit.*
    FROM dag
    INNER JOIN stapfeit ON stapfeit.klachtnummer = dag.klachtnummer AND stapfeit.gebeurd_op <= dag.van
),
verloop AS (
    SELECT
        klachtnummer,
        van,
        any_value(CASE WHEN soort = 'KlachtOntvangen' THEN gebeurd_op END) AS ontvangen_op,
        any_value(CASE WHEN soort = 'KlachtOntvangen' THEN gegevens END) AS ontvangst,
        min(CASE WHEN soort = 'CoordinatorGeinformeerd' THEN gebeurd_op END) AS stap_02_op,
        min(CASE WHEN soort = 'KlachtGeregistreerd' THEN gebeurd_op END) AS stap_03_op,
        min(CASE WHEN soort = 'BehandelaarToegewezen' THEN gebeurd_op END) AS stap_04_op,
        min(CASE WHEN soort = 'OntvangstBevestigd' THEN gebeurd_op END) AS stap_05_op,
        min(CASE WHEN soort = 'KlachtOnderzocht' THEN gebeurd_op END) AS stap_06_op,
        min(CASE WHEN soort = 'NietInBehandelingGenomen' THEN gebeurd_op END) AS stap_07_op,
        min(CASE WHEN soort IN ('MaatregelBepaald', 'GeenMaatregelenNodig') THEN gebeurd_op END) AS stap_08_op,
        min(CASE WHEN soort = 'ResultaatMeegedeeld' THEN gebeurd_op END) AS stap_09_op,
        min(CASE WHEN soort = 'VoortgangBewaakt' THEN gebeurd_op END) AS stap_12_op,
        max(CASE WHEN soort = 'KlachtAfgesloten' THEN gebeurd_op END) AS afgesloten_op,
        max(CASE WHEN soort = 'AfsluitingMeegedeeld' THEN gebeurd_op END) AS afsluiting_meegedeeld_op,
        min(CASE WHEN soort = 'GeschilVoorgelegd' THEN gebeurd_op END) AS stap_15_op,
        max(CASE WHEN soort = 'KlachtIngetrokken' THEN gebeurd_op END) AS ingetrokken_op,
        max(CASE WHEN soort = 'KlachtVervallen' THEN gebeurd_op END) AS vervallen_op,
        max(CASE WHEN soort = 'KlachtHeropend' THEN gebeurd_op END) AS heropend_op,
        CAST(count(CASE WHEN soort = 'KlachtHeropend' THEN 1 END) AS INTEGER) AS heropeningen,
        bool_or(soort = 'GeenMaatregelenNodig') AS zonder_maatregelen,
        -- the last fact that ended or reopened the klacht decides its status
        coalesce(
            arg_max(CASE WHEN soort IN (
                    'KlachtAfgesloten', 'NietInBehandelingGenomen', 'KlachtIngetrokken', 'KlachtVervallen',
                    'KlachtHeropend'
                ) THEN soort END, oorsprong),
            ''
        ) AS toestand,
        max(CASE WHEN soort = 'KlachtHeropend' THEN oorsprong END) AS heropend_nr,
        max(CASE WHEN soort = 'AfsluitingMeegedeeld' THEN oorsprong END) AS afsluiting_meegedeeld_nr,
        arg_max(CASE WHEN soort IN ('BehandelaarToegewezen', 'BehandelaarVervangen') THEN gegevens ->> 'behandelaar' END, oorsprong) AS behandelaar,
        list(gegevens ->> 'betrokkene' ORDER BY oorsprong) FILTER (soort = 'BetrokkeneToegevoegd') AS later_betrokken,
        coalesce(
            bool_or(CASE WHEN soort = 'InformatieOntvangen' THEN CAST(gegevens ->> 'feiten_vermeld' AS BOOLEAN) END), false
        ) AS feiten_aangevuld,
        arg_max(CASE WHEN soort = 'NietInBehandelingGenomen' THEN gegevens ->> 'grond' END, oorsprong) AS grond,
        arg_max(CASE WHEN soort = 'OordeelOntvangen' THEN gegevens ->> 'oordeel' END, oorsprong) AS oordeel,
        arg_max(CASE WHEN soort = 'KlachtAfgesloten' THEN gegevens ->> 'uitkomst' END, oorsprong) AS uitkomst,
        coalesce(
            arg_max(
                CASE soort
                    WHEN 'MeningsverschilGemeld' THEN 'gemeld'
                    WHEN 'OverlegGevoerd'
                        THEN CASE WHEN (gegevens ->> 'opgelost') = 'true' THEN 'opgelost' ELSE 'overleg mislukt' END
                    WHEN 'GeschilVoorgelegd' THEN 'voorgelegd'
                    WHEN 'OordeelOntvangen' THEN 'oordeel'
                END,
                oorsprong
            ),
            'geen'
        ) AS geschil,
        CAST(count(gegevens -> 'afwijkingen') AS INTEGER) AS afwijkingen,
        max(gebeurd_op) AS laatste_op,
        max(nr) AS laatste_nr,
        -- the first round
        arg_min(
            CASE WHEN ronde = 1 AND soort IN ('KlachtAfgesloten', 'NietInBehandelingGenomen', 'KlachtIngetrokken') THEN soort END,
            {'op': gebeurd_op, 'nr': oorsprong}
        ) AS eerste_einde,
        min(
            CASE WHEN ronde = 1 AND soort IN ('KlachtAfgesloten', 'NietInBehandelingGenomen', 'KlachtIngetrokken') THEN gebeurd_op END
        ) AS eerste_einde_op,
        min(CASE WHEN ronde = 1 AND soort = 'NietInBehandelingGenomen' THEN gebeurd_op END) AS eerste_stap_07_op,
        min(CASE WHEN ronde = 1 AND soort = 'GeenMaatregelenNodig' THEN gebeurd_op END) AS eerste_zonder_op,
        min(CASE WHEN ronde = 1 AND soort = 'AfsluitingMeegedeeld' THEN gebeurd_op END) AS eerste_meegedeeld_op,
        list(DISTINCT ronde) FILTER (soort = 'GeenMaatregelenNodig') AS zonder_rondes
    FROM gezien
    GROUP BY klachtnummer, van
),
maatregel AS (
    SELECT dag.van, m.* EXCLUDE (van, tot)
    FROM dag
    INNER JOIN maatregel_stand_uit_feiten(nummer, tot_nr) AS m
        ON m.klachtnummer = dag.klachtnummer AND m.van <= dag.van AND m.tot > dag.van
),
uitvoering AS (
    SELECT
        klachtnummer,
        van,
        CAST(count(CASE WHEN vervallen_op IS NULL THEN 1 END) AS INTEGER) AS maatregelen,
        CAST(count(CASE WHEN vervallen_op IS NULL AND uitgevoerd_op IS NULL THEN 1 END) AS INTEGER) AS maatregelen_open,
        CASE
            WHEN count(CASE WHEN vervallen_op IS NULL AND geinformeerd_op IS NULL THEN 1 END) = 0
                THEN max(CASE WHEN vervallen_op IS NULL THEN geinformeerd_op END)
        END AS stap_10_op,
        CASE
            WHEN count(CASE WHEN vervallen_op IS NULL AND uitgevoerd_op IS NULL THEN 1 END) = 0
                THEN max(CASE WHEN vervallen_op IS NULL THEN uitgevoerd_op END)
        END AS stap_11_op,
        min(CASE WHEN ronde = 1 AND vervallen_op IS NULL THEN bepaald_op END) AS eerste_bepaald_op,
        CASE
            WHEN count(CASE WHEN ronde = 1 AND vervallen_op IS NULL AND uitgevoerd_op IS NULL THEN 1 END) = 0
                THEN max(CASE WHEN ronde = 1 AND vervallen_op IS NULL THEN uitgevoerd_op END)
        END AS eerste_uitgevoerd_op,
        max(CASE WHEN ronde = 1 THEN vervallen_op END) AS eerste_vervallen_op,
        list(DISTINCT ronde) FILTER (vervallen_op IS NULL) AS met_rondes
    FROM maatregel
    GROUP BY klachtnummer, van
),
-- The order of the steps: by date, then by recording. In each round 8 counts once, and 10 and 11 when the last standing
-- maatregel of that round reaches them.
zet AS (
    SELECT klachtnummer, van, ronde, gebeurd_op AS op, oorsprong AS nr, stapnr AS stap FROM gezien WHERE stapnr IS NOT NULL
    UNION ALL
    SELECT klachtnummer, van, ronde, min(gebeurd_op), arg_min(oorsprong, {'op': gebeurd_op, 'nr': oorsprong}), 8
    FROM gezien
    WHERE soort IN ('MaatregelBepaald', 'GeenMaatregelenNodig')
    GROUP BY klachtnummer, van, ronde
    UNION ALL
    SELECT klachtnummer, van, ronde, max(geinformeerd_op), max(geinformeerd_nr), 10
    FROM maatregel
    WHERE vervallen_op IS NULL
    GROUP BY klachtnummer, van, ronde
    HAVING count(*) = count(geinformeerd_op)
    UNION ALL
    SELECT klachtnummer, van, ronde, max(uitgevoerd_op), max(uitgevoerd_nr), 11
    FROM maatregel
    WHERE vervallen_op IS NULL
    GROUP BY klachtnummer, van, ronde
    HAVING count(*) = count(uitgevoerd_op)
),
weg AS (
    SELECT
        klachtnummer,
        van,
        list(stap ORDER BY ronde, op, nr, stap) AS stappen,
        list(ronde ORDER BY ronde, op, nr, stap) AS rondes,
        list(op ORDER BY ronde, op, nr, stap) AS stappen_op,
        [
            min(CASE WHEN stap = 1 THEN op END),
            min(CASE WHEN stap = 2 THEN op END),
            min(CASE WHEN stap = 3 THEN op END),
            min(CASE WHEN stap = 4 THEN op END),
            min(CASE WHEN stap = 5 THEN op END),
            min(CASE WHEN stap = 6 THEN op END),
            min(CASE WHEN stap = 7 THEN op END),
            min(CASE WHEN stap = 8 THEN op END),
            min(CASE WHEN stap = 9 THEN op END),
            min(CASE WHEN stap = 10 THEN op END),
            min(CASE WHEN stap = 11 THEN op END),
            min(CASE WHEN stap = 12 THEN op END),
            min(CASE WHEN stap = 13 THEN op END),
            min(CASE WHEN stap = 14 THEN op END),
            min(CASE WHEN stap = 15 THEN op END)
        ] AS stap_eerst_op
    FROM zet
    GROUP BY klachtnummer, van
),
hernoemd AS (
    SELECT reglement, map(list(categorie), list(nu)) AS nu FROM categorie_nu GROUP BY reglement
)
SELECT
    verloop.klachtnummer,
    verloop.van,
    coalesce(lead(verloop.van) OVER (PARTITION BY verloop.klachtnummer ORDER BY verloop.van), DATE '9999-12-31') AS tot,
    CAST(year(verloop.ontvangen_op) AS INTEGER) AS jaar,
    CAST(substr(verloop.klachtnummer, 2, 4) AS INTEGER) AS nummerjaar,
    CAST(substr(verloop.klachtnummer, 7) AS INTEGER) AS volgnr,
    coalesce(ontvangst ->> 'herkomst', 'register') AS herkomst,
    coalesce(ontvangst ->> 'bron', '') AS bron,
    coalesce(ontvangst ->> 'bron_id', '') AS bron_id,
    ontvangst ->> 'reglement' AS reglement,
    CAST(ontvangst ->> 'reglement_versie' AS DATE) AS reglement_versie,
    verloop.ontvangen_op,
    ontvangst ->> 'kanaal' AS kanaal,
    ontvangst ->> 'indiener_soort' AS indiener_soort,
    ontvangst ->> 'vestiging' AS vestiging,
    coalesce(hernoemd.nu[ontvangst ->> 'categorie'], ontvangst ->> 'categorie') AS categorie,
    ontvangst ->> 'categorie' AS categorie_toen,
    list_transform(
        coalesce(CAST(ontvangst -> 'aspecten' AS VARCHAR[]), []), lambda aspect: coalesce(hernoemd.nu[aspect], aspect)
    ) AS aspecten,
    coalesce(CAST(ontvangst -> 'kenmerken' AS VARCHAR[]), []) AS kenmerken,
    ontvangst ->> 'ontvanger' AS ontvanger,
    list_concat(
        coalesce(CAST(ontvangst -> 'betrokkenen' AS VARCHAR[]), []), coalesce(verloop.later_betrokken, [])
    ) AS betrokkenen,
    coalesce(CAST(ontvangst ->> 'feiten_vermeld' AS BOOLEAN), true) OR verloop.feiten_aangevuld AS feiten_vermeld,
    verloop.behandelaar,
    verloop.ontvangen_op AS stap_01_op,
    verloop.stap_02_op,
    verloop.stap_03_op,
    verloop.stap_04_op,
    verloop.stap_05_op,
    verloop.stap_06_op,
    verloop.stap_07_op,
    verloop.stap_08_op,
    verloop.stap_09_op,
    uitvoering.stap_10_op,
    uitvoering.stap_11_op,
    verloop.stap_12_op,
    CASE WHEN verloop.toestand = 'KlachtAfgesloten' THEN verloop.afgesloten_op END AS stap_13_op,
    CASE
        WHEN verloop.afsluiting_meegedeeld_nr > coalesce(verloop.heropend_nr, 0) THEN verloop.afsluiting_meegedeeld_op
    END AS stap_14_op,
    verloop.stap_15_op,
    verloop.zonder_maatregelen AND coalesce(uitvoering.maatregelen, 0) = 0 AS zonder_maatregelen,
    list_sort(
        list_filter(
            coalesce(verloop.zonder_rondes, []), lambda ronde: NOT list_contains(coalesce(uitvoering.met_rondes, []), ronde)
        )
    ) AS zonder_rondes,
    coalesce(uitvoering.maatregelen, 0) AS maatregelen,
    coalesce(uitvoering.maatregelen_open, 0) AS maatregelen_open,
    CASE verloop.eerste_einde
        WHEN 'KlachtAfgesloten' THEN 'afgesloten'
        WHEN 'NietInBehandelingGenomen' THEN 'niet in behandeling'
        WHEN 'KlachtIngetrokken' THEN 'ingetrokken'
    END AS eerste_einde,
    verloop.eerste_einde_op,
    CASE
        WHEN verloop.eerste_stap_07_op IS NOT NULL THEN 'niet in behandeling'
        WHEN uitvoering.eerste_bepaald_op IS NOT NULL THEN 'maatregelen'
        WHEN verloop.eerste_zonder_op IS NOT NULL THEN 'geen maatregelen'
    END AS eerste_besluit,
    coalesce(verloop.eerste_stap_07_op, uitvoering.eerste_bepaald_op, verloop.eerste_zonder_op) AS eerste_besluit_op,
    uitvoering.eerste_uitgevoerd_op,
    uitvoering.eerste_vervallen_op,
    verloop.eerste_meegedeeld_op,
    verloop.grond,
    verloop.oordeel,
    verloop.uitkomst,
    verloop.geschil,
    CASE WHEN verloop.toestand = 'KlachtIngetrokken' THEN verloop.ingetrokken_op END AS ingetrokken_op,
    CASE WHEN verloop.toestand = 'KlachtVervallen' THEN verloop.vervallen_op END AS vervallen_op,
    verloop.heropend_op,
    verloop.heropeningen,
    CASE
        WHEN verloop.toestand = 'KlachtAfgesloten' THEN 'afgesloten'
        WHEN verloop.toestand = 'NietInBehandelingGenomen' THEN 'niet in behandeling'
        WHEN verloop.toestand = 'KlachtIngetrokken' THEN 'ingetrokken'
        WHEN verloop.toestand = 'KlachtVervallen' THEN 'vervallen'
        WHEN verloop.stap_08_op IS NOT NULL THEN 'in behandeling'
        WHEN verloop.behandelaar IS NOT NULL THEN 'in onderzoek'
        ELSE 'ontvangen'
    END AS status,
    verloop.afwijkingen,
    coalesce(
        array_to_string(
            list_transform(
                weg.stappen,
                lambda stap, i: CASE WHEN i = 1 THEN '' WHEN weg.rondes[i] > weg.rondes[i - 1] THEN '|' ELSE '-' END
                    || CAST(stap AS VARCHAR)
            ),
            ''
        ),
        ''
    ) AS stappen,
    coalesce(weg.stappen_op, []) AS stappen_op,
    coalesce(weg.stap_eerst_op, []) AS stap_eerst_op,
    verloop.laatste_op,
    verloop.laatste_nr
FROM verloop
LEFT JOIN uitvoering ON uitvoering.klachtnummer = verloop.klachtnummer AND uitvoering.van = verloop.van
LEFT JOIN weg ON weg.klachtnummer = verloop.klachtnummer AND weg.van = verloop.van
LEFT JOIN hernoemd ON hernoemd.reglement = ontvangst ->> 'reglement'
WHERE verloop.ontvangst IS NOT NULL
