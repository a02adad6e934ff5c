"""Taking over klachten from another system: a CSV file is read as declared, checked, shown and recorded."""
