"""Does the number of klachten vary by more than chance?"""
