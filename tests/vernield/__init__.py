"""Files that somebody or something mangled, made by hypothesis, and what taking over makes of each of them."""
