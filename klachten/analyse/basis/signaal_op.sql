-- Question: How did each signaal stand at the end of the peildatum?
-- Grain: one row per signaal
-- Step: 1
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.* REPLACE (
    keuze_op('vestigingen', NULL, s.vestiging, peildatum) AS vestiging,
    keuze_op('kanalen', NULL, s.kanaal, peildatum) AS kanaal
)
FROM signaal_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
