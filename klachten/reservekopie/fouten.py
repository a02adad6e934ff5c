"""What goes wrong with a back-up, each with a Dutch sentence for the user."""

from __future__ import annotations

from klachten.register.fouten import RegisterFout


class ReservekopieFout(RegisterFout):
    """No back-up was made, or none was put back; the text says why and what to do."""

    soort = "reservekopie_mislukt"


class OngeldigeInstelling(ReservekopieFout):
    """A setting of the back-up is unknown, or has a value that cannot be used."""

    soort = "instelling_klopt_niet"


class Onbereikbaar(ReservekopieFout):
    """The place for the copies cannot be reached or written now; later it is tried again."""

    soort = "plaats_onbereikbaar"


class OngeldigeKopie(ReservekopieFout):
    """A copy is damaged, cut off, of something else, or tries to write where it may not."""


class Afgebroken(ReservekopieFout):
    """The app stops, and a copy was being made: it does not count."""
