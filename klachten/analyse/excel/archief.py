"""The zip of an Excel file: the same workbook gives the same bytes, and rows go into it without passing openpyxl."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

TIJDSTIP = (2000, 1, 1, 0, 0, 0)
_GEWIJZIGD = re.compile(r"(<dcterms:(modified|created)[^>]*>)[^<]*(</dcterms:\2>)")
_LEEG = re.compile(r"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_OMVANG = re.compile(r'<dimension ref="[^"]*"')


class Archief(ZipFile):
    """A zip without the time of making; `rijen` are the rows per part, `omvang` the range they take."""

    def __init__(self, doel: Any, dag: str, rijen: Mapping[str, Iterable[str]], omvang: Mapping[str, str]) -> None:
        super().__init__(doel, "w", ZIP_DEFLATED, allowZip64=True)
        self._dag, self._rijen, self._omvang = dag, rijen, omvang

    def writestr(self, naam: Any, inhoud: Any, *_: Any, **__: Any) -> None:
        """Write a part; the properties carry the day of the figures instead of the moment of writing."""
        if naam == "docProps/core.xml":
            tekst = inhoud.decode("utf-8") if isinstance(inhoud, bytes) else inhoud
            inhoud = _GEWIJZIGD.sub(rf"\g<1>{self._dag}T00:00:00Z\g<3>", tekst)
        super().writestr(self._deel(naam), inhoud)

    def write(self, bestand: Any, naam: str = "", *_: Any, **__: Any) -> None:
        """Write a sheet that openpyxl put in a file, with its rows."""
        deel = f"/{naam}"
        with self.open(self._deel(naam), "w", force_zip64=True) as uit:
            if deel not in self._rijen:
                uit.write(Path(bestand).read_bytes())
                return
            tekst = Path(bestand).read_text(encoding="utf-8")
            tekst = _OMVANG.sub(f'<dimension ref="{self._omvang[deel]}"', tekst, count=1)
            voor, na = _LEEG.split(tekst)
            uit.write(f"{voor}<sheetData>".encode())
            for rij in self._rijen[deel]:
                uit.write(rij.encode("utf-8"))
            uit.write(f"</sheetData>{na}".encode())

    @staticmethod
    def _deel(naam: str) -> ZipInfo:
        deel = ZipInfo(naam, TIJDSTIP)
        deel.compress_type = ZIP_DEFLATED
        # Otherwise it tells on which system it was made.
        deel.create_system = 3
        return deel
