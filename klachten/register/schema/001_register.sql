-- The mirror of the journal, what it needs beside it, and the terms and calendar that the evaluation counts with.
CREATE TABLE gebeurtenis (
    nr BIGINT PRIMARY KEY,
    klachtnummer VARCHAR NOT NULL,
    stap INTEGER NOT NULL,
    soort VARCHAR NOT NULL,
    gebeurd_op DATE NOT NULL,
    vastgelegd_op TIMESTAMP NOT NULL,      -- UTC
    door VARCHAR NOT NULL,
    rol VARCHAR NOT NULL,
    corrigeert BIGINT,                     -- number of the first version of the fact this one replaces
    gegevens JSON NOT NULL,                -- ids, dates, roles, categories: never names or free text
    teksten JSON NOT NULL,                 -- commitment per text field
    deel INTEGER[] NOT NULL,               -- [i, n]: its place in the group it was recorded with
    vorig VARCHAR NOT NULL,
    zegel VARCHAR NOT NULL
);

CREATE TABLE tekst (
    nr BIGINT NOT NULL,
    klachtnummer VARCHAR NOT NULL,
    veld VARCHAR NOT NULL,
    tekst VARCHAR NOT NULL,
    PRIMARY KEY (nr, veld)
);

CREATE TABLE teller (                      -- the last number given out, per reeks and year
    reeks VARCHAR NOT NULL,
    jaar INTEGER NOT NULL,
    laatste INTEGER NOT NULL,
    PRIMARY KEY (reeks, jaar)
);

CREATE TABLE stand (                       -- one row: the head of the journal as far as it is in this database
    nr BIGINT NOT NULL,
    zegel VARCHAR NOT NULL,
    bestand VARCHAR NOT NULL,
    begin BIGINT NOT NULL,
    einde BIGINT NOT NULL
);
INSERT INTO stand VALUES (0, repeat('0', 64), '', 0, 0);

CREATE TABLE inrichting (                  -- what the derived tables were made with: hashes of definitions, terms, calendar
    naam VARCHAR PRIMARY KEY,
    waarde VARCHAR NOT NULL
);

CREATE TABLE termijn (
    reglement VARCHAR NOT NULL,
    termijn VARCHAR NOT NULL,
    naam VARCHAR NOT NULL,
    stap INTEGER NOT NULL,
    waarde INTEGER,                        -- NULL: the reglement gives no number
    eenheid VARCHAR,                       -- dagen | weken | maanden | werkdagen
    vanaf VARCHAR NOT NULL,                -- start event: ontvangen | stap_05 ...
    einde INTEGER[] NOT NULL,              -- the steps whose earliest date ends it
    geldt VARCHAR NOT NULL,                -- altijd | niet_in_behandeling | in_behandeling
    geldig_vanaf DATE NOT NULL,
    geldig_tot DATE,
    kenmerk VARCHAR,                       -- NULL: the row for every klacht without such a kenmerk
    verschuift BOOLEAN NOT NULL,           -- rolls over to the first working day
    verlenging_waarde INTEGER,
    verlenging_eenheid VARCHAR
);

CREATE TABLE dag (
    dag DATE NOT NULL,
    werkdag BOOLEAN NOT NULL,
    eerstvolgende_werkdag DATE NOT NULL,
    naam VARCHAR,                          -- of the holiday
    werkdagnr INTEGER NOT NULL             -- working days up to and including this day
);

-- Facts are only added. DuckDB refuses MERGE and INSERT OR REPLACE on a table with triggers by itself.
CREATE TABLE alarm (wanneer TIMESTAMP, wat VARCHAR);
CREATE TRIGGER geen_wijziging AFTER UPDATE ON gebeurtenis FOR EACH STATEMENT
INSERT INTO alarm SELECT current_localtimestamp(), error('Een feit in het register wordt nooit gewijzigd: leg een correctie vast.');
CREATE TRIGGER geen_verwijdering AFTER DELETE ON gebeurtenis FOR EACH STATEMENT
INSERT INTO alarm SELECT current_localtimestamp(), error('Een feit in het register wordt nooit verwijderd: leg een correctie vast.');
