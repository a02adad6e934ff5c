"""Why a question could not be asked of another engine."""

from __future__ import annotations


class MotorFout(Exception):
    """The engine is missing, did not start, or cannot answer; the text is a Dutch sentence that says what to do."""
