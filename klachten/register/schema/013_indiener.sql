-- Who the indiener is: unknown, more than one, with a gemachtigde; and whether the klacht may be shared with the opdrachtgever.
DROP VIEW nader;
ALTER TABLE nader_stand ADD COLUMN indieners INTEGER;          -- with the first; NULL: no other was recorded
ALTER TABLE nader_stand ADD COLUMN anoniem BOOLEAN;            -- NULL: it was never said
ALTER TABLE nader_stand ADD COLUMN bereikbaar BOOLEAN;         -- of one who stays unknown, at an address of their own
ALTER TABLE nader_stand ADD COLUMN gemachtigde BOOLEAN;        -- one acts now; NULL: there never was one
ALTER TABLE nader_stand ADD COLUMN onbereikbaar BOOLEAN;       -- nobody to write to: steps 5, 9 and 14 cannot be done
ALTER TABLE nader_stand ADD COLUMN toestemming VARCHAR;        -- gegeven | geweigerd | ingetrokken

CREATE VIEW nader AS SELECT * FROM nader_stand WHERE tot = DATE '9999-12-31';
