-- Which days an evaluation covers: a year is done when one that covers it was held after its end (step 16).
ALTER TABLE evaluatie ADD COLUMN van DATE;     -- first day
ALTER TABLE evaluatie ADD COLUMN tot DATE;     -- last day
