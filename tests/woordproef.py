"""What a page says anywhere, to who sees or hears it, and the words of it that are not those of this register.

Two ways to find what is not Dutch. A word is known when the package has it in a text of its own, or in what the words
of Streamlit become: of some 3,500 strings the pages have, that leaves a handful. And because code has English words in
its texts too, what Streamlit would have said, and the commonest English words, may not occur at all.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from klachten.scherm import nederlands
from tests.browserproef import Scherm

PROJECT = Path(__file__).resolve().parents[1]
_WOORD = re.compile(r"(?<![\w/.@&=?-])[^\W\d_]{2,}(?![\w/@…=]|[.-]\w)")
_TEKST = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_UITLEG = re.compile(r'"""[\s\S]*?"""')
VAN_DE_VELDEN = frozenset({"geselecteerd", "geselecteerde", "bereik", "opties", "optie", "beschikbaar", "kalender"})
"""What fields for a date and lists of choices say in Dutch by themselves: React Aria has those words."""
ENGELS = frozenset(
    "the and your you this that these with without from for are not no has have will been which when where what how "
    "all any by to if or it its my our their them then than please click press select choose show hide close search "
    "next previous page pages column columns row rows add remove delete browse drag drop error warning loading running "
    "stop cancel apply submit clear day days month months year date dates time today value values scale axis titled "
    "chart sort ascending descending fullscreen options results empty true false average more less view copy".split()
)
"""Words that no Dutch sentence has."""
# The parts that code and names of programs stand in are nobody's language.
_LEES = """() => {
  const uit = [];
  const NAMEN = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'aria-placeholder',
    'title', 'placeholder', 'alt'];
  const CODE = 'script, style, noscript, code, pre, textarea, [data-testid="stIconMaterial"], [translate="no"]';
  const lees = (wortel) => {
    const loper = document.createTreeWalker(wortel, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let deel = loper.currentNode; deel; deel = loper.nextNode()) {
      if (deel.nodeType === Node.TEXT_NODE) {
        if (!deel.parentElement?.closest(CODE)) uit.push(['tekst', deel.textContent]);
        continue;
      }
      for (const naam of NAMEN) uit.push([naam, deel.getAttribute?.(naam) ?? '']);
      if (deel.shadowRoot) lees(deel.shadowRoot);
    }
  };
  lees(document.documentElement);
  return uit.map(([soort, tekst]) => [soort, tekst.trim()]).filter(([, tekst]) => tekst);
}"""


class Taal:
    """Reads all that a page says; `fout` is where something is not Dutch."""

    def __init__(self) -> None:
        self.gelezen: set[tuple[str, str]] = set()
        self.fout: list[str] = []

    def __call__(self, waar: str, scherm: Scherm) -> None:
        """Read the page that is open, also what nobody sees until it is pointed at or unfolded."""
        assert scherm.page.evaluate("document.documentElement.lang") == "nl"
        for soort, tekst in scherm.page.evaluate(_LEES):
            if (soort, tekst) not in self.gelezen:
                self.gelezen.add((soort, tekst))
                self.fout += [f"{waar}: {soort} {tekst[:90]!r}: {woord}" for woord in vreemd(tekst)]

    def verteld(self) -> str:
        """Say how much was read."""
        per_soort = Counter(soort for soort, _ in self.gelezen)
        return f"{len(self.gelezen)} strings read: {dict(per_soort)}; {len(bekend())} words known"


def vreemd(tekst: str) -> list[str]:
    """Return what in a text is not Dutch: a text of Streamlit, an English word, or a word that is not known here."""
    if tekst in van_streamlit():
        return [tekst]
    # What is all capitals is a name: of a key, a kind of file, a word of SQL.
    woorden = [woord.lower() for woord in _WOORD.findall(tekst) if not woord.isupper()]
    return [woord for woord in woorden if woord in ENGELS or (len(woord) > 2 and woord not in bekend())]


@functools.cache
def van_streamlit() -> frozenset[str]:
    """Return every whole text of Streamlit that the table puts in Dutch."""
    paren = [paar for paren in nederlands.woorden().values() for paar in paren]
    wordt = {nu.strip(b"`").decode() for _, nu in paren}
    heel = (was.decode() for was, _ in paren if was.count(b"`") == 2 and was[:1] == was[-1:] == b"`")
    return frozenset(was.strip("`") for was in heel if "${" not in was) - wordt


@functools.cache
def bekend() -> frozenset[str]:
    """Return every word that the package itself says, in small letters."""
    woorden = {woord.lower() for tekst in _teksten() for woord in _WOORD.findall(tekst)}
    return frozenset(woorden | VAN_DE_VELDEN)


def _teksten() -> Iterator[str]:
    for map in ("klachten", "pages"):
        for bestand in (PROJECT / map).rglob("*.py"):
            yield from _TEKST.findall(_UITLEG.sub(" ", bestand.read_text(encoding="utf-8")))
    for soort in ("toml", "csv", "html", "txt", "sql"):
        for bestand in (PROJECT / "klachten").rglob(f"*.{soort}"):
            if bestand != nederlands.TABEL:
                yield bestand.read_text(encoding="utf-8")
    for paren in nederlands.woorden().values():
        yield from (wordt.decode().replace("`", " ") for _, wordt in paren)
