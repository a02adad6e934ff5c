"""Measuring: the figures of the evaluation against pandas and polars, on registers of any size; no part of the app."""
