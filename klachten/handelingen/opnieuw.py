"""A corrected fact is held against every rule as if it were recorded for the first time, on the dossier of its moment.

Four questions: may the fact be like this, given what stood before it (the body of its own handeling says); how does it
deviate, given what stood before and what came after; may what came after still stand; and does that deviate otherwise.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from klachten import gebeurtenissen as g
from klachten import organisatie
from klachten.dossier.evaluatie import EvaluatieDossier
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.mag import regels_van
from klachten.dossier.rechten import NAMENS_DIRECTIE, rol_in
from klachten.dossier.voortzetting import was_elsewhere
from klachten.gebeurtenissen import Gebeurtenis, Vastlegging
from klachten.handelingen.doorwerking import Gevolg, origin, step_of
from klachten.handelingen.handeling import Handeling, Zaak
from klachten.handelingen.reglement import VOORTZETTEN
from klachten.handelingen.tegenstrijdig import kind_of, nieuwe_tegenstrijdigheden
from klachten.handelingen.termijn import Termijnen, termijnen_bij, termijnen_van
from klachten.handelingen.volgorde import PAD, VOLGORDE, te_laat, waarschuwingen
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer, Waarschuwing
from klachten.organisatie import Gebruiker, naam
from klachten.reglement import Reglement
from klachten.taal import datum

# Their bodies make a number, a file or a fact elsewhere: what they check is checked by their fields and the dossier.
_MET_DE_INTAKE = (g.CoordinatorGeinformeerd, g.KlachtGeregistreerd)
_ZONDER_LICHAAM = frozenset({"stap_03_toevoegen_document", VOORTZETTEN})
# Recorded at the intake, by who could not record it alone; and who turns out to be known as involved from the start.
_OOK_DUBBEL = (*_MET_DE_INTAKE, g.BetrokkeneToegevoegd)

# From a fact to the handeling that records it, None for what no form records.
Herkomst = Callable[[Gebeurtenis], Handeling | None]


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
    if _taken_over(feiten):
        return []
    if was_elsewhere(feiten, oud):
        check_later(feiten, corrected(feiten, oud, nieuw), origin(oud), zaak.reglement, van)
        return []
    gevonden: list[Waarschuwing] = []
    handeling = van(nieuw)
    toen, na = before(feiten, origin(oud)), corrected(feiten, oud, nieuw)
    zaak.lopend = zaak.lopend or _terms_with(zaak, oud, nieuw, na)
    if handeling and _has_body(handeling) and toen.bestaat:
        gevonden += _body(zaak, oud, nieuw, handeling, toen)
    if isinstance(na, Dossier) and isinstance(toen, Dossier) and toen.bestaat:
        gevonden += _order(zaak, oud, nieuw, toen, na)
    check_later(feiten, na, origin(oud), zaak.reglement, van)
    return gevonden


def consequences(zaak: Zaak, oud: Vastlegging, nieuw: Gebeurtenis, van: Herkomst) -> Iterator[Gevolg]:
    """Return the other facts that deviate otherwise now; Geweigerd when one of them could not be recorded any more.

    Each is held against its rules twice, on the dossier of its moment as that stood and as it is put right: what was so
    already is no consequence.
    """
    voor, na = zaak.dossier, corrected(zaak.dossier, oud, nieuw)
    if not isinstance(voor, Dossier | EvaluatieDossier) or _taken_over(voor):
        return
    termijnen = functools.cache(lambda: termijnen_van(zaak.register, zaak.klachtnummer, zaak.vandaag))
    anders = zaak.lopend or _terms_with(zaak, oud, nieuw, na) or termijnen
    toen, straks = replace(zaak, dossier=voor, lopend=termijnen), replace(zaak, dossier=na, lopend=anders)
    weg = isinstance(nieuw, g.FeitHerroepen)
    for vastlegging in voor.geldig:
        if vastlegging is oud or was_elsewhere(voor, vastlegging):
            continue
        try:
            eerst = _deviations(toen, vastlegging, van, met_volgorde=weg)
        except Geweigerd:
            continue
        try:
            nu = _deviations(straks, vastlegging, van, met_volgorde=weg)
        except Geweigerd as fout:
            raise Geweigerd(_niet_meer(vastlegging, str(fout)), soort="later_kan_niet_meer") from fout
        blijft = tuple(code for code in vastlegging.feit.afwijkingen if code in nu or code not in eerst)
        erbij = [w for code, w in nu.items() if code not in eerst and code not in blijft]
        if gevolg := Gevolg.van(vastlegging, blijft, erbij):
            yield gevolg


def _taken_over(feiten: Feiten) -> bool:
    """Whether the klacht was handled in another system: what was done there was done, in whatever order."""
    return isinstance(feiten, Dossier) and feiten.ontvangst.herkomst != "register"


def _terms_with(zaak: Zaak, oud: Vastlegging, nieuw: Gebeurtenis, na: Feiten) -> Termijnen | None:
    """Return what gives the terms with a fact put right: when one begins, and whether it can be missed, may differ.

    None where they run as they do: a text that is put right changes no term.
    """
    was = oud.feit
    if not isinstance(na, Dossier) or (was.soort, was.gebeurd_op, was.gegevens()) == (
        nieuw.soort,
        nieuw.gebeurd_op,
        nieuw.gegevens(),
    ):
        return None
    return functools.cache(lambda: termijnen_bij(zaak.register, zaak.vandaag, na))


def _deviations(zaak: Zaak, vastlegging: Vastlegging, van: Herkomst, *, met_volgorde: bool) -> dict[str, Waarschuwing]:
    """Return by code how a fact deviates on the dossier of its moment; Geweigerd when it could not be recorded then.

    Of the order of the steps only when asked: a step that is moved deviates itself, one that is taken back cannot.
    """
    feit, toen = vastlegging.feit, before(zaak.dossier, origin(vastlegging))
    handeling = van(feit)
    gevonden: list[Waarschuwing] = []
    if handeling and toen.bestaat and _has_body(handeling) and not isinstance(feit, _OOK_DUBBEL):
        # Who may report what is not asked again: that is for `_check_recorder`.
        rol = "" if vastlegging.rol == "actienemer" else vastlegging.rol
        zelf = replace(zaak, corrigeert=origin(vastlegging))
        gevonden += _body(zelf, replace(vastlegging, rol=rol), feit, handeling, toen)
    if isinstance(toen, Dossier):
        gevonden = [w for w in gevonden if w.code not in VOLGORDE]
        stap = step_of(feit)
        if stap not in (None, 1):
            if met_volgorde:
                gevonden += waarschuwingen(toen, stap, feit.gebeurd_op, getattr(feit, "maatregel", None))
            if stap != 11 or zaak.dossier.stap_op(11) == feit.gebeurd_op:
                gevonden += te_laat(replace(zaak, dossier=toen).termijnen(stap), feit.gebeurd_op)
    return {w.code: w for w in gevonden}


def _has_body(handeling: Handeling) -> bool:
    return not handeling.nieuw and handeling.naam not in _ZONDER_LICHAAM


def _niet_meer(vastlegging: Vastlegging, zin: str) -> str:
    return f"Op {datum(vastlegging.feit.gebeurd_op)} is vastgelegd wat dan niet meer kan. {zin} Zet eerst dat recht."


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
    wie = _recorder(oud) or zaak.gebruiker
    proef = replace(
        zaak, dossier=toen, gebruiker=wie, rol=oud.rol, reden=zaak.reden, waarschuwingen=[], ook=[], document=None
    )
    waarden: dict[str, Any] = {}
    for veld in handeling.velden:
        waarden[veld.naam] = nieuw.gebeurd_op if veld.naam == "op" else getattr(nieuw, veld.naam)
    handeling.lichaam(proef, **waarden)
    return proef.waarschuwingen


def _recorder(vastlegging: Vastlegging) -> Gebruiker | None:
    """Return who recorded a fact, with the role in which that was done, whatever became of him or her since.

    None for somebody nobody here knows. A role that somebody never had is not given by a fact that says so.
    """
    op, id = vastlegging.feit.gebeurd_op, vastlegging.door
    wie = organisatie.gebruiker(id)
    if wie is None:
        return None
    toen = organisatie.gebruiker(id, op)
    had = {vastlegging.rol} if id in {ooit.id for ooit in organisatie.ooit(vastlegging.rol)} else set()
    return replace(wie, rollen=(toen.rollen if toen else frozenset()) | had, op=op)


def _order(zaak: Zaak, oud: Vastlegging, nieuw: Gebeurtenis, toen: Dossier, na: Dossier) -> Iterator[Waarschuwing]:
    stap = step_of(nieuw)
    if stap is None:
        return
    yield from waarschuwingen(toen, stap, nieuw.gebeurd_op, getattr(nieuw, "maatregel", None))
    yield from _overtaken(na, origin(oud), stap, nieuw)
    if stap != 11 or na.stap_op(11) == nieuw.gebeurd_op:
        yield from te_laat(replace(zaak, dossier=toen).termijnen(stap), nieuw.gebeurd_op)


def _overtaken(na: Dossier, nr: int, stap: int, nieuw: Gebeurtenis) -> Iterator[Waarschuwing]:
    """What was recorded later and belongs later, but happened on an earlier day than the corrected fact."""
    if stap not in PAD or stap == 11:
        return
    # Of the decisions the first is step 8 of the road; a later one is overtaken by what was told of its own maatregel.
    per_maatregel = stap == 10 or (stap == 8 and na.stap_op(8) != nieuw.gebeurd_op)
    nummer = getattr(nieuw, "maatregel", 0)
    for vastlegging in na.geldig:
        if origin(vastlegging) <= nr:
            continue
        if isinstance(vastlegging.feit, g.KlachtHeropend):
            return
        ander = step_of(vastlegging.feit)
        eigen = not per_maatregel or getattr(vastlegging.feit, "maatregel", None) == nummer
        if ander in PAD and ander > stap and eigen and vastlegging.feit.gebeurd_op < nieuw.gebeurd_op:
            yield Waarschuwing("volgorde", f"Stap {ander} is al eerder gedaan dan stap {stap}.")
            return


def check_later(voor: Feiten, na: Feiten, nr: int, reglement: Reglement, van: Herkomst) -> None:
    """Refuse what makes a later fact impossible: a rule that let it through, or the one who recorded it."""
    if not isinstance(voor, Dossier) or _taken_over(voor):
        return
    assert isinstance(na, Dossier)
    fout = nieuwe_tegenstrijdigheden(voor, na)
    if fout:
        raise Geweigerd(" ".join(fout), soort=kind_of(fout))
    for vastlegging in na.geldig:
        plaats = origin(vastlegging)
        handeling = van(vastlegging.feit)
        if plaats <= nr or handeling is None:
            continue
        eerst, nu = before(voor, plaats), before(na, plaats)
        assert isinstance(eerst, Dossier)
        assert isinstance(nu, Dossier)
        for regel in regels_van(handeling.naam, vastlegging.feit.gebeurd_op):
            zin = regel(nu)
            if zin and not regel(eerst):
                raise Geweigerd(_niet_meer(vastlegging, zin), soort="later_kan_niet_meer")
        _check_recorder(vastlegging, eerst, nu, handeling.naam, reglement)


def _check_recorder(
    vastlegging: Vastlegging, eerst: Dossier, nu: Dossier, naam_handeling: str, reglement: Reglement
) -> None:
    if isinstance(vastlegging.feit, _MET_DE_INTAKE):
        return
    wie = _recorder(vastlegging)
    if wie is None or wie.id not in nu.betrokkenen - eerst.betrokkenen or vastlegging.rol == NAMENS_DIRECTIE:
        return
    if rol_in(eerst, naam_handeling, wie, reglement) and not rol_in(nu, naam_handeling, wie, reglement):
        stap = vastlegging.feit.stap
        raise Geweigerd(
            f"{naam(wie.id)} heeft daarna {f'stap {stap}' if stap else 'iets'} vastgelegd, en dat kan een betrokkene "
            "niet. Bleek de betrokkenheid pas later, voeg de betrokkene dan toe (stap 4).",
            soort="later_kan_niet_meer",
        )
