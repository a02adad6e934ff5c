-- From here on a reglement may have versions that were added in the register. A klachten from before knows nothing of
-- them: it would give a new klacht the terms of before. That it does not open a database with a later schema stops it.
COMMENT ON TABLE termijn IS 'of every version of every reglement, those that were added in the register too';
