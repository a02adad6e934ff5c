"""Reads what a process of the app said: its log, which has nothing about anybody in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from klachten.logboek.regel import VELDEN

MAG = {"moment", "niveau", "soort", "zin", "bij", "fouten", *VELDEN}
# A number of a dossier or a person, and what a cookie or the hash of a session looks like.
HERLEIDBAAR = re.compile(r"\b[KSETP][0-9]{4}-[0-9]{4}|\b[0-9a-f]{16,}\b|[?&]\w+=|@")


def lines(gezegd: str, geheim: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return the lines of the log; fails when one says what no line may, or when something is told in another form."""
    regels = []
    for regel in gezegd.partition("(stoppen: Ctrl+C).")[2].splitlines():
        if not regel.startswith("{"):
            # The code for the first beheerder.
            assert re.fullmatch(r"|.*vul deze code in: .*", regel), regel
            continue
        gelezen = json.loads(regel)
        assert gelezen.keys() <= MAG, regel
        assert not HERLEIDBAAR.search(regel), regel
        assert not [woord for woord in geheim if woord.lower() in regel.lower()], regel
        regels.append(gelezen)
    return regels
