"""The charts of the report as SVG text: drawn here, so that the same figures give the same bytes on every machine.

Only what is handed in is drawn; the public report hands in published figures. Shape and number say it too, never colour
alone. Text is set by typst in the letter of the report.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from klachten.analyse.basis.zinnen import getal, komma
from klachten.periode import Periode

BREEDTE = 480.0
LETTER = "Libertinus Serif"
TEKST, PUNT, LICHT, LIJN, GRIJS = "#1B2B2F", "#0F6B66", "#B9D8D5", "#D5DCDD", "#4A5B5F"


@dataclass(frozen=True)
class Staaf:
    """One pair of bars: this year and, when known, the year before."""

    naam: str
    nu: int
    vorig: int | None = None


@dataclass(frozen=True)
class Marge:
    """A point with its interval; `waarde` None is a row without data. `bij` stands at the right."""

    naam: str
    waarde: float | None
    laag: float | None
    hoog: float | None
    bij: str


def staven(rijen: Sequence[Staaf], periode: Periode) -> str:
    """Draw horizontal bars with their counts; the year before as an open bar below each."""
    met_vorig = any(rij.vorig is not None for rij in rijen)
    hoogte, links, rechts = (27.0 if met_vorig else 19.0), 172.0, 34.0
    top = 20.0 if met_vorig else 4.0
    grootste = max([1, *(rij.nu for rij in rijen), *(rij.vorig or 0 for rij in rijen)])
    schaal = (BREEDTE - links - rechts) / grootste
    delen = []
    if met_vorig:
        delen += [_vak(links, 4, 9, 8, PUNT), _tekst(links + 13, 11.5, periode.kort)]
        ernaast = links + 46 + max(0, len(periode.kort) - 4) * 6
        delen += [_vak(ernaast, 4, 9, 8, "#FFFFFF", GRIJS), _tekst(ernaast + 13, 11.5, periode.vorige.kort)]
    for i, rij in enumerate(rijen):
        y = top + i * hoogte
        delen.append(_tekst(links - 8, y + hoogte / 2 + 2.5, rij.naam, anker="end"))
        delen.append(_vak(links, y + 3, max(rij.nu * schaal, 0.6), 10, PUNT))
        delen.append(_tekst(links + rij.nu * schaal + 4, y + 11.5, getal(rij.nu), vet=True))
        if rij.vorig is not None:
            delen.append(_vak(links, y + 14, max(rij.vorig * schaal, 0.6), 8, "#FFFFFF", GRIJS))
            delen.append(_tekst(links + rij.vorig * schaal + 4, y + 21.5, getal(rij.vorig), kleur=GRIJS, grootte=8.5))
    onder = top + len(rijen) * hoogte
    delen.append(_streep(links, top, links, onder, GRIJS))
    return _svg(onder + 4, delen)


def marges(rijen: Sequence[Marge], *, procent: bool, as_titel: str) -> str:
    """Draw a point and its interval per row, on an axis from 0 (to 100% for shares)."""
    links, rechts, hoogte, top = 150.0, 118.0, 26.0, 6.0
    hoogste = max([1e-9, *(rij.hoog for rij in rijen if rij.hoog is not None)])
    stap = 0.25 if procent else _ronde_stap(hoogste)
    einde = 1.0 if procent else stap * math.ceil(hoogste / stap)
    schaal = (BREEDTE - links - rechts) / einde
    onder = top + len(rijen) * hoogte
    delen = []
    for nummer in range(round(einde / stap) + 1):
        x = links + nummer * stap * schaal
        bij = f"{nummer * stap:.0%}" if procent else komma(nummer * stap, 0 if stap >= 1 else 1)
        delen += [_streep(x, top, x, onder, LIJN), _tekst(x, onder + 12, bij, anker="middle", kleur=GRIJS, grootte=8.5)]
    for i, rij in enumerate(rijen):
        y = top + i * hoogte + hoogte / 2
        delen.append(_tekst(links - 10, y + 3.5, rij.naam, anker="end"))
        if rij.laag is not None and rij.hoog is not None:
            van, tot = links + rij.laag * schaal, links + rij.hoog * schaal
            delen.append(_vak(van, y - 3, max(tot - van, 0.6), 6, LICHT))
        if rij.waarde is not None:
            delen.append(f'<circle cx="{_n(links + rij.waarde * schaal)}" cy="{_n(y)}" r="4.2" fill="{PUNT}"/>')
        delen.append(_tekst(BREEDTE - rechts + 12, y + 3.5, rij.bij))
    delen.append(_tekst(links, onder + 25, as_titel, kleur=GRIJS, grootte=8.5))
    return _svg(onder + 30, delen)


def kromme(
    punten: Sequence[tuple[float, float, float | None, float | None]], mediaan: float | None, as_titel: str
) -> str:
    """Draw the share that was done by each day as steps with its interval; `punten`: dag, aandeel, laag, hoog."""
    links, rechts, top, onder = 40.0, 14.0, 8.0, 150.0
    laatste = max([14.0, *(dag for dag, *_ in punten)])
    stap = next(s for s in (7, 14, 28, 56, 112, 224, 448, 10**6) if laatste / s <= 10)
    einde = stap * math.ceil(laatste / stap)

    def x(dag: float) -> float:
        return links + dag / einde * (BREEDTE - links - rechts)

    def y(aandeel: float) -> float:
        return onder - aandeel * (onder - top)

    delen = []
    for kwart in range(5):
        delen += [
            _streep(links, y(kwart / 4), BREEDTE - rechts, y(kwart / 4), LIJN),
            _tekst(links - 5, y(kwart / 4) + 3, f"{kwart * 25}%", anker="end", kleur=GRIJS, grootte=8.5),
        ]
    for dag in range(0, einde + 1, stap):
        delen.append(_tekst(x(dag), onder + 12, getal(dag), anker="middle", kleur=GRIJS, grootte=8.5))
    boven, beneden, lijn = [], [], [(x(0), y(0))]
    vorige = (0.0, 0.0, 0.0)
    for dag, aandeel, laag, hoog in punten:
        lijn += [(x(dag), y(vorige[0])), (x(dag), y(aandeel))]
        boven += [(x(dag), y(vorige[2])), (x(dag), y(hoog if hoog is not None else aandeel))]
        beneden += [(x(dag), y(vorige[1])), (x(dag), y(laag if laag is not None else aandeel))]
        vorige = (aandeel, laag if laag is not None else aandeel, hoog if hoog is not None else aandeel)
    if boven:
        delen.append(f'<polygon points="{_punten([*boven, *reversed(beneden)])}" fill="{LICHT}" fill-opacity="0.6"/>')
    delen.append(f'<polyline points="{_punten(lijn)}" fill="none" stroke="{PUNT}" stroke-width="1.8"/>')
    if mediaan is not None and mediaan <= einde:
        delen.append(
            f'<line x1="{_n(x(mediaan))}" y1="{_n(y(0.5))}" x2="{_n(x(mediaan))}" y2="{_n(onder)}" stroke="{TEKST}" '
            'stroke-width="1" stroke-dasharray="3 2"/>'
        )
        delen.append(_tekst(x(mediaan) + 5, onder - 6, f"helft: dag {komma(mediaan, 0)}"))
    delen.append(_streep(links, onder, BREEDTE - rechts, onder, GRIJS))
    delen.append(_tekst(links, onder + 26, as_titel, kleur=GRIJS, grootte=8.5))
    return _svg(onder + 32, delen)


def _ronde_stap(hoogste: float) -> float:
    macht = 10.0 ** math.floor(math.log10(hoogste))
    return next(macht * deel for deel in (0.2, 0.5, 1.0, 2.0, 5.0) if hoogste / (macht * deel) <= 6)


def _n(waarde: float) -> str:
    return f"{waarde:.2f}"


def _punten(punten: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in punten)


def _vak(x: float, y: float, breedte: float, hoogte: float, kleur: str, rand: str = "") -> str:
    lijn = f' stroke="{rand}" stroke-width="0.9"' if rand else ""
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(breedte)}" height="{_n(hoogte)}" fill="{kleur}"{lijn}/>'


def _streep(x1: float, y1: float, x2: float, y2: float, kleur: str) -> str:
    return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{kleur}" stroke-width="0.8"/>'


def _tekst(
    x: float, y: float, tekst: str, *, anker: str = "start", kleur: str = TEKST, grootte: float = 9.5, vet: bool = False
) -> str:
    gewicht = ' font-weight="700"' if vet else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anker}" font-family="{LETTER}" font-size="{grootte}"{gewicht} '
        f'fill="{kleur}">{escape(tekst)}</text>'
    )


def _svg(hoogte: float, delen: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(BREEDTE)}" height="{_n(hoogte)}" '
        f'viewBox="0 0 {_n(BREEDTE)} {_n(hoogte)}">{"".join(delen)}</svg>'
    )
