-- Question: Which terms of their own had klachten at the end of the peildatum?
-- Grain: one row per klacht and term
-- Step: all with a term
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.*
FROM gestelde_termijn_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
