"""Where a day begins: facts, terms and letters go by the clock on the wall in the Netherlands."""

from __future__ import annotations

from zoneinfo import ZoneInfo

NEDERLAND = ZoneInfo("Europe/Amsterdam")
