"""Taking over klachten on the screen: a file, what its columns are, what becomes of it, and recording it."""
