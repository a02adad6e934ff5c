-- The number of trajecten of a vestiging may be entered per year, quarter or month (step 16).
DROP TABLE trajecten;
CREATE TABLE trajecten (
    klachtnummer VARCHAR NOT NULL,         -- T2026
    jaar INTEGER NOT NULL,
    vanaf DATE NOT NULL,                   -- the first day
    laatste DATE NOT NULL,                 -- the last day, included
    vestiging VARCHAR NOT NULL,
    aantal INTEGER NOT NULL,
    PRIMARY KEY (vanaf, laatste, vestiging)
);
