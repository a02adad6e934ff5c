"""What a task is called where it leaves the register, in mail and in an agenda of others: its step, and no more.

What a sentence on Werkvoorraad says besides, as that the coordinator is involved, stays in the app.
"""

from __future__ import annotations

from klachten.analyse.werk.werkvoorraad import Taak
from klachten.reglement import Reglement


def step_name(taak: Taak, reglement: Reglement) -> str:
    """Return what the step of a task is called, with its part: 'Maatregelen uitvoeren (maatregel 1)'."""
    naam = next((stap.naam for stap in reglement.stappen if stap.nr == taak.stap), f"stap {taak.stap}")
    if not taak.onderdeel:
        return naam
    return f"{naam} ({'verbeteractie' if taak.reeks == 'E' else 'maatregel'} {taak.onderdeel})"
