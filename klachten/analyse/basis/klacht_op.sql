-- Question: How did each klacht stand at the end of the peildatum?
-- Grain: one row per klacht
-- Step: 1-15
-- Parameters: peildatum
-- Building block, and the one place that looks back: what a register says that holds only the facts up to the peildatum,
-- corrections as known now. What happened later has not happened, here and in every question that starts from here.
SELECT s.*
FROM klacht_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
