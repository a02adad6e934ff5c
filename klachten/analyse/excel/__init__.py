"""The Excel engine: cells, sheets, charts and where figures come from; it knows no figure."""
