"""Step 1: the file."""

from __future__ import annotations

import streamlit as st

from klachten.reglement.tabel import OngeldigBestand
from klachten.scherm import onderdelen
from klachten.scherm.overnemen.werk import Werk
from klachten.taal import aantal

GROOTSTE_MB = 25
"""What the gate lets through (toegang/grenzen.py)."""
SOORTEN = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "json", "jsonl", "parquet", "xes", "gz"]
UITLEG = (
    "Kies het bestand met de klachten, zoals het uit het andere programma komt. U hoeft er vooraf niets aan te "
    "veranderen. Het wordt nu alleen gelezen: er komt pas iets in het register als u aan het eind op *Overnemen* klikt."
)


def toon(werk: Werk) -> str:
    """Ask for the file; say what is wrong with one that cannot be read."""
    st.markdown(UITLEG)
    gekozen = st.file_uploader(
        "Bestand met klachten" if werk.beeld is None else "Een ander bestand",
        type=SOORTEN,
        key=f"overnemen.bestand.{werk.nr}",
        max_upload_size=GROOTSTE_MB,
        help=f"Een spreadsheet, CSV, JSON, Parquet of XES tot {GROOTSTE_MB} MB. Een groter bestand neemt u over "
        "met de opdracht importeer.",
    )
    if gekozen is not None:
        try:
            # Another number, so that the field is empty again when the page is drawn next.
            werk.take(gekozen.name, gekozen.getvalue())
        except OngeldigBestand as fout:
            werk.throw_away()
            onderdelen.weigering(fout)
    if werk.beeld is None:
        return "Kies eerst een bestand."
    kolommen = aantal(len(werk.kop), "kolom", "kolommen")
    rijen = aantal(werk.gezien.rijen, "rij", "rijen")
    meer = "" if werk.gezien.alles else ", en er zijn er meer"
    st.success(f"**{onderdelen.veilig(werk.naam)}** is gelezen: {kolommen}, {rijen}{meer}.", icon=":material/table:")
    return ""
