"""A reglement put together from its versions: what was before stays for the klachten received before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from klachten.reglement.delen import Keuze, Termijn
from klachten.reglement.reglement import EEN_DAG, KEUZELIJSTEN, Reglement


def with_version(eerder: Reglement | None, nieuw: Reglement, vanaf: date) -> Reglement:
    """Return a reglement with another file that holds for klachten received from a day on.

    Terms and choices of before end the day before. What goes on has one name, the last, as in every list and figure.
    """
    uitgave = replace(
        nieuw,
        vanaf=vanaf,
        termijnen=_from(nieuw.termijnen, vanaf),
        streeftermijnen=_from(nieuw.streeftermijnen, vanaf),
        uitgaven=(),
    )
    if eerder is None:
        lijsten = {lijst: _begun(getattr(nieuw, lijst), vanaf) for lijst in KEUZELIJSTEN}
        return replace(uitgave, **lijsten, uitgaven=(uitgave,))
    vooravond = vanaf - EEN_DAG
    return replace(
        uitgave,
        termijnen=_cut(eerder.termijnen, vooravond, uitgave.termijnen) + uitgave.termijnen,
        streeftermijnen=_cut(eerder.streeftermijnen, vooravond, uitgave.streeftermijnen) + uitgave.streeftermijnen,
        uitgaven=(*(eerder.uitgaven or (eerder,)), uitgave),
        onleesbaar=eerder.onleesbaar,
        **{lijst: _merged(getattr(eerder, lijst), getattr(nieuw, lijst), vanaf) for lijst in KEUZELIJSTEN},
    )


def with_unreadable(eerder: Reglement, vanaf: date) -> Reglement:
    """Return a reglement of which a version cannot be read: from that day on it has no terms, and takes no klacht."""
    vooravond = vanaf - EEN_DAG
    return replace(
        eerder,
        termijnen=_cut(eerder.termijnen, vooravond),
        streeftermijnen=_cut(eerder.streeftermijnen, vooravond),
        uitgaven=eerder.uitgaven or (eerder,),
        onleesbaar=(*eerder.onleesbaar, vanaf),
    )


def _cut(termijnen: Iterable[Termijn], laatste: date, daarna: Iterable[Termijn] = ()) -> tuple[Termijn, ...]:
    heet = {t.id: t.naam for t in daarna}
    return tuple(
        replace(t, naam=heet.get(t.id, t.naam), geldig_tot=min(t.geldig_tot or laatste, laatste))
        for t in termijnen
        if t.geldig_vanaf <= laatste
    )


def _from(termijnen: Iterable[Termijn], vanaf: date) -> tuple[Termijn, ...]:
    return tuple(replace(t, geldig_vanaf=vanaf) for t in termijnen if t.geldt_op(vanaf))


def _begun(keuzes: Iterable[Keuze], vanaf: date) -> tuple[Keuze, ...]:
    """Choices of a reglement that did not exist before: none of them holds earlier than it does."""
    return tuple(replace(k, geldig_vanaf=max(k.geldig_vanaf or vanaf, vanaf)) for k in keuzes)


def _merged(oud: Iterable[Keuze], nieuw: Iterable[Keuze], vanaf: date) -> tuple[Keuze, ...]:
    """One list of both: what is new begins, what is left out ends, and what is in both keeps its first day."""
    eerst, vooravond = {keuze.id: keuze for keuze in oud}, vanaf - EEN_DAG
    uit: dict[str, Keuze] = {}
    for keuze in nieuw:
        was = eerst.get(keuze.id)
        if was is None:
            uit[keuze.id] = replace(keuze, geldig_vanaf=max(keuze.geldig_vanaf or vanaf, vanaf))
            continue
        # A version changes nothing about the days before it.
        tot = keuze.geldig_tot and max(keuze.geldig_tot, min(was.geldig_tot or vooravond, vooravond))
        uit[keuze.id] = replace(keuze, geldig_vanaf=was.geldig_vanaf, geldig_tot=tot)
    weg = (k for k in eerst.values() if k.id not in uit)
    return (*uit.values(), *(replace(k, geldig_tot=min(k.geldig_tot or vooravond, vooravond)) for k in weg))
