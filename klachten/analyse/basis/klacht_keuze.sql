-- Question: Which klachten does the filter choose, of those received in a period and no later than the peildatum?
-- Grain: one row per klacht, vervallen ones too
-- Step: 1
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block: the one place where a filter is applied. NULL is "all", for vanaf and tot too; ids only, never free text.
-- kies_herkomst may name a reglement too, 'overgenomen.awb9': sets taken over are never mixed.
-- `laatste_einde_op` is the date of the end on the peildatum, never before the last reopening; `einde` is open, afgesloten,
-- niet in behandeling or ingetrokken, `geeindigd_op` its date.
SELECT e.*, CASE WHEN e.laatste_einde_op IS NULL THEN 'open' ELSE e.status END AS einde, e.laatste_einde_op AS geeindigd_op
FROM (
    SELECT
        k.*,
        CASE
            WHEN k.status = 'afgesloten' THEN GREATEST(k.stap_13_op, COALESCE(k.heropend_op, k.stap_13_op))
            WHEN k.status = 'niet in behandeling' THEN GREATEST(k.stap_07_op, COALESCE(k.heropend_op, k.stap_07_op))
            WHEN k.status = 'ingetrokken' THEN GREATEST(k.ingetrokken_op, COALESCE(k.heropend_op, k.ingetrokken_op))
            WHEN k.status = 'vervallen' THEN k.vervallen_op
        END AS laatste_einde_op
    FROM klacht_op(peildatum) AS k
    WHERE
        k.ontvangen_op BETWEEN COALESCE(vanaf, DATE '1000-01-01') AND LEAST(COALESCE(tot, DATE '9999-12-31'), peildatum)
        AND (kies_vestiging IS NULL OR k.vestiging = kies_vestiging)
        AND (kies_categorie IS NULL OR k.categorie = kies_categorie)
        AND (kies_indiener_soort IS NULL OR k.indiener_soort = kies_indiener_soort)
        AND (kies_kanaal IS NULL OR k.kanaal = kies_kanaal)
        AND (kies_behandelaar IS NULL OR k.behandelaar = kies_behandelaar)
        AND (
            kies_herkomst IS NULL OR k.herkomst = kies_herkomst
            OR (k.herkomst = split_part(kies_herkomst, '.', 1) AND k.reglement = split_part(kies_herkomst, '.', 2))
        )
) AS e
