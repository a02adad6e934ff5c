"""What a source itself says of being on time: a column with words for it, or a last day of its own for every klacht.

It is compared with what comes out under the reglement, and is never recorded: it is what the source finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klachten.overname import datums, velden
from klachten.overname.datums import Datumvorm
from klachten.reglement.tabel import Tabel

OP_TIJD, TE_LAAT = "op tijd", "te laat"


@dataclass(frozen=True, kw_only=True)
class Oordeel:
    """The column that says it: by values that mean on time or late, or by the last day, in a form of date."""

    kolom: str
    op_tijd: frozenset[str] = frozenset()
    te_laat: frozenset[str] = frozenset()
    vorm: Datumvorm | None = None

    def of(self, tekst: str, einde_op: date | None) -> str:
        """Return what the source says of a klacht that ended on a day: OP_TIJD, TE_LAAT, or "" when it says nothing."""
        if self.vorm is None:
            return OP_TIJD if tekst in self.op_tijd else TE_LAAT if tekst in self.te_laat else ""
        if not tekst or einde_op is None:
            return ""
        try:
            return OP_TIJD if einde_op <= self.vorm.lees(tekst) else TE_LAAT
        except ValueError:
            return ""


def read(tabel: Tabel) -> Oordeel | None:
    """Return what a declaration says under [oordeel]; None when the source says nothing of being on time."""
    if "oordeel" not in tabel:
        return None
    deel = tabel.tabel("oordeel", tabel.gegevens["oordeel"], ("kolom", "op_tijd", "te_laat", "vorm"))
    kolom = deel.tekst("kolom")
    if "vorm" in deel:
        samen = [sleutel for sleutel in ("op_tijd", "te_laat") if sleutel in deel]
        if samen:
            deel.weiger("vorm", f"dit gaat niet samen met {samen[0]}: een kolom heeft een datum of een oordeel.")
        try:
            return Oordeel(kolom=kolom, vorm=datums.load(deel.tekst("vorm")))
        except datums.OngeldigeVorm as fout:
            deel.weiger("vorm", str(fout))
    op_tijd, te_laat = (frozenset(velden.read_teksten(deel, sleutel)) for sleutel in ("op_tijd", "te_laat"))
    if not op_tijd and not te_laat:
        deel.weiger("op_tijd", 'zeg welke waarden op tijd betekenen, zoals op_tijd = ["ja"], of te_laat.')
    if op_tijd & te_laat:
        deel.weiger("te_laat", "een waarde kan niet allebei betekenen.")
    return Oordeel(kolom=kolom, op_tijd=op_tijd, te_laat=te_laat)
