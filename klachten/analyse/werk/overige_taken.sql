-- Question: What is there to do that belongs to no klacht on the peildatum, by whom, and by when?
-- Grain: one row per thing to do: signalen, evaluations, numbers of trajecten and verbeteracties
-- Step: 1, 16-18
-- Parameters: peildatum, coordinatoren, directieleden, vestigingen, jaren
-- Building block of werkvoorraad, which says what the columns and the lists of people are; `jaren` are those of jaren_met_klachten.
WITH jaar_met_klachten AS (
    SELECT UNNEST(jaren) AS jaar
),
jaar_te_evalueren AS (
    SELECT j.jaar
    FROM (
        SELECT CAST(UNNEST(generate_series(MIN(k.jaar), YEAR(peildatum) - 1)) AS INTEGER) AS jaar FROM jaar_met_klachten AS k
    ) AS j
    WHERE
        -- An evaluation during the year is welcome, and leaves the year itself to be evaluated after its end.
        NOT EXISTS (
            SELECT 1 FROM geevalueerd_op(peildatum) AS e WHERE e.jaar = j.jaar AND e.heel + e.delen > 0
        )
        AND (j.jaar = YEAR(peildatum) - 1 OR EXISTS (SELECT 1 FROM jaar_met_klachten AS k WHERE k.jaar = j.jaar))
)
SELECT
    o.klachtnummer, o.stap, o.soort, o.wat, o.rol, o.wie, o.personen, o.onderdeel, o.vestiging, o.categorie, o.uiterlijk_op,
    o.termijn_naam, date_diff('day', peildatum, o.uiterlijk_op) AS dagen_over
FROM (
    SELECT
        s.klachtnummer, 1 AS stap, 'signaal_op_schrift' AS soort, 'Signaal op schrift laten stellen of afdoen' AS wat, 'medewerker' AS rol, s.ontvanger AS wie,
        list_distinct(list_concat([s.ontvanger], coordinatoren)) AS personen, CAST(NULL AS INTEGER) AS onderdeel, s.vestiging,
        CAST(NULL AS VARCHAR) AS categorie, CAST(NULL AS DATE) AS uiterlijk_op, CAST(NULL AS VARCHAR) AS termijn_naam
    FROM signaal_op(peildatum) AS s
    WHERE s.status = 'open'
    UNION ALL
    SELECT
        NULL, 16, 'klachten_evalueren', 'Klachten over ' || CAST(j.jaar AS VARCHAR) || ' evalueren', 'directie', NULL, directieleden, j.jaar, NULL,
        NULL, NULL, NULL
    FROM jaar_te_evalueren AS j
    UNION ALL
    SELECT
        NULL, 16, 'aantal_trajecten_invullen',
        'Aantal trajecten over ' || CAST(YEAR(peildatum) - 1 AS VARCHAR) || ' invullen: '
        || CASE WHEN COUNT(*) = 1 THEN '1 vestiging ontbreekt' ELSE CAST(COUNT(*) AS VARCHAR) || ' vestigingen ontbreken' END,
        'directie', NULL, directieleden, CAST(YEAR(peildatum) - 1 AS INTEGER), NULL, NULL, NULL, NULL
    FROM (SELECT UNNEST(vestigingen) AS vestiging) AS w
    WHERE
        NOT EXISTS (
            SELECT 1 FROM omvang(peildatum, NULL, NULL) AS o WHERE o.vestiging = w.vestiging AND o.jaar = YEAR(peildatum) - 1
        )
        AND EXISTS (SELECT 1 FROM jaar_met_klachten AS k WHERE k.jaar < YEAR(peildatum))
    HAVING COUNT(*) > 0
    UNION ALL
    SELECT
        va.klachtnummer,
        CASE WHEN va.meegedeeld_op IS NULL THEN 17 ELSE 18 END,
        CASE WHEN va.meegedeeld_op IS NULL THEN 'verbeteractie_meedelen' ELSE 'verbeteractie_uitvoeren' END,
        CASE
            WHEN va.meegedeeld_op IS NULL THEN 'Actienemer informeren over verbeteractie ' || CAST(va.verbeteractie AS VARCHAR)
            ELSE 'Verbeteractie ' || CAST(va.verbeteractie AS VARCHAR) || ' uitvoeren'
        END,
        CASE WHEN va.meegedeeld_op IS NULL THEN 'directie' ELSE 'actienemer' END,
        CASE WHEN va.meegedeeld_op IS NOT NULL THEN va.actienemer END,
        CASE WHEN va.meegedeeld_op IS NULL THEN directieleden ELSE [va.actienemer] END,
        va.verbeteractie, NULL, NULLIF(va.categorie, ''), va.uiterlijk_op, NULL
    FROM verbeteractie_op(peildatum) AS va
    WHERE va.uitgevoerd_op IS NULL AND va.vervallen_op IS NULL
) AS o
