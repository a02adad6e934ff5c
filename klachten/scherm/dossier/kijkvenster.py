"""A document looked at in the page itself, and a scan that is pasted; both without another address than this one.

Streamlit puts what it frames in a sandbox of its own, in which Chromium shows no PDF; here the answer of /stuk/ brings
its own, and nothing of it can run. A paste hands its pictures to the field for files, which checks them as any other.
"""

from __future__ import annotations

import streamlit as st

_KIJK = """
export default function ({ data, parentElement }) {
  if (!data.adres.startsWith("/stuk/")) return;
  const beeld = data.soort === "beeld";
  const vak = document.createElement(beeld ? "img" : "iframe");
  vak.src = data.adres;
  if (beeld) vak.alt = data.naam; else vak.title = data.naam;
  vak.style.cssText = "display:block;box-sizing:border-box;width:100%;background:#fff;color-scheme:light;"
    + "border:1px solid #8a9a9d;border-radius:8px;" + (beeld ? "height:auto" : "height:min(75vh,640px)");
  parentElement.replaceChildren(vak);
}
"""
_PLAK = """
export default function () {
  const geplakt = (gebeurtenis) => {
    const beelden = [...(gebeurtenis.clipboardData?.files ?? [])].filter((een) => een.type.startsWith("image/"));
    const velden = [...document.querySelectorAll('[data-testid="stFileUploader"] input[type="file"]')];
    if (!beelden.length || !velden.length) return;
    const vorm = document.activeElement?.closest('[data-testid="stForm"]');
    const veld = velden.find((een) => vorm?.contains(een)) ?? velden[velden.length - 1];
    const nu = new Date();
    const toen = new Date(nu - nu.getTimezoneOffset() * 60000).toISOString().slice(0, 19);
    const doos = new DataTransfer();
    for (const een of veld.multiple ? beelden : beelden.slice(0, 1)) {
      const naam = `Geplakt ${toen.replace("T", " ").replaceAll(":", ".")}.${een.type.split("/")[1].split("+")[0]}`;
      doos.items.add(new File([een], naam, { type: een.type }));
    }
    gebeurtenis.preventDefault();
    veld.files = doos.files;
    veld.dispatchEvent(new Event("change", { bubbles: true }));
  };
  document.addEventListener("paste", geplakt, true);
  return () => document.removeEventListener("paste", geplakt, true);
}
"""


def kijk(adres: str, naam: str, soort: str, *, key: str) -> None:
    """Show what an address of /stuk/ hands out: a picture as one, the rest in a frame."""
    st.components.v2.component("klachten_kijkvenster", js=_KIJK)(
        data={"adres": adres, "naam": naam, "soort": soort}, key=key
    )


def plakken() -> None:
    """Let a picture that is pasted on this page come into its field for files."""
    st.components.v2.component("klachten_plakken", js=_PLAK)(key="klachten_plakken")
