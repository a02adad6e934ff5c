"""Reminders: who is reminded of what today, in one overview a day, each of them a fact."""

from klachten.post.herinneren.bepalen import Overzicht, due
from klachten.post.herinneren.geheugen import Herinnerd, of_person
from klachten.post.herinneren.ronde import Ronde, look, run

__all__ = ["Herinnerd", "Overzicht", "Ronde", "due", "look", "of_person", "run"]
