"""When the last good back-up was made and when that was last tried; have one made now; the recovery key."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import reservekopie

onderdelen.titel("Reservekopieën", "Een kopie van het hele register op een andere plek, elke dag gemaakt en beproefd.")
reservekopie.staat()
reservekopie.nu_maken()
reservekopie.herstelsleutel()
reservekopie.instellingen_in_woorden()
