"""How a file is written, as its declaration says under [bestand]."""

from __future__ import annotations

from klachten.overname import velden
from klachten.overname.lezen import Bestandsvorm
from klachten.reglement.tabel import Tabel

CODERINGEN = ("utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15")
BESTANDSLEUTELS = {
    "codering", "scheidingsteken", "aanhalingsteken", "ontsnapping", "leeg", "kop_op_regel", "totalen",
}  # fmt: skip


def read(tabel: Tabel) -> Bestandsvorm:
    """Return how the file is written; a mistake names the key."""
    deel = tabel.tabel("bestand", tabel.gegevens.get("bestand", {}), BESTANDSLEUTELS)
    vorm = Bestandsvorm(
        codering=deel.keuze("codering", CODERINGEN, "codering"),
        scheidingsteken=velden.read_teken(deel, "scheidingsteken"),
        aanhalingsteken=velden.read_teken(deel, "aanhalingsteken", anders='"', leeg=True),
        ontsnapping=velden.read_teken(deel, "ontsnapping", anders="", leeg=True),
        leeg=frozenset({"", *velden.read_teksten(deel, "leeg")}),
        kop_op_regel=deel.aantal("kop_op_regel") if "kop_op_regel" in deel else 0,
        totalen=tuple(tekst.casefold() for tekst in velden.read_teksten(deel, "totalen") if tekst),
    )
    tekens = [teken for teken in (vorm.scheidingsteken, vorm.aanhalingsteken, vorm.ontsnapping) if teken]
    if len(tekens) != len(set(tekens)):
        deel.weiger("scheidingsteken", "scheidingsteken, aanhalingsteken en ontsnapping moeten van elkaar verschillen.")
    return vorm
