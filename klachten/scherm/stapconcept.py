"""The texts in the form of a step are kept while they are typed, and put back when one comes back to the form.

Such a form tells the server nothing until it is sent. So a script beside it hands over its texts: when a field is
left, and after a pause in typing. Only that script's own part of the page runs again then, never the page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from klachten import concepten, handelingen, scherm
from klachten.concepten import Concept, Concepten
from klachten.handelingen import Veld
from klachten.handelingen.correctie import VELDEN_UIT
from klachten.scherm.tweeteksten import merged
from klachten.taal import tijdstip
from klachten.tijdzone import NEDERLAND

TEKSTEN = ("tekst", "regel")
REEKSEN = ("K", "E", "S")
"""Dossiers of which forms are kept: not those of the organisation itself."""
_GETOOND, _VORIGE = "formulieren_getoond", "formulieren_vorige"
_NIET_MEER = frozenset({"na"})

_SCRIPT = """
const STIL = 1500, GENOEG = 3000;
// A link that is followed before the server has the text: Streamlit would forget one of the two.
let onderweg = null, link = null, vandaan = "";
function aangekomen() {
  clearTimeout(onderweg);
  onderweg = null;
  const heen = link;
  link = null;
  if (!heen || location.pathname !== vandaan) return;
  if (heen.isConnected) { heen.click(); return; }
  // It left the page meanwhile: zelfde_tab.js goes there without loading the app again, if it is a page of the app.
  const vraag = new CustomEvent("klachten:ga", { detail: heen, cancelable: true });
  if (dispatchEvent(vraag)) location.assign(heen.href);
}
addEventListener("popstate", () => { link = null; });
// On the window: whoever follows a link hears of the click once, when it is made again.
addEventListener("click", (gebeurtenis) => {
  const doel = gebeurtenis.target.closest?.("a[href], button");
  const { button, ctrlKey, metaKey, shiftKey, altKey } = gebeurtenis;
  if (!doel || doel.target === "_blank" || button || ctrlKey || metaKey || shiftKey || altKey) return;
  // What was pressed last is what is done.
  link = null;
  if (!onderweg || !doel.href) return;
  gebeurtenis.preventDefault();
  gebeurtenis.stopImmediatePropagation();
  link = doel;
  vandaan = location.pathname;
}, true);
export default function ({ data, setStateValue }) {
  if (onderweg) aangekomen();
  const veld = (klas) => document.querySelector(`.${klas} textarea, .${klas} input`);
  const namen = Object.entries(data.velden);
  let klok = null, gewijzigd = false;
  const geef = () => {
    clearTimeout(klok);
    if (!gewijzigd) return;
    gewijzigd = false;
    const nu = {};
    for (const [klas, naam] of namen) { const gevonden = veld(klas); if (gevonden) nu[naam] = gevonden.value; }
    clearTimeout(onderweg);
    onderweg = setTimeout(aangekomen, GENOEG);
    setStateValue("teksten", nu);
  };
  const hier = (doel) => namen.some(([klas]) => doel.closest?.(`.${klas}`));
  const getypt = (gebeurtenis) => {
    if (!hier(gebeurtenis.target)) return;
    gewijzigd = true;
    clearTimeout(klok);
    klok = setTimeout(geef, STIL);
  };
  const verlaten = (gebeurtenis) => {
    if (!hier(gebeurtenis.target)) return;
    // Who presses the button of the form sends it all; what is refused is kept then.
    const knop = gebeurtenis.relatedTarget?.closest?.('[data-testid="stFormSubmitButton"]');
    if (knop && knop.closest("form, [data-testid=stForm]") === gebeurtenis.target.closest("form, [data-testid=stForm]"))
      clearTimeout(klok);
    else geef();
  };
  const weg = () => { if (document.visibilityState === "hidden") geef(); };
  document.addEventListener("input", getypt, true);
  document.addEventListener("focusout", verlaten, true);
  document.addEventListener("visibilitychange", weg, true);
  return () => {
    clearTimeout(klok);
    document.removeEventListener("input", getypt, true);
    document.removeEventListener("focusout", verlaten, true);
    document.removeEventListener("visibilitychange", weg, true);
  };
}
"""


# --- which forms stay on the page ------------------------------------------------------------------------------------


def begin_page(*, afgebroken: bool) -> None:
    """Know which forms were drawn in the run before; one that was interrupted did not get to them all."""
    getoond: set[str] = st.session_state.get(_GETOOND, set())
    eerder: set[str] = st.session_state.get(_VORIGE, set()) if afgebroken else set()
    st.session_state[_VORIGE] = getoond | eerder
    st.session_state[_GETOOND] = set()


def on_page(kenmerk: str) -> bool:
    """Tell whether a form was on the page already: else its fields are empty in the browser, whatever was typed."""
    # Without the window around it a page is the only one there is.
    return kenmerk in st.session_state.get(_VORIGE, st.session_state.get(_GETOOND, ()))


def stays(kenmerk: str) -> bool:
    """Tell the same, and that the form is on the page now."""
    al = on_page(kenmerk)
    st.session_state.setdefault(_GETOOND, set()).add(kenmerk)
    return al


# --- the draft of one form -------------------------------------------------------------------------------------------


class Stapconcept:
    """What this user typed in one form of a dossier and did not record yet; `key` is what its widgets begin with."""

    def __init__(self, klachtnummer: str, kenmerk: str, key: str, namen: Iterable[str], doe: str = "") -> None:
        register = scherm.register()
        self.klachtnummer, self.kenmerk, self.key, self.doe = klachtnummer, kenmerk, key, doe
        self.namen = tuple(namen)
        self.id = f"{concepten.of_dossier(klachtnummer)}{hashlib.sha256(kenmerk.encode()).hexdigest()[:16]}"
        self._concepten = Concepten(register.map, scherm.gebruiker().id, register.dossiers.sleutels)
        self._basis = f"{key}/concept"

    @property
    def _begin(self) -> dict[str, str]:
        """What the fields of the form began with: that is not kept."""
        begin: dict[str, str] = st.session_state.get(f"{self._basis}.begin", {})
        return begin

    def restore(self, begin: Mapping[str, Any]) -> dict[str, Any]:
        """Put back what was typed when the form comes on the page, and say so; call it before the fields.

        Returns what these begin with then: nothing where a text was put back.
        """
        st.session_state[f"{self._basis}.begin"] = {naam: str(begin.get(naam) or "") for naam in self.namen}
        teruggezet: dict[str, str] = {}
        nieuw = not stays(self.key)
        concept = self._concepten.get(self.id) if nieuw or f"{self._basis}.op" in st.session_state else None
        if nieuw:
            st.session_state.pop(f"{self._basis}.op", None)
            if concept and self._done_since(concept):
                self._concepten.discard(self.id)
                concept = None
            if concept:
                teruggezet = {n: str(w) for n, w in concept.waarden.items() if n in self.namen}
                for naam, tekst in teruggezet.items():
                    st.session_state[f"{self.key}.{naam}"] = tekst
                st.session_state[self._basis] = teruggezet
                st.session_state[f"{self._basis}.op"] = concept.bewaard_op
        op: datetime | None = st.session_state.get(f"{self._basis}.op")
        if op is None or concept is None:
            return {**begin}
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f":small[:material/history_edu: Uw tekst van {tijdstip(op)} staat er weer; kijk de andere velden na. "
                "Er is nog niets vastgelegd.]"
            )
            st.button("Tekst weggooien", key=f"{self._basis}.weg", type="tertiary", on_click=self.throw_away)
        return {**begin, **dict.fromkeys(teruggezet, "")}

    def _done_since(self, concept: Concept) -> bool:
        """Tell whether this user recorded it since, in another window or just before the server stopped."""
        na, wie = int(concept.waarden.get("na") or 0), scherm.gebruiker().id
        return any(
            v.nr > na and v.door == wie and VELDEN_UIT.get(type(v.feit)) == self.doe
            for v in scherm.register().vastleggingen(self.klachtnummer)
        )

    def follow(self) -> None:
        """Hand over what is typed in the form from now on; call it after the form."""
        _follow(self)

    def keep(self, teksten: Mapping[str, Any]) -> bool:
        """Keep texts by the names of their fields; tell whether anything is kept now."""
        if handelingen.bewaard_van(scherm.register(), self.klachtnummer).gewist:
            # It was erased while this window was open: nothing of it comes back.
            self._concepten.discard_of(self.klachtnummer)
            return False
        basis: dict[str, str] = st.session_state.get(self._basis, {})
        mijn = {naam: str(teksten.get(naam) or "") for naam in self.namen if naam in teksten}
        vastleggingen = scherm.register().vastleggingen(self.klachtnummer)

        def wijzig(oud: dict[str, Any]) -> dict[str, Any]:
            nieuw = {naam: merged(basis.get(naam, ""), str(oud.get(naam) or ""), tekst) for naam, tekst in mijn.items()}
            blijft = {n: w for n, w in {**oud, **nieuw}.items() if n not in _NIET_MEER and w != self._begin.get(n, "")}
            return {**blijft, "na": vastleggingen[-1].nr if vastleggingen else 0} if blijft else {}

        concept = self._concepten.change(self.id, wijzig, datetime.now(NEDERLAND))
        st.session_state[self._basis] = {**basis, **mijn}
        if not concept.waarden:
            self._concepten.discard(self.id)
        return bool(concept.waarden)

    def discard(self) -> None:
        """Throw it away: it was recorded."""
        self._concepten.discard(self.id)
        for deel in ("", ".op"):
            st.session_state.pop(f"{self._basis}{deel}", None)

    def throw_away(self) -> None:
        """Throw it away because nobody wants it: the form is as it began."""
        self.discard()
        for naam in self.namen:
            st.session_state[f"{self.key}.{naam}"] = self._begin.get(naam, "")


def of_form(
    klachtnummer: str, kenmerk: str, key: str, velden: Iterable[Veld], *, ook: Iterable[str] = (), doe: str = ""
) -> Stapconcept | None:
    """Return the draft of a form; None for one that is not of a dossier, or asks no text.

    `ook` are the texts that are asked beside its fields, `doe` is the handeling that records it.
    """
    namen = [*(veld.naam for veld in velden if veld.soort in TEKSTEN), *ook]
    return Stapconcept(klachtnummer, kenmerk, key, namen, doe) if namen and klachtnummer.startswith(REEKSEN) else None


def forget(klachtnummer: str) -> None:
    """Throw away what this user typed in forms of a dossier that is not for the user (any more)."""
    register = scherm.register()
    Concepten(register.map, scherm.gebruiker().id, register.dossiers.sleutels).discard_of(klachtnummer)


@st.fragment
def _follow(concept: Stapconcept) -> None:
    sleutel = f"{concept.key}/volgt"
    st.components.v2.component("klachten_stapconcept", js=_SCRIPT)(
        key=sleutel,
        # `keer` tells the script that its texts have come.
        data={
            "velden": {_class(f"{concept.key}.{naam}"): naam for naam in concept.namen},
            "keer": st.session_state.get(f"{sleutel}.keer", 0),
        },
        on_teksten_change=_heard(concept, sleutel),
    )
    if zin := st.session_state.get(f"{sleutel}.zin"):
        st.markdown(f":small[{zin}]")


def _heard(concept: Stapconcept, sleutel: str) -> Callable[[], None]:
    def heard() -> None:
        teksten = dict(st.session_state[sleutel].teksten or {})
        st.session_state[f"{sleutel}.keer"] = st.session_state.get(f"{sleutel}.keer", 0) + 1
        try:
            bewaard = concept.keep(teksten)
        except OSError as fout:
            st.session_state[f"{sleutel}.zin"] = (
                f":material/cloud_off: Uw tekst is niet bewaard ({fout.strerror or fout}). Laat dit venster open."
            )
            return
        st.session_state[f"{sleutel}.zin"] = (
            ":material/cloud_done: Uw tekst is bewaard als concept; er is nog niets vastgelegd." if bewaard else ""
        )

    return heard


def _class(key: str) -> str:
    """Return the class that Streamlit gives the part of the page of a widget with this key."""
    return f"st-key-{re.sub(r'[^a-zA-Z0-9_-]', '-', key.strip())}"
