"""What every handeling has in common: who may do it is checked, the input is checked, and the facts are recorded.

A handeling is a small function that turns input into facts. `@handeling` wraps it: one writer lock, the dossier read
inside it, `mag()` asked again, dates checked, deviations recorded with a reason, everything or nothing written.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from klachten.dossier.evaluatie import EvaluatieDossier, mag_evaluatie
from klachten.dossier.klacht import Dossier, Feiten
from klachten.dossier.lezen import mag_lezen
from klachten.dossier.mag import BEWAREN, mag
from klachten.dossier.rechten import not_oneself, rol_in, rollen_voor, stap_van
from klachten.dossier.teruggedraaid import Teruggedraaid, not_involved
from klachten.dossier.weigering import Weigering
from klachten.gebeurtenissen import FeitHerroepen, Gebeurtenis
from klachten.handelingen.doorwerking import Gevolg, consequences_of_new, moves_terms, step_of
from klachten.handelingen.reglement import reglement_van, reglement_voor
from klachten.handelingen.tegenstrijdig import kind_of, nieuwe_tegenstrijdigheden, with_facts
from klachten.handelingen.veld import Veld, check, check_reasons
from klachten.handelingen.volgorde import te_laat, waarschuwingen
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer, RedenNodig, Waarschuwing
from klachten.handelingen.zaak import Elders, Zaak, bewaard_van, check_uninvolved, dossier_van
from klachten.organisatie import ROLLEN, Gebruiker
from klachten.register import Boeking, Register
from klachten.reglement import Reglement
from klachten.taal import datum, opsomming

Lichaam = Callable[..., Gebeurtenis | Sequence[Gebeurtenis]]


@dataclass(frozen=True)
class Uitkomst:
    """What a handeling recorded: the dossier number and the numbers of the facts."""

    klachtnummer: str
    nrs: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Handeling:
    """A handeling as data: its step, its title and fields, and the function that turns them into facts.

    `reeks` is the letter of the dossier it belongs to; `nieuw` means that it makes that dossier.
    """

    naam: str
    stap: int
    titel: str
    velden: tuple[Veld, ...]
    reeks: str
    nieuw: bool
    reden_verplicht: bool
    lichaam: Lichaam

    @functools.cached_property
    def gevraagd(self) -> tuple[Veld, ...]:
        """The fields that a form asks; the others only facts of before have."""
        return tuple(veld for veld in self.velden if not veld.vroeger)

    def __call__(
        self,
        register: Register,
        gebruiker: Gebruiker,
        klachtnummer: str = "",
        *,
        vandaag: date,
        reden: str = "",
        reden_afwijking: str | None = None,
        **invoer: Any,
    ) -> Uitkomst:
        """Record the facts; Geweigerd, OngeldigeInvoer or RedenNodig when not, and then nothing is written."""
        with register.schrijven() as boeking:
            return self.within(
                register, boeking, gebruiker, klachtnummer, vandaag=vandaag, reden=reden,
                reden_afwijking=reden_afwijking, **invoer,
            )  # fmt: skip

    def within(
        self,
        register: Register,
        boeking: Boeking,
        gebruiker: Gebruiker,
        klachtnummer: str,
        *,
        vandaag: date,
        reden: str = "",
        reden_afwijking: str | None = None,
        **invoer: Any,
    ) -> Uitkomst:
        """Record the facts as part of a group, by all the same rules; whoever holds the group lets it go when refused.

        `reden_afwijking` matters where a reason is always asked: why it deviates, beside why it is done. None means
        that `reden` says both, "" that nobody has said yet why it deviates.
        """
        # Who acts needs the role on the day of recording.
        gebruiker = replace(gebruiker, op=vandaag)
        lees = bewaard_van if self.naam in BEWAREN else dossier_van
        feiten = None if self.nieuw else lees(boeking, klachtnummer)
        dag = invoer.get("op") if self.nieuw and self.reeks == "K" else vandaag
        gekozen = invoer.get("reglement")
        reglement = reglement_voor(register, self.naam, feiten, gekozen, op=dag if isinstance(dag, date) else vandaag)
        rol, weigering = self.toets(feiten, gebruiker, reglement)
        if weigering:
            raise Geweigerd(weigering)
        goed = check(self.gevraagd, invoer, reglement, vandaag, ontvangen_op=getattr(feiten, "ontvangen_op", None))
        check_reasons(self.reden_verplicht, reden, reden_afwijking)
        zaak = Zaak(register, boeking, feiten, klachtnummer, gebruiker, rol, vandaag, reglement, reden.strip())
        check_uninvolved(zaak)
        return self.record(zaak, goed, reden_afwijking)

    def toets(self, feiten: Feiten | None, gebruiker: Gebruiker, reglement: Reglement) -> tuple[str, Weigering | None]:
        """Return the role in which the user may do this now, and None or the Dutch reason why not."""
        if feiten is not None and feiten.gewist:
            return "", Weigering(
                "gewist",
                f"{feiten.klachtnummer} is op {datum(feiten.gewist.gebeurd_op)} gewist; daar kan niets meer bij.",
            )
        if isinstance(feiten, Dossier):
            rol = rol_in(feiten, self.naam, gebruiker, reglement)
            return rol or "", mag(feiten, self.naam, gebruiker, reglement)
        rollen = rollen_voor(self.naam, reglement, feiten.klachtnummer[:1] if feiten else self.reeks)
        if isinstance(feiten, EvaluatieDossier):
            return feiten.rol_in(rollen, gebruiker) or "", mag_evaluatie(feiten, self.naam, gebruiker, rollen)
        rol = next((rol for rol in rollen if gebruiker.heeft(rol)), "")
        if rol and feiten:
            zin = not_oneself(feiten, self.naam, gebruiker) or not_involved(feiten, gebruiker)
            if zin:
                return "", zin
        wie = opsomming((ROLLEN[rol].lower() for rol in rollen), "of")
        waar = f"Stap {self.stap}" if self.stap else "Dit"
        return rol, None if rol else Weigering(
            "andere_rol", f"{waar} kan niet door {gebruiker.naam}: dit doet de {wie}."
        )

    def record(
        self, zaak: Zaak, invoer: dict[str, Any], reden_afwijking: str | None = None, *, checked: bool = True
    ) -> Uitkomst:
        """Record what the body makes of input that was checked, with its deviations; RedenNodig without their reason.

        With `checked` off the dossier that it leaves is not held against what can be true: who made up all of it knows.
        """
        uitkomst = self.lichaam(zaak, **invoer)
        feiten = [uitkomst] if isinstance(uitkomst, Gebeurtenis) else list(uitkomst)
        if not feiten:
            # The same form was sent twice: what it asks for stands already.
            return Uitkomst(zaak.klachtnummer, ())
        if checked and isinstance(zaak.dossier, Dossier):
            _check_data(zaak, feiten)
        if checked:
            _check_samenhang(zaak, feiten)
        if isinstance(zaak.dossier, Dossier):
            zaak.waarschuwingen += _afwijkingen(zaak, feiten[0])
            zaak.gevolgen += _gevolgen(zaak, feiten)
        feiten[0], waarom = self._with_reasons(zaak, feiten[0], reden_afwijking)
        alles = [(Elders(zaak.klachtnummer, feit, zaak.corrigeert), zaak.rol) for feit in feiten]
        alles += [(elders, self._rol_elders(zaak, elders.klachtnummer)) for elders in zaak.ook]
        nrs = [
            zaak.boeking.leg_vast(waar, feit, door=zaak.gebruiker.id, rol=rol, corrigeert=nr, document=zaak.document)
            for (waar, feit, nr), rol in alles
        ]
        nrs += _record_stukken(zaak)
        nrs += [_record_gevolg(zaak, gevolg, waarom, feiten[0], nrs[0]) for gevolg in zaak.gevolgen]
        return Uitkomst(zaak.klachtnummer, tuple(nrs))

    def _rol_elders(self, zaak: Zaak, klachtnummer: str) -> str:
        """Return the role in another dossier that this writes in too; Geweigerd when the user may not do it there."""
        ander = dossier_van(zaak.boeking, klachtnummer)
        if not isinstance(ander, Dossier):
            return zaak.rol
        volgens = reglement_van(zaak.register, ander, op=zaak.vandaag)
        rol, weigering = self.toets(ander, zaak.gebruiker, volgens)
        if weigering:
            waar = f"Dit komt ook in het dossier van klacht {klachtnummer}, en daar mag het niet. {weigering}"
            raise Geweigerd(mag_lezen(ander, zaak.gebruiker) or Weigering(weigering.soort, waar))
        return rol

    def _with_reasons(self, zaak: Zaak, feit: Gebeurtenis, reden_afwijking: str | None) -> tuple[Gebeurtenis, str]:
        """Return the fact with its deviations and why, and that reason; RedenNodig when a deviation has none yet."""
        codes = tuple(dict.fromkeys(w.code for w in zaak.waarschuwingen))
        nieuw = [w for w in zaak.waarschuwingen if w.code not in zaak.afwijkend]
        waarom = zaak.reden if reden_afwijking is None else reden_afwijking.strip()
        if not self.reden_verplicht:
            waarom = waarom or zaak.reden
        te_verklaren = [*nieuw, *(w for gevolg in zaak.gevolgen for w in gevolg.nieuw)]
        if te_verklaren and not waarom:
            raise RedenNodig(te_verklaren)
        if not self.reden_verplicht:
            return replace(feit, reden=waarom, afwijkingen=codes), waarom
        # What a correction leaves as it was keeps the reason it had.
        apart = waarom if nieuw and waarom != zaak.reden else zaak.waarom_afwijkend if codes and not nieuw else ""
        return replace(feit, reden=zaak.reden, reden_afwijking=apart, afwijkingen=codes), waarom


HANDELINGEN: dict[str, Handeling] = {}


def handeling(
    titel: str, *velden: Veld, reeks: str = "K", nieuw: bool = False, reden_verplicht: bool = False
) -> Callable[[Lichaam], Handeling]:
    """Make a handeling of a function; its name carries the step and its docstring explains it to developers."""

    def decorate(lichaam: Lichaam) -> Handeling:
        gemaakt = Handeling(
            naam=lichaam.__name__,
            stap=stap_van(lichaam.__name__),
            titel=titel,
            velden=velden,
            reeks=reeks,
            nieuw=nieuw,
            reden_verplicht=reden_verplicht,
            lichaam=lichaam,
        )
        if gemaakt.naam in HANDELINGEN:
            raise ValueError(f"Two handelingen are called {gemaakt.naam}")
        HANDELINGEN[gemaakt.naam] = gemaakt
        return gemaakt

    return decorate


def _check_data(zaak: Zaak, feiten: list[Gebeurtenis]) -> None:
    """Refuse a fact that is dated before the klacht was received."""
    ontvangen_op = zaak.dossier.ontvangen_op
    for feit in feiten:
        if feit.gebeurd_op < ontvangen_op and zaak.corrigeert is None:
            raise OngeldigeInvoer(
                {"op": f"{datum(feit.gebeurd_op)} ligt vóór de ontvangst van de klacht op {datum(ontvangen_op)}."}
            )


def _afwijkingen(zaak: Zaak, feit: Gebeurtenis) -> Iterable[Waarschuwing]:
    """Return how the fact deviates from the order and the terms; a side fact does not, a correction says so itself."""
    stap = step_of(feit)
    if zaak.corrigeert is not None or stap is None:
        return
    yield from waarschuwingen(zaak.dossier, stap, feit.gebeurd_op, getattr(feit, "maatregel", None))
    if stap != 11 or len(zaak.dossier.open_maatregelen) == 1:
        # Step 11 is done when the last maatregel is.
        yield from te_laat(zaak.termijnen(stap), feit.gebeurd_op)


def _gevolgen(zaak: Zaak, feiten: list[Gebeurtenis]) -> Iterable[Gevolg]:
    """Return what a new fact does to others that were recorded before it; a correction asks that by itself."""
    if zaak.corrigeert is not None or not moves_terms(zaak.dossier, feiten, zaak.reglement):
        return []
    na = with_facts(zaak.dossier, zaak.klachtnummer, feiten, zaak.gebruiker.id, zaak.rol, zaak.vandaag, None)
    return consequences_of_new(zaak.register, zaak.dossier, na, zaak.reglement, zaak.vandaag)


def _record_gevolg(zaak: Zaak, gevolg: Gevolg, waarom: str, door: Gebeurtenis, nr: int) -> int:
    """Record another fact anew, with its deviations of now."""
    hoe = "het herroepen van" if isinstance(door, FeitHerroepen) else "de correctie van"
    uit = f"{hoe} feit {zaak.corrigeert}: {zaak.reden}" if zaak.corrigeert is not None else f"feit {nr}."
    feit = gevolg.opnieuw(uit, waarom)
    return zaak.boeking.leg_vast(zaak.klachtnummer, feit, door=zaak.gebruiker.id, rol=zaak.rol, corrigeert=gevolg.nr)


def _record_stukken(zaak: Zaak) -> list[int]:
    """Record the documents that come along; what belonged to one of them belongs to it here too."""
    hier: dict[int, int] = {}
    for v, inhoud in zaak.stukken:
        feit: Any = v.feit
        bij = {naam: hier.get(nr) for naam in ("hoort_bij", "vervangt") if (nr := getattr(feit, naam)) is not None}
        hier[v.corrigeert or v.nr] = zaak.boeking.leg_vast(
            zaak.klachtnummer, replace(feit, **bij), door=zaak.gebruiker.id, rol=zaak.rol, document=inhoud
        )
    return list(hier.values())


def _check_samenhang(zaak: Zaak, feiten: list[Gebeurtenis]) -> None:
    """Refuse what would leave a dossier that cannot be true, before anybody is asked why it deviates."""
    if not zaak.klachtnummer.startswith("K") or isinstance(zaak.dossier, Teruggedraaid):
        return
    na = with_facts(zaak.dossier, zaak.klachtnummer, feiten, zaak.gebruiker.id, zaak.rol, zaak.vandaag, zaak.corrigeert)
    fout = nieuwe_tegenstrijdigheden(zaak.dossier, na)
    if fout:
        raise Geweigerd(" ".join(fout), soort=kind_of(fout))
