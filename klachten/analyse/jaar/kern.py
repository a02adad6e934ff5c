"""A period in one look: the few findings that matter most, and what waits for somebody to decide it (step 16).

Nothing is counted here: findings are chosen, not made, so that the first screen never says what the rest does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klachten.analyse.basis.geteld import Geteld, geteld, geteld_als
from klachten.analyse.basis.zinnen import Bevinding, klachten
from klachten.analyse.jaar.beeld import Jaarbeeld
from klachten.taal import aantal, opsomming

MEESTE = 3
"""More sentences than this nobody takes in at a glance."""

# What is surely late or found to be wrong comes before what differs from the year before.
VOLGORDE = (
    "termijntarieven", "geschillen", "intensiteit", "per_periode", "categorieen", "maatregelen_opvolging",
    "verbeteracties_opvolging", "stroom",
)  # fmt: skip


def kernzinnen(bevindingen: Sequence[Bevinding]) -> tuple[Bevinding, ...]:
    """Return at most MEESTE findings: what stands out, one per figure first, then how many, on time, about what."""
    opvallend = sorted((b for b in bevindingen if b.opvallend), key=_gewicht)
    # Two late terms are one subject: another subject goes first.
    eerste = {b.kengetal: b for b in reversed(opvallend)}
    gekozen = [b for b in opvallend if eerste[b.kengetal] is b]
    gekozen += [b for b in opvallend if eerste[b.kengetal] is not b]
    for vul in (_hoeveel, _minst_op_tijd, _waarover):
        soorten = {b.kengetal for b in gekozen}
        gekozen += [b for b in vul(bevindingen) if b.kengetal not in soorten]
    return tuple(gekozen[:MEESTE])


def niet_getoond(bevindingen: Sequence[Bevinding]) -> int:
    """Return how many findings stand out beside those that kernzinnen() chooses."""
    return sum(b.opvallend for b in bevindingen) - sum(b.opvallend for b in kernzinnen(bevindingen))


def _gewicht(bevinding: Bevinding) -> int:
    soort = bevinding.kengetal
    return VOLGORDE.index(soort) if soort in VOLGORDE else len(VOLGORDE)


def _hoeveel(bevindingen: Sequence[Bevinding]) -> list[Bevinding]:
    """The comparison per traject when it can be made, else how many came in."""
    samen = [b for b in bevindingen if b.kengetal == "intensiteit"]
    return [b for b in samen if "per_100" in b.getallen][:1] or samen[:1]


def _minst_op_tijd(bevindingen: Sequence[Bevinding]) -> list[Bevinding]:
    met = [b for b in bevindingen if b.kengetal == "termijntarieven" and b.getallen["rijp"]]
    return sorted(met, key=lambda b: b.getallen["op_tijd"] / b.getallen["rijp"])[:1]


def _waarover(bevindingen: Sequence[Bevinding]) -> list[Bevinding]:
    return [b for b in bevindingen if b.kengetal == "categorieen" and "meest" in b.getallen][:1]


@dataclass(frozen=True, kw_only=True)
class Besluit:
    """Something that waits for somebody: in words, the page on which it is done, and the counts behind it."""

    zin: str
    pagina: str
    label: str
    achter: tuple[Geteld, ...] = ()


def te_beslissen(beeld: Jaarbeeld, te_evalueren: Sequence[int] = ()) -> tuple[Besluit, ...]:
    """Return what is open as of the peildatum and asks for a decision, the oldest duty first; may be empty.

    `te_evalueren`: the years that are over and not evaluated (`verbeterstand.nog_te_evalueren`).
    """
    uit = []
    if beeld.jaar in te_evalueren:
        zin = f"De evaluatie over {beeld.jaar} is nog niet gehouden."
        uit.append(Besluit(zin=zin, pagina="verbeteracties", label="Naar de evaluatie"))
    uit += _termijnen(beeld)
    g, m = beeld.geschillen, beeld.maatregelen
    if g.lopend:
        zin = f"{aantal(g.lopend, 'meningsverschil is', 'meningsverschillen zijn')} nog niet afgerond."
        achter = geteld_als("geschillen", g.lopend, "nog niet afgerond", stand="lopend")
        uit.append(Besluit(zin=zin, pagina="escalatie", label="Naar Escalatie", achter=achter))
    if m.open_en_te_laat:
        # Of the day that was agreed about each: a term of the reglement is of a klacht, and stands in the line above.
        zijn = aantal(m.open_en_te_laat, "maatregel is", "maatregelen zijn")
        zin = f"{zijn} na de afgesproken dag nog niet uitgevoerd."
        achter = geteld_als("maatregelen", m.open_en_te_laat, "te laat en nog open", stand="open en te laat")
        uit.append(Besluit(zin=zin, pagina="opvolging", label="Naar Opvolging", achter=achter))
    laat = beeld.verbeteracties["stand"].tolist().count("open en te laat")
    if laat:
        zin = f"{aantal(laat, 'verbeteractie is', 'verbeteracties zijn')} te laat en nog niet uitgevoerd."
        uit.append(Besluit(zin=zin, pagina="verbeteracties", label="Naar Verbeteracties"))
    return tuple(uit)


def _termijnen(beeld: Jaarbeeld) -> list[Besluit]:
    """One line for all terms: a klacht may be late for more than one, so they are not added up."""
    laat = [regel for regel in beeld.termijnen if regel.te_laat_open]
    if not laat:
        return []
    delen = [f"{regel.termijn_naam.lower()} bij {klachten(regel.te_laat_open)}" for regel in laat]
    achter = tuple(
        een
        for regel in laat
        for een in geteld(
            regel.te_laat_open, regel.termijn_naam.lower(), termijn=regel.termijn, stand="te laat, nog open"
        )
    )
    zin = f"Termijn voorbij en nog niet gedaan: {opsomming(delen)}."
    return [Besluit(zin=zin, pagina="escalatie", label="Naar Escalatie", achter=achter)]
