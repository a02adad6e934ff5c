"""How fast a page is: its script alone, and as its user gets it from the started app."""
