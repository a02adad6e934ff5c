"""Agenda and minutes on the screen: the blocks of the PDF in their order, so that both say the same (step 16)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import streamlit as st

from klachten.analyse.rapport.blokken import GEEN, Blok
from klachten.analyse.rapport.terugblik import NOG_OPEN_TE_LAAT
from klachten.scherm import onderdelen
from klachten.scherm.dossier import feit
from klachten.scherm.evaluatie import delen

BLAD = "vergadering_blad"
_CIJFERS = "grote_cijfers"
# Large enough for the back of a room on a beamer, and no larger than a phone is wide.
_GROOT = f"""<style>
[class*="st-key-{_CIJFERS}"] {{ column-gap: 2.2rem; row-gap: 0.5rem; }}
[class*="st-key-{_CIJFERS}"] strong {{ font-size: 1.9rem; line-height: 1.1; }}
[class*="st-key-{_CIJFERS}"] p {{ max-width: 13rem; }}
.st-key-{BLAD} [class*="st-key-{_CIJFERS}"] strong {{ font-size: clamp(2rem, 3.4vw, 4.2rem); }}
.st-key-{BLAD} [class*="st-key-{_CIJFERS}"] p {{ font-size: clamp(1rem, 1.2vw, 1.5rem); max-width: 15rem; }}
@media (min-width: 1500px) {{
  .st-key-{BLAD} [data-testid="stMarkdownContainer"] :is(p, li), .st-key-{BLAD} [data-testid="stText"] *,
  .st-key-{BLAD} :is(textarea, input) {{ font-size: 1.35rem; line-height: 1.4; }}
  .st-key-{BLAD} [data-testid="stMarkdownContainer"] :is(p, li) :is(small, span) {{ font-size: 1.15rem !important; }}
  .st-key-{BLAD} h2 {{ font-size: 2.6rem; padding-top: 0; }}
  .st-key-{BLAD} h3 {{ font-size: 1.5rem; }}
}}
</style>"""


def grote_cijfers(cijfers: Iterable[tuple[str, str]], *, key: str) -> None:
    """Draw a few figures large, each above what it is, side by side as far as there is room."""
    st.html(_GROOT)
    with st.container(horizontal=True, key=f"{_CIJFERS}.{key}"):
        for waarde, naam in cijfers:
            # A line break within the paragraph: heard as one.
            st.markdown(f"**{onderdelen.veilig(waarde)}**  \n{onderdelen.veilig(naam)}", width="content")


def toon(
    blokken: Sequence[Blok],
    plaatje: Callable[[str], None] = lambda onderdeel: None,
    *,
    genummerd: bool = True,
    kort: bool = False,
) -> None:
    """Draw blocks; `plaatje` draws the chart of a section. Headings are numbered as on paper.

    `kort`: what came of verbeteracties a line each, beside the figure of a section.
    """
    nr = 0
    for plek, blok in enumerate(blokken):
        match blok["soort"]:
            case "kop" if blok["niveau"] == 1:
                nr += 1
                onderdelen.kop(f"{nr}. {blok['tekst']}" if genummerd else blok["tekst"])
            case "kop":
                onderdelen.tussenkop(blok["tekst"])
            case "alinea":
                st.markdown(onderdelen.veilig(blok["tekst"]))
            case "noot":
                st.markdown(f":small[{onderdelen.veilig(blok['tekst'])}]")
            case "punten":
                delen.zinnen([onderdelen.veilig(deel["tekst"]) for deel in blok["delen"]])
            case "citaat":
                with st.container(border=True):
                    feit.letterlijk("\n\n".join(blok["regels"]))
            case "cijfers":
                grote_cijfers(((deel["waarde"], deel["naam"]) for deel in blok["delen"]), key=str(plek))
            case "figuur":
                plaatje(blok["onderdeel"])
            case "tabel" if kort:
                _regels(blok)
            case "tabel":
                _tabel(blok)


def _regels(blok: Mapping[str, Any]) -> None:
    """Draw what came of verbeteracties a line each: how it stands, what it was, and who did it."""
    st.markdown(f"**{onderdelen.veilig(blok['titel'])}**")
    kolommen = [kolom["titel"] for kolom in blok["kolommen"]]
    regels = []
    for rij in blok["rijen"]:
        wat, wie, stand, gezien = (
            dict(zip(kolommen, rij, strict=True))[naam]
            for naam in ("Verbeteractie", "Wie", "Hoe het staat", "Wat daarna is gezien")
        )
        badge = onderdelen.badge(_soort(stand), stand)
        daarna = f" → {gezien.lower()}" if gezien != GEEN else ""
        regels.append(f"- {badge} {onderdelen.veilig(f'{wat} ({wie}){daarna}')}")
    st.markdown("\n".join(regels))


def _soort(stand: str) -> str:
    """Return as which status a badge shows what came of a verbeteractie."""
    if stand == NOG_OPEN_TE_LAAT:
        return "te laat, nog open"
    if stand.endswith(", te laat"):
        return "te laat"
    return "open" if stand.startswith("nog open") else stand.partition(" ")[0]


def _tabel(blok: Mapping[str, Any]) -> None:
    """Draw a table row by row: the text as it was typed, and below it the rest with the names of its columns.

    So it reads on a phone as well, and a long verbeteractie is not pressed into a narrow column.
    """
    st.markdown(f"**{onderdelen.veilig(blok['titel'])}**")
    kolommen = [kolom["titel"] for kolom in blok["kolommen"]]
    hoofd = kolommen.index("Verbeteractie")
    for rij in blok["rijen"]:
        with st.container(border=True, gap="xxsmall"):
            feit.letterlijk(rij[hoofd])
            rest = [
                f"{kolom}: {cel}" for i, (kolom, cel) in enumerate(zip(kolommen, rij, strict=True))
                if i != hoofd and cel != GEEN
            ]  # fmt: skip
            st.markdown(f":small[{onderdelen.veilig(' · '.join(rest))}]")
