"""How a letter says that it cannot be made or sent: a Dutch sentence, where it can with the place."""

from __future__ import annotations


class BriefKanNiet(Exception):
    """The letter cannot be made, or a file is no letter; `zinnen` are the sentences for the user, one a mistake."""

    soort = "sjabloon_past_niet"

    def __init__(self, *zinnen: str) -> None:
        self.zinnen = zinnen
        super().__init__(" ".join(zinnen))
