-- Question: In which order did each klacht go through the steps, as far as the peildatum?
-- Grain: one row per klacht
-- Step: 1-15
-- Parameters: peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block. spoor: 1-2-3-4-..., by date and then by recording. Of a klacht on which something happened after the
-- peildatum the steps with a date up to it, each once: its later steps are not known yet.
SELECT
    k.klachtnummer, k.vestiging, k.categorie, k.behandelaar, k.ontvangen_op, k.einde, k.geeindigd_op,
    k.einde IN ('open', 'ingetrokken') AS nog_open,
    k.zonder_maatregelen AND k.maatregelen = 0 AS zonder_maatregelen,
    k.heropeningen, k.afwijkingen,
    CASE
        WHEN k.laatste_op <= peildatum THEN k.stappen
        ELSE array_to_string(
            list_transform(
                list_sort(
                    list_filter(
                        [
                            {'op': k.stap_01_op, 'stap': 1}, {'op': k.stap_02_op, 'stap': 2}, {'op': k.stap_03_op, 'stap': 3},
                            {'op': k.stap_04_op, 'stap': 4}, {'op': k.stap_05_op, 'stap': 5}, {'op': k.stap_06_op, 'stap': 6},
                            {'op': k.stap_07_op, 'stap': 7}, {'op': k.stap_08_op, 'stap': 8}, {'op': k.stap_09_op, 'stap': 9},
                            {'op': k.stap_10_op, 'stap': 10}, {'op': k.stap_11_op, 'stap': 11}, {'op': k.stap_12_op, 'stap': 12},
                            {'op': k.stap_13_op, 'stap': 13}, {'op': k.stap_14_op, 'stap': 14}, {'op': k.stap_15_op, 'stap': 15}
                        ],
                        lambda s: s.op <= peildatum
                    )
                ),
                lambda s: s.stap
            ),
            '-'
        )
    END AS spoor
FROM klacht_selectie(
    peildatum, jaar, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
