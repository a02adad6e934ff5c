"""What was measured of the pages of an app, and that in Dutch lines."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from klachten.scherm.paginas import pagina

KOLOMMEN: Mapping[str, str] = MappingProxyType({"feit": "een feit", "klacht": "een klacht", "einde": "een einde"})
"""The kinds of facts by their column: one that changes no figure, a new klacht, and an end."""


class Hoe(Protocol):
    """What of how it was measured stands in the lines."""

    @property
    def schrijf_in(self) -> str:
        """In which dossier a fact was recorded; "" for none."""

    @property
    def bezoekers(self) -> int:
        """How many visitors there were."""

    @property
    def tempo(self) -> float:
        """How many pages a second they asked in all."""

    @property
    def elke(self) -> float:
        """After how many seconds there was another fact."""

    @property
    def geheugen(self) -> int:
        """Of how many pages the memory was followed."""


@dataclass
class Pagina:
    """The seconds of one page, alone: the first time and again, also in CPU; and of CPU the first time after a fact.

    After a fact by kind: at once, after a second of quiet, as for who records and then clicks, and when all is still.
    """

    eerst: float = 0.0
    daarna: list[float] = field(default_factory=list)
    rekentijd: float | None = None
    na_feit: dict[str, list[float | None]] = field(default_factory=dict)
    straks: dict[str, list[float | None]] = field(default_factory=dict)
    bijgewerkt: dict[str, list[float | None]] = field(default_factory=dict)


@dataclass
class Druk:
    """The seconds that visitors waited, how long it went on, and the CPU of the process for one page."""

    wachttijden: list[float]
    duur: float
    rekentijd: float | None = None

    @property
    def per_seconde(self) -> float:
        """Pages a second."""
        return len(self.wachttijden) / self.duur


@dataclass
class Uitslag:
    """What was measured of one app; memory in MB, None where the system does not tell."""

    paginas: dict[str, Pagina]
    vol: Druk | None = None
    met_feiten: Druk | None = None
    rustig: Druk | None = None
    bijwerken: dict[str, float | None] = field(default_factory=dict)
    """The seconds of CPU after one fact of a kind when nobody opens a page: what is brought up to date by itself."""
    geheugen: list[float | None] = field(default_factory=list)


def report(uitslag: Uitslag, opzet: Hoe) -> str:
    """Return the result of one app in Dutch lines."""
    na = f"{'na een feit':>21}{'een klacht':>21}{'een einde':>21}"
    kop = f"{'eerste keer':>12}{'daarna p50':>12}{'p95':>9}{'rekentijd':>11}{na}"
    regels = [f"  {'':<26}{kop}"]
    for naam, meting in uitslag.paginas.items():
        keren = (meting.na_feit, meting.straks, meting.bijgewerkt)
        erna = [_each([keer.get(kolom, []) for keer in keren]) for kolom in KOLOMMEN]
        regels.append(
            f"  {pagina(naam).titel:<26}{ms(meting.eerst):>12}{ms(percentile(meting.daarna, 50)):>12}"
            f"{ms(percentile(meting.daarna, 95)):>9}{ms(meting.rekentijd):>11}{''.join(f'{deze:>21}' for deze in erna)}"
        )
    if opzet.schrijf_in:
        regels.append(f"  {'':<26}{'meteen / na een seconde / als alles bijgewerkt is':>{12 + 12 + 9 + 11 + 63}}")
    for kolom, rekentijd in uitslag.bijwerken.items():
        regels.append(f"  {f'Bijwerken na {KOLOMMEN[kolom]}':<38}{ms(rekentijd)} rekentijd, zonder dat iemand kijkt")
    regels += pressure(uitslag, opzet)
    if uitslag.geheugen and uitslag.geheugen[0] is not None:
        start, *verder = [f"{mb:.0f}" for mb in uitslag.geheugen if mb is not None]
        regels.append(
            f"  {'Geheugen':<38}{start} MB bij de start; {verder[0]} MB na het voorgaande, en na elk kwart van "
            f"{opzet.geheugen} pagina's {', '.join(verder[1:])} MB"
        )
    return "\n".join(regels).replace(".", ",")


def pressure(uitslag: Uitslag, opzet: Hoe) -> list[str]:
    """Return in Dutch lines how it went with many visitors."""
    regels = []
    met_feiten = f"elke {opzet.elke:.0f} s een klacht"
    for druk, hoe in (
        (uitslag.vol, "zo veel als gaat"),
        (uitslag.met_feiten, met_feiten),
        (uitslag.rustig, f"{opzet.tempo:.0f} per seconde"),
    ):
        if druk:
            regels.append(
                f"  {f'{opzet.bezoekers} bezoekers, {hoe}':<38}{druk.per_seconde:.1f} pagina's per seconde, "
                f"p50 {ms(percentile(druk.wachttijden, 50))}, p95 {ms(percentile(druk.wachttijden, 95))}, "
                f"rekentijd {ms(druk.rekentijd)}"
            )
    return regels


def percentile(duren: Sequence[float], deel: int) -> float:
    """Return the value below which `deel` percent of the durations lies: one that was measured, by nearest rank."""
    return sorted(duren)[max(0, -(-len(duren) * deel // 100) - 1)]


def _each(keren: Sequence[Sequence[float | None]]) -> str:
    middens = [_middle(duren) for duren in keren]
    return "-" if set(middens) == {"-"} else f"{' / '.join(m.removesuffix(' ms') for m in middens)} ms"


def _middle(duren: Sequence[float | None]) -> str:
    bekend = [duur for duur in duren if duur is not None]
    return ms(statistics.median(bekend) if bekend else None)


def ms(seconden: float | None) -> str:
    """Return seconds as milliseconds in words; a dash for what was not measured."""
    return "-" if seconden is None else f"{seconden * 1000:.0f} ms"
