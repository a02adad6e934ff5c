"""How an engine calls what is of a lake: names that need neither PySpark nor sqlglot."""

ORGANISATIE = "organisatie"
GEKOZEN = "gekozen"
"""The column, and the table with all that are asked."""
