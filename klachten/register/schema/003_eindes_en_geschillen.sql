-- What the row of a klacht cannot hold because it can happen more than once, so that the evaluation reads no facts.
CREATE TABLE eerder_einde (                -- an end that did not last
    klachtnummer VARCHAR NOT NULL,
    nr BIGINT NOT NULL,                    -- number of the fact that ended it
    einde VARCHAR NOT NULL,                -- afgesloten | niet in behandeling | ingetrokken
    geeindigd_op DATE NOT NULL,
    ongedaan_op DATE NOT NULL,
    door VARCHAR NOT NULL,                 -- heropend | vervallen
    PRIMARY KEY (klachtnummer, nr)
);

CREATE TABLE geschil (
    klachtnummer VARCHAR NOT NULL,
    geschil INTEGER NOT NULL,              -- 1 is the first of this klacht
    gemeld_op DATE NOT NULL,
    overlegd_op DATE,                      -- the last consultation
    opgelost_op DATE,                      -- when it brought agreement
    voorgelegd_op DATE,
    oordeel_op DATE,
    oordeel VARCHAR,
    heropening_nodig BOOLEAN NOT NULL,
    PRIMARY KEY (klachtnummer, geschil)
);
