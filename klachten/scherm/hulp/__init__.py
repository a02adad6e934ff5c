"""Help at the place where one needs it, and all of it together: steps, refusals, words, the manual, and the tour."""
