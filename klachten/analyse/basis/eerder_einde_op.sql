-- Question: Which ends had been undone at the end of the peildatum?
-- Grain: one row per end that did not last
-- Step: 7, 13, 15
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.*
FROM eerder_einde_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
