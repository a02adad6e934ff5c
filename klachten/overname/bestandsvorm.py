"""How a file is written, as its declaration says under [bestand]."""

from __future__ import annotations

from klachten.overname import velden
from klachten.overname.lezen import Bestandsvorm
from klachten.reglement.tabel import Tabel

CODERINGEN = ("utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15")
CSV_SLEUTELS = ("codering", "scheidingsteken", "aanhalingsteken", "ontsnapping")
BESTANDSLEUTELS = {*CSV_SLEUTELS, "leeg", "kop_op_regel", "totalen", "blad", "samengevoegd"}
HERHAAL, EERSTE = "herhaal", "eerste"


def read(tabel: Tabel) -> Bestandsvorm:
    """Return how the file is written; a mistake names the key."""
    deel = tabel.tabel("bestand", tabel.gegevens.get("bestand", {}), BESTANDSLEUTELS)
    # Of a workbook, JSON, Parquet or a process log none of these is needed; a CSV file needs them all.
    csv = any(sleutel in deel for sleutel in CSV_SLEUTELS)
    vorm = Bestandsvorm(
        codering=deel.keuze("codering", CODERINGEN, "codering") if csv else "",
        scheidingsteken=velden.read_teken(deel, "scheidingsteken") if csv else "",
        aanhalingsteken=velden.read_teken(deel, "aanhalingsteken", anders='"', leeg=True),
        ontsnapping=velden.read_teken(deel, "ontsnapping", anders="", leeg=True),
        leeg=frozenset({"", *velden.read_teksten(deel, "leeg")}),
        kop_op_regel=deel.aantal("kop_op_regel") if "kop_op_regel" in deel else 0,
        blad=deel.tekst("blad", ""),
        samengevoegd=deel.keuze("samengevoegd", (HERHAAL, EERSTE), "keuze") if "samengevoegd" in deel else "",
        totalen=tuple(tekst.casefold() for tekst in velden.read_teksten(deel, "totalen") if tekst),
    )
    tekens = [teken for teken in (vorm.scheidingsteken, vorm.aanhalingsteken, vorm.ontsnapping) if teken]
    if len(tekens) != len(set(tekens)):
        deel.weiger("scheidingsteken", "scheidingsteken, aanhalingsteken en ontsnapping moeten van elkaar verschillen.")
    return vorm
