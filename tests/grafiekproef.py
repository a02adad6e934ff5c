"""Whether every chart of a page is there for who does not see it: a table that says what it says, and own words."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from klachten.analyse.basis import grafiektabel

GETAL = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
NIETS = {grafiektabel.GEEN, "geen gegevens", "geen index"}
Deel = tuple[str, Any]


def charts(proef: AppTest) -> Iterator[tuple[dict[str, Any], list[pd.DataFrame]]]:
    """Yield every chart of a page as the browser gets it, with the tables that stand between it and the next one."""
    delen = list(_in_volgorde(proef.main))
    for nr, (soort, spec) in enumerate(delen):
        if soort == "grafiek":
            verder = [wat for wat, _ in delen[nr + 1 :]]
            tot = verder.index("grafiek") if "grafiek" in verder else len(verder)
            yield spec, [tabel for _, tabel in delen[nr + 1 : nr + 1 + tot]]


def check(proef: AppTest) -> int:
    """Assert that each chart of a page has its table and its words; return how many there are."""
    aantal = 0
    for spec, tabellen in charts(proef):
        aantal += 1
        wat = spec["description"][:80]
        assert tabellen, f"no table behind the chart {wat}"
        zonder = min((missing(spec, tabel) for tabel in tabellen), key=len)
        assert not zonder, f"{wat}: the table does not say {zonder[:3]}"
        titel = spec.get("title", {}).get("text", [])
        assert len(spec["description"]) > len(" ".join(titel)) + 10, f"no words for who does not see {wat}"
        assert spec["config"]["locale"]["number"]["decimal"] == ","
    return aantal


def missing(spec: dict[str, Any], tabel: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return what a chart says of a mark and no row of the table says, its headings included."""
    rijen = [_Rij(rij, list(tabel.columns)) for rij in tabel.astype(object).itertuples(index=False, name=None)]
    return [punt for punt in _said(spec) if not any(rij.says(punt) for rij in rijen)]


def _said(spec: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield what each layer tells of each of its rows; of an empty cell of a grid it tells nothing."""
    for laag in spec["layer"]:
        tips = laag["encoding"].get("tooltip") or []
        for rij in spec["datasets"][(laag.get("data") or spec["data"])["name"]] if tips else ():
            if rij.get(tips[-1]["field"]) != "":
                zegt = [grafiektabel.in_woorden(rij.get(tip["field"]), tip.get("format", "")) for tip in tips]
                # Of a name that is broken in lines the first is the name, and the others say its figures.
                naam, *regels = str(rij.get(tips[0]["field"])).split("|")
                yield (naam if regels else zegt[0], *regels, *zegt[1:])


class _Rij:
    """One row of a table: its words, and its numbers as they are and as they stand in its texts."""

    def __init__(self, cellen: tuple[Any, ...], koppen: list[Any]) -> None:
        self.getallen: list[float] = []
        woorden = [str(kop) for kop in koppen]
        for cel in cellen:
            if cel is None or cel is pd.NA or cel is pd.NaT or (isinstance(cel, float) and math.isnan(cel)):
                woorden.append(grafiektabel.GEEN)
            elif isinstance(cel, int | float) or hasattr(cel, "dtype"):
                self.getallen.append(float(cel))
            else:
                woorden.append(str(cel))
        self.tekst = " | ".join(woorden)
        self.getallen += [_waarde(deel) for deel in GETAL.findall(self.tekst)]

    def says(self, punt: tuple[str, ...]) -> bool:
        """Tell whether what is said of a mark stands in this row: of its name every word, of the rest the figures."""
        naam, *rest = punt
        return all(woord in self.tekst or self._has(woord) for woord in re.findall(r"[^\s,]+", naam)) and all(
            deel in self.tekst
            or (deel in NIETS and grafiektabel.GEEN in self.tekst)
            or (bool(GETAL.search(deel)) and all(self._has(cijfer) for cijfer in GETAL.findall(deel)))
            for deel in rest
        )

    def _has(self, cijfer: str) -> bool:
        if not GETAL.fullmatch(cijfer):
            return False
        decimalen = len(cijfer.partition(",")[2])
        return any(abs(_waarde(cijfer) - getal) <= 0.5000001 * 10**-decimalen for getal in self.getallen)


def _waarde(cijfer: str) -> float:
    return float(cijfer.replace(".", "").replace(",", "."))


def _in_volgorde(blok: Any) -> Iterator[Deel]:
    for _, deel in sorted(getattr(blok, "children", {}).items()):
        if deel.type == "vega_lite_chart":
            yield "grafiek", _whole(deel.proto)
        elif deel.type in ("arrow_data_frame", "dataframe"):
            yield "tabel", deel.value
        yield from _in_volgorde(deel)


def _whole(proto: Any) -> dict[str, Any]:
    """Put the rows back into a chart, which Streamlit sends beside it."""
    spec: dict[str, Any] = json.loads(proto.spec)
    for bron in proto.datasets:
        tabel = convert_arrow_bytes_to_pandas_df(bron.data.data)
        spec.setdefault("datasets", {})[bron.name] = json.loads(tabel.to_json(orient="records", date_format="iso"))
    return spec
