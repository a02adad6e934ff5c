-- The time in which the firm waited for the indiener: asked in step 6, until it was answered. The terms do not stop for it.
CREATE TABLE wachten_stand (
    klachtnummer VARCHAR NOT NULL,
    wachten INTEGER NOT NULL,              -- 1 is the first time of this klacht
    van DATE NOT NULL,
    tot DATE NOT NULL,
    begonnen_op DATE NOT NULL,             -- the first question that was open
    beantwoord_op DATE                     -- when nothing was open any more; NULL: still waiting
);

CREATE VIEW wachten AS SELECT * FROM wachten_stand WHERE tot = DATE '9999-12-31';
