"""All kinds of facts by name, and a fact built again from what journal and dossier hold."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from klachten.gebeurtenissen import (
    correctie,
    geschil,
    nader,
    onderzoek,
    ontvangst,
    organisatie,
    persoon,
    post,
    uitvoering,
    verbetering,
    voortzetting,
    wederhoor,
    wissen,
)
from klachten.gebeurtenissen.kern import Gebeurtenis


def _kinds(*modules: types.ModuleType) -> dict[str, type[Gebeurtenis]]:
    return {
        naam: soort
        for module in modules
        for naam, soort in vars(module).items()
        if isinstance(soort, type) and issubclass(soort, Gebeurtenis) and soort is not Gebeurtenis
    }


_VAN_ONSZELF = _kinds(organisatie, persoon)
SOORTEN: Mapping[str, type[Gebeurtenis]] = types.MappingProxyType(
    _kinds(
        ontvangst, nader, onderzoek, uitvoering, geschil, verbetering, voortzetting, wederhoor, correctie, wissen, post
    )
    | _VAN_ONSZELF
)
VAN_DE_POST = frozenset(_kinds(post))
"""The kinds of fact about what is sent: in the dossier of a person they say nothing of who that is."""
TELT_NIET = frozenset({"HerinneringGestuurd"})
"""What happened while nobody did anything: no figure, list or day of a klacht is otherwise for it."""
VAN_ONSZELF = frozenset(_VAN_ONSZELF)
"""The kinds of fact about the organisation and its people: no klacht has any of them."""


class OnbekendFeit(ValueError):
    """A journal line holds a kind of fact or a value that this version does not know."""


def from_json(soort: str, gebeurd_op: date, gegevens: Mapping[str, Any], teksten: Mapping[str, str]) -> Gebeurtenis:
    """Build the fact again from what the journal and the dossier hold; OnbekendFeit when that is impossible."""
    klasse = SOORTEN.get(soort)
    if klasse is None:
        raise OnbekendFeit(f"Onbekend soort feit '{soort}': deze versie van klachten kent het niet.")
    types_by_name = _field_types(klasse)
    onbekend = [naam for naam in (*gegevens, *teksten) if naam not in types_by_name]
    if onbekend:
        raise OnbekendFeit(f"Feit {soort} heeft onbekende gegevens: {', '.join(onbekend)}.")
    waarden = {naam: _from_json(types_by_name[naam], waarde) for naam, waarde in gegevens.items()}
    try:
        return klasse(gebeurd_op=gebeurd_op, **waarden, **teksten)
    except TypeError as fout:
        raise OnbekendFeit(f"Feit {soort} is onvolledig: {fout}.") from fout


def unknown_to_us(soort: str, *velden: str) -> str:
    """Say what this version does not know of a kind of fact and its fields (names with commas); "" if nothing."""
    klasse = SOORTEN.get(soort)
    if klasse is None:
        return f"het soort '{soort}' is hier onbekend"
    kent = _field_types(klasse)
    onbekend = [naam for deel in velden for naam in deel.split(",") if naam and naam not in kent]
    return f"{soort} heeft hier onbekende gegevens: {', '.join(onbekend)}" if onbekend else ""


_FIELD_TYPES: dict[type[Gebeurtenis], dict[str, Any]] = {}


def _field_types(klasse: type[Gebeurtenis]) -> dict[str, Any]:
    # get_type_hints takes 50 us; a rebuild asks it for every fact.
    if klasse not in _FIELD_TYPES:
        hints = typing.get_type_hints(klasse)
        _FIELD_TYPES[klasse] = {veld.name: hints[veld.name] for veld in fields(klasse)}
    return _FIELD_TYPES[klasse]


def _from_json(soort: Any, waarde: Any) -> Any:
    if waarde is None:
        return None
    if soort in (date, date | None):
        return date.fromisoformat(waarde)
    if typing.get_origin(soort) is tuple:
        return tuple(_from_json(typing.get_args(soort)[0], deel) for deel in waarde)
    return waarde
