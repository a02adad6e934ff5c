"""A corrected fact is held against every rule as if it were recorded for the first time, on the dossier of its moment.

Three questions: may the fact be like this, given what stood before it (the body of its own handeling says); how does it
deviate, given what stood before and what came after; and may what came after still stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from klachten import gebeurtenissen as g
from klachten import toegang
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.mag import REGELS
from klachten.dossier.rechten import NAMENS_DIRECTIE, rol_in
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.handeling import Gevolg, Handeling, Zaak, ended_by, step_of
from klachten.handelingen.tegenstrijdig import tegenstrijdigheden
from klachten.handelingen.termijn import termijnen_bij
from klachten.handelingen.volgorde import PAD, te_laat, waarschuwingen
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer, Waarschuwing
from klachten.reglement import Reglement
from klachten.taal import datum
from klachten.toegang import naam

# Their bodies make a number, a file or a fact elsewhere: what they check is checked by their fields and the dossier.
_MET_DE_INTAKE = (g.CoordinatorGeinformeerd, g.KlachtGeregistreerd)
_ZONDER_LICHAAM = frozenset({"stap_03_toevoegen_document"})

# From a fact to the handeling that records it, None for what no form records.
Herkomst = Callable[[Gebeurtenis], Handeling | None]


def origin(vastlegging: Vastlegging) -> int:
    """Return the number of the first version of a fact, which is its place in the dossier."""
    return vastlegging.corrigeert or vastlegging.nr


def before(feiten: Feiten, nr: int) -> Feiten:
    """Return the dossier as it stood before fact `nr`, with what is known now."""
    return type(feiten)(feiten.klachtnummer, [v for v in feiten.geldig if origin(v) < nr])


def corrected(feiten: Feiten, oud: Vastlegging, nieuw: Gebeurtenis) -> Feiten:
    """Return the dossier with one fact put right or taken back."""
    return type(feiten)(feiten.klachtnummer, [replace(v, feit=nieuw) if v is oud else v for v in feiten.geldig])


def check_anew(zaak: Zaak, oud: Vastlegging, nieuw: Gebeurtenis, van: Herkomst) -> list[Waarschuwing]:
    """Return how the corrected fact deviates; Geweigerd or OngeldigeInvoer when it could not be recorded like this."""
    feiten: Feiten = zaak.dossier
    _check_begin(feiten, oud, nieuw)
    if getattr(feiten, "ontvangst", None) and feiten.ontvangst.herkomst != "register":
        # What was done elsewhere was done, in whatever order.
        return []
    gevonden: list[Waarschuwing] = []
    handeling = van(nieuw)
    toen = before(feiten, origin(oud))
    if handeling and not handeling.nieuw and handeling.naam not in _ZONDER_LICHAAM and toen.bestaat:
        gevonden += _body(zaak, oud, nieuw, handeling, toen)
    na = corrected(feiten, oud, nieuw)
    if isinstance(na, Dossier) and isinstance(toen, Dossier) and toen.bestaat:
        gevonden += _order(zaak, oud, nieuw, toen, na)
    check_later(feiten, na, origin(oud), zaak.reglement, van)
    return gevonden


def consequences(zaak: Zaak, oud: Vastlegging, nieuw: g.KlachtOntvangen) -> Iterator[Gevolg]:
    """Return the other facts that are on time or late by another receipt, with their deviations of then."""
    na = corrected(zaak.dossier, oud, nieuw)
    assert isinstance(na, Dossier)
    termijnen = termijnen_bij(zaak.register, zaak.klachtnummer, zaak.vandaag, nieuw)
    for vastlegging in zaak.dossier.geldig:
        feit, toen = vastlegging.feit, before(na, origin(vastlegging))
        stap = step_of(feit)
        if stap in (None, 1) or not isinstance(toen, Dossier):
            continue
        eindigt = ended_by(zaak.reglement, toen, stap) if stap != 11 or na.stap_op(11) == feit.gebeurd_op else set()
        laat = tuple(te_laat([t for id, t in termijnen.items() if id in eindigt], feit.gebeurd_op))
        codes = (*(code for code in feit.afwijkingen if not code.startswith("te_laat:")), *(w.code for w in laat))
        if set(codes) != set(feit.afwijkingen):
            yield Gevolg(
                nr=origin(vastlegging),
                feit=replace(feit, afwijkingen=codes, reden_afwijking=feit.waarom_afwijkend),
                nieuw=tuple(Waarschuwing(w.code, f"Stap {stap}, op {datum(feit.gebeurd_op)}: {w.zin}") for w in laat),
            )


def _check_begin(feiten: Feiten, oud: Vastlegging, nieuw: Gebeurtenis) -> None:
    """In a dossier nothing happened before what it begins with; for a klacht tegenstrijdigheden says it as well."""
    eerste = feiten.geldig[0]
    if isinstance(feiten, Dossier):
        return
    begin = nieuw.gebeurd_op if eerste is oud else eerste.feit.gebeurd_op
    dagen = [nieuw.gebeurd_op, *(v.feit.gebeurd_op for v in feiten.geldig if v is not oud)]
    if not feiten.klachtnummer.startswith("T") and min(dagen) < begin:
        raise OngeldigeInvoer(
            {"op": f"{datum(min(dagen))} ligt vóór {datum(begin)}, de dag waarop {feiten.klachtnummer} begint."}
        )


def _body(
    zaak: Zaak, oud: Vastlegging, nieuw: Gebeurtenis, handeling: Handeling, toen: Feiten
) -> Iterable[Waarschuwing]:
    """Run the handeling of the fact on the dossier of its moment, as who recorded it; what it makes is thrown away."""
    wie = toegang.gebruiker(oud.door) or zaak.gebruiker
    proef = replace(
        zaak, dossier=toen, gebruiker=wie, rol=oud.rol, reden=zaak.reden, waarschuwingen=[], ook=[], document=None
    )
    waarden: dict[str, Any] = {}
    for veld in handeling.velden:
        waarden[veld.naam] = nieuw.gebeurd_op if veld.naam == "op" else getattr(nieuw, veld.naam)
    handeling.lichaam(proef, **waarden)
    return proef.waarschuwingen


def _order(zaak: Zaak, oud: Vastlegging, nieuw: Gebeurtenis, toen: Dossier, na: Dossier) -> Iterator[Waarschuwing]:
    stap = step_of(nieuw)
    if stap is None:
        return
    yield from waarschuwingen(toen, stap, nieuw.gebeurd_op)
    yield from _overtaken(na, origin(oud), stap, nieuw)
    if stap != 11 or na.stap_op(11) == nieuw.gebeurd_op:
        yield from te_laat(replace(zaak, dossier=toen).termijnen(stap), nieuw.gebeurd_op)


def _overtaken(na: Dossier, nr: int, stap: int, nieuw: Gebeurtenis) -> Iterator[Waarschuwing]:
    """What was recorded later and belongs later, but happened on an earlier day than the corrected fact."""
    if stap not in PAD or stap in (1, 11) or (stap == 8 and na.stap_op(8) != nieuw.gebeurd_op):
        return
    for vastlegging in na.geldig:
        if origin(vastlegging) <= nr:
            continue
        if isinstance(vastlegging.feit, g.KlachtHeropend):
            return
        ander = step_of(vastlegging.feit)
        eigen = stap != 10 or getattr(vastlegging.feit, "maatregel", None) == getattr(nieuw, "maatregel", None)
        if ander in PAD and ander > stap and eigen and vastlegging.feit.gebeurd_op < nieuw.gebeurd_op:
            yield Waarschuwing("volgorde", f"Stap {ander} is al eerder gedaan dan stap {stap}.")
            return


def check_later(voor: Feiten, na: Feiten, nr: int, reglement: Reglement, van: Herkomst) -> None:
    """Refuse what makes a later fact impossible: a rule that let it through, or the one who recorded it."""
    if not isinstance(na, Dossier) or not isinstance(voor, Dossier) or voor.ontvangst.herkomst != "register":
        return
    fout = tegenstrijdigheden(na)
    if fout:
        raise Geweigerd(" ".join(fout))
    for vastlegging in na.geldig:
        plaats = origin(vastlegging)
        handeling = van(vastlegging.feit)
        if plaats <= nr or handeling is None:
            continue
        eerst, nu = before(voor, plaats), before(na, plaats)
        assert isinstance(eerst, Dossier)
        assert isinstance(nu, Dossier)
        for regel in REGELS.get(handeling.naam, ()):
            zin = regel(nu)
            if zin and not regel(eerst):
                raise Geweigerd(
                    f"Op {datum(vastlegging.feit.gebeurd_op)} is vastgelegd wat dan niet meer kan. {zin} "
                    "Zet eerst dat recht."
                )
        _check_recorder(vastlegging, eerst, nu, handeling.naam, reglement)


def _check_recorder(
    vastlegging: Vastlegging, eerst: Dossier, nu: Dossier, naam_handeling: str, reglement: Reglement
) -> None:
    if isinstance(vastlegging.feit, _MET_DE_INTAKE):
        return
    wie = toegang.gebruiker(vastlegging.door)
    if wie is None or wie.id not in nu.betrokkenen - eerst.betrokkenen or vastlegging.rol == NAMENS_DIRECTIE:
        return
    if rol_in(eerst, naam_handeling, wie, reglement) and not rol_in(nu, naam_handeling, wie, reglement):
        stap = vastlegging.feit.stap
        raise Geweigerd(
            f"{naam(wie.id)} heeft daarna {f'stap {stap}' if stap else 'iets'} vastgelegd, en dat kan een betrokkene "
            "niet. Bleek de betrokkenheid pas later, voeg de betrokkene dan toe (stap 4)."
        )
