-- How satisfied the indiener is with the handling: asked, answered; NULL is not asked, or not answered.
DROP VIEW nader;
ALTER TABLE nader_stand ADD COLUMN tevredenheid_gevraagd_op DATE;   -- the first time
ALTER TABLE nader_stand ADD COLUMN tevredenheid_op DATE;            -- the last answer
ALTER TABLE nader_stand ADD COLUMN tevredenheid VARCHAR;

CREATE VIEW nader AS SELECT * FROM nader_stand WHERE tot = DATE '9999-12-31';
