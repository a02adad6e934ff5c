-- How long what is kept, of every version of every reglement.
CREATE TABLE bewaartermijn (
    reglement VARCHAR NOT NULL,
    soort VARCHAR NOT NULL,                -- klacht | signaal | medewerker | concept | kijklog
    geldig_vanaf DATE NOT NULL,
    geldig_tot DATE NOT NULL,
    waarde INTEGER NOT NULL,
    eenheid VARCHAR NOT NULL,              -- dagen | weken | maanden | jaren
    vanaf VARCHAR NOT NULL                 -- einde | ontvangen | vertrek | bewaard | maand
);

-- One row: up to which fact this file was made after what was erased had gone. DuckDB keeps what it deletes until it needs
-- the room, so a fact after it that erases asks for a new file.
CREATE TABLE schoon (nr BIGINT NOT NULL);
INSERT INTO schoon VALUES (0);
