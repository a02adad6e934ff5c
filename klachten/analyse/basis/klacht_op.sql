-- Question: How did each klacht stand at the end of the peildatum?
-- Grain: one row per klacht
-- Step: 1-15
-- Parameters: peildatum
-- Building block, and the one place that looks back: what a register says that holds only the facts up to the peildatum,
-- corrections as known now. What happened later has not happened, here and in every question that starts from here. A choice
-- that went up in another by then counts under that one (keuze_op).
SELECT s.* REPLACE (
    keuze_op('vestigingen', s.reglement, s.vestiging, peildatum) AS vestiging,
    keuze_op('kanalen', s.reglement, s.kanaal, peildatum) AS kanaal
)
FROM klacht_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
