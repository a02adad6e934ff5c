-- The own finding per aspect of a klacht, where the reglement asks for one.
CREATE TABLE bevinding_stand (
    klachtnummer VARCHAR NOT NULL,
    aspect VARCHAR NOT NULL,               -- the categorie as recorded
    van DATE NOT NULL,
    tot DATE NOT NULL,
    bevinding VARCHAR NOT NULL             -- gegrond | deels_gegrond | ongegrond | geen_oordeel
);

CREATE VIEW bevinding AS SELECT * FROM bevinding_stand WHERE tot = DATE '9999-12-31';
