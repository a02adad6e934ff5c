"""Use the app with the keyboard alone: no click, no focus() and no filling in; what Tab does not lead to is not there.

Where the focus is, is asked after every key: who sees the screen looks at that too.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browserproef import Getuige, Scherm

MEESTE = 90
"""So many times Tab before something is called out of reach: the menu and a long form are some sixty."""
HOOGSTENS = 10_000
"""So long, in ms, until the focus is where it should be."""

# What has the focus: its role and its name, as who hears the page is told, and what covers it.
_PLEK = """() => {
  const nu = document.activeElement;
  if (!nu || nu === document.body) return {rol: '', naam: '', groep: '', waarde: '', uitgeklapt: '', achter: ''};
  const tekst = (deel) => {
    const kopie = deel.cloneNode(true);
    kopie.querySelectorAll('[aria-hidden=true], style').forEach((weg) => weg.remove());
    return kopie.textContent.trim();
  };
  const bij = (nu.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id));
  const naam = nu.getAttribute('aria-label') || bij.filter(Boolean).map(tekst).join(' ')
    || [...(nu.labels || [])].map(tekst).join(' ') || (nu.tagName === 'MAIN' ? '' : tekst(nu));
  const soort = {A: 'link', BUTTON: 'button', TEXTAREA: 'textbox'}[nu.tagName] || nu.tagName.toLowerCase();
  const veld = {checkbox: 'checkbox', radio: 'radio', file: 'file'}[nu.type] || 'textbox';
  const vak = nu.getBoundingClientRect();
  const half = {x: vak.left + Math.min(vak.width / 2, 60), y: vak.top + Math.min(vak.height / 2, 20)};
  const boven = document.elementFromPoint(half.x, half.y);
  // What one reads about something lies over the rest for a moment; the whole page is under its own parts.
  const uitleg = boven?.closest('[role=tooltip], [data-testid*=Tooltip]');
  const nietig = nu.tagName === 'MAIN' || vak.width < 3 || !boven || uitleg;
  const los = nietig || nu.contains(boven) || boven.contains(nu) || nu.labels?.[0]?.contains(boven);
  return {
    rol: nu.getAttribute('role') || (nu.tagName === 'INPUT' ? veld : soort), naam,
    groep: nu.closest('[role=group]')?.getAttribute('aria-label') || '', waarde: nu.value || '',
    uitgeklapt: nu.getAttribute('aria-expanded') === 'true' ? 'ja' : '',
    achter: los ? '' : boven.outerHTML.slice(0, 120),
  };
}"""

_VELDEN: dict[str, Any] = {"combobox": "combobox", "textbox": "textbox", "spinbutton": "group"}
"""The fields of a form, and what has their name."""


class Toetsen(Scherm):
    """A window for who has no mouse: the same acts as a Scherm, each by Tab, the arrows, Enter, Space and typing."""

    def __init__(self, page: Page, getuige: Getuige, map: Path | None = None) -> None:
        super().__init__(page, getuige, map)
        self.muis = 0
        self.langs: list[str] = []
        """Where Tab led, in that order; `muis` counts what was done with something else than keys."""
        page.expose_function("klachtenMuis", self._muis)
        page.add_init_script("addEventListener('pointerdown', () => klachtenMuis(), true)")

    def _muis(self) -> None:
        self.muis += 1

    def plek(self) -> dict[str, str]:
        """Return what has the focus: its role, name, the group it is in, its value, and what lies over it."""
        uit: dict[str, str] = self.page.evaluate(_PLEK)
        return uit

    def toets(self, *toetsen: str) -> None:
        """Press keys, one after the other."""
        for toets in toetsen:
            self.page.keyboard.press(toets)

    def tab_naar(self, rol: str, naam: str | re.Pattern[str], *, terug: bool = False) -> None:
        """Press Tab until what has this role and name has the focus; of a group of parts that is its first."""
        if rol in _VELDEN:
            # A form that a button opens is there when the server has drawn it, and not while somebody presses Tab.
            expect(self.page.get_by_role(_VELDEN[rol], name=naam).first).to_be_attached()
            self.rust()
        vanaf = len(self.langs)
        for _ in range(MEESTE):
            plek = self.plek()
            if plek["achter"]:
                # What folds open, or closes, lies over the rest until it stands still.
                self.page.wait_for_timeout(600)
                plek = self.plek()
            assert not plek["achter"], f"the focus is out of sight: {plek}"
            if plek["rol"] == rol and _heet(plek, naam):
                return
            self.langs.append(f"{plek['rol']} {plek['naam'][:40]}")
            self.toets("Shift+Tab" if terug else "Tab")
        pytest.fail(f"Tab does not lead to {rol} {naam!r}, but past {self.langs[vanaf:]}")

    def staat_op(self, rol: str, naam: str) -> None:
        """The focus is on this (of any role without one), or comes there: after a page was opened, or a recording."""
        zo = "(!rol || nu.rol === rol) && nu.naam.startsWith(naam)"
        try:
            # Ten times a second: by itself at each frame, and what is under the focus lays all of the page out anew.
            self.page.wait_for_function(
                f"([rol, naam]) => {{ const nu = ({_PLEK})(); return {zo}; }}",
                arg=[rol, naam], timeout=HOOGSTENS, polling=100,
            )  # fmt: skip
        except PlaywrightTimeout:
            pytest.fail(f"the focus is not on {rol} {naam!r} but on {self.plek()}")

    def naar_inhoud(self) -> None:
        """Skip the menu: the first stop of a page that was just opened."""
        self.toets("Tab", "Enter")
        assert self.plek()["rol"] == "main"

    def _kies_met_toetsen(self, optie: str) -> None:
        self.toets("ControlOrMeta+a")
        self.page.keyboard.type(optie[:12])
        gevonden = self.page.get_by_role("option", name=optie, exact=True)
        expect(gevonden).to_be_visible()
        self.toets("Enter")
        expect(gevonden).to_have_count(0)
        self.rust()
        assert self.plek()["rol"] == "combobox", self.plek()

    def kies(self, label: str, *opties: str) -> None:
        """Choose in a list: Tab there, type the beginning, Enter."""
        self.tab_naar("combobox", label)
        for optie in opties:
            self._kies_met_toetsen(optie)
        if self.plek()["uitgeklapt"]:
            # A list of several stays open for the next one.
            self.toets("Escape")
            expect(self.page.get_by_role("option")).to_have_count(0)

    def wissel(self, naam: str) -> None:
        """Become somebody else with the switch of the example, which stands before the page."""
        self.tab_naar("combobox", "U kijkt nu als", terug=True)
        eerder = self.page.url
        self._kies_met_toetsen(self.in_de_lijst(naam))
        # Who one is stands in the address as soon as the page of the other begins.
        expect(self.page).not_to_have_url(eerder)
        self.rust()

    def datum(self, label: str, dag: date) -> None:
        """Type a date into its three parts; the cursor moves on by itself."""
        self.tab_naar("spinbutton", label)
        self.page.keyboard.type(f"{dag:%d%m%Y}", delay=5)

    def vul(self, label: str, tekst: str) -> None:
        """Type a text; what stands there already is typed over."""
        self.tab_naar("textbox", label)
        self.toets("ControlOrMeta+a")
        self.page.keyboard.insert_text(tekst)

    def klik(self, knop: str | re.Pattern[str]) -> None:
        """Go to a button, and press it with Enter."""
        self.tab_naar("button", knop)
        self.toets("Enter")

    def stap(self, keuze: str, **velden: object) -> None:
        """Choose on the dossier page what to record, fill in its form, and record it."""
        self.tab_naar("combobox", "Wat wilt u vastleggen?")
        if self.plek()["waarde"] != keuze:
            self._kies_met_toetsen(keuze)
        assert self.plek()["waarde"] == keuze
        self.leg_vast(keuze, **velden)

    def leg_vast(self, wat: str, **velden: Any) -> None:
        """Fill in the form that is open, in the order in which Tab goes through it, and record it."""
        self.vul_in(velden)
        self.klik(re.compile("^(Vastleggen|Toch vastleggen)"))
        # What was recorded is heard at once, and Tab goes on from there.
        self.staat_op("status", "Vastgelegd bij ")
        self.ziet(re.compile(rf"Vastgelegd bij [KE]\d{{4}}-\d{{4}}\. {re.escape(wat)} \(fei"))


def _heet(plek: dict[str, str], naam: str | re.Pattern[str]) -> bool:
    if isinstance(naam, re.Pattern):
        return bool(naam.search(plek["naam"]))
    return naam in (plek["naam"], plek["groep"] if plek["rol"] == "spinbutton" else "")
