"""Taking over klachten from another system: a file with a table is read as declared, checked, shown and recorded."""
