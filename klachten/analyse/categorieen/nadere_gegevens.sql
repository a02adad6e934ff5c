-- Question: What is known of the klachten beside the steps, and of how many is it not known?
-- Grain: one row per characteristic and value; waarde NULL is not known
-- Step: 3
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
WITH gekozen AS (
    SELECT n.*
    FROM klacht_selectie(
        peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS s
    LEFT JOIN nader_op(peildatum) AS n ON n.klachtnummer = s.klachtnummer
),
kenmerk AS (
    SELECT UNNEST([
        {'kenmerk': 'opdrachtgever', 'waarde': g.opdrachtgever},
        {'kenmerk': 'trajectsoort', 'waarde': g.trajectsoort},
        {'kenmerk': 'wanneer', 'waarde': g.wanneer},
        {'kenmerk': 'ernst', 'waarde': g.ernst},
        {'kenmerk': 'aard', 'waarde': g.aard},
        {'kenmerk': 'directe_actie', 'waarde': g.directe_actie},
        {'kenmerk': 'indieners', 'waarde': CASE WHEN g.indieners > 1 THEN 'meer' END},
        {
            'kenmerk': 'anoniem',
            'waarde': CASE WHEN g.onbereikbaar THEN 'onbereikbaar' WHEN g.anoniem THEN 'bereikbaar' WHEN NOT g.anoniem THEN 'bekend' END
        },
        {'kenmerk': 'gemachtigde', 'waarde': CASE WHEN g.gemachtigde THEN 'ja' WHEN NOT g.gemachtigde THEN 'gestopt' END},
        {'kenmerk': 'toestemming', 'waarde': g.toestemming},
        {'kenmerk': 'vertraging', 'waarde': g.vertraging},
        {'kenmerk': 'tussenbericht', 'waarde': CASE WHEN g.tussenberichten > 0 THEN 'ja' END}
    ]) AS k
    FROM gekozen AS g
)
SELECT kenmerk.k.kenmerk AS kenmerk, kenmerk.k.waarde AS waarde, CAST(COUNT(*) AS INTEGER) AS klachten
FROM kenmerk
GROUP BY 1, 2
ORDER BY 1, 3 DESC, 2
