"""Steps 1-3 on the screen."""
