"""Opening a file with a table, whatever kind it is: what it is, is told from its content."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from klachten.overname import bestandssoort as soorten
from klachten.overname.lezen import Logboek
from klachten.overname.tabelbestand import GROOTSTE_BESTAND, Bestandsvorm, OnleesbaarBestand, Tabelbestand
from klachten.taal import getal

WERKMAPPEN = (soorten.XLSX, soorten.XLS, soorten.ODS)


def kind(pad: Path, codering: str = "") -> str:
    """Return the kind of a file (see bestandssoort.py); OnleesbaarBestand says what is wrong and what to do."""
    try:
        groot = pad.stat().st_size
        soort, bezwaar = soorten.kind(pad, codering) if groot else ("", "het bestand is leeg.")
    except FileNotFoundError:
        raise OnleesbaarBestand(f"Bestand {pad} is niet gevonden.") from None
    except OSError as fout:
        raise OnleesbaarBestand(f"Bestand {pad} kan niet worden gelezen: {fout.strerror or fout}.") from fout
    if bezwaar:
        raise OnleesbaarBestand(f"{pad.name}: {bezwaar}")
    if groot > GROOTSTE_BESTAND:
        raise OnleesbaarBestand(
            f"{pad.name}: het bestand is {getal(groot // 1024**2)} MB; meer dan {getal(GROOTSTE_BESTAND // 1024**2)} "
            "MB wordt niet in een keer overgenomen. Splits het, bijvoorbeeld per jaar."
        )
    return soort


def open_table(pad: Path, vorm: Bestandsvorm, namen: Collection[str] = ()) -> Tabelbestand:
    """Open a file as declared; `namen` are the columns that are declared."""
    soort = kind(pad, vorm.codering)
    # The libraries of a kind are loaded for a file of that kind only.
    if soort in WERKMAPPEN:
        from klachten.overname.vormen.werkmap import Werkmap

        return Werkmap(pad, vorm, namen, soort=soort)
    if soort == soorten.PARQUET:
        from klachten.overname.vormen.parquet import Parquetbestand

        return Parquetbestand(pad, vorm, namen)
    if soort == soorten.XES:
        from klachten.overname.vormen.proceslog import Proceslog

        return Proceslog(pad, vorm, namen)
    if soort == soorten.JSON:
        from klachten.overname.vormen.objecten import Objecten

        return Objecten(pad, vorm, namen)
    return Logboek(pad, vorm, namen)
