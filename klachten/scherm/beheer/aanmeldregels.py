"""How people sign in, on page Organisatie: the rules, whom other ones would touch, and what cannot be turned off."""

from __future__ import annotations

from typing import Any

import streamlit as st

from klachten import organisatie, scherm, taal
from klachten.organisatie import ROLLEN
from klachten.scherm import kijker, onderdelen
from klachten.scherm.volgen import Aanmeldregels, decided
from klachten.toegang.regels import ELDERS, WACHTWOORD, Regels

NAAM = "stellen_aanmeldregels"
_ZONDER_DEUR = "In het voorbeeld meldt niemand zich aan: hier gebeurt er niets mee."


def now() -> Regels:
    """Return the rules of today."""
    if deur := kijker.door():
        return deur.regels()
    return decided(scherm.register().organisatie, scherm.vandaag())


def toon() -> None:
    """Draw the rules of today in words; nothing where nobody signs in."""
    if kijker.door() is None:
        return
    onderdelen.kop("Aanmelden")
    for zin in words(now()):
        st.markdown(f"- {zin}")


def words(regels: Regels) -> list[str]:
    """Say the rules in Dutch."""
    rollen = taal.opsomming(ROLLEN[rol].lower() for rol in ROLLEN if rol in regels.tweede_stap)
    hoe = {
        (True, True): "Aanmelden kan met een wachtwoord of met het account van het werk.",
        (True, False): "Aanmelden kan met een wachtwoord.",
        (False, True): "Aanmelden kan met het account van het werk.",
    }
    return [
        hoe[regels.wachtwoord, regels.elders and _provider()],
        f"Een tweede stap is verplicht voor: {rollen}." if rollen else "Een tweede stap is voor niemand verplicht.",
        (
            f"Wie {_minutes(regels)} minuten niets doet, wordt afgemeld; iedereen na "
            f"{taal.aantal(_hours(regels), 'uur', 'uur')}."
        ),
    ]


def begin() -> dict[str, Any]:
    """Return what the form starts with: the rules of today."""
    regels = now()
    return {
        "tweede_factor_rollen": tuple(rol for rol in ROLLEN if rol in regels.tweede_stap),
        "stil_minuten": _minutes(regels),
        "hoogstens_uren": _hours(regels),
        "oidc": regels.elders,
        "wachtwoord": regels.wachtwoord,
    }


def vast() -> tuple[dict[str, Any], list[str]]:
    """Return what cannot be chosen otherwise now, and why: nobody could put it right when the last beheerder is out."""
    deur = kijker.door()
    if deur is None:
        return {}, []
    if not _provider():
        return {"wachtwoord": True, "oidc": False}, [
            (
                "Aanmelden met het account van het werk kan nog niet: daarvoor staat er niets in `instellingen.toml`. "
                "Zonder dat blijft het wachtwoord nodig."
            )
        ]
    regels, antwoorden, zinnen = deur.regels, {}, []
    assert isinstance(regels, Aanmeldregels)
    if not regels.can_without(WACHTWOORD):
        antwoorden["wachtwoord"] = True
        zinnen.append("Het wachtwoord kan uit zodra een beheerder een account van het werk heeft gekoppeld.")
    if not regels.can_without(ELDERS):
        antwoorden["oidc"] = True
        zinnen.append("Het account van het werk kan uit zodra een beheerder een wachtwoord heeft.")
    return antwoorden, zinnen


def touches() -> tuple[str, ...]:
    """Say whom other rules touch: who is signed in now, and who has no second step yet."""
    deur = kijker.door()
    if deur is None:
        return (_ZONDER_DEUR,)
    zonder = [
        f"{ROLLEN[rol].lower()} {sum(not _has_step(wie.id) for wie in mensen)} van {len(mensen)}"
        for rol in ROLLEN
        if (mensen := organisatie.met_rol(rol, op=scherm.vandaag()))
    ]
    aangemeld = {sessie.persoon for sessie in deur.sessies.all() if deur.sessies.verloopt(sessie) > kijker.now()}
    return (
        f"Nu: {' '.join(words(now()))}",
        f"Zonder tweede stap zijn nu: {taal.opsomming(zonder)}. Wie er een moet hebben, maakt die bij het aanmelden.",
        (
            f"Er {'is' if len(aangemeld) == 1 else 'zijn'} nu {taal.aantal(len(aangemeld), 'persoon', 'personen')} "
            "aangemeld, u ook. Op de eerste dag geldt het meteen: wie dan niet voldoet, of al te lang is aangemeld, "
            "meldt zich opnieuw aan."
        ),
    )


def _has_step(id: str) -> bool:
    deur = kijker.door()
    account = deur.accounts.of(id) if deur else None
    return bool(account and account.totp)


def _provider() -> bool:
    deur = kijker.door()
    return deur is not None and isinstance(deur.regels, Aanmeldregels) and deur.regels.elders


def _minutes(regels: Regels) -> int:
    return round(regels.stil / 60)


def _hours(regels: Regels) -> int:
    return round(regels.hoogstens / 3600)
