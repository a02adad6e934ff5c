"""What a new fact does to others: recorded later than it happened, it can make a step late that was in time.

A correction asks the same of every rule (opnieuw.py); what is new moves terms only, and only few kinds of it do.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from klachten import gebeurtenissen as g
from klachten.dossier.klacht import STAPFEIT, Dossier
from klachten.dossier.voortzetting import was_elsewhere
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.termijn import ended_by, missable, termijnen_bij, termijnen_van
from klachten.handelingen.volgorde import te_laat
from klachten.handelingen.weigering import Waarschuwing
from klachten.register import Register
from klachten.reglement import Reglement
from klachten.taal import datum


@dataclass(frozen=True, kw_only=True)
class Gevolg:
    """Another fact of the dossier whose deviations change with this one, and what it deviates in from now on."""

    nr: int
    feit: Gebeurtenis
    nieuw: tuple[Waarschuwing, ...]

    def opnieuw(self, volgt_uit: str, waarom: str) -> Gebeurtenis:
        """Return the fact as it is recorded anew, so that no deviation outlives what took it away."""
        eerder = self.feit.waarom_afwijkend
        return replace(self.feit, reden=f"Volgt uit {volgt_uit}", reden_afwijking=waarom if self.nieuw else eerder)

    @classmethod
    def van(cls, vastlegging: Vastlegging, blijft: tuple[str, ...], erbij: Sequence[Waarschuwing]) -> Gevolg | None:
        """Return it; None where the fact deviates as it did."""
        feit = vastlegging.feit
        if not erbij and blijft == feit.afwijkingen:
            return None
        waar = f"Stap {feit.stap}, op" if feit.stap else "Op"
        return cls(
            nr=origin(vastlegging),
            feit=replace(feit, afwijkingen=(*blijft, *(w.code for w in erbij)), reden_afwijking=feit.waarom_afwijkend),
            nieuw=tuple(Waarschuwing(w.code, f"{waar} {datum(feit.gebeurd_op)}: {w.zin}") for w in erbij),
        )


def origin(vastlegging: Vastlegging) -> int:
    """Return the number of the first version of a fact, which is its place in the dossier."""
    return vastlegging.corrigeert or vastlegging.nr


_STAP_VAN = {
    **{soort: stap for stap, soorten in STAPFEIT.items() for soort in soorten},
    g.ActienemerGeinformeerd: 10,
    g.MaatregelUitgevoerd: 11,
}


def step_of(feit: Gebeurtenis) -> int | None:
    """Return the step that a fact marks as done, None for a side fact."""
    return _STAP_VAN.get(type(feit))


def moves_terms(dossier: Dossier, feiten: Iterable[Gebeurtenis], reglement: Reglement) -> bool:
    """Tell whether new facts can make what was done before them late, or no longer late: seldom, and it is dear to see.

    A term begins at their step and was ended before they were recorded; there is, or was, nobody to write to; or what
    was to be carried out last needs not be any more.
    """
    if dossier.ontvangst.herkomst != "register":
        return False
    gedaan = {step_of(v.feit) for v in dossier.geldig}
    termijnen = reglement.termijnen_van(dossier.ontvangst.reglement_versie)
    eindigend = {t.vanaf for t in termijnen if gedaan.intersection(t.einde)}
    return any(
        isinstance(feit, g.AnonimiteitVastgelegd | g.GemachtigdeAangewezen)
        or (isinstance(feit, g.MaatregelVervallen) and 11 in gedaan)
        or f"stap_{step_of(feit) or 0:02}" in eindigend
        for feit in feiten
    )


def consequences_of_new(
    register: Register, voor: Dossier, na: Dossier, reglement: Reglement, vandaag: date
) -> Iterator[Gevolg]:
    """Return the facts that end a term too late in `na` and did not before, or the other way round."""
    termijnen = functools.cache(lambda: termijnen_van(register, voor.klachtnummer, vandaag))
    straks = functools.cache(lambda: termijnen_bij(register, vandaag, na))
    for vastlegging in voor.geldig:
        stap, op = step_of(vastlegging.feit), vastlegging.feit.gebeurd_op
        if stap in (None, 1) or was_elsewhere(voor, vastlegging):
            continue
        # Which terms a step ends is asked of the dossier of its moment.
        toen = Dossier(voor.klachtnummer, [v for v in voor.geldig if origin(v) < origin(vastlegging)])
        eindigt = ended_by(reglement, toen, stap) if toen.bestaat else set()
        eerst, nu = (
            {w.code: w for w in te_laat(missable(lopend(), eindigt), op)}
            if eindigt and (stap != 11 or dossier.stap_op(11) == op)
            else {}
            for dossier, lopend in ((voor, termijnen), (na, straks))
        )
        blijft = tuple(c for c in vastlegging.feit.afwijkingen if c in nu or c not in eerst)
        gevolg = Gevolg.van(vastlegging, blijft, [w for c, w in nu.items() if c not in eerst and c not in blijft])
        if gevolg:
            yield gevolg
