"""What every figure shares: the choice of klachten, the list of kengetallen, the calendar, words and style."""
