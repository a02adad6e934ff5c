"""Every e-mail that went out, waits, or asks what to do."""

from klachten.scherm import onderdelen
from klachten.scherm.beheer import post

onderdelen.titel("Post", "E-mail die is verstuurd, die nog wacht, en die om een besluit vraagt.")
post.toon()
