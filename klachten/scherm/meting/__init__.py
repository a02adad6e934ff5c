"""How fast a page is: its script alone, and as its user gets it from the started app."""


class PaginaMislukt(Exception):
    """A page that is measured showed an error, or another page came; its time would mean nothing."""
