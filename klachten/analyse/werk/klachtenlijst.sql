-- Question: Which klachten does a user see in the list, how does each stand, and may the user read it?
-- Grain: one row per klacht that the user may see
-- Step: all
-- Parameters: gebruiker, leest_alles
-- No names and no texts: those are read for one page of the list only, and only where mag_lezen is TRUE (klachtindiener).
SELECT
    z.klachtnummer, z.jaar, z.nummerjaar, z.volgnr, z.herkomst, z.reglement, z.ontvangen_op, z.status, z.geschil, z.vestiging,
    z.categorie, z.behandelaar, z.laatste_op, z.laatste_nr, z.mag_lezen, z.betrokken
FROM zichtbaar(gebruiker, leest_alles) AS z
WHERE z.in_lijst
