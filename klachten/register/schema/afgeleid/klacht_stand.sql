-- Question: where did each klacht stand, from day to day: who, what, the date of every step, and its status?
-- Grain: one row per klacht and day on which something happened in it, with the day (tot) on which the next thing did
-- Step: 1-15
-- A fact is known from its own day on. So the first date of anything is known from that date on (CTE eerst), and only what
-- the last fact decides has to be worked out from day to day: of the maatregelen, and of what turns a klacht (wending).
-- CASE in the aggregates where FILTER would read better, because DuckDB 2.0 runs thirty of those four times as slowly.
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
    SELECT
        klachtnummer,
        gebeurd_op AS van,
        -- Here, where a row is narrow: a window over the sixty columns at the end puts all of them in order.
        coalesce(lead(gebeurd_op) OVER (PARTITION BY klachtnummer ORDER BY gebeurd_op), DATE '9999-12-31') AS tot,
        max(max(nr)) OVER (PARTITION BY klachtnummer ORDER BY gebeurd_op ROWS UNBOUNDED PRECEDING) AS laatste_nr,
        sum(count(gegevens -> 'afwijkingen')) OVER (
            PARTITION BY klachtnummer ORDER BY gebeurd_op ROWS UNBOUNDED PRECEDING
        ) AS afwijkingen
    FROM stapfeit
    GROUP BY klachtnummer, gebeurd_op
),
eerst AS (
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
        min(CASE WHEN soort = 'KlachtAfgesloten' THEN gebeurd_op END) AS stap_13_op,
        min(CASE WHEN soort = 'AfsluitingMeegedeeld' THEN gebeurd_op END) AS stap_14_op,
        min(CASE WHEN soort = 'GeschilVoorgelegd' THEN gebeurd_op END) AS stap_15_op,
        min(CASE WHEN soort = 'GeenMaatregelenNodig' THEN gebeurd_op END) AS zonder_op,
        min(
            CASE WHEN soort = 'InformatieOntvangen' AND CAST(gegevens ->> 'feiten_vermeld' AS BOOLEAN) THEN gebeurd_op END
        ) AS aangevuld_op,
        list({'op': gebeurd_op, 'wie': gegevens ->> 'betrokkene'} ORDER BY oorsprong) FILTER (soort = 'BetrokkeneToegevoegd')
            AS later_betrokken,
        list({'op': gebeurd_op, 'ronde': ronde}) FILTER (soort = 'GeenMaatregelenNodig') AS zonder_rondes,
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
        -- handled on here after it was taken over: the first time counts
        min(CASE WHEN soort = 'BehandelingVoortgezet' THEN gebeurd_op END) AS voortgezet_op,
        arg_min(
            CASE WHEN soort = 'BehandelingVoortgezet' THEN gegevens END,
            CASE WHEN soort = 'BehandelingVoortgezet' THEN {'op': gebeurd_op, 'nr': oorsprong} END
        ) AS voortzetting
    FROM stapfeit
    GROUP BY klachtnummer
),
wending AS (
    SELECT klachtnummer, soort, gebeurd_op, oorsprong, gegevens
    FROM stapfeit
    WHERE soort IN (
        'BehandelaarToegewezen', 'BehandelaarVervangen', 'NietInBehandelingGenomen', 'KlachtAfgesloten',
        'AfsluitingMeegedeeld', 'KlachtIngetrokken', 'KlachtVervallen', 'KlachtHeropend', 'MeningsverschilGemeld',
        'OverlegGevoerd', 'GeschilVoorgelegd', 'OordeelOntvangen'
    )
),
wenddag AS (
    SELECT
        klachtnummer,
        gebeurd_op AS van,
        coalesce(lead(gebeurd_op) OVER (PARTITION BY klachtnummer ORDER BY gebeurd_op), DATE '9999-12-31') AS tot
    FROM wending
    GROUP BY klachtnummer, gebeurd_op
),
verloop AS (
    SELECT
        wenddag.klachtnummer,
        wenddag.van,
        wenddag.tot,
        max(CASE WHEN soort = 'KlachtAfgesloten' THEN gebeurd_op END) AS afgesloten_op,
        max(CASE WHEN soort = 'AfsluitingMeegedeeld' THEN gebeurd_op END) AS afsluiting_meegedeeld_op,
        max(CASE WHEN soort = 'KlachtIngetrokken' THEN gebeurd_op END) AS ingetrokken_op,
        max(CASE WHEN soort = 'KlachtVervallen' THEN gebeurd_op END) AS vervallen_op,
        max(CASE WHEN soort = 'KlachtHeropend' THEN gebeurd_op END) AS heropend_op,
        CAST(count(CASE WHEN soort = 'KlachtHeropend' THEN 1 END) AS INTEGER) AS heropeningen,
        -- the last fact that ended or reopened the klacht decides its status
        arg_max(CASE WHEN soort IN (
                'KlachtAfgesloten', 'NietInBehandelingGenomen', 'KlachtIngetrokken', 'KlachtVervallen', 'KlachtHeropend'
            ) THEN soort END, oorsprong) AS toestand,
        max(CASE WHEN soort = 'KlachtHeropend' THEN oorsprong END) AS heropend_nr,
        max(CASE WHEN soort = 'AfsluitingMeegedeeld' THEN oorsprong END) AS afsluiting_meegedeeld_nr,
        arg_max(CASE WHEN soort IN ('BehandelaarToegewezen', 'BehandelaarVervangen') THEN gegevens ->> 'behandelaar' END, oorsprong) AS behandelaar,
        arg_max(CASE WHEN soort = 'NietInBehandelingGenomen' THEN gegevens ->> 'grond' END, oorsprong) AS grond,
        arg_max(CASE WHEN soort = 'OordeelOntvangen' THEN gegevens ->> 'oordeel' END, oorsprong) AS oordeel,
        arg_max(CASE WHEN soort = 'KlachtAfgesloten' THEN gegevens ->> 'uitkomst' END, oorsprong) AS uitkomst,
        arg_max(
            CASE soort
                WHEN 'MeningsverschilGemeld' THEN 'gemeld'
                WHEN 'OverlegGevoerd'
                    THEN CASE WHEN (gegevens ->> 'opgelost') = 'true' THEN 'opgelost' ELSE 'overleg mislukt' END
                WHEN 'GeschilVoorgelegd' THEN 'voorgelegd'
                WHEN 'OordeelOntvangen' THEN 'oordeel'
            END,
            oorsprong
        ) AS geschil
    FROM wenddag
    INNER JOIN wending ON wending.klachtnummer = wenddag.klachtnummer AND wending.gebeurd_op <= wenddag.van
    GROUP BY wenddag.klachtnummer, wenddag.van, wenddag.tot
),
maatregel AS (
    SELECT * FROM maatregel_stand_uit_feiten(nummer, tot_nr)
),
-- The maatregelen of a klacht have their days in common.
uitvoering AS (
    SELECT
        klachtnummer,
        van,
        min(tot) AS tot,
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
    SELECT
        klachtnummer, ronde, gebeurd_op AS op, oorsprong AS nr, stapnr AS stap, gebeurd_op AS van, DATE '9999-12-31' AS tot
    FROM stapfeit
    WHERE stapnr IS NOT NULL
    UNION ALL
    SELECT
        klachtnummer, ronde, min(gebeurd_op), arg_min(oorsprong, {'op': gebeurd_op, 'nr': oorsprong}), 8, min(gebeurd_op),
        DATE '9999-12-31'
    FROM stapfeit
    WHERE soort IN ('MaatregelBepaald', 'GeenMaatregelenNodig')
    GROUP BY klachtnummer, ronde
    UNION ALL
    SELECT klachtnummer, ronde, max(geinformeerd_op), max(geinformeerd_nr), 10, van, min(tot)
    FROM maatregel
    WHERE vervallen_op IS NULL
    GROUP BY klachtnummer, van, ronde
    HAVING count(*) = count(geinformeerd_op)
    UNION ALL
    SELECT klachtnummer, ronde, max(uitgevoerd_op), max(uitgevoerd_nr), 11, van, min(tot)
    FROM maatregel
    WHERE vervallen_op IS NULL
    GROUP BY klachtnummer, van, ronde
    HAVING count(*) = count(uitgevoerd_op)
),
weg AS (
    SELECT
        klachtnummer,
        list_sort(list({'ronde': ronde, 'op': op, 'nr': nr, 'stap': stap, 'van': van, 'tot': tot})) AS zetten
    FROM zet
    GROUP BY klachtnummer
),
gelopen AS (
    SELECT
        dag.klachtnummer,
        dag.van,
        dag.tot,
        dag.laatste_nr,
        CAST(dag.afwijkingen AS INTEGER) AS afwijkingen,
        coalesce(list_filter(weg.zetten, lambda zet: zet.van <= dag.van AND zet.tot > dag.van), []) AS zetten
    FROM dag
    LEFT JOIN weg ON weg.klachtnummer = dag.klachtnummer
),
hernoemd AS (
    SELECT reglement, map(list(categorie), list(nu)) AS nu FROM categorie_nu GROUP BY reglement
),
ontvangen AS (
    SELECT
        eerst.*,
        coalesce(ontvangst ->> 'herkomst', 'register') AS herkomst,
        coalesce(ontvangst ->> 'bron', '') AS bron,
        coalesce(ontvangst ->> 'bron_id', '') AS bron_id,
        ontvangst ->> 'reglement' AS reglement,
        CAST(ontvangst ->> 'reglement_versie' AS DATE) AS reglement_versie,
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
        coalesce(CAST(ontvangst -> 'betrokkenen' AS VARCHAR[]), []) AS betrokkenen,
        coalesce(CAST(ontvangst ->> 'feiten_vermeld' AS BOOLEAN), true) AS feiten_vermeld,
        -- what the own lists say instead, from the day on which it is handled on here
        voortzetting ->> 'reglement' AS hier_reglement,
        CAST(voortzetting ->> 'reglement_versie' AS DATE) AS hier_versie,
        coalesce(voortzetting ->> 'kanaal', ontvangst ->> 'kanaal') AS hier_kanaal,
        coalesce(voortzetting ->> 'indiener_soort', ontvangst ->> 'indiener_soort') AS hier_indiener_soort,
        coalesce(voortzetting ->> 'vestiging', ontvangst ->> 'vestiging') AS hier_vestiging,
        coalesce(voortzetting ->> 'categorie', ontvangst ->> 'categorie') AS hier_categorie_toen,
        coalesce(
            hier.nu[coalesce(voortzetting ->> 'categorie', ontvangst ->> 'categorie')],
            voortzetting ->> 'categorie',
            ontvangst ->> 'categorie'
        ) AS hier_categorie,
        coalesce(CAST(voortzetting -> 'elders_gedaan' AS INTEGER[]), []) AS elders_gedaan
    FROM eerst
    LEFT JOIN hernoemd ON hernoemd.reglement = ontvangst ->> 'reglement'
    LEFT JOIN hernoemd AS hier ON hier.reglement = voortzetting ->> 'reglement'
    WHERE ontvangst IS NOT NULL
)
SELECT
    gelopen.klachtnummer,
    gelopen.van,
    gelopen.tot,
    CAST(year(eerst.ontvangen_op) AS INTEGER) AS jaar,
    CAST(substr(gelopen.klachtnummer, 2, 4) AS INTEGER) AS nummerjaar,
    CAST(substr(gelopen.klachtnummer, 7) AS INTEGER) AS volgnr,
    CASE WHEN eerst.voortgezet_op <= gelopen.van THEN 'register' ELSE eerst.herkomst END AS herkomst,
    eerst.bron,
    eerst.bron_id,
    CASE WHEN eerst.voortgezet_op <= gelopen.van THEN eerst.hier_reglement ELSE eerst.reglement END AS reglement,
    CASE WHEN eerst.voortgezet_op <= gelopen.van THEN eerst.hier_versie ELSE eerst.reglement_versie END AS reglement_versie,
    eerst.ontvangen_op,
    CASE WHEN eerst.voortgezet_op <= gelopen.van THEN eerst.hier_kanaal ELSE eerst.kanaal END AS kanaal,
    CASE WHEN eerst.voortgezet_op <= gelopen.van THEN eerst.hier_indiener_soort ELSE eerst.indiener_soort END AS indiener_soort,
    CASE WHEN eerst.voortgezet_op <= gelopen.van THEN eerst.hier_vestiging ELSE eerst.vestiging END AS vestiging,
    CASE WHEN eerst.voortgezet_op <= gelopen.van THEN eerst.hier_categorie ELSE eerst.categorie END AS categorie,
    CASE WHEN eerst.voortgezet_op <= gelopen.van THEN eerst.hier_categorie_toen ELSE eerst.categorie_toen END AS categorie_toen,
    eerst.aspecten,
    eerst.kenmerken,
    eerst.ontvanger,
    list_concat(
        eerst.betrokkenen,
        list_transform(
            list_filter(coalesce(eerst.later_betrokken, []), lambda later: later.op <= gelopen.van), lambda later: later.wie
        )
    ) AS betrokkenen,
    eerst.feiten_vermeld OR coalesce(eerst.aangevuld_op <= gelopen.van, false) AS feiten_vermeld,
    verloop.behandelaar,
    eerst.ontvangen_op AS stap_01_op,
    CASE WHEN eerst.stap_02_op <= gelopen.van THEN eerst.stap_02_op END AS stap_02_op,
    CASE WHEN eerst.stap_03_op <= gelopen.van THEN eerst.stap_03_op END AS stap_03_op,
    CASE WHEN eerst.stap_04_op <= gelopen.van THEN eerst.stap_04_op END AS stap_04_op,
    CASE WHEN eerst.stap_05_op <= gelopen.van THEN eerst.stap_05_op END AS stap_05_op,
    CASE WHEN eerst.stap_06_op <= gelopen.van THEN eerst.stap_06_op END AS stap_06_op,
    CASE WHEN eerst.stap_07_op <= gelopen.van THEN eerst.stap_07_op END AS stap_07_op,
    CASE WHEN eerst.stap_08_op <= gelopen.van THEN eerst.stap_08_op END AS stap_08_op,
    CASE WHEN eerst.stap_09_op <= gelopen.van THEN eerst.stap_09_op END AS stap_09_op,
    uitvoering.stap_10_op,
    uitvoering.stap_11_op,
    CASE WHEN eerst.stap_12_op <= gelopen.van THEN eerst.stap_12_op END AS stap_12_op,
    CASE WHEN verloop.toestand = 'KlachtAfgesloten' THEN verloop.afgesloten_op END AS stap_13_op,
    CASE
        WHEN verloop.afsluiting_meegedeeld_nr > coalesce(verloop.heropend_nr, 0) THEN verloop.afsluiting_meegedeeld_op
    END AS stap_14_op,
    CASE WHEN eerst.stap_15_op <= gelopen.van THEN eerst.stap_15_op END AS stap_15_op,
    coalesce(eerst.zonder_op <= gelopen.van, false) AND coalesce(uitvoering.maatregelen, 0) = 0 AS zonder_maatregelen,
    list_sort(
        list_distinct(
            list_transform(
                list_filter(
                    coalesce(eerst.zonder_rondes, []),
                    lambda zonder: zonder.op <= gelopen.van
                        AND NOT list_contains(coalesce(uitvoering.met_rondes, []), zonder.ronde)
                ),
                lambda zonder: zonder.ronde
            )
        )
    ) AS zonder_rondes,
    coalesce(uitvoering.maatregelen, 0) AS maatregelen,
    coalesce(uitvoering.maatregelen_open, 0) AS maatregelen_open,
    CASE
        WHEN eerst.eerste_einde_op > gelopen.van THEN NULL
        WHEN eerst.eerste_einde = 'KlachtAfgesloten' THEN 'afgesloten'
        WHEN eerst.eerste_einde = 'NietInBehandelingGenomen' THEN 'niet in behandeling'
        WHEN eerst.eerste_einde = 'KlachtIngetrokken' THEN 'ingetrokken'
    END AS eerste_einde,
    CASE WHEN eerst.eerste_einde_op <= gelopen.van THEN eerst.eerste_einde_op END AS eerste_einde_op,
    CASE
        WHEN eerst.eerste_stap_07_op <= gelopen.van THEN 'niet in behandeling'
        WHEN uitvoering.eerste_bepaald_op IS NOT NULL THEN 'maatregelen'
        WHEN eerst.eerste_zonder_op <= gelopen.van THEN 'geen maatregelen'
    END AS eerste_besluit,
    CASE
        WHEN eerst.eerste_stap_07_op <= gelopen.van THEN eerst.eerste_stap_07_op
        WHEN uitvoering.eerste_bepaald_op IS NOT NULL THEN uitvoering.eerste_bepaald_op
        WHEN eerst.eerste_zonder_op <= gelopen.van THEN eerst.eerste_zonder_op
    END AS eerste_besluit_op,
    uitvoering.eerste_uitgevoerd_op,
    uitvoering.eerste_vervallen_op,
    CASE WHEN eerst.eerste_meegedeeld_op <= gelopen.van THEN eerst.eerste_meegedeeld_op END AS eerste_meegedeeld_op,
    verloop.grond,
    verloop.oordeel,
    verloop.uitkomst,
    coalesce(verloop.geschil, 'geen') AS geschil,
    CASE WHEN verloop.toestand = 'KlachtIngetrokken' THEN verloop.ingetrokken_op END AS ingetrokken_op,
    CASE WHEN verloop.toestand = 'KlachtVervallen' THEN verloop.vervallen_op END AS vervallen_op,
    verloop.heropend_op,
    coalesce(verloop.heropeningen, 0) AS heropeningen,
    CASE
        WHEN verloop.toestand = 'KlachtAfgesloten' THEN 'afgesloten'
        WHEN verloop.toestand = 'NietInBehandelingGenomen' THEN 'niet in behandeling'
        WHEN verloop.toestand = 'KlachtIngetrokken' THEN 'ingetrokken'
        WHEN verloop.toestand = 'KlachtVervallen' THEN 'vervallen'
        WHEN eerst.stap_08_op <= gelopen.van THEN 'in behandeling'
        WHEN eerst.voortgezet_op <= gelopen.van AND list_contains(eerst.elders_gedaan, 8) THEN 'in behandeling'
        WHEN verloop.behandelaar IS NOT NULL THEN 'in onderzoek'
        ELSE 'ontvangen'
    END AS status,
    gelopen.afwijkingen,
    array_to_string(
        list_transform(
            gelopen.zetten,
            lambda zet, i: CASE WHEN i = 1 THEN '' WHEN zet.ronde > gelopen.zetten[i - 1].ronde THEN '|' ELSE '-' END
                || CAST(zet.stap AS VARCHAR)
        ),
        ''
    ) AS stappen,
    list_transform(gelopen.zetten, lambda zet: zet.op) AS stappen_op,
    [
        eerst.ontvangen_op,
        CASE WHEN eerst.stap_02_op <= gelopen.van THEN eerst.stap_02_op END,
        CASE WHEN eerst.stap_03_op <= gelopen.van THEN eerst.stap_03_op END,
        CASE WHEN eerst.stap_04_op <= gelopen.van THEN eerst.stap_04_op END,
        CASE WHEN eerst.stap_05_op <= gelopen.van THEN eerst.stap_05_op END,
        CASE WHEN eerst.stap_06_op <= gelopen.van THEN eerst.stap_06_op END,
        CASE WHEN eerst.stap_07_op <= gelopen.van THEN eerst.stap_07_op END,
        CASE WHEN eerst.stap_08_op <= gelopen.van THEN eerst.stap_08_op END,
        CASE WHEN eerst.stap_09_op <= gelopen.van THEN eerst.stap_09_op END,
        list_min(list_transform(list_filter(gelopen.zetten, lambda zet: zet.stap = 10), lambda zet: zet.op)),
        list_min(list_transform(list_filter(gelopen.zetten, lambda zet: zet.stap = 11), lambda zet: zet.op)),
        CASE WHEN eerst.stap_12_op <= gelopen.van THEN eerst.stap_12_op END,
        CASE WHEN eerst.stap_13_op <= gelopen.van THEN eerst.stap_13_op END,
        CASE WHEN eerst.stap_14_op <= gelopen.van THEN eerst.stap_14_op END,
        CASE WHEN eerst.stap_15_op <= gelopen.van THEN eerst.stap_15_op END
    ] AS stap_eerst_op,
    gelopen.van AS laatste_op,
    gelopen.laatste_nr,
    CASE WHEN eerst.voortgezet_op <= gelopen.van THEN eerst.voortgezet_op END AS voortgezet_op,
    CASE WHEN eerst.voortgezet_op <= gelopen.van THEN eerst.elders_gedaan END AS elders_gedaan
FROM gelopen
INNER JOIN ontvangen AS eerst ON eerst.klachtnummer = gelopen.klachtnummer AND eerst.ontvangen_op <= gelopen.van
LEFT JOIN verloop
    ON verloop.klachtnummer = gelopen.klachtnummer AND verloop.van <= gelopen.van AND verloop.tot > gelopen.van
LEFT JOIN uitvoering
    ON uitvoering.klachtnummer = gelopen.klachtnummer AND uitvoering.van <= gelopen.van AND uitvoering.tot > gelopen.van
