-- Question: From when until when was there nobody to write to: the indiener stays unknown, without an address or a gemachtigde?
-- Grain: one row per klacht and stretch without a change that had begun at the end of the peildatum; tot is the first day after it
-- Step: 5, 9, 14
-- Parameters: peildatum
-- Building block. A term of a letter asks it of its last day: who could be written to until then was not told in time.
SELECT s.klachtnummer, s.van, s.tot
FROM nader_stand AS s
WHERE s.onbereikbaar AND s.van <= peildatum
