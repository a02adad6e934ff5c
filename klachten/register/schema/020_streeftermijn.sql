-- What the organisation aims at besides the terms of its reglement; the list behind a number asks for it, termijnen.sql never.
CREATE TABLE streeftermijn (
    reglement VARCHAR NOT NULL,
    termijn VARCHAR NOT NULL,
    naam VARCHAR NOT NULL,
    stap INTEGER NOT NULL,
    waarde INTEGER NOT NULL,
    eenheid VARCHAR NOT NULL,              -- dagen | weken | maanden | werkdagen
    vanaf VARCHAR NOT NULL,                -- start event: ontvangen | stap_05 ...
    einde INTEGER[] NOT NULL,              -- the steps whose earliest date ends it
    geldt VARCHAR NOT NULL,                -- altijd | niet_in_behandeling | in_behandeling
    geldig_vanaf DATE NOT NULL,
    geldig_tot DATE,
    kenmerk VARCHAR                        -- NULL: the length where no kenmerk changes it
);
