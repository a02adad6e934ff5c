"""Parquet: read a batch of rows at a time, with the types of its columns."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from klachten.overname import bestandssoort
from klachten.overname.cellen import as_cell
from klachten.overname.tabelbestand import Bestandsvorm, OnleesbaarBestand
from klachten.overname.tonen import show
from klachten.overname.vormen.cellenbestand import Cellenbestand
from klachten.taal import getal

MEESTE_RIJEN = 10_000_000
_PORTIE = 4_096


class Parquetbestand(Cellenbestand):
    """One open Parquet file; the number of a row counts from 1."""

    soort = bestandssoort.PARQUET

    def __init__(self, pad: Path, vorm: Bestandsvorm, namen: Collection[str] = ()) -> None:
        super().__init__(pad, vorm, namen)
        with self._careful():
            self._bestand = pq.ParquetFile(pad)
            rijen, schema = self._bestand.metadata.num_rows, self._bestand.schema_arrow
        if rijen > MEESTE_RIJEN:
            self.close()
            self._weiger(
                f"er staan {getal(rijen)} rijen in; meer dan {getal(MEESTE_RIJEN)} is geen register van klachten."
            )
        self.kop = tuple(naam.strip() for naam in schema.names)
        self._check_header(self.kop, ())
        self.opmerkingen.append("Parquet: regel 1 is de eerste rij met gegevens.")

    def close(self) -> None:
        """Close the file."""
        self._bestand.close()

    @contextmanager
    def _careful(self) -> Iterator[None]:
        try:
            yield
        except OnleesbaarBestand:
            raise
        except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
            self._weiger(
                "het Parquet-bestand is beschadigd of niet compleet, of gebruikt iets dat hier niet wordt gelezen. "
                "Haal of kopieer het bestand opnieuw."
            )

    def _records(self) -> Iterator[tuple[int, list[str] | str]]:
        regel = 0
        with self._careful():
            for portie in self._bestand.iter_batches(batch_size=_PORTIE):
                kolommen = [self._column(naam, portie.column(i)) for i, naam in enumerate(self.kop)]
                for cellen in zip(*kolommen, strict=True):
                    regel += 1
                    yield regel, list(cellen)

    def _column(self, naam: str, kolom: pa.Array) -> list[str]:
        soort = kolom.type
        if pa.types.is_timestamp(soort):
            # Without nanoseconds, and of a moment with a zone the moment itself: the name of the zone may be unknown.
            kolom = kolom.cast(pa.timestamp("us", soort.tz and "UTC"), safe=False)
        elif pa.types.is_nested(soort):
            return [
                "" if deel is None else json.dumps(deel, ensure_ascii=False, default=str) for deel in kolom.to_pylist()
            ]
        elif pa.types.is_binary(soort) or pa.types.is_large_binary(soort) or pa.types.is_fixed_size_binary(soort):
            try:
                return ["" if deel is None else deel.decode().strip() for deel in kolom.to_pylist()]
            except UnicodeDecodeError:
                if naam in self._namen:
                    self._weiger(f"in kolom {show(naam)} staat geen tekst, maar ruwe bytes.")
                return [""] * len(kolom)
        return [as_cell(deel) for deel in kolom.to_pylist()]
