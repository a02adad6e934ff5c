-- Which words stand in the texts of which klacht, so that searching does not read the texts. Personal data, as the texts
-- themselves: what is filled and emptied with them stands in zoekwoorden.py, and no snapshot has it.
CREATE TABLE zoekwoord (                   -- a word may stand here more than once for a klacht
    woord VARCHAR NOT NULL,                -- as zoekvorm.py has it
    klachtnummer VARCHAR NOT NULL
);

CREATE TABLE woord (                       -- each word once: what a part of a word is looked up in
    woord VARCHAR NOT NULL
);
