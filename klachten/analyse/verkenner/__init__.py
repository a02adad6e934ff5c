"""The Verkenner: a question that nobody put on a page yet, answered with the same figures as the pages.

A measure, at most two characteristics to split it by, a period or a series of them, and a filter. What is counted is
what the questions of the other rooms count: nothing is defined here a second time.
"""
