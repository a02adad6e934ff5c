-- Hoor en wederhoor: which of the involved medewerkers were told, heard, and told the outcome; [] is "not recorded".
DROP VIEW nader;
ALTER TABLE nader_stand ADD COLUMN ingelicht VARCHAR[];
ALTER TABLE nader_stand ADD COLUMN gehoord VARCHAR[];          -- who did not want to be heard too
ALTER TABLE nader_stand ADD COLUMN uitkomst_verteld VARCHAR[];

CREATE VIEW nader AS SELECT * FROM nader_stand WHERE tot = DATE '9999-12-31';
