"""What DuckDB is told while many groups come in one after the other: to hold little in memory."""

from __future__ import annotations


def settings(megabytes: int) -> dict[str, str]:
    """Return the settings by name for so many megabytes of rows and indexes."""
    return {
        "memory_limit": f"{megabytes:d}MB",
        "threads": "1",  # another needs memory of its own
        "write_buffer_row_group_count": "1",  # of 120,000 facts: not five times as many
        # Every time that the file takes in what stands in DuckDB's own log, all of its indexes are written anew.
        "checkpoint_threshold": f"{megabytes // 4:d}MB",
    }
