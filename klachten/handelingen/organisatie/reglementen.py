"""Another version of a reglement, and another reglement for new klachten: both from a day on, and never for before it.

A klacht keeps the terms of the day on which it came in. So what begins may begin on any day after the last klacht that
was received under what holds now: later today's klachten would change, and a register without klachten may begin with
its own reglement as of years ago. For the same reason it can be taken back as long as nothing came in under it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from klachten import gebeurtenissen as g
from klachten.gebeurtenissen import Gebeurtenis
from klachten.handelingen.handeling import Zaak, handeling
from klachten.handelingen.organisatie.gedeeld import check_ingericht
from klachten.handelingen.veld import Veld, toelichting
from klachten.handelingen.weigering import Geweigerd, OngeldigeInvoer
from klachten.organisatie import EIGEN_LIJSTEN
from klachten.register import Register
from klachten.reglement import (
    GROOTSTE,
    VAN_DE_FIRMA,
    BuitenGeldigheid,
    OngeldigReglement,
    Reglement,
    Verschil,
    keur,
    keur_versie,
    verschillen,
)
from klachten.taal import datum

NAAM = "het bestand"
"""What a mistake calls the file: its own name is kept nowhere."""
_VAN_DE_FIRMA = ("organisatie", *VAN_DE_FIRMA)
"""What a reglement has nothing to do with: a file of before may still name it."""
_VAN_DE_ORGANISATIE = ("boekjaar_begint_in_maand", "streeftermijnen")
"""What the organisation says of itself, once it is recorded, and no file changes any more."""
_AKKOORD = Veld(naam="akkoord_door", label="Akkoord van", soort="medewerker", rollen=("directie",))


@dataclass(frozen=True, kw_only=True)
class Voorstel:
    """A file as it would hold from a day on: `eerder` is None for a reglement that is not there yet.

    `verschillen` are what changes; `telt_niet` what the file says otherwise to no effect, because the organisation says
    it elsewhere; `van_de_firma` the keys in it that are about an organisation at all, and no more count.
    """

    nieuw: Reglement
    eerder: Reglement | None
    vanaf: date
    verschillen: tuple[Verschil, ...] = ()
    telt_niet: tuple[Verschil, ...] = ()

    @property
    def van_de_firma(self) -> tuple[str, ...]:
        """Return which keys of the file count for nothing because they are about one organisation."""
        return tuple(sleutel for sleutel in _VAN_DE_FIRMA if getattr(self.nieuw, sleutel))


def judge(register: Register, inhoud: bytes, vanaf: date) -> Voorstel:
    """Return what a file would change from a day on; OngeldigeInvoer when it cannot be a version from that day."""
    try:
        nieuw = keur(inhoud, NAAM)
        eerder = register.inrichting.uit_bestanden.get(nieuw.id)
        if eerder is not None and eerder.soort != "volledig":
            raise OngeldigReglement(f"{NAAM}, sleutel id: '{nieuw.id}' is al het reglement van overgenomen klachten.")
        _check_day(register, nieuw.id, eerder, vanaf)
        keur_versie(nieuw, eerder, vanaf, frozenset(EIGEN_LIJSTEN) - frozenset(VAN_DE_FIRMA))
    except OngeldigReglement as fout:
        raise OngeldigeInvoer({"bestand": str(fout)}) from fout
    if eerder is None:
        return Voorstel(nieuw=nieuw, eerder=None, vanaf=vanaf)
    alle = verschillen(eerder.uitgaven[-1] if eerder.uitgaven else eerder, nieuw, vanaf)
    telt_niet = tuple(v for v in alle if v.veld.partition(".")[0] in _VAN_DE_ORGANISATIE)
    telt = tuple(v for v in alle if v not in telt_niet)
    if not telt:
        raise OngeldigeInvoer({"bestand": "Dit bestand verandert niets aan het reglement van nu."})
    return Voorstel(nieuw=nieuw, eerder=eerder, vanaf=vanaf, verschillen=telt, telt_niet=telt_niet)


def _check_day(register: Register, id: str, eerder: Reglement | None, vanaf: date) -> None:
    if eerder is None:
        return
    laatste = max(eerder.versies()[-1], *eerder.onleesbaar, date.min)
    if vanaf <= laatste:
        raise OngeldigeInvoer(
            {"geldig_vanaf": f"De laatste versie van dit reglement begint op {datum(laatste)}. Kies een dag daarna."}
        )
    _check_nothing_since(last_received(register, id), vanaf, "geldig_vanaf")


def _check_nothing_since(ontvangen: date | None, vanaf: date, veld: str) -> None:
    if ontvangen is not None and ontvangen >= vanaf:
        raise OngeldigeInvoer(
            {
                veld: f"Er is al een klacht ontvangen op {datum(ontvangen)}, en die houdt de regels van die dag. Kies "
                f"een dag vanaf {datum(ontvangen + timedelta(days=1))}."
            }
        )


def last_received(register: Register, id: str | None = None) -> date | None:
    """Return the last day of receipt of the klachten under a reglement, or of all recorded here; None without any."""
    waar = "k.herkomst = 'register'" if id is None else "k.reglement = ?"
    with register.cursor() as cursor:
        sql = f"SELECT max(k.ontvangen_op) FROM klacht AS k WHERE {waar}"
        return cursor.execute(sql, [] if id is None else [id]).fetchall()[0][0]


@handeling(
    "Versie van het reglement toevoegen",
    Veld(naam="bestand", label="Bestand", soort="bestand", grootste=GROOTSTE),
    Veld(naam="geldig_vanaf", label="Voor klachten ontvangen vanaf", soort="dag"),
    _AKKOORD,
    toelichting(hulp="Waarom het reglement verandert, of waar het besluit staat."),
    reeks="O",
)
def toevoegen_reglement(
    zaak: Zaak, *, bestand: bytes, geldig_vanaf: date, akkoord_door: str, toelichting: str
) -> Gebeurtenis:
    """A reglement has a next version, or a new one is there; the file itself is kept in the dossier."""
    check_ingericht(zaak)
    voorstel = judge(zaak.register, bestand, geldig_vanaf)
    zaak.document = bestand
    return g.ReglementVersieToegevoegd(
        gebeurd_op=zaak.vandaag,
        reglement=voorstel.nieuw.id,
        geldig_vanaf=geldig_vanaf,
        document=hashlib.sha256(bestand).hexdigest(),
        akkoord_door=akkoord_door,
        toelichting=toelichting,
    )


@handeling(
    "Reglement kiezen",
    Veld(naam="reglement", label="Reglement", soort="regel"),
    Veld(naam="vanaf", label="Voor klachten ontvangen vanaf", soort="dag"),
    _AKKOORD,
    reeks="O",
)
def kiezen_reglement(zaak: Zaak, *, reglement: str, vanaf: date, akkoord_door: str) -> Gebeurtenis:
    """New klachten run under this reglement; those that are there stay under theirs."""
    check_ingericht(zaak)
    check_choice(zaak.register, reglement, vanaf)
    return g.ReglementGekozen(gebeurd_op=zaak.vandaag, reglement=reglement, vanaf=vanaf, akkoord_door=akkoord_door)


def check_choice(register: Register, id: str, vanaf: date) -> None:
    """Refuse a reglement that new klachten cannot run under from a day on."""
    gekozen = register.inrichting.uit_bestanden.get(id)
    if gekozen is None or gekozen.soort != "volledig":
        raise OngeldigeInvoer({"reglement": f"Reglement '{id}' is er niet."})
    eerder = register.organisatie.van(g.ReglementGekozen)
    if any(feit.vanaf >= vanaf for feit in eerder):
        laatste = max(feit.vanaf for feit in eerder)
        zin = f"Vanaf {datum(laatste)} is al een reglement gekozen. Kies een dag daarna, of trek die keuze in."
        raise OngeldigeInvoer({"vanaf": zin})
    if eerder and register.organisatie.reglement(vanaf) == id:
        raise OngeldigeInvoer({"reglement": f"Nieuwe klachten lopen dan al onder '{gekozen.naam}'."})
    try:
        gekozen.versie_op(vanaf)
    except BuitenGeldigheid as fout:
        raise OngeldigeInvoer({"vanaf": str(fout)}) from fout
    if register.organisatie.reglement(vanaf) != id:
        _check_nothing_since(last_received(register), vanaf, "vanaf")


def check_withdrawn_reglement(zaak: Zaak, feit: Gebeurtenis) -> None:
    """Refuse taking back a version or a choice under which klachten came in, or on which another one rests."""
    if waarom := why_not_withdrawn(zaak.register, feit):
        raise Geweigerd(waarom, soort="reglement_in_gebruik")


def why_not_withdrawn(register: Register, feit: Gebeurtenis) -> str:
    """Return the Dutch reason why a version or a choice cannot be taken back; empty when it can, or is neither."""
    org = register.organisatie
    if isinstance(feit, g.ReglementVersieToegevoegd):
        if [v for v in org.reglementversies() if v.reglement == feit.reglement][-1] != feit:
            return "Er is al een latere versie van dit reglement. Trek die eerst in."
        boek = register.inrichting.uit_bestanden.get(feit.reglement)
        enige = boek is not None and len(boek.uitgaven) == 1
        if enige and any(keuze.reglement == feit.reglement for keuze in org.van(g.ReglementGekozen)):
            return "Dit reglement is gekozen voor nieuwe klachten. Trek eerst die keuze in."
        return _came_in(last_received(register, feit.reglement), feit.geldig_vanaf, "deze versie")
    if isinstance(feit, g.ReglementGekozen):
        if any(keuze.vanaf > feit.vanaf for keuze in org.van(g.ReglementGekozen)):
            return "Er is daarna een ander reglement gekozen. Trek die keuze eerst in."
        return _came_in(last_received(register), feit.vanaf, "deze keuze")
    return ""


def _came_in(ontvangen: date | None, vanaf: date, wat: str) -> str:
    if ontvangen is None or ontvangen < vanaf:
        return ""
    return (
        f"Onder {wat} is al een klacht ontvangen, op {datum(ontvangen)}. Intrekken kan dan niet meer: leg vast wat er "
        "daarna geldt."
    )


def check_same_reglement(zaak: Zaak, was: date, wordt: date) -> None:
    """Refuse another day of receipt on which another reglement was in use: that asks other questions of a klacht."""
    op = zaak.register.organisatie.reglement
    if op(was) == zaak.reglement.id != op(wordt):
        raise OngeldigeInvoer(
            {
                "gebeurd_op": f"Op {datum(wordt)} gold het reglement '{op(wordt)}', en deze klacht loopt onder "
                f"'{zaak.reglement.id}'. Laat haar vervallen als vergissing en leg haar opnieuw vast met de juiste dag."
            }
        )
