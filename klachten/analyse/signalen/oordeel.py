"""The verdict on the picture of the months, in one sentence: which period, which direction, and against what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klachten.analyse.basis.geteld import Geteld, geteld
from klachten.analyse.basis.trajecten import gelijk_verdeeld
from klachten.analyse.basis.zinnen import klachten, komma
from klachten.analyse.signalen.reeks import Tijdvak, blootstelling, per_traject
from klachten.analyse.statistiek.reeksoordeel import MINSTE_KLACHTEN, MINSTE_PERIODEN, VERSCHUIVING, Reeksoordeel
from klachten.periode import Periode
from klachten.taal import aantal

NIET_PER_TRAJECT = (
    "Gekeken is per maand, niet per traject: van een van de jaren is het aantal trajecten niet volledig ingevuld."
)


@dataclass(frozen=True, kw_only=True)
class Maandoordeel:
    """What may be said of the months up to the end of the year: `opvallend` only when this claim may be made."""

    oordeel: Reeksoordeel
    opvallend: bool
    per_traject: bool
    zin: str
    verdeeld: tuple[int, ...] = ()
    """The years in which trajecten were entered for more than one of these periods."""
    perioden: tuple[Tijdvak, ...] = ()
    """What was judged, the oldest first."""

    @property
    def voorbehoud(self) -> str:
        """What a reader must know beside it."""
        if not self.per_traject:
            return NIET_PER_TRAJECT
        return gelijk_verdeeld(self.verdeeld)


def maandoordeel(perioden: Sequence[Tijdvak], oordeel: Reeksoordeel, mag: bool, wat: str = "maand") -> Maandoordeel:
    """Return the verdict in words; `mag` tells whether the claim may be made beside the others of its family."""
    opvallend = mag and oordeel.opvallend and oordeel.waar is not None
    if opvallend:
        zin = _verandering(perioden, oordeel)
    elif oordeel.p is None:
        zin = te_weinig(perioden, wat)
    else:
        zin = f"De schommelingen per {wat} passen bij toeval ({_venster(perioden)})."
    return Maandoordeel(
        oordeel=oordeel,
        opvallend=opvallend,
        per_traject=per_traject(perioden),
        zin=zin,
        verdeeld=tuple(sorted({p.vanaf.year for p in perioden if p.verdeeld})),
        perioden=tuple(perioden),
    )


def achter(perioden: Sequence[Tijdvak], oordeel: Maandoordeel) -> tuple[Geteld, ...]:
    """Return the counts behind the verdict: of the period that stands out, of those on both sides, else of all."""
    waar = oordeel.oordeel.waar
    if not perioden:
        return ()
    if not oordeel.opvallend or waar is None:
        return _van_tot(perioden)
    if oordeel.oordeel.soort != VERSCHUIVING:
        return _van_tot(perioden[waar : waar + 1])
    return _van_tot(perioden[:waar]) + _van_tot(perioden[waar:])


def _van_tot(perioden: Sequence[Tijdvak]) -> tuple[Geteld, ...]:
    eerste, laatste = perioden[0], perioden[-1]
    wanneer = eerste.naam if len(perioden) == 1 else f"{eerste.naam} tot en met {laatste.naam}"
    return geteld(sum(p.klachten for p in perioden), f"in {wanneer}", periode=Periode(eerste.vanaf, laatste.tot))


def te_weinig(perioden: Sequence[Tijdvak], wat: str = "maand") -> str:
    """Say why there is no verdict."""
    n = sum(p.klachten for p in perioden)
    nodig = f"ten minste {MINSTE_KLACHTEN} klachten en {MINSTE_PERIODEN} {meervoud(wat)}"
    if not n:
        return f"Zonder klachten is niet te zeggen of er iets veranderde: nodig zijn {nodig}."
    in_zoveel = aantal(len(perioden), wat, meervoud(wat))
    if n >= MINSTE_KLACHTEN and len(perioden) >= MINSTE_PERIODEN:
        return f"De aantallen per {wat} lopen te ver uiteen om te zeggen of er iets veranderde."
    return f"Met {klachten(n)} in {in_zoveel} is niet te zeggen of er iets veranderde: nodig zijn {nodig}."


def meervoud(wat: str) -> str:
    """Return maanden or kwartalen."""
    return {"maand": "maanden", "kwartaal": "kwartalen"}[wat]


def _venster(perioden: Sequence[Tijdvak]) -> str:
    return f"{perioden[0].naam} tot en met {perioden[-1].naam}"


def _verandering(perioden: Sequence[Tijdvak], oordeel: Reeksoordeel) -> str:
    waar, kan = oordeel.waar or 0, blootstelling(perioden)
    deze = perioden[waar]
    gerekend = "gerekend naar het aantal trajecten " if per_traject(perioden) else ""
    if oordeel.soort != VERSCHUIVING:
        verwacht, richting = oordeel.verwacht[waar], _RICHTING[oordeel.richting or "hoger"]
        return (
            f"In {deze.naam} kwamen er {gerekend}{richting} klachten binnen dan bij toeval past: {deze.klachten}, waar "
            f"ongeveer {komma(verwacht)} te verwachten was."
        )
    traject = per_traject(perioden)
    ervoor, erna = (_gemiddeld(perioden[van:tot], kan[van:tot], traject) for van, tot in ((0, waar), (waar, None)))
    richting = _RICHTING[oordeel.richting or "hoger"]
    eenheid = "per 100 trajecten" if traject else "per maand"
    return (
        f"Vanaf {deze.naam} kwamen er {gerekend}{richting} klachten binnen dan daarvoor, en dat past niet bij toeval: "
        f"gemiddeld {komma(erna)} {eenheid}, daarvoor {komma(ervoor)}."
    )


_RICHTING = {"hoger": "meer", "lager": "minder"}


def _gemiddeld(perioden: Sequence[Tijdvak], kan: Sequence[float], traject: bool) -> float:
    """Return the klachten per 100 trajecten, or per month of average length."""
    som = sum(p.klachten for p in perioden)
    if traject:
        return 100 * som / sum(kan) if sum(kan) else 0.0
    return som * (365.25 / 12) / sum(kan)
