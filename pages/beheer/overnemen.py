"""Take over klachten from another register: a file, what its columns are, what it brings, and recording it."""

from klachten.scherm import onderdelen
from klachten.scherm.overnemen import wizard

onderdelen.titel(
    "Overnemen", "Klachten uit een ander register of een spreadsheet hier inlezen. U ziet alles voordat het telt."
)
wizard.toon()
