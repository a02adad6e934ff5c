"""What is typed in a form that is not sent is handed over: when a field is left, and after a pause in typing.

A script beside the form does so. Only that script's own part of the page runs again then, never the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

_SCRIPT = """
const STIL = 1500;
// Streamlit calls it again when its data change and cleans up after the last time only.
const lopend = new WeakMap();
export default function ({ data, parentElement, setStateValue }) {
  const eerder = lopend.get(parentElement);
  eerder?.stop();
  if (eerder?.keer !== data.keer) klachtenGetypt.aangekomen();
  const veld = (klas) => document.querySelector(`.${klas} textarea, .${klas} input`);
  const namen = Object.entries(data.velden);
  let klok = null, gewijzigd = eerder?.gewijzigd() ?? false;
  const geef = () => {
    clearTimeout(klok);
    if (!gewijzigd) return;
    gewijzigd = false;
    const nu = {};
    for (const [klas, naam] of namen) { const gevonden = veld(klas); if (gevonden) nu[naam] = gevonden.value; }
    klachtenGetypt.onderweg();
    setStateValue("teksten", nu);
  };
  const straks = () => { clearTimeout(klok); klok = setTimeout(geef, STIL); };
  const hier = (doel) => namen.some(([klas]) => doel.closest?.(`.${klas}`));
  const getypt = (gebeurtenis) => {
    if (!hier(gebeurtenis.target)) return;
    klachtenGetypt.volgt([gebeurtenis.target]);
    gewijzigd = true;
    straks();
  };
  const verlaten = (gebeurtenis) => {
    if (!hier(gebeurtenis.target)) return;
    // Who presses the button of the form sends it all; what is refused is kept then.
    const knop = gebeurtenis.relatedTarget?.closest?.('[data-testid="stFormSubmitButton"]');
    if (knop && knop.closest("form, [data-testid=stForm]") === gebeurtenis.target.closest("form, [data-testid=stForm]"))
      clearTimeout(klok);
    else geef();
  };
  // Sent with a key: the same.
  const toets = (gebeurtenis) => {
    if (gebeurtenis.key !== "Enter" || !hier(gebeurtenis.target)) return;
    if (gebeurtenis.ctrlKey || gebeurtenis.metaKey || gebeurtenis.target.tagName === "INPUT") clearTimeout(klok);
  };
  const weg = () => { if (document.visibilityState === "hidden") geef(); };
  document.addEventListener("input", getypt, true);
  document.addEventListener("keydown", toets, true);
  document.addEventListener("focusout", verlaten, true);
  document.addEventListener("visibilitychange", weg, true);
  const stop = () => {
    clearTimeout(klok);
    document.removeEventListener("input", getypt, true);
    document.removeEventListener("keydown", toets, true);
    document.removeEventListener("focusout", verlaten, true);
    document.removeEventListener("visibilitychange", weg, true);
  };
  lopend.set(parentElement, { stop, keer: data.keer, gewijzigd: () => gewijzigd });
  // Typed before this script was there: in a field that was left meanwhile nothing more is heard.
  if (klachtenGetypt.volgt(namen.map(([klas]) => veld(klas)))) gewijzigd = true;
  if (gewijzigd && hier(document.activeElement)) straks();
  else geef();
  return stop;
}
"""


@st.fragment
def follow(key: str, namen: Sequence[str], keep: Callable[[Mapping[str, Any]], bool | None]) -> None:
    """Hand over what is typed in the texts of a form, by their names; `keep` tells whether anything is kept of it.

    None is that it may not be kept: of somebody in it the data was erased.

    `key` is what the widgets of the form begin with.
    """
    sleutel = f"{key}/volgt"
    st.components.v2.component("klachten_stapconcept", js=_SCRIPT)(
        key=sleutel,
        # `keer` tells the script that its texts have come.
        data={
            "velden": {_class(f"{key}.{naam}"): naam for naam in namen},
            "keer": st.session_state.get(f"{sleutel}.keer", 0),
        },
        on_teksten_change=_heard(keep, sleutel),
    )
    if zin := st.session_state.get(f"{sleutel}.zin"):
        st.markdown(f":small[{zin}]")


def _heard(keep: Callable[[Mapping[str, Any]], bool | None], sleutel: str) -> Callable[[], None]:
    def heard() -> None:
        teksten = dict(st.session_state[sleutel].teksten or {})
        st.session_state[f"{sleutel}.keer"] = st.session_state.get(f"{sleutel}.keer", 0) + 1
        try:
            bewaard = keep(teksten)
        except OSError as fout:
            st.session_state[f"{sleutel}.zin"] = (
                f":material/cloud_off: Uw tekst is niet bewaard ({fout.strerror or fout}). Laat dit venster open."
            )
            return
        if bewaard is None:
            st.session_state[f"{sleutel}.zin"] = (
                ":material/cloud_off: Uw tekst is niet bewaard: er zijn gegevens van iemand gewist nadat u dit "
                "formulier opende. Open de pagina opnieuw om verder te gaan."
            )
            return
        st.session_state[f"{sleutel}.zin"] = (
            ":material/cloud_done: Uw tekst is bewaard als concept; er is nog niets vastgelegd." if bewaard else ""
        )

    return heard


def _class(key: str) -> str:
    """Return the class that Streamlit gives the part of the page of a widget with this key."""
    return f"st-key-{re.sub(r'[^a-zA-Z0-9_-]', '-', key.strip())}"
