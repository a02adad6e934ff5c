"""The style of the house as typst prints it: colours, letter and logo; and a letter to look at first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klachten.gebeurtenissen import HuisstijlGesteld
from klachten.organisatie import huisstijl

BRIEF = Path(__file__).with_name("brief.typ")
SCHERP = 110
"""Points per inch of a picture to look at."""


@dataclass(frozen=True, kw_only=True)
class Stijl:
    """Colours as #rrggbb, a letter, the logo as bytes, and what stands below every letter."""

    kleur: str = huisstijl.KLEUR_BEGIN
    tweede_kleur: str = huisstijl.TWEEDE_BEGIN
    lettertype: str = huisstijl.LETTER
    logo: bytes = b""
    logo_soort: str = ""
    ondertekening: str = ""
    voettekst: str = ""

    @classmethod
    def van(cls, feit: HuisstijlGesteld | None, logo: bytes = b"") -> Stijl:
        """Return the style of a fact; without one that of the program."""
        if feit is None:
            return cls()
        return cls(
            kleur=feit.kleur, tweede_kleur=feit.tweede_kleur or huisstijl.TWEEDE_BEGIN, logo=logo,
            lettertype=feit.lettertype or huisstijl.LETTER, logo_soort=feit.logo_soort if logo else "",
            ondertekening=feit.ondertekening, voettekst=feit.voettekst,
        )  # fmt: skip

    def gegevens(self) -> dict[str, Any]:
        """Return what a template is given of it; nothing of it is ever read as markup.

        The logo as numbers: typst takes no file that is not text from memory.
        """
        return {
            "kleur": self.kleur, "tweede": self.tweede_kleur, "letter": self.lettertype, "logo": list(self.logo),
            "soort": "jpg" if self.logo_soort == "jpeg" else self.logo_soort,
        }  # fmt: skip


def print_with(sjabloon: Path, gegevens: Mapping[str, Any], stijl: Stijl, **hoe: Any) -> bytes:
    """Return what typst makes of a template, of data and of a style, always the same of the same.

    A letter that is not of the program is looked for on this machine; when it is gone the standard one takes its place.
    """
    import typst  # 30 MB of compiled code that nothing but a report needs

    return typst.compile(  # type: ignore[no-any-return]
        sjabloon.read_bytes(),
        ignore_system_fonts=stijl.lettertype in huisstijl.meegeleverd(),
        sys_inputs={
            "gegevens": json.dumps({**gegevens, "stijl": stijl.gegevens()}, sort_keys=True, ensure_ascii=False)
        },
        timestamp=0,
        **hoe,
    )


def brief(stijl: Stijl, *, organisatie: str, adres: str) -> bytes:
    """Return a picture (PNG) of a letter in a style, to look at before the style holds."""
    gegevens = {
        "organisatie": organisatie,
        "adres": [regel.strip() for regel in adres.splitlines() if regel.strip()],
        "ondertekening": stijl.ondertekening.splitlines(),
        "voettekst": stijl.voettekst,
    }
    return print_with(BRIEF, gegevens, stijl, format="png", ppi=SCHERP)
