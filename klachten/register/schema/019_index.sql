-- The facts and texts of one klacht, found without passing over those of all others: a page of the list reads 25 of them.
CREATE INDEX gebeurtenis_van_klacht ON gebeurtenis (klachtnummer);
CREATE INDEX tekst_van_klacht ON tekst (klachtnummer);
