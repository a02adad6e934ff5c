-- Question: In which years were klachten received that were entered here?
-- Grain: one row per year
-- Step: 1
-- Parameters: peildatum
-- Building block of werkvoorraad: what there is to do beside klachten changes with these years, and not with each klacht.
SELECT k.jaar
FROM klacht_op(peildatum) AS k
WHERE k.herkomst = 'register' AND k.vervallen_op IS NULL
GROUP BY k.jaar
