"""What one version of a reglement says otherwise than another, as sentences: one for each field that differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from klachten.reglement.delen import Keuze, Stap, Termijn
from klachten.reglement.reglement import EEN_DAG, KEUZELIJSTEN, VAN_DE_FIRMA, Reglement
from klachten.taal import datum, opsomming

LIJSTNAMEN = {
    "categorieen": "Categorieën",
    "kanalen": "Kanalen",
    "indiener_soorten": "Soorten indieners",
    "vestigingen": "Vestigingen",
    "gronden_niet_in_behandeling": "Gronden om niet in behandeling te nemen",
    "gronden_vervanging": "Gronden om de behandelaar te vervangen",
    "gronden_vervallen": "Gronden om te laten vervallen",
    "gronden_heropening": "Gronden om te heropenen",
    "oordelen": "Oordelen",
    "uitkomsten": "Uitkomsten",
    "wijzen": "Manieren van versturen",
    "veranderingen": "Veranderingen na een verbeteractie",
    "oorzaken": "Oorzaken",
    "kenmerken": "Kenmerken",
    "opdrachtgevers": "Opdrachtgevers",
    "trajectsoorten": "Soorten traject",
    "ernst": "Ernst",
    "instanties": "Instanties voor een geschil",
    "tevredenheden": "Tevredenheid",
    "redenen_vertraging": "Redenen van vertraging",
}
GELDT = {
    "altijd": "voor elke klacht",
    "in_behandeling": "voor klachten die in behandeling zijn genomen",
    "niet_in_behandeling": "voor klachten die niet in behandeling zijn genomen",
}
_DAGEN = frozenset({"geldig_vanaf", "geldig_tot"})
"""Of a term these follow from the day of the version, and are no difference."""


@dataclass(frozen=True)
class Verschil:
    """One field that differs: `veld` is where it stands in the file, `deel` what it is about, `zin` what changes."""

    veld: str
    deel: str
    zin: str


def verschillen(oud: Reglement, nieuw: Reglement, vanaf: date) -> tuple[Verschil, ...]:
    """Return what a file says otherwise, from a day on, than the one before; of terms what held until then.

    What a file says of an organisation (its name, VAN_DE_FIRMA) is no part of a reglement, and so no difference.
    """
    uit, vooravond = [*_itself(oud, nieuw)], vanaf - EEN_DAG

    def terms(lijst: str, wat: str) -> Iterator[Verschil]:
        voor = {t.id: t for t in getattr(oud, lijst) if t.geldt_op(vooravond)}
        return _terms(lijst, wat, voor, {t.id: t for t in getattr(nieuw, lijst) if t.geldt_op(vanaf)})

    uit += terms("termijnen", "Termijn")
    for nr in (stap.nr for stap in nieuw.stappen):
        uit += _step(oud.stap(nr), nieuw.stap(nr))
    for lijst in (lijst for lijst in KEUZELIJSTEN if lijst not in VAN_DE_FIRMA):
        uit += _list(lijst, getattr(oud, lijst), getattr(nieuw, lijst))
    uit += terms("streeftermijnen", "Streeftermijn")
    uit += _keeping(oud, nieuw)
    return tuple(uit)


def _keeping(oud: Reglement, nieuw: Reglement) -> Iterator[Verschil]:
    for was, wordt in zip(oud.bewaartermijnen, nieuw.bewaartermijnen, strict=True):
        plek, deel = f"bewaartermijnen.{wordt.soort}", f"Bewaren: {wordt.naam}"
        if (was.duur, was.eenheid) != (wordt.duur, wordt.eenheid):
            zin = f"Was {was.in_woorden()}, wordt {wordt.in_woorden()}, ook voor wat er al is."
            yield Verschil(f"{plek}.duur", deel, zin)
        if was.vanaf != wordt.vanaf:
            zin = f"Telde vanaf {was.vanaf_in_woorden()}, telt vanaf {wordt.vanaf_in_woorden()}."
            yield Verschil(f"{plek}.vanaf", deel, zin)
        for veld, naam in (("grond", "grond"), ("keuze", "uitleg van de gekozen lezing")):
            if getattr(was, veld) != getattr(wordt, veld):
                yield Verschil(f"{plek}.{veld}", deel, _text(naam, getattr(was, veld), getattr(wordt, veld)))


def _itself(oud: Reglement, nieuw: Reglement) -> Iterator[Verschil]:
    deel = "Het hele reglement"
    if oud.naam != nieuw.naam:
        yield Verschil("naam", deel, f"De naam was '{oud.naam}' en wordt '{nieuw.naam}'.")
    if oud.verschuift_bij_vrije_dag != nieuw.verschuift_bij_vrije_dag:
        wel = "schuift voortaan door naar de volgende werkdag"
        hoe = wel if nieuw.verschuift_bij_vrije_dag else "schuift niet meer op"
        zin = f"Een termijn die in het weekend of op een feestdag eindigt, {hoe}."
        yield Verschil("verschuift_bij_vrije_dag", deel, zin)
    if oud.bevinding_per_aspect != nieuw.bevinding_per_aspect:
        hoe = "voortaan ook zelf" if nieuw.bevinding_per_aspect else "niet meer zelf"
        zin = f"De organisatie stelt per onderdeel van de klacht {hoe} vast of die gegrond is."
        yield Verschil("bevinding_per_aspect", deel, zin)
    if oud.boekjaren != nieuw.boekjaren:
        zin = f"Het boekjaar begon in maand {oud.boekjaren.maand} en begint in maand {nieuw.boekjaren.maand}."
        yield Verschil("boekjaar_begint_in_maand", deel, zin)


def _terms(sleutel: str, wat: str, voor: dict[str, Termijn], na: dict[str, Termijn]) -> Iterator[Verschil]:
    for id, termijn in na.items():
        plek, deel = f"{sleutel}.{id}", f"{wat} {termijn.naam} (stap {termijn.stap})"
        if id not in voor:
            hoe = f"{termijn.in_woorden()} {_begin(termijn)}, {GELDT[termijn.geldt]}"
            yield Verschil(plek, deel, f"Nieuw: {hoe}.")
            continue
        was = voor[id]
        if (was.waarde, was.eenheid) != (termijn.waarde, termijn.eenheid):
            veld = "waarde" if was.waarde != termijn.waarde else "eenheid"
            yield Verschil(f"{plek}.{veld}", deel, f"Was {was.in_woorden()}, wordt {termijn.in_woorden()}.")
            if veld == "waarde" and was.eenheid != termijn.eenheid:
                yield Verschil(f"{plek}.eenheid", deel, f"Was in {was.eenheid}, wordt in {termijn.eenheid}.")
        for veld in (v.name for v in fields(Termijn)):
            if veld in _DAGEN | {"waarde", "eenheid", "id"} or getattr(was, veld) == getattr(termijn, veld):
                continue
            yield Verschil(f"{plek}.{veld}", deel, _term_field(veld, was, termijn))
    for id, termijn in voor.items():
        if id not in na:
            deel = f"{wat} {termijn.naam} (stap {termijn.stap})"
            yield Verschil(f"{sleutel}.{id}", deel, f"Vervalt. Was {termijn.in_woorden()} {_begin(termijn)}.")


def _term_field(veld: str, was: Termijn, wordt: Termijn) -> str:
    match veld:
        case "naam":
            return f"Heette '{was.naam}', gaat '{wordt.naam}' heten, ook bij klachten van vroeger."
        case "vanaf":
            return f"Telde {_begin(was)}, telt {_begin(wordt)}."
        case "einde":
            return f"Eindigde met {_steps(was.einde)}, eindigt met {_steps(wordt.einde)}."
        case "geldt":
            return f"Gold {GELDT[was.geldt]}, geldt {GELDT[wordt.geldt]}."
        case "verlenging":
            return f"Verlengen: {_extension(was)}, wordt: {_extension(wordt)}."
        case "bij_kenmerk":
            return f"Bij een kenmerk: {_by_trait(was)}, wordt: {_by_trait(wordt)}."
    return "De uitleg van de gekozen lezing is anders."


def _begin(termijn: Termijn) -> str:
    return "vanaf de ontvangst" if termijn.vanaf == "ontvangen" else f"vanaf stap {int(termijn.vanaf[-2:])}"


def _steps(nrs: Sequence[int]) -> str:
    return opsomming((f"stap {nr}" for nr in nrs), "of")


def _extension(termijn: Termijn) -> str:
    v = termijn.verlenging
    if v is None:
        return "kan niet"
    hoe = ", schriftelijk" if v.schriftelijk else ""
    daarna = ", daarna met instemming" if v.met_instemming_daarna else ""
    return f"{v.keer} keer met {v.waarde} {v.eenheid}{hoe}{daarna}"


def _by_trait(termijn: Termijn) -> str:
    gevonden = (f"{waarde} {termijn.eenheid} bij '{kenmerk}'" for kenmerk, waarde in termijn.bij_kenmerk.items())
    return opsomming(gevonden) or "geen andere lengte"


_STAPVELDEN = {
    "naam": "naam", "korte_naam": "korte naam", "uitleg": "uitleg", "keuze": "uitleg van de gekozen lezing",
    "in_brief": "tekst in de brieven",
}  # fmt: skip


def _step(oud: Stap, nieuw: Stap) -> Iterator[Verschil]:
    plek, deel = f"stappen.{nieuw.nr}", f"Stap {nieuw.nr}: {nieuw.naam}"
    if set(oud.rollen) != set(nieuw.rollen):
        erbij = [_role(rol) for rol in nieuw.rollen if rol not in oud.rollen]
        eraf = [_role(rol) for rol in oud.rollen if rol not in nieuw.rollen]
        delen = [f"erbij {opsomming(erbij)}"] if erbij else []
        delen += [f"niet meer {opsomming(eraf)}"] if eraf else []
        yield Verschil(f"{plek}.rollen", deel, f"Wie de stap doet: {'; '.join(delen)}.")
    if oud.brief != nieuw.brief:
        hoe = "gaat voortaan schriftelijk" if nieuw.brief else "hoeft niet meer schriftelijk"
        yield Verschil(f"{plek}.brief", deel, f"Dit {hoe}.")
    if oud.pagina != nieuw.pagina:
        yield Verschil(f"{plek}.pagina", deel, f"Vastleggen op pagina {nieuw.pagina}, was {oud.pagina}.")
    for veld, naam in _STAPVELDEN.items():
        was, wordt = getattr(oud, veld), getattr(nieuw, veld)
        if was != wordt:
            yield Verschil(f"{plek}.{veld}", deel, _text(naam, was, wordt))


def _role(rol: str) -> str:
    """The name of a role: its id but for the dots."""
    return "coördinator" if rol == "coordinator" else rol


def _text(naam: str, was: str, wordt: str) -> str:
    if not was or not wordt:
        return f"De {naam} {'vervalt' if was else 'is nieuw'}: '{was or wordt}'"
    return f"De {naam} was '{was}' en wordt '{wordt}'"


def _list(lijst: str, oud: Sequence[Keuze], nieuw: Sequence[Keuze]) -> Iterator[Verschil]:
    deel = LIJSTNAMEN[lijst]
    voor, na = {k.id: k for k in oud}, {k.id: k for k in nieuw}
    for id, keuze in na.items():
        plek = f"{lijst}.{id}"
        if id not in voor:
            yield Verschil(plek, deel, f"'{keuze.naam}' komt erbij.")
            continue
        was = voor[id]
        if was.naam != keuze.naam:
            yield Verschil(
                f"{plek}.naam", deel, f"'{was.naam}' gaat '{keuze.naam}' heten, ook bij klachten van vroeger."
            )
        for veld, hoe in (
            ("geldig_vanaf", "kan worden gekozen vanaf"),
            ("geldig_tot", "kan worden gekozen tot en met"),
        ):
            if (dag := getattr(keuze, veld)) != getattr(was, veld):
                yield Verschil(f"{plek}.{veld}", deel, f"'{keuze.naam}' {hoe} {_day(dag)}.")
        if was.opgevolgd_door != keuze.opgevolgd_door:
            ander = na[keuze.opgevolgd_door].naam if keuze.opgevolgd_door else ""
            zin = f"'{keuze.naam}' telt voortaan onder '{ander}'." if ander else f"'{keuze.naam}' telt weer apart."
            yield Verschil(f"{plek}.opgevolgd_door", deel, zin)
    for id, keuze in voor.items():
        if id not in na:
            zin = f"'{keuze.naam}' vervalt: wie die keuze heeft, houdt haar; kiezen kan niet meer."
            yield Verschil(f"{lijst}.{id}", deel, zin)
    volgorde = [id for id in voor if id in na]
    if volgorde != [id for id in na if id in voor]:
        yield Verschil(lijst, deel, "De volgorde is anders.")


def _day(dag: Any) -> str:
    return datum(dag) if isinstance(dag, date) else "zonder einde"
