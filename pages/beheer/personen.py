"""Who works here, with which roles; one person with what can be recorded, or the list."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import personen

onderdelen.titel("Personen", "Wie hier werken, met welke rollen, en wie afwezig is of vertrekt.")
wie = personen.gekozen()
if wie is None:
    personen.lijst()
else:
    personen.een(wie)
