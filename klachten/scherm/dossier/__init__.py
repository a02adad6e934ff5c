"""One klacht on the screen."""
