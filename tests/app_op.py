"""The app by another clock: `python -m tests.app_op MOMENT ...` is `python -m klachten ...` at that moment."""

from __future__ import annotations

import sys
from datetime import datetime

import time_machine

from klachten.__main__ import main

if __name__ == "__main__":
    # The clock goes on from there; what waits, waits as long as ever.
    with time_machine.travel(datetime.fromisoformat(sys.argv.pop(1)), tick=True):
        sys.exit(main())
