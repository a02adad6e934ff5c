-- Question: Which klachten does a user see in the list, and how does each stand?
-- Grain: one row per klacht that the user may read
-- Step: all
-- Parameters: gebruiker, leest_alles, leest_eigen
-- No names and no texts: those are read for one page of the list only (klachtindiener).
SELECT
    z.klachtnummer, z.jaar, z.nummerjaar, z.volgnr, z.herkomst, z.reglement, z.ontvangen_op, z.status, z.geschil, z.vestiging,
    z.categorie, z.behandelaar, z.laatste_op, z.laatste_nr
FROM zichtbaar(gebruiker, leest_alles, leest_eigen) AS z
