-- Question: What had the organisation itself found about each aspect at the end of the peildatum?
-- Grain: one row per klacht and aspect
-- Step: 6
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.*
FROM bevinding_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
