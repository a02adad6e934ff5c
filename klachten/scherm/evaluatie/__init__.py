"""One file per page of the evaluation, named as the page."""
