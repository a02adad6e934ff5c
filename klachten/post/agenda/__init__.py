"""The terms of one person as a calendar (RFC 5545), for the program with an agenda that this person uses already."""

from klachten.post.agenda.kalender import MIME, calendar, changes

__all__ = ["MIME", "calendar", "changes"]
