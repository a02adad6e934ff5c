-- Question: What was known of each klacht beside the steps at the end of the peildatum?
-- Grain: one row per klacht of which something of it is known
-- Step: 3
-- Parameters: peildatum
-- Building block; see klacht_op.
SELECT s.* REPLACE (
    keuze_op('opdrachtgevers', NULL, s.opdrachtgever, peildatum) AS opdrachtgever,
    keuze_op('trajectsoorten', NULL, s.trajectsoort, peildatum) AS trajectsoort,
    keuze_op('ernst', NULL, s.ernst, peildatum) AS ernst,
    keuze_op('redenen_vertraging', NULL, s.vertraging, peildatum) AS vertraging
)
FROM nader_stand AS s
WHERE s.van <= peildatum AND s.tot > peildatum
