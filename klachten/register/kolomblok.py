"""Rows as columns of Arrow, made of their bytes.

Given values, pyarrow loads pandas to look whether they are of that: 58 MB, for a register that needs none of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


def table(kolommen: Mapping[str, Any]) -> pa.Table:
    """Return columns by name, each given as a tuple, a range of numbers, or one value that holds for all rows.

    Values are texts, or whole numbers of at most 64 bits with None among them.
    """
    import pyarrow as pa

    rijen = next(len(kolom) for kolom in kolommen.values() if isinstance(kolom, tuple))
    return pa.Table.from_arrays([_column(kolom, rijen) for kolom in kolommen.values()], names=list(kolommen))


def _column(kolom: Any, rijen: int) -> pa.Array:
    import numpy as np

    if isinstance(kolom, range):
        return _numbers(np.arange(kolom.start, kolom.stop, dtype=np.int64))
    alle = kolom if isinstance(kolom, tuple) else (kolom,) * rijen
    if isinstance(alle[0], str):
        return _texts(alle)
    er_is = np.fromiter((waarde is not None for waarde in alle), np.bool_, len(alle))
    return _numbers(np.fromiter((waarde or 0 for waarde in alle), np.int64, len(alle)), er_is)


def _numbers(getallen: np.ndarray, er_is: np.ndarray | None = None) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    waar = None if er_is is None or er_is.all() else pa.py_buffer(np.packbits(er_is, bitorder="little"))
    return pa.Array.from_buffers(pa.int64(), len(getallen), [waar, pa.py_buffer(getallen)])


def _texts(teksten: tuple[str, ...]) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    samen = "".join(teksten)
    inhoud = samen.encode("utf-8")
    # A text without any sign beyond ASCII has as many bytes as signs.
    lengtes = map(len, teksten) if len(inhoud) == len(samen) else (len(tekst.encode("utf-8")) for tekst in teksten)
    grenzen = np.zeros(len(teksten) + 1, np.int64)
    np.cumsum(np.fromiter(lengtes, np.int64, len(teksten)), out=grenzen[1:])
    return pa.Array.from_buffers(
        pa.large_string(), len(teksten), [None, pa.py_buffer(grenzen), pa.py_buffer(inhoud)]
    )  # fmt: skip
