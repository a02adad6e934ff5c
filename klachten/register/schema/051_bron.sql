-- As of when klachten were taken over from a source: what is open there is open as of that day, and not any longer.
CREATE TABLE overgenomen_bron (
    klachtnummer VARCHAR NOT NULL,         -- O0001
    bron VARCHAR NOT NULL,
    bekend_tot DATE NOT NULL,              -- the end of this day
    volledig_vanaf DATE,                   -- NULL: not known
    PRIMARY KEY (bron)
);
