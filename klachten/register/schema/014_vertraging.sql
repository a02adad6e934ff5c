-- A term that is not met while it is open: why, and what the indiener was told meanwhile.
DROP VIEW nader;
ALTER TABLE nader_stand ADD COLUMN vertraging VARCHAR;         -- the last reason that was given while a term was open
ALTER TABLE nader_stand ADD COLUMN tussenberichten INTEGER;    -- NULL: none was recorded
ALTER TABLE nader_stand ADD COLUMN tussenbericht_op DATE;      -- the last one

CREATE VIEW nader AS SELECT * FROM nader_stand WHERE tot = DATE '9999-12-31';
