"""One organisation among the others of a lake, who stay anonymous."""
