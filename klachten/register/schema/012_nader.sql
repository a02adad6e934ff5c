-- What practice needs to know of a klacht beside the steps. NULL is "not known", never "no"; a klacht of which nothing of
-- it was recorded has no row.
CREATE TABLE nader_stand (
    klachtnummer VARCHAR NOT NULL,
    van DATE NOT NULL,
    tot DATE NOT NULL,
    wanneer VARCHAR,                       -- dag | periode | onbekend (asked, and nobody knows)
    gebeurtenis_van DATE,
    gebeurtenis_tot DATE,                  -- the last day of a period
    opdrachtgever VARCHAR,
    trajectsoort VARCHAR,
    ernst VARCHAR,
    aard VARCHAR,                          -- incidenteel | structureel
    directe_actie VARCHAR                  -- nodig | niet_nodig
);

CREATE VIEW nader AS SELECT * FROM nader_stand WHERE tot = DATE '9999-12-31';
