-- What becomes of a dispute that was submitted: to which body, expected by, told to the indiener, and followed or not.
DROP VIEW geschil;
ALTER TABLE geschil_stand ADD COLUMN instantie VARCHAR;        -- NULL: not known
ALTER TABLE geschil_stand ADD COLUMN verwacht_op DATE;         -- the oordeel was expected by
ALTER TABLE geschil_stand ADD COLUMN meegedeeld_op DATE;       -- the oordeel was told to the indiener
ALTER TABLE geschil_stand ADD COLUMN opvolging VARCHAR;        -- geheel | deels | niet; NULL: nothing was recorded
ALTER TABLE geschil_stand ADD COLUMN opgevolgd_op DATE;        -- when that was decided

CREATE VIEW geschil AS SELECT * FROM geschil_stand WHERE tot = DATE '9999-12-31';
