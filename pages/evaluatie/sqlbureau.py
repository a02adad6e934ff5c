"""Ask the snapshot in SQL: read only, for who may read single klachten (step 16)."""

from klachten.scherm import onderdelen
from klachten.scherm.verkenner import bureau

onderdelen.titel("SQL-bureau", "Voor wat de Verkenner niet vraagt: zelf lezen in een kopie zonder namen.")
bureau.regels()
bureau.vraag()
bureau.tabellen()
