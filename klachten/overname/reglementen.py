"""The reglement under which klachten are taken over goes with the register."""

from __future__ import annotations

import os
from dataclasses import fields

from klachten.opening import reglementen_map
from klachten.overname.kolommen import Kolommen
from klachten.overname.lezen import OnleesbaarBestand
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.reglement.reglement import KEUZELIJSTEN
from klachten.schijf import fsync_map
from klachten.taal import aantal


def check_reglement(register: Register, kolommen: Kolommen) -> None:
    """Refuse a reglement that says otherwise than the one of this id that klachten of the register run under."""
    if kolommen.reglement_pad is None:
        return
    bewaard = register.reglementen.get(kolommen.reglement.id)
    if any(versie.reglement == kolommen.reglement.id for versie in register.organisatie.reglementversies()):
        raise OnleesbaarBestand(
            f"{kolommen.reglement_pad.name}, sleutel id: '{kolommen.reglement.id}' is in dit register een reglement "
            "voor nieuwe klachten. Geef dat van de overname een ander id."
        )
    if bewaard is None or extends(kolommen.reglement, bewaard):
        return
    with register.cursor() as cursor:
        onder = cursor.execute("SELECT count(*) FROM klacht WHERE reglement = ?", [bewaard.id]).fetchall()[0][0]
    if onder:
        raise OnleesbaarBestand(
            f"{kolommen.reglement_pad.name}, sleutel id: reglement '{bewaard.id}' is eerder bewaard met een andere "
            f"inhoud, voor {aantal(onder, 'klacht', 'klachten')}. Geef het gewijzigde reglement een andere id."
        )


def keep_reglement(register: Register, kolommen: Kolommen) -> None:
    """Put the reglement with the register, durably, before the first fact that names it."""
    check_reglement(register, kolommen)
    bewaard = register.reglementen.get(kolommen.reglement.id)
    if kolommen.reglement_pad is None:
        return
    if bewaard is not None and rules(bewaard) == rules(kolommen.reglement):
        return
    map = reglementen_map(register.map)
    map.mkdir(exist_ok=True)
    pad = map / f"{kolommen.reglement.id}.toml"
    deel = pad.with_name(f"{pad.name}.deel")
    with deel.open("wb") as bestand:
        bestand.write(kolommen.reglement_pad.read_bytes())
        bestand.flush()
        os.fsync(bestand.fileno())
    deel.replace(pad)
    for boven in (map, map.parent):
        fsync_map(boven)
    register.add_reglement(kolommen.reglement)


def extends(nieuw: Reglement, oud: Reglement) -> bool:
    """Tell whether a reglement says all that another one says, and at most has more to choose from and more steps.

    The next file of a source may have a category that no file had before.
    """
    toen, nu = rules(oud), rules(nieuw)
    anders = [naam for naam in nu if nu[naam] != toen[naam]]
    return all(
        naam in (*KEUZELIJSTEN, "stappen") and set(getattr(oud, naam)) <= set(getattr(nieuw, naam)) for naam in anders
    )


def rules(reglement: Reglement) -> dict[str, object]:
    """What a reglement says, whatever its file is called."""
    namen = (veld.name for veld in fields(Reglement) if veld.name not in ("bestand", "tekst"))
    return {naam: getattr(reglement, naam) for naam in namen}
