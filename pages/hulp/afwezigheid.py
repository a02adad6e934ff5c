"""The own absences of who looks: to report, change or withdraw one, and who takes one's place."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import afwezigheid

onderdelen.titel("Mijn afwezigheid", "Wanneer u er niet bent, en wie dan uw taken ziet.")
afwezigheid.eigen()
