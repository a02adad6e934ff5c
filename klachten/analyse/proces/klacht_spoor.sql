-- Question: In which order had each klacht gone through the steps on the peildatum?
-- Grain: one row per klacht
-- Step: 1-15
-- Parameters: peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
-- Building block. spoor: 1-2-3-4-..., by date and then by recording; a | begins a new round after a reopening. spoor_op: the
-- date of each of these steps. zonder_rondes: the rounds with a deliberate zero of maatregelen, '1', '1-2' or ''.
-- niet_mogelijk: the letters that a round lacks because there was nobody to write to, by round and step: '1.5-1.9' or ''
-- (onmogelijke_brieven). A klacht that was handled in two systems has no order that can be judged, and is not in it.
SELECT
    k.klachtnummer, k.vestiging, k.categorie, k.behandelaar, k.ontvangen_op, k.einde, k.geeindigd_op,
    k.einde IN ('open', 'ingetrokken') AS nog_open, array_to_string(k.zonder_rondes, '-') AS zonder_rondes,
    COALESCE(o.niet_mogelijk, '') AS niet_mogelijk, k.heropeningen, k.afwijkingen, k.stappen AS spoor, k.stappen_op AS spoor_op
FROM klacht_selectie(
    peildatum, vanaf, tot, kies_vestiging, kies_categorie, kies_indiener_soort, kies_kanaal, kies_behandelaar, kies_herkomst
) AS k
LEFT JOIN onmogelijke_brieven(peildatum) AS o ON o.klachtnummer = k.klachtnummer
WHERE k.voortgezet_op IS NULL
