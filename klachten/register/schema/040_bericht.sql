-- What is sent by e-mail: one row per message, as its facts leave it.
CREATE TABLE bericht (
    klachtnummer VARCHAR NOT NULL,         -- the dossier that it is about; P… of whom an overview is for
    nr BIGINT NOT NULL,                    -- of the fact with which it was put ready
    waarvoor VARCHAR NOT NULL,             -- brief | overzicht | melding
    brief VARCHAR,
    document VARCHAR,                      -- content hash of what goes along
    handeling VARCHAR,
    door VARCHAR NOT NULL,                 -- who put it ready, in which role
    rol VARCHAR NOT NULL,
    klaargezet_op TIMESTAMP NOT NULL,      -- UTC, as the other two
    sinds TIMESTAMP NOT NULL,              -- put ready, or released last
    laatste_op TIMESTAMP NOT NULL,
    laatste_nr BIGINT NOT NULL,
    toestand VARCHAR NOT NULL,             -- wacht | begonnen | verzonden | mislukt | geweigerd | ingetrokken | teruggekomen
    poging INTEGER NOT NULL,               -- attempts in all
    pogingen INTEGER NOT NULL,             -- attempts since it was released last
    code INTEGER NOT NULL,                 -- of the server, at the last failure
    verzonden_op DATE,                     -- the first time that it was accepted
    zonder_stap BOOLEAN NOT NULL           -- it was accepted, and the step that it brings could not be recorded
);
