"""The lists on the screen."""
