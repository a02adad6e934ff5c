-- Question: When was each step first done in each klacht, and the step that comes before it?
-- Grain: one row per klacht and step that was done
-- Step: 1-15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block of stappenkaart and stappenkaart_netto.
SELECT g.*
FROM (
    SELECT
        k.klachtnummer, k.ontvangen_op,
        UNNEST(ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]) AS stap,
        UNNEST(k.stap_eerst_op) AS op,
        UNNEST(ARRAY[
            NULL, k.stap_eerst_op[1], k.stap_eerst_op[2], k.stap_eerst_op[3], k.stap_eerst_op[4], k.stap_eerst_op[5],
            k.stap_eerst_op[6], k.stap_eerst_op[6], k.stap_eerst_op[8], k.stap_eerst_op[9], k.stap_eerst_op[10],
            k.stap_eerst_op[8], COALESCE(k.stap_eerst_op[11], k.stap_eerst_op[9]), k.stap_eerst_op[13], NULL
        ]) AS vorige_op
    FROM klacht_selectie(
        peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
    ) AS k
) AS g
WHERE g.op IS NOT NULL
