"""What WCAG 2.2 AA asks of a page in a browser, as far as a program can see it: axe, and what axe does not look at.

The parts of a page that Streamlit makes wrong and klachten/scherm/toegankelijk.js or .css mends are in GEMEND; what is
left of Streamlit is in VAN_STREAMLIT. Whatever else is found is ours, and there is none.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from importlib import resources
from typing import NamedTuple

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browserproef import BREED, Scherm

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KLEINSTE = 24
EVEN = 3000
INGEZOOMD = {"width": 640, "height": 450}
"""What is left of 1280 by 900 at 200 %."""
SMALST = {"width": 320, "height": 640}
"""1280 at 400 %: to here a page may not scroll in two directions (WCAG 1.4.10)."""


class Gemend(NamedTuple):
    """What Streamlit makes wrong: the rule of axe, where, on which page it is met, and what mends it."""

    regel: str
    waar: str
    pagina: str
    hoe: str


GEMEND = (
    Gemend("list", "ul[data-testid=stSidebarNavItems]", "brieven", "the sections of the menu are its lists"),
    Gemend("listitem", "[data-testid=stSidebarNavItems] li", "brieven", "each section is a list of its items"),
    Gemend("presentation-role-conflict", "[data-testid=stFileUploaderDropzone]", "brieven", "a group, with its name"),
    Gemend("color-contrast", ".token", "verkenner", "darker letters, or lighter ones in the dark"),
    Gemend("color-contrast", "[data-testid=stExpander] summary p", "jaarbeeld", "a small fold has darker letters"),
    Gemend("target-size", "[role=spinbutton]", "afwezigheid", "parts of a date are 24 px wide and high"),
)
VAN_STREAMLIT: dict[tuple[str, str], str] = {}
"""What is left: rule and place, and why it is left."""

_AXE = """async ([regels, zonder]) => {
  const uit = await axe.run({exclude: zonder}, {
    resultTypes: ["violations"], runOnly: regels, preload: false, iframes: false, elementRef: false,
  });
  return uit.violations.flatMap(({id, nodes}) => nodes.map(({target, html, failureSummary}) => [
    id, target.flat().join(" "), html.slice(0, 200), failureSummary]));
}"""
# A link in a sentence may be as high as its line, and what is hidden until it has the focus is no target.
_KLEIN = f"""() => {{
  const plekken = 'a[href], button, summary, input, [role=button], [role=radio], [role=spinbutton], [role=option]';
  const uit = [];
  let aantal = 0;
  for (const deel of document.querySelectorAll(plekken)) {{
    if (deel.closest('[aria-hidden=true], [inert]')) continue;
    const doel = deel.matches('input') ? deel.closest('label') ?? deel : deel;
    const {{width, height}} = doel.getBoundingClientRect();
    const ziet = doel.checkVisibility({{visibilityProperty: true, opacityProperty: true}});
    if (width <= 1 || height <= 1 || !ziet) continue;
    aantal += 1;
    if (Math.min(width, height) >= {KLEINSTE} - 0.5) continue;
    const wat = `${{doel.tagName.toLowerCase()}} ${{doel.getAttribute('aria-label') || doel.innerText}}`.slice(0, 60);
    const waarin = doel.parentElement.closest('[data-testid]')?.dataset.testid;
    uit.push(`${{wat}} ${{Math.round(width)}}x${{Math.round(height)}} in ${{waarin}}`);
  }}
  return [aantal, uit];
}}"""
_BEDEKT = """() => {
  const uit = [];
  for (const waar of ['[data-testid=stMain] h1', '.st-key-belplek button']) {
    const deel = document.querySelector(waar);
    if (!deel) continue;
    const {left, top, width, height} = deel.getBoundingClientRect();
    const boven = document.elementFromPoint(left + Math.min(width / 2, 40), top + height / 2);
    if (top >= 0 && !deel.contains(boven) && !boven?.contains(deel))
      uit.push(`${waar} lies under ${boven?.outerHTML.slice(0, 120)}`);
  }
  return uit;
}"""
_BEWEEGT = """() => document.getAnimations()
  .filter((een) => een.playState === 'running' && een.effect.getComputedTiming().activeDuration > 50)
  .map((een) => `${een.animationName || een.transitionProperty} of ${een.effect.target?.outerHTML.slice(0, 100)}`)"""
_ZONDER_WOORDEN = """() => [...document.querySelectorAll('.stVegaLiteChart')]
  .filter((deel) => ![deel, ...deel.querySelectorAll('[aria-label]')].some(
    (een) => (een.getAttribute('aria-label') || '').length > 20))
  .map((deel) => deel.outerHTML.slice(0, 120))"""
_KLAP_OPEN = """() => {
  const dicht = [...document.querySelectorAll('[data-testid=stMain] details:not([open]) > summary')];
  dicht.forEach((deel) => deel.click());
  return dicht.length;
}"""


def axe(page: Page, *zonder: str) -> list[tuple[str, str, str, str]]:
    """Return what axe finds wrong: rule, place, HTML, why; parts of the page may be left out."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return [tuple(een) for een in page.evaluate(_AXE, [REGELS, [[deel] for deel in zonder]])]


