-- Texts of klachten that are taken over stand together in the dossiers (bundels.py). Nothing changes in the database: an
-- older version, which would not find those texts, nor erase them, does not open it.
SELECT 1;
