-- Question: How did each verbeteractie stand at the end of the peildatum?
-- Grain: one row per verbeteractie
-- Step: 16, 17, 18
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.*
FROM verbeteractie_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
