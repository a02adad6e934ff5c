-- Question: In which klachten is somebody involved?
-- Grain: one row per klacht
-- Step: all
-- Parameters: gebruiker
-- What zichtbaar leaves out for whoever reads all the others.
SELECT k.klachtnummer
FROM klacht AS k
WHERE list_contains(k.betrokkenen, gebruiker)
ORDER BY k.klachtnummer
