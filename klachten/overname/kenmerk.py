"""The source id of a klacht goes into the journal, which cannot be erased: it may be nothing of a person."""

from __future__ import annotations

import re
from dataclasses import dataclass

from klachten.overname.cellen import shortened
from klachten.overname.lezen import OnleesbaarBestand
from klachten.overname.tonen import bsn_digits, is_bsn, personal, show

LANGSTE = 100
_NUMMER = re.compile(f"[1-9][0-9]{{0,{LANGSTE - 1}}}")
_DEEL_ELFPROEF = 0.5
_WEINIG = 100
_TOTALEN = ("totaal", "total", "subtotaal", "som", "sum")
HOE_TOCH = (
    "Het kenmerk komt in het journaal, dat niet kan worden gewist. Kies een kolom met een zaaknummer, of zet "
    "id_mag_in_journaal = true als dit toch geen gegeven van een persoon is."
)


@dataclass
class Kenmerken:
    """Judges the source ids of one file, one at a time, and at the end all of them together."""

    kolom: str
    mag_alles: bool = False
    alle: int = 0
    negen: int = 0
    elfproef: int = 0

    def reason(self, bron_id: str) -> str:
        """Say why a row with this source id cannot be taken over; "" when it can."""
        if type(bron_id) is str and _NUMMER.fullmatch(bron_id):
            # Nearly all: a number with all its digits, and so nothing of what follows.
            if len(bron_id) in (8, 9):
                self._count(bron_id)
            else:
                self.alle += 1
            return ""
        if not bron_id:
            return f"Kolom {show(self.kolom)} is leeg."
        if len(bron_id) > LANGSTE or not bron_id.isprintable():
            return f"Kolom {show(self.kolom)} is te lang of bevat vreemde tekens."
        if shortened(bron_id):
            return (
                f"In kolom {show(self.kolom)} staat een nummer waarvan een spreadsheet cijfers heeft weggelaten, zoals "
                "1,2E+11. Maak van die kolom tekst in het bestand waar zij uit komt, en bewaar dat opnieuw."
            )
        self._count(bron_id)
        if bron_id.casefold().split()[0].strip(":") in _TOTALEN:
            return (
                f"In kolom {show(self.kolom)} staat geen kenmerk. Is dit een rij met totalen? Zet dan in [bestand] "
                'totalen = ["Totaal"], met het woord waarmee zulke rijen beginnen.'
            )
        if not self.mag_alles and (wat := personal(bron_id)):
            return f"In kolom {show(self.kolom)} staat {wat} in plaats van een kenmerk. {HOE_TOCH}"
        return ""

    def _count(self, bron_id: str) -> None:
        self.alle += 1
        if bsn_digits(bron_id):
            self.negen += 1
            self.elfproef += is_bsn(bron_id)

    def check(self, bestand: str) -> None:
        """Refuse ids that are burgerservicenummers; of other numbers of nine digits one in eleven passes the test."""
        genoeg = self.negen >= max(1, self.alle // _WEINIG)
        if not self.mag_alles and genoeg and self.elfproef > _DEEL_ELFPROEF * self.negen:
            raise OnleesbaarBestand(
                f"{bestand}: kolom {show(self.kolom)} lijkt burgerservicenummers te bevatten ({self.elfproef} van de "
                f"{self.negen} nummers van acht of negen cijfers doorstaan de elfproef). {HOE_TOCH}"
            )
