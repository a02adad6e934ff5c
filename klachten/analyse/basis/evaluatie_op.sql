-- Question: Which evaluations had been held at the end of the peildatum?
-- Grain: one row per evaluation
-- Step: 16
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.*
FROM evaluatie_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
