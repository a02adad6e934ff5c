-- A klacht that was taken over may be handled on here, under the own reglement (overname).
DROP VIEW klacht;
ALTER TABLE klacht_stand ADD COLUMN voortgezet_op DATE;        -- since when; NULL: received here, or not handled here
ALTER TABLE klacht_stand ADD COLUMN elders_gedaan INTEGER[];   -- the steps done before that; NULL where it is not so

CREATE VIEW klacht AS SELECT * FROM klacht_stand WHERE tot = DATE '9999-12-31';
