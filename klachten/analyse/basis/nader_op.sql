-- Question: What was known of each klacht beside the steps at the end of the peildatum?
-- Grain: one row per klacht of which something of it is known
-- Step: 3
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.*
FROM nader_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
