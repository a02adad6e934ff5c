-- Question: where does each klacht stand: who, what, the date of every step, and its status?
-- Grain: one row per klacht
-- Step: 1-15
WITH feit AS (
    SELECT * FROM feit(nummer, tot_nr) WHERE klachtnummer LIKE 'K%'
),
ontvangst AS (
    SELECT
        klachtnummer,
        gebeurd_op AS ontvangen_op,
        coalesce(gegevens ->> 'herkomst', 'register') AS herkomst,
        coalesce(gegevens ->> 'bron', '') AS bron,
        coalesce(gegevens ->> 'bron_id', '') AS bron_id,
        gegevens ->> 'reglement' AS reglement,
        CAST(gegevens ->> 'reglement_versie' AS DATE) AS reglement_versie,
        gegevens ->> 'kanaal' AS kanaal,
        gegevens ->> 'indiener_soort' AS indiener_soort,
        gegevens ->> 'vestiging' AS vestiging,
        gegevens ->> 'categorie' AS categorie,
        coalesce(CAST(gegevens -> 'aspecten' AS VARCHAR[]), []) AS aspecten,
        coalesce(CAST(gegevens -> 'kenmerken' AS VARCHAR[]), []) AS kenmerken,
        gegevens ->> 'ontvanger' AS ontvanger,
        coalesce(CAST(gegevens -> 'betrokkenen' AS VARCHAR[]), []) AS betrokkenen,
        coalesce(CAST(gegevens ->> 'feiten_vermeld' AS BOOLEAN), true) AS feiten_vermeld
    FROM feit
    WHERE soort = 'KlachtOntvangen'
),
verloop AS (
    SELECT
        klachtnummer,
        min(gebeurd_op) FILTER (soort = 'CoordinatorGeinformeerd') AS stap_02_op,
        min(gebeurd_op) FILTER (soort = 'KlachtGeregistreerd') AS stap_03_op,
        min(gebeurd_op) FILTER (soort = 'BehandelaarToegewezen') AS stap_04_op,
        min(gebeurd_op) FILTER (soort = 'OntvangstBevestigd') AS stap_05_op,
        min(gebeurd_op) FILTER (soort = 'KlachtOnderzocht') AS stap_06_op,
        min(gebeurd_op) FILTER (soort = 'NietInBehandelingGenomen') AS stap_07_op,
        min(gebeurd_op) FILTER (soort IN ('MaatregelBepaald', 'GeenMaatregelenNodig')) AS stap_08_op,
        min(gebeurd_op) FILTER (soort = 'ResultaatMeegedeeld') AS stap_09_op,
        min(gebeurd_op) FILTER (soort = 'VoortgangBewaakt') AS stap_12_op,
        max(gebeurd_op) FILTER (soort = 'KlachtAfgesloten') AS afgesloten_op,
        max(gebeurd_op) FILTER (soort = 'AfsluitingMeegedeeld') AS afsluiting_meegedeeld_op,
        min(gebeurd_op) FILTER (soort = 'GeschilVoorgelegd') AS stap_15_op,
        max(gebeurd_op) FILTER (soort = 'KlachtIngetrokken') AS ingetrokken_op,
        max(gebeurd_op) FILTER (soort = 'KlachtVervallen') AS vervallen_op,
        max(gebeurd_op) FILTER (soort = 'KlachtHeropend') AS heropend_op,
        CAST(count(*) FILTER (soort = 'KlachtHeropend') AS INTEGER) AS heropeningen,
        bool_or(soort = 'GeenMaatregelenNodig') AS zonder_maatregelen,
        -- the last fact that ended or reopened the klacht decides its status
        coalesce(
            arg_max(soort, oorsprong) FILTER (
                soort IN (
                    'KlachtAfgesloten', 'NietInBehandelingGenomen', 'KlachtIngetrokken', 'KlachtVervallen',
                    'KlachtHeropend'
                )
            ),
            ''
        ) AS toestand,
        max(oorsprong) FILTER (soort = 'KlachtHeropend') AS heropend_nr,
        max(oorsprong) FILTER (soort = 'AfsluitingMeegedeeld') AS afsluiting_meegedeeld_nr,
        arg_max(gegevens ->> 'behandelaar', oorsprong) FILTER (
            soort IN ('BehandelaarToegewezen', 'BehandelaarVervangen')
        ) AS behandelaar,
        list(gegevens ->> 'betrokkene' ORDER BY oorsprong) FILTER (soort = 'BetrokkeneToegevoegd') AS later_betrokken,
        coalesce(
            bool_or(CAST(gegevens ->> 'feiten_vermeld' AS BOOLEAN)) FILTER (soort = 'InformatieOntvangen'), false
        ) AS feiten_aangevuld,
        arg_max(gegevens ->> 'grond', oorsprong) FILTER (soort = 'NietInBehandelingGenomen') AS grond,
        arg_max(gegevens ->> 'oordeel', oorsprong) FILTER (soort = 'OordeelOntvangen') AS oordeel,
        arg_max(gegevens ->> 'uitkomst', oorsprong) FILTER (soort = 'KlachtAfgesloten') AS uitkomst,
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
            ) FILTER (soort IN ('MeningsverschilGemeld', 'OverlegGevoerd', 'GeschilVoorgelegd', 'OordeelOntvangen')),
            'geen'
        ) AS geschil,
        CAST(count(*) FILTER ((gegevens -> 'afwijkingen') IS NOT NULL) AS INTEGER) AS afwijkingen,
        max(gebeurd_op) AS laatste_op,
        max(nr) AS laatste_nr
    FROM feit
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
),
-- Steps 8, 10 and 11 count once per klacht: at the first decision, and when the last maatregel reaches them.
stap AS (
    SELECT
        klachtnummer,
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
        END AS stap,
        gebeurd_op AS op,
        oorsprong
    FROM feit
    WHERE soort IN (
        'KlachtOntvangen', 'CoordinatorGeinformeerd', 'KlachtGeregistreerd', 'BehandelaarToegewezen',
        'OntvangstBevestigd', 'KlachtOnderzocht', 'NietInBehandelingGenomen', 'ResultaatMeegedeeld',
        'VoortgangBewaakt', 'KlachtAfgesloten', 'AfsluitingMeegedeeld', 'GeschilVoorgelegd'
    )
    UNION ALL
    SELECT klachtnummer, 8 AS stap, min(gebeurd_op) AS op, arg_min(oorsprong, gebeurd_op) AS oorsprong
    FROM feit
    WHERE soort IN ('MaatregelBepaald', 'GeenMaatregelenNodig')
    GROUP BY klachtnummer
    UNION ALL
    SELECT
        feit.klachtnummer,
        feit.stap,
        max(feit.gebeurd_op) AS op,
        arg_max(feit.oorsprong, feit.gebeurd_op) AS oorsprong
    FROM feit
    INNER JOIN uitvoering ON uitvoering.klachtnummer = feit.klachtnummer
    WHERE
        (feit.soort = 'ActienemerGeinformeerd' AND uitvoering.stap_10_op IS NOT NULL)
        OR (feit.soort = 'MaatregelUitgevoerd' AND uitvoering.stap_11_op IS NOT NULL)
    GROUP BY feit.klachtnummer, feit.stap
),
volgorde AS (
    SELECT klachtnummer, string_agg(CAST(stap AS VARCHAR), '-' ORDER BY op, oorsprong) AS stappen
    FROM stap
    GROUP BY klachtnummer
)
SELECT
    ontvangst.klachtnummer,
    CAST(substr(ontvangst.klachtnummer, 2, 4) AS INTEGER) AS jaar,
    CAST(substr(ontvangst.klachtnummer, 7) AS INTEGER) AS volgnr,
    ontvangst.herkomst,
    ontvangst.bron,
    ontvangst.bron_id,
    ontvangst.reglement,
    ontvangst.reglement_versie,
    ontvangst.ontvangen_op,
    ontvangst.kanaal,
    ontvangst.indiener_soort,
    ontvangst.vestiging,
    ontvangst.categorie,
    ontvangst.aspecten,
    ontvangst.kenmerken,
    ontvangst.ontvanger,
    list_concat(ontvangst.betrokkenen, coalesce(verloop.later_betrokken, [])) AS betrokkenen,
    ontvangst.feiten_vermeld OR verloop.feiten_aangevuld AS feiten_vermeld,
    verloop.behandelaar,
    ontvangst.ontvangen_op AS stap_01_op,
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
    volgorde.stappen,
    verloop.laatste_op,
    verloop.laatste_nr
FROM ontvangst
INNER JOIN verloop ON verloop.klachtnummer = ontvangst.klachtnummer
INNER JOIN volgorde ON volgorde.klachtnummer = ontvangst.klachtnummer
LEFT JOIN uitvoering ON uitvoering.klachtnummer = ontvangst.klachtnummer
