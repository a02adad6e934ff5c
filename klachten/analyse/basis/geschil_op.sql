-- Question: How far had each dispute come at the end of the peildatum?
-- Grain: one row per dispute
-- Step: 15
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.*
FROM geschil_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
