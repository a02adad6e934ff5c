-- Question: What is known of each klacht beside the steps?
-- Grain: one row per klacht and characteristic; waarde NULL is not known
-- Step: 3
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of nadere_gegevens.
WITH gekozen AS (
    SELECT
        s.klachtnummer AS nummer, n.*,
        -- Of the involved medewerkers: how many, and how many of them were told, heard, and told the outcome.
        LEN(s.betrokkenen) AS betrokken,
        LEN(list_intersect(s.betrokkenen, n.ingelicht)) AS n_ingelicht,
        LEN(list_intersect(s.betrokkenen, n.gehoord)) AS n_gehoord,
        LEN(list_intersect(s.betrokkenen, n.uitkomst_verteld)) AS n_verteld
    FROM klacht_selectie(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
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
        {
            'kenmerk': 'tevredenheid',
            'waarde': COALESCE(g.tevredenheid, CASE WHEN g.tevredenheid_gevraagd_op IS NOT NULL THEN 'geen_antwoord' END)
        },
        {'kenmerk': 'vertraging', 'waarde': g.vertraging},
        {'kenmerk': 'tussenbericht', 'waarde': CASE WHEN g.tussenberichten > 0 THEN 'ja' END},
        {
            'kenmerk': 'ingelicht',
            'waarde': CASE
                WHEN g.betrokken = 0 THEN 'niemand' WHEN g.n_ingelicht >= g.betrokken THEN 'allen' WHEN g.n_ingelicht > 0 THEN 'deels'
            END
        },
        {
            'kenmerk': 'gehoord',
            'waarde': CASE
                WHEN g.betrokken = 0 THEN 'niemand' WHEN g.n_gehoord >= g.betrokken THEN 'allen' WHEN g.n_gehoord > 0 THEN 'deels'
            END
        },
        {
            'kenmerk': 'uitkomst_verteld',
            'waarde': CASE
                WHEN g.betrokken = 0 THEN 'niemand' WHEN g.n_verteld >= g.betrokken THEN 'allen' WHEN g.n_verteld > 0 THEN 'deels'
            END
        }
    ]) AS k,
        g.nummer
    FROM gekozen AS g
)
SELECT kenmerk.nummer AS klachtnummer, kenmerk.k.kenmerk AS kenmerk, kenmerk.k.waarde AS waarde
FROM kenmerk
