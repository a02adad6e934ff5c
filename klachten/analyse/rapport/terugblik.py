"""What earlier evaluations concluded, and what came of it, as blocks: of the period before and of parts of this one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from klachten.analyse.rapport.blokken import GEEN, Blok, alinea, citaat, dag, kop, noot, tabel
from klachten.analyse.rapport.onderdelen import nog_open, van_evaluatie
from klachten.analyse.rapport.vervolg import Afspraak, Evaluatie
from klachten.gebeurtenissen import ONDERDELEN
from klachten.organisatie import naam
from klachten.taal import datum, opsomming

Cijfers = Mapping[str, Any]
NOG_OPEN_TE_LAAT = "nog open, te laat"
GEEN_VORIGE = "Er is geen eerdere evaluatie om op terug te kijken."


def terug(
    id: str,
    geteld: Cijfers,
    vorige: Evaluatie | None,
    teksten: Mapping[str, Afspraak],
    binnen: Sequence[Evaluatie] = (),
    *,
    op_papier: bool = False,
) -> list[Blok]:
    """What the evaluation before, and those of parts of the period, concluded about a section, and what came of it.

    `op_papier`: all of it stands together at the terugblik, numbered, and the other sections refer to it.
    """
    eerdere = [*([vorige] if vorige else []), *binnen]
    rijen = [v for een in eerdere for v in van_evaluatie(geteld, een)]
    if id == "terugblik":
        return _terugblik(geteld, vorige, binnen, rijen, teksten, genummerd=op_papier)
    blokken: list[Blok] = []
    for een in eerdere:
        conclusie = een.onderdelen.get(id, "")
        van_hier = [v for v in van_evaluatie(geteld, een) if _afspraak(v, teksten).onderdeel == id]
        if not conclusie and not van_hier:
            continue
        blokken.append(kop(f"Vorige keer (over {een.over}, {een.nummer})" if een is vorige else over_een_deel(een), 2))
        if conclusie:
            blokken.append(citaat(conclusie))
        if van_hier and op_papier:
            blokken.append(alinea(_verwezen([(rijen.index(v) + 1, v) for v in van_hier])))
        elif van_hier:
            blokken.append(gevolgd("Wat ervan gekomen is", van_hier, teksten))
        else:
            blokken.append(alinea("Er volgde geen verbeteractie uit."))
    return blokken


def over_een_deel(een: Evaluatie) -> str:
    """Return what stands above the conclusion of a meeting about a part of the period."""
    return f"Eerder, over {een.over} ({een.nummer})"


def _terugblik(
    geteld: Cijfers,
    vorige: Evaluatie | None,
    binnen: Sequence[Evaluatie],
    rijen: Sequence[Cijfers],
    teksten: Mapping[str, Afspraak],
    *,
    genummerd: bool,
) -> list[Blok]:
    """All that was agreed, also what follows from no section or another one."""
    blokken: list[Blok] = []
    for een in (vorige, *binnen):
        if een is None:
            blokken.append(noot(GEEN_VORIGE))
            continue
        wanneer = f"Wat de vorige evaluatie concludeerde (over {een.over}, {een.nummer})"
        blokken += [kop(wanneer if een is vorige else over_een_deel(een), 2), citaat(een.conclusies or GEEN)]
        if conclusie := een.onderdelen.get("terugblik", ""):
            blokken += [alinea("Bij de terugblik:"), citaat(conclusie)]
    if vorige is None and not binnen:
        return blokken
    nummers = {een.nummer for een in binnen}
    alle = [*rijen, *(v for v in nog_open(geteld, vorige) if v["klachtnummer"] not in nummers)]
    if not alle:
        return [*blokken, alinea("Er volgden geen verbeteracties uit, en van eerder staat er geen open.")]
    return [*blokken, gevolgd("Wat er van de verbeteracties is gekomen", alle, teksten, genummerd=genummerd)]


def al_geconcludeerd(eerder: Evaluatie | None, conclusie: str, *, heropent: bool) -> list[Blok]:
    """What was concluded before about the same days, in the evaluation that is reopened or in an interim one."""
    if eerder is None or not conclusie:
        return []
    if heropent:
        return [kop(f"In {eerder.nummer}, die u heropent", 2), citaat(conclusie)]
    return [kop(f"Tussentijds, op {datum(eerder.gehouden_op)} ({eerder.nummer})", 2), citaat(conclusie)]


def _verwezen(genummerd: Sequence[tuple[int, Cijfers]]) -> str:
    """Say what came of the verbeteracties with these numbers in the terugblik, the same of several at once."""
    per_stand: dict[str, list[str]] = {}
    for nr, v in genummerd:
        per_stand.setdefault(stand(v, met_dag=False), []).append(str(nr))
    delen = "; ".join(f"{opsomming(nrs)} {hoe}" for hoe, nrs in per_stand.items())
    wat = "verbeteractie" if len(genummerd) == 1 else "verbeteracties"
    return f"Wat ervan gekomen is ({wat} met nummer als bij {ONDERDELEN['terugblik']}): {delen}."


def gevolgd(titel: str, rijen: Sequence[Cijfers], teksten: Mapping[str, Afspraak], *, genummerd: bool = False) -> Blok:
    """Verbeteracties with what came of them."""
    cellen = []
    for v in rijen:
        een = _afspraak(v, teksten)
        wie, gezien = naam(v["actienemer"]), v["verandering_naam"] or GEEN
        cellen.append([een.omschrijving or GEEN, wie, dag(v["uiterlijk_op"]), stand(v), gezien])
    kolommen = ["Verbeteractie", "Wie", "Uiterlijk", "Hoe het staat", "Wat daarna is gezien"]
    if genummerd:
        kolommen, cellen = ["Nr", *kolommen], [[str(nr), *rij] for nr, rij in enumerate(cellen, start=1)]
    wat, hoe, gezien = (kolommen.index(een) for een in ("Verbeteractie", "Hoe het staat", "Wat daarna is gezien"))
    # What was agreed is a sentence, how it stands a few words.
    return tabel(titel, kolommen, cellen, tekst=range(6), breed=(wat, wat, wat, hoe, gezien))


def stand(v: Cijfers, *, met_dag: bool = True) -> str:
    """Say what came of a verbeteractie."""
    laat = v["stand"] in ("te laat", "open en te laat")
    if v["uitgevoerd_op"]:
        op = f" {dag(v['uitgevoerd_op'])}" if met_dag else ""
        return f"uitgevoerd{op}{', te laat' if laat else ''}"
    if v["stand"].startswith("open"):
        return NOG_OPEN_TE_LAAT if laat else "nog open"
    return "vervallen"


def _afspraak(v: Cijfers, teksten: Mapping[str, Afspraak]) -> Afspraak:
    return teksten[f"{v['klachtnummer']} · {v['verbeteractie']}"]
