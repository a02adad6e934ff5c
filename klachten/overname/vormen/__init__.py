"""Kinds of file with a table that are not CSV: each is read as the same thing, a header and rows with their number."""
