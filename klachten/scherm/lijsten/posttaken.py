"""What e-mail asks of a person, as tasks: a message that goes no further by itself, a mail that came in.

They belong to no step and have no term, so no figure counts them; they stand on Werkvoorraad for whoever decides.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Sequence
from datetime import date

from klachten import organisatie, rechten, scherm
from klachten.analyse.werk import taaksoort
from klachten.analyse.werk.werkvoorraad import Taak
from klachten.brieven import BRIEVEN
from klachten.organisatie.leiding import leading
from klachten.post import uit
from klachten.post.uit.bericht import AANGEHOUDEN, MISLUKT, ONZEKER, TERUGGEKOMEN, Bericht
from klachten.postvak import MAP, WACHT, Poststuk, Postvak
from klachten.register import Register
from klachten.taal import aantal

_HOE = {
    MISLUKT: "niet verzonden",
    ONZEKER: "niet zeker of het aankwam",
    AANGEHOUDEN: "aangehouden",
    TERUGGEKOMEN: "teruggekomen",
}
_MINUUT = 60.0
Wie = tuple[str, str | None, tuple[str, ...]]
"""Of whom a task is: the role, the person if it is one, and who can do it."""
_gelezen: list[tuple[Register, tuple[object, ...], tuple[Taak, ...]]] = []
_wachtend: list[tuple[Register, int, frozenset[tuple[str, int | None]]]] = []
_stukken: list[tuple[Register, int, tuple[Poststuk, ...]]] = []


def taken() -> tuple[Taak, ...]:
    """Return what e-mail asks now, for everybody; who looks is not asked yet.

    Read again after a fact, a mail that came in, and every minute: that a message is held, no fact says.
    """
    register, vandaag = scherm.register(), scherm.vandaag()
    stukken = proposals(register)
    stand = (register.versie, vandaag, int(time.monotonic() // _MINUUT), stukken)
    vorig = next(((gelezen, uit_) for van, gelezen, uit_ in _gelezen if van is register), None)
    if vorig and vorig[0] == stand:
        return vorig[1]
    gevonden = tuple(_made(register, uit.vragen(register), stukken, vandaag))
    _gelezen[:] = [(register, stand, gevonden)]
    return gevonden


def proposals(register: Register) -> tuple[Poststuk, ...]:
    """Return the mails of the mailbox that wait; read again when the folder in which they are has changed."""
    gewijzigd = 0
    with contextlib.suppress(FileNotFoundError):
        gewijzigd = (register.map / MAP).stat().st_mtime_ns
    vorig = next(((toen, stukken) for van, toen, stukken in _stukken if van is register), None)
    if vorig and vorig[0] == gewijzigd:
        return vorig[1]
    alle = Postvak(register.map, register.dossiers.sleutels).proposals() if gewijzigd else []
    stukken = tuple(stuk for stuk in alle if stuk.stand == WACHT)
    _stukken[:] = [(register, gewijzigd, stukken)]
    return stukken


def letter_waits(taak: Taak) -> bool:
    """Tell whether the letter of a task stands ready to be mailed, so that nobody sends it once more by hand."""
    register = scherm.register()
    if not _wachtend or _wachtend[0][:2] != (register, register.versie):
        klaar = (een for een in uit.open_berichten(register) if een.brief in BRIEVEN and not een.vraagt)
        _wachtend[:] = [(register, register.versie, frozenset((b.klachtnummer, BRIEVEN[b.brief].stap) for b in klaar))]
    # Of a maatregel each actienemer has a letter; of which of them it is, only its dossier says.
    return taak.onderdeel is None and not taak.ongelezen and (taak.klachtnummer, taak.stap) in _wachtend[0][2]


def _made(register: Register, vragen: Sequence[Bericht], stukken: Sequence[Poststuk], vandaag: date) -> Iterable[Taak]:
    genoemd = {str(stuk.gegevens.get("klachtnummer") or "") for stuk in stukken}
    nummers = sorted({b.klachtnummer for b in vragen if b.klachtnummer.startswith("K")} | genoemd - {""})
    wie = _who(register, nummers, vandaag)
    # A klacht in which nobody inside may act: what comes of its e-mail is for nobody here.
    for bericht in vragen:
        if bericht.klachtnummer in wie:
            brief = f": {bericht.brief.replace('_', ' ')}" if bericht.brief else ""
            hoe = _HOE.get(bericht.toestand, "verzonden, maar de stap niet vastgelegd")
            nummer, merk = bericht.klachtnummer, _mark(bericht)
            yield _task(taaksoort.BERICHT_BIJ_KLACHT, nummer, f"E-mail {hoe}{brief}", wie[nummer], merk)
    iedereen = ("coordinator", None, _leading(vandaag))
    if anders := [_mark(bericht) for bericht in vragen if not bericht.klachtnummer.startswith("K")]:
        wat = f"E-mail vraagt een besluit: {aantal(len(anders), 'bericht', 'berichten')}"
        yield _task(taaksoort.BERICHTEN, None, wat, iedereen, " ".join(anders))
    los: list[str] = []
    for stuk in stukken:
        nummer = str(stuk.gegevens.get("klachtnummer") or "")
        if nummer in wie:
            wat = "een bericht kwam terug" if stuk.gegevens.get("terug") else "misschien een antwoord bij deze klacht"
            yield _task(taaksoort.MAIL_BIJ_KLACHT, nummer, f"Binnengekomen mail, {wat}", wie[nummer], stuk.id)
        else:
            los.append(stuk.id)
    if los:
        wat = f"Binnengekomen mail: {aantal(len(los), 'bericht wacht', 'berichten wachten')}"
        yield _task(taaksoort.MAIL, None, wat, iedereen, " ".join(los))


def _task(soort: str, nummer: str | None, wat: str, wie: Wie, merk: str) -> Taak:
    # Of today: what waits here was meant to be on its way.
    return Taak(nummer, 0, soort, wat, *wie, None, None, None, None, None, 0, merk=merk)


def _mark(bericht: Bericht) -> str:
    return f"{bericht.nr}.{bericht.toestand}"


def _leading(vandaag: date) -> tuple[str, ...]:
    """Who takes mail in: the coordinators, directie when all of them are away."""

    def may(id: str) -> bool:
        wie = organisatie.gebruiker(id, vandaag)
        return wie is not None and rechten.mag("inzage", "postbus", wie).mag

    return leading(organisatie.huidige(), vandaag, may)[1]


def _who(register: Register, nummers: Sequence[str], vandaag: date) -> dict[str, Wie]:
    """Return per klacht who decides about its e-mail; never somebody involved."""
    if not nummers:
        return {}
    with register.cursor() as cursor:
        rijen = cursor.execute(
            "SELECT klachtnummer, behandelaar, betrokkenen FROM klacht WHERE klachtnummer IN (SELECT unnest(?))",
            [list(nummers)],
        ).fetchall()
    uit_: dict[str, Wie] = {}
    for nummer, behandelaar, betrokkenen in rijen:
        hier = behandelaar and organisatie.gebruiker(behandelaar, vandaag)
        if hier and behandelaar not in betrokkenen and rechten.mag("handeling", "vrijgeven_bericht", hier).mag:
            uit_[nummer] = ("behandelaar", behandelaar, (behandelaar,))
            continue
        rol, vrij = leading(organisatie.huidige(), vandaag, lambda id, weg=betrokkenen: id not in weg)
        if vrij:
            uit_[nummer] = (rol, None, vrij)
    return uit_
