-- A source may have a term that ends at a moment of its last day (overname).
DROP VIEW gestelde_termijn;
ALTER TABLE gestelde_termijn_stand ADD COLUMN uiterlijk_om VARCHAR;    -- 14:30:00.000; NULL: the whole last day counts
ALTER TABLE gestelde_termijn_stand ADD COLUMN na_klok INTEGER[];       -- the steps done on the last day after that moment

CREATE VIEW gestelde_termijn AS SELECT * FROM gestelde_termijn_stand WHERE tot = DATE '9999-12-31';
