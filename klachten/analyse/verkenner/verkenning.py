"""What is asked of the Verkenner: one value, with one text for the address, the saved question and the notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from klachten.analyse.basis.selectie import FIJNER, Filter
from klachten.analyse.verkenner.kenmerken import SPLITSINGEN, VAN_DE_RIJ, Splitsing
from klachten.analyse.verkenner.maten import PER_100, Maat, kies
from klachten.periode import Periode
from klachten.taal import opsomming

REEKSEN = {"": "Niet", "jaar": "Per jaar", "kwartaal": "Per kwartaal", "maand": "Per maand"}
"""How a period is cut; a year is the same days of every year."""
MEESTE_PER = 2
MEESTE_DELEN, MEESTE_JAREN = 36, 12
STANDAARD = "ontvangen"
EIGEN_NAMEN = ("maat", "splits", "reeks")
"""What an address says besides the period and the filter."""


class GeenVraag(ValueError):
    """A combination that says nothing; the text is a Dutch sentence with what to do instead."""

    soort = "vraag_zegt_niets"


@dataclass(frozen=True, kw_only=True)
class Verkenning:
    """A measure, what it is split by (`per`), how its period is cut (`reeks`), and of which klachten.

    `periode` is that of an answer; a saved question is asked anew of the period that its reader chose, so its text has
    none. Raises GeenVraag for what cannot be asked.
    """

    maat: str = STANDAARD
    per: tuple[str, ...] = ()
    reeks: str = ""
    periode: Periode | None = None
    filter: Filter = field(default_factory=Filter)

    def __post_init__(self) -> None:
        if kies(self.maat) is None:
            raise GeenVraag(f"Er is geen maat '{self.maat}'. Kies een maat uit de lijst.")
        if onbekend := [id for id in self.per if id not in SPLITSINGEN]:
            raise GeenVraag(f"Er is geen kenmerk '{onbekend[0]}'. Kies een kenmerk uit de lijst.")
        if self.reeks not in REEKSEN:
            raise GeenVraag(f"Een reeks loopt per jaar, kwartaal of maand, niet per '{self.reeks}'.")
        if bezwaar := self._bezwaar():
            raise GeenVraag(bezwaar)

    @property
    def wat(self) -> Maat:
        """The measure."""
        maat = kies(self.maat)
        assert maat is not None
        return maat

    @property
    def splitsingen(self) -> tuple[Splitsing, ...]:
        """The characteristics that it is split by."""
        return tuple(SPLITSINGEN[id] for id in self.per)

    def _bezwaar(self) -> str:
        """Say why this combination says nothing, and what to do; empty when it does."""
        maat, delen = self.wat, self.splitsingen
        if len(delen) > MEESTE_PER:
            return "Splits op hoogstens twee kenmerken: meer is niet te lezen. Kies de andere als filter."
        if len(set(self.per)) < len(self.per):
            return f"U koos twee keer {delen[0].titel.lower()}. Kies een ander kenmerk, of één kenmerk."
        if self.reeks and len(delen) > 1:
            return "Een reeks in de tijd kan naast hoogstens één kenmerk. Laat er een weg, of kies de reeks niet."
        for deel in delen:
            if zin := _past_niet(deel, maat, self.filter):
                return zin
        if maat.soort == PER_100 and self.reeks in ("kwartaal", "maand"):
            return "Per 100 trajecten kan als reeks alleen per jaar. Kies bij Periode een kwartaal om dat te zien."
        if self.periode is not None and self.reeks in ("kwartaal", "maand"):
            return _niet_te_knippen(self.periode, self.reeks)
        return ""

    def delen(self, peildatum: date, eerste: date | None = None) -> tuple[Periode, ...]:
        """Return the periods of the series, the oldest first; without a series the one that was chosen.

        Those that have begun on the peildatum. `eerste` is the first day that the register says anything of: years
        before it are left out.
        """
        assert self.periode is not None
        periode = self.periode
        if self.reeks in ("kwartaal", "maand"):
            lang = 3 if self.reeks == "kwartaal" else 1
            begin = [Periode.van_maanden(*_maand(periode.eerste, nr), lang) for nr in range(0, periode.maanden, lang)]
            return tuple(deel for deel in begin if deel.eerste <= peildatum) or (begin[0],)
        if self.reeks == "jaar":
            vanaf = periode.jaar - (MEESTE_JAREN - 1) * periode.stap
            alle = [periode.in_jaar(jaar) for jaar in periode.jaren(vanaf, periode.jaar)]
            return tuple(deel for deel in alle if deel == periode or eerste is None or deel.laatste >= eerste)
        return (periode,)

    @property
    def adres(self) -> dict[str, str]:
        """Return it as names and words of an address: ids only; the period too, when there is one."""
        uit = {"maat": self.maat}
        uit |= {"splits": ".".join(self.per)} if self.per else {}
        uit |= {"reeks": self.reeks} if self.reeks else {}
        if self.filter.herkomst != "register":
            uit["set"] = self.filter.herkomst or ""
        uit |= {naam: waarde for naam, veld in FIJNER.items() if (waarde := getattr(self.filter, veld))}
        return uit | ({"periode": self.periode.sleutel} if self.periode else {})

    @property
    def tekst(self) -> str:
        """Return it as one line, that `lees` reads again."""
        return urlencode(self.adres)

    @property
    def bewaard(self) -> Verkenning:
        """Return it as it is saved: of whatever period its reader chooses."""
        return replace(self, periode=None)

    @classmethod
    def lees(cls, tekst: str) -> Verkenning:
        """Return what `tekst` wrote; GeenVraag or ValueError with a sentence for anything else."""
        return cls.uit(dict(parse_qsl(tekst, keep_blank_values=True)))

    @classmethod
    def uit(cls, adres: Mapping[str, str]) -> Verkenning:
        """Return what an address asks; what it does not say is the plainest question."""
        gekozen: dict[str, Any] = {veld: adres.get(naam) or None for naam, veld in FIJNER.items()}
        return cls(
            maat=adres.get("maat") or STANDAARD,
            per=tuple(id for id in adres.get("splits", "").split(".") if id),
            reeks=adres.get("reeks", ""),
            periode=Periode.lees(adres["periode"]) if adres.get("periode") else None,
            filter=Filter(**gekozen, herkomst=adres.get("set", "register") or None),
        )

    def in_woorden(self, titel: str = "") -> str:
        """Say what is asked: 'Klachten ontvangen per vestiging en categorie, per jaar'."""
        delen = [titel or self.wat.titel]
        if self.per:
            delen.append(f" per {opsomming(deel.titel.lower() for deel in self.splitsingen)}")
        return "".join(delen) + (f", {REEKSEN[self.reeks].lower()}" if self.reeks else "")

    @property
    def fijnheid(self) -> int:
        """How many characteristics are chosen at once, to split by or as filter: each makes the numbers smaller."""
        return len(self.per) + sum(getattr(self.filter, veld) is not None for veld in FIJNER.values())


def _past_niet(deel: Splitsing, maat: Maat, filter: Filter) -> str:
    """Say why a measure is not split by a characteristic; empty when it can be."""
    titel = deel.titel.lower()
    if deel.id in VAN_DE_RIJ and deel.id not in maat.eigen:
        return f"{maat.titel} kent geen {titel}. Kies een ander kenmerk, of een maat die dat wel kent."
    if maat.alleen and deel.id not in maat.alleen:
        return (
            f"Trajecten zijn per vestiging bekend, niet per {titel}. Kies vestiging, of tel klachten zonder trajecten."
        )
    if deel.id in maat.vast:
        return f"{maat.titel} zegt zelf al hoe het afliep; splitsen op {titel} voegt niets toe. Kies een ander kenmerk."
    if deel.veld and getattr(filter, deel.veld) is not None:
        return f"U koos al één {titel} als filter. Haal dat filter weg, of splits op een ander kenmerk."
    return ""


def _niet_te_knippen(periode: Periode, reeks: str) -> str:
    lang = 3 if reeks == "kwartaal" else 1
    if not periode.maanden or (reeks == "kwartaal" and (periode.eerste.month % 3 != 1 or periode.maanden % 3)):
        heel = "kwartalen" if reeks == "kwartaal" else "maanden"
        return f"Deze periode bestaat niet uit hele {heel}. Kies een heel jaar, of een reeks per jaar."
    if periode.maanden <= lang:
        return f"Deze periode is zelf één {reeks}. Kies een langere periode, of een reeks per jaar."
    if periode.maanden // lang > MEESTE_DELEN:
        return f"Dat zijn meer dan {MEESTE_DELEN} delen. Kies een kortere periode, of een grovere reeks."
    return ""


def _maand(dag: date, later: int) -> tuple[int, int]:
    na = dag.year * 12 + dag.month - 1 + later
    return na // 12, na % 12 + 1
