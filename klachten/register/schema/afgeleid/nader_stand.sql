-- Question: what was known of each klacht beside the steps, from day to day?
-- Grain: one row per klacht of which something of it is known, and day on which that changed
-- Step: 3
-- The last that was recorded counts, field by field; of the date of the event all that was said at once.
WITH alles AS (
    SELECT klachtnummer, soort, gebeurd_op, oorsprong, gegevens
    FROM feit(nummer, tot_nr)
    WHERE soort IN (
        'GegevensAangevuld', 'AnonimiteitVastgelegd', 'IndienerToegevoegd', 'GemachtigdeAangewezen', 'ToestemmingVastgelegd',
        'TussenberichtGestuurd', 'VertragingToegelicht', 'MedewerkerIngelicht', 'MedewerkerGehoord', 'UitkomstMeegedeeld',
        'TevredenheidGevraagd', 'TevredenheidGegeven'
    )
),
dag AS (
    SELECT klachtnummer, gebeurd_op AS van FROM alles GROUP BY klachtnummer, gebeurd_op
),
laatst AS (
    SELECT
        dag.klachtnummer,
        dag.van,
        arg_max(
            CASE
                WHEN (gegevens ->> 'gebeurtenis_van') IS NOT NULL OR (gegevens ->> 'gebeurtenis_onbekend') = 'true'
                    THEN gegevens
            END,
            oorsprong
        ) AS tijd,
        arg_max(CASE WHEN soort = 'GegevensAangevuld' THEN gegevens ->> 'opdrachtgever' END, oorsprong) AS opdrachtgever,
        arg_max(CASE WHEN soort = 'GegevensAangevuld' THEN gegevens ->> 'trajectsoort' END, oorsprong) AS trajectsoort,
        arg_max(CASE WHEN soort = 'GegevensAangevuld' THEN gegevens ->> 'ernst' END, oorsprong) AS ernst,
        arg_max(CASE WHEN soort = 'GegevensAangevuld' THEN gegevens ->> 'aard' END, oorsprong) AS aard,
        arg_max(CASE WHEN soort = 'GegevensAangevuld' THEN gegevens ->> 'directe_actie' END, oorsprong) AS directe_actie,
        CAST(1 + count(CASE WHEN soort = 'IndienerToegevoegd' THEN 1 END) AS INTEGER) AS indieners,
        arg_max(CASE WHEN soort = 'AnonimiteitVastgelegd' THEN gegevens END, oorsprong) AS anonimiteit,
        arg_max(
            CASE WHEN soort = 'GemachtigdeAangewezen' THEN coalesce(gegevens ->> 'gestopt', 'false') = 'false' END, oorsprong
        ) AS gemachtigde,
        arg_max(CASE WHEN soort = 'ToestemmingVastgelegd' THEN gegevens ->> 'toestemming' END, oorsprong) AS toestemming,
        arg_max(CASE WHEN soort = 'VertragingToegelicht' THEN gegevens ->> 'vertraging' END, oorsprong) AS vertraging,
        CAST(count(CASE WHEN soort = 'TussenberichtGestuurd' THEN 1 END) AS INTEGER) AS tussenberichten,
        max(CASE WHEN soort = 'TussenberichtGestuurd' THEN gebeurd_op END) AS tussenbericht_op,
        list(DISTINCT gegevens ->> 'medewerker') FILTER (soort = 'MedewerkerIngelicht') AS ingelicht,
        list(DISTINCT gegevens ->> 'medewerker') FILTER (soort = 'MedewerkerGehoord') AS gehoord,
        list(DISTINCT gegevens ->> 'medewerker') FILTER (soort = 'UitkomstMeegedeeld') AS uitkomst_verteld,
        min(CASE WHEN soort = 'TevredenheidGevraagd' THEN gebeurd_op END) AS tevredenheid_gevraagd_op,
        max(CASE WHEN soort = 'TevredenheidGegeven' THEN gebeurd_op END) AS tevredenheid_op,
        arg_max(CASE WHEN soort = 'TevredenheidGegeven' THEN gegevens ->> 'tevredenheid' END, oorsprong) AS tevredenheid
    FROM dag
    INNER JOIN alles ON alles.klachtnummer = dag.klachtnummer AND alles.gebeurd_op <= dag.van
    GROUP BY dag.klachtnummer, dag.van
)
SELECT
    klachtnummer,
    van,
    coalesce(lead(van) OVER (PARTITION BY klachtnummer ORDER BY van), DATE '9999-12-31') AS tot,
    CASE
        WHEN (tijd ->> 'gebeurtenis_van') IS NULL THEN CASE WHEN tijd IS NOT NULL THEN 'onbekend' END
        WHEN (tijd ->> 'gebeurtenis_tot') IS NULL THEN 'dag'
        ELSE 'periode'
    END AS wanneer,
    CAST(tijd ->> 'gebeurtenis_van' AS DATE) AS gebeurtenis_van,
    CAST(tijd ->> 'gebeurtenis_tot' AS DATE) AS gebeurtenis_tot,
    opdrachtgever,
    trajectsoort,
    ernst,
    aard,
    directe_actie,
    nullif(indieners, 1) AS indieners,
    (anonimiteit ->> 'onbekend') = 'true' AS anoniem,
    CASE WHEN anonimiteit IS NOT NULL THEN coalesce(anonimiteit ->> 'bereikbaar', 'false') = 'true' END AS bereikbaar,
    gemachtigde,
    CASE
        WHEN anonimiteit IS NOT NULL
            THEN (anonimiteit ->> 'onbekend') = 'true'
                AND coalesce(anonimiteit ->> 'bereikbaar', 'false') = 'false'
                AND NOT coalesce(gemachtigde, false)
                AND indieners = 1
    END AS onbereikbaar,
    toestemming,
    vertraging,
    nullif(tussenberichten, 0) AS tussenberichten,
    tussenbericht_op,
    list_sort(coalesce(ingelicht, [])) AS ingelicht,
    list_sort(coalesce(gehoord, [])) AS gehoord,
    list_sort(coalesce(uitkomst_verteld, [])) AS uitkomst_verteld,
    tevredenheid_gevraagd_op,
    tevredenheid_op,
    tevredenheid
FROM laatst
