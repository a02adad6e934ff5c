-- Question: which facts would a register of `klachten` klachten hold, a dozen each, received from 2020 up to and including 2025?
-- Grain: one row per fact of a klacht, without its number: that follows from the order in which they were recorded
-- Step: 1-15
-- Parameters: klachten, tot, coordinator, directielid, behandelaars, actienemers, vestigingen
-- Nothing random: what happens to a klacht follows from hashes of its place, so that every machine makes the same facts.
WITH lot AS (
    SELECT
        i,
        DATE '2020-01-01' + CAST(i * 2192 // klachten AS INTEGER) AS ontvangen_op,
        -- the draws: l for the course, the others for days and characteristics
        CAST(hash(i * 16 + 1) % 1000 AS INTEGER) AS l,
        CAST(hash(i * 16 + 2) % 9973 AS INTEGER) AS a,
        CAST(hash(i * 16 + 3) % 9973 AS INTEGER) AS b,
        CAST(hash(i * 16 + 4) % 9973 AS INTEGER) AS c,
        CAST(hash(i * 16 + 5) % 9973 AS INTEGER) AS d
    FROM range(klachten) AS t (i)
),
gang AS (
    SELECT
        i, ontvangen_op, a, b, c, d,
        'K' || year(ontvangen_op) || '-'
            || format('{:04d}', row_number() OVER (PARTITION BY year(ontvangen_op) ORDER BY i)) AS klachtnummer,
        CASE
            WHEN l < 10 THEN 'vervallen' WHEN l < 45 THEN 'ingetrokken' WHEN l < 130 THEN 'niet in behandeling'
            WHEN l < 190 THEN 'zonder' WHEN l < 205 THEN 'heropend' WHEN l < 245 THEN 'geschil' WHEN l < 260 THEN 'blijft liggen'
            ELSE 'gewoon'
        END AS verloop,
        a % 3 AS dag_2, a % 3 + b % 2 AS dag_3, a % 3 + b % 2 + c % 4 AS dag_4,
        a % 3 + b % 2 + c % 4 + CASE WHEN d % 10 = 0 THEN 9 + a % 17 ELSE b % 7 END AS dag_5,
        d % 50 = 7 AS zonder_bevestiging, c % 5 < 2 AS twee, b % 10 < 3 AS bewaakt
    FROM lot
),
dagen AS (
    SELECT *, dag_5 + 3 + b % 11 + CASE WHEN c % 20 = 0 THEN 40 ELSE 0 END AS dag_6 FROM gang
),
later AS (
    SELECT *, dag_6 + 1 + c % 7 AS dag_8, dag_6 + c % 9 AS dag_7 FROM dagen
),
laatst AS (
    SELECT
        *, dag_8 + 1 + d % 5 AS dag_9, dag_8 + a % 4 AS dag_10, dag_8 + 4 + b % 25 AS dag_11, dag_8 + 4 + b % 25 + c % 9 AS dag_11b,
        dag_8 + 40 + d % 6 AS dag_13
    FROM later
),
feit AS (
    SELECT
        i, klachtnummer, ontvangen_op,
        UNNEST([
            {'volg': 1, 'soort': 'KlachtOntvangen', 'stap': 1, 'dag': 0, 'gegevens':
                '{"reglement":"coulant","reglement_versie":"2000-01-01","kanaal":"'
                || ['brief', 'e-mail', 'webformulier', 'telefoon', 'gesprek', 'opdrachtgever'][1 + a % 6]
                || '","indiener_soort":"' || ['klant', 'klant', 'opdrachtgever', 'overige'][1 + b % 4]
                || '","vestiging":"' || vestigingen[1 + c % len(vestigingen)] || '","categorie":"'
                || [
                    'bejegening', 'informatie', 'deskundigheid', 'doorlooptijd', 'bereikbaarheid', 'afspraken', 'privacy',
                    'dossier', 'resultaat', 'financieel', 'overig'
                ][1 + LEAST(d % 11, (d // 11) % 11)] || '","ontvanger":"' || actienemers[-1] || '"'
                || CASE WHEN a % 6 = 1 THEN ',"aspecten":["informatie"]}' ELSE '}' END},
            {'volg': 2, 'soort': 'CoordinatorGeinformeerd', 'stap': 2, 'dag': dag_2, 'gegevens': '{"geinformeerde":"' || coordinator || '"}'},
            {'volg': 3, 'soort': 'KlachtGeregistreerd', 'stap': 3, 'dag': dag_3, 'gegevens': '{}'},
            CASE WHEN verloop = 'vervallen' THEN
                {'volg': 4, 'soort': 'KlachtVervallen', 'stap': 3, 'dag': dag_4, 'gegevens': '{"grond":"vergissing"}'} END,
            CASE WHEN verloop <> 'vervallen' THEN
                {'volg': 4, 'soort': 'BehandelaarToegewezen', 'stap': 4, 'dag': dag_4, 'gegevens':
                    '{"behandelaar":"' || behandelaars[1 + a % len(behandelaars)] || '","toegewezen_door":"' || directielid || '"}'} END,
            CASE WHEN verloop <> 'vervallen' AND NOT zonder_bevestiging THEN
                {'volg': 5, 'soort': 'OntvangstBevestigd', 'stap': 5, 'dag': dag_5, 'gegevens':
                    CASE WHEN dag_5 > 14 THEN '{"afwijkingen":["te_laat:bevestiging"],' ELSE '{' END
                    || '"wijze":"brief","behandelaar":"' || coordinator || '"}'} END,
            CASE WHEN verloop = 'ingetrokken' THEN
                {'volg': 6, 'soort': 'KlachtIngetrokken', 'stap': 0, 'dag': dag_6, 'gegevens': '{"wijze":"e-mail"}'} END,
            CASE WHEN verloop NOT IN ('vervallen', 'ingetrokken') THEN
                {'volg': 6, 'soort': 'KlachtOnderzocht', 'stap': 6, 'dag': dag_6, 'gegevens': '{"oorzaak":"communicatie"}'} END,
            CASE WHEN verloop = 'niet in behandeling' THEN
                {'volg': 7, 'soort': 'NietInBehandelingGenomen', 'stap': 7, 'dag': dag_7, 'gegevens':
                    '{"grond":"' || ['geen_klacht', 'al_behandeld', 'te_oud', 'elders', 'anders'][1 + b % 5] || '","wijze":"brief"}'} END,
            CASE WHEN verloop = 'zonder' THEN
                {'volg': 8, 'soort': 'GeenMaatregelenNodig', 'stap': 8, 'dag': dag_8, 'gegevens': '{"overlegd_met":"' || directielid || '"}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend') THEN
                {'volg': 8, 'soort': 'MaatregelBepaald', 'stap': 8, 'dag': dag_8, 'gegevens':
                    '{"maatregel":1,"actienemer":"' || actienemers[1 + d % len(actienemers)] || '","uiterlijk_op":"'
                    || (ontvangen_op + 42) || '","overlegd_met":"' || directielid || '"}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend') AND twee THEN
                {'volg': 9, 'soort': 'MaatregelBepaald', 'stap': 8, 'dag': dag_8, 'gegevens':
                    '{"maatregel":2,"actienemer":"' || actienemers[1 + c % len(actienemers)] || '","uiterlijk_op":"'
                    || (ontvangen_op + 42) || '","overlegd_met":"' || directielid || '"}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend', 'zonder') THEN
                {'volg': 10, 'soort': 'ResultaatMeegedeeld', 'stap': 9, 'dag': dag_9, 'gegevens': '{"wijze":"brief"}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend') THEN
                {'volg': 11, 'soort': 'ActienemerGeinformeerd', 'stap': 10, 'dag': dag_10, 'gegevens': '{"maatregel":1}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend') AND twee THEN
                {'volg': 12, 'soort': 'ActienemerGeinformeerd', 'stap': 10, 'dag': dag_10, 'gegevens': '{"maatregel":2}'} END,
            CASE WHEN verloop = 'gewoon' AND a % 40 = 3 THEN
                {'volg': 13, 'soort': 'MaatregelGewijzigd', 'stap': 8, 'dag': dag_10 + 1, 'gegevens':
                    '{"maatregel":1,"uiterlijk_op":"' || (ontvangen_op + 56) || '"}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend') AND bewaakt THEN
                {'volg': 14, 'soort': 'VoortgangBewaakt', 'stap': 12, 'dag': dag_10 + 3, 'gegevens': '{}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend') THEN
                {'volg': 15, 'soort': 'MaatregelUitgevoerd', 'stap': 11, 'dag': dag_11, 'gegevens': '{"maatregel":1}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend') AND twee AND d % 30 <> 4 THEN
                {'volg': 16, 'soort': 'MaatregelUitgevoerd', 'stap': 11, 'dag': dag_11b, 'gegevens': '{"maatregel":2}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend') AND twee AND d % 30 = 4 THEN
                {'volg': 16, 'soort': 'MaatregelVervallen', 'stap': 8, 'dag': dag_11b, 'gegevens': '{"maatregel":2}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend', 'zonder') THEN
                {'volg': 17, 'soort': 'KlachtAfgesloten', 'stap': 13, 'dag': dag_13, 'gegevens':
                    '{"uitkomst":"' || ['opgelost', 'deels_opgelost', 'niet_opgelost'][1 + LEAST(a % 3, b % 3)] || '"}'} END,
            CASE WHEN verloop IN ('gewoon', 'geschil', 'heropend', 'zonder') THEN
                {'volg': 18, 'soort': 'AfsluitingMeegedeeld', 'stap': 14, 'dag': dag_13 + a % 3, 'gegevens': '{"wijze":"brief"}'} END,
            CASE WHEN verloop IN ('geschil', 'heropend') THEN
                {'volg': 19, 'soort': 'MeningsverschilGemeld', 'stap': 15, 'dag': dag_13 + 6, 'gegevens': '{}'} END,
            CASE WHEN verloop IN ('geschil', 'heropend') THEN
                {'volg': 20, 'soort': 'OverlegGevoerd', 'stap': 15, 'dag': dag_13 + 13, 'gegevens':
                    CASE WHEN verloop = 'geschil' AND b % 2 = 0 THEN '{"opgelost":true}' ELSE '{"opgelost":false}' END} END,
            CASE WHEN verloop = 'heropend' OR (verloop = 'geschil' AND b % 2 = 1) THEN
                {'volg': 21, 'soort': 'GeschilVoorgelegd', 'stap': 15, 'dag': dag_13 + 27, 'gegevens': '{}'} END,
            CASE WHEN verloop = 'heropend' OR (verloop = 'geschil' AND b % 2 = 1) THEN
                {'volg': 22, 'soort': 'OordeelOntvangen', 'stap': 15, 'dag': dag_13 + 60, 'gegevens':
                    '{"oordeel":"' || ['gegrond', 'deels_gegrond', 'ongegrond'][1 + c % 3] || '"'
                    || CASE WHEN verloop = 'heropend' THEN ',"heropening_nodig":true}' ELSE '}' END} END,
            CASE WHEN verloop = 'heropend' THEN
                {'volg': 23, 'soort': 'KlachtHeropend', 'stap': 15, 'dag': dag_13 + 63, 'gegevens': '{"grond":"oordeel"}'} END,
            CASE WHEN verloop = 'heropend' THEN
                {'volg': 24, 'soort': 'MaatregelBepaald', 'stap': 8, 'dag': dag_13 + 66, 'gegevens':
                    '{"maatregel":3,"actienemer":"' || actienemers[-2] || '","uiterlijk_op":"' || (ontvangen_op + dag_13 + 90) || '","overlegd_met":"' || directielid || '"}'} END,
            CASE WHEN verloop = 'heropend' THEN
                {'volg': 25, 'soort': 'ActienemerGeinformeerd', 'stap': 10, 'dag': dag_13 + 67, 'gegevens': '{"maatregel":3}'} END,
            CASE WHEN verloop = 'heropend' THEN
                {'volg': 26, 'soort': 'MaatregelUitgevoerd', 'stap': 11, 'dag': dag_13 + 80 + a % 20, 'gegevens': '{"maatregel":3}'} END,
            CASE WHEN verloop = 'heropend' THEN
                {'volg': 27, 'soort': 'KlachtAfgesloten', 'stap': 13, 'dag': dag_13 + 105, 'gegevens': '{"uitkomst":"opgelost"}'} END,
            CASE WHEN verloop = 'heropend' THEN
                {'volg': 28, 'soort': 'AfsluitingMeegedeeld', 'stap': 14, 'dag': dag_13 + 106, 'gegevens': '{"wijze":"brief"}'} END
        ]) AS f
    FROM laatst
)
SELECT i, klachtnummer, f.volg, f.soort, CAST(f.stap AS INTEGER) AS stap, ontvangen_op + f.dag AS gebeurd_op, f.gegevens
FROM feit
WHERE f IS NOT NULL AND ontvangen_op + f.dag <= tot
