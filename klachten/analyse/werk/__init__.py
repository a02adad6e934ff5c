"""The lists people work from."""
