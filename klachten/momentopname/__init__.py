"""A snapshot of the register without personal data, for notebooks and other programs: Parquet files and a manifest.

Every snapshot is a new folder; its manifest comes last, then the pointer `nieuwste`, so whoever reads it
(`analyse.open`) never meets half a snapshot.
"""

from klachten.momentopname.opname import Momentopname, MomentopnameMislukt, is_current, write

__all__ = ["Momentopname", "MomentopnameMislukt", "is_current", "write"]
