"""Storage elsewhere, of the two kinds that there are: one that has folders, and an object store, which has none."""

from __future__ import annotations

from typing import Any, ClassVar

import fsspec
from fsspec.implementations.memory import MemoryFileSystem


class Objecten(MemoryFileSystem):
    """In memory what S3 is: a name with slashes, and no folder but what the names of files begin with."""

    protocol = "objecten"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(str(path).removeprefix("objecten://")))

    def mkdir(self, path: str, create_parents: bool = True, **kwargs: Any) -> None:
        """Make nothing."""

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        """Make nothing."""


fsspec.register_implementation("objecten", Objecten, clobber=True)
SOORTEN: dict[str, type[MemoryFileSystem]] = {"memory": MemoryFileSystem, "objecten": Objecten}
"""By how an address begins."""


def empty() -> None:
    """Throw away all that is kept there."""
    for soort in SOORTEN.values():
        soort.store.clear()
        soort.pseudo_dirs[:] = [""]
