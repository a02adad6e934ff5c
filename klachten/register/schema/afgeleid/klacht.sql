-- Question: where does each klacht stand: who, what, the date of every step, and its status?
-- Grain: one row per klacht
-- Step: 1-15
-- One pass over the facts, for the refresh of one klacht pays for every join and every extra look at them; and CASE in
-- the aggregates where FILTER would read better, because DuckDB 2.0 runs thirty of those four times as slowly.
WITH stapfeit AS (
    SELECT
        *,
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
verloop AS (
    SELECT
        klachtnummer,
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
        -- the order of the steps: by date, then by recording; 8, 10 and 11 count once and are added below
        list({'op': gebeurd_op, 'nr': oorsprong, 'stap': stapnr}) FILTER (stapnr IS NOT NULL) AS gezet,
        arg_min(CASE WHEN soort IN ('MaatregelBepaald', 'GeenMaatregelenNodig') THEN oorsprong END, gebeurd_op) AS stap_08_nr,
        max(CASE WHEN soort = 'ActienemerGeinformeerd' THEN gebeurd_op END) AS geinformeerd_op,
        arg_max(CASE WHEN soort = 'ActienemerGeinformeerd' THEN oorsprong END, gebeurd_op) AS geinformeerd_nr,
        max(CASE WHEN soort = 'MaatregelUitgevoerd' THEN gebeurd_op END) AS uitgevoerd_op,
        arg_max(CASE WHEN soort = 'MaatregelUitgevoerd' THEN oorsprong END, gebeurd_op) AS uitgevoerd_nr
    FROM stapfeit
    GROUP BY klachtnummer
),
uitvoering AS (
    SELECT
        klachtnummer,
        CAST(count(*) AS INTEGER) AS maatregelen,
        CAST(count(*) FILTER (uitgevoerd_op IS NULL) AS INTEGER) AS maatregelen_open,
        CASE WHEN count(*) = count(geinformeerd_op) THEN max(geinformeerd_op) END AS stap_10_op,
        CASE WHEN count(*) = count(uitgevoerd_op) THEN max(uitgevoerd_op) END AS stap_11_op
    FROM maatregel_uit_feiten(nummer, tot_nr)
    WHERE vervallen_op IS NULL
    GROUP BY klachtnummer
)
SELECT
    verloop.klachtnummer,
    CAST(substr(verloop.klachtnummer, 2, 4) AS INTEGER) AS jaar,
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
    ontvangst ->> 'categorie' AS categorie,
    coalesce(CAST(ontvangst -> 'aspecten' AS VARCHAR[]), []) AS aspecten,
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
    coalesce(verloop.zonder_maatregelen AND uitvoering.maatregelen IS NULL, false) AS zonder_maatregelen,
    coalesce(uitvoering.maatregelen, 0) AS maatregelen,
    coalesce(uitvoering.maatregelen_open, 0) AS maatregelen_open,
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
    array_to_string(
        list_transform(
            list_sort(
                list_filter(
                    list_concat(
                        verloop.gezet,
                        [
                            {'op': verloop.stap_08_op, 'nr': verloop.stap_08_nr, 'stap': 8},
                            {
                                'op': CASE WHEN uitvoering.stap_10_op IS NOT NULL THEN verloop.geinformeerd_op END,
                                'nr': verloop.geinformeerd_nr,
                                'stap': 10
                            },
                            {
                                'op': CASE WHEN uitvoering.stap_11_op IS NOT NULL THEN verloop.uitgevoerd_op END,
                                'nr': verloop.uitgevoerd_nr,
                                'stap': 11
                            }
                        ]
                    ),
                    lambda zet: zet.op IS NOT NULL
                )
            ),
            lambda zet: zet.stap
        ),
        '-'
    ) AS stappen,
    verloop.laatste_op,
    verloop.laatste_nr
FROM verloop
LEFT JOIN uitvoering ON uitvoering.klachtnummer = verloop.klachtnummer
WHERE verloop.ontvangst IS NOT NULL
