-- Question: How did each maatregel stand at the end of the peildatum?
-- Grain: one row per maatregel
-- Step: 8, 10, 11
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.*
FROM maatregel_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
