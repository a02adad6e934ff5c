"""Reminders: who is reminded of what today, in one overview a day, each of them a fact."""

from klachten.post.herinneren.geheugen import Herinnerd, of_person

__all__ = ["Herinnerd", "of_person"]
