-- Question: How does each term of each chosen klacht stand, and what of it is known for the headline?
-- Grain: one row per klacht of the filter and term
-- Step: 5, 7, 11
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of termijntarieven. voorbij: the last day is over; is_beslist: whether it is known that the term applies
-- (in_tak), is_laat_beslist: that this became known after the last day.
SELECT
    t.klachtnummer, t.reglement, t.herkomst, t.termijn, t.termijn_naam, t.stap, t.status, t.vestiging, t.categorie, t.behandelaar,
    t.ontvangen_op, is_voorbij(t.uiterlijk_op, t.gezien_op) AS voorbij, t.besloten_op IS NOT NULL AS is_beslist, t.in_tak,
    COALESCE(t.besloten_op > t.uiterlijk_op, FALSE) AS is_laat_beslist
FROM termijnen(peildatum := peildatum) AS t
-- A join: as IN (...) DuckDB 2.0 cannot bind it beside the joins of termijnen.
JOIN (
    SELECT k.klachtnummer
    FROM klacht_selectie(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
) AS gekozen ON gekozen.klachtnummer = t.klachtnummer
WHERE t.ontvangen_op BETWEEN COALESCE(vanaf, DATE '1000-01-01') AND COALESCE(tot, peildatum)
