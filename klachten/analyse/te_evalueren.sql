-- Question: How many klachten came in each year, and how often was that year evaluated?
-- Grain: one row per year with klachten of this register, the newest first
-- Step: 16
-- Parameters: peildatum
SELECT k.jaar, CAST(COUNT(*) AS INTEGER) AS klachten, COALESCE(MAX(e.gehouden), 0) AS gehouden
FROM klacht AS k
LEFT JOIN (
    SELECT g.jaar, CAST(COUNT(*) AS INTEGER) AS gehouden
    -- Without the column `peildatum` of evaluatie, which would hide the parameter of that name.
    FROM (SELECT ev.jaar, ev.gehouden_op FROM evaluatie AS ev) AS g
    WHERE g.gehouden_op <= peildatum
    GROUP BY g.jaar
) AS e ON e.jaar = k.jaar
WHERE k.herkomst = 'register' AND k.vervallen_op IS NULL AND k.ontvangen_op <= peildatum
GROUP BY k.jaar
ORDER BY k.jaar DESC
