"""The log of looking: who opened, searched, took along or signed in, and when; never what was read or typed.

One file a month in `<register>/kijklog/`, each line sealed onto the one before it as in the journal. A month that is
old enough is deleted, and leaves its zegel so that the chain can still be verified from month to month.
"""

from __future__ import annotations

from klachten.kijklog.keten import BEWAREN, Gelezen, Keuring, Kijkketen, Maand
from klachten.kijklog.log import Kijklog
from klachten.kijklog.regel import ONBEKEND, REGISTER, SOORTEN, Regel

__all__ = ["BEWAREN", "ONBEKEND", "REGISTER", "SOORTEN", "Gelezen", "Keuring", "Kijkketen", "Kijklog", "Maand", "Regel"]
