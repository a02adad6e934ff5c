"""What is protected by what: how this register stands now, and against whom each kind of protection helps."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import bescherming

onderdelen.titel("Bescherming", "Wie bij de gegevens kan, wat dat tegenhoudt, en wat niet.")
bescherming.nu()
bescherming.uitleg()
