-- Question: Which klachten does the filter choose, of those received in a period and no later than the peildatum?
-- Grain: one row per klacht, vervallen ones too
-- Step: 1
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block: the one place where a filter is applied. NULL is "all", for vanaf and tot too; ids only, never free text.
-- kies_herkomst may name a reglement too, 'overgenomen.awb9': sets taken over are never mixed.
SELECT k.*
FROM klacht_einde(peildatum) AS k
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
