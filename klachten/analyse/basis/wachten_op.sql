-- Question: When had the firm waited for an indiener, up to and including the peildatum?
-- Grain: one row per time it waited
-- Step: 6
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.*
FROM wachten_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
