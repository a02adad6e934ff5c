"""The form that corrects a fact: its own fields, starting with what stands there now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from klachten import handelingen, scherm
from klachten.dossier.klacht import Feiten
from klachten.gebeurtenissen import Vastlegging
from klachten.handelingen import HANDELINGEN, OngeldigeInvoer, Uitkomst, Veld
from klachten.scherm import formulier
from klachten.scherm.dossier import feit as feitbeeld
from klachten.scherm.formulier import Opdracht

NAAM = "corrigeren_feit"
_DATUM = Veld(naam="gebeurd_op", label="Datum", soort="datum")
_BESLUIT = Veld(
    naam="gebeurd_op", label="Dag waarop dit is vastgelegd", soort="datum", hulp="Vanaf wanneer het geldt, staat apart."
)
"""Of a fact that holds from another day on: two days without a name are easily taken for each other."""


def begin(vastlegging: Vastlegging) -> dict[str, Any]:
    """Return what the form starts with: the fact as it stands."""
    feit = vastlegging.feit
    return {naam: getattr(feit, naam) for naam in feitbeeld.velden_van(feit)} | {"gebeurd_op": feit.gebeurd_op}


def answers(vastlegging: Vastlegging, invoer: dict[str, Any]) -> dict[str, Any]:
    """Return what the handeling takes of a filled in form: only what is otherwise than it stood."""
    velden = _fields(vastlegging)
    register = scherm.register()
    dossier = handelingen.dossier_van(register, vastlegging.klachtnummer)
    goed = handelingen.veld.check(velden, invoer, scherm.reglement(dossier), scherm.vandaag())
    gebeurd_op = goed.pop("gebeurd_op")
    anders = {naam: waarde for naam, waarde in goed.items() if waarde != getattr(vastlegging.feit, naam)}
    return {
        "nr": vastlegging.corrigeert or vastlegging.nr, "gebeurd_op": gebeurd_op, "waarden": anders or None,
    }  # fmt: skip


def _fields(vastlegging: Vastlegging) -> tuple[Veld, ...]:
    eigen = feitbeeld.velden_van(vastlegging.feit)
    return (_BESLUIT if "vanaf" in eigen else _DATUM, *eigen.values())


def opdracht(
    dossier: Feiten, vastlegging: Vastlegging, *, plek: str, vooraf: Callable[[dict[str, Any]], None] | None = None
) -> Opdracht:
    """Return the form for a fact of a dossier."""
    corrigeren = HANDELINGEN[NAAM]

    def record(invoer: dict[str, Any], reden: str, afwijking: str) -> Uitkomst:
        try:
            return corrigeren(
                scherm.register(),
                scherm.gebruiker(),
                dossier.klachtnummer,
                vandaag=scherm.vandaag(),
                reden=reden,
                reden_afwijking=afwijking,
                **answers(vastlegging, invoer),
            )
        except OngeldigeInvoer as fout:
            raise OngeldigeInvoer(
                {"gebeurd_op" if naam == "op" else naam: zin for naam, zin in fout.velden.items()}
            ) from None

    return Opdracht(
        naam=NAAM,
        titel=f"{feitbeeld.titel(vastlegging.feit)} gecorrigeerd",
        stap=vastlegging.feit.stap,
        velden=_fields(vastlegging),
        reden_verplicht=True,
        klachtnummer=dossier.klachtnummer,
        plek=plek,
        record=record,
        toets=lambda: formulier.refusal(corrigeren, dossier.klachtnummer),
        vooraf=vooraf,
    )