def open_folds(scherm: Scherm) -> None:
    """Open everything on the page that folds, and what folds in that."""
    for _ in range(3):
        if not scherm.page.evaluate(_KLAP_OPEN):
            break
        scherm.rust()


class Toegankelijk:
    """Looks at a page that is at rest, and remembers what is wrong with it."""

    def __init__(self) -> None:
        self.fout: list[str] = []
        self.van_streamlit: Counter[tuple[str, str]] = Counter()
        self.geteld: Counter[str] = Counter()

    def __call__(self, naam: str, scherm: Scherm) -> None:
        """Look at the page, at the width of a desk, at 200 % and as narrow as it may come."""
        page = scherm.page
        # The menu is the same everywhere: once is enough.
        zonder = ["[data-testid=stSidebar]"] if self.geteld["pagina's"] else []
        self.geteld["pagina's"] += 1
        for regel, waar, html, waarom in axe(page, *zonder):
            bekend = next((een for een in VAN_STREAMLIT if een[0] == regel and page.locator(een[1]).count()), None)
            if bekend and page.locator(waar).first.evaluate("(deel, waar) => deel.matches(waar)", bekend[1]):
                self.van_streamlit[bekend] += 1
            else:
                self.fout.append(f"{naam}: {regel} at {waar}: {html} {waarom}")
        aantal, klein = page.evaluate(_KLEIN)
        self.geteld["targets"] += aantal
        self.geteld["charts"] += page.locator(".stVegaLiteChart").count()
        self.fout += [f"{naam}: smaller than {KLEINSTE} px: {een}" for een in klein]
        self.fout += [f"{naam}: moves though asked not to: {een}" for een in page.evaluate(_BEWEEGT)]
        self.fout += [f"{naam}: a chart without words: {een}" for een in page.evaluate(_ZONDER_WOORDEN)]
        for maat in (INGEZOOMD, SMALST):
            page.set_viewport_size(maat)
            scherm.rust()
            breed = maat["width"]
            # Tables and the menu take the new width a moment later.
            with contextlib.suppress(PlaywrightTimeout):
                page.wait_for_function(_PAST, timeout=EVEN, polling=50)
            if not scherm.past():
                self.fout.append(f"{naam}: scrolls sideways at {breed} px: {page.evaluate(_STEEKT_UIT)}")
            with contextlib.suppress(PlaywrightTimeout):
                page.wait_for_function(f"({_BEDEKT})().length === 0", timeout=EVEN, polling=50)
            self.fout += [f"{naam}: at {breed} px {een}" for een in page.evaluate(_BEDEKT)]
        page.set_viewport_size(BREED)
        scherm.rust()

    def told(self) -> str:
        """Return what was looked at, to print."""
        return json.dumps({**self.geteld, "van Streamlit": {" ".join(k): n for k, n in self.van_streamlit.items()}})


_PAST = """() => {
  const blad = document.querySelector('[data-testid=stMain]');
  return blad.scrollWidth <= blad.clientWidth;
}"""
_STEEKT_UIT = """() => {
  const breed = document.querySelector('[data-testid=stMain]').clientWidth;
  const buiten = [...document.querySelectorAll('[data-testid=stMain] *')].filter(
    (deel) => deel.getBoundingClientRect().right > breed + 1);
  return buiten.slice(0, 3).map((deel) => deel.outerHTML.slice(0, 160));
}"""
