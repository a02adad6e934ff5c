"""Faults and load against the real app, a process of its own: `python -m tests.betrouwbaarheid`; short ones in CI."""
