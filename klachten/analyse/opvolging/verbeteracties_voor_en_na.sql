-- Question: How many klachten of its categorie came in before a verbeteractie, and since it was carried out?
-- Grain: one row per verbeteractie that was carried out and names a categorie
-- Step: 18
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Before: the year that was evaluated, as far as the action was not carried out yet; after: from the day after that up to
-- the peildatum (verbetering.py compares up to where the trajecten are known). The filter on
-- categorie chooses the verbeteracties. vanaf and tot: the years evaluated.
WITH actie AS (
    SELECT v.klachtnummer, v.verbeteractie, v.jaar AS voor_jaar, v.categorie, v.bepaald_op, v.uitgevoerd_op
    FROM verbeteractie_op(peildatum) AS v
    WHERE
        v.uitgevoerd_op IS NOT NULL AND v.categorie <> '' AND (vanaf IS NULL OR v.jaar BETWEEN year(CAST(vanaf AS DATE)) AND year(CAST(tot AS DATE)))
        AND (kies_categorie IS NULL OR v.categorie = kies_categorie)
),
per_dag AS (
    SELECT k.categorie, k.ontvangen_op, COUNT(*) AS klachten
    FROM klacht_selectie(
        peildatum, NULL, NULL, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
    WHERE k.categorie IN (SELECT a.categorie FROM actie AS a)
    GROUP BY k.categorie, k.ontvangen_op
)
SELECT
    a.klachtnummer, a.verbeteractie, a.voor_jaar AS jaar, a.categorie, a.bepaald_op, a.uitgevoerd_op,
    CAST(
        COALESCE(
            SUM(CASE WHEN EXTRACT(YEAR FROM d.ontvangen_op) = a.voor_jaar AND d.ontvangen_op <= a.uitgevoerd_op THEN d.klachten END),
            0
        ) AS INTEGER
    ) AS voor,
    CAST(COALESCE(SUM(CASE WHEN d.ontvangen_op > a.uitgevoerd_op THEN d.klachten END), 0) AS INTEGER) AS na,
    CAST(date_diff('day', a.uitgevoerd_op, peildatum) AS INTEGER) AS dagen_na
FROM actie AS a
LEFT JOIN per_dag AS d ON d.categorie = a.categorie
GROUP BY a.klachtnummer, a.verbeteractie, a.voor_jaar, a.categorie, a.bepaald_op, a.uitgevoerd_op
ORDER BY a.voor_jaar, a.klachtnummer, a.verbeteractie
