"""Maatregelen, geschillen, verbeteracties and what changed after them. Steps 11, 12, 15-18."""
