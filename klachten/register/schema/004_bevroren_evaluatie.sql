-- Which figures an evaluation froze, and which version of the evaluation of its year it is (step 16).
ALTER TABLE evaluatie ADD COLUMN versie INTEGER DEFAULT 1;      -- 1 is the first evaluation of the year
ALTER TABLE evaluatie ADD COLUMN vervangt VARCHAR;              -- number of the earlier version
ALTER TABLE evaluatie ADD COLUMN peildatum DATE;                -- of the frozen figures; NULL when none were frozen
ALTER TABLE evaluatie ADD COLUMN zegel_register VARCHAR;        -- seal of the register they were counted on
ALTER TABLE evaluatie ADD COLUMN aantal_feiten BIGINT;          -- number of the fact that bears that seal
ALTER TABLE evaluatie ADD COLUMN reglement_versie DATE;
ALTER TABLE evaluatie ADD COLUMN software_versie VARCHAR;
ALTER TABLE evaluatie ADD COLUMN document VARCHAR;              -- sha256 of the frozen figures in its dossier
