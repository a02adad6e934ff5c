"""The Word templates of the program, made by klachten.brieven.bouw; a firm replaces them on page Brieven."""
