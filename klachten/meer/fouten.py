"""What goes wrong with a lake, each with a Dutch sentence that says what to do."""

from __future__ import annotations

from klachten.register.fouten import RegisterFout


class MeerFout(RegisterFout):
    """Nothing was delivered, withdrawn or read; the text says why and what to do."""

    soort = "meer_niet_te_lezen"


class GeenMeer(MeerFout):
    """There is no lake that can be read: another folder, an empty one, or one of another version."""


class Onbereikbaar(MeerFout):
    """The place of the lake cannot be reached or written now."""


class Geweigerd(MeerFout):
    """A snapshot cannot go into this lake, or not as this organisation."""
