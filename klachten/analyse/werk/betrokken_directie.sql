-- Question: In which running klachten is a member of the directie involved?
-- Grain: one row per running klacht
-- Step: 4, 8, 16
-- Parameters: directieleden
-- Such a member may not assign, be consulted or evaluate it alone. Klachten taken over from another system are left out.
SELECT k.klachtnummer, list_filter(directieleden, lambda d: list_contains(k.betrokkenen, d)) AS betrokken
FROM klacht AS k
WHERE
    k.herkomst = 'register'
    AND k.status IN ('ontvangen', 'in onderzoek', 'in behandeling')
    AND len(list_filter(directieleden, lambda d: list_contains(k.betrokkenen, d))) > 0
ORDER BY k.klachtnummer
